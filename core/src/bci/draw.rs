//! What the generators draw: normal and uniform numbers and counts, each a function of seed, stream, element and step.

use crate::rng::{self, CountTable, Purpose, Stream};

/// The random numbers of one generated recording.
#[derive(Clone, Copy)]
pub struct Draw(pub u32);

impl Draw {
    fn word(self, stream: usize, element: usize, step: usize) -> u32 {
        Stream::new(self.0, Purpose::Recording, stream).words(element as u32, step as u32)[0]
    }

    /// A standard normal number.
    pub fn normal(self, stream: usize, element: usize, step: usize) -> f64 {
        f64::from(rng::normal(self.word(stream, element, step)))
    }

    /// A uniform number in [0, 1).
    pub fn uniform(self, stream: usize, element: usize, step: usize) -> f64 {
        f64::from(rng::unit_f32(self.word(stream, element, step)))
    }

    /// A number of Poisson's distribution with this mean, of at most [`CountTable::LARGEST_MEAN`].
    pub fn count(self, stream: usize, element: usize, step: usize, mean: f64) -> u32 {
        CountTable::poisson(mean.clamp(0.0, CountTable::LARGEST_MEAN)).count(self.word(stream, element, step))
    }
}
