//! Moves vertices, one or two at a time, as long as that saves traffic: Fiduccia & Mattheyses (1982) with walls, for any
//! number of parts and two measures of traffic.

use alloc::{vec, vec::Vec};

use super::{coarsen::Dice, cut::Cut, hypergraph::Hypergraph, limits::Size};

/// What is to become small.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cost {
    /// Spikes times the parts that hear of them: a core passes a spike on to all its targets.
    Multicast,
    /// Spikes times the synapses between parts, as Kernighan & Lin (1970) cut a graph.
    Edges,
}

/// Members of a full part that are asked whether they would change places.
const ASKED: usize = 12;
/// Rounds over all vertices, at most.
const ROUNDS: usize = 12;
/// A round that saves less than this part of the cost is the last one.
const LEAST_SAVING: i64 = 500;

/// The work, which can be done in slices.
pub(super) struct Refiner {
    cost: Cost,
    order: Vec<u32>,
    at: usize,
    round: usize,
    saved: i64,
    /// What each part would save, and the members of each part.
    pull: Vec<i64>,
    members: Vec<Vec<u32>>,
    slot: Vec<u32>,
    dice: Dice,
}

impl Refiner {
    pub(super) fn new(cut: &Cut, cost: Cost, mut dice: Dice) -> Refiner {
        let n = cut.part.len();
        let mut members = vec![Vec::new(); cut.parts()];
        let mut slot = vec![0; n];
        for (v, &part) in cut.part.iter().enumerate() {
            slot[v] = members[part as usize].len() as u32;
            members[part as usize].push(v as u32);
        }
        let order = dice.order(n);
        Refiner { cost, order, at: 0, round: 0, saved: 0, pull: vec![0; cut.parts()], members, slot, dice }
    }

    /// Goes on for about `work` looks at a count, and tells whether there is nothing left to save.
    pub(super) fn advance(
        &mut self,
        graph: &Hypergraph,
        cut: &mut Cut,
        room: &Size,
        fewest: u64,
        mut work: i64,
    ) -> bool {
        while self.round < ROUNDS && cut.parts() > 1 {
            while self.at < self.order.len() {
                if work <= 0 {
                    return false;
                }
                let v = self.order[self.at];
                self.at += 1;
                work -= self.look(graph, cut, room, fewest, v);
            }
            let total: u64 = graph.spikes.iter().sum();
            if self.saved * LEAST_SAVING <= total as i64 {
                break;
            }
            (self.at, self.saved, self.round) = (0, 0, self.round + 1);
            self.order = self.dice.order(self.order.len());
        }
        true
    }

    /// Moves a vertex where that saves most, and returns how much work it was.
    fn look(&mut self, graph: &Hypergraph, cut: &mut Cut, room: &Size, fewest: u64, v: u32) -> i64 {
        let mut work = self.pulls(graph, cut, v);
        let from = cut.part[v as usize];
        let here = self.pull[from as usize];
        let size = graph.sizes[v as usize];
        let mut wish: Option<(i64, u32)> = None;
        let mut open: Option<(i64, u32)> = None;
        for (part, &pull) in self.pull.iter().enumerate() {
            let part = part as u32;
            if part != from && pull > here {
                if wish.is_none_or(|(most, _)| pull > most) {
                    wish = Some((pull, part));
                }
                if open.is_none_or(|(most, _)| pull > most) && cut.allows(&size, from, part, room, fewest) {
                    open = Some((pull, part));
                }
            }
        }
        let Some((most, wished)) = wish else { return work };
        let alone = open.map_or(0, |(pull, _)| pull - here);
        // Who would come in exchange?
        let mut partner: Option<(i64, u32)> = None;
        if open.is_none_or(|(pull, _)| pull < most) {
            let members = &self.members[wished as usize];
            for _ in 0..ASKED.min(members.len()) {
                let u = members[self.dice.below(members.len())];
                if cut.allows_swap(graph, v, u, room, fewest) {
                    let gain = self.gain(graph, cut, u, from) + most - here;
                    work += 2 * graph.incoming.of(u).len() as i64;
                    if gain > partner.map_or(alone, |(best, _)| best) {
                        partner = Some((gain, u));
                    }
                }
            }
        }
        if let Some((_, u)) = partner {
            // What the two share makes the sum of their gains wrong, so that it is taken one after the other.
            let first = most - here;
            self.shift(graph, cut, v, wished);
            let second = self.gain(graph, cut, u, from);
            if first + second > alone {
                self.shift(graph, cut, u, from);
                self.saved += first + second;
                return work;
            }
            self.shift(graph, cut, v, from);
        }
        if let Some((pull, part)) = open {
            self.shift(graph, cut, v, part);
            self.saved += pull - here;
        }
        work
    }

    fn shift(&mut self, graph: &Hypergraph, cut: &mut Cut, v: u32, to: u32) {
        let from = &mut self.members[cut.part[v as usize] as usize];
        let at = self.slot[v as usize] as usize;
        from.swap_remove(at);
        if let Some(&moved) = from.get(at) {
            self.slot[moved as usize] = at as u32;
        }
        self.slot[v as usize] = self.members[to as usize].len() as u32;
        self.members[to as usize].push(v);
        cut.shift(graph, v, to, |_| {});
    }

    /// Fills in the traffic that is spared if `v` is in each part; returns how many counts were looked at.
    fn pulls(&mut self, graph: &Hypergraph, cut: &Cut, v: u32) -> i64 {
        self.pull.fill(0);
        let pull = &mut self.pull;
        let mut work = pull.len() as i64;
        let here = cut.part[v as usize];
        for &edge in graph.incoming.of(v) {
            let weight = graph.spikes[edge as usize] as i64;
            let home = cut.part[graph.sources[edge as usize] as usize];
            work += 1;
            if weight == 0 {
                continue;
            }
            if self.cost == Cost::Edges {
                pull[home as usize] += weight;
                continue;
            }
            let mut is_home = false;
            cut.reached(edge, |part| {
                is_home |= part == home;
                pull[part as usize] += weight;
                work += 1;
            });
            if !is_home {
                pull[home as usize] += weight;
            }
            if here != home && cut.count(edge, here) == 1 {
                // Only `v` itself is there.
                pull[here as usize] -= weight;
            }
        }
        for &edge in graph.outgoing.of(v) {
            let weight = graph.spikes[edge as usize] as i64;
            if self.cost == Cost::Edges {
                graph.pins.of(edge).iter().for_each(|&pin| pull[cut.part[pin as usize] as usize] += weight);
            } else {
                cut.reached(edge, |part| pull[part as usize] += weight);
            }
        }
        work
    }

    /// What moving `u` to a part saves.
    fn gain(&self, graph: &Hypergraph, cut: &Cut, u: u32, to: u32) -> i64 {
        let from = cut.part[u as usize];
        let mut gain = 0;
        for &edge in graph.incoming.of(u) {
            let weight = graph.spikes[edge as usize] as i64;
            let home = cut.part[graph.sources[edge as usize] as usize];
            let (comes, goes) = match self.cost {
                Cost::Edges => (to == home, from == home),
                Cost::Multicast => (to == home || cut.count(edge, to) > 0, from == home || cut.count(edge, from) > 1),
            };
            gain += weight * (i64::from(comes) - i64::from(goes));
        }
        for &edge in graph.outgoing.of(u) {
            let weight = graph.spikes[edge as usize] as i64;
            let (there, here) = (i64::from(cut.count(edge, to)), i64::from(cut.count(edge, from)));
            gain += weight * if self.cost == Cost::Edges { there - here } else { there.min(1) - here.min(1) };
        }
        gain
    }
}
