//! `Tape`: the test side of a recording, as far as the page knows it; `Reel`: the stretch of it that is shown.

use spikeground_core::{bci::Activity, decode::Score};
use spikeground_worker::protocol::Played;
pub use spikeground_worker::protocol::{Learned, Recorded, Truth};

/// Time that the views show, ms, and bins that they show at least and at most.
const WINDOW_MS: f64 = 5000.0;
const WINDOW_BINS: [usize; 2] = [50, 1000];

/// The test side of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// What the worker told of it.
    pub told: Recorded,
    /// Smallest and largest true value of each number; none where the target is a class.
    pub ranges: Vec<(f64, f64)>,
}

impl Tape {
    /// A tape of what the worker told.
    pub fn new(told: Recorded) -> Tape {
        let n = told.names.len();
        let ranges = match &told.truth {
            Truth::Values(values) => (0..n).map(|k| ends(values.as_f32().iter().skip(k).step_by(n))).collect(),
            Truth::Classes(_) => Vec::new(),
        };
        Tape { told, ranges }
    }

    /// Whether classes are decoded.
    pub fn is_of_classes(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Number of classes, or of numbers to a bin.
    pub fn outputs(&self) -> usize {
        self.told.names.len()
    }

    /// Whether the channels hold counts of spikes.
    pub fn is_spikes(&self) -> bool {
        self.told.activity == Activity::Spikes
    }

    /// Number of bins.
    pub fn bins(&self) -> usize {
        self.told.bins[1]
    }

    /// Bins that the views show.
    pub fn window(&self) -> usize {
        ((WINDOW_MS / self.told.bin_ms) as usize).clamp(WINDOW_BINS[0], WINDOW_BINS[1])
    }

    /// The segment that a bin is in.
    pub fn segment(&self, bin: usize) -> usize {
        self.told.ends.partition_point(|end| *end <= bin)
    }

    /// First bin of a segment, and one behind its last.
    pub fn stretch(&self, segment: usize) -> (usize, usize) {
        let start = segment.checked_sub(1).map_or(0, |before| self.told.ends[before]);
        (start, self.told.ends.get(segment).copied().unwrap_or(start))
    }

    /// The true class at a bin.
    pub fn class(&self, bin: usize) -> Option<usize> {
        match &self.told.truth {
            Truth::Values(_) => None,
            Truth::Classes(classes) => classes.get(self.segment(bin)).copied(),
        }
    }

    /// The true numbers at a bin.
    pub fn values(&self, bin: usize) -> &[f32] {
        match &self.told.truth {
            Truth::Values(values) => {
                values.as_f32().get(bin * self.outputs()..).map_or(&[], |rest| &rest[..self.outputs().min(rest.len())])
            }
            Truth::Classes(_) => &[],
        }
    }

    /// Mean and standard deviation of a channel on the training side.
    pub fn moments(&self, channel: usize) -> (f32, f32) {
        let moments = self.told.moments.as_f32();
        (moments[channel], moments[self.told.channels + channel])
    }
}

fn ends<'a>(values: impl Iterator<Item = &'a f32>) -> (f64, f64) {
    let (lo, hi) = values.fold((f32::INFINITY, f32::NEG_INFINITY), |(lo, hi), v| (lo.min(*v), hi.max(*v)));
    if lo < hi { (f64::from(lo), f64::from(hi)) } else { (f64::from(lo) - 1.0, f64::from(hi) + 1.0) }
}

/// The bins that are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reel {
    /// Number of the first bin.
    pub from: usize,
    /// Number of channels.
    channels: usize,
    /// Numbers, or classes, to a bin.
    outputs: usize,
    /// Most bins.
    window: usize,
    samples: Vec<f32>,
    decoded: Vec<f32>,
}

impl Reel {
    /// The beginning of a tape, of which nothing is decoded.
    pub fn of(tape: &Tape) -> Reel {
        let (channels, window) = (tape.told.channels, tape.window());
        let preview = tape.told.preview.as_f32();
        let samples = preview[..preview.len().min(window * channels)].to_vec();
        Reel { from: 0, channels, outputs: tape.outputs(), window, samples, decoded: Vec::new() }
    }

