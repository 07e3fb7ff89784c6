//! Where on the mesh each part goes: a start that puts parts with much traffic side by side, then swaps.

use alloc::{vec, vec::Vec};

use super::{anneal::Cooling, coarsen::Dice, hypergraph::Hypergraph, limits::Grid, route::Tree};

/// More parts than this are placed along a Hilbert curve in the order they come in: a matrix of them would be too large.
const SPECTRAL_PARTS: usize = 2_048;
/// Steps of the power iteration; what they leave unsettled the swaps put right.
const ITERATIONS: usize = 60;

/// The cell of each part, from the best of some starts: by two spectral coordinates, along a Hilbert curve, and in the order
/// of the parts. `graph` has a vertex for each cell.
pub(super) fn start(graph: &Hypergraph, grid: Grid, dice: &mut Dice) -> Vec<u32> {
    let n = graph.vertices();
    let curve = hilbert(grid);
    let along = |order: &[u32]| {
        let mut cell_of = vec![0; n];
        order.iter().zip(&curve).for_each(|(&part, &cell)| cell_of[part as usize] = cell);
        cell_of
    };
    let parts = 0..n as u32;
    let columns = parts.clone().map(|part| column_by_column(grid, part)).collect();
    let mut starts = vec![parts.clone().collect(), columns, along(&parts.collect::<Vec<u32>>())];
    if n > 2 && n <= SPECTRAL_PARTS {
        let [first, second] = spectral(&flow(graph), n, dice);
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.sort_by(|&a, &b| first[a as usize].total_cmp(&first[b as usize]).then(a.cmp(&b)));
        starts.push(along(&order));
        let mut cell_of = vec![0; n];
        let (height, mut rest) = (n.div_ceil(grid.width as usize), &mut order[..]);
        for x in 0..grid.width {
            let (column, others) = rest.split_at_mut(height.min(rest.len()));
            column.sort_by(|&a, &b| second[a as usize].total_cmp(&second[b as usize]).then(a.cmp(&b)));
            column.iter().enumerate().for_each(|(y, &part)| cell_of[part as usize] = y as u32 * grid.width + x);
            rest = others;
        }
        starts.push(cell_of);
    }
    starts.into_iter().min_by_key(|cell_of| hops(graph, grid, cell_of)).expect("there are at least three starts")
}

/// Spikes times links.
fn hops(graph: &Hypergraph, grid: Grid, cell_of: &[u32]) -> u64 {
    let mut tree = Tree::new(grid);
    graph.edges().map(|edge| graph.spikes[edge as usize] * links(graph, edge, cell_of, &mut tree)).sum()
}

fn links(graph: &Hypergraph, edge: u32, cell_of: &[u32], tree: &mut Tree) -> u64 {
    tree.clear();
    graph.pins.of(edge).iter().for_each(|&pin| tree.reach(cell_of[pin as usize]));
    tree.links(cell_of[graph.sources[edge as usize] as usize])
}

/// Spikes between each two parts, both ways.
pub(super) fn flow(graph: &Hypergraph) -> Vec<f64> {
    let n = graph.vertices();
    let mut flow = vec![0.0; n * n];
    for edge in graph.edges() {
        let home = graph.sources[edge as usize] as usize;
        for &pin in graph.pins.of(edge) {
            let spikes = graph.spikes[edge as usize] as f64;
            flow[home * n + pin as usize] += spikes;
            flow[pin as usize * n + home] += spikes;
        }
    }
    flow
}

/// Two coordinates that are close for parts with much traffic: the eigenvectors of the random walk along the traffic that
/// fade most slowly, without the constant one.
fn spectral(flow: &[f64], n: usize, dice: &mut Dice) -> [Vec<f64>; 2] {
    // A little to all, so that the walk leaves no part alone.
    let little = flow.iter().sum::<f64>() / (n * n) as f64 * 1e-3 + f64::MIN_POSITIVE;
    let degree: Vec<f64> = flow.chunks_exact(n).map(|row| row.iter().sum::<f64>() + little * n as f64).collect();
    let mut found: Vec<Vec<f64>> = vec![vec![1.0; n]];
    for _ in 0..2 {
        let mut x: Vec<f64> = (0..n).map(|_| f64::from(dice.word()) - 2_147_483_648.0).collect();
        for _ in 0..ITERATIONS {
            for known in &found {
                let dot = |a: &[f64], b: &[f64]| (0..n).map(|i| degree[i] * a[i] * b[i]).sum::<f64>();
                let part = dot(&x, known) / dot(known, known);
                x.iter_mut().zip(known).for_each(|(x, known)| *x -= part * known);
            }
            let largest = x.iter().fold(f64::MIN_POSITIVE, |most, x| most.max(x.abs()));
            x.iter_mut().for_each(|x| *x /= largest);
            let sum: f64 = x.iter().sum::<f64>() * little;
            let row = |i: usize| flow[i * n..(i + 1) * n].iter().zip(&x).map(|(f, x)| f * x).sum::<f64>();
            // Half a step, so that what swings does not hide what fades slowly.
            x = (0..n).map(|i| 0.5 * x[i] + 0.5 * (row(i) + sum) / degree[i]).collect();
        }
        found.push(x);
    }
    let second = found.pop().unwrap_or_default();
    [found.pop().unwrap_or_default(), second]
}

