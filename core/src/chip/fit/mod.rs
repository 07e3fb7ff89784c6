//! Whether a network fits a chip. A wall is what cannot be mapped; a budget is what maps and misses the tick. Each refusal
//! names the place, the number, the limit, and two ways out, each an edit of the network or of the preset that takes it away.
//! A limit that is not known is not judged; it is told. What stimuli send comes from outside and takes no room.

use alloc::{format, string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use super::{counts::Counts, preset::Preset, quantity::Quantity};
use crate::network::Network;

mod capacity;
mod kinds;
mod neuron;
mod pace;
mod remedy;
mod words;

pub use remedy::Remedy;

/// What runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each is a limit of a preset, and is named by its message")]
pub enum Limit {
    Neurons,
    Synapses,
    Memory,
    NeuronMemory,
    FanIn,
    FanOut,
    AxonsIn,
    AxonsOut,
    WeightBits,
    Delay,
    NeuronModel,
    Plasticity,
    Throughput,
    CoreTime,
}

/// Why a network does not fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// What runs out.
    pub limit: Limit,
    /// Name of the population that it is about; empty for the whole network.
    pub population: String,
    /// What the network has there: a number, or the name of a model.
    pub found: Found,
    /// What the chip offers: a number, or the names of what it knows.
    pub offered: Found,
    /// Path of the limit in the preset.
    pub at: String,
    /// Two ways out.
    pub remedies: [Remedy; 2],
}

/// A number or a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are the words")]
pub enum Found {
    Number(f64),
    Name(String),
}

/// What was found out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// What cannot be mapped.
    pub walls: Vec<Refusal>,
    /// What maps and misses the tick.
    pub budgets: Vec<Refusal>,
    /// Paths of limits of the preset that are not known, so that they were not judged.
    pub unknown: Vec<String>,
    /// Cores that it takes at least, if their capacity is known.
    pub cores: Option<f64>,
}

impl Fit {
    /// Whether it can be mapped and keeps the tick, as far as limits are known.
    pub fn is_good(&self) -> bool {
        self.walls.is_empty() && self.budgets.is_empty()
    }
}

/// Whether a network fits a chip; budgets are judged by what a run counted, if there was one.
pub fn fit(network: &Network, preset: &Preset, counts: Option<&Counts>) -> Fit {
    let mut check = Check { network, preset, fit: Fit::default() };
    neuron::check(&mut check);
    kinds::check(&mut check);
    capacity::check(&mut check);
    if let Some(counts) = counts.filter(|counts| counts.steps > 0.0) {
        pace::check(&mut check, counts);
    }
    check.fit
}

/// A check on the way.
struct Check<'a> {
    network: &'a Network,
    preset: &'a Preset,
    fit: Fit,
}

impl Check<'_> {
    /// The value of a limit of the core; if it is not known, that is noted.
    fn limit(&mut self, name: &str, quantity: &Quantity) -> Option<f64> {
        let known = quantity.v.or(quantity.hi);
        if known.is_none() {
            self.unknown(&format!("core.{name}"));
        }
        known
    }

    fn unknown(&mut self, at: &str) {
        if !self.fit.unknown.iter().any(|known| known == at) {
            self.fit.unknown.push(at.into());
        }
    }

    /// Notes a wall whose number can be lowered, or its limit raised.
    fn wall(&mut self, limit: Limit, population: &str, found: f64, offered: f64, name: &str, remedies: [Remedy; 2]) {
        self.fit.walls.push(Refusal {
            limit,
            population: population.into(),
            found: Found::Number(found),
            offered: Found::Number(offered),
            at: format!("core.{name}"),
            remedies,
        });
    }
}
