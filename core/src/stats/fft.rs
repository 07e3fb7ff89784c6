//! The fast Fourier transform of Cooley and Tukey (1965), radix 2, in double precision: short, and fast enough for a
//! thousand points a few times a second.

use alloc::vec::Vec;
use core::f64::consts::TAU;

/// What a transform of a given length needs.
#[derive(Clone, Debug)]
pub struct Fft {
    /// cos and sin of 2πk/n for the first half of k.
    turns: Vec<(f64, f64)>,
}

impl Fft {
    /// For `n` points, a power of two.
    pub fn new(n: usize) -> Fft {
        debug_assert!(n.is_power_of_two());
        let turn = |k| TAU * k as f64 / n as f64;
        Fft { turns: (0..n / 2).map(|k| (libm::cos(turn(k)), libm::sin(turn(k)))).collect() }
    }

    /// Σ_k x_k exp(−2πi jk/n) for every j, in place; a point is its real and its imaginary part.
    pub fn transform(&self, points: &mut [(f64, f64)]) {
        let n = points.len();
        let bits = n.trailing_zeros();
        for i in 0..n {
            let j = if bits == 0 { 0 } else { i.reverse_bits() >> (usize::BITS - bits) };
            if i < j {
                points.swap(i, j);
            }
        }
        let mut half = 1;
        while half < n {
            let stride = n / (2 * half);
            for block in points.chunks_exact_mut(2 * half) {
                let (even, odd) = block.split_at_mut(half);
                for (k, (a, b)) in even.iter_mut().zip(odd).enumerate() {
                    let (cos, sin) = self.turns[k * stride];
                    let turned = (b.0 * cos + b.1 * sin, b.1 * cos - b.0 * sin);
                    (*a, *b) = ((a.0 + turned.0, a.1 + turned.1), (a.0 - turned.0, a.1 - turned.1));
                }
            }
            half *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the sum as it is defined.
    #[test]
    fn equals_the_plain_sum() {
        for n in [1usize, 2, 8, 64] {
            let points: Vec<(f64, f64)> = (0..n).map(|k| (libm::sin(k as f64 * 1.7), (k * k % 5) as f64)).collect();
            let mut fast = points.clone();
            Fft::new(n).transform(&mut fast);
            for (j, got) in fast.iter().enumerate() {
                let want = points.iter().enumerate().fold((0.0, 0.0), |sum, (k, x)| {
                    let angle = -TAU * (j * k) as f64 / n as f64;
                    let (cos, sin) = (libm::cos(angle), libm::sin(angle));
                    (sum.0 + x.0 * cos - x.1 * sin, sum.1 + x.0 * sin + x.1 * cos)
                });
                assert!((got.0 - want.0).abs() < 1e-9 && (got.1 - want.1).abs() < 1e-9, "{n} points, {j}");
            }
        }
    }
}