/// The cell that comes as number `i` if columns are filled. A tree has few links where its cores fill a column, since it goes
/// along the rows first.
pub(super) fn column_by_column(grid: Grid, i: u32) -> u32 {
    i % grid.height * grid.width + i / grid.height
}

/// The cells of a grid along a Hilbert curve of the next power of two, without those outside.
pub(super) fn hilbert(grid: Grid) -> Vec<u32> {
    let side = u64::from(grid.width.max(grid.height)).next_power_of_two();
    let mut cells = Vec::new();
    for d in 0..side * side {
        let (mut x, mut y, mut t, mut s) = (0, 0, d, 1);
        while s < side {
            let (right, up) = (1 & (t / 2), 1 & (t ^ (t / 2)));
            if up == 0 {
                if right == 1 {
                    (x, y) = (s - 1 - x, s - 1 - y);
                }
                (x, y) = (y, x);
            }
            (x, y, t, s) = (x + s * right, y + s * up, t / 4, s * 2);
        }
        if x < u64::from(grid.width) && y < u64::from(grid.height) {
            cells.push((y * u64::from(grid.width) + x) as u32);
        }
    }
    cells
}

/// Swaps of parts, which can be done in slices.
pub(super) struct Placer {
    pub(super) cell_of: Vec<u32>,
    part_at: Vec<u32>,
    links: Vec<u64>,
    tree: Tree,
    cooling: Cooling,
    dice: Dice,
    /// Axons of the two that swap, and how many links their trees had.
    touched: Vec<(u32, u64)>,
    mark: Vec<u32>,
    proposal: u32,
}

const EMPTY: u32 = u32::MAX;

impl Placer {
    pub(super) fn new(graph: &Hypergraph, grid: Grid, cell_of: Vec<u32>, work: i64, dice: Dice) -> Placer {
        let mut part_at = vec![EMPTY; grid.cores() as usize];
        cell_of.iter().enumerate().for_each(|(part, &cell)| part_at[cell as usize] = part as u32);
        let mut tree = Tree::new(grid);
        let links = graph.edges().map(|edge| links(graph, edge, &cell_of, &mut tree)).collect();
        let mark = vec![0; graph.sources.len()];
        let cooling = Cooling::new(work, cell_of.len());
        Placer { cell_of, part_at, links, tree, cooling, dice, touched: Vec::new(), mark, proposal: 0 }
    }

    /// Goes on for about `work` links and tells whether it is done.
    pub(super) fn advance(&mut self, graph: &Hypergraph, mut work: i64) -> bool {
        while self.part_at.len() > 1 && !self.cooling.is_over() {
            if work <= 0 {
                return false;
            }
            let done = self.propose(graph);
            self.cooling.work(done);
            work -= done;
        }
        true
    }

    fn exchange(&mut self, a: usize, b: usize) {
        self.part_at.swap(a, b);
        for cell in [a, b] {
            if self.part_at[cell] != EMPTY {
                self.cell_of[self.part_at[cell] as usize] = cell as u32;
            }
        }
    }

    fn propose(&mut self, graph: &Hypergraph) -> i64 {
        let a = self.cell_of[self.dice.below(self.cell_of.len())] as usize;
        let b = self.dice.below(self.part_at.len());
        if a == b {
            return 1;
        }
        self.exchange(a, b);
        self.proposal += 1;
        self.touched.clear();
        let (mut saved, mut work) = (0_i64, 1);
        for part in [self.part_at[a], self.part_at[b]] {
            if part == EMPTY {
                continue;
            }
            for &edge in graph.incoming.of(part).iter().chain(graph.outgoing.of(part)) {
                if core::mem::replace(&mut self.mark[edge as usize], self.proposal) == self.proposal {
                    continue;
                }
                let before = self.links[edge as usize];
                let now = links(graph, edge, &self.cell_of, &mut self.tree);
                work += 4 + graph.pins.of(edge).len() as i64;
                saved += graph.spikes[edge as usize] as i64 * (before as i64 - now as i64);
                self.touched.push((edge, before));
                self.links[edge as usize] = now;
            }
        }
        if !self.cooling.accepts(-saved as f64, &mut self.dice) {
            self.touched.drain(..).for_each(|(edge, before)| self.links[edge as usize] = before);
            self.exchange(a, b);
        }
        work
    }
}
