//! The weights of a projection by source and target.

use alloc::vec::Vec;

/// Most bins of sources, and of targets: about as many as can be told apart in a picture of a few hundred pixels.
pub const MATRIX_BINS: usize = 100;

/// Mean weights between groups of neighbouring sources and targets.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightMatrix {
    /// Number of sources, and of targets.
    pub neurons: [usize; 2],
    /// Number of bins of sources, and of targets; bin `i` of `n` begins with neuron `⌈i · neurons / n⌉`.
    pub bins: [usize; 2],
    /// Synapses in each bin: all of the first bin of sources, by target, then all of the next.
    pub counts: Vec<u32>,
    /// Mean weight of the synapses in each bin, in the unit of the weight; not a number where there are none.
    pub means: Vec<f32>,
}

impl WeightMatrix {
    /// Of synapses that are told as source, target and weight.
    pub fn of(neurons: [usize; 2], synapses: impl Iterator<Item = (usize, usize, f64)>) -> WeightMatrix {
        let bins = neurons.map(|n| n.min(MATRIX_BINS));
        let mut counts = alloc::vec![0; bins[0] * bins[1]];
        let mut sums = alloc::vec![0.0; bins[0] * bins[1]];
        for (source, target, weight) in synapses {
            let bin = source * bins[0] / neurons[0] * bins[1] + target * bins[1] / neurons[1];
            counts[bin] += 1;
            sums[bin] += weight;
        }
        let means = sums.iter().zip(&counts).map(|(sum, &n)| (sum / f64::from(n)) as f32).collect();
        WeightMatrix { neurons, bins, counts, means }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_networks_have_a_bin_for_each_pair() {
        let synapses = [(0, 1, 2.0), (0, 1, 4.0), (2, 0, -1.0)];
        let matrix = WeightMatrix::of([3, 2], synapses.into_iter());
        assert_eq!((matrix.bins, &matrix.counts[..]), ([3, 2], &[0, 2, 0, 0, 1, 0][..]));
        assert_eq!((matrix.means[1], matrix.means[4]), (3.0, -1.0));
        assert!(matrix.means[0].is_nan());
    }

    #[test]
    fn large_ones_are_binned_as_they_say() {
        let (n, b) = (1234, MATRIX_BINS);
        let matrix = WeightMatrix::of([n, n], (0..n).map(|i| (i, i, 1.0)));
        for bin in 0..b {
            let members = ((bin + 1) * n).div_ceil(b) - (bin * n).div_ceil(b);
            assert_eq!(matrix.counts[bin * b + bin] as usize, members);
        }
        assert_eq!(matrix.counts.iter().sum::<u32>() as usize, n);
    }
}
