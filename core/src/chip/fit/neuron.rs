//! Limits of a single neuron: how many synapses reach it, leave it, and are kept with it.

use alloc::{collections::BTreeSet, vec, vec::Vec};

use super::{Check, Limit, Remedy};
use crate::{
    network::{From, Network, Projection},
    neuron::LANES,
};

/// Synapses of one neuron of a population: of the one that has most.
struct Degree {
    neuron: usize,
    synapses: f64,
}

pub(super) fn check(check: &mut Check) {
    let network = check.network;
    let core = check.preset.core.clone();
    let fan_in_max = check.limit("fan_in_max", &core.fan_in_max);
    let fan_out_max = check.limit("fan_out_max", &core.fan_out_max);
    let axons_in_max = check.limit("axons_in_max", &core.axons_in_max);
    let axons_out_max = check.limit("axons_out_max", &core.axons_out_max);
    for (index, population) in network.populations.iter().enumerate() {
        let name = population.name.as_str();
        let onto = in_degree(network, index);
        if let Some(limit) = fan_in_max.filter(|limit| onto.synapses > *limit) {
            let remedies = [lower_in(network, index, limit), raise("core.fan_in_max", onto.synapses)];
            check.wall(Limit::FanIn, name, onto.synapses, limit, "fan_in_max", remedies);
        }
        if let Some(limit) = axons_in_max.filter(|limit| onto.synapses > *limit) {
            let sources = sources_of(network, index, onto.neuron);
            if sources > limit {
                let remedies = [lower_in(network, index, limit), raise("core.axons_in_max", sources)];
                check.wall(Limit::AxonsIn, name, sources, limit, "axons_in_max", remedies);
            }
        }
        let from = out_degree(network, index);
        if let Some(limit) = fan_out_max.filter(|limit| from.synapses > *limit) {
            let remedies = [lower_out(network, index, limit), raise("core.fan_out_max", from.synapses)];
            check.wall(Limit::FanOut, name, from.synapses, limit, "fan_out_max", remedies);
        }
        if let (Some(limit), Some(neurons)) = (axons_out_max, core.neurons_max.v) {
            // However its targets are placed, they fill at least so many cores.
            let cores = libm::ceil(targets_of(network, index, from.neuron) / neurons);
            if cores > limit {
                let remedies = [lower_out(network, index, limit * neurons), raise("core.axons_out_max", cores)];
                check.wall(Limit::AxonsOut, name, cores, limit, "axons_out_max", remedies);
            }
        }
        let own = core.neuron_bit.v.unwrap_or(0.0);
        if let (Some(memory), Some(bit)) = (core.memory_bit.v, core.synapse_bit.v) {
            let needed = onto.synapses * bit + own;
            if needed > memory {
                let most = ((memory - own) / bit).max(0.0);
                let remedies = [lower_in(network, index, most), raise("core.memory_bit", needed)];
                check.wall(Limit::NeuronMemory, name, needed, memory, "memory_bit", remedies);
            }
        }
    }
}

fn raise(at: &str, to: f64) -> Remedy {
    Remedy::Raise { at: at.into(), to }
}

/// Projections between populations, with their indices.
fn projections(network: &Network) -> impl Iterator<Item = (usize, &Projection)> {
    network.projections.iter().enumerate().filter(|(_, p)| matches!(p.from, From::Population(_)))
}

fn in_degree(network: &Network, population: usize) -> Degree {
    let (target, mut degrees) = (&network.populations[population], vec![0_u32; network.populations[population].n]);
    for (_, p) in projections(network).filter(|(_, p)| p.target == population) {
        for slot in &p.synapses.targets {
            degrees[*slot as usize - target.first_block * LANES] += 1;
        }
    }
    most(degrees.into_iter().map(f64::from))
}

fn out_degree(network: &Network, population: usize) -> Degree {
    let mut degrees = vec![0.0; network.populations[population].n];
    for (_, p) in projections(network).filter(|(_, p)| p.source() == population) {
        let ends = p.synapses.offsets.windows(2).map(|ends| (ends[1] - ends[0]) as f64);
        degrees.iter_mut().zip(ends).for_each(|(sum, synapses)| *sum += synapses);
    }
    most(degrees.into_iter())
}

fn most(degrees: impl Iterator<Item = f64>) -> Degree {
    let first = Degree { neuron: 0, synapses: 0.0 };
    degrees.enumerate().fold(
        first,
        |best, (neuron, synapses)| {
            if synapses > best.synapses { Degree { neuron, synapses } } else { best }
        },
    )
}

/// Neurons that reach a neuron.
fn sources_of(network: &Network, population: usize, neuron: usize) -> f64 {
    let slot = (network.populations[population].first_block * LANES + neuron) as u32;
    let mut found = BTreeSet::new();
    for (_, p) in projections(network).filter(|(_, p)| p.target == population) {
        let source = &network.populations[p.source()];
        let reach = (0..source.n).filter(|s| p.synapses.of(*s).binary_search(&slot).is_ok());
        found.extend(reach.map(|s| source.first as usize + s));
    }
    found.len() as f64
}

/// Neurons that a neuron reaches.
fn targets_of(network: &Network, population: usize, neuron: usize) -> f64 {
    let from = projections(network).filter(|(_, p)| p.source() == population);
    from.flat_map(|(_, p)| p.synapses.of(neuron)).collect::<BTreeSet<_>>().len() as f64
}

/// Fewer sources for each neuron: every projection onto the population keeps its share of `limit`.
fn lower_in(network: &Network, population: usize, limit: f64) -> Remedy {
    let onto = projections(network).filter(|(_, p)| p.target == population);
    Remedy::InDegrees(shares(onto.map(|(i, p)| (i, f64::from(p.largest_indegree))).collect(), limit))
}

/// Fewer targets for each neuron.
fn lower_out(network: &Network, population: usize, limit: f64) -> Remedy {
    let from = projections(network).filter(|(_, p)| p.source() == population);
    let largest =
        |p: &Projection| p.synapses.offsets.windows(2).map(|ends| ends[1] - ends[0]).max().unwrap_or(0) as f64;
    Remedy::OutDegrees(shares(from.map(|(i, p)| (i, largest(p))).collect(), limit))
}

fn shares(degrees: Vec<(usize, f64)>, limit: f64) -> Vec<(usize, u64)> {
    let sum: f64 = degrees.iter().map(|(_, degree)| degree).sum();
    degrees.into_iter().map(|(i, degree)| (i, libm::floor(degree / sum * limit) as u64)).collect()
}
