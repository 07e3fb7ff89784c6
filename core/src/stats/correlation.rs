//! Correlation of the spike counts of two neurons, the mean over all pairs of a sample.
//!
//! At once: Pearson's r of the counts in bins, the mean over pairs in which both neurons fire (de la Rocha et al. 2007,
//! doi:10.1038/nature06028). At a lag τ: the cross-correlogram, the sum over pairs of cov(n_i(t), n_j(t + τ)) over the sum
//! of their σ_i σ_j. Independent neurons have 0.
//!
//! The sums over pairs at a lag follow from the count of the whole sample, Σ_{i≠j} n_i(t) n_j(t+τ) = N(t) N(t+τ) −
//! Σ_i n_i(t) n_i(t+τ), so that they cost no more than the spikes.

use alloc::vec::Vec;

/// Lags of the correlogram behind zero; it is the same for negative ones. In bins of 5 ms they reach 100 ms.
pub const CORRELOGRAM_LAGS: usize = 20;
/// Fewest bins to speak of a correlation: a second of 5 ms bins.
const LEAST_BINS: u64 = 200;

/// Counts of the neurons of a sample, and their products.
#[derive(Clone, Debug)]
pub struct Correlation {
    neurons: usize,
    bins: u64,
    sums: Vec<u64>,
    squares: Vec<u64>,
    /// Sum of the product of the counts of i < j, at i·(2n − i − 1)/2 + j − i − 1.
    products: Vec<u64>,
    /// The counts of the last bins, a row a bin, and their totals.
    rows: Vec<u16>,
    totals: [u32; CORRELOGRAM_LAGS + 1],
    /// Σ_{i≠j} n_i(t) n_j(t + lag).
    lagged: [u64; CORRELOGRAM_LAGS + 1],
}

impl Correlation {
    /// Bytes for `neurons` neurons.
    pub const fn bytes(neurons: usize) -> usize {
        core::mem::size_of::<Correlation>()
            + neurons * (2 * 8 + 2 * (CORRELOGRAM_LAGS + 1))
            + neurons * neurons.saturating_sub(1) / 2 * 8
    }

