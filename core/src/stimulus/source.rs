//! What stimuli send, as functions of the step: nothing here changes from step to step.

use alloc::{borrow::Cow, vec::Vec};

use crate::rng::{CountTable, Stream};

/// What a stimulus sends.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// Random spikes: in every step an independent number for each target.
    Random(Counts),
    /// The same spikes for every target, at these steps, rising; one entry a spike.
    Listed(Vec<u32>),
    /// Each target its own listed spikes.
    Own(Spikes),
    /// Each target a spike with its own probability.
    Likely(Chances),
    /// Each target a spike with a probability that comes from outside, as a share of this one, the mean number of spikes in
    /// a step: see [`crate::engine::Simulation::feed`].
    Live(f64),
    /// The same current for every target, pA.
    Current(Current),
    /// Each target its own random current.
    Noise(Noise),
}

impl Source {
    /// The largest number of spikes that one target can get in one step.
    pub fn largest(&self) -> u32 {
        match self {
            Source::Random(counts) => counts.largest(),
            Source::Listed(steps) => {
                let runs = steps.chunk_by(|a, b| a == b).map(|run| run.len());
                runs.max().unwrap_or(0) as u32
            }
            Source::Own(_) | Source::Likely(_) | Source::Live(_) => 1,
            Source::Current(_) | Source::Noise(_) => 0,
        }
    }
}

/// The distribution of the number of spikes in a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Counts {
    /// Always the same.
    Constant(CountTable),
    /// Each from a step on; none before the first.
    Piecewise(Vec<(u64, CountTable)>),
    /// Poisson's, with a mean that swings; where it would be negative it is zero.
    Sinusoidal {
        /// Mean number of spikes in a step, over time.
        mean: f64,
        /// How far it swings to either side.
        amplitude: f64,
        /// How it swings.
        sine: Sine,
    },
    /// Copies of the spikes of a mother train that all targets share, each copied to each target by chance.
    Copied {
        /// The mother's spikes in a step.
        mother: CountTable,
        /// Her randomness; step = time step.
        stream: Stream,
        /// The copies of one spike, of two, and so on.
        copies: Vec<CountTable>,
    },
}

impl Counts {
    /// The distribution in a step; `None` where no spike can come.
    pub fn at(&self, step: u64) -> Option<Cow<'_, CountTable>> {
        match self {
            Counts::Constant(table) => Some(Cow::Borrowed(table)),
            Counts::Piecewise(tables) => {
                let i = tables.partition_point(|(from, _)| *from <= step).checked_sub(1)?;
                Some(Cow::Borrowed(&tables[i].1))
            }
            Counts::Sinusoidal { mean, amplitude, sine } => {
                let mean = mean + amplitude * sine.at(step);
                Some(Cow::Owned(CountTable::poisson(mean.max(0.0))))
            }
            Counts::Copied { mother, stream, copies } => {
                let [word, _] = stream.words(0, step as u32);
                let spikes = mother.count(word) as usize;
                Some(Cow::Borrowed(&copies[spikes.checked_sub(1)?]))
            }
        }
    }

    /// The largest number that it can give.
    pub fn largest(&self) -> u32 {
        match self {
            Counts::Constant(table) => table.largest(),
            Counts::Piecewise(tables) => tables.iter().map(|(_, table)| table.largest()).max().unwrap_or(0),
            Counts::Sinusoidal { mean, amplitude, .. } => CountTable::poisson(mean + amplitude.abs()).largest(),
            Counts::Copied { copies, .. } => copies.last().map_or(0, CountTable::largest),
        }
    }
}

/// A sine over the steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sine {
    /// Radians in a step.
    pub per_step: f64,
    /// Radians at step 0.
    pub phase: f64,
}

impl Sine {
    /// Its value in a step.
    pub fn at(self, step: u64) -> f64 {
        libm::sin(self.per_step * step as f64 + self.phase)
    }
}

