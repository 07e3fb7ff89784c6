//! The Fano factor: variance over mean of the number of a neuron's spikes in windows of equal length.
//!
//! 1 for a Poisson process, 0 for a clock, and for a renewal process in long windows the square of its CV (Fano 1947,
//! doi:10.1103/PhysRev.72.26; Nawrot et al. 2008, doi:10.1016/j.jneumeth.2007.10.013). The variance is the unbiased one.

use alloc::vec::Vec;

/// Length of a window, ms: the usual one of recordings from cortex.
pub const FANO_WINDOW_MS: f64 = 100.0;
/// Fewest windows to speak of a variance.
const LEAST_WINDOWS: u64 = 10;

/// Counts of some neurons in windows, which are made of bins.
#[derive(Clone, Debug)]
pub struct Fano {
    bins_of_window: u32,
    bins: u32,
    windows: u64,
    neurons: Vec<Counts>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    /// In the present window.
    now: u32,
    sum: u64,
    sum_of_squares: u64,
}

impl Fano {
    /// For `neurons` neurons whose spikes come in bins of `bin_ms`.
    pub fn new(neurons: usize, bin_ms: f64) -> Fano {
        let bins_of_window = (libm::round(FANO_WINDOW_MS / bin_ms) as u32).max(1);
        Fano { bins_of_window, bins: 0, windows: 0, neurons: alloc::vec![Counts::default(); neurons] }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        (self.bins, self.windows) = (0, 0);
        self.neurons.fill(Counts::default());
    }

    /// Takes in a bin: the count of each neuron that fired.
    pub fn bin(&mut self, fired: &[(usize, u32)]) {
        fired.iter().for_each(|&(neuron, count)| self.neurons[neuron].now += count);
        self.bins += 1;
        if self.bins == self.bins_of_window {
            (self.bins, self.windows) = (0, self.windows + 1);
            for counts in &mut self.neurons {
                let now = u64::from(core::mem::take(&mut counts.now));
                counts.sum += now;
                counts.sum_of_squares += now * now;
            }
        }
    }

    /// The mean over the neurons that fired; `None` before ten windows, or if none fired.
    pub fn mean(&self) -> Option<f64> {
        let n = self.windows as f64;
        let factor = |counts: &Counts| {
            let mean = counts.sum as f64 / n;
            (counts.sum_of_squares as f64 - n * mean * mean) / (n - 1.0) / mean
        };
        let fired = self.neurons.iter().filter(|counts| counts.sum > 0);
        let (sum, neurons) = fired.fold((0.0, 0), |(sum, neurons), counts| (sum + factor(counts), neurons + 1));
        (self.windows >= LEAST_WINDOWS && neurons > 0).then(|| sum / f64::from(neurons))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::trains;

    fn measured(trains: &[Vec<u64>], until: u64) -> Option<f64> {
        let counts: Vec<_> = trains.iter().map(|train| trains::counts(train, 50, (until / 50) as usize)).collect();
        let mut fano = Fano::new(trains.len(), 5.0);
        (0..(until / 50) as usize).for_each(|bin| {
            let fired: Vec<_> =
                (0..trains.len()).map(|i| (i, counts[i][bin])).filter(|(_, count)| *count > 0).collect();
            fano.bin(&fired);
        });
        fano.mean()
    }

    /// Steps of 0.1 ms, so windows of 1,000 steps. Of a gamma process of order k with m spikes a window on average, the
    /// factor is CV² + (1 − CV⁴)/(6 m) up to terms that fall faster (Cox & Lewis 1966, The Statistical Analysis of Series
    /// of Events, section 4.5).
    #[test]
    fn of_poisson_and_gamma_trains() {
        let until = 2_000_000;
        for order in [1, 2, 4] {
            let trains: Vec<_> = (0..30).map(|i| trains::gamma(order, 50.0, until, i)).collect();
            let square = 1.0 / f64::from(order);
            let want = square + (1.0 - square * square) / (6.0 * 20.0);
            let got = measured(&trains, until).unwrap();
            assert!((got / want - 1.0).abs() < 0.03, "order {order}: {got}, not {want}");
        }
    }

    #[test]
    fn a_clock_has_none_and_silence_is_not_measured() {
        let clock: Vec<u64> = (0..1000).map(|i| 100 * i).collect();
        assert_eq!(measured(&[clock.clone(), Vec::new()], 100_000), Some(0.0));
        assert_eq!(measured(&[Vec::new()], 100_000), None);
        assert_eq!(measured(&[clock[..90].to_vec()], 9_000), None);
    }
}
