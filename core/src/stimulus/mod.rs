//! The stimuli: what drives a network from outside, as spikes sent along a projection.
//!
//! Adding a stimulus costs one file beside this one and its line in [`STIMULI`].

use alloc::vec::Vec;

use crate::{param::Param, rng::CountTable, text::Text};

mod poisson_generator;
mod spike_generator;

/// Every stimulus, in the order menus show them.
pub static STIMULI: &[&StimulusModel] = &[&poisson_generator::MODEL, &spike_generator::MODEL];

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
    /// What a user may set to a number.
    pub params: &'static [Param],
    /// Whether it takes a list of `spike_times` in ms.
    pub takes_times: bool,
    /// What it sends, from the parameters, the times in steps and the step in ms.
    pub source: fn(params: &[f64], times: &[u32], dt_ms: f64) -> Source,
}

/// The spikes that a stimulus sends.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// In every step an independent number of spikes for each target, from this distribution.
    Poisson(CountTable),
    /// The same spikes for every target, at these steps, rising; one entry a spike.
    Listed(Vec<u32>),
}

impl Source {
    /// The largest number of spikes that one target can get in one step.
    pub fn largest(&self) -> u32 {
        match self {
            Source::Poisson(table) => table.largest(),
            Source::Listed(steps) => {
                let runs = steps.chunk_by(|a, b| a == b).map(|run| run.len());
                runs.max().unwrap_or(0) as u32
            }
        }
    }
}
