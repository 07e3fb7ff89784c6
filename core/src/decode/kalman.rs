//! Kalman filter: the movement goes on as it did, and every channel is a noisy linear view of it.

use alloc::{boxed::Box, vec, vec::Vec};

use super::{
    Decoder, Decodes, Learned, Trained, Training,
    features::{History, bins_of, column_means, moments, targets},
    matrix::{Matrix, add_scaled},
};
use crate::{
    bci::Recording,
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub static DECODER: Decoder = Decoder {
    name: "kalman",
    title: text("Kalman filter", "卡尔曼滤波器"),
    doc: text(
        "Weighs what the channels say against how the movement went on so far.",
        "在各通道的观测与运动的自然延续之间做最优权衡。",
    ),
    source: "Wu et al. (2006), doi:10.1162/089976606774841585",
    decodes: Decodes::Values,
    params: &[Param {
        name: "lead",
        unit: Unit::Millisecond,
        default: 100.0,
        range: Range::between(0.0, 1000.0),
        slider: linear(0.0, 300.0),
        doc: text("How long activity comes before the movement.", "神经活动领先运动的时间。"),
    }],
    choices: &[(0, &[1.0, 60.0, 100.0, 140.0])],
    start,
};

fn start(recording: &Recording, values: &[f64], _seed: u32) -> Box<dyn Training> {
    let (mean, _) = moments(recording);
    let lead = bins_of(values[0] + recording.bin_ms, recording.bin_ms);
    let mut history = History::new(mean, lead);
    let mut x = targets(recording);
    let x_mean = column_means(&x);
    (0..x.rows).for_each(|r| add_scaled(x.row_mut(r), -1.0, &x_mean));
    let (d, n) = (x.cols, recording.channels);
    // Sums over the bins of which the activity `lead` before, and the movement before, lie inside the segment.
    let rows = history.rows(recording);
    let (mut xx, mut zx, mut zz) = (Matrix::zeros(d, d), Matrix::zeros(n, d), Matrix::zeros(n, n));
    let (mut before, mut across, mut after) = (Matrix::zeros(d, d), Matrix::zeros(d, d), Matrix::zeros(d, d));
    let (mut seen, mut steps) = (0.0, 0.0);
    for segment in &recording.segments {
        for bin in segment.bins.clone() {
            if bin + 1 >= segment.bins.start + lead {
                let z = oldest(rows.row(bin), n);
                xx.add_outer(x.row(bin), x.row(bin));
                zx.add_outer(z, x.row(bin));
                zz.add_outer(z, z);
                seen += 1.0;
            }
            if bin > segment.bins.start {
                before.add_outer(x.row(bin - 1), x.row(bin - 1));
                across.add_outer(x.row(bin), x.row(bin - 1));
                after.add_outer(x.row(bin), x.row(bin));
                steps += 1.0;
            }
        }
    }
    // Least squares: A = across·before⁻¹, C = zx·xx⁻¹; the noises are what is left over.
    let a = before.solve_symmetric(&across.transposed()).transposed();
    let c = xx.solve_symmetric(&zx.transposed()).transposed();
    let scaled =
        |matrix: Matrix, count: f64| Matrix::zeros(matrix.rows, matrix.cols).plus(1.0 / f64::max(count, 1.0), &matrix);
    let w = scaled(after.plus(-1.0, &a.times(&across.transposed())), steps);
    let q = scaled(zz.plus(-1.0, &c.times(&zx.transposed())), seen);
    let weighed = q.solve_symmetric(&c).transposed();
    let gain = weighed.times(&c);
    let mut kalman =
        Kalman { history, channels: n, a, w, weighed, gain, x_mean, x: Vec::new(), p: Matrix::zeros(d, d) };
    kalman.reset();
    Box::new(Learned(kalman))
}

/// The bin that came in first of those kept.
fn oldest(row: &[f64], channels: usize) -> &[f64] {
    &row[row.len() - channels..]
}

struct Kalman {
    history: History,
    channels: usize,
    a: Matrix,
    w: Matrix,
    /// Cᵀ·Q⁻¹.
    weighed: Matrix,
    /// Cᵀ·Q⁻¹·C.
    gain: Matrix,
    x_mean: Vec<f64>,
    x: Vec<f64>,
    p: Matrix,
}

impl Trained for Kalman {
    fn reset(&mut self) {
        self.history.reset();
        self.x = vec![0.0; self.x_mean.len()];
        self.p = Matrix::zeros(self.x.len(), self.x.len());
    }

    /// The usual step, with the gain in the form that inverts matrices of the size of the movement only.
    fn push(&mut self, bin: &[f32]) {
        self.history.push(bin);
        let x = self.a.times_column(&self.x);
        let p = self.a.times(&self.p).times(&self.a.transposed()).plus(1.0, &self.w);
        // P⁺ = (I + P·G)⁻¹·P = P - P·(G⁻¹ + P)⁻¹·P; with P = L·Lᵀ it is L·(I + Lᵀ·G·L)⁻¹·Lᵀ.
        let n = p.rows;
        let Some(root) = p.cholesky() else { return };
        let mut inner = root.transposed().times(&self.gain).times(&root);
        inner.add_to_diagonal(1.0);
        self.p = root.times(&inner.solve_symmetric(&root.transposed()));
        let mut information = self.weighed.times_column(oldest(&self.history.row(), self.channels));
        add_scaled(&mut information, -1.0, &self.gain.times_column(&x));
        let change = self.p.times_column(&information);
        self.x = (0..n).map(|k| x[k] + change[k]).collect();
    }

    fn output(&self) -> Vec<f64> {
        self.x.iter().zip(&self.x_mean).map(|(x, m)| x + m).collect()
    }
}
