//! Measures of spike trains: rate, inter-spike intervals and their coefficient of variation (CV).
//!
//! [`IntervalMeter`] keeps them while a network runs, in a few words per neuron and in whole numbers, so that nothing is
//! lost to rounding however long it runs.

use alloc::vec::Vec;

use crate::network::{OutOfMemory, filled};

/// Width of a bin of the interval histogram, ms.
pub const INTERVAL_BIN_MS: f64 = 5.0;
/// Bins of the interval histogram; what is longer goes into one more bin behind them.
pub const INTERVAL_BINS: usize = 100;

/// Spikes and intervals of each neuron since a moment.
#[derive(Clone, Debug)]
pub struct IntervalMeter {
    neurons: Vec<Train>,
    since: u64,
}

/// What is kept of one neuron's spikes. Times are in steps.
#[derive(Clone, Copy, Debug, Default)]
struct Train {
    /// Step of the last spike; none while `spikes` is zero.
    last: u32,
    spikes: u32,
    sum: u64,
    sum_of_squares: u64,
}

/// The mean over neurons of the CV of their intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanCv {
    /// The mean.
    pub cv: f64,
    /// Number of neurons with enough intervals to count.
    pub neurons: usize,
}

impl IntervalMeter {
    /// Bytes per neuron.
    pub const BYTES_PER_NEURON: usize = core::mem::size_of::<Train>();

    /// A meter for `neurons` neurons.
    ///
    /// # Errors
    /// That the machine has no memory for it.
    pub fn new(neurons: usize) -> Result<IntervalMeter, OutOfMemory> {
        Ok(IntervalMeter { neurons: filled(neurons, Train::default())?, since: 0 })
    }

    /// Forgets everything and measures from `step` on.
    pub fn restart(&mut self, step: u64) {
        self.neurons.fill(Train::default());
        self.since = step;
    }

    /// The step from which is measured.
    pub fn since(&self) -> u64 {
        self.since
    }

    /// Notes a spike and returns the interval since the neuron's last one, in steps.
    pub fn spike(&mut self, neuron: u32, step: u64) -> Option<u32> {
        let train = &mut self.neurons[neuron as usize];
        let step = step as u32;
        let interval = (train.spikes > 0).then(|| step.wrapping_sub(train.last));
        if let Some(interval) = interval {
            train.sum += u64::from(interval);
            train.sum_of_squares += u64::from(interval) * u64::from(interval);
        }
        train.last = step;
        train.spikes += 1;
        interval
    }

    /// The mean CV of the neurons in `range` that have at least `least` intervals; `None` when there is none.
    pub fn mean_cv(&self, range: core::ops::Range<usize>, least: u32) -> Option<MeanCv> {
        let (mut sum, mut neurons) = (0.0, 0);
        for train in &self.neurons[range] {
            let intervals = train.spikes.saturating_sub(1);
            if intervals >= least.max(2) {
                let n = f64::from(intervals);
                let mean = train.sum as f64 / n;
                let variance = (train.sum_of_squares as f64 / n - mean * mean).max(0.0);
                sum += libm::sqrt(variance) / mean;
                neurons += 1;
            }
        }
        (neurons > 0).then(|| MeanCv { cv: sum / neurons as f64, neurons })
    }
}

/// Intervals counted in bins of [`INTERVAL_BIN_MS`].
#[derive(Clone, Debug, PartialEq)]
pub struct IntervalHistogram {
    counts: Vec<u64>,
    bin_steps: f64,
}

impl IntervalHistogram {
    /// An empty histogram for steps of `dt_ms`.
    pub fn new(dt_ms: f64) -> IntervalHistogram {
        IntervalHistogram { counts: alloc::vec![0; INTERVAL_BINS + 1], bin_steps: INTERVAL_BIN_MS / dt_ms }
    }

    /// Counts an interval in steps. Half a step is added, so that an interval on a bin's edge falls into the bin above
    /// it whatever the rounding of dt.
    pub fn add(&mut self, interval: u32) {
        let bin = ((f64::from(interval) + 0.5) / self.bin_steps) as usize;
        self.counts[bin.min(INTERVAL_BINS)] += 1;
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.counts.fill(0);
    }

    /// The counts; the last is of all intervals too long for a bin.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cv_of_regular_and_of_alternating_intervals() {
        let mut meter = IntervalMeter::new(3).unwrap();
        for i in 0..20u64 {
            meter.spike(0, 10 * i);
            meter.spike(1, 40 * (i / 2) + 10 * (i % 2));
        }
        meter.spike(2, 5);
        assert_eq!(meter.mean_cv(0..1, 5), Some(MeanCv { cv: 0.0, neurons: 1 }));
        assert_eq!(meter.mean_cv(2..3, 5), None);
        // Ten intervals of 10 and nine of 30.
        let (mean, n) = ((10.0 * 10.0 + 9.0 * 30.0) / 19.0, 19.0);
        let variance = (10.0 * (10.0 - mean) * (10.0 - mean) + 9.0 * (30.0 - mean) * (30.0 - mean)) / n;
        let got = meter.mean_cv(1..2, 5).unwrap().cv;
        assert!((got - libm::sqrt(variance) / mean).abs() < 1e-12);
        meter.restart(7);
        assert_eq!((meter.since(), meter.spike(0, 9)), (7, None));
    }

    #[test]
    fn an_interval_on_an_edge_falls_into_the_bin_above() {
        let mut histogram = IntervalHistogram::new(0.1);
        for interval in [49, 50, 99, 100, 4999, 5000, u32::MAX] {
            histogram.add(interval);
        }
        let counts = histogram.counts();
        assert_eq!((counts[0], counts[1], counts[2], counts[99], counts[100]), (1, 2, 1, 1, 2));
    }
}
