//! Linear discriminant analysis with Ledoit and Wolf's shrinkage, on the means of every channel in equal windows.

use alloc::{boxed::Box, vec, vec::Vec};

use super::{
    Butterworth, Decoder, Decodes, Learned, Trained, Training,
    features::column_means,
    matrix::{Matrix, add_scaled, dot},
};
use crate::{
    bci::{Activity, Recording},
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub static DECODER: Decoder = Decoder {
    name: "lda",
    title: text("Shrinkage LDA", "收缩 LDA"),
    doc: text(
        "The best line between classes for normal features of equal spread; the means of each channel in equal windows.",
        "取每个通道在等长时间窗内的均值；特征服从同协方差正态分布时，这是类别之间的最优直线。",
    ),
    source: "Blankertz et al. (2011), doi:10.1016/j.neuroimage.2010.06.048; Ledoit & Wolf (2004), doi:10.1016/S0047-259X(03)00096-4",
    decodes: Decodes::Classes,
    params: &[
        Param {
            name: "windows",
            unit: Unit::Count,
            default: 10.0,
            range: Range::between(1.0, 100.0),
            slider: linear(1.0, 40.0),
            doc: text("Windows that a trial is cut into.", "每个试次划分的时间窗数。"),
        },
        Param {
            name: "low_pass",
            unit: Unit::Hertz,
            default: 0.0,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 40.0),
            doc: text(
                "Signals are filtered to below this first; 0 leaves them.",
                "信号先低通滤波到此频率以下；0 表示不滤波。",
            ),
        },
    ],
    choices: &[(0, &[5.0, 10.0, 12.0, 20.0]), (1, &[0.0, 4.0])],
    start,
};

fn start(recording: &Recording, values: &[f64], _seed: u32) -> Box<dyn Training> {
    let bins = recording.segments.iter().map(|s| s.bins.len()).max().unwrap_or(1);
    let windows = (values[0] as usize).clamp(1, bins);
    let edge = if recording.activity == Activity::Signal { values[1] } else { 0.0 };
    let filter = Butterworth::new(recording.channels, 1000.0 / recording.bin_ms, edge, true);
    let mut lda = Lda {
        filter,
        bins,
        windows,
        channels: recording.channels,
        at: 0,
        sums: vec![0.0; windows * recording.channels],
        mean: Vec::new(),
        discriminant: Discriminant { weights: Matrix::zeros(0, 0), offsets: Vec::new() },
    };
    let mut features = Matrix::zeros(recording.segments.len(), lda.sums.len());
    let mut classes = Vec::new();
    for (i, segment) in recording.segments.iter().enumerate() {
        lda.reset();
        segment.bins.clone().for_each(|bin| lda.push(recording.bin(bin)));
        features.row_mut(i).copy_from_slice(&lda.sums);
        classes.extend(recording.class(i));
    }
    lda.mean = column_means(&features);
    lda.discriminant = Discriminant::new(&features, &classes, recording.outputs());
    lda.reset();
    Box::new(Learned(lda))
}

struct Lda {
    filter: Butterworth,
    /// Longest trial.
    bins: usize,
    windows: usize,
    channels: usize,
    at: usize,
    sums: Vec<f64>,
    mean: Vec<f64>,
    discriminant: Discriminant,
}

impl Lda {
    /// The window that a bin falls into.
    fn window(&self, bin: usize) -> usize {
        (bin * self.windows / self.bins).min(self.windows - 1)
    }
}

impl Trained for Lda {
    fn reset(&mut self) {
        self.filter.reset();
        self.at = 0;
        self.sums.fill(0.0);
    }

    fn push(&mut self, bin: &[f32]) {
        let mut filtered: Vec<f64> = bin.iter().map(|&x| f64::from(x)).collect();
        self.filter.step(&mut filtered);
        let window = self.window(self.at);
        if self.at < self.bins {
            let share = self.windows as f64 / self.bins as f64;
            add_scaled(&mut self.sums[window * self.channels..][..self.channels], share, &filtered);
        }
        self.at += 1;
    }

