//! The spikes of a network as a hypergraph: an edge is an axon, from its neuron to its distinct targets, and weighs as
//! many spikes as the neuron fired in a run.

use alloc::{vec, vec::Vec};

use super::limits::{Limits, Size};
use crate::{
    network::{From, Network},
    neuron::LANES,
};

/// Lists of numbers behind each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    offsets: Vec<usize>,
    items: Vec<u32>,
}

impl Lists {
    /// No list.
    pub(super) fn new() -> Lists {
        Lists { offsets: vec![0], items: Vec::new() }
    }

    /// Appends a list.
    pub(super) fn push(&mut self, list: &[u32]) {
        self.items.extend_from_slice(list);
        self.offsets.push(self.items.len());
    }

    /// List number `i`.
    pub(super) fn of(&self, i: u32) -> &[u32] {
        &self.items[self.offsets[i as usize]..self.offsets[i as usize + 1]]
    }

    /// Numbers in all lists.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// For each of `n` numbers, the lists that have it.
    fn inverse(&self, n: usize) -> Lists {
        let mut offsets = vec![0; n + 1];
        self.items.iter().for_each(|&item| offsets[item as usize + 1] += 1);
        (0..n).for_each(|i| offsets[i + 1] += offsets[i]);
        let mut next = offsets.clone();
        let mut items = vec![0; self.items.len()];
        for list in 0..self.offsets.len() - 1 {
            for &item in self.of(list as u32) {
                items[next[item as usize]] = list as u32;
                next[item as usize] += 1;
            }
        }
        Lists { offsets, items }
    }
}

/// Vertices, which are neurons or groups of them, and the axons between them.
#[derive(Clone, Debug)]
pub struct Hypergraph {
    /// What each vertex takes of a core.
    pub(super) sizes: Vec<Size>,
    /// The vertex that each edge comes from.
    pub(super) sources: Vec<u32>,
    /// Spikes along each edge.
    pub(super) spikes: Vec<u64>,
    /// The vertices that each edge goes to, rising; never its own.
    pub(super) pins: Lists,
    /// The edges that go to each vertex.
    pub(super) incoming: Lists,
    /// The edges that come from each vertex.
    pub(super) outgoing: Lists,
    /// Source and target, sources rising, of synapses that are not among the pins: onto the neuron itself, and those beside
    /// the first of the same two neurons.
    pub(super) beside: Vec<[u32; 2]>,
}

impl Hypergraph {
    /// The axons of `spikes.len()` neurons, of which `targets(neuron, list)` appends a target for each synapse, and
    /// which fired as often as `spikes` tells.
    pub fn new(spikes: &[u64], limits: &Limits, mut targets: impl FnMut(u32, &mut Vec<u32>)) -> Hypergraph {
        let mut synapses = vec![0_u64; spikes.len()];
        let mut pins = Lists::new();
        let (mut list, mut beside) = (Vec::new(), Vec::new());
        for neuron in 0..spikes.len() as u32 {
            list.clear();
            targets(neuron, &mut list);
            list.iter().for_each(|&target| synapses[target as usize] += 1);
            list.sort_unstable();
            let mut last = neuron;
            list.retain(|&target| {
                let is_pin = target != neuron && target != last;
                if is_pin {
                    last = target;
                } else {
                    beside.push([neuron, target]);
                }
                is_pin
            });
            pins.push(&list);
        }
        let sizes = synapses.into_iter().map(|synapses| limits.size(synapses)).collect();
        let graph = Hypergraph::of_edges(sizes, (0..spikes.len() as u32).collect(), spikes.to_vec(), pins);
        Hypergraph { beside, ..graph }
    }

    /// That of a wired network whose neurons fired so often. It holds a number for each pair of source and target, and the
    /// same again by target. What stimuli send comes from outside the chip and is no part of it.
    pub fn of(network: &Network, spikes: &[u64], limits: &Limits) -> Hypergraph {
        let slots = network.blocks * LANES;
        let mut neuron_of = vec![0; slots];
        for population in &network.populations {
            for i in 0..population.n {
                neuron_of[population.first_block * LANES + i] = population.first + i as u32;
            }
        }
        Hypergraph::new(spikes, limits, |neuron, list| {
            let population = network.population_of(neuron);
            let from_it = network.projections.iter().filter(|p| p.from == From::Population(population));
            let source = (neuron - network.populations[population].first) as usize;
            from_it.for_each(|p| list.extend(p.synapses.of(source).iter().map(|&slot| neuron_of[slot as usize])));
        })
    }

    pub(super) fn of_edges(sizes: Vec<Size>, sources: Vec<u32>, spikes: Vec<u64>, pins: Lists) -> Hypergraph {
        let incoming = pins.inverse(sizes.len());
        let mut own = Lists::new();
        sources.iter().for_each(|&source| own.push(&[source]));
        let outgoing = own.inverse(sizes.len());
        Hypergraph { sizes, sources, spikes, pins, incoming, outgoing, beside: Vec::new() }
    }

    /// The same with an axon of its own for each target.
    pub(super) fn in_pairs(&self) -> Hypergraph {
        let (mut pins, mut sources, mut spikes) = (Lists::new(), Vec::new(), Vec::new());
        for edge in self.edges() {
            for &pin in self.pins.of(edge) {
                pins.push(&[pin]);
                sources.push(self.sources[edge as usize]);
                spikes.push(self.spikes[edge as usize]);
            }
        }
        Hypergraph::of_edges(self.sizes.clone(), sources, spikes, pins)
    }

    /// Number of neurons or groups.
    pub fn vertices(&self) -> usize {
        self.sizes.len()
    }

    /// Number of pairs of a source and a target that is another.
    pub fn pairs(&self) -> usize {
        self.pins.len()
    }

    /// What all take together.
    pub fn total(&self) -> Size {
        let mut total = [0; 3];
        self.sizes.iter().for_each(|size| super::limits::add(&mut total, size));
        total
    }

    /// Numbers of edges, by which their vectors are indexed.
    pub(super) fn edges(&self) -> core::ops::Range<u32> {
        0..self.sources.len() as u32
    }
}
