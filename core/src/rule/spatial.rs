//! What the rules that look at distances share: a probability that falls with the distance between two neurons.
//!
//! Sources are sorted into cells. A target looks at the cells within reach, and in each draws candidates with the largest
//! probability that the cell allows, of which as many are kept as their own distance asks for. Gaps between candidates are
//! exponential and run on from cell to cell, so that only candidates cost random numbers, not pairs.

use alloc::{vec, vec::Vec};

use super::{Pairing, Refusal, pairwise_bernoulli::at_most};
use crate::{error::Mistake, rng::unit_open, space::distance};

/// A probability that falls with distance. Lengths are in mm; the first parameter of the rule is that at no distance.
#[derive(Clone, Copy)]
pub struct Kernel {
    /// The probability at a distance, for the rule's parameters.
    pub probability: fn(params: &[f64], distance: f64) -> f64,
    /// The distance beyond which it is less than [`CUT`] of that at no distance, and taken for none.
    pub reach: fn(params: &[f64]) -> f64,
    /// Its integral over the plane, mm², and from no distance along a line, mm.
    pub integrals: fn(params: &[f64]) -> [f64; 2],
}

/// The part of the largest probability below which a synapse is left out: one in a million.
pub const CUT: f64 = 1e-6;

/// Cells on the way to the reach of a kernel: few candidates are in vain, and few cells are empty.
const CELLS: f64 = 16.0;
/// Most cells along an axis, so that their beginnings take 4 MB at most.
const MOST_CELLS: f64 = 1024.0;

/// The sources of a projection in cells.
pub struct Cells {
    /// Columns and rows.
    counts: [usize; 2],
    /// Width and height of a cell, mm.
    side: [f64; 2],
    /// The extent, where its edges meet.
    wrap: Option<[f64; 2]>,
    /// Where the sources of each cell begin, row by row; one entry more than there are cells.
    begins: Vec<u32>,
    /// Each source behind its cell, and where it stands.
    sources: Vec<(u32, u32, [f32; 2])>,
    /// Most cells to go along each axis.
    reach: [usize; 2],
    /// What holds for a cell so many columns and rows away, row by row.
    bounds: Vec<Bound>,
}

/// What holds for all pairs of two cells.
struct Bound {
    /// Largest probability.
    probability: f64,
    /// Candidates to expect of each source.
    rate: f64,
}

impl Cells {
    /// Bytes for each source, at most: itself, and the beginning of a cell.
    pub const BYTES_PER_SOURCE: usize = 16 + 4;

    /// The sources of a pairing whose populations have positions.
    pub fn new(pairing: &Pairing, kernel: Kernel) -> Option<Cells> {
        let [from, onto] = [pairing.places[0]?, pairing.places[1]?];
        // The cells cover both populations.
        let extent = [0, 1].map(|axis| from.layout.extent[axis].max(onto.layout.extent[axis]));
        let reach = (kernel.reach)(&pairing.params);
        let least = (reach / CELLS).max(libm::sqrt(extent[0] * extent[1] / pairing.n_sources as f64));
        let counts = extent.map(|length| (length / least).clamp(1.0, MOST_CELLS) as usize);
        let side = [0, 1].map(|axis| extent[axis] / counts[axis] as f64);
        let away = [0, 1].map(|axis| ((reach / side[axis]) as usize).saturating_add(1).min(counts[axis] - 1));
        // The nearest that neurons of two cells can be, less what rounding may have moved them.
        let nearest = |cells: usize, axis: usize| cells.saturating_sub(1) as f64 * side[axis] * (1.0 - 1e-9);
        let bound = |column: usize, row: usize| {
            let gap = libm::hypot(nearest(column, 0), nearest(row, 1));
            let probability = if gap <= reach { (kernel.probability)(&pairing.params, gap) } else { 0.0 };
            Bound { probability, rate: -libm::log1p(-probability) }
        };
        let bounds = (0..=away[1]).flat_map(|row| (0..=away[0]).map(move |column| bound(column, row))).collect();
        let wrap = from.layout.edge_wrap.then_some(from.layout.extent);
        let mut cells = Cells { counts, side, wrap, begins: Vec::new(), sources: Vec::new(), reach: away, bounds };
        cells.fill((0..pairing.n_sources as u32).map(|source| (source, from.at(source))));
        Some(cells)
    }

    fn fill(&mut self, sources: impl Iterator<Item = (u32, [f32; 2])>) {
        let [columns, rows] = self.counts;
        let mut begins = vec![0; columns * rows + 1];
        let cell = |(source, at)| {
            let [column, row] = self.cell(at);
            begins[row * columns + column + 1] += 1;
            ((row * columns + column) as u32, source, at)
        };
        let mut sorted: Vec<_> = sources.map(cell).collect();
        sorted.sort_unstable_by_key(|&(cell, source, _)| (cell, source));
        (1..begins.len()).for_each(|cell| begins[cell] += begins[cell - 1]);
        (self.begins, self.sources) = (begins, sorted);
    }

