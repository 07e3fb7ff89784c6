//! Values between 0 and 1 as rates: the larger the value, the more spikes its target neuron gets.

use super::{Chances, Entries, INTERVAL, START, STOP, Sends, Source, StimulusModel, rate, values};
use crate::text::text;

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "rate_encoder",
    title: text("values as rates", "数值编码为频率"),
    doc: text(
        "Shows a row of values, such as the pixels of an image, one for each target neuron: in every step a neuron gets a \
         spike with the probability value · rate · dt, so that its train is random and of the rate value · rate.",
        "呈现一行数值（如图像像素），每个目标神经元一个：每一步以概率 value · rate · dt 发送一个脉冲，\
         因此脉冲序列随机，频率为 value · rate。",
    ),
    sends: Sends::Code,
    params: &[rate(text("spikes per second where the value is 1", "数值为 1 时每秒的脉冲数")), INTERVAL, START, STOP],
    lists: &[values(
        Entries::Rows,
        text("a value for each target neuron, or several such rows", "每个目标神经元一个值，可有多行"),
    )],
    source: |given| {
        let &[rate, interval_ms, start_ms, _] = given.params else { unreachable!("a value for every parameter") };
        Source::Likely(Chances {
            start: given.steps(start_ms),
            row_steps: given.duration(interval_ms),
            targets: given.targets,
            rows: given.lists[0].iter().map(|value| Chances::of(value * given.mean(rate))).collect(),
        })
    },
};
