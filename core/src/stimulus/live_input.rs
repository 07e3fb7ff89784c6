//! Values that come from outside while the network runs, as rates.

use super::{START, STOP, Sends, Source, StimulusModel, rate};
use crate::text::text;

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "live_input",
    title: text("live input", "实时输入"),
    doc: text(
        "Values between 0 and 1 that come from outside while the network runs, such as keys, the bands of a microphone or \
         the pixels of a camera, spread over the target neurons in their order: in every step a neuron gets a spike with \
         the probability value · rate · dt. It is silent while nothing comes. What comes is not recorded, so a run with it \
         is not repeatable.",
        "运行过程中来自外部、介于 0 和 1 之间的数值，例如按键、麦克风的频带或摄像头的像素，按顺序分配给目标神经元：\
         每一步神经元以概率 value · rate · dt 收到一个脉冲。没有输入时保持沉默。输入不会被记录，因此这样的运行无法重现。",
    ),
    sends: Sends::Code,
    params: &[rate(text("spikes per second where the value is 1", "数值为 1 时每秒的脉冲数")), START, STOP],
    lists: &[],
    source: |given| {
        let &[rate, ..] = given.params else { unreachable!("a value for every parameter") };
        Source::Live(given.mean(rate))
    },
};
