//! Independent Poisson spike trains of a rate that oscillates, one for each target neuron.

use super::{Counts, FREQUENCY, PHASE, START, STOP, Sends, Source, StimulusModel, rate};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "sinusoidal_poisson_generator",
    title: text("Poisson spikes, oscillating", "泊松脉冲，振荡"),
    doc: text(
        "Sends each target neuron its own random spike train of the rate(t) = rate + amplitude · sin(2π · frequency · t + \
         phase); where that is negative it is zero.",
        "向每个目标神经元发送各自独立的随机脉冲序列，频率(t) = rate + amplitude · sin(2π · frequency · t + phase)，\
         为负时取零。",
    ),
    sends: Sends::Spikes,
    params: &[
        rate(text("mean spikes per second onto each target", "每个目标每秒接收的平均脉冲数")),
        Param {
            name: "amplitude",
            unit: Unit::Hertz,
            default: 0.0,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 10_000.0),
            doc: text("how far the rate swings to either side", "频率向两侧摆动的幅度"),
        },
        FREQUENCY,
        PHASE,
        START,
        STOP,
    ],
    lists: &[],
    source: |given| {
        let (mean, amplitude) = (given.mean(given.params[0]), given.mean(given.params[1]));
        Source::Random(Counts::Sinusoidal { mean, amplitude, sine: given.sine(given.params[2], given.params[3]) })
    },
};
