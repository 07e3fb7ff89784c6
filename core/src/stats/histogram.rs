//! Histogram of the intervals between the spikes of a neuron.

use alloc::vec::Vec;

/// Width of a bin of the interval histogram, ms.
pub const INTERVAL_BIN_MS: f64 = 5.0;
/// Bins of the interval histogram; what is longer goes into one more bin behind them.
pub const INTERVAL_BINS: usize = 100;

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
    fn an_interval_on_an_edge_falls_into_the_bin_above() {
        let mut histogram = IntervalHistogram::new(0.1);
        for interval in [49, 50, 99, 100, 4999, 5000, u32::MAX] {
            histogram.add(interval);
        }
        let counts = histogram.counts();
        assert_eq!((counts[0], counts[1], counts[2], counts[99], counts[100]), (1, 2, 1, 1, 2));
    }
}
