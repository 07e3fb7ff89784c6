//! Values between 0 and 1 as latencies: the larger the value, the sooner its target neuron gets a spike.

use alloc::vec::Vec;

use super::{Entries, Given, INTERVAL, START, STOP, Sends, Source, Spikes, StimulusModel, values};
use crate::{
    param::{Param, Range, linear, log},
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "latency_encoder",
    title: text("values as latencies", "数值编码为延迟"),
    doc: text(
        "Shows a row of values, such as the pixels of an image, one for each target neuron, which gets a single spike \
         after tau · ln(value / (value − threshold)): when a leaky integrator driven by the value would reach the \
         threshold. A value that is not above the threshold sends none, nor one that is later than the interval.",
        "呈现一行数值（如图像像素），每个目标神经元一个，并在 tau · ln(value / (value − threshold)) 之后得到一个脉冲：\
         即以该值驱动的漏积分器达到阈值的时刻。不高于阈值的值不发送脉冲，晚于 interval 的也不发送。",
    ),
    sends: Sends::Code,
    params: &[
        Param {
            name: "tau",
            unit: Unit::Millisecond,
            default: 20.0,
            range: Range::POSITIVE,
            slider: log(1.0, 100.0),
            doc: text("time constant of the integrator", "积分器的时间常数"),
        },
        Param {
            name: "threshold",
            unit: Unit::One,
            default: 0.01,
            range: Range::between(0.0, 1.0),
            slider: linear(0.0, 0.5),
            doc: text("value that the integrator must reach", "积分器须达到的值"),
        },
        INTERVAL,
        START,
        STOP,
    ],
    lists: &[values(
        Entries::Rows,
        text("a value for each target neuron, or several such rows", "每个目标神经元一个值，可有多行"),
    )],
    source,
};

fn source(given: Given) -> Source {
    let &[tau_ms, threshold, interval_ms, start_ms, _] = given.params else {
        unreachable!("a value for every parameter")
    };
    let row_steps = given.duration(interval_ms);
    let rows = given.lists[0].chunks(given.targets);
    let period = row_steps * rows.len().max(1) as u64;
    let mut spikes = Vec::new();
    for (row, values) in rows.enumerate() {
        for (target, value) in values.iter().enumerate().filter(|(_, value)| **value > threshold) {
            let after = given.duration(tau_ms * libm::log(value / (value - threshold))) - 1;
            if after < row_steps {
                spikes.push((row as u64 * row_steps + after, target as u32));
            }
        }
    }
    spikes.sort_unstable();
    Source::Own(Spikes { start: given.steps(start_ms), period, spikes })
}
