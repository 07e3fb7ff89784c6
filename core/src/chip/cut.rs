//! How a hypergraph is cut: the part of each vertex, and how many targets each axon has in each part.

use alloc::{vec, vec::Vec};

use super::{
    hypergraph::Hypergraph,
    limits::{Size, add, fits, take},
};

/// An axon with fewer targets than this part of all parts keeps a list of the parts it reaches; else a count for each part.
const LISTED_PART: usize = 4;

/// The parts of the vertices, kept up to date move by move.
#[derive(Clone)]
pub(super) struct Cut {
    /// The part of each vertex.
    pub(super) part: Vec<u32>,
    /// What the vertices of each part take together.
    pub(super) load: Vec<Size>,
    /// Where the counts of each edge begin.
    starts: Vec<usize>,
    /// Parts that each edge reaches if they are listed; `DENSE` where each part has a count.
    lengths: Vec<u32>,
    /// Counts of targets, or pairs of part and count.
    counts: Vec<u32>,
}

const DENSE: u32 = u32::MAX;

impl Cut {
    pub(super) fn new(graph: &Hypergraph, part: Vec<u32>, parts: usize) -> Cut {
        let mut load = vec![[0; 3]; parts];
        part.iter().zip(&graph.sizes).for_each(|(&p, size)| add(&mut load[p as usize], size));
        let (mut starts, mut lengths, mut total) = (Vec::new(), Vec::new(), 0);
        for edge in graph.edges() {
            let pins = graph.pins.of(edge).len();
            let is_listed = pins * LISTED_PART < parts;
            starts.push(total);
            lengths.push(if is_listed { 0 } else { DENSE });
            total += if is_listed { 2 * pins } else { parts };
        }
        starts.push(total);
        let mut cut = Cut { part, load, starts, lengths, counts: vec![0; total] };
        for edge in graph.edges() {
            for &pin in graph.pins.of(edge) {
                cut.put(edge, cut.part[pin as usize]);
            }
        }
        cut
    }

    pub(super) fn parts(&self) -> usize {
        self.load.len()
    }

    /// Where the pair of a part is, if the edge lists it.
    fn listed(&self, edge: u32, part: u32) -> Option<usize> {
        let start = self.starts[edge as usize];
        let list = &self.counts[start..start + 2 * self.lengths[edge as usize] as usize];
        list.chunks_exact(2).position(|pair| pair[0] == part).map(|i| start + 2 * i)
    }

    /// Targets that an edge has in a part.
    #[inline]
    pub(super) fn count(&self, edge: u32, part: u32) -> u32 {
        if self.lengths[edge as usize] == DENSE {
            return self.counts[self.starts[edge as usize] + part as usize];
        }
        self.listed(edge, part).map_or(0, |at| self.counts[at + 1])
    }

    /// One target more; returns how many there are then.
    #[inline]
    fn put(&mut self, edge: u32, part: u32) -> u32 {
        if self.lengths[edge as usize] == DENSE {
            let count = &mut self.counts[self.starts[edge as usize] + part as usize];
            *count += 1;
            return *count;
        }
        if let Some(at) = self.listed(edge, part) {
            self.counts[at + 1] += 1;
            return self.counts[at + 1];
        }
        let at = self.starts[edge as usize] + 2 * self.lengths[edge as usize] as usize;
        self.counts[at..at + 2].copy_from_slice(&[part, 1]);
        self.lengths[edge as usize] += 1;
        1
    }

    /// One target less; returns how many there are then.
    #[inline]
    fn drop(&mut self, edge: u32, part: u32) -> u32 {
        if self.lengths[edge as usize] == DENSE {
            let count = &mut self.counts[self.starts[edge as usize] + part as usize];
            *count -= 1;
            return *count;
        }
        let at = self.listed(edge, part).expect("a target that goes was there");
        self.counts[at + 1] -= 1;
        let left = self.counts[at + 1];
        if left == 0 {
            self.lengths[edge as usize] -= 1;
            let last = self.starts[edge as usize] + 2 * self.lengths[edge as usize] as usize;
            self.counts.copy_within(last..last + 2, at);
        }
        left
    }

    /// Calls `f` with each part that an edge reaches.
    #[inline]
    pub(super) fn reached(&self, edge: u32, mut f: impl FnMut(u32)) {
        let (start, length) = (self.starts[edge as usize], self.lengths[edge as usize]);
        if length == DENSE {
            let counts = &self.counts[start..self.starts[edge as usize + 1]];
            counts.iter().enumerate().filter(|(_, count)| **count > 0).for_each(|(part, _)| f(part as u32));
        } else {
            self.counts[start..start + 2 * length as usize].chunks_exact(2).for_each(|pair| f(pair[0]));
        }
    }

    /// Whether a vertex may leave its part, of which `fewest` neurons stay, for another.
    pub(super) fn allows(&self, size: &Size, from: u32, to: u32, room: &Size, fewest: u64) -> bool {
        fits(&self.load[to as usize], size, room) && self.load[from as usize][0] >= size[0] + fewest
    }

    /// Whether two vertices may change places.
    pub(super) fn allows_swap(&self, graph: &Hypergraph, v: u32, u: u32, room: &Size, fewest: u64) -> bool {
        let (a, b) = (self.part[v as usize] as usize, self.part[u as usize] as usize);
        let (sv, su) = (&graph.sizes[v as usize], &graph.sizes[u as usize]);
        let (mut la, mut lb) = (self.load[a], self.load[b]);
        take(&mut la, sv);
        take(&mut lb, su);
        fits(&la, su, room) && fits(&lb, sv, room) && la[0] + su[0] >= fewest && lb[0] + sv[0] >= fewest
    }

    /// Moves a vertex; `changed` gets each edge that goes to it and gains or loses a part.
    pub(super) fn shift(&mut self, graph: &Hypergraph, v: u32, to: u32, mut changed: impl FnMut(u32)) {
        let from = self.part[v as usize];
        self.part[v as usize] = to;
        take(&mut self.load[from as usize], &graph.sizes[v as usize]);
        add(&mut self.load[to as usize], &graph.sizes[v as usize]);
        for &edge in graph.incoming.of(v) {
            let lost = self.drop(edge, from) == 0;
            if (self.put(edge, to) == 1) | lost {
                changed(edge);
            }
        }
    }

    /// Packets that leave a core: over all edges, spikes times the parts reached beside that of the source.
    pub(super) fn deliveries(&self, graph: &Hypergraph) -> u64 {
        let of = |edge: u32| {
            let home = self.part[graph.sources[edge as usize] as usize];
            let mut others = 0;
            self.reached(edge, |part| others += u64::from(part != home));
            others * graph.spikes[edge as usize]
        };
        graph.edges().map(of).sum()
    }
}
