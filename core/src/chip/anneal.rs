//! Simulated annealing of neurons on their places: moves and swaps, accepted by the links that the spikes then take.
//! It is the last refinement, and the only one that sees partition and placement at once.

use alloc::{vec, vec::Vec};

use super::{
    coarsen::Dice,
    cut::Cut,
    hypergraph::Hypergraph,
    limits::{Grid, Size},
    route::Tree,
};

/// Temperature, which falls geometrically with the work that is done.
pub(super) struct Cooling {
    done: i64,
    all: i64,
    /// Mean rise of the proposals that would raise the cost, and their number, from which the temperature follows.
    rises: f64,
    risen: f64,
    /// Part of the mean rise that the temperature starts at.
    heat: f64,
    items: f64,
    temperature: f64,
}

/// Proposals whose rises are measured, before any rise is accepted.
const MEASURED: f64 = 200.0;
/// Temperature at the end, as a part of that at the start: a rise is then as good as never accepted.
const COLD: f64 = 0.01;
/// Start in mean rises where there is time for many proposals per item: a third of the rises is accepted; and where there is
/// not: hardly any, so that what was found is not lost.
const HOT: f64 = 0.6;
const COOL: f64 = 0.1;
/// Work for each item that counts as much time.
const PATIENCE: f64 = 50_000.0;

impl Cooling {
    pub(super) fn new(all: i64, items: usize) -> Cooling {
        let items = items.max(1) as f64;
        let patience = (all as f64 / items / PATIENCE).min(1.0);
        let heat = COOL + (HOT - COOL) * patience;
        Cooling { done: 0, all, rises: 0.0, risen: 0.0, heat, items, temperature: 0.0 }
    }

    /// The part of the work that is done, from 0 to 1.
    pub(super) fn progress(&self) -> f64 {
        if self.all > 0 { (self.done as f64 / self.all as f64).min(1.0) } else { 1.0 }
    }

    pub(super) fn is_over(&self) -> bool {
        self.done >= self.all
    }

    pub(super) fn work(&mut self, done: i64) {
        self.done += done;
        let part = (self.done as f64 / self.all as f64).min(1.0);
        let start = if self.risen < MEASURED.min(self.items) { 0.0 } else { self.heat * self.rises / self.risen };
        self.temperature = start * libm::pow(COLD, part);
    }

    /// Whether a proposal that raises the cost by `rise` is taken.
    pub(super) fn accepts(&mut self, rise: f64, dice: &mut Dice) -> bool {
        if rise <= 0.0 {
            return true;
        }
        if self.risen < MEASURED {
            (self.rises, self.risen) = (self.rises + rise, self.risen + 1.0);
        }
        let likely = libm::exp(-rise / self.temperature.max(f64::MIN_POSITIVE));
        crate::rng::unit_open(dice.word()) < likely
    }
}

/// The work, which can be done in slices.
pub(super) struct Annealer {
    pub(super) cut: Cut,
    members: Vec<Vec<u32>>,
    slot: Vec<u32>,
    links: Vec<u64>,
    tree: Tree,
    cooling: Cooling,
    dice: Dice,
    changed: Vec<u32>,
    before: Vec<(u32, u64)>,
    mark: Vec<u32>,
    proposal: u32,
}

impl Annealer {
    /// Of neurons in these cells of a grid.
    pub(super) fn new(graph: &Hypergraph, grid: Grid, cell_of: Vec<u32>, work: i64, dice: Dice) -> Annealer {
        let mut members = vec![Vec::new(); grid.cores() as usize];
        let mut slot = vec![0; cell_of.len()];
        for (v, &cell) in cell_of.iter().enumerate() {
            slot[v] = members[cell as usize].len() as u32;
            members[cell as usize].push(v as u32);
        }
        let cooling = Cooling::new(work, cell_of.len());
        let cut = Cut::new(graph, cell_of, grid.cores() as usize);
        let mark = vec![0; graph.sources.len()];
        let links = vec![0; graph.sources.len()];
        let (changed, before) = (Vec::new(), Vec::new());
        let tree = Tree::new(grid);
        let mut it = Annealer { cut, members, slot, links, tree, cooling, dice, changed, before, mark, proposal: 0 };
        graph.edges().for_each(|edge| it.links[edge as usize] = it.links(graph, edge).0);
        it
    }

