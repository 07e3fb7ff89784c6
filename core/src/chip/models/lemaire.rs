//! Lemaire et al. (2022): operations, memory and addressing of a digital circuit at 45 nm, where memory that holds more costs
//! more at each access. Each population is a layer; weights have 32 bits and neurons no bias.
//!
//! Addressing takes an addition for each event, as equation 17 of the paper has it; the authors' program of 2025 counts an
//! input's spikes instead of all inputs' there.

use alloc::{vec, vec::Vec};

use super::{Model, Part, Traffic, part};
use crate::{
    chip::counts::{Counts, PopulationCounts},
    text::text,
};

pub(super) static MODEL: Model = Model {
    id: "lemaire",
    title: text("Lemaire et al. 2022", "Lemaire 等 2022"),
    about: text(
        "Operations, memory and addresses of a circuit at 45 nm. No leakage, no network on the chip.",
        "45 nm 电路的运算、存储与寻址。不含漏电与片上网络。",
    ),
    source: "Lemaire et al. (2022), doi:10.1007/978-3-031-30105-6_48",
    counts_traffic: false,
    parts,
};

/// An addition and a multiplication of 32-bit integers at 45 nm, J (Horowitz 2014, doi:10.1109/ISSCC.2014.6757323).
const ADD_J: f64 = 0.1e-12;
const MUL_J: f64 = 3.1e-12;
/// Bits of a word.
const WORD_BIT: f64 = 32.0;

/// An access to a memory of so many words, J: the line through 8 KiB, 32 KiB and 1 MiB of Horowitz (2014).
fn ram_j(words: f64) -> f64 {
    (1.09e-5 * words * WORD_BIT + 13.2) * 1e-12
}

/// What operations, memory and addressing of a layer cost, J.
fn layer(p: &PopulationCounts, steps: f64) -> [f64; 3] {
    let updates = p.neurons * steps;
    let operations = updates * (MUL_J + ADD_J) + (p.events + updates + p.spikes) * ADD_J;
    let potentials = 2.0 * (p.events + updates) * ram_j(p.neurons);
    // Spikes come and go through queues too short to matter.
    let memory = potentials + p.events * ram_j(p.synapses) + (p.spikes_in + p.spikes) * ram_j(0.0);
    [operations, memory, p.events * ADD_J]
}

/// What one pass of a dense network with the same layers costs, J.
pub fn dense_joules(counts: &Counts) -> f64 {
    let layer = |p: &PopulationCounts| {
        let operations = p.synapses * (MUL_J + ADD_J) + p.neurons * ADD_J;
        let reads = p.sources * ram_j(p.sources) + p.synapses * ram_j(p.synapses);
        operations + reads + p.neurons * ram_j(p.neurons) + p.synapses * ADD_J
    };
    counts.populations.iter().map(layer).sum()
}

fn parts(counts: &Counts, _: Option<&Traffic>) -> Vec<Part> {
    let mut sums = [0.0; 3];
    for p in &counts.populations {
        let costs = layer(p, counts.steps);
        sums.iter_mut().zip(costs).for_each(|(sum, cost)| *sum += cost);
    }
    let [operations, memory, addresses] = sums;
    vec![
        part(text("Operations", "运算"), operations),
        part(text("Memory", "存储"), memory),
        part(text("Addresses", "寻址"), addresses),
    ]
}
