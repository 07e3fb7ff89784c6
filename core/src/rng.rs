//! Randomness as a pure function of (seed, stream, element, step): no state, so the order of drawing never matters.
//!
//! The generator is Threefry-2x32 with 20 rounds (Salmon et al. 2011, doi:10.1145/2063384.2063405), chosen because it
//! needs only 32-bit addition, rotation and exclusive or, which SIMD lanes and WGSL have too.

use alloc::vec::Vec;
use wide::{f32x8, i32x8, u32x8};

use crate::real::{Real, real};

/// What a stream is drawn for. Two purposes never share numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Initial state of a population; element = neuron, step = state variable.
    Init = 1,
    /// Wiring of a projection; element = unit of the rule's work, step = draw.
    Wire = 2,
    /// Spikes or noise of a stimulus; element = target neuron, step = time step.
    Drive = 3,
    /// Weights of a projection; element = synapse, step = 0.
    Weight = 4,
    /// Delays of a projection; element = synapse, step = 0.
    Delay = 5,
    /// Places of a population; element = neuron.
    Place = 6,
    /// Chance in a neuron itself; element = neuron, step = time step.
    Neuron = 8,
    /// What all targets of a stimulus share; step = time step, or number of a draw.
    Shared = 9,
    /// Parameters of a population; element = neuron, step = parameter.
    Param = 10,
    /// A synthetic recording; the generator says what its streams, elements and steps are.
    Recording = 11,
    /// Training; element and step = what is drawn.
    Learn = 12,
    /// Which neurons a measure is taken of; element = population.
    Sample = 15,
    /// Choices of a search for a good mapping; element and step = number of the draw.
    Map = 16,
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

/// A standard normal number, from one word: exact to 1e-5, from -6.3 to 6.3.
///
/// The highest bit is the sign; the others are the probability p ≤ 1/2 of what lies farther out, of which this is the
/// quantile. With L = -log2 p it is a ratio of polynomials in L - 1 without a square root, fitted to the exact quantile.
pub fn normal(word: u32) -> f32 {
    let bits = ((word & !SIGN) as i32 as f32 + 0.5).to_bits();
    let exponent = (bits >> MANTISSA_BITS) as i32 as f32;
    let size = quantile(exponent, f32::from_bits((bits & MANTISSA) | ONE));
    f32::from_bits(size.to_bits() ^ (word & SIGN))
}

/// [`normal`] of eight words at once, equal to it to the bit.
pub fn normal_lanes(words: u32x8) -> f32x8 {
    let whole: i32x8 = bytemuck::cast(words & u32x8::splat(!SIGN));
    let bits: u32x8 = bytemuck::cast(whole.round_float() + f32x8::splat(0.5));
    let exponent: i32x8 = bytemuck::cast(bits >> MANTISSA_BITS);
    let mantissa = (bits & u32x8::splat(MANTISSA)) | u32x8::splat(ONE);
    let size: u32x8 = bytemuck::cast(quantile(exponent.round_float(), bytemuck::cast(mantissa)));
    bytemuck::cast(size ^ (words & u32x8::splat(SIGN)))
}

/// The sign bit of an f32, the bits behind its point, their number, and the bits of 1.
const SIGN: u32 = 1 << 31;
const MANTISSA_BITS: u32 = 23;
const MANTISSA: u32 = (1 << MANTISSA_BITS) - 1;
const ONE: u32 = 127 << MANTISSA_BITS;

/// The distance from 0 beyond which a standard normal number has the probability p, of which p · 2^32 is given as its
/// biased exponent and its mantissa in [1, 2).
#[inline(always)]
fn quantile<R: Real>(exponent: R, mantissa: R) -> R {
    let f = mantissa - real(1.0);
    let log2 = LOG2.iter().rev().fold(real::<R>(0.0), |sum, &c| sum * f + real(c)) * f;
    // L - 1, where 127 is the bias.
    let u = (real::<R>(31.0 + 127.0) - exponent) - log2;
    let above = ABOVE.iter().rev().fold(real::<R>(0.0), |sum, &c| sum * u + real(c));
    let below = BELOW.iter().rev().fold(real::<R>(0.0), |sum, &c| sum * u + real(c));
    u * above / below
}