    /// Links of the tree of an axon, and how much work it was to count them.
    fn links(&mut self, graph: &Hypergraph, edge: u32) -> (u64, i64) {
        let (tree, mut work) = (&mut self.tree, 4);
        tree.clear();
        self.cut.reached(edge, |cell| {
            tree.reach(cell);
            work += 1;
        });
        (tree.links(self.cut.part[graph.sources[edge as usize] as usize]), work)
    }

    /// Goes on for about `work` looks at a count, and tells whether it is done.
    pub(super) fn advance(&mut self, graph: &Hypergraph, room: &Size, fewest: u64, mut work: i64) -> bool {
        while self.members.len() > 1 && !self.slot.is_empty() && !self.cooling.is_over() {
            if work <= 0 {
                return false;
            }
            let done = self.propose(graph, room, fewest);
            self.cooling.work(done);
            work -= done;
        }
        true
    }

    /// A cell that might suit a vertex: that of a neighbour, or any.
    fn goal(&mut self, graph: &Hypergraph, v: u32) -> u32 {
        let (incoming, outgoing) = (graph.incoming.of(v), graph.outgoing.of(v));
        let all = incoming.len() + outgoing.len();
        let dice = &mut self.dice;
        if all == 0 || dice.below(4) == 0 {
            return dice.below(self.members.len()) as u32;
        }
        let i = dice.below(all);
        let edge = incoming.get(i).copied().unwrap_or_else(|| outgoing[i - incoming.len()]);
        let pins = graph.pins.of(edge);
        let i = dice.below(pins.len() + 1);
        self.cut.part[pins.get(i).copied().unwrap_or(graph.sources[edge as usize]) as usize]
    }

    fn propose(&mut self, graph: &Hypergraph, room: &Size, fewest: u64) -> i64 {
        let v = self.dice.below(self.slot.len()) as u32;
        let (from, to) = (self.cut.part[v as usize], self.goal(graph, v));
        if from == to {
            return 1;
        }
        let mut partner = None;
        let is_open = self.cut.allows(&graph.sizes[v as usize], from, to, room, fewest);
        // Where both are possible, each is tried as often.
        if !is_open || self.dice.below(2) == 0 {
            let others = &self.members[to as usize];
            partner = others.get(self.dice.below(others.len().max(1))).copied();
            partner = partner.filter(|&u| self.cut.allows_swap(graph, v, u, room, fewest));
            if partner.is_none() && !is_open {
                return 1;
            }
        }
        self.proposal += 1;
        self.changed.clear();
        let mut work = self.shift(graph, v, to);
        if let Some(u) = partner {
            work += self.shift(graph, u, from);
        }
        let mut rise = 0;
        self.before.clear();
        for i in 0..self.changed.len() {
            let edge = self.changed[i];
            if core::mem::replace(&mut self.mark[edge as usize], self.proposal) == self.proposal {
                continue;
            }
            let before = self.links[edge as usize];
            let (now, steps) = self.links(graph, edge);
            work += steps;
            rise += graph.spikes[edge as usize] as i64 * (now as i64 - before as i64);
            self.before.push((edge, before));
            self.links[edge as usize] = now;
        }
        if !self.cooling.accepts(rise as f64, &mut self.dice) {
            work += self.shift(graph, v, from);
            if let Some(u) = partner {
                work += self.shift(graph, u, to);
            }
            self.before.drain(..).for_each(|(edge, before)| self.links[edge as usize] = before);
        }
        work
    }

    /// Moves a vertex and notes the axons whose trees change with it.
    fn shift(&mut self, graph: &Hypergraph, v: u32, to: u32) -> i64 {
        let from = &mut self.members[self.cut.part[v as usize] as usize];
        let at = self.slot[v as usize] as usize;
        from.swap_remove(at);
        if let Some(&moved) = from.get(at) {
            self.slot[moved as usize] = at as u32;
        }
        self.slot[v as usize] = self.members[to as usize].len() as u32;
        self.members[to as usize].push(v);
        let changed = &mut self.changed;
        self.cut.shift(graph, v, to, |edge| {
            if graph.spikes[edge as usize] > 0 {
                changed.push(edge);
            }
        });
        changed.extend(graph.outgoing.of(v));
        2 * graph.incoming.of(v).len() as i64 + 2
    }
}
