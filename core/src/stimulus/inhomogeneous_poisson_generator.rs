//! Independent Poisson spike trains of a rate that changes at given times, one for each target neuron.

use super::{Counts, Entries, List, MOST_ENTRIES, Sends, Source, StimulusModel, times};
use crate::{param::Range, rng::CountTable, text::text, units::Unit};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "inhomogeneous_poisson_generator",
    title: text("Poisson spikes, rate list", "泊松脉冲，频率列表"),
    doc: text(
        "Sends each target neuron its own random spike train. Its rate takes the next value at each of the listed times; \
         before the first it is zero.",
        "向每个目标神经元发送各自独立的随机脉冲序列。频率在列出的每个时刻取下一个值，首个时刻之前为零。",
    ),
    sends: Sends::Spikes,
    params: &[],
    lists: &[
        times("rate_times", Entries::Times, text("times at which the rate changes", "频率改变的时刻")),
        List {
            name: "rate_values",
            unit: Unit::Hertz,
            range: Range::NON_NEGATIVE,
            entries: Entries::PerTime("rate_times"),
            most: MOST_ENTRIES,
            doc: text("rate from each of the times on", "从各时刻起的频率"),
        },
    ],
    source: |given| {
        let changes = given.lists[0].iter().zip(given.lists[1]);
        let table = |(&ms, &rate): (&f64, &f64)| (given.steps(ms), CountTable::poisson(given.mean(rate)));
        Source::Random(Counts::Piecewise(changes.map(table).collect()))
    },
};
