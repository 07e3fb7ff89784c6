//! A constant current.

use alloc::vec;

use super::{Current, START, STOP, Sends, Source, StimulusModel, current};
use crate::text::text;

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "dc_generator",
    title: text("constant current", "恒定电流"),
    doc: text(
        "Injects a constant current, times the weight, into every target neuron.",
        "向每个目标神经元注入恒定电流（乘以权重）。",
    ),
    sends: Sends::Current,
    params: &[current("amplitude", text("the current", "电流大小")), START, STOP],
    lists: &[],
    source: |given| Source::Current(Current::Piecewise(vec![(0, given.params[0])])),
};
