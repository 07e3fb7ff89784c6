//! Randomness as a pure function of (seed, stream, element, step): no state, so the order of drawing never matters.
//!
//! The generator is Threefry-2x32 with 20 rounds (Salmon et al. 2011, doi:10.1145/2063384.2063405), chosen because it
//! needs only 32-bit addition, rotation and exclusive or, which SIMD lanes and WGSL have too.

use alloc::vec::Vec;
use wide::{f32x8, i32x8, u32x8};

/// What a stream is drawn for. Two purposes never share numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Initial state of a population; element = neuron, step = state variable.
    Init = 1,
    /// Wiring of a projection; element = target neuron, step = draw.
    Wire = 2,
    /// Spikes of a stimulus; element = target neuron, step = time step.
    Drive = 3,
    /// Weights of a projection; element = synapse, step = 0.
    Weight = 4,
    /// Delays of a projection; element = synapse, step = 0.
    Delay = 5,
    /// Chance in a neuron itself; element = neuron, step = time step.
    Neuron = 6,
}

/// A stream of random numbers: `index` tells apart populations or projections of the same purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    seed: u32,
    id: u32,
}

/// Largest `index` of a [`Stream`]: its number shares 32 bits with the purpose.
pub const MAX_STREAMS: usize = 1 << 24;

impl Stream {
    /// The stream for `purpose` number `index` (below [`MAX_STREAMS`]).
    pub const fn new(seed: u32, purpose: Purpose, index: usize) -> Stream {
        Stream { seed, id: ((purpose as u32) << 24) | (index as u32) }
    }

    /// The key of its random numbers: the generator's words depend on it, the element and the step alone.
    pub fn key(self) -> [u32; 2] {
        [self.seed, self.id]
    }

    /// Two independent uniform 32-bit words for (element, step).
    pub fn words(self, element: u32, step: u32) -> [u32; 2] {
        threefry2x32(self.key(), [element, step])
    }

    /// The first word of [`Stream::words`] for eight elements at once.
    pub fn word_lanes(self, elements: u32x8, step: u32) -> u32x8 {
        threefry2x32_lanes(self.key(), [elements, u32x8::splat(step)])
    }
}

/// A uniform number in [0, 1) with 24 bits, exact in f32, from one word.
pub fn unit_f32(word: u32) -> f32 {
    (word >> 8) as f32 * (1.0 / 16_777_216.0)
}

/// A uniform number in (0, 1), neither end included, with 23 bits, exact in f32, from one word: what has no chance never
/// happens, and what is certain always does.
pub fn inside_f32(word: u32) -> f32 {
    (word >> 9) as f32 * STEP_INSIDE + 0.5 * STEP_INSIDE
}

/// [`inside_f32`] of eight words.
pub fn inside_lanes(words: u32x8) -> f32x8 {
    let whole: i32x8 = bytemuck::cast(words >> 9);
    whole.round_float() * f32x8::splat(STEP_INSIDE) + f32x8::splat(0.5 * STEP_INSIDE)
}

/// 2^-23: the distance of two numbers of [`inside_f32`].
const STEP_INSIDE: f32 = 1.0 / 8_388_608.0;

/// A uniform number in (0, 1], from one word; safe to take the logarithm of.
pub fn unit_open(word: u32) -> f64 {
    (f64::from(word) + 1.0) * (1.0 / 4_294_967_296.0)
}

/// A uniform whole number below `n`, from one word (multiply and shift; its bias is below n / 2^32).
pub fn below(word: u32, n: u32) -> u32 {
    ((u64::from(word) * u64::from(n)) >> 32) as u32
}

/// Rotation distances of Threefry-2x32, from the reference.
const ROTATIONS: [u32; 8] = [13, 15, 26, 6, 17, 29, 16, 24];
/// Skein's key-schedule parity constant for 32-bit words.
const PARITY: u32 = 0x1BD1_1BDA;

fn threefry2x32(key: [u32; 2], counter: [u32; 2]) -> [u32; 2] {
    let k = [key[0], key[1], PARITY ^ key[0] ^ key[1]];
    let mut x0 = counter[0].wrapping_add(k[0]);
    let mut x1 = counter[1].wrapping_add(k[1]);
    for group in 0..5 {
        for round in 0..4 {
            x0 = x0.wrapping_add(x1);
            x1 = x1.rotate_left(ROTATIONS[(group % 2) * 4 + round]) ^ x0;
        }
        x0 = x0.wrapping_add(k[(group + 1) % 3]);
        x1 = x1.wrapping_add(k[(group + 2) % 3]).wrapping_add(group as u32 + 1);
    }
    [x0, x1]
}

