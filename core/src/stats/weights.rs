//! How the weights of a projection are spread.

use alloc::vec::Vec;

/// Bins of a histogram of weights, from the least to the largest weight that there can be.
pub const WEIGHT_BINS: usize = 40;

/// The weights of a projection at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightHistogram {
    /// Left end of the first bin, in the unit of the weight.
    pub from: f64,
    /// Right end of the last bin, which belongs to it.
    pub to: f64,
    /// Synapses in each bin.
    pub counts: Vec<u64>,
    /// Mean weight.
    pub mean: f64,
}

impl WeightHistogram {
    /// Of these weights, which lie in `bounds`; `None` if there are none. Bounds without room between them get some.
    pub fn of(weights: &[f32], bounds: (f64, f64)) -> Option<WeightHistogram> {
        let room = if bounds.1 > bounds.0 { 0.0 } else { (bounds.0.abs() / 2.0).max(0.5) };
        let (from, to) = (bounds.0 - room, bounds.1 + room);
        if weights.is_empty() {
            return None;
        }
        let mut counts = alloc::vec![0; WEIGHT_BINS];
        let per_unit = WEIGHT_BINS as f64 / (to - from);
        let mut sum = 0.0;
        for &weight in weights {
            let bin = (f64::from(weight) - from) * per_unit;
            counts[(bin as usize).min(WEIGHT_BINS - 1)] += 1;
            sum += f64::from(weight);
        }
        Some(WeightHistogram { from, to, counts, mean: sum / weights.len() as f64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_falls_into_one_bin() {
        let histogram = WeightHistogram::of(&[-2.0, -1.0, -0.99, 0.0], (-2.0, 0.0)).unwrap();
        let full: Vec<(usize, u64)> = histogram.counts.iter().copied().enumerate().filter(|(_, n)| *n > 0).collect();
        assert_eq!(full, [(0, 1), (20, 2), (39, 1)]);
        assert!((histogram.mean + 0.9975).abs() < 1e-6);
        let same = WeightHistogram::of(&[3.0; 4], (3.0, 3.0)).unwrap();
        assert_eq!((same.from, same.to, same.counts[WEIGHT_BINS / 2]), (1.5, 4.5, 4));
        assert_eq!(WeightHistogram::of(&[], (0.0, 1.0)), None);
    }
}
