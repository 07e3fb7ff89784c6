//! Recordings: activity over time with what it stands for, from a file or from a documented generator.
//!
//! The layout is the one files have: `spikes` or `signal` (time × channel), `target`, `bin_ms`, and where there are any,
//! `segment` and `split`. Adding a generator costs one file beside this one and its line in [`GENERATORS`].

use alloc::{string::String, vec::Vec};
use core::ops::Range;
use serde::{Deserialize, Serialize};

use crate::{param::Param, text::Text};

mod draw;
mod m1_reaching;
mod mandarin_tones;
mod motor_imagery;

/// Every generator, in the order menus show them.
pub static GENERATORS: &[&Generator] =
    &[&m1_reaching::GENERATOR, &mandarin_tones::GENERATOR, &motor_imagery::GENERATOR];

/// The generator called `name`.
pub fn find(name: &str) -> Option<&'static Generator> {
    GENERATORS.iter().copied().find(|generator| generator.name == name)
}

/// Everything the product knows of a synthetic recording.
pub struct Generator {
    /// Its name, as commands take it.
    pub name: &'static str,
    /// Name for people.
    pub title: Text,
    /// What it imitates.
    pub doc: Text,
    /// Where its model and its numbers come from.
    pub source: &'static str,
    /// What a user may set.
    pub params: &'static [Param],
    /// The recording for values of `params` and a seed.
    pub make: fn(&[f64], u32) -> Recording,
}

impl Generator {
    /// The recording with the default values.
    pub fn example(&self, seed: u32) -> Recording {
        let values: Vec<f64> = self.params.iter().map(|p| p.default).collect();
        (self.make)(&values, seed)
    }
}

/// Whether anything of it was ever alive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Recorded; the text says from whom, by whom and under what terms.
    Real(String),
    /// Made by a generator; the text says which, and from what numbers.
    Synthetic(String),
    /// From a file of the user's, which does not say.
    Unknown,
}

/// What the channels hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activity {
    /// Counts of spikes in a bin.
    Spikes,
    /// Samples of a signal.
    Signal,
}

/// What is to be decoded.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Numbers for every bin, such as a velocity: bins × `names`.
    Values {
        /// What the numbers are.
        names: Vec<String>,
        /// The numbers, bin after bin.
        values: Vec<f32>,
    },
    /// A class for every segment.
    Classes {
        /// What the classes are.
        names: Vec<String>,
        /// The class of each segment.
        classes: Vec<usize>,
    },
}

/// Which side of the published split a segment is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Decoders learn from it.
    Train,
    /// Decoders are scored on it, and never see it before.
    Test,
}

/// A stretch without a gap: a trial, or a block of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its bins.
    pub bins: Range<usize>,
    /// Its side of the split.
    pub split: Split,
}

/// A recording, checked: every number finite, every list as long as it must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Name for people.
    pub name: String,
    /// Whether it is real.
    pub origin: Origin,
    /// What the channels hold.
    pub activity: Activity,
    /// Number of channels.
    pub channels: usize,
    /// Width of a bin, or interval of samples, in ms.
    pub bin_ms: f64,
    /// The activity, bin after bin.
    pub samples: Vec<f32>,
    /// What is to be decoded.
    pub target: Target,
    /// The segments, in order and without overlap.
    pub segments: Vec<Segment>,
}

impl Recording {
    /// Number of bins.
    pub fn bins(&self) -> usize {
        self.samples.len() / self.channels
    }

    /// The activity of a bin.
    pub fn bin(&self, bin: usize) -> &[f32] {
        &self.samples[bin * self.channels..][..self.channels]
    }

    /// The numbers to be decoded at a bin; none where the target is a class.
    pub fn values(&self, bin: usize) -> &[f32] {
        match &self.target {
            Target::Values { names, values } => &values[bin * names.len()..][..names.len()],
            Target::Classes { .. } => &[],
        }
    }

    /// The class of a segment; `None` where the target is numbers.
    pub fn class(&self, segment: usize) -> Option<usize> {
        match &self.target {
            Target::Values { .. } => None,
            Target::Classes { classes, .. } => Some(classes[segment]),
        }
    }

    /// Number of classes, or of numbers to a bin.
    pub fn outputs(&self) -> usize {
        match &self.target {
            Target::Values { names, .. } | Target::Classes { names, .. } => names.len(),
        }
    }

    /// The segments on one side of the split, by their numbers.
    pub fn on(&self, split: Split) -> Vec<usize> {
        (0..self.segments.len()).filter(|&i| self.segments[i].split == split).collect()
    }

    /// A recording of these segments alone: nothing of the others is in it.
    pub fn only(&self, segments: &[usize]) -> Recording {
        let bins = || segments.iter().flat_map(|&i| self.segments[i].bins.clone());
        let mut start = 0;
        let moved = segments.iter().map(|&i| {
            let Segment { bins, split } = self.segments[i].clone();
            start += bins.len();
            Segment { bins: start - bins.len()..start, split }
        });
        let moved = moved.collect();
        let target = match &self.target {
            Target::Values { names, .. } => {
                Target::Values { names: names.clone(), values: bins().flat_map(|b| self.values(b)).copied().collect() }
            }
            Target::Classes { names, classes } => {
                Target::Classes { names: names.clone(), classes: segments.iter().map(|&i| classes[i]).collect() }
            }
        };
        let samples = bins().flat_map(|b| self.bin(b)).copied().collect();
        Recording { samples, target, segments: moved, name: self.name.clone(), origin: self.origin.clone(), ..*self }
    }
}
