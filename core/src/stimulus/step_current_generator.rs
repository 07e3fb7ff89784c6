//! A current that changes at given times.

use super::{Current, Entries, List, MOST_ENTRIES, Sends, Source, StimulusModel, times};
use crate::{param::Range, text::text, units::Unit};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "step_current_generator",
    title: text("current steps", "阶跃电流"),
    doc: text(
        "Injects a current, times the weight, into every target neuron. It takes the next value at each of the listed \
         times; before the first it is zero.",
        "向每个目标神经元注入电流（乘以权重）。电流在列出的每个时刻取下一个值，首个时刻之前为零。",
    ),
    sends: Sends::Current,
    params: &[],
    lists: &[
        times("amplitude_times", Entries::Times, text("times at which the current changes", "电流改变的时刻")),
        List {
            name: "amplitude_values",
            unit: Unit::Picoampere,
            range: Range::ANY,
            entries: Entries::PerTime("amplitude_times"),
            most: MOST_ENTRIES,
            doc: text("current from each of the times on", "从各时刻起的电流"),
        },
    ],
    source: |given| {
        let changes = given.lists[0].iter().zip(given.lists[1]);
        Source::Current(Current::Piecewise(changes.map(|(&ms, &value)| (given.steps(ms), value)).collect()))
    },
};
