//! The stimuli: what drives a network from outside, as spikes or currents sent along a projection.
//!
//! Adding a stimulus costs one file beside this one and its line in [`STIMULI`].

use crate::{
    param::{Param, Range, linear},
    rng::Stream,
    text::{Text, text},
    units::{Unit, steps_from_ms},
};

mod ac_generator;
mod dc_generator;
mod delta_encoder;
mod inhomogeneous_poisson_generator;
mod latency_encoder;
mod live_input;
mod mip_generator;
mod noise_generator;
mod ou_current;
mod poisson_generator;
mod population_encoder;
mod pulsepacket_generator;
mod rate_encoder;
mod sinusoidal_poisson_generator;
mod source;
mod spike_generator;
mod step_current_generator;

pub use source::{Chances, Counts, Current, Noise, Sine, Source, Spikes};

/// Every stimulus, in the order menus show them.
pub static STIMULI: &[&StimulusModel] = &[
    &poisson_generator::MODEL,
    &inhomogeneous_poisson_generator::MODEL,
    &sinusoidal_poisson_generator::MODEL,
    &mip_generator::MODEL,
    &pulsepacket_generator::MODEL,
    &spike_generator::MODEL,
    &rate_encoder::MODEL,
    &latency_encoder::MODEL,
    &population_encoder::MODEL,
    &delta_encoder::MODEL,
    &live_input::MODEL,
    &dc_generator::MODEL,
    &ac_generator::MODEL,
    &step_current_generator::MODEL,
    &noise_generator::MODEL,
    &ou_current::MODEL,
];

/// The stimulus called `name`.
pub fn find(name: &str) -> Option<&'static StimulusModel> {
    STIMULI.iter().copied().find(|s| s.name == name)
}

/// Everything the product knows of a stimulus.
pub struct StimulusModel {
    /// NEST's name, as it stands in a saved file.
    pub name: &'static str,
    /// Name for people.
    pub title: Text,
    /// What it does.
    pub doc: Text,
    /// What it sends.
    pub sends: Sends,
    /// What a user may set to a number. It sends only between `start` and `stop`, where it has them.
    pub params: &'static [Param],
    /// What a user may set to a list of numbers.
    pub lists: &'static [List],
    /// What it sends, from what was set.
    pub source: fn(Given) -> Source,
}

/// What a stimulus can send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sends {
    /// Spikes, from whose number alone nothing tells a target from another.
    Spikes,
    /// Spikes that depend on the target's number in its population, so that all targets must be as many.
    Code,
    /// A current, the same for every target.
    Current,
    /// A current of its own for every target.
    Noise,
}

impl Sends {
    /// Whether it is a current, of which a weight is a plain multiple.
    pub fn is_current(self) -> bool {
        matches!(self, Sends::Current | Sends::Noise)
    }

    /// Whether each target has numbers of its own.
    pub fn is_own(self) -> bool {
        matches!(self, Sends::Code | Sends::Noise)
    }
}

/// A list of numbers that a stimulus takes.
pub struct List {
    /// Its name, as it stands in a saved file.
    pub name: &'static str,
    /// Unit of its numbers.
    pub unit: Unit,
    /// Numbers that are allowed.
    pub range: Range,
    /// What its entries are.
    pub entries: Entries,
    /// Most of them.
    pub most: usize,
    /// What it means.
    pub doc: Text,
}

/// Most entries of a list: as many as anybody has recorded.
pub const MOST_ENTRIES: usize = 1_000_000;

/// What the entries of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// Times, none before the one in front of it.
    Times,
    /// Times of spikes: the same, and none before the end of the first step.
    SpikeTimes,
    /// As many numbers as the list with this name has times.
    PerTime(&'static str),
    /// A number for each target neuron, or several such rows.
    Rows,
    /// Any numbers.
    Any,
}

/// What a stimulus is made from.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// A value for each parameter.
    pub params: &'a [f64],
    /// The numbers of each list.
    pub lists: &'a [&'a [f64]],
    /// Neurons of each population that it reaches.
    pub targets: usize,
    /// Randomness that its targets share.
    pub stream: Stream,
    /// Step in ms.
    pub dt_ms: f64,
}

