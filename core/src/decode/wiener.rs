//! Wiener filter: each number is a weighted sum of the last bins of all channels, found by ridge regression.

use alloc::{boxed::Box, vec::Vec};

use super::{
    Decoder, Decodes, Learned, Trained, Training,
    features::{History, bins_of, column_means, moments, targets},
    matrix::Matrix,
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

fn start(recording: &Recording, values: &[f64], _seed: u32) -> Box<dyn Training> {
    let (mean, _) = moments(recording);
    let mut history = History::new(mean, bins_of(values[0], recording.bin_ms));
    let (x, y) = (history.rows(recording), targets(recording));
    let (x_mean, y_mean) = (column_means(&x), column_means(&y));
    let mut square = Matrix::zeros(x.cols, x.cols);
    let mut product = Matrix::zeros(x.cols, y.cols);
    let centred = |row: &[f64], mean: &[f64]| row.iter().zip(mean).map(|(x, m)| x - m).collect::<Vec<_>>();
    for r in 0..x.rows {
        let row = centred(x.row(r), &x_mean);
        square.add_outer(&row, &row);
        product.add_outer(&row, &centred(y.row(r), &y_mean));
    }
    square.add_to_diagonal(values[1]);
    let weights = square.solve_symmetric(&product).transposed();
    let shift = weights.times_column(&x_mean);
    let offset = y_mean.iter().zip(shift).map(|(y, s)| y - s).collect();
    Box::new(Learned(Wiener { history, weights, offset }))
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
