//! The quadratic integrate-and-fire neuron with instantaneous synapses, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, neuron_body, upstroke};
use crate::{text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "qif",
    title: text("quadratic IF, delta synapses", "二次积分发放，δ 型突触"),
    doc: text(
        "Quadratic integrate-and-fire neuron: below V_th the membrane returns to rest, above it runs away to a spike; \
         it is what every neuron with a saddle-node onset of firing looks like near it. A spike that arrives makes the \
         membrane jump by the weight; one that arrives in the refractory time is lost. The equation has a closed \
         solution for a constant current, which is used, with the time of a spike within its step.",
        "二次积分发放神经元：低于 V_th 时膜电位回到静息，高于 V_th 时失控上冲成为脉冲；凡以鞍结分岔开始发放的神经元，\
         在起始点附近都是如此。脉冲到达时膜电位跃变一个权重；不应期内到达的脉冲被忽略。电流恒定时方程有闭式解，此处即采用该解，\
         并求出脉冲在步内的时刻。",
    ),
    method: Method::EXACT,
    largest_dt,
    // A sample may fall on the step of a spike, whose rest our membrane makes up in the next step.
    accuracy: Accuracy { membrane: 0.5, steps: 1 },
    source: "Latham et al. (2000), doi:10.1152/jn.2000.83.2.808",
    equations: &[
        "C_m dV_m/dt = g_L (V_m − E_L) (V_m − V_th)/(V_th − E_L) + I_e",
        "V_m ≥ V_peak → V_m = V_reset, t_ref",
    ],
    params: &[
        common::c_m(200.0),
        common::g_l(10.0),
        common::e_l(-65.0),
        common::i_e(0.0),
        upstroke::v_runaway(-50.0),
        upstroke::v_peak(20.0),
        common::v_reset(-70.0),
        common::t_ref(0.0),
    ],
    orders: &[("E_L", "V_th"), ("V_th", "V_peak"), ("V_reset", "V_peak")],
    state: &[common::v_m(Start::AtParam("E_L")), common::SPIKED, upstroke::HELD],
    plane: None,
    weight_unit: Unit::Millivolt,
    receptors: &[],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// With u from the middle between E_L and V_th the equation is du/dt = bend u² + push, time in steps. After a time s it is
// (u c + push t)/(c − bend u t) with c = cosh √x and t = s sinh √x/√x, both even in √x, x = −bend push s²; they are taken
// from their series. The time to the peak is R (1 + y/3 + y²/5 ...) with R = (peak − u)/(push + bend u peak) and
// y = −bend push R², the series of artanh; a time far beyond the step need not be exact.
neuron_body! {
    state(v, spiked, held),
    constants(middle, bend, drive, gain, peak, v_reset, n_ref),
    input([w_ex, w_in], i_stim),
    functions {
        fn even(x) = x * (x * (x * real(0.0013888889) + real(0.041666668)) + real(0.5)) + real(1.0);
        fn odd(x) = x * (x * (x * real(0.0001984127) + real(0.008333334)) + real(0.16666667)) + real(1.0);
        fn artanh(y) = y * (y * (y * real(0.14285715) + real(0.2)) + real(0.33333334)) + real(1.0);
    }
    update {
        let time = max(-held + real(1.0), real(0.0));
        let u = v - middle;
        let push = drive + i_stim * gain;
        let x = -bend * push * time * time;
        let run = odd(x) * time;
        let free = (u * even(x) + push * run) / (even(x) - bend * u * run) + middle;

        let speed = push + bend * u * peak;
        let near = (peak - u) / speed;
        let exact = artanh(-bend * push * near * near) * near;
        let reached = select(real(1e9), exact, gt(time * real(1.5), near));
        let rising = select(real(1e9), reached, gt(speed, real(0.0)));
        let when = select(rising, real(0.0), ge(u, peak));

        spiked = select(real(0.0), real(1.0), gt(time, when));
        let fired = gt(spiked, real(0.5));
        held = select(max(held - real(1.0), real(0.0)), n_ref - (time - when), fired);
        let moved = select(free, v_reset, fired);
        v = moved + select(w_ex + w_in, real(0.0), gt(held, real(0.0)));
    }
    threshold { gt(spiked, real(0.5)) }
    reset {}
}

/// The series hold as long as the step is short beside the membrane's time constant.
fn largest_dt(params: &[f64]) -> f64 {
    0.1 * params[0] / params[1]
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, g_l, e_l, i_e, v_th, v_peak, v_reset, t_ref] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let (middle, half) = (0.5 * (e_l + v_th), 0.5 * (v_th - e_l));
    let bend = g_l / (c_m * 2.0 * half) * dt;
    let gain = dt / c_m;
    [middle, bend, i_e * gain - bend * half * half, gain, v_peak - middle, v_reset, t_ref / dt]
        .iter()
        .map(|&x| x as f32)
        .collect()
}
