//! A coloured noise current, the process of Ornstein and Uhlenbeck, each target neuron its own.

use super::{Noise, START, STOP, Sends, Source, StimulusModel, current, spread};
use crate::{
    param::{Param, Range, log},
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "ou_current",
    title: text("Ornstein-Uhlenbeck current", "Ornstein-Uhlenbeck 电流"),
    doc: text(
        "Injects into each target neuron its own normally distributed current, which forgets its past with the time \
         constant tau: dI/dt = (mean − I)/tau + std · √(2/tau) · ξ(t). It starts as it goes on, with the standard \
         deviation std, and is updated exactly (Gillespie 1996, doi:10.1103/PhysRevE.54.2084).",
        "向每个目标神经元注入各自的正态分布电流，并以时间常数 tau 遗忘过去：\
         dI/dt = (mean − I)/tau + std · √(2/tau) · ξ(t)。起始即为平稳分布，标准差为 std，采用精确更新\
         （Gillespie 1996，doi:10.1103/PhysRevE.54.2084）。",
    ),
    sends: Sends::Noise,
    params: &[
        current("mean", text("mean of the current", "电流均值")),
        spread("std", text("standard deviation of the current", "电流标准差")),
        Param {
            name: "tau",
            unit: Unit::Millisecond,
            default: 10.0,
            range: Range::POSITIVE,
            slider: log(0.5, 100.0),
            doc: text("time after which 1/e of a deviation is left", "偏差衰减到 1/e 的时间"),
        },
        START,
        STOP,
    ],
    lists: &[],
    source: |given| {
        let &[mean, std, tau_ms, start_ms, _] = given.params else { unreachable!("a value for every parameter") };
        let (sine, decay) = (given.sine(0.0, 0.0), libm::exp(-given.dt_ms / tau_ms));
        Source::Noise(Noise { mean, std, std_mod: 0.0, sine, first: given.duration(start_ms), interval: 1, decay })
    },
};
