//! The way of a spike on the mesh: first along the row of its core, then along the columns of its targets, so that a link
//! carries it once however many targets lie behind.

use alloc::{vec, vec::Vec};

use super::{hypergraph::Hypergraph, limits::Grid};

/// What the spikes of a run cost on the network of a chip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traffic {
    /// Spikes times the links of their multicast trees.
    pub hops: f64,
    /// Spikes times the distinct cores, beside their own, that they reach. No tree has fewer links: the lower bound of
    /// `hops`.
    pub deliveries: f64,
    /// Spikes that leave their core.
    pub packets: f64,
    /// Links in a row and in a column that they would take if each core were sent its own copy.
    pub unicast_hops: [f64; 2],
    /// Spikes over each link; the links of a core are [`Traffic::LINKS`] that follow each other.
    pub links: Vec<f64>,
}

impl Traffic {
    /// The links of a core go to the column before and behind it, and to the row before and behind it.
    pub const LINKS: usize = 4;

    /// The busiest link: its core, its direction of [`Traffic::LINKS`], its spikes.
    pub fn busiest(&self) -> Option<(u32, usize, f64)> {
        let most = |best: Option<(usize, f64)>, (link, &load): (usize, &f64)| {
            if load > best.map_or(0.0, |(_, most)| most) { Some((link, load)) } else { best }
        };
        let (link, load) = self.links.iter().enumerate().fold(None, most)?;
        Some(((link / Traffic::LINKS) as u32, link % Traffic::LINKS, load))
    }
}

/// A multicast tree, of which one keeps how far it goes in each column.
pub(super) struct Tree {
    grid: Grid,
    extents: Vec<Option<[u32; 2]>>,
    columns: Vec<u32>,
}

impl Tree {
    pub(super) fn new(grid: Grid) -> Tree {
        Tree { grid, extents: vec![None; grid.width as usize], columns: Vec::new() }
    }

    pub(super) fn clear(&mut self) {
        self.columns.drain(..).for_each(|x| self.extents[x as usize] = None);
    }

    /// Adds a core that the spike reaches.
    #[inline]
    pub(super) fn reach(&mut self, core: u32) {
        let [x, y] = self.grid.place(core);
        match &mut self.extents[x as usize] {
            Some([lo, hi]) => (*lo, *hi) = ((*lo).min(y), (*hi).max(y)),
            none => {
                *none = Some([y, y]);
                self.columns.push(x);
            }
        }
    }

    /// The first and last column that it has to reach, its own among them.
    fn span(&self, x: u32) -> [u32; 2] {
        self.columns.iter().fold([x, x], |[lo, hi], &c| [lo.min(c), hi.max(c)])
    }

    /// Its links, from `source`.
    #[inline]
    pub(super) fn links(&self, source: u32) -> u64 {
        let [x, y] = self.grid.place(source);
        let [lo, hi] = self.span(x);
        let column = |&c: &u32| {
            let [lo, hi] = self.extents[c as usize].expect("a column that is reached has an extent");
            u64::from(hi.saturating_sub(y) + y.saturating_sub(lo))
        };
        u64::from(hi - lo) + self.columns.iter().map(column).sum::<u64>()
    }

    /// Adds `spikes` to each of its links.
    fn load(&self, source: u32, spikes: f64, links: &mut [f64]) {
        let [x, y] = self.grid.place(source);
        let [lo, hi] = self.span(x);
        let mut add = |x: u32, y: u32, direction: usize| {
            links[(y as usize * self.grid.width as usize + x as usize) * Traffic::LINKS + direction] += spikes;
        };
        (lo + 1..=x).for_each(|c| add(c, y, 0));
        (x..hi).for_each(|c| add(c, y, 1));
        for &c in &self.columns {
            let [lo, hi] = self.extents[c as usize].expect("a column that is reached has an extent");
            (lo + 1..=y).for_each(|r| add(c, r, 2));
            (y..hi).for_each(|r| add(c, r, 3));
        }
    }
}

/// The traffic of a network whose neurons are in these cores.
pub fn traffic(graph: &Hypergraph, grid: Grid, core_of: &[u32]) -> Traffic {
    let mut traffic = Traffic { links: vec![0.0; grid.cores() as usize * Traffic::LINKS], ..Traffic::default() };
    let mut tree = Tree::new(grid);
    let mut cores: Vec<u32> = Vec::new();
    for edge in graph.edges() {
        let spikes = graph.spikes[edge as usize] as f64;
        let home = core_of[graph.sources[edge as usize] as usize];
        cores.clear();
        cores.extend(graph.pins.of(edge).iter().map(|&pin| core_of[pin as usize]).filter(|&core| core != home));
        cores.sort_unstable();
        cores.dedup();
        if spikes == 0.0 || cores.is_empty() {
            continue;
        }
        tree.clear();
        let [x, y] = grid.place(home);
        for &core in &cores {
            tree.reach(core);
            let [cx, cy] = grid.place(core);
            traffic.unicast_hops[0] += spikes * f64::from(cx.abs_diff(x));
            traffic.unicast_hops[1] += spikes * f64::from(cy.abs_diff(y));
        }
        traffic.hops += spikes * tree.links(home) as f64;
        traffic.deliveries += spikes * cores.len() as f64;
        traffic.packets += spikes;
        tree.load(home, spikes, &mut traffic.links);
    }
    traffic
}
