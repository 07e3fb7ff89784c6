//! The adaptive exponential neuron (AdEx) with exponential conductances, integrated by the classical Runge-Kutta method.

use alloc::vec::Vec;

use super::{Accuracy, NeuronModel, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, linear, log},
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "aeif_cond_exp",
    title: text("AdEx, exponential conductances", "AdEx，指数型突触电导"),
    doc: text(
        "Adaptive exponential integrate-and-fire neuron. Near V_th the membrane runs away exponentially, as a real spike \
         begins; an adaptation current follows the membrane and grows with every spike. Conductances decay exactly, \
         membrane and adaptation follow a fourth-order Runge-Kutta step; the time of a spike within its step follows from the \
         shape of the upstroke. Steps above 0.1 ms blur it.",
        "自适应指数积分发放（AdEx）神经元。膜电位接近 V_th 时指数上冲，如同真实脉冲的起始；适应电流随膜电位变化，\
         并在每次发放后增加。电导精确衰减，膜电位与适应电流用四阶龙格-库塔法积分；脉冲时刻取整到步长。\
         步长超过 0.1 ms 会错过上冲过程。",
    ),
    method: text("Runge-Kutta, order 4", "四阶龙格-库塔法"),
    accuracy: Accuracy { mv: 1.0, steps: 3 },
    source: "Brette & Gerstner (2005), doi:10.1152/jn.00686.2005; NEST 3.10, aeif_cond_exp",
    equations: &[
        "C_m dV_m/dt = −g_L (V_m − E_L) + g_L Delta_T exp((V_m − V_th)/Delta_T) − g_ex (V_m − E_ex) − g_in (V_m − E_in) − w + I_e",
        "tau_w dw/dt = a (V_m − E_L) − w",
        "dg_ex/dt = −g_ex/tau_syn_ex",
        "dg_in/dt = −g_in/tau_syn_in",
        "V_m ≥ V_peak → V_m = V_reset, w = w + b, t_ref",
    ],
    params: &[
        common::c_m(281.0),
        common::g_l(30.0),
        common::e_l(-70.6),
        common::e_ex(0.0),
        common::e_in(-85.0),
        common::i_e(0.0),
        Param { doc: text("where the exponential rise begins", "指数上冲的起点"), ..common::v_th(-50.4) },
        common::potential("V_peak", 0.0, text("peak of a spike", "脉冲峰值")),
        common::v_reset(-60.0),
        common::t_ref(0.0),
        Param {
            name: "Delta_T",
            unit: Unit::Millivolt,
            default: 2.0,
            range: Range::POSITIVE,
            slider: log(0.5, 10.0),
            doc: text("slope of the exponential rise", "指数上冲的斜率因子"),
        },
        Param {
            name: "a",
            unit: Unit::Nanosiemens,
            default: 4.0,
            range: Range::ANY,
            slider: linear(-20.0, 40.0),
            doc: text("how strongly adaptation follows the membrane", "适应电流对膜电位的依赖"),
        },
        Param {
            name: "b",
            unit: Unit::Picoampere,
            default: 80.5,
            range: Range::ANY,
            slider: linear(0.0, 500.0),
            doc: text("adaptation that a spike adds", "每次发放增加的适应电流"),
        },
        Param {
            name: "tau_w",
            unit: Unit::Millisecond,
            default: 144.0,
            range: Range::POSITIVE,
            slider: log(5.0, 500.0),
            doc: text("time constant of the adaptation", "适应的时间常数"),
        },
        common::tau_conductance_ex(0.2),
        common::tau_conductance_in(2.0),
    ],
    orders: &[("V_reset", "V_peak"), ("V_th", "V_peak")],
    state: &[
        common::v_m(Start::AtParam("E_L")),
        StateVar {
            name: "w",
            unit: Unit::Picoampere,
            start: Start::At(0.0),
            range: Range::ANY,
            doc: text("adaptation current", "适应电流"),
        },
        common::G_EX,
        common::G_IN,
        common::passed("spiked", text("whether the last step was a spike", "上一步是否发放了脉冲")),
        common::REFRACTORY,
    ],
    weight_unit: Unit::Nanosiemens,
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// `others` are the currents but the exponential one, `dv` and `dw` the changes in a step. Near a spike dV/dt is A exp(V/Δ) + B
// with A and B nearly constant; the time to its pole is then Δ/B ln(1 + z) with z the ratio of the two terms, and ln(1 + z) is
// z (6 + z)/(6 + 4 z) to 1 % for z up to 1. A pole within the step is a spike: the membrane goes on from the reset for what is left
// of the step. While a neuron is refractory its membrane stays where it is.
neuron_body! {
    state(v, w, g_ex, g_in, spiked, held),
    constants(
        e_l, e_ex, e_in, i_e, dt_c, g_l, rise, v_th, slope, v_peak, a, dt_w, pole, half_ex, half_in, decay_ex, decay_in,
        sixth, v_reset, b, n_ref
    ),
    input(w_ex, w_in, i_stim),
    functions {
        fn others(v, w, ex, inh, current) = (e_l - v) * g_l + ex * (e_ex - v) + inh * (e_in - v) - w + current;
        fn dv(v, w, ex, inh, current) = (exp((v - v_th) * slope) * rise + others(v, w, ex, inh, current)) * dt_c;
        fn dw(v, w) = ((v - e_l) * a - w) * dt_w;
    }
    update {
        let resting = gt(held, real(0.0));
        let moving = select(real(1.0), real(0.0), resting);
        let current = i_e + i_stim;
        let ex_1 = g_ex * half_ex;
        let in_1 = g_in * half_in;
        let ex_2 = g_ex * decay_ex;
        let in_2 = g_in * decay_in;

        let runaway = exp((v - v_th) * slope) * rise;
        let z = max(others(v, w, g_ex, g_in, current) / runaway, real(-0.5));
        let time = (z + real(6.0)) / (z * real(4.0) + real(6.0)) * pole / runaway;
        let near = select(real(2.0), time, gt(real(2.0), z));

        let k_1 = dv(v, w, g_ex, g_in, current) * moving;
        let l_1 = dw(v, w);
        let v_2 = min(v + k_1 * real(0.5), v_peak);
        let k_2 = dv(v_2, w + l_1 * real(0.5), ex_1, in_1, current) * moving;
        let l_2 = dw(v_2, w + l_1 * real(0.5));
        let v_3 = min(v + k_2 * real(0.5), v_peak);
        let k_3 = dv(v_3, w + l_2 * real(0.5), ex_1, in_1, current) * moving;
        let l_3 = dw(v_3, w + l_2 * real(0.5));
        let v_4 = min(v + k_3, v_peak);
        let k_4 = dv(v_4, w + l_3, ex_2, in_2, current) * moving;
        let l_4 = dw(v_4, w + l_3);
        let free = v + (k_1 + (k_2 + k_3) * real(2.0) + k_4) * sixth;
        w = w + (l_1 + (l_2 + l_3) * real(2.0) + l_4) * sixth;

        let left = select(max(-near + real(1.0), real(0.0)), real(0.0), gt(n_ref, real(0.0)));
        let passed = select(select(real(0.0), real(1.0), ge(free, v_peak)), real(1.0), gt(real(1.0), near));
        spiked = select(passed, real(0.0), resting);
        let fired = gt(spiked, real(0.5));
        w = select(w, w + b, fired);
        v = select(free, v_reset + dv(v_reset, w, ex_2, in_2, current) * left, fired);
        held = max(held - real(1.0), real(0.0));
        g_ex = ex_2 + w_ex;
        g_in = in_2 - w_in;
    }
    threshold { gt(spiked, real(0.5)) }
    reset {
        held = n_ref;
    }
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, g_l, e_l, e_ex, e_in, i_e, v_th, v_peak, v_reset, t_ref, delta_t, a, b, tau_w, tau_ex, tau_in] = params
    else {
        unreachable!("derive() gets a value for every parameter")
    };
    [
        e_l,
        e_ex,
        e_in,
        i_e,
        dt / c_m,
        g_l,
        g_l * delta_t,
        v_th,
        1.0 / delta_t,
        v_peak,
        a,
        dt / tau_w,
        c_m * delta_t / dt,
        libm::exp(-0.5 * dt / tau_ex),
        libm::exp(-0.5 * dt / tau_in),
        libm::exp(-dt / tau_ex),
        libm::exp(-dt / tau_in),
        1.0 / 6.0,
        v_reset,
        b,
        steps_from_ms(t_ref, dt) as f64,
    ]
    .iter()
    .map(|&x| x as f32)
    .collect()
}
