//! `Wiring`: builds a network in slices, so that a caller can show progress and give up.
//!
//! A projection is drawn twice, which costs no memory: once to count the synapses of each source, once to put each target
//! in its place. Both draws give the same synapses, because randomness is a function of the unit's number. Where a rule
//! does not go by target, the targets of each source are then sorted.

use alloc::vec::Vec;

use super::{
    From, Incoming, Memory, Network, OutOfMemory, Projection, Synapses, check, filled, rule_of, too_much, unwired,
};
use crate::{
    error::SpecError,
    neuron::LANES,
    rule::{By, Cells, Needs},
    spec::NetworkSpec,
};

/// A network on the way to being wired.
pub struct Wiring {
    network: Network,
    memory: Memory,
    memory_limit: f64,
    projection: usize,
    pass: Pass,
    /// The next unit of the rule's work, or the next source to sort.
    unit: u64,
    pairs: Vec<(u32, u32)>,
    /// Synapses onto each target so far.
    indegrees: Vec<u32>,
    drawn: f64,
    /// The sources of a rule that looks at positions.
    cells: Option<Cells>,
}

/// What the work on a projection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    Count,
    Place,
    Sort,
}

impl Wiring {
    /// Checks a specification and prepares to wire it.
    ///
    /// # Errors
    /// Every mistake in it, or that it needs more than `memory_limit` bytes.
    pub fn new(spec: NetworkSpec, memory_limit: f64) -> Result<Wiring, Vec<SpecError>> {
        let memory = check::all(&spec, memory_limit)?;
        Ok(Wiring {
            network: unwired(spec, memory_limit),
            memory,
            memory_limit,
            projection: 0,
            pass: Pass::Count,
            unit: 0,
            pairs: Vec::new(),
            indegrees: Vec::new(),
            drawn: 0.0,
            cells: None,
        })
    }

    /// What the network will take.
    pub fn memory(&self) -> Memory {
        self.memory
    }

    /// The part of the work that is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        // Every synapse is drawn twice; sorting takes little beside it.
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

    /// Works on the current pass until it is done or `left` draws are used up; returns the rest.
    fn advance_projection(&mut self, mut left: usize) -> Result<usize, OutOfMemory> {
        let network = &mut self.network;
        let projection = &mut network.projections[self.projection];
        let From::Population(source) = projection.from else {
            self.projection += 1;
            return Ok(left);
        };
        let n_sources = network.populations[source].n;
        let target = &network.populations[projection.target];
        let (rule, mut pairing) = rule_of(&network.spec, self.projection).expect("both ends are populations");
        if projection.synapses.offsets.is_empty() {
            projection.synapses.offsets = filled(n_sources + 1, 0)?;
            self.indegrees = filled(target.n, 0)?;
            if let Needs::Positions(kernel) = rule.needs {
                self.cells = Cells::new(&pairing, kernel);
            }
        }
        pairing.cells = self.cells.as_ref();
        let units = if self.pass == Pass::Sort { n_sources as u64 } else { rule.units(&pairing) };
        let first_slot = (target.first_block * LANES) as u32;
        while self.unit < units && left > 0 {
            let done = if self.pass == Pass::Sort {
                sort(projection, self.unit as usize)
            } else {
                self.pairs.clear();
                (rule.pairs)(&pairing, self.unit as u32, &mut self.pairs);
                if pairing.spares_self() {
                    self.pairs.retain(|(source, target)| source != target);
                }
                if self.pass == Pass::Count {
                    count(projection, &mut self.indegrees, &self.pairs);
                } else {
                    place(projection, &self.pairs, first_slot);
                }
                self.drawn += self.pairs.len() as f64;
                self.pairs.len()
            };
            self.unit += 1;
            left = left.saturating_sub(done.max(1));
        }
        if self.unit == units {
            self.unit = 0;
            self.pass = match self.pass {
                Pass::Count => {
                    projection.largest_indegree = self.indegrees.iter().copied().max().unwrap_or(0);
                    self.indegrees = Vec::new();
                    let total = begin_at(&mut projection.synapses.offsets);
                    projection.synapses.targets = filled(total, 0)?;
                    Pass::Place
                }
                Pass::Place => {
                    rewind(&mut projection.synapses.offsets);
                    // Units that are targets come rising.
                    if rule.by == By::Target { Pass::Count } else { Pass::Sort }
                }
                Pass::Sort => Pass::Count,
            };
            if self.pass == Pass::Count {
                if projection.synapse.plastic().is_some() {
                    projection.incoming = incoming(&projection.synapses, first_slot, target.n)?;
                }
                self.projection += 1;
            }
        }
        Ok(left)
    }
}

fn count(projection: &mut Projection, indegrees: &mut [u32], pairs: &[(u32, u32)]) {
    for &(source, target) in pairs {
        projection.synapses.offsets[source as usize] += 1;
        indegrees[target as usize] += 1;
    }
}

/// Puts each target behind those that its source has so far; `offsets[s]` is the next free place of source `s`.
fn place(projection: &mut Projection, pairs: &[(u32, u32)], first_slot: u32) {
    for &(source, target) in pairs {
        let next = &mut projection.synapses.offsets[source as usize];
        projection.synapses.targets[*next] = first_slot + target;
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

/// Sorts the targets of a source and returns how many there are.
fn sort(projection: &mut Projection, source: usize) -> usize {
    let synapses = &mut projection.synapses;
    let targets = &mut synapses.targets[synapses.offsets[source]..synapses.offsets[source + 1]];
    targets.sort_unstable();
    targets.len()
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