/// log2(1 + f) / f on [0, 1) by rising powers of f, to 2e-7: interpolated at the Chebyshev points.
const LOG2: [f32; 8] =
    [1.442_694_8, -0.721_310_7, 0.480_073_74, -0.353_454_65, 0.256_179_6, -0.155_599_86, 0.063_787_53, -0.012_370_624];
/// Numerator and denominator of the quantile over L - 1, by rising powers, to 6e-6 for L up to 34: least squares, weighted
/// anew until the error is even.
const ABOVE: [f32; 5] = [0.868_609_83, 0.665_845_8, 0.104_749_92, 0.003_196_195, 8.855_363e-6];
const BELOW: [f32; 5] = [1.0, 1.112_063_3, 0.302_769_28, 0.019_993_887, 0.000_216_889];

/// A distribution of whole numbers as a table of thresholds on a 32-bit word: the draw is the number of thresholds reached.
///
/// Only integers are compared, so that every engine draws the same number. A probability is exact to 2^-32.
#[derive(Clone, Debug, PartialEq)]
pub struct CountTable {
    /// `thresholds[k]` = P(count ≤ k) · 2^32, rising; counts above the last one have probability below 2^-32.
    thresholds: Vec<u32>,
}

/// Words that there are.
const WORDS: f64 = 4_294_967_296.0;

impl CountTable {
    /// Largest mean a Poisson table is made for. A mean of 64 needs about 130 thresholds; a larger one is no spike train
    /// any more.
    pub const LARGEST_MEAN: f64 = 64.0;

    /// The Poisson distribution with `mean` events per draw, 0 ≤ mean ≤ [`CountTable::LARGEST_MEAN`].
    pub fn poisson(mean: f64) -> CountTable {
        let next = |&(k, p): &(f64, f64)| Some((k + 1.0, p * (mean / (k + 1.0))));
        let all = core::iter::successors(Some((0.0, libm::exp(-mean))), next);
        CountTable::of(all.map(|(_, p)| p))
    }

    /// The number of those of `n` independent events that happen, each with probability `p`.
    pub fn binomial(n: u32, p: f64) -> CountTable {
        if p >= 1.0 {
            return CountTable { thresholds: alloc::vec![0; n as usize] };
        }
        let ways =
            |k: f64| libm::lgamma(f64::from(n) + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(f64::from(n) - k + 1.0);
        let log =
            |k: f64| ways(k) + (f64::from(n) - k) * libm::log1p(-p) + if k > 0.0 { k * libm::log(p) } else { 0.0 };
        CountTable::of((0..n).map(|k| libm::exp(log(f64::from(k)))))
    }

    /// The distribution with these probabilities of 0, 1, 2 ..., as far as they matter.
    fn of(probabilities: impl Iterator<Item = f64>) -> CountTable {
        const MOST: usize = 256;
        let cumulative = probabilities.scan(0.0, |sum, p| {
            *sum += p;
            Some(*sum * WORDS)
        });
        CountTable { thresholds: cumulative.take_while(|&c| c < WORDS - 1.0).take(MOST).map(|c| c as u32).collect() }
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
            let (m, v, n) = moments(&CountTable::poisson(mean), stream);
            // Five standard errors of the mean, and of the variance of a Poisson variable.
            assert!((m - mean).abs() <= 5.0 * libm::sqrt(mean / n), "mean {m} for {mean}");
            let spread = libm::sqrt((mean + 2.0 * mean * mean) / n);
            assert!((v - mean).abs() <= 5.0 * spread, "variance {v} for {mean}");
        }
    }

