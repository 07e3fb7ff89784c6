//! What makes a network's input of bins: filtered, averaged over a time step, signals unmixed, and time cells beside them.

use alloc::{vec, vec::Vec};

use super::{Butterworth, features::moments, matrix::Matrix};
use crate::bci::{Activity, Recording, Segment};

/// Turns bins into the input of a network, step after step.
pub struct Front {
    filter: Butterworth,
    mean: Vec<f64>,
    /// Inputs from channels less their mean.
    mix: Matrix,
    group: usize,
    filled: usize,
    sum: Vec<f64>,
    /// Number of time cells, steps of the longest segment, and steps of this one so far.
    cells: usize,
    length: f64,
    at: usize,
}

impl Front {
    /// For steps of about `step_ms`, signals filtered to below `low_pass` Hz, and `cells` time cells.
    ///
    /// Spikes come in with mean 0 and spread 1. Signals are mixed so that they have mean 0 and spread 1 and none goes with
    /// another: what differs between neighbouring electrodes is small beside what they share. A time cell is active for its
    /// part of the longest segment, as those of Pastalkova et al. (2008), doi:10.1126/science.1159775: neurons can learn
    /// when to listen.
    pub fn new(recording: &Recording, step_ms: f64, low_pass: f64, cells: usize) -> Front {
        let channels = recording.channels;
        let group = super::features::bins_of(step_ms, recording.bin_ms);
        let edge = if recording.activity == Activity::Signal { low_pass } else { 0.0 };
        let (mean, spread) = moments(recording);
        let longest = recording.segments.iter().map(|s| s.bins.len()).max().unwrap_or(1);
        let mut front = Front {
            filter: Butterworth::new(channels, 1000.0 / recording.bin_ms, edge, true),
            mean,
            mix: Matrix::from_fn(channels, channels, |r, c| if r == c { 1.0 / spread[r] } else { 0.0 }),
            group,
            filled: 0,
            sum: vec![0.0; channels],
            cells: 0,
            length: (longest as f64 / group as f64).max(1.0),
            at: 0,
        };
        if recording.activity == Activity::Signal {
            front.unmix(recording);
        }
        front.cells = cells;
        front
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.mean.len() + self.cells
    }

    /// Bins to a step.
    pub fn group(&self) -> usize {
        self.group
    }

    /// Multiplies what comes in by the inverse root of its covariance.
    fn unmix(&mut self, recording: &Recording) {
        let n = self.mean.len();
        let (mut covariance, mut steps) = (Matrix::zeros(n, n), 0.0);
        for segment in &recording.segments {
            self.each(recording, segment, |_, x| {
                let x: Vec<f64> = x.iter().map(|&x| f64::from(x)).collect();
                covariance.add_outer(&x, &x);
                steps += 1.0;
            });
        }
        covariance.data.iter_mut().for_each(|x| *x /= f64::max(steps, 1.0));
        let (values, vectors) = covariance.eigen();
        // A channel that others make up would come in as nothing but rounding errors.
        let least = 1e-6 * covariance.trace() / n as f64;
        let scaled = Matrix::from_fn(n, n, |r, c| vectors[(r, c)] / libm::sqrt(values[r].max(least).max(1e-300)));
        self.mix = vectors.transposed().times(&scaled).times(&self.mix);
    }

    /// Does `what` with the bin and the input of each step of a segment.
    pub fn each(&mut self, recording: &Recording, segment: &Segment, mut what: impl FnMut(usize, Vec<f32>)) {
        self.reset();
        for bin in segment.bins.clone() {
            if let Some(input) = self.push(recording.bin(bin)) {
                what(bin, input);
            }
        }
    }

    /// A segment begins.
    pub fn reset(&mut self) {
        self.filter.reset();
        self.filled = 0;
        self.at = 0;
        self.sum.fill(0.0);
    }

    /// A bin comes in; the input, where it was the last of a step.
    pub fn push(&mut self, bin: &[f32]) -> Option<Vec<f32>> {
        let mut x: Vec<f64> = bin.iter().zip(&self.mean).map(|(&x, mean)| f64::from(x) - mean).collect();
        self.filter.step(&mut x);
        super::matrix::add_scaled(&mut self.sum, 1.0 / self.group as f64, &x);
        self.filled += 1;
        if self.filled < self.group {
            return None;
        }
        // Where each cell's part of the time is the unit.
        let time = self.at as f64 / self.length * self.cells as f64;
        let cell = |k: usize| libm::exp(-2.0 * (time - 0.5 - k as f64) * (time - 0.5 - k as f64));
        let input = self.mix.times_column(&self.sum).into_iter().chain((0..self.cells).map(cell));
        let input = input.map(|x| x as f32).collect();
        self.filled = 0;
        self.at += 1;
        self.sum.fill(0.0);
        Some(input)
    }
}
