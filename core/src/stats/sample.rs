//! Some neurons of a population, for measures that cost too much for all.

use alloc::vec::Vec;

use crate::rng::{Stream, below};

/// Most neurons of a sample: they make 4,950 pairs, enough for the mean correlation of independent neurons to come out
/// below 0.001 within a second.
pub const SAMPLED: usize = 100;

/// Neurons of a population drawn without return.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Their numbers, rising.
    neurons: Vec<u32>,
    /// A bit for every neuron of the population, so that most spikes are passed over at once.
    is_chosen: Vec<u32>,
}

impl Sample {
    /// At most [`SAMPLED`] of `n` neurons; all of them if they are no more.
    pub fn draw(n: usize, stream: Stream) -> Sample {
        let mut sample = Sample { neurons: Vec::new(), is_chosen: alloc::vec![0; n.div_ceil(32)] };
        // Floyd's way: each number is drawn from one more neuron, and the newest stands in for one that is taken already.
        for last in n.saturating_sub(SAMPLED)..n {
            let drawn = below(stream.words(last as u32, 0)[0], last as u32 + 1);
            let chosen = if sample.has(drawn) { last as u32 } else { drawn };
            sample.is_chosen[chosen as usize / 32] |= 1 << (chosen % 32);
            sample.neurons.push(chosen);
        }
        sample.neurons.sort_unstable();
        sample
    }

    /// Number of neurons in it.
    pub fn len(&self) -> usize {
        self.neurons.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.neurons.is_empty()
    }

    /// The place of a neuron of the population in the sample, if it is there.
    pub fn place(&self, neuron: u32) -> Option<usize> {
        if self.has(neuron) { self.neurons.binary_search(&neuron).ok() } else { None }
    }

    fn has(&self, neuron: u32) -> bool {
        self.is_chosen[neuron as usize / 32] >> (neuron % 32) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    #[test]
    fn a_sample_has_no_neuron_twice_and_reaches_everywhere() {
        for n in [1, 7, 99, 100, 101, 5000] {
            let sample = Sample::draw(n, Stream::new(3, Purpose::Sample, 1));
            assert_eq!(sample.len(), n.min(SAMPLED));
            assert!(sample.neurons.windows(2).all(|pair| pair[0] < pair[1]));
            let places: Vec<usize> = (0..n as u32).filter_map(|neuron| sample.place(neuron)).collect();
            assert_eq!(places, (0..sample.len()).collect::<Vec<_>>());
        }
        let large = Sample::draw(5000, Stream::new(3, Purpose::Sample, 1));
        let low = large.neurons.iter().filter(|&&neuron| neuron < 2500).count();
        assert!((30..70).contains(&low), "{low} of 100 are in the lower half");
    }
}
