//! Makes a hypergraph smaller: vertices that share much traffic are merged in pairs, and partitioned as one.

use alloc::{vec, vec::Vec};

use super::{
    hypergraph::{Hypergraph, Lists},
    limits::{Size, add},
};
use crate::rng::{Purpose, Stream, below};

/// Axons that are looked at to find the partner of a vertex; more of them hardly change the choice.
const LOOKED_AT: usize = 48;
/// An axon with more targets than this tells little about which two of them belong together.
const WIDEST: usize = 1_000;
/// The part of a core that a group may fill, so that cores can still be filled evenly.
const GROUP_PART: u64 = 4;
/// A level must have fewer than this part of the vertices, in percent, of the one before; else it is not worth it.
const SHRINK: usize = 90;

/// Random numbers one after the other.
#[derive(Clone)]
pub(super) struct Dice {
    stream: Stream,
    drawn: u64,
}

impl Dice {
    pub(super) fn new(seed: u32, index: usize) -> Dice {
        Dice { stream: Stream::new(seed, Purpose::Map, index), drawn: 0 }
    }

    pub(super) fn word(&mut self) -> u32 {
        self.drawn += 1;
        self.stream.words(self.drawn as u32, (self.drawn >> 32) as u32)[0]
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        below(self.word(), n as u32) as usize
    }

    pub(super) fn order(&mut self, n: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..n as u32).collect();
        (1..n).rev().for_each(|i| order.swap(i, self.below(i + 1)));
        order
    }
}

/// The next coarser hypergraph and the group of each vertex; `None` where hardly any two vertices belong together.
pub(super) fn coarsen(graph: &Hypergraph, room: &Size, dice: &mut Dice) -> Option<(Hypergraph, Vec<u32>)> {
    let n = graph.vertices();
    let largest = room.map(|limit| limit / GROUP_PART);
    let mut group = vec![u32::MAX; n];
    let mut rating = vec![0_u64; n];
    let (mut near, mut groups) = (Vec::new(), 0);
    for v in dice.order(n) {
        if group[v as usize] != u32::MAX {
            continue;
        }
        rate(graph, v, dice, &mut rating, &mut near);
        let mut best: Option<(u64, u32)> = None;
        for &u in &near {
            let mut both = graph.sizes[v as usize];
            add(&mut both, &graph.sizes[u as usize]);
            let is_free = group[u as usize] == u32::MAX && (0..3).all(|i| both[i] <= largest[i]);
            // Of vertices that share as much, the smaller one, so that groups grow evenly.
            let score = rating[u as usize] / graph.sizes[u as usize][0].max(1);
            if is_free && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, u));
            }
        }
        near.drain(..).for_each(|u| rating[u as usize] = 0);
        group[v as usize] = groups;
        if let Some((_, u)) = best {
            group[u as usize] = groups;
        }
        groups += 1;
    }
    (groups as usize * 100 < n * SHRINK).then(|| (merged(graph, &group, groups as usize), group))
}

/// Fills in how much traffic each neighbour shares with `v`: of every axon that joins them, its spikes per target.
fn rate(graph: &Hypergraph, v: u32, dice: &mut Dice, rating: &mut [u64], near: &mut Vec<u32>) {
    let (incoming, outgoing) = (graph.incoming.of(v), graph.outgoing.of(v));
    let all = incoming.len() + outgoing.len();
    let looked_at = all.min(LOOKED_AT);
    let first = if all > looked_at { dice.below(all) } else { 0 };
    for i in 0..looked_at {
        let i = (first + i * all / looked_at) % all;
        let edge = incoming.get(i).copied().unwrap_or_else(|| outgoing[i - incoming.len()]);
        let pins = graph.pins.of(edge);
        let weight = (graph.spikes[edge as usize] << 16) / pins.len().max(1) as u64;
        if weight == 0 || pins.len() > WIDEST {
            continue;
        }
        for &u in pins.iter().chain([&graph.sources[edge as usize]]) {
            if u != v {
                if rating[u as usize] == 0 {
                    near.push(u);
                }
                rating[u as usize] += weight;
            }
        }
    }
}

/// The hypergraph of the groups. Axons within a group vanish; those that go the same way become one.
pub(super) fn merged(graph: &Hypergraph, group: &[u32], groups: usize) -> Hypergraph {
    let mut sizes = vec![[0; 3]; groups];
    graph.sizes.iter().zip(group).for_each(|(size, &g)| add(&mut sizes[g as usize], size));
    let mut pins = Lists::new();
    let mut edges: Vec<(u32, u64, u32)> = Vec::new();
    let mut spikes = Vec::new();
    let mut list: Vec<u32> = Vec::new();
    for edge in graph.edges() {
        let source = group[graph.sources[edge as usize] as usize];
        list.clear();
        list.extend(graph.pins.of(edge).iter().map(|&pin| group[pin as usize]).filter(|&pin| pin != source));
        list.sort_unstable();
        list.dedup();
        if !list.is_empty() && graph.spikes[edge as usize] > 0 {
            // FNV-1a, which puts equal lists side by side.
            let hash = list
                .iter()
                .fold(0xCBF2_9CE4_8422_2325_u64, |hash, &pin| (hash ^ u64::from(pin)).wrapping_mul(0x0100_0000_01B3));
            edges.push((source, hash, spikes.len() as u32));
            spikes.push(graph.spikes[edge as usize]);
            pins.push(&list);
        }
    }
    edges.sort_unstable();
    let (mut kept, mut sources, mut weights) = (Lists::new(), Vec::new(), Vec::<u64>::new());
    let mut last: Option<(u32, u64, u32)> = None;
    for (source, hash, edge) in edges {
        let is_same = last.is_some_and(|(s, h, e)| s == source && h == hash && pins.of(e) == pins.of(edge));
        if is_same {
            *weights.last_mut().expect("the last edge has a weight") += spikes[edge as usize];
        } else {
            kept.push(pins.of(edge));
            sources.push(source);
            weights.push(spikes[edge as usize]);
            last = Some((source, hash, edge));
        }
    }
    Hypergraph::of_edges(sizes, sources, weights, kept)
}
