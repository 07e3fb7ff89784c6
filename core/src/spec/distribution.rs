//! `Distribution`: a number of which each neuron or synapse may have its own.

use crate::{
    param::Range,
    rng::{Stream, unit_f32, unit_open},
};

/// A number, or what it is drawn from. Drawing is a pure function of the stream, the element and the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// The same for all.
    Constant(f64),
    /// Evenly from [lo, hi).
    Uniform {
        /// Lower end.
        lo: f64,
        /// Upper end.
        hi: f64,
    },
    /// Normal; drawn again as long as it falls outside the limits, as NEST does.
    Normal {
        /// Mean before clipping.
        mean: f64,
        /// Standard deviation before clipping.
        std: f64,
        /// What is kept.
        limits: Range,
    },
    /// median · exp(sigma · z) with a standard normal z: NEST's lognormal(ln median, sigma), but it may be negative.
    Lognormal {
        /// Median before clipping.
        median: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
        /// What is kept.
        limits: Range,
    },
}

/// Largest distance from the mean, in standard deviations, that a normal number drawn from 32 bits has: √(64 ln 2) = 6.66.
const FARTHEST: f64 = 6.67;
/// How often a number outside the limits is drawn again before the limit itself is taken.
const MOST_DRAWS: u32 = 64;
/// Steps from one draw of an element to its next: more than there are state variables.
const NEXT_DRAW: u32 = 256;
/// What a distribution shrinks to instead of zero, so that it can grow again.
const ALMOST_NOTHING: f64 = 1e-9;

impl Distribution {
    /// The number of element `element`; `step` tells apart what is drawn for the same element, and is below 256.
    pub fn draw(self, stream: Stream, element: u32, step: u32) -> f32 {
        let normal = |draw: u32| {
            let [radius, angle] = stream.words(element, step + draw * NEXT_DRAW);
            let angle = core::f64::consts::TAU * unit_open(angle);
            // Box and Muller (1958), doi:10.1214/aoms/1177706645
            libm::sqrt(-2.0 * libm::log(unit_open(radius))) * libm::cos(angle)
        };
        let kept = |limits: Range, value: &dyn Fn(f64) -> f64| {
            let mut draws = (0..MOST_DRAWS).map(|draw| value(normal(draw)));
            let found = draws.find(|x| limits.contains(*x));
            found.unwrap_or_else(|| value(0.0).max(limits.lo).min(limits.hi)) as f32
        };
        match self {
            Distribution::Constant(value) => value as f32,
            Distribution::Uniform { lo, hi } => {
                let [word, _] = stream.words(element, step);
                lo as f32 + (hi - lo) as f32 * unit_f32(word)
            }
            Distribution::Normal { mean, std, limits } => kept(limits, &|z| mean + std * z),
            Distribution::Lognormal { median, sigma, limits } => kept(limits, &|z| median * libm::exp(sigma * z)),
        }
    }

    /// The constant, if all have the same.
    pub fn constant(self) -> Option<f64> {
        if let Distribution::Constant(value) = self { Some(value) } else { None }
    }

    /// The least and the largest number that can be drawn.
    pub fn bounds(self) -> (f64, f64) {
        // Unlike clamp(), this takes whatever a specification that has not been checked may hold.
        let clip = |x: f64, limits: Range| x.max(limits.lo).min(limits.hi);
        let clipped = |a: f64, b: f64, limits: Range| (clip(a.min(b), limits), clip(a.max(b), limits));
        match self {
            Distribution::Constant(value) => (value, value),
            Distribution::Uniform { lo, hi } => (lo, hi),
            Distribution::Normal { mean, std, limits } => clipped(mean - FARTHEST * std, mean + FARTHEST * std, limits),
            Distribution::Lognormal { median, sigma, limits } => {
                let factor = libm::exp(FARTHEST * sigma);
                clipped(median / factor, median * factor, limits)
            }
        }
    }

    /// The number in its middle: mean of a uniform or normal one, median of a lognormal one.
    pub fn middle(self) -> f64 {
        match self {
            Distribution::Constant(value) => value,
            Distribution::Uniform { lo, hi } => (lo + hi) / 2.0,
            Distribution::Normal { mean, .. } => mean,
            Distribution::Lognormal { median, .. } => median,
        }
    }