impl Given<'_> {
    /// A time in steps.
    fn steps(&self, ms: f64) -> u64 {
        steps_from_ms(ms, self.dt_ms)
    }

    /// A duration in steps, at least one.
    fn duration(&self, ms: f64) -> u64 {
        self.steps(ms).max(1)
    }

    /// The mean number of spikes in a step.
    fn mean(&self, rate_hz: f64) -> f64 {
        rate_hz * self.dt_ms / 1000.0
    }

    /// The sine of a frequency and a phase in degrees.
    fn sine(&self, frequency_hz: f64, phase_deg: f64) -> Sine {
        let per_step = 2.0 * core::f64::consts::PI * frequency_hz * self.dt_ms / 1000.0;
        Sine { per_step, phase: phase_deg.to_radians() }
    }
}

const START: Param = Param {
    name: "start",
    unit: Unit::Millisecond,
    default: 0.0,
    range: Range::NON_NEGATIVE,
    slider: linear(0.0, 1000.0),
    doc: text("sends nothing up to this time", "到此时刻为止不发送"),
};

/// Longer than any run by default.
const STOP: Param = Param {
    name: "stop",
    unit: Unit::Millisecond,
    default: Range::LARGEST,
    range: Range::NON_NEGATIVE,
    slider: linear(0.0, 10_000.0),
    doc: text("sends nothing from this time on", "从此时刻起不再发送"),
};

const fn rate(doc: Text) -> Param {
    Param {
        name: "rate",
        unit: Unit::Hertz,
        default: 1000.0,
        range: Range::NON_NEGATIVE,
        slider: crate::param::log(1.0, 20_000.0),
        doc,
    }
}

const fn current(name: &'static str, doc: Text) -> Param {
    Param { name, unit: Unit::Picoampere, default: 0.0, range: Range::ANY, slider: linear(-500.0, 1000.0), doc }
}

const fn spread(name: &'static str, doc: Text) -> Param {
    Param { name, unit: Unit::Picoampere, default: 0.0, range: Range::NON_NEGATIVE, slider: linear(0.0, 1000.0), doc }
}

const FREQUENCY: Param = Param {
    name: "frequency",
    unit: Unit::Hertz,
    default: 0.0,
    range: Range::NON_NEGATIVE,
    slider: linear(0.0, 100.0),
    doc: text("frequency of the oscillation", "振荡频率"),
};

const PHASE: Param = Param {
    name: "phase",
    unit: Unit::Degree,
    default: 0.0,
    range: Range::ANY,
    slider: linear(0.0, 360.0),
    doc: text("phase of the oscillation at t = 0", "t = 0 时的振荡相位"),
};

const INTERVAL: Param = Param {
    name: "interval",
    unit: Unit::Millisecond,
    default: 100.0,
    range: Range::POSITIVE,
    slider: crate::param::log(1.0, 1000.0),
    doc: text(
        "time for which a row of values is shown; after the last row the first comes again",
        "每行数值的呈现时长；末行之后回到首行",
    ),
};

const fn values(entries: Entries, doc: Text) -> List {
    List { name: "values", unit: Unit::One, range: Range::between(0.0, 1.0), entries, most: MOST_ENTRIES, doc }
}

const fn times(name: &'static str, entries: Entries, doc: Text) -> List {
    List { name, unit: Unit::Millisecond, range: Range::NON_NEGATIVE, entries, most: MOST_ENTRIES, doc }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    /// Whatever a stimulus' file says of itself holds together.
    #[test]
    fn descriptors_are_whole() {
        for model in STIMULI {
            for p in model.params {
                assert!(p.range.contains(p.default), "{} {}", model.name, p.name);
                assert!(p.range.contains(p.slider.min) && p.range.contains(p.slider.max), "{} {}", model.name, p.name);
                assert!(p.slider.min < p.slider.max && (!p.slider.log || p.slider.min > 0.0), "{}", p.name);
            }
            for (i, list) in model.lists.iter().enumerate() {
                if let Entries::PerTime(times) = list.entries {
                    assert!(model.lists[..i].iter().any(|l| l.name == times), "{} {}", model.name, list.name);
                }
            }
            // What comes of the defaults is of the kind that the descriptor says.
            let params: Vec<f64> = model.params.iter().map(|p| p.default).collect();
            let lists: Vec<&[f64]> = model.lists.iter().map(|_| &[][..]).collect();
            let stream = Stream::new(1, crate::rng::Purpose::Shared, 0);
            let source = (model.source)(Given { params: &params, lists: &lists, targets: 3, stream, dt_ms: 0.1 });
            let sends = match source {
                Source::Random(_) | Source::Listed(_) => Sends::Spikes,
                Source::Own(_) | Source::Likely(_) | Source::Live(_) => Sends::Code,
                Source::Current(_) => Sends::Current,
                Source::Noise(_) => Sends::Noise,
            };
            assert_eq!(sends, model.sends, "{}", model.name);
        }
    }
}
