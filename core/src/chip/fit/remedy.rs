//! What can be done about a refusal: an edit of the network, or of the preset.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::{
    chip::{
        preset::Preset,
        quantity::{Evidence, Quantity},
    },
    spec::NetworkSpec,
    synapse,
};

/// An edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Remedy {
    /// Raise a limit of the preset, by its path, to this number: as if the chip had it.
    Raise {
        /// Path.
        at: String,
        /// New number.
        to: f64,
    },
    /// Use so many chips.
    Chips(f64),
    /// Let the chip know a kind of neuron or of learning.
    Offer {
        /// `core.neuron_models` or `core.plasticity`.
        at: String,
        /// The kind.
        kind: String,
    },
    /// Make the whole network smaller: so many neurons.
    Neurons(u64),
    /// Give each target of these projections so many sources, drawn at random.
    InDegrees(Vec<(usize, u64)>),
    /// Give each source of these projections so many targets, drawn at random.
    OutDegrees(Vec<(usize, u64)>),
    /// Give the synapses of each of these projections this mean weight.
    Weights(Vec<(usize, f64)>),
    /// Give every synapse of these projections this delay.
    Delay {
        /// Their indices.
        projections: Vec<usize>,
        /// The delay, ms.
        delay_ms: f64,
    },
    /// Give a population another model.
    Model {
        /// Its index.
        population: usize,
        /// Name of the model.
        model: String,
    },
    /// Keep the weights of these projections fixed.
    Fixed(Vec<usize>),
}

impl Remedy {
    /// Whether it changes the network; the others change what is assumed of the chip.
    pub fn is_of_network(&self) -> bool {
        !matches!(self, Remedy::Raise { .. } | Remedy::Chips(_) | Remedy::Offer { .. })
    }

    /// Makes the edit.
    pub fn apply(&self, spec: &mut NetworkSpec, preset: &mut Preset) {
        match self {
            Remedy::Raise { at, to } => {
                if let Some(limit) = limit_mut(preset, at) {
                    raise(limit, *to);
                }
            }
            Remedy::Chips(chips) => {
                if let Some(level) = preset.hierarchy.first_mut() {
                    raise(&mut level.per_parent, *chips);
                }
            }
            Remedy::Offer { at, kind } => {
                let offers = &mut preset.core;
                let list = if at.ends_with("plasticity") { &mut offers.plasticity } else { &mut offers.neuron_models };
                list.retain(|one| one != "none");
                list.push(kind.clone());
            }
            Remedy::Neurons(neurons) => *spec = spec.scaled(*neurons),
            Remedy::InDegrees(shares) => shares.iter().for_each(|s| degree(spec, *s, "fixed_indegree")),
            Remedy::OutDegrees(shares) => shares.iter().for_each(|s| degree(spec, *s, "fixed_outdegree")),
            Remedy::Weights(weights) => {
                for (projection, weight) in weights {
                    if let Some(p) = spec.projections.get_mut(*projection) {
                        p.weight = p.weight.with_middle(*weight);
                        // Chosen once more, a synapse that learns makes room for it.
                        let synapse = p.synapse.clone();
                        spec.choose_synapse(*projection, &synapse);
                    }
                }
            }
            Remedy::Delay { projections, delay_ms } => {
                for &projection in projections {
                    if let Some(p) = spec.projections.get_mut(projection) {
                        p.delay_ms = (*delay_ms).into();
                        p.edges.iter_mut().for_each(|edge| edge.delay_ms = None);
                    }
                }
            }
            Remedy::Model { population, model } => {
                spec.choose_model(*population, model);
            }
            Remedy::Fixed(projections) => {
                for &projection in projections {
                    spec.choose_synapse(projection, synapse::DEFAULT);
                }
            }
        }
    }
}

/// Gives a projection a rule that draws so many partners.
fn degree(spec: &mut NetworkSpec, (projection, partners): (usize, u64), rule: &str) {
    spec.choose_rule(projection, rule);
    if let Some((_, value)) = spec.projections.get_mut(projection).and_then(|p| p.params.first_mut()) {
        *value = partners as f64;
    }
}

fn raise(limit: &mut Quantity, to: f64) {
    let why = "raised so that a network fits".into();
    *limit = Quantity { v: Some(to), ev: Evidence::Assumed, why, ..Quantity::default() };
}

/// The limit at a path of a preset.
fn limit_mut<'p>(preset: &'p mut Preset, at: &str) -> Option<&'p mut Quantity> {
    let core = &mut preset.core;
    Some(match at {
        "core.neurons_max" => &mut core.neurons_max,
        "core.synapses_max" => &mut core.synapses_max,
        "core.memory_bit" => &mut core.memory_bit,
        "core.fan_in_max" => &mut core.fan_in_max,
        "core.fan_out_max" => &mut core.fan_out_max,
        "core.axons_in_max" => &mut core.axons_in_max,
        "core.axons_out_max" => &mut core.axons_out_max,
        "core.delay_max" => &mut core.delay_max,
        "core.weight_bit[0]" => core.weight_bit.first_mut()?,
        "throughput.synop_per_s" => &mut preset.throughput.synop_per_s,
        "time.synop_s" => &mut preset.time.synop_s,
        "time.neuron_update_s" => &mut preset.time.neuron_update_s,
        _ => return None,
    })
}
