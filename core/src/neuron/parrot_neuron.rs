//! A neuron that repeats every spike it receives.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, StateVar, common, neuron_body};
use crate::{param::Range, text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "parrot_neuron",
    title: text("parrot", "鹦鹉神经元"),
    doc: text(
        "Repeats what it hears: it fires in every step in which a spike or a positive current arrives, whatever the \
         weight, as long as it is not zero. Several spikes in one step are repeated as one. Between a stimulus and a \
         network it makes the same spikes reach many neurons.",
        "重复所收到的脉冲：任何一步只要有脉冲或正电流到达便发放，与权重大小无关（权重不为零即可）。同一步内的多个脉冲合为一个。\
         置于刺激与网络之间，可使许多神经元收到相同的脉冲。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: "NEST 3.10, parrot_neuron",
    equations: &["heard > 0 → spike"],
    params: &[],
    orders: &[],
    state: &[StateVar {
        name: "heard",
        unit: Unit::One,
        start: Start::At(0.0),
        range: Range::ANY,
        doc: text("weights that arrived in the last step", "上一步到达的权重之和"),
    }],
    plane: None,
    weight_unit: Unit::One,
    receptors: &[],
    derive: |_, _| Vec::new(),
    update_scalar,
    update_lanes,
    body: BODY,
};

neuron_body! {
    state(heard),
    constants(),
    input([w_ex, w_in], i_stim),
    update {
        heard = w_ex - w_in + max(i_stim, real(0.0));
    }
    threshold { gt(heard, real(0.0)) }
    reset {}
}
