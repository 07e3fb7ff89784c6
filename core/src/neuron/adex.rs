//! The adaptive exponential neuron (AdEx): what its forms share. Integrated by the classical Runge-Kutta method.

use alloc::vec::Vec;

use super::{Accuracy, Plane, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, linear, log},
    text::text,
    units::{Unit, steps_from_ms},
};

/// NEST resets within the step, where this takes the time of the spike from the shape of the upstroke.
pub(super) const ACCURACY: Accuracy = Accuracy { membrane: 1.0, steps: 3 };

pub(super) const V_TH: Param =
    Param { doc: text("where the exponential rise begins", "指数上冲的起点"), ..common::v_th(-50.4) };

pub(super) const V_PEAK: Param = common::potential("V_peak", 0.0, text("peak of a spike", "脉冲峰值"));

pub(super) const DELTA_T: Param = Param {
    name: "Delta_T",
    unit: Unit::Millivolt,
    default: 2.0,
    range: Range::POSITIVE,
    slider: log(0.5, 10.0),
    doc: text("slope of the exponential rise", "指数上冲的斜率因子"),
};

pub(super) const A: Param = Param {
    name: "a",
    unit: Unit::Nanosiemens,
    default: 4.0,
    range: Range::ANY,
    slider: linear(-20.0, 40.0),
    doc: text("how strongly adaptation follows the membrane", "适应电流对膜电位的依赖"),
};

pub(super) const B: Param = Param {
    name: "b",
    unit: Unit::Picoampere,
    default: 80.5,
    range: Range::ANY,
    slider: linear(0.0, 500.0),
    doc: text("adaptation that a spike adds", "每次发放增加的适应电流"),
};

pub(super) const TAU_W: Param = Param {
    name: "tau_w",
    unit: Unit::Millisecond,
    default: 144.0,
    range: Range::POSITIVE,
    slider: log(5.0, 500.0),
    doc: text("time constant of the adaptation", "适应的时间常数"),
};

pub(super) const W: StateVar = StateVar {
    name: "w",
    unit: Unit::Picoampere,
    start: Start::At(0.0),
    range: Range::ANY,
    doc: text("adaptation current", "适应电流"),
};

pub(super) const PLANE: Plane = Plane {
    variables: ["V_m", "w"],
    nullclines: [
        |p, v| {
            let upstroke = p("Delta_T") * libm::exp((v - p("V_th")) / p("Delta_T"));
            p("g_L") * (p("E_L") - v + upstroke) + p("I_e")
        },
        |p, v| p("a") * (v - p("E_L")),
    ],
    threshold: "V_peak",
    // The upstroke is far beyond where anything is decided; the first nullcline is lowest at the threshold.
    window: |p| {
        let lowest = p("g_L") * (p("E_L") - p("V_th") + p("Delta_T")) + p("I_e");
        [(p("E_L") - 15.0, p("V_th") + 12.0 * p("Delta_T")), (lowest.min(-100.0), 300.0)]
    },
};

// `s_ex` and `s_in` are conductances or currents: a conductance is `ohmic`, its current shrinks with the potential, and
// its reversal potential is `e_ex` or `e_in`; a current takes 1 there and is not.
//
// `others` are the currents but the exponential one, `dv` and `dw` the changes in a step. Near a spike dV/dt is
// A exp(V/Δ) + B with A and B nearly constant; the time to its pole is then Δ/B ln(1 + z) with z the ratio of the two terms,
// and ln(1 + z) is z (6 + z)/(6 + 4 z) to 4 % for z up to 2. A pole within the step is a spike: the membrane goes on from
// the reset for what is left of the step. While a neuron is refractory its membrane stays where it is.
neuron_body! {
    state(v, w, s_ex, s_in, spiked, held),
    constants(
        e_l, e_ex, e_in, ohmic, sign_in, i_e, dt_c, g_l, rise, v_th, slope, v_peak, a, dt_w, pole, half_ex, half_in,
        decay_ex, decay_in, sixth, v_reset, b, n_ref
    ),
    input([w_ex, w_in], i_stim),
    functions {
        fn others(v, w, ex, inh, current) = (e_l - v) * g_l
            + ex * (e_ex - v * ohmic) + inh * (e_in - v * ohmic) - w + current;
        fn dv(v, w, ex, inh, current) = (exp((v - v_th) * slope) * rise + others(v, w, ex, inh, current)) * dt_c;
        fn dw(v, w) = ((v - e_l) * a - w) * dt_w;
    }
    update {
        let resting = gt(held, real(0.0));
        let moving = select(real(1.0), real(0.0), resting);
        let current = i_e + i_stim;
        let ex_1 = s_ex * half_ex;
        let in_1 = s_in * half_in;
        let ex_2 = s_ex * decay_ex;
        let in_2 = s_in * decay_in;

        let runaway = exp((v - v_th) * slope) * rise;
        let z = max(others(v, w, s_ex, s_in, current) / runaway, real(-0.5));
        let time = (z + real(6.0)) / (z * real(4.0) + real(6.0)) * pole / runaway;
        let near = select(real(2.0), time, gt(real(2.0), z));

        let k_1 = dv(v, w, s_ex, s_in, current) * moving;
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
        s_ex = ex_2 + w_ex;
        s_in = in_2 + w_in * sign_in;
    }
    threshold { gt(spiked, real(0.5)) }
    reset {
        held = n_ref;
    }
}

/// The upstroke takes a small part of the membrane's time constant.
pub(super) fn largest_dt(c_m: f64, g_l: f64, tau_ex: f64, tau_in: f64) -> f64 {
    common::smallest(&[0.02 * c_m / g_l, tau_ex, tau_in])
}

/// The parameters that both forms have, under the names of the equations.
pub(super) struct Params {
    pub c_m: f64,
    pub g_l: f64,
    pub e_l: f64,
    pub i_e: f64,
    pub v_th: f64,
    pub v_peak: f64,
    pub v_reset: f64,
    pub t_ref: f64,
    pub delta_t: f64,
    pub a: f64,
    pub b: f64,
    pub tau_w: f64,
    pub tau_ex: f64,
    pub tau_in: f64,
    /// Reversal potentials of conductances; none for currents.
    pub reversal: Option<[f64; 2]>,
}

pub(super) fn derive(p: &Params, dt: f64) -> Vec<f32> {
    // The negative weights of inhibition open a conductance, but are a negative current.
    let ([e_ex, e_in], ohmic, sign_in) = p.reversal.map_or(([1.0, 1.0], 0.0, 1.0), |reversal| (reversal, 1.0, -1.0));
    [
        p.e_l,
        e_ex,
        e_in,
        ohmic,
        sign_in,
        p.i_e,
        dt / p.c_m,
        p.g_l,
        p.g_l * p.delta_t,
        p.v_th,
        1.0 / p.delta_t,
        p.v_peak,
        p.a,
        dt / p.tau_w,
        p.c_m * p.delta_t / dt,
        libm::exp(-0.5 * dt / p.tau_ex),
        libm::exp(-0.5 * dt / p.tau_in),
        libm::exp(-dt / p.tau_ex),
        libm::exp(-dt / p.tau_in),
        1.0 / 6.0,
        p.v_reset,
        p.b,
        steps_from_ms(p.t_ref, dt) as f64,
    ]
    .iter()
    .map(|&x| x as f32)
    .collect()
}
