//! What the primitives of NIR (Pedersen et al. 2024) share. NIR gives its numbers no units; here time is in ms, and a spike
//! that arrives is a delta function of time times its weight, so that an integral over it is the weight.

use alloc::vec::Vec;

use super::{Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, Slider, linear, log},
    text::{Text, text},
    units::Unit,
};

pub(super) const SOURCE: &str = "Pedersen et al. (2024), doi:10.1038/s41467-024-52259-9";

const fn number(name: &'static str, default: f64, slider: Slider, doc: Text) -> Param {
    Param { name, unit: Unit::One, default, range: Range::ANY, slider, doc }
}

pub(super) const fn tau(name: &'static str, default: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Millisecond, default, range: Range::POSITIVE, slider: log(1.0, 100.0), doc }
}

pub(super) const TAU: Param = tau("tau", 20.0, text("time constant", "时间常数"));
pub(super) const TAU_MEM: Param = tau("tau_mem", 20.0, text("time constant of the membrane", "膜时间常数"));
pub(super) const TAU_SYN: Param = tau("tau_syn", 5.0, text("time constant of the current", "电流的时间常数"));
pub(super) const R: Param = number("r", 1.0, linear(0.0, 10.0), text("resistance", "电阻"));
pub(super) const V_LEAK: Param =
    number("v_leak", 0.0, linear(-1.0, 1.0), text("where the membrane rests", "膜的静息值"));
pub(super) const V_THRESHOLD: Param =
    number("v_threshold", 1.0, linear(0.0, 5.0), text("a membrane above it fires", "膜电位高于此值即发放"));
pub(super) const V_RESET: Param =
    number("v_reset", 0.0, linear(-1.0, 1.0), text("membrane after a spike", "发放后的膜电位"));
pub(super) const W_IN: Param = number("w_in", 1.0, linear(0.0, 10.0), text("weight of all input", "全部输入的权重"));
pub(super) const I_E: Param = number("I_e", 0.0, linear(-1.0, 5.0), text("constant input", "恒定输入"));

pub(super) const fn v(start: Start) -> StateVar {
    StateVar { name: "v", unit: Unit::One, start, range: Range::ANY, doc: text("membrane", "膜电位") }
}

/// A threshold that is never reached, and its reset.
pub(super) const NEVER: [f64; 2] = [f32::MAX as f64, 0.0];

// A membrane that input moves at once; `drift` is what it gains in a step from its rest and its constant input.
neuron_body! {
    state(v),
    constants(decay, drift, gain, jump, v_threshold, v_reset),
    input([w_ex, w_in], i_stim),
    update {
        v = v * decay + (drift + i_stim * gain) + (w_ex + w_in) * jump;
    }
    threshold { gt(v, v_threshold) }
    reset {
        v = v_reset;
    }
}

/// The constants of a membrane with a leak. `spike` is its threshold and its reset.
pub(super) fn leaky(tau: f64, r: f64, v_leak: f64, i_e: f64, spike: [f64; 2], dt: f64) -> Vec<f32> {
    let [decay, drift, gain] = common::membrane(tau, tau / r, v_leak, i_e, dt);
    [decay, drift, gain, r / tau, spike[0], spike[1]].iter().map(|&x| x as f32).collect()
}

/// The constants of a membrane without a leak.
pub(super) fn integrator(r: f64, i_e: f64, spike: [f64; 2], dt: f64) -> Vec<f32> {
    [1.0, r * i_e * dt, r * dt, r, spike[0], spike[1]].iter().map(|&x| x as f32).collect()
}
