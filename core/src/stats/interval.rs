//! The intervals between the spikes of each neuron: their coefficient of variation, CV, and the local one, CV2.
//!
//! CV is the standard deviation of a neuron's intervals over their mean. CV2 compares each interval with the next,
//! CV2 = mean of 2·|I(k+1) − I(k)| / (I(k+1) + I(k)), so that a rate that changes slowly does not pass for irregularity
//! (Holt, Softky, Koch & Douglas 1996, doi:10.1152/jn.1996.75.5.1806). Both are 0 for a clock and 1 for a Poisson process.

use alloc::vec::Vec;
use core::ops::Range;

use crate::network::{OutOfMemory, filled};

/// Spikes and intervals of each neuron since a moment, in whole numbers, so that nothing is lost to rounding however long
/// it is measured. A neuron's intervals may be 2^32 steps long in all.
#[derive(Clone, Debug)]
pub struct IntervalMeter {
    neurons: Vec<Train>,
    since: u64,
}

/// What is kept of one neuron's spikes. Times are in steps.
#[derive(Clone, Copy, Debug, Default)]
struct Train {
    /// Step of the first spike and of the last; none while `spikes` is zero.
    first: u32,
    last: u32,
    spikes: u32,
    /// The last interval.
    interval: u32,
    sum_of_squares: u64,
    /// Sum over neighbouring intervals of |difference| / sum, in units of 2^-[`CV2_BITS`].
    local: u64,
}

/// As many as leave room for a quotient of 32 bits; a sum of 2^40 of them fits into 64 bits.
const CV2_BITS: u32 = 24;

/// The mean over neurons of the CV of their intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanCv {
    /// The mean.
    pub cv: f64,
    /// Number of neurons with enough intervals to count.
    pub neurons: usize,
}

impl Train {
    fn intervals(&self) -> u32 {
        self.spikes.saturating_sub(1)
    }

    fn cv(&self) -> f64 {
        let n = f64::from(self.intervals());
        let mean = f64::from(self.last.wrapping_sub(self.first)) / n;
        let variance = (self.sum_of_squares as f64 / n - mean * mean).max(0.0);
        libm::sqrt(variance) / mean
    }

    fn cv2(&self) -> f64 {
        let pairs = f64::from(self.intervals() - 1);
        2.0 * self.local as f64 / pairs / f64::from(1 << CV2_BITS)
    }
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

    /// Spikes of a neuron since the measure began.
    pub fn spikes(&self, neuron: u32) -> u32 {
        self.neurons[neuron as usize].spikes
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
        match interval {
            Some(interval) => {
                train.sum_of_squares += u64::from(interval) * u64::from(interval);
                if train.spikes > 1 {
                    let difference = u64::from(interval.abs_diff(train.interval));
                    train.local += (difference << CV2_BITS) / (u64::from(interval) + u64::from(train.interval)).max(1);
                }
                train.interval = interval;
            }
            None => train.first = step,
        }
        train.last = step;
        train.spikes += 1;
        interval
    }

    /// The mean CV of the neurons in `range` that have at least `least` intervals; `None` when there is none.
    pub fn mean_cv(&self, range: Range<usize>, least: u32) -> Option<MeanCv> {
        let (cv, neurons) = self.mean(range, least, Train::cv)?;
        Some(MeanCv { cv, neurons })
    }

    /// The mean CV2 of the same neurons.
    pub fn mean_cv2(&self, range: Range<usize>, least: u32) -> Option<f64> {
        self.mean(range, least, Train::cv2).map(|(cv2, _)| cv2)
    }

    fn mean(&self, range: Range<usize>, least: u32, measure: impl Fn(&Train) -> f64) -> Option<(f64, usize)> {
        let enough = self.neurons[range].iter().filter(|train| train.intervals() >= least.max(2));
        let (sum, neurons) = enough.fold((0.0, 0), |(sum, n), train| (sum + measure(train), n + 1));
        (neurons > 0).then(|| (sum / neurons as f64, neurons))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::trains;

    fn measured(trains: &[Vec<u64>]) -> (f64, f64) {
        let mut meter = IntervalMeter::new(trains.len()).unwrap();
        for (neuron, train) in trains.iter().enumerate() {
            train.iter().for_each(|&step| _ = meter.spike(neuron as u32, step));
        }
        let all = 0..trains.len();
        (meter.mean_cv(all.clone(), 5).unwrap().cv, meter.mean_cv2(all, 5).unwrap())
    }

    #[test]
    fn cv_of_regular_and_of_alternating_intervals() {
        let mut meter = IntervalMeter::new(3).unwrap();
        for i in 0..20u64 {
            meter.spike(0, 10 * i);
            meter.spike(1, 40 * (i / 2) + 10 * (i % 2));
        }
        meter.spike(2, 5);
        assert_eq!(meter.mean_cv(0..1, 5), Some(MeanCv { cv: 0.0, neurons: 1 }));
        assert_eq!(meter.mean_cv2(0..1, 5), Some(0.0));
        assert_eq!((meter.mean_cv(2..3, 5), meter.mean_cv2(2..3, 5)), (None, None));
        // Ten intervals of 10 and nine of 30.
        let (mean, n) = ((10.0 * 10.0 + 9.0 * 30.0) / 19.0, 19.0);
        let variance = (10.0 * (10.0 - mean) * (10.0 - mean) + 9.0 * (30.0 - mean) * (30.0 - mean)) / n;
        let got = meter.mean_cv(1..2, 5).unwrap().cv;
        assert!((got - libm::sqrt(variance) / mean).abs() < 1e-12);
        // Each pair is of 10 and 30: 2·20/40.
        assert!((meter.mean_cv2(1..2, 5).unwrap() - 1.0).abs() < 1e-12);
        meter.restart(7);
        assert_eq!((meter.since(), meter.spike(0, 9)), (7, None));
    }

    /// CV of gamma intervals of order k is 1/√k. Their CV2 follows from the beta distribution of one interval's share of
    /// two: 1 for k = 1, 3/4 for k = 2, 5/8 for k = 3.
    #[test]
    fn of_poisson_and_gamma_trains() {
        for (order, cv2) in [(1, 1.0), (2, 0.75), (3, 0.625)] {
            let trains: Vec<Vec<u64>> = (0..20).map(|i| trains::gamma(order, 500.0, 1_000_000, i)).collect();
            let (got_cv, got_cv2) = measured(&trains);
            let cv = 1.0 / libm::sqrt(f64::from(order));
            assert!((got_cv / cv - 1.0).abs() < 0.02, "order {order}: CV {got_cv}, not {cv}");
            assert!((got_cv2 / cv2 - 1.0).abs() < 0.02, "order {order}: CV2 {got_cv2}, not {cv2}");
        }
    }

    /// What CV2 is for: a clock that slows down evenly from one rate to a fifth of it stays a clock.
    #[test]
    fn a_drifting_rate_raises_cv_and_not_cv2() {
        let drifting = (0..400u64).scan(0, |step, i| {
            *step += 100 + i;
            Some(*step)
        });
        let (cv, cv2) = measured(&[drifting.collect()]);
        assert!(cv > 0.35 && cv2 < 0.01, "{cv} {cv2}");
    }
}
