//! Independent Poisson spike trains of one rate, one for each target neuron.

use super::{Counts, START, STOP, Sends, Source, StimulusModel, rate};
use crate::{rng::CountTable, text::text};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "poisson_generator",
    title: text("Poisson spikes", "泊松脉冲"),
    doc: text(
        "Sends each target neuron its own random spike train of the given rate.",
        "向每个目标神经元发送各自独立、给定频率的随机脉冲序列。",
    ),
    sends: Sends::Spikes,
    params: &[rate(text("mean spikes per second onto each target", "每个目标每秒接收的平均脉冲数")), START, STOP],
    lists: &[],
    source: |given| Source::Random(Counts::Constant(CountTable::poisson(given.mean(given.params[0])))),
};
