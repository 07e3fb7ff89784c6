//! `NetworkSpec`: a network as a user builds and saves it. A plain document: it may hold any mistake, and
//! [`crate::network`] tells which.
//!
//! Its JSON form, version 1, is read by [`NetworkSpec::from_json`] and written by [`NetworkSpec::to_json`]. Numbers in it
//! can be addressed by a [`path`], the same text that an error names as its place.

use alloc::{string::String, vec::Vec};

use crate::{
    neuron::NeuronModel,
    param::values,
    rng::{Purpose, Stream},
    rule::{self, Edge},
    space::{Layout, Placed},
};

mod choose;
mod distribution;
mod edit;
mod json;
mod lesion;
pub mod path;
mod reader;
mod receptor;

pub use choose::Shape;
pub use distribution::Distribution;
pub use edit::Node;
pub use json::{PAGE, indented, parse};
pub use reader::{Object, Reader};

/// The version of the JSON form that this program writes and reads.
pub const VERSION: u32 = 1;

/// A whole network.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkSpec {
    /// Title; may be empty.
    pub name: String,
    /// Seed of all randomness.
    pub seed: u32,
    /// Step in ms.
    pub dt_ms: f64,
    /// Groups of neurons of one model.
    pub populations: Vec<PopulationSpec>,
    /// What drives the network from outside.
    pub stimuli: Vec<StimulusSpec>,
    /// Groups of synapses.
    pub projections: Vec<ProjectionSpec>,
    /// Sliders that the author puts in front of the user.
    pub controls: Vec<ControlSpec>,
}

/// Neurons of one model.
#[derive(Clone, Debug, PartialEq)]
pub struct PopulationSpec {
    /// Name, unique among populations and stimuli.
    pub name: String,
    /// Number of neurons.
    pub size: u64,
    /// Name of the neuron model.
    pub model: String,
    /// Parameters that differ from the model's defaults; each is drawn by itself.
    pub params: Vec<(String, Distribution)>,
    /// Where state variables start, if not where the model says.
    pub init: Vec<(String, Distribution)>,
    /// Where its neurons stand, if anywhere.
    pub positions: Option<Layout>,
    /// Neurons that are destroyed: the first and the last number of each stretch of them. They stand still.
    pub lesions: Vec<[u64; 2]>,
}

/// A source of spikes or currents that is not a neuron.
#[derive(Clone, Debug, PartialEq)]
pub struct StimulusSpec {
    /// Name, unique among populations and stimuli.
    pub name: String,
    /// Name of the stimulus model.
    pub model: String,
    /// Parameters that differ from the model's defaults.
    pub params: Vec<(String, f64)>,
    /// Lists that the model takes, by their names.
    pub lists: Vec<(String, Vec<f64>)>,
}

/// Synapses of one kind from one population or stimulus onto one population.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionSpec {
    /// Name of the population or stimulus that sends.
    pub source: String,
    /// Name of the population that receives.
    pub target: String,
    /// Name of the connection rule.
    pub rule: String,
    /// Parameters of the rule.
    pub params: Vec<(String, f64)>,
    /// The synapses, for a rule that takes a list.
    pub edges: Vec<Edge>,
    /// Whether a neuron may be connected to itself, where source and target are the same population.
    pub allow_autapses: bool,
    /// Whether a pair of neurons may be connected more than once.
    pub allow_multapses: bool,
    /// Name of the target's receptor at which its spikes arrive; without one, a positive weight goes to the first and a
    /// negative one to the second.
    pub receptor: Option<String>,
    /// Weight of each synapse, in the unit of the target's model; positive excites, negative inhibits.
    pub weight: Distribution,
    /// Delay in ms, rounded to steps.
    pub delay_ms: Distribution,
    /// Name of the synapse model.
    pub synapse: String,
    /// Parameters of the synapse model that differ from its defaults.
    pub synapse_params: Vec<(String, f64)>,
    /// Name of the population whose spikes modulate a plasticity that has a modulator.
    pub modulator: Option<String>,
}

impl ProjectionSpec {
    /// From every neuron of `source` to every one of `target`, static, with one weight and one delay.
    pub fn all_to_all(source: &str, target: &str, weight: f64, delay_ms: f64) -> ProjectionSpec {
        ProjectionSpec {
            source: source.into(),
            target: target.into(),
            rule: "all_to_all".into(),
            params: Vec::new(),
            edges: Vec::new(),
            allow_autapses: true,
            allow_multapses: true,
            receptor: None,
            weight: weight.into(),
            delay_ms: delay_ms.into(),
            synapse: crate::synapse::DEFAULT.into(),
            synapse_params: Vec::new(),
            modulator: None,
        }
    }
}

/// A slider over one or several numbers of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlSpec {
    /// Name, such as a symbol or a few words.
    pub name: String,
    /// Paths of the numbers it sets, all to the same value.
    pub paths: Vec<String>,
    /// Left end.
    pub min: f64,
    /// Right end.
    pub max: f64,
    /// Whether equal ways mean equal factors.
    pub log: bool,
}

impl NetworkSpec {
    /// Where the neurons of a population stand, if they stand anywhere.
    pub fn placed(&self, population: usize) -> Option<Placed> {
        let layout = self.populations[population].positions?;
        Some(Placed { layout, stream: Stream::new(self.seed, Purpose::Place, population) })
    }