    /// A window that is not over counts as average: it speaks for no class.
    fn output(&self) -> Vec<f64> {
        let over = if self.at >= self.bins { self.windows } else { self.window(self.at) };
        let mut features = self.mean.clone();
        let known = over * self.channels;
        features[..known].copy_from_slice(&self.sums[..known]);
        self.discriminant.scores(&features)
    }
}

/// A linear score for each class.
pub struct Discriminant {
    /// Classes × features.
    pub weights: Matrix,
    /// One to a class.
    pub offsets: Vec<f64>,
}

impl Discriminant {
    /// From a row of features and a class for each trial. The covariance is the mean of the classes', each shrunk.
    pub fn new(features: &Matrix, classes: &[usize], count: usize) -> Discriminant {
        let mut means = Matrix::zeros(count, features.cols);
        let mut covariance = Matrix::zeros(features.cols, features.cols);
        let mut priors = vec![0.0; count];
        for (class, prior) in priors.iter_mut().enumerate() {
            let rows: Vec<&[f64]> =
                (0..features.rows).filter(|&r| classes[r] == class).map(|r| features.row(r)).collect();
            if rows.is_empty() {
                continue;
            }
            let own = Matrix::from_fn(rows.len(), features.cols, |r, c| rows[r][c]);
            *prior = rows.len() as f64 / features.rows as f64;
            means.row_mut(class).copy_from_slice(&column_means(&own));
            covariance = covariance.plus(*prior, &shrunk_covariance(&own));
        }
        let weights = covariance.solve_symmetric(&means.transposed()).transposed();
        let offset = |k: usize| libm::log(priors[k].max(1e-300)) - dot(weights.row(k), means.row(k)) / 2.0;
        Discriminant { offsets: (0..count).map(offset).collect(), weights }
    }

    /// The score of each class.
    pub fn scores(&self, features: &[f64]) -> Vec<f64> {
        (0..self.offsets.len()).map(|k| dot(self.weights.row(k), features) + self.offsets[k]).collect()
    }
}

/// The covariance of the columns, shrunk where each has spread 1.
fn shrunk_covariance(rows: &Matrix) -> Matrix {
    let mean = column_means(rows);
    let variance = |c: usize| (0..rows.rows).map(|r| (rows[(r, c)] - mean[c]) * (rows[(r, c)] - mean[c])).sum::<f64>();
    let spread: Vec<f64> = (0..rows.cols)
        .map(|c| libm::sqrt(variance(c) / rows.rows as f64))
        .map(|s| if s > 0.0 { s } else { 1.0 })
        .collect();
    let scaled = Matrix::from_fn(rows.rows, rows.cols, |r, c| (rows[(r, c)] - mean[c]) / spread[c]);
    let (covariance, _) = ledoit_wolf(&scaled);
    Matrix::from_fn(rows.cols, rows.cols, |r, c| covariance[(r, c)] * spread[r] * spread[c])
}

/// The covariance of columns of mean zero, moved towards a multiple of the identity, and by how much, from 0 to 1.
pub fn ledoit_wolf(rows: &Matrix) -> (Matrix, f64) {
    let (n, p) = (rows.rows.max(1) as f64, rows.cols.max(1) as f64);
    let mut covariance = Matrix::zeros(rows.cols, rows.cols);
    let mut fourth = 0.0;
    for r in 0..rows.rows {
        let row = rows.row(r);
        covariance.add_outer(row, row);
        let square = dot(row, row);
        fourth += square * square;
    }
    covariance.data.iter_mut().for_each(|x| *x /= n);
    let mu = covariance.trace() / p;
    let square = dot(&covariance.data, &covariance.data);
    let distance = (square - p * mu * mu) / p;
    let error = ((fourth / n - square) / (p * n)).min(distance);
    let shrinkage = if error > 0.0 { error / distance } else { 0.0 };
    covariance.data.iter_mut().for_each(|x| *x *= 1.0 - shrinkage);
    covariance.add_to_diagonal(shrinkage * mu);
    (covariance, shrinkage)
}