/// Spikes of each target, which come again after a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Spikes {
    /// The last step before the first round.
    pub start: u64,
    /// Steps of a round, at least one.
    pub period: u64,
    /// Steps from the beginning of the round, from zero, and who gets a spike; rising, each pair once.
    pub spikes: Vec<(u64, u32)>,
}

impl Spikes {
    /// The targets that get a spike in a step behind `start`, rising.
    pub fn at(&self, step: u64) -> impl Iterator<Item = u32> {
        let phase = (step - self.start - 1) % self.period;
        let from = self.spikes.partition_point(|&(at, _)| at < phase);
        self.spikes[from..].iter().take_while(move |&&(at, _)| at == phase).map(|&(_, target)| target)
    }
}

/// For each target the probability of a spike in a step, in rows that are used in turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Chances {
    /// The last step before the first row.
    pub start: u64,
    /// Steps for which a row is used, at least one.
    pub row_steps: u64,
    /// Targets in a row.
    pub targets: usize,
    /// Rows of probabilities in units of 2^-32: a spike comes where a word is below.
    pub rows: Vec<u32>,
}

impl Chances {
    /// A probability in units of 2^-32; what is above 1 is 1, to 2^-32.
    pub fn of(p: f64) -> u32 {
        (p * 4_294_967_296.0) as u32
    }

    /// The row of a step behind `start`; empty if there is none.
    pub fn at(&self, step: u64) -> &[u32] {
        let rows = self.rows.len() / self.targets;
        let Some(row) = ((step - self.start - 1) / self.row_steps).checked_rem(rows as u64) else { return &[] };
        &self.rows[row as usize * self.targets..][..self.targets]
    }
}

/// A current that all targets share, pA.
#[derive(Clone, Debug, PartialEq)]
pub enum Current {
    /// Each from a step on; none before the first.
    Piecewise(Vec<(u64, f64)>),
    /// One that swings.
    Sinusoidal {
        /// Its mean over time, pA.
        offset: f64,
        /// How far it swings to either side, pA.
        amplitude: f64,
        /// How it swings.
        sine: Sine,
    },
}

impl Current {
    /// The current that is sent in a step, pA.
    pub fn at(&self, step: u64) -> f64 {
        match self {
            Current::Piecewise(values) => {
                let n = values.partition_point(|(from, _)| *from <= step);
                n.checked_sub(1).map_or(0.0, |i| values[i].1)
            }
            Current::Sinusoidal { offset, amplitude, sine } => offset + amplitude * sine.at(step),
        }
    }
}

/// A random current of each target: `mean + spread · z`, where z is normal with variance 1, is renewed after every
/// interval, and forgets what it was by `decay`.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    /// Mean over time, pA.
    pub mean: f64,
    /// Standard deviation, pA.
    pub std: f64,
    /// The part of the standard deviation that swings, pA.
    pub std_mod: f64,
    /// How its square swings.
    pub sine: Sine,
    /// The first step.
    pub first: u64,
    /// Steps in an interval, at least one.
    pub interval: u64,
    /// What remains of z from an interval to the next.
    pub decay: f64,
}

impl Noise {
    /// The factors of the old z and of a new normal number if z is renewed in a step; the first z is all new.
    pub fn renewal(&self, step: u64) -> Option<[f32; 2]> {
        let decay = if step == self.first { 0.0 } else { self.decay };
        let due = (step - self.first).is_multiple_of(self.interval);
        due.then(|| [decay as f32, libm::sqrt(1.0 - decay * decay) as f32])
    }

    /// The standard deviation in a step, pA: that of the beginning of its interval.
    pub fn spread(&self, step: u64) -> f64 {
        let renewed = step - (step - self.first) % self.interval;
        let variance = self.std * self.std + self.std_mod * self.std_mod * self.sine.at(renewed);
        libm::sqrt(variance.max(0.0))
    }
}
