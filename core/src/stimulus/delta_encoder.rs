//! Changes of values as spikes: a target neuron gets one when its value changes by enough from row to row.

use alloc::vec::Vec;

use super::{Entries, Given, INTERVAL, START, STOP, Sends, Source, Spikes, StimulusModel, values};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "delta_encoder",
    title: text("changes as spikes", "变化编码为脉冲"),
    doc: text(
        "Shows rows of values in turn, a value for each target neuron, which gets a spike at the beginning of a row in \
         which its value has changed by the threshold or more since the row before, as in an event camera. The row before \
         the first is the last.",
        "依次呈现多行数值，每个目标神经元一个值；若某行的值与上一行相比变化不小于阈值，则在该行开始时发送一个脉冲，\
         如同事件相机。首行之前视为末行。",
    ),
    sends: Sends::Code,
    params: &[
        Param {
            name: "threshold",
            unit: Unit::One,
            default: 0.1,
            range: Range::between(0.0, 1.0),
            slider: linear(0.0, 1.0),
            doc: text("least change that is told", "最小的可发送变化"),
        },
        Param {
            name: "polarity",
            unit: Unit::Count,
            default: 1.0,
            range: Range::between(-1.0, 1.0),
            slider: linear(-1.0, 1.0),
            doc: text("1: rises are told, −1: falls, 0: both", "1：上升，−1：下降，0：两者"),
        },
        INTERVAL,
        START,
        STOP,
    ],
    lists: &[values(
        Entries::Rows,
        text("rows of a value for each target neuron", "若干行，每行对每个目标神经元一个值"),
    )],
    source,
};

fn source(given: Given) -> Source {
    let &[threshold, polarity, interval_ms, start_ms, _] = given.params else {
        unreachable!("a value for every parameter")
    };
    let (values, n) = (given.lists[0], given.targets);
    let row_steps = given.duration(interval_ms);
    // The difference of two decimal numbers may fall short of the threshold by rounding.
    const ROUNDING: f64 = 1e-9;
    let is_told = |change: f64| change.abs() > ROUNDING.max(threshold - ROUNDING) && change * polarity >= 0.0;
    let before = |i: usize| values[if i < n { i + values.len() - n } else { i - n }];
    let told = (0..values.len()).filter(|&i| is_told(values[i] - before(i)));
    let spikes: Vec<_> = told.map(|i| ((i / n) as u64 * row_steps, (i % n) as u32)).collect();
    let period = row_steps * (values.len() / n).max(1) as u64;
    Source::Own(Spikes { start: given.steps(start_ms), period, spikes })
}
