//! Spike trains whose measures are known in closed form, for the tests of the measures.

use alloc::vec::Vec;

use crate::rng::{Purpose, Stream, unit_open};

/// Steps at which a renewal process fires below step `until`: its intervals are gamma distributed with whole `order`
/// (1 is a Poisson process) and mean `mean` steps. `number` tells one train from another.
pub fn gamma(order: u32, mean: f64, until: u64, number: u32) -> Vec<u64> {
    let stream = Stream::new(1, Purpose::Sample, 0);
    let (mut time, mut draw, mut steps) = (0.0, 0, Vec::new());
    loop {
        for _ in 0..order {
            time -= mean / f64::from(order) * libm::log(unit_open(stream.words(number, draw)[0]));
            draw += 1;
        }
        if time >= until as f64 {
            return steps;
        }
        steps.push(time as u64);
    }
}

/// How many spikes of a train fall into each of `bins` bins of `width` steps.
pub fn counts(train: &[u64], width: u64, bins: usize) -> Vec<u32> {
    let mut counts = alloc::vec![0; bins];
    train.iter().for_each(|&step| counts[(step / width) as usize] += 1);
    counts
}
