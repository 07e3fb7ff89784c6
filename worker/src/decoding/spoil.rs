//! `Spoiler`: makes the channels worse, as they get in a head: lost units, drifting gains, noise. The same at every playing.

use spikeground_core::{
    bci::Activity,
    rng::{Purpose, Stream, normal},
};

use crate::protocol::Disturbance;

/// Streams of chance, far from those of the generators: what falls silent, how gains drift, noise.
const LOST: usize = 1000;
const DRIFT: usize = 1001;
const NOISE: usize = 1002;

/// What is done to the channels.
pub struct Spoiler {
    disturbance: Disturbance,
    activity: Activity,
    /// Standard deviation of each channel.
    spread: Vec<f32>,
    /// The place of each channel in the order in which they fall silent.
    rank: Vec<usize>,
}

fn word(stream: usize, element: usize, step: usize) -> u32 {
    Stream::new(0, Purpose::Recording, stream).words(element as u32, step as u32)[0]
}

impl Spoiler {
    /// Nothing is done, until [`Spoiler::set`] says otherwise, to channels of these standard deviations.
    pub fn new(activity: Activity, spread: Vec<f32>) -> Spoiler {
        let mut order: Vec<usize> = (0..spread.len()).collect();
        order.sort_by_key(|&channel| word(LOST, channel, 0));
        let mut rank = vec![0; order.len()];
        order.into_iter().enumerate().for_each(|(place, channel)| rank[channel] = place);
        Spoiler { disturbance: Disturbance::default(), activity, spread, rank }
    }

    /// Does this from now on.
    pub fn set(&mut self, disturbance: Disturbance) {
        self.disturbance = disturbance;
    }

    /// The activity of bin number `bin`, spoiled.
    pub fn spoil(&self, bin: usize, samples: &[f32]) -> Vec<f32> {
        let Disturbance { lost, drift, noise } = self.disturbance;
        let n_lost = (lost * samples.len() as f64).round() as usize;
        let spoiled = |(channel, &x): (usize, &f32)| {
            if self.rank[channel] < n_lost {
                return 0.0;
            }
            let gain = if drift > 0.0 { (drift as f32 * normal(word(DRIFT, channel, 0))).exp() } else { 1.0 };
            let added =
                if noise > 0.0 { noise as f32 * self.spread[channel] * normal(word(NOISE, channel, bin)) } else { 0.0 };
            match self.activity {
                Activity::Spikes if drift > 0.0 || noise > 0.0 => (x * gain + added).round().max(0.0),
                _ => x * gain + added,
            }
        };
        samples.iter().enumerate().map(spoiled).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: [f32; 8] = [0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0];

    fn spoiled(activity: Activity, disturbance: Disturbance) -> Vec<f32> {
        let mut spoiler = Spoiler::new(activity, vec![1.0; COUNTS.len()]);
        spoiler.set(disturbance);
        spoiler.spoil(3, &COUNTS)
    }

    #[test]
    fn channels_fall_silent_one_after_the_other() {
        let silent = |lost| {
            let spoiled = spoiled(Activity::Signal, Disturbance { lost, ..Disturbance::default() });
            (0..COUNTS.len()).filter(|&i| spoiled[i] != COUNTS[i]).collect::<Vec<_>>()
        };
        assert_eq!(
            (silent(0.0).len(), spoiled(Activity::Spikes, Disturbance { lost: 1.0, ..Disturbance::default() })),
            (0, vec![0.0; 8])
        );
        let (few, more) = (silent(0.4), silent(0.8));
        assert!(few.len() < more.len() && few.iter().all(|channel| more.contains(channel)), "{few:?} {more:?}");
    }

    #[test]
    fn counts_stay_counts_and_signals_do_not() {
        let noisy = Disturbance { drift: 0.5, noise: 1.0, ..Disturbance::default() };
        let counts = spoiled(Activity::Spikes, noisy);
        assert!(counts != COUNTS && counts.iter().all(|x| *x >= 0.0 && x.fract() == 0.0), "{counts:?}");
        assert_eq!(counts, spoiled(Activity::Spikes, noisy));
        assert!(spoiled(Activity::Signal, noisy).iter().any(|x| x.fract() != 0.0));
    }
}
