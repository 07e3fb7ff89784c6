//! A white noise current, held constant over short intervals, each target neuron its own.

use super::{FREQUENCY, Noise, PHASE, START, STOP, Sends, Source, StimulusModel, current, spread};
use crate::{
    param::{Param, Range, log},
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "noise_generator",
    title: text("white noise current", "白噪声电流"),
    doc: text(
        "Injects into each target neuron its own normally distributed current, drawn anew every dt and constant between. \
         Its variance is std² + std_mod² · sin(2π · frequency · t + phase), zero where that is negative. The effect of a \
         given std on a membrane depends on dt, as in NEST: the noise is the stronger the longer it is held.",
        "向每个目标神经元注入各自的正态分布电流，每隔 dt 重新抽取，其间保持不变。\
         方差为 std² + std_mod² · sin(2π · frequency · t + phase)，为负时取零。与 NEST 相同，给定 std 对膜的作用取决于 dt：\
         保持越久噪声越强。",
    ),
    sends: Sends::Noise,
    params: &[
        current("mean", text("mean of the current", "电流均值")),
        spread("std", text("standard deviation of the current", "电流标准差")),
        Param {
            name: "dt",
            unit: Unit::Millisecond,
            default: 1.0,
            range: Range::POSITIVE,
            slider: log(0.1, 10.0),
            doc: text("time for which a draw is held, rounded to steps", "每次抽取保持的时间，取整到步长"),
        },
        spread("std_mod", text("part of the standard deviation that oscillates", "标准差中振荡的部分")),
        FREQUENCY,
        PHASE,
        START,
        STOP,
    ],
    lists: &[],
    source: |given| {
        let &[mean, std, dt_ms, std_mod, frequency, phase, start_ms, _] = given.params else {
            unreachable!("a value for every parameter")
        };
        let (sine, interval) = (given.sine(frequency, phase), given.duration(dt_ms));
        Source::Noise(Noise { mean, std, std_mod, sine, first: given.duration(start_ms), interval, decay: 0.0 })
    },
};
