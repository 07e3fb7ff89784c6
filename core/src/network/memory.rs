//! How much memory a network takes, told before it is built.

use alloc::vec::Vec;

use super::{numbers, rule_of};
use crate::{
    neuron::{self, LANES},
    rule::{Cells, Needs},
    spec::{NetworkSpec, ProjectionSpec},
    stimulus::{self, Entries, Sends},
    synapse::{self, RELEASE_STATE},
    units::steps_from_ms,
};

/// Bytes that a recorder keeps for each neuron, at most; [`crate::record`] is held to it when it is compiled.
pub const RECORD_BYTES_PER_NEURON: usize = 33;
/// Bytes that a recorder keeps for each population, at most, for what is measured on some of its neurons.
pub const RECORD_BYTES_PER_POPULATION: usize = 72 << 10;
/// Bytes that a recorder keeps for each projection that learns, at most.
pub const RECORD_BYTES_PER_PLASTIC: usize = 128 << 10;
/// Bytes that a recorder takes whatever the size of the network, at most; [`crate::record`] is held to it too.
pub const RECORD_BYTES: usize = 10 << 20;

/// The size of a network and the memory it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Neurons in all.
    pub neurons: f64,
    /// Synapses in all, at most.
    pub synapses: f64,
    /// Bytes for the neurons: state, input of every delay, what is recorded of them.
    pub neuron_bytes: f64,
    /// Bytes for the synapses: a target each, what each has of its own, and where each source's begin.
    pub synapse_bytes: f64,
    /// Bytes that do not depend on the numbers of neurons and synapses.
    pub fixed_bytes: f64,
}

impl Memory {
    /// Estimates the memory of a specification whose names are known to exist; anything else counts as nothing.
    pub fn of(spec: &NetworkSpec) -> Memory {
        let slots = |size: u64| size.div_ceil(LANES as u64).saturating_mul(LANES as u64) as f64;
        let population = |name: &str| spec.populations.iter().find(|p| p.name == name).map(|p| p.size);
        let delays = spec.projections.iter().map(|p| steps_from_ms(p.delay_ms.bounds().1, spec.dt_ms));
        let max_delay = delays.max().unwrap_or(1).max(1) as f64;
        let sums = spec.populations.iter().filter_map(|p| neuron::find(&p.model)).map(|m| m.body.sums.len());
        let sums = sums.max().unwrap_or(0) as f64;
        let models = spec.projections.iter().filter_map(|p| synapse::find(&p.synapse));
        let learning = models.filter(|model| model.plastic().is_some()).count();
        let mut memory = Memory {
            neurons: spec.neurons() as f64,
            synapses: 0.0,
            neuron_bytes: 0.0,
            synapse_bytes: 0.0,
            fixed_bytes: (RECORD_BYTES
                + spec.populations.len() * RECORD_BYTES_PER_POPULATION
                + learning * RECORD_BYTES_PER_PLASTIC) as f64,
        };
        for p in &spec.populations {
            let model = neuron::find(&p.model);
            let variables = model.map_or(0, |m| m.state.len());
            let constants = model.filter(|_| p.has_own_params()).map_or(0, |m| m.body.constants.len());
            // State, own constants and injected current, and sums of input for every delay; all in words of four bytes.
            let words = (variables + constants) as f64 + 1.0 + sums * max_delay;
            memory.neuron_bytes += slots(p.size) * words * 4.0 + p.size as f64 * RECORD_BYTES_PER_NEURON as f64;
        }
        for (i, p) in spec.projections.iter().enumerate() {
            if let Some((rule, pairing)) = rule_of(spec, i) {
                let synapses = (rule.synapses)(&pairing);
                let (of_synapse, of_source, of_target) = bytes_of(p);
                memory.synapse_bytes += synapses * of_synapse
                    + (pairing.n_sources as f64 + 1.0) * of_source
                    + (pairing.n_targets as f64 + 1.0) * of_target;
                if matches!(rule.needs, Needs::Positions(_)) {
                    memory.synapse_bytes += pairing.n_sources as f64 * Cells::BYTES_PER_SOURCE as f64;
                }
                memory.synapses += synapses;
            } else if let Some(n_targets) = population(&p.target) {
                memory.synapses += n_targets as f64;
                memory.neuron_bytes += stimulus_bytes(spec, &p.source, n_targets as f64);
            }
        }
        memory
    }

    /// Bytes in all.
    pub fn bytes(&self) -> f64 {
        self.neuron_bytes + self.synapse_bytes + self.fixed_bytes
    }
}

/// Bytes that a projection takes for each synapse, each source and each target.
fn bytes_of(p: &ProjectionSpec) -> (f64, f64, f64) {
    const OFFSET: f64 = core::mem::size_of::<usize>() as f64;
    let mut bytes = (4.0, OFFSET, 0.0);
    let model = synapse::find(&p.synapse);
    let plastic = model.and_then(|model| model.plastic());
    let listed = [p.edges.iter().any(|edge| edge.weight.is_some()), p.edges.iter().any(|edge| edge.delay_ms.is_some())];
    if p.weight.constant().is_none() || plastic.is_some() || listed[0] {
        bytes.0 += 4.0;
    }
    if p.delay_ms.constant().is_none() || listed[1] {
        bytes.0 += 2.0;
    }
    // What stands in a list is kept beside it.
    bytes.0 += 16.0 * listed.iter().filter(|is| **is).count() as f64;
    if let Some(synapse::Kind::ShortTerm(_)) = model.map(|model| &model.kind) {
        bytes.1 += 8.0 * (RELEASE_STATE as f64 + 1.0);
    }
    if let Some(plastic) = plastic {
        // The synapse and its source by target, two traces on either side; an eligibility.
        bytes.0 += if plastic.modulation.is_some() { 16.0 } else { 8.0 };
        bytes.1 += 8.0;
        bytes.2 += 8.0 + OFFSET;
    }
    bytes
}

/// Bytes that a stimulus takes for a projection, beside its lists in the specification.
fn stimulus_bytes(spec: &NetworkSpec, name: &str, targets: f64) -> f64 {
    let Some(spec) = spec.stimuli.iter().find(|s| s.name == name) else { return 0.0 };
    let Some(model) = stimulus::find(&spec.model) else { return 0.0 };
    // A current of its own for each target, and the sum of those that a target gets.
    let noise = if model.sends == Sends::Noise { 8.0 * (targets + LANES as f64) } else { 0.0 };
    let lists = model.lists.iter().map(|list| {
        let entries = numbers(list.name, &spec.lists).len() as f64;
        match list.entries {
            // The probability of a spike for each target.
            Entries::Any => entries * targets * 4.0,
            // A step and a number.
            _ => entries * 16.0,
        }
    });
    noise + lists.sum::<f64>()
}

/// The machine refused memory that the estimate allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory {
    /// Bytes that were asked for.
    pub bytes: usize,
}

/// `n` copies of `value`.
///
/// # Errors
/// That the machine has no memory for them.
pub fn filled<T: Copy>(n: usize, value: T) -> Result<Vec<T>, OutOfMemory> {
    let mut vec = Vec::new();
    vec.try_reserve_exact(n).map_err(|_| OutOfMemory { bytes: n.saturating_mul(core::mem::size_of::<T>()) })?;
    vec.resize(n, value);
    Ok(vec)
}
