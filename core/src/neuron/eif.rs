//! The exponential integrate-and-fire neuron with instantaneous synapses, integrated by the classical Runge-Kutta method.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, adex, common, neuron_body, upstroke};
use crate::{param::Param, text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "eif",
    title: text("exponential IF, delta synapses", "指数积分发放，δ 型突触"),
    doc: text(
        "Exponential integrate-and-fire neuron: near V_th the membrane runs away exponentially, as sodium channels make \
         it. A spike that arrives makes the membrane jump by the weight; one that arrives in the refractory time is \
         lost. It is aeif_psc_exp without adaptation and with the shortest synapses. The membrane follows a \
         fourth-order Runge-Kutta step; the time of a spike within its step follows from the shape of the upstroke.",
        "指数积分发放神经元：膜电位在 V_th 附近指数上冲，如钠通道所致。脉冲到达时膜电位跃变一个权重；不应期内到达的脉冲被忽略。\
         相当于没有适应、突触最短的 aeif_psc_exp。膜电位用四阶龙格-库塔法积分；脉冲在步内的时刻由上冲形状推算。",
    ),
    method: Method::RUNGE_KUTTA,
    largest_dt,
    // As in qif.
    accuracy: Accuracy { membrane: 0.5, steps: 1 },
    source: "Fourcaud-Trocmé et al. (2003), doi:10.1523/JNEUROSCI.23-37-11628.2003",
    equations: &[
        "C_m dV_m/dt = −g_L (V_m − E_L) + g_L Delta_T exp((V_m − V_th)/Delta_T) + I_e",
        "V_m ≥ V_peak → V_m = V_reset, t_ref",
    ],
    params: &[
        common::c_m(200.0),
        common::g_l(20.0),
        common::e_l(-65.0),
        common::i_e(0.0),
        upstroke::v_runaway(-59.9),
        upstroke::v_peak(-30.0),
        common::v_reset(-68.0),
        common::t_ref(1.7),
        Param { default: 3.48, ..adex::DELTA_T },
    ],
    orders: &[("V_reset", "V_peak"), ("V_th", "V_peak")],
    state: &[common::v_m(Start::AtParam("E_L")), common::SPIKED, upstroke::HELD],
    plane: None,
    weight_unit: Unit::Millivolt,
    receptors: &[],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// `dv` is the change in a whole step. The time to the pole is that of adex.rs; the peak lies before it by `short`.
neuron_body! {
    state(v, spiked, held),
    constants(e_l, i_e, dt_c, g_l, rise, v_th, slope, v_peak, pole, short, sixth, v_reset, n_ref),
    input([w_ex, w_in], i_stim),
    functions {
        fn runaway(v) = exp((v - v_th) * slope) * rise;
        fn dv(v, current) = (runaway(v) + (e_l - v) * g_l + current) * dt_c;
    }
    update {
        let time = max(-held + real(1.0), real(0.0));
        let current = i_e + i_stim;

        let z = max(((e_l - v) * g_l + current) / runaway(v), real(-0.5));
        let to_peak = (z + real(6.0)) / (z * real(4.0) + real(6.0)) * pole / runaway(v) - short;
        let rising = select(real(1e9), to_peak, gt(real(2.0), z));
        let when = select(rising, real(0.0), ge(v, v_peak));

        let k_1 = dv(v, current) * time;
        let k_2 = dv(min(v + k_1 * real(0.5), v_peak), current) * time;
        let k_3 = dv(min(v + k_2 * real(0.5), v_peak), current) * time;
        let k_4 = dv(min(v + k_3, v_peak), current) * time;
        let free = v + (k_1 + (k_2 + k_3) * real(2.0) + k_4) * sixth;

        spiked = select(real(0.0), real(1.0), gt(time, when));
        let fired = gt(spiked, real(0.5));
        held = select(max(held - real(1.0), real(0.0)), n_ref - (time - when), fired);
        let moved = select(min(free, v_peak), v_reset, fired);
        v = moved + select(w_ex + w_in, real(0.0), gt(held, real(0.0)));
    }
    threshold { gt(spiked, real(0.5)) }
    reset {}
}

fn largest_dt(params: &[f64]) -> f64 {
    let &[c_m, g_l, ..] = params else { unreachable!("largest_dt() gets a value for every parameter") };
    adex::largest_dt(c_m, g_l, f64::INFINITY, f64::INFINITY)
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, g_l, e_l, i_e, v_th, v_peak, v_reset, t_ref, delta_t] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let short = c_m / g_l * libm::exp(-(v_peak - v_th) / delta_t) / dt;
    let membrane = [e_l, i_e, dt / c_m, g_l, g_l * delta_t, v_th, 1.0 / delta_t, v_peak];
    let spike = [c_m * delta_t / dt, short, 1.0 / 6.0, v_reset, t_ref / dt];
    membrane.iter().chain(&spike).map(|&x| x as f32).collect()
}
