//! The metrics of NeuroBench that hardware does not change, under its names. A run is one sample.

use serde::{Deserialize, Serialize};

use crate::chip::counts::Counts;

/// NeuroBench's metrics (Yik et al. 2025, doi:10.1038/s41467-025-56739-4).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// Memory of weights and state, byte.
    #[serde(rename = "Footprint")]
    pub footprint: f64,
    /// The share of the weights between connected populations that is zero.
    #[serde(rename = "ConnectionSparsity")]
    pub connection_sparsity: f64,
    /// The share of neurons that are silent in a step.
    #[serde(rename = "ActivationSparsity")]
    pub activation_sparsity: f64,
    /// Multiplications with an addition that count.
    #[serde(rename = "Effective_MACs")]
    pub effective_macs: f64,
    /// Additions that count: spikes at a synapse.
    #[serde(rename = "Effective_ACs")]
    pub effective_acs: f64,
    /// Operations if every neuron reached every other in each step.
    #[serde(rename = "Dense")]
    pub dense: f64,
    /// Updates of a membrane potential.
    #[serde(rename = "MembraneUpdates")]
    pub membrane_updates: f64,
}

impl Metrics {
    /// Those of a run; of a run without steps, sparsities are zero.
    pub fn of(counts: &Counts) -> Metrics {
        let pairs: f64 = counts.populations.iter().map(|p| p.pairs).sum();
        let silent = |part: f64, whole: f64| if whole > 0.0 { (1.0 - part / whole).max(0.0) } else { 0.0 };
        Metrics {
            footprint: counts.memory_bit() / 8.0,
            connection_sparsity: silent(counts.synapses(), pairs),
            activation_sparsity: silent(counts.spikes(), counts.updates()),
            effective_macs: 0.0,
            effective_acs: counts.events(),
            dense: pairs * counts.steps,
            membrane_updates: counts.updates(),
        }
    }
}
