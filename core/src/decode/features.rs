//! What decoders share: the mean and spread of channels, and the last bins kept for a decoder that looks back.

use alloc::{collections::VecDeque, vec, vec::Vec};

use super::matrix::Matrix;
use crate::bci::Recording;

/// Mean of each channel over all bins, and its standard deviation, 1 for a channel that never changes.
pub fn moments(recording: &Recording) -> (Vec<f64>, Vec<f64>) {
    let n = recording.bins().max(1) as f64;
    let mut mean = vec![0.0; recording.channels];
    let mut spread = vec![0.0; recording.channels];
    let bins = || (0..recording.bins()).map(|b| recording.bin(b));
    bins().for_each(|bin| mean.iter_mut().zip(bin).for_each(|(m, &x)| *m += f64::from(x) / n));
    for bin in bins() {
        for ((s, &x), m) in spread.iter_mut().zip(bin).zip(&mean) {
            *s += (f64::from(x) - m) * (f64::from(x) - m) / n;
        }
    }
    let spread = spread.into_iter().map(|v| if v > 0.0 { libm::sqrt(v) } else { 1.0 }).collect();
    (mean, spread)
}

/// The targets, bins × outputs.
pub fn targets(recording: &Recording) -> Matrix {
    Matrix::from_fn(recording.bins(), recording.outputs(), |bin, k| f64::from(recording.values(bin)[k]))
}

/// The mean of each column.
pub fn column_means(matrix: &Matrix) -> Vec<f64> {
    let n = matrix.rows.max(1) as f64;
    (0..matrix.cols).map(|c| (0..matrix.rows).map(|r| matrix[(r, c)]).sum::<f64>() / n).collect()
}

/// The last bins, each less the mean, the newest first; before the segment began every bin is average.
#[derive(Clone)]
pub struct History {
    mean: Vec<f64>,
    bins: usize,
    kept: VecDeque<f64>,
}

impl History {
    /// Keeps `bins` bins.
    pub fn new(mean: Vec<f64>, bins: usize) -> History {
        let mut history = History { mean, bins, kept: VecDeque::new() };
        history.reset();
        history
    }

    /// A segment begins.
    pub fn reset(&mut self) {
        self.kept.clear();
        self.kept.resize(self.bins * self.mean.len(), 0.0);
    }

    /// A bin comes in.
    pub fn push(&mut self, bin: &[f32]) {
        for (&x, mean) in bin.iter().zip(&self.mean).rev() {
            self.kept.push_front(f64::from(x) - mean);
        }
        self.kept.truncate(self.bins * self.mean.len());
    }

    /// The bins kept, the newest first.
    pub fn row(&self) -> Vec<f64> {
        self.kept.iter().copied().collect()
    }

    /// What it holds at each bin of `recording`.
    pub fn rows(&mut self, recording: &Recording) -> Matrix {
        let mut rows = Matrix::zeros(recording.bins(), self.bins * self.mean.len());
        for segment in &recording.segments {
            self.reset();
            for bin in segment.bins.clone() {
                self.push(recording.bin(bin));
                rows.row_mut(bin).iter_mut().zip(&self.kept).for_each(|(x, kept)| *x = *kept);
            }
        }
        self.reset();
        rows
    }
}

/// A number of bins for a time: at least one, at most 1000, so that a slip of the unit cannot fill the memory.
pub fn bins_of(ms: f64, bin_ms: f64) -> usize {
    (libm::round(ms / bin_ms) as usize).clamp(1, 1000)
}
