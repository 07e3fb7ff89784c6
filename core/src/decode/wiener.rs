//! Wiener filter: each number is a weighted sum of the last bins of all channels, found by ridge regression.

use alloc::{boxed::Box, vec::Vec};

use super::{
    Decoder, Decodes, Trained, Training,
    features::{History, bins_of, column_means, moments, targets},
    matrix::{Matrix, add_scaled},
};
use crate::{
    bci::Recording,
    param::{Param, Range, linear, log},
    text::text,
    units::Unit,
};

pub static DECODER: Decoder = Decoder {
    name: "wiener",
    title: text("Wiener filter", "维纳滤波器"),
    doc: text(
        "A weighted sum of the last few hundred milliseconds of every channel, found by ridge regression.",
        "对每个通道最近几百毫秒的活动加权求和，权重由岭回归求得。",
    ),
    source: "Carmena et al. (2003), doi:10.1371/journal.pbio.0000042",
    decodes: Decodes::Values,
    params: &[
        Param {
            name: "window",
            unit: Unit::Millisecond,
            default: 300.0,
            range: Range::between(1.0, 2000.0),
            slider: linear(20.0, 1000.0),
            doc: text("How far it looks back.", "回看的时长。"),
        },
        Param {
            name: "ridge",
            unit: Unit::One,
            default: 1000.0,
            range: Range::NON_NEGATIVE,
            slider: log(0.01, 10_000.0),
            doc: text("Penalty on the square of the weights.", "权重平方的惩罚系数。"),
        },
    ],
    choices: &[],
    start,
};

/// Bins in a slice of the work: few enough for a page to stay awake, and for their rows to stay in the cache.
const SLICE: usize = 8;

fn start(recording: &Recording, values: &[f64], _seed: u32) -> Box<dyn Training> {
    let (mean, _) = moments(recording);
    let mut history = History::new(mean, bins_of(values[0], recording.bin_ms));
    let (mut x, mut y) = (history.rows(recording), targets(recording));
    let (x_mean, y_mean) = (column_means(&x), column_means(&y));
    for r in 0..x.rows {
        add_scaled(x.row_mut(r), -1.0, &x_mean);
        add_scaled(y.row_mut(r), -1.0, &y_mean);
    }
    let (square, product) = (Matrix::zeros(x.cols, x.cols), Matrix::zeros(x.cols, y.cols));
    Box::new(Regression { history, x, y, x_mean, y_mean, ridge: values[1], square, product, row: 0 })
}

/// Ridge regression on the way: (XᵀX + ridge)·W = XᵀY, of which the two products are summed bin by bin.
struct Regression {
    history: History,
    /// Bins × (bins looked back · channels), less their means.
    x: Matrix,
    /// Bins × outputs, less their means.
    y: Matrix,
    x_mean: Vec<f64>,
    y_mean: Vec<f64>,
    ridge: f64,
    /// XᵀX of the bins so far, the lower triangle.
    square: Matrix,
    /// XᵀY of the bins so far.
    product: Matrix,
    /// The next bin.
    row: usize,
}

impl Training for Regression {
    fn advance(&mut self) -> f64 {
        let rows = self.row..(self.row + SLICE).min(self.x.rows);
        for i in 0..self.x.cols {
            for r in rows.clone() {
                let row = self.x.row(r);
                add_scaled(&mut self.square.row_mut(i)[..=i], row[i], &row[..=i]);
                add_scaled(self.product.row_mut(i), row[i], self.y.row(r));
            }
        }
        self.row = rows.end;
        if self.row == self.x.rows { 1.0 } else { self.row as f64 / self.x.rows as f64 }
    }

    fn finish(self: Box<Self>) -> Box<dyn Trained> {
        let Regression { history, x_mean, y_mean, ridge, mut square, product, .. } = *self;
        for r in 0..square.rows {
            for c in 0..r {
                square[(c, r)] = square[(r, c)];
            }
        }
        square.add_to_diagonal(ridge);
        let weights = square.solve_symmetric(&product).transposed();
        let shift = weights.times_column(&x_mean);
        let offset = y_mean.iter().zip(shift).map(|(y, s)| y - s).collect();
        Box::new(Wiener { history, weights, offset })
    }
}

struct Wiener {
    history: History,
    /// Outputs × (bins · channels).
    weights: Matrix,
    offset: Vec<f64>,
}

impl Trained for Wiener {
    fn reset(&mut self) {
        self.history.reset();
    }

    fn push(&mut self, bin: &[f32]) {
        self.history.push(bin);
    }

    fn output(&self) -> Vec<f64> {
        let sums = self.weights.times_column(&self.history.row());
        sums.iter().zip(&self.offset).map(|(x, o)| x + o).collect()
    }
}