fn threefry2x32_lanes(key: [u32; 2], counter: [u32x8; 2]) -> u32x8 {
    let k = [key[0], key[1], PARITY ^ key[0] ^ key[1]].map(u32x8::splat);
    let mut x0 = counter[0] + k[0];
    let mut x1 = counter[1] + k[1];
    for group in 0..5 {
        for round in 0..4 {
            let r = ROTATIONS[(group % 2) * 4 + round];
            x0 += x1;
            x1 = ((x1 << r) | (x1 >> (32 - r))) ^ x0;
        }
        x0 += k[(group + 1) % 3];
        x1 = x1 + k[(group + 2) % 3] + u32x8::splat(group as u32 + 1);
    }
    x0
}

/// The Poisson distribution as a table of thresholds on a 32-bit word: the draw is the number of thresholds reached.
///
/// Only integers are compared, so that every engine draws the same number. A probability is exact to 2^-32.
#[derive(Clone, Debug, PartialEq)]
pub struct PoissonTable {
    /// `thresholds[k]` = P(count ≤ k) · 2^32, rising; counts above the last one have probability below 2^-32.
    thresholds: Vec<u32>,
}

impl PoissonTable {
    /// Largest mean a table is made for. A mean of 64 needs about 130 thresholds; a larger one is no spike train any more.
    pub const LARGEST_MEAN: f64 = 64.0;

    /// The table for `mean` events per draw, 0 ≤ mean ≤ [`PoissonTable::LARGEST_MEAN`].
    pub fn new(mean: f64) -> PoissonTable {
        const WORDS: f64 = 4_294_967_296.0;
        let mut thresholds = Vec::new();
        let mut p = libm::exp(-mean);
        let mut cumulative = p;
        // Past the mean the tail falls off at least geometrically, so this ends.
        while mean > 0.0 && cumulative * WORDS < WORDS - 1.0 && thresholds.len() < 256 {
            thresholds.push((cumulative * WORDS) as u32);
            p *= mean / (thresholds.len() as f64);
            cumulative += p;
        }
        PoissonTable { thresholds }
    }

    /// The thresholds, rising: the draw for a word is the number of those that it reaches.
    pub fn thresholds(&self) -> &[u32] {
        &self.thresholds
    }

    /// The number of events for a uniform `word`.
    pub fn count(&self, word: u32) -> u32 {
        self.thresholds.iter().take_while(|&&t| word >= t).count() as u32
    }

    /// The least word that gives any event at all; `None` when none does.
    pub fn first(&self) -> Option<u32> {
        self.thresholds.first().copied()
    }

    /// The largest number of events that a draw can give.
    pub fn largest(&self) -> u32 {
        self.thresholds.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of Random123's own test vectors for threefry2x32, 20 rounds.
    #[test]
    fn agrees_with_the_reference_vectors() {
        assert_eq!(threefry2x32([0, 0], [0, 0]), [0x6b20_0159, 0x99ba_4efe]);
        assert_eq!(threefry2x32([!0, !0], [!0, !0]), [0x1cb9_96fc, 0xbb00_2be7]);
        assert_eq!(threefry2x32([0x1319_8a2e, 0x0370_7344], [0x243f_6a88, 0x85a3_08d3]), [0xc492_3a9c, 0x483d_f7a0]);
    }

    #[test]
    fn lanes_draw_the_same_numbers() {
        let stream = Stream::new(42, Purpose::Drive, 3);
        for step in [0, 1, 77, u32::MAX] {
            let lanes = stream.word_lanes(u32x8::new([5, 6, 7, 8, 9, 10, 11, 12]), step).to_array();
            for (i, &word) in lanes.iter().enumerate() {
                assert_eq!(word, stream.words(5 + i as u32, step)[0]);
            }
            let inside = inside_lanes(u32x8::new(lanes)).to_array();
            assert_eq!(inside, lanes.map(inside_f32));
        }
    }

    #[test]
    fn poisson_has_the_mean_and_variance_of_its_rate() {
        let stream = Stream::new(7, Purpose::Drive, 0);
        for mean in [0.0, 0.03, 0.9, 7.0, 64.0] {
            let table = PoissonTable::new(mean);
            let n = 40_000;
            let draws: Vec<f64> = (0..n).map(|i| f64::from(table.count(stream.words(i, 9)[0]))).collect();
            let m = draws.iter().sum::<f64>() / f64::from(n);
            let v = draws.iter().map(|d| (d - m) * (d - m)).sum::<f64>() / f64::from(n);
            // Five standard errors of the mean, and of the variance of a Poisson variable.
            assert!((m - mean).abs() <= 5.0 * libm::sqrt(mean / f64::from(n)), "mean {m} for {mean}");
            let spread = libm::sqrt((mean + 2.0 * mean * mean) / f64::from(n));
            assert!((v - mean).abs() <= 5.0 * spread, "variance {v} for {mean}");
        }
    }

    #[test]
    fn whole_numbers_fill_their_range() {
        assert_eq!(below(0, 10), 0);
        assert_eq!(below(u32::MAX, 10), 9);
        assert!(unit_f32(u32::MAX) < 1.0);
        assert!(inside_f32(0) > 0.0 && inside_f32(u32::MAX) < 1.0);
        assert!(unit_open(0) > 0.0 && unit_open(u32::MAX) <= 1.0);
    }
}
