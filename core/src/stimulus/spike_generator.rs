//! Spikes at given times, the same for every target neuron.

use super::{Entries, Sends, Source, StimulusModel, times};
use crate::text::text;

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "spike_generator",
    title: text("listed spikes", "指定脉冲"),
    doc: text(
        "Sends every target neuron a spike at each of the listed times; a time given twice sends two.",
        "在列出的每个时刻向所有目标神经元发送一个脉冲；同一时刻写两次即发送两个。",
    ),
    sends: Sends::Spikes,
    params: &[],
    lists: &[times("spike_times", Entries::SpikeTimes, text("times of the spikes", "脉冲时刻"))],
    source: |given| Source::Listed(given.lists[0].iter().map(|&ms| given.steps(ms) as u32).collect()),
};