    /// For `neurons` neurons.
    pub fn new(neurons: usize) -> Correlation {
        Correlation {
            neurons,
            bins: 0,
            sums: alloc::vec![0; neurons],
            squares: alloc::vec![0; neurons],
            products: alloc::vec![0; neurons * neurons.saturating_sub(1) / 2],
            rows: alloc::vec![0; neurons * (CORRELOGRAM_LAGS + 1)],
            totals: [0; CORRELOGRAM_LAGS + 1],
            lagged: [0; CORRELOGRAM_LAGS + 1],
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.bins = 0;
        self.sums.fill(0);
        self.squares.fill(0);
        self.products.fill(0);
        self.rows.fill(0);
        self.totals.fill(0);
        self.lagged.fill(0);
    }

    /// Takes in a bin: the count of each neuron that fired, neurons rising.
    pub fn bin(&mut self, fired: &[(usize, u32)]) {
        let n = self.neurons;
        let row_of = |bin: u64| (bin % (CORRELOGRAM_LAGS as u64 + 1)) as usize;
        let now = row_of(self.bins);
        self.rows[now * n..(now + 1) * n].fill(0);
        self.totals[now] = 0;
        for (k, &(i, count)) in fired.iter().enumerate() {
            let square = u64::from(count) * u64::from(count);
            self.sums[i] += u64::from(count);
            self.squares[i] += square;
            for &(j, other) in &fired[k + 1..] {
                self.products[i * (2 * n - i - 1) / 2 + j - i - 1] += u64::from(count) * u64::from(other);
            }
            self.rows[now * n + i] = count.min(u16::MAX.into()) as u16;
            self.totals[now] += count;
        }
        for lag in 0..=(CORRELOGRAM_LAGS as u64).min(self.bins) {
            let then = row_of(self.bins - lag);
            let own = |&(i, count): &(usize, u32)| u64::from(count) * u64::from(self.rows[then * n + i]);
            let all = u64::from(self.totals[now]) * u64::from(self.totals[then]);
            self.lagged[lag as usize] += all - fired.iter().map(own).sum::<u64>();
        }
        self.bins += 1;
    }

    /// The mean r over pairs; `None` before a second, or if fewer than two neurons have fired.
    pub fn mean(&self) -> Option<f64> {
        let n = self.neurons;
        let (means, deviations) = self.moments()?;
        let (mut sum, mut pairs) = (0.0, 0);
        for i in (0..n).filter(|&i| deviations[i] > 0.0) {
            let row = i * (2 * n - i - 1) / 2;
            for j in (i + 1..n).filter(|&j| deviations[j] > 0.0) {
                let product = self.products[row + j - i - 1] as f64 / self.bins as f64;
                sum += (product - means[i] * means[j]) / (deviations[i] * deviations[j]);
                pairs += 1;
            }
        }
        (pairs > 0).then(|| sum / f64::from(pairs))
    }

    /// The correlogram at lags of 0, 1, … [`CORRELOGRAM_LAGS`] bins; `None` when there is no [`Correlation::mean`].
    pub fn correlogram(&self) -> Option<Vec<f64>> {
        let (means, deviations) = self.moments()?;
        let over_pairs = |values: &[f64]| {
            let (sum, squares) = values.iter().fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
            sum * sum - squares
        };
        let (product_of_means, scale) = (over_pairs(&means), over_pairs(&deviations));
        let at = |(lag, &sum): (usize, &u64)| (sum as f64 / (self.bins - lag as u64) as f64 - product_of_means) / scale;
        (scale > 0.0).then(|| self.lagged.iter().enumerate().map(at).collect())
    }

    /// Mean and standard deviation of every neuron's counts.
    fn moments(&self) -> Option<(Vec<f64>, Vec<f64>)> {
        let n = self.bins as f64;
        let means: Vec<f64> = self.sums.iter().map(|&sum| sum as f64 / n).collect();
        let variance = |(&squares, mean): (&u64, &f64)| (squares as f64 / n - mean * mean).max(0.0);
        let deviations = self.squares.iter().zip(&means).map(|pair| libm::sqrt(variance(pair))).collect();
        (self.bins >= LEAST_BINS).then_some((means, deviations))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::trains;

    const BINS: usize = 20_000;
    const WIDTH: u64 = 50;

    /// Counts of trains, each the sum of its own and of a shared one that comes `late(neuron)` bins late.
    fn measured(neurons: usize, own: f64, shared: Option<f64>, late: impl Fn(usize) -> usize) -> Correlation {
        let counts = |mean, number| trains::counts(&trains::gamma(1, mean, BINS as u64 * WIDTH, number), WIDTH, BINS);
        let common = shared.map_or_else(|| alloc::vec![0; BINS], |mean| counts(mean, 1000));
        let trains: Vec<Vec<u32>> = (0..neurons).map(|i| counts(own, i as u32)).collect();
        let mut correlation = Correlation::new(neurons);
        (0..BINS).for_each(|bin| {
            let count = |i: usize| trains[i][bin] + bin.checked_sub(late(i)).map_or(0, |then| common[then]);
            let fired: Vec<_> = (0..neurons).map(|i| (i, count(i))).filter(|(_, count)| *count > 0).collect();
            correlation.bin(&fired);
        });
        correlation
    }

    #[test]
    fn independent_poisson_trains_have_none() {
        let correlation = measured(20, 200.0, None, |_| 0);
        assert!(correlation.mean().unwrap().abs() < 2e-3, "{:?}", correlation.mean());
        assert!(correlation.correlogram().unwrap().iter().all(|r| r.abs() < 2e-3));
    }

    /// Trains that share a part of their spikes correlate by that part.
    #[test]
    fn shared_spikes_correlate_by_their_share() {
        let correlation = measured(20, 250.0, Some(1000.0), |_| 0);
        let mean = correlation.mean().unwrap();
        assert!((mean - 0.2).abs() < 0.01, "{mean}");
        let correlogram = correlation.correlogram().unwrap();
        assert!((correlogram[0] - 0.2).abs() < 0.01 && correlogram[1..].iter().all(|r| r.abs() < 0.01));
    }

    /// Half of ten neurons get the shared spikes three bins late. Of the 90 ordered pairs, 40 share them at once and 25
    /// three bins later.
    #[test]
    fn what_comes_late_stands_at_its_lag() {
        let correlogram = measured(10, 250.0, Some(1000.0), |i| 3 * (i % 2)).correlogram().unwrap();
        for (lag, r) in correlogram.iter().enumerate() {
            let want =
                0.2 * [(0, 40.0 / 90.0), (3, 25.0 / 90.0)].iter().find(|(at, _)| *at == lag).map_or(0.0, |p| p.1);
            assert!((r - want).abs() < 0.01, "lag {lag}: {r}, not {want}");
        }
    }

    #[test]
    fn nothing_is_said_too_early_or_of_one_neuron() {
        let mut short = Correlation::new(2);
        (0..100).for_each(|_| short.bin(&[(0, 1), (1, 1)]));
        assert_eq!((short.mean(), short.correlogram()), (None, None));
        assert_eq!(measured(1, 100.0, None, |_| 0).mean(), None);
        assert_eq!(measured(1, 100.0, None, |_| 0).correlogram(), None);
    }
}
