//! Independent Poisson spike trains of one rate, one for each target neuron.

use super::{Source, StimulusModel};
use crate::{
    param::{Param, Range, log},
    rng::CountTable,
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "poisson_generator",
    title: text("Poisson spikes", "泊松脉冲"),
    doc: text(
        "Sends each target neuron its own random spike train of the given rate.",
        "向每个目标神经元发送各自独立、给定频率的随机脉冲序列。",
    ),
    params: &[Param {
        name: "rate",
        unit: Unit::Hertz,
        default: 1000.0,
        range: Range::NON_NEGATIVE,
        slider: log(1.0, 20_000.0),
        doc: text("mean spikes per second onto each target", "每个目标每秒接收的平均脉冲数"),
    }],
    takes_times: false,
    source: |params, _, dt_ms| Source::Poisson(CountTable::poisson(params[0] * dt_ms / 1000.0)),
};