    /// A network with nothing in it.
    pub fn empty() -> NetworkSpec {
        NetworkSpec {
            name: String::new(),
            seed: 1,
            dt_ms: 0.1,
            populations: Vec::new(),
            stimuli: Vec::new(),
            projections: Vec::new(),
            controls: Vec::new(),
        }
    }

    /// Number of neurons in all.
    pub fn neurons(&self) -> u64 {
        self.populations.iter().fold(0, |sum, p| sum.saturating_add(p.size))
    }

    /// The number of neurons of a population that lists of synapses speak of.
    fn listed(&self, population: &str) -> u64 {
        let listed = self.projections.iter().flat_map(|p| p.edges.iter().map(move |edge| (p, edge)));
        let ends = listed.flat_map(|(p, edge)| [(&p.source, edge.source), (&p.target, edge.target)]);
        let own = ends.filter(|(name, _)| *name == population);
        own.map(|(_, neuron)| u64::from(neuron) + 1).max().unwrap_or(0)
    }

    /// Whether the network can have another number of neurons: not where lists of synapses speak of every population.
    pub fn is_scalable(&self) -> bool {
        self.populations.iter().any(|p| self.listed(&p.name) == 0)
    }

    /// The same network with `neurons` in all: populations keep their shares, grids their shape, and neurons their number of
    /// synapses. Neurons that lists of synapses speak of stay.
    pub fn scaled(&self, neurons: u64) -> NetworkSpec {
        let before = self.neurons().max(1) as f64;
        let mut scaled = self.clone();
        for population in &mut scaled.populations {
            let size = population.size.max(1);
            population.size = (libm::round(population.size as f64 / before * neurons as f64) as u64).max(1);
            population.size = population.size.max(self.listed(&population.name));
            if let Some([columns, rows]) = population.positions.as_mut().and_then(|layout| layout.grid.as_mut()) {
                *columns = (libm::round(*columns as f64 * libm::sqrt(neurons as f64 / before)) as u64).max(1);
                *rows = (libm::round(population.size as f64 / *columns as f64) as u64).max(1);
                population.size = columns.saturating_mul(*rows);
            }
            let factor = population.size as f64 / size as f64;
            let place = |neuron: u64| libm::floor(neuron as f64 * factor) as u64;
            for [first, last] in &mut population.lesions {
                (*first, *last) = (place(*first), place(*last + 1).max(place(*first) + 1) - 1);
            }
        }
        let size = |populations: &[PopulationSpec], name: &str| {
            populations.iter().find(|p| p.name == name).map_or(1.0, |p| p.size as f64)
        };
        for projection in scaled.projections.iter_mut().filter(|p| p.rule == rule::TOTAL.rule) {
            // Each target keeps as many synapses.
            let factor = size(&scaled.populations, &projection.target) / size(&self.populations, &projection.target);
            let totals = projection.params.iter_mut().filter(|(name, _)| name == rule::TOTAL.param);
            totals.for_each(|(_, total)| *total = libm::round(*total * factor));
        }
        scaled
    }

    /// Whether `other` differs only in numbers that a running network can take over: parameters, weights, delays, rates.
    pub fn same_wiring(&self, other: &NetworkSpec) -> bool {
        let populations = self.populations.iter().zip(&other.populations);
        let stimuli = self.stimuli.iter().zip(&other.stimuli);
        let projections = self.projections.iter().zip(&other.projections);
        let lengths = |s: &NetworkSpec| (s.populations.len(), s.stimuli.len(), s.projections.len());
        (self.seed, self.dt_ms) == (other.seed, other.dt_ms)
            && lengths(self) == lengths(other)
            && populations.into_iter().all(|(a, b)| a.wiring() == b.wiring())
            && stimuli.into_iter().all(|(a, b)| (&a.name, &a.model) == (&b.name, &b.model))
            && projections.into_iter().all(|(a, b)| a.wiring() == b.wiring())
    }
}

impl PopulationSpec {
    /// Neurons of `model` with its defaults.
    pub fn new(name: &str, size: u64, model: &str) -> PopulationSpec {
        PopulationSpec {
            name: name.into(),
            size,
            model: model.into(),
            params: Vec::new(),
            init: Vec::new(),
            positions: None,
            lesions: Vec::new(),
        }
    }

    /// The value of each parameter of its model, given or default: where neurons have their own, the middle.
    pub(crate) fn middles(&self, model: &NeuronModel) -> Vec<f64> {
        values(model.params, &self.params).into_iter().map(Distribution::middle).collect()
    }

    /// What synapses follow from, and whether neurons differ, which not every engine carries.
    fn wiring(&self) -> impl PartialEq + '_ {
        (&self.name, self.size, &self.model, self.positions, self.has_own_params())
    }

    /// Whether its neurons have a parameter of which each has its own.
    pub fn has_own_params(&self) -> bool {
        self.params.iter().any(|(_, value)| value.constant().is_none())
    }
}

impl ProjectionSpec {
    /// What its synapses follow from.
    fn wiring(&self) -> impl PartialEq + '_ {
        let ends = (&self.source, &self.target, &self.receptor, &self.modulator);
        let options = [self.allow_autapses, self.allow_multapses];
        let own = [self.weight, self.delay_ms].map(|value| value.constant().is_none());
        (ends, &self.rule, &self.params, &self.edges, options, &self.synapse, own)
    }
}
