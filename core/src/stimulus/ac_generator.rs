//! A current that oscillates.

use super::{Current, FREQUENCY, PHASE, START, STOP, Sends, Source, StimulusModel, current};
use crate::text::text;

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "ac_generator",
    title: text("alternating current", "交变电流"),
    doc: text(
        "Injects the current offset + amplitude · sin(2π · frequency · t + phase), times the weight, into every target \
         neuron.",
        "向每个目标神经元注入电流 offset + amplitude · sin(2π · frequency · t + phase)（乘以权重）。",
    ),
    sends: Sends::Current,
    params: &[
        current("amplitude", text("how far the current swings to either side", "电流向两侧摆动的幅度")),
        current("offset", text("mean of the current", "电流均值")),
        FREQUENCY,
        PHASE,
        START,
        STOP,
    ],
    lists: &[],
    source: |given| {
        let &[amplitude, offset, frequency, phase, ..] = given.params else {
            unreachable!("a value for every parameter")
        };
        Source::Current(Current::Sinusoidal { offset, amplitude, sine: given.sine(frequency, phase) })
    },
};
