//! `Wiring`: builds a network in slices, so that a caller can show progress and give up.
//!
//! A projection is drawn twice, which costs no memory: once to count the synapses of each source, once to put each target
//! in its place. Both draws give the same synapses, because randomness is a function of the target's number.

use alloc::vec::Vec;

use super::{
    From, Incoming, Memory, Network, OutOfMemory, Projection, Synapses, check, filled, rule_of, too_much, unwired,
};
use crate::{
    error::SpecError,
    neuron::LANES,
    rng::{Purpose, Stream},
    rule::{Pairing, Rule},
    spec::NetworkSpec,
};

/// A network on the way to being wired.
pub struct Wiring {
    network: Network,
    memory: Memory,
    memory_limit: f64,
    projection: usize,
    pass: Pass,
    target: usize,
    sources: Vec<u32>,
    drawn: f64,
}

/// What a draw of a projection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    Count,
    Place,
}

impl Wiring {
    /// Checks a specification and prepares to wire it.
    ///
    /// # Errors
    /// Every mistake in it, or that it needs more than `memory_limit` bytes.
    pub fn new(spec: NetworkSpec, memory_limit: f64) -> Result<Wiring, Vec<SpecError>> {
        let memory = check::all(&spec, memory_limit)?;
        let network = unwired(spec, memory_limit);
        let (projection, pass, target, sources, drawn) = (0, Pass::Count, 0, Vec::new(), 0.0);
        Ok(Wiring { network, memory, memory_limit, projection, pass, target, sources, drawn })
    }

    /// What the network will take.
    pub fn memory(&self) -> Memory {
        self.memory
    }

    /// The part of the work that is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        // Every synapse is drawn twice.
        if self.memory.synapses > 0.0 { (self.drawn / (2.0 * self.memory.synapses)).min(1.0) } else { 1.0 }
    }

    /// Goes on for about `synapses` draws and tells whether all is done.
    ///
    /// # Errors
    /// That the machine has less memory than the estimate asks for.
    pub fn advance(&mut self, synapses: usize) -> Result<bool, Vec<SpecError>> {
        let mut left = synapses;
        while self.projection < self.network.projections.len() {
            if left == 0 {
                return Ok(false);
            }
            left = self
                .advance_projection(left)
                .map_err(|_: OutOfMemory| [too_much(self.memory.synapses, self.memory.bytes(), self.memory_limit)])?;
        }
        Ok(true)
    }

    /// The network; every call of [`Wiring::advance`] must have been made.
    ///
    /// # Panics
    /// If [`Wiring::advance`] has not returned `true`.
    pub fn finish(mut self) -> Network {
        assert!(self.projection == self.network.projections.len(), "finish() comes after the last advance()");
        self.network.derive();
        self.network
    }

    /// Draws targets of the current projection until it is done or `left` draws are used up; returns the rest.
    fn advance_projection(&mut self, mut left: usize) -> Result<usize, OutOfMemory> {
        let network = &mut self.network;
        let projection = &mut network.projections[self.projection];
        let From::Population(source) = projection.from else {
            self.projection += 1;
            return Ok(left);
        };
        let n_sources = network.populations[source].n;
        let target = &network.populations[projection.target];
        if projection.synapses.offsets.is_empty() {
            projection.synapses.offsets = filled(n_sources + 1, 0)?;
        }
        let (rule, params) = rule_of(&network.spec, self.projection);
        let pairing = Pairing {
            n_sources: n_sources as u32,
            params: &params,
            stream: Stream::new(network.spec.seed, Purpose::Wire, self.projection),
        };
        let first_slot = (target.first_block * LANES) as u32;
        while self.target < target.n && left > 0 {
            let drawn = draw(rule, pairing, self.target as u32, &mut self.sources);
            match self.pass {
                Pass::Count => count(projection, &self.sources),
                Pass::Place => place(projection, &self.sources, first_slot + self.target as u32),
            }
            self.target += 1;
            self.drawn += drawn as f64;
            left = left.saturating_sub(drawn.max(1));
        }
        if self.target == target.n {
            self.target = 0;
            match self.pass {
                Pass::Count => {
                    let total = begin_at(&mut projection.synapses.offsets);
                    projection.synapses.targets = filled(total, 0)?;
                    self.pass = Pass::Place;
                }
                Pass::Place => {
                    rewind(&mut projection.synapses.offsets);
                    if projection.synapse.plastic().is_some() {
                        projection.incoming = incoming(&projection.synapses, first_slot, target.n)?;
                    }
                    self.pass = Pass::Count;
                    self.projection += 1;
                }
            }
        }
        Ok(left)
    }
}

fn draw(rule: &Rule, pairing: Pairing, target: u32, sources: &mut Vec<u32>) -> usize {
    sources.clear();
    (rule.sources)(pairing, target, sources);
    sources.len()
}

fn count(projection: &mut Projection, sources: &[u32]) {
    for &source in sources {
        projection.synapses.offsets[source as usize] += 1;
    }
    projection.largest_indegree = projection.largest_indegree.max(sources.len() as u32);
}

/// Puts `slot` behind the targets that each source has so far; `offsets[s]` is the next free place of source `s`.
fn place(projection: &mut Projection, sources: &[u32], slot: u32) {
    for &source in sources {
        let next = &mut projection.synapses.offsets[source as usize];
        projection.synapses.targets[*next] = slot;
        *next += 1;
    }
}

/// The same synapses by target, sources rising.
fn incoming(synapses: &Synapses, first_slot: u32, n_targets: usize) -> Result<Incoming, OutOfMemory> {
    let mut offsets = filled(n_targets + 1, 0)?;
    synapses.targets.iter().for_each(|slot| offsets[(slot - first_slot) as usize] += 1);
    let mut by_target = filled(begin_at(&mut offsets), [0; 2])?;
    for source in 0..synapses.offsets.len() - 1 {
        for synapse in synapses.offsets[source]..synapses.offsets[source + 1] {
            let next = &mut offsets[(synapses.targets[synapse] - first_slot) as usize];
            by_target[*next] = [synapse as u32, source as u32];
            *next += 1;
        }
    }
    rewind(&mut offsets);
    Ok(Incoming { offsets, synapses: by_target })
}

/// Turns counts into beginnings and returns the total.
fn begin_at(offsets: &mut [usize]) -> usize {
    let mut total = 0;
    for offset in offsets {
        (*offset, total) = (total, total + *offset);
    }
    total
}

/// Turns ends into beginnings: after placing, `offsets[s]` is where source `s` ends and the next one begins.
fn rewind(offsets: &mut [usize]) {
    offsets.copy_within(0..offsets.len() - 1, 1);
    offsets[0] = 0;
}
