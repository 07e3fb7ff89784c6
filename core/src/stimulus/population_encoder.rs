//! Values between 0 and 1 as a population code: each target neuron prefers a value, and fires the more the nearer it is.

use alloc::vec::Vec;

use super::{Chances, Entries, Given, INTERVAL, START, STOP, Sends, Source, StimulusModel, rate, values};
use crate::{
    param::{Param, Range, log},
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "population_encoder",
    title: text("values as a population code", "数值的群体编码"),
    doc: text(
        "Shows values one after the other. The target neurons prefer values evenly from 0 for the first to 1 for the last; \
         each gets random spikes of the rate rate · exp(−(value − preferred)² / (2 · sigma²)), in every step at most one.",
        "依次呈现各数值。目标神经元的偏好值从首个的 0 均匀排到末个的 1；每个得到频率为 \
         rate · exp(−(value − 偏好值)² / (2 · sigma²)) 的随机脉冲，每步至多一个。",
    ),
    sends: Sends::Code,
    params: &[
        rate(text("spikes per second where the preferred value is shown", "呈现偏好值时每秒的脉冲数")),
        Param {
            name: "sigma",
            unit: Unit::One,
            default: 0.1,
            range: Range::POSITIVE,
            slider: log(0.01, 1.0),
            doc: text("width of the tuning", "调谐宽度"),
        },
        INTERVAL,
        START,
        STOP,
    ],
    lists: &[values(Entries::Any, text("the values, shown one after the other", "依次呈现的数值"))],
    source,
};

fn source(given: Given) -> Source {
    let &[rate, sigma, interval_ms, start_ms, _] = given.params else { unreachable!("a value for every parameter") };
    let n = given.targets;
    let preferred = |target: usize| target as f64 / (n - 1).max(1) as f64;
    let tuning = |distance: f64| libm::exp(-distance * distance / (2.0 * sigma * sigma));
    let row =
        |&value: &f64| (0..n).map(move |target| Chances::of(given.mean(rate) * tuning(value - preferred(target))));
    let rows: Vec<u32> = given.lists[0].iter().flat_map(row).collect();
    let (start, row_steps) = (given.steps(start_ms), given.duration(interval_ms));
    Source::Likely(Chances { start, row_steps, targets: n, rows })
}
