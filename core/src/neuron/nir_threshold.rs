//! NIR's threshold, which has no memory.

use super::{Accuracy, Method, NeuronModel, Start, StateVar, common, neuron_body, nir};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "nir_threshold",
    title: text("NIR: threshold", "NIR：阈值"),
    doc: text(
        "The threshold of NIR, without units: it fires in every step in which the weights that arrive, taken together, \
         are above the threshold. It remembers nothing, so that any step is safe.",
        "NIR 的阈值单元，无量纲：任何一步到达的权重之和高于阈值便发放。没有记忆，因此任何步长都可以。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: nir::SOURCE,
    equations: &["v > threshold → spike"],
    params: &[Param {
        name: "threshold",
        unit: Unit::One,
        default: 1.0,
        range: Range::ANY,
        slider: linear(0.0, 5.0),
        doc: text("input above it is a spike", "输入高于此值即为脉冲"),
    }],
    orders: &[],
    state: &[StateVar {
        name: "v",
        unit: Unit::One,
        start: Start::At(0.0),
        range: Range::ANY,
        doc: text("input of the last step", "上一步的输入"),
    }],
    plane: None,
    weight_unit: Unit::One,
    receptors: &[],
    derive: |params, _| params.iter().map(|&x| x as f32).collect(),
    update_scalar,
    update_lanes,
    body: BODY,
};

neuron_body! {
    state(v),
    constants(threshold),
    input([w_ex, w_in], i_stim),
    update {
        v = w_ex + w_in + i_stim;
    }
    threshold { gt(v, threshold) }
    reset {}
}
