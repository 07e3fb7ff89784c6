//! What the current-based primitives of NIR share: a membrane moved by a current that decays, both integrated exactly.

use alloc::vec::Vec;

use super::{Start, StateVar, common, neuron_body};
use crate::{param::Range, text::text, units::Unit};

pub(super) const I: StateVar = StateVar {
    name: "I",
    unit: Unit::One,
    start: Start::At(0.0),
    range: Range::ANY,
    doc: text("synaptic current", "突触电流"),
};

// `drift` is what the membrane gains in a step from its rest and its constant input.
neuron_body! {
    state(v, i),
    constants(decay, drift, gain, gain_syn, decay_syn, jump, v_threshold, v_reset),
    input([w_ex, w_in], i_stim),
    update {
        v = v * decay + (i * gain_syn + (drift + i_stim * gain));
        i = i * decay_syn + (w_ex + w_in) * jump;
    }
    threshold { gt(v, v_threshold) }
    reset {
        v = v_reset;
    }
}

/// The constants; `spike` is the threshold and the reset.
pub(super) fn derive([tau_syn, tau_mem, r, v_leak, w_in, i_e]: [f64; 6], spike: [f64; 2], dt: f64) -> Vec<f32> {
    let [decay, drift, gain] = common::membrane(tau_mem, tau_mem / r, v_leak, i_e, dt);
    let gain_syn = r * common::gain(tau_syn, tau_mem, tau_mem, dt);
    [decay, drift, gain, gain_syn, libm::exp(-dt / tau_syn), w_in / tau_syn, spike[0], spike[1]]
        .iter()
        .map(|&x| x as f32)
        .collect()
}