    /// Mean and variance of draws from a table, and their number.
    fn moments(table: &CountTable, stream: Stream) -> (f64, f64, f64) {
        let draws: Vec<f64> = (0..40_000).map(|i| f64::from(table.count(stream.words(i, 9)[0]))).collect();
        let n = draws.len() as f64;
        let m = draws.iter().sum::<f64>() / n;
        (m, draws.iter().map(|d| (d - m) * (d - m)).sum::<f64>() / n, n)
    }

    #[test]
    fn binomial_has_its_mean_and_variance() {
        let stream = Stream::new(8, Purpose::Drive, 0);
        for (count, p) in [(0, 0.5), (1, 0.3), (3, 0.0), (3, 1.0), (20, 0.05), (130, 0.5), (256, 0.999)] {
            let table = CountTable::binomial(count, p);
            assert!(table.largest() <= count);
            let (m, v, n) = moments(&table, stream);
            let (mean, variance) = (f64::from(count) * p, f64::from(count) * p * (1.0 - p));
            assert!((m - mean).abs() <= 5.0 * libm::sqrt(variance / n), "mean {m} of {count}, {p}");
            // The fourth central moment of a binomial variable is variance · (1 + 3 · variance) - 6 · variance · p · (1 - p).
            let fourth = variance * (1.0 + 3.0 * variance - 6.0 * p * (1.0 - p));
            let spread = libm::sqrt((fourth - variance * variance).max(0.0) / n);
            assert!((v - variance).abs() <= 5.0 * spread + 1e-9, "variance {v} of {count}, {p}");
        }
    }

    /// The probability that a standard normal number is above `x`.
    fn beyond(x: f64) -> f64 {
        libm::erfc(x / core::f64::consts::SQRT_2) / 2.0
    }

    /// Every thousandth number, and those next to the ends, against the exact distribution; and on every lane the same.
    #[test]
    fn normal_numbers_are_the_quantiles_of_their_words() {
        let ends = (0..1000).flat_map(|i| [i, SIGN - 1 - i, SIGN + i, u32::MAX - i]);
        let mut worst: f64 = 0.0;
        for word in (0..u32::MAX).step_by(100_003).chain(ends) {
            let x = f64::from(normal(word));
            let p = (f64::from(word & !SIGN) + 0.5) / WORDS;
            // Newton's step from x to the exact quantile is the error.
            let density = libm::exp(-x * x / 2.0) / libm::sqrt(2.0 * core::f64::consts::PI);
            worst = worst.max(((beyond(x.abs()) - p) / density).abs());
            assert_eq!(x.is_sign_negative(), word >= SIGN);
            let lanes = normal_lanes(u32x8::splat(word)).to_array().map(f32::to_bits);
            assert_eq!(lanes, [normal(word).to_bits(); 8]);
        }
        assert!(worst < 1e-5, "{worst:e}");
        assert!((6.2..6.4).contains(&normal(0)) && normal(SIGN) == -normal(0) && normal(SIGN - 1).abs() < 1e-6);
    }

    #[test]
    fn normal_numbers_have_the_moments_of_the_distribution() {
        let stream = Stream::new(3, Purpose::Drive, 1);
        let n = 1_000_000;
        let mut sums = [0.0; 4];
        for i in 0..n {
            let x = f64::from(normal(stream.words(i, 5)[0]));
            (0..4).for_each(|k| sums[k] += libm::pow(x, k as f64 + 1.0) / f64::from(n));
        }
        // Variances of the powers of a standard normal number: 1, 2, 15, 96.
        for (k, (want, variance)) in [(0.0, 1.0), (1.0, 2.0), (0.0, 15.0), (3.0, 96.0)].into_iter().enumerate() {
            let spread = libm::sqrt(variance / f64::from(n));
            assert!((sums[k] - want).abs() <= 5.0 * spread, "moment {} is {}", k + 1, sums[k]);
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