    /// Adds what was played. What does not follow begins a new stretch.
    pub fn push(&mut self, played: &Played) {
        let (samples, decoded) = (played.samples.as_f32(), played.decoded.as_f32());
        if samples.is_empty() {
            return;
        }
        if played.from != self.from + self.n_decoded() {
            (self.from, self.decoded) = (played.from, Vec::new());
        }
        if self.decoded.is_empty() {
            self.samples.clear();
        }
        self.samples.extend(samples);
        self.decoded.extend(decoded);
        let over = self.bins().saturating_sub(self.window);
        self.samples.drain(..over * self.channels);
        self.decoded.drain(..over * self.outputs);
        self.from += over;
    }

    /// Number of bins.
    pub fn bins(&self) -> usize {
        self.samples.len() / self.channels.max(1)
    }

    /// Number of bins that are decoded.
    pub fn n_decoded(&self) -> usize {
        self.decoded.len() / self.outputs.max(1)
    }

    /// First bin of the views and one behind their last: the window fills up, then moves on.
    pub fn shown(&self) -> (usize, usize) {
        (self.from, self.from + self.window.max(1))
    }

    /// The activity of the bin at place `i`.
    pub fn bin(&self, i: usize) -> &[f32] {
        &self.samples[i * self.channels..][..self.channels]
    }

    /// What was decoded at the bin at place `i`.
    pub fn decoded(&self, i: usize) -> Option<&[f32]> {
        self.decoded.get(i * self.outputs..(i + 1) * self.outputs)
    }
}

/// Where the largest number stands; the first of equals.
pub fn largest(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, k| if scores[k] > scores[best] { k } else { best })
}

/// What is going on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    /// Bins played.
    pub at: usize,
    /// Whether it goes on.
    pub is_playing: bool,
    /// Time of the recording per time.
    pub reached: f64,
    /// The score so far; none before anything is scored.
    pub score: Option<Score>,
    /// Bins, or segments, in it.
    pub scored: usize,
}

#[cfg(test)]
mod tests {
    use spikeground_core::bci::Origin;
    use spikeground_worker::protocol::Words;

    use super::*;

    fn tape() -> Tape {
        let samples: Vec<f32> = (0..6).map(|i| i as f32).collect();
        Tape::new(Recorded {
            name: String::new(),
            origin: Origin::Unknown,
            activity: Activity::Spikes,
            channels: 2,
            bin_ms: 100.0,
            segments: [1, 2],
            bins: [9, 200],
            names: vec!["a".into(), "b".into()],
            truth: Truth::Classes(vec![1, 0]),
            ends: vec![80, 200],
            moments: Words::from_f32(&[0.0, 1.0, 2.0, 3.0]),
            preview: Words::from_f32(&samples),
        })
    }

    fn played(from: usize, bins: usize) -> Played {
        Played {
            from,
            samples: Words::from_f32(&vec![1.0; 2 * bins]),
            decoded: Words::from_f32(&vec![0.5; 2 * bins]),
            decode_us: 1.0,
            end_ms: None,
            reached: 1.0,
            is_playing: true,
            score: Score::R2(Vec::new()),
            scored: 0,
        }
    }

    #[test]
    fn bins_know_their_segment_and_class() {
        let tape = tape();
        assert_eq!((tape.segment(79), tape.segment(80), tape.stretch(1)), (0, 1, (80, 200)));
        assert_eq!((tape.class(79), tape.class(80), tape.class(200)), (Some(1), Some(0), None));
        assert_eq!(tape.moments(1), (1.0, 3.0));
    }

    #[test]
    fn the_reel_fills_up_and_moves_on_and_begins_anew() {
        let tape = tape();
        let mut reel = Reel::of(&tape);
        assert_eq!((reel.bins(), reel.n_decoded(), reel.shown()), (3, 0, (0, 50)));
        reel.push(&played(0, 30));
        reel.push(&played(30, 30));
        assert_eq!((reel.from, reel.bins(), reel.n_decoded(), reel.shown()), (10, 50, 50, (10, 60)));
        reel.push(&played(0, 5));
        assert_eq!((reel.from, reel.bins(), reel.decoded(4).is_some(), reel.decoded(5)), (0, 5, true, None));
    }
}