    /// The same shape around another middle: everything is multiplied by one factor. A distribution around zero moves.
    pub fn with_middle(self, middle: f64) -> Distribution {
        let before = self.middle();
        if let Distribution::Constant(_) = self {
            return Distribution::Constant(middle);
        }
        let (factor, offset) = match (before == 0.0, middle == 0.0) {
            (true, _) => (1.0, middle),
            (false, true) => (ALMOST_NOTHING / before.abs().max(1.0), 0.0),
            (false, false) => (middle / before, 0.0),
        };
        let at = |x: f64| x * factor + offset;
        let between = |a: f64, b: f64| Range::between(a.min(b), a.max(b));
        // An end that is no limit stays none.
        let end = |x: f64| if x.abs() >= Range::LARGEST { x * factor.signum() } else { at(x) };
        let moved = |limits: Range| between(end(limits.lo), end(limits.hi));
        match self {
            Distribution::Constant(_) => Distribution::Constant(middle),
            Distribution::Uniform { lo, hi } => {
                let Range { lo, hi } = between(at(lo), at(hi));
                Distribution::Uniform { lo, hi }
            }
            Distribution::Normal { mean, std, limits } => {
                Distribution::Normal { mean: at(mean), std: std * factor.abs(), limits: moved(limits) }
            }
            Distribution::Lognormal { median, sigma, limits } => {
                Distribution::Lognormal { median: at(median), sigma, limits: moved(limits) }
            }
        }
    }
}

impl From<f64> for Distribution {
    fn from(value: f64) -> Distribution {
        Distribution::Constant(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;
    use alloc::vec::Vec;

    const N: u32 = 40_000;

    fn draws(distribution: Distribution) -> Vec<f64> {
        let stream = Stream::new(11, Purpose::Weight, 2);
        let all: Vec<f64> = (0..N).map(|i| f64::from(distribution.draw(stream, i, 0))).collect();
        let (lo, hi) = distribution.bounds();
        assert!(all.iter().all(|x| (lo as f32..=hi as f32).contains(&(*x as f32))), "{distribution:?}");
        all
    }

    fn mean_and_std(all: &[f64]) -> (f64, f64) {
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let variance = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / all.len() as f64;
        (mean, libm::sqrt(variance))
    }

    /// Five standard errors of the mean, and of the standard deviation of a normal sample.
    fn assert_near(distribution: Distribution, mean: f64, std: f64) {
        let (m, s) = mean_and_std(&draws(distribution));
        let error = std / libm::sqrt(f64::from(N));
        assert!((m - mean).abs() < 5.0 * error && (s - std).abs() < 5.0 * error, "{distribution:?}: {m}, {s}");
    }

    #[test]
    fn draws_have_the_moments_of_the_distribution() {
        let limits = Range::ANY;
        assert_near(Distribution::Uniform { lo: -2.0, hi: 4.0 }, 1.0, libm::sqrt(3.0));
        assert_near(Distribution::Normal { mean: -87.8, std: 8.78, limits }, -87.8, 8.78);
        // Mean and deviation of a standard normal number that is positive: √(2/π), √(1 − 2/π).
        let half = core::f64::consts::FRAC_2_PI;
        let positive = Distribution::Normal { mean: 0.0, std: 1.0, limits: Range::NON_NEGATIVE };
        assert_near(positive, libm::sqrt(half), libm::sqrt(1.0 - half));
        let (sigma, logs) = (0.5, draws(Distribution::Lognormal { median: -3.0, sigma: 0.5, limits }));
        let (m, s) = mean_and_std(&logs.iter().map(|x| libm::log(-x / 3.0)).collect::<Vec<_>>());
        assert!(m.abs() < 5.0 * sigma / libm::sqrt(f64::from(N)) && (s - sigma).abs() < 0.02, "{m}, {s}");
    }

    #[test]
    fn a_middle_is_moved_and_comes_back() {
        let limits = Range::between(0.5, Range::LARGEST);
        for distribution in [
            Distribution::Constant(2.0),
            Distribution::Uniform { lo: 1.0, hi: 3.0 },
            Distribution::Normal { mean: 2.0, std: 0.5, limits },
            Distribution::Lognormal { median: 2.0, sigma: 0.3, limits },
        ] {
            for middle in [8.0, -3.0, 0.0] {
                let moved = distribution.with_middle(middle);
                assert!((moved.middle() - middle).abs() < 1e-6, "{moved:?}");
                let (lo, hi) = moved.with_middle(2.0).bounds();
                let (lo_before, hi_before) = distribution.bounds();
                assert!((lo - lo_before).abs() < 1e-9 && (hi - hi_before).abs() < 1e-6, "{moved:?}");
            }
        }
        let around_zero = Distribution::Normal { mean: 0.0, std: 1.0, limits: Range::ANY };
        assert_eq!(around_zero.with_middle(3.0), Distribution::Normal { mean: 3.0, std: 1.0, limits: Range::ANY });
    }
}
