//! Causal Butterworth filters of order 4, as two biquads in series (bilinear transform with the edge in its place).

use alloc::{vec, vec::Vec};
use core::f64::consts::PI;

/// A filter of several channels, with its state.
#[derive(Clone)]
pub struct Butterworth {
    sections: Vec<[f64; 5]>,
    /// Two numbers to a section and channel.
    state: Vec<[f64; 2]>,
}

/// Q of the two pairs of poles of order 4: 1 / (2·cos(π/8)), 1 / (2·cos(3π/8)).
const Q: [f64; 2] = [0.541_196_100_146_197, 1.306_562_964_876_376_6];

impl Butterworth {
    /// Passes what is below `hz` (`low`) or above it, at `rate_hz` samples a second. An edge at half the rate or beyond,
    /// or at zero, has nothing to do: the filter passes everything.
    pub fn new(channels: usize, rate_hz: f64, hz: f64, low: bool) -> Butterworth {
        let inside = hz > 0.0 && hz < rate_hz / 2.0;
        let sections =
            Q.iter().filter(|_| inside).map(|&q| section(2.0 * PI * hz / rate_hz, q, low)).collect::<Vec<_>>();
        Butterworth { state: vec![[0.0; 2]; sections.len() * channels], sections }
    }

    /// Forgets what came before.
    pub fn reset(&mut self) {
        self.state.fill([0.0; 2]);
    }

    /// The next sample of every channel, filtered in place.
    pub fn step(&mut self, samples: &mut [f64]) {
        let channels = samples.len();
        for (k, [b0, b1, b2, a1, a2]) in self.sections.iter().enumerate() {
            for (x, z) in samples.iter_mut().zip(&mut self.state[k * channels..]) {
                let y = b0 * *x + z[0];
                z[0] = b1 * *x - a1 * y + z[1];
                z[1] = b2 * *x - a2 * y;
                *x = y;
            }
        }
    }
}

/// b0, b1, b2, a1, a2 of one section with its edge at `w` radians a sample.
fn section(w: f64, q: f64, low: bool) -> [f64; 5] {
    let (cos, alpha) = (libm::cos(w), libm::sin(w) / (2.0 * q));
    let sign = if low { -1.0 } else { 1.0 };
    let b = (1.0 + sign * cos) / 2.0;
    [b, -sign * 2.0 * b, b, -2.0 * cos, 1.0 - alpha].map(|x| x / (1.0 + alpha))
}