    /// Column and row of the cell of a place.
    fn cell(&self, at: [f32; 2]) -> [usize; 2] {
        [0, 1].map(|axis| {
            let cells = f64::from(at[axis]) / self.side[axis] + self.counts[axis] as f64 / 2.0;
            (cells.max(0.0) as usize).min(self.counts[axis] - 1)
        })
    }

    /// The columns (axis 0) or rows (axis 1) within reach of `home`, each with how many it is away.
    fn near(&self, home: usize, axis: usize) -> impl Iterator<Item = (usize, usize)> {
        let (count, reach, wraps) = (self.counts[axis], self.reach[axis], self.wrap.is_some());
        let (from, n) = if wraps {
            (home + count - reach, (2 * reach + 1).min(count))
        } else {
            let from = home.saturating_sub(reach);
            (from, (home + reach).min(count - 1) + 1 - from)
        };
        (from..from + n).map(move |at| {
            let at = at % count;
            let away = at.abs_diff(home);
            (at, if wraps { away.min(count - away) } else { away })
        })
    }
}

/// The sources of one target.
pub(super) fn pairs(pairing: &Pairing, kernel: Kernel, target: u32, pairs: &mut Vec<(u32, u32)>) {
    let (Some(cells), Some(onto)) = (pairing.cells, pairing.places[1]) else { return };
    let reach = (kernel.reach)(&pairing.params);
    let at = onto.at(target);
    let [home_column, home_row] = cells.cell(at);
    let columns: Vec<_> = cells.near(home_column, 0).collect();
    let mut draws = (0..).map(|draw| pairing.stream.words(target, draw));
    let mut draw = || draws.next().map_or((1.0, 0.0), |[a, b]| (unit_open(a), -libm::log(unit_open(b))));
    let (mut kept, mut gap) = draw();
    for (row, rows_away) in cells.near(home_row, 1) {
        for &(column, columns_away) in &columns {
            let Bound { probability, rate } = cells.bounds[rows_away * (cells.reach[0] + 1) + columns_away];
            if probability == 0.0 {
                continue;
            }
            let cell = row * cells.counts[0] + column;
            let mut left = &cells.sources[cells.begins[cell] as usize..cells.begins[cell + 1] as usize];
            while !left.is_empty() {
                if gap >= left.len() as f64 * rate {
                    gap -= left.len() as f64 * rate;
                    break;
                }
                let skipped = ((gap / rate) as usize).min(left.len() - 1);
                let (_, source, place) = left[skipped];
                let distance = distance(place, at, cells.wrap);
                if distance <= reach && kept * probability <= (kernel.probability)(&pairing.params, distance) {
                    pairs.push((source, target));
                }
                left = &left[skipped + 1..];
                (kept, gap) = draw();
            }
        }
    }
}

/// The mistake in populations that no distance can be taken between.
pub(super) fn refuses(pairing: &Pairing) -> Option<Refusal> {
    for (placed, end) in pairing.places.iter().zip(["source", "target"]) {
        if placed.is_none() {
            return Some((end.into(), Mistake::NoPositions));
        }
    }
    let surface = |end: usize| {
        let layout = pairing.places[end].map(|placed| placed.layout)?;
        layout.edge_wrap.then_some(layout.extent)
    };
    (surface(0) != surface(1)).then(|| ("target".into(), Mistake::TwoSurfaces))
}

/// Largest number of synapses to expect.
pub(super) fn synapses(pairing: &Pairing, kernel: Kernel) -> f64 {
    let (n_sources, n_targets) = (pairing.n_sources as f64, pairing.n_targets as f64);
    let most = (kernel.probability)(&pairing.params, 0.0);
    let of_all = at_most(n_sources * n_targets, most);
    let [Some(from), Some(onto)] = pairing.places.map(|placed| placed.map(|placed| placed.layout)) else {
        return of_all;
    };
    let [plane, line] = (kernel.integrals)(&pairing.params);
    let [width, height] = from.extent;
    let (onto_one, variance) = match from.grid {
        // What falls with distance sums to at most its integral and its largest value, along each row and over the rows.
        Some([columns, rows]) => {
            let (per_width, per_height) = (columns as f64 / width, rows as f64 / height);
            (plane * per_width * per_height + 2.0 * line * (per_width + per_height) + most, 0.0)
        }
        // Where sources happen to be crowded, all targets nearby get more: of each source the synapses onto all of them.
        None => {
            let mean = n_sources * plane / (width * height);
            let of_target = (plane / (onto.extent[0] * onto.extent[1])).min(most);
            (mean + if pairing.is_recurrent { most } else { 0.0 }, mean * of_target * n_targets * n_targets)
        }
    };
    let mean = n_targets * onto_one;
    // Two neurons are as far apart one way as the other: that and the draws themselves triple the variance of a count.
    (mean + 6.0 * libm::sqrt(3.0 * mean + variance) + 1.0).min(of_all)
}
