//! `Run`: a decoder's way through the test side; and what of it is to be shown.

use spikeground_core::{bci::Recording, decode::Trained};

use super::tally::Tally;
use crate::protocol::Words;

/// Most bins in a message: more than a view shows. Of what is played faster, only the last are sent.
pub const MOST_BINS: usize = 1024;

/// A way through the test side.
pub struct Run {
    /// Bins heard.
    pub at: usize,
    segment: usize,
    /// How well it goes.
    pub tally: Tally,
}

impl Run {
    /// At the beginning.
    pub fn new(test: &Recording) -> Run {
        Run { at: 0, segment: 0, tally: Tally::new(test) }
    }

    /// The next bin, of which the decoder hears `samples`; returns what it decodes.
    pub fn hear(&mut self, test: &Recording, trained: &mut dyn Trained, samples: &[f32]) -> Vec<f64> {
        let bins = &test.segments[self.segment].bins;
        if self.at == bins.start {
            trained.reset();
        }
        trained.push(samples);
        let decoded = trained.output();
        self.tally.note(test, self.segment, self.at, &decoded);
        self.at += 1;
        self.segment += usize::from(self.at == bins.end);
        decoded
    }
}

/// Bins that have not been shown yet.
#[derive(Default)]
pub struct Unsent {
    samples: Vec<f32>,
    decoded: Vec<f32>,
    bins: usize,
    /// Bins decoded since the beginning, sent or not, and the time it took, ms: a single bin may be shorter than the clock's tick.
    counted: usize,
    spent_ms: f64,
}

impl Unsent {
    /// A bin, as it was heard and decoded within `spent_ms`.
    pub fn keep(&mut self, samples: &[f32], decoded: &[f64], spent_ms: f64) {
        if self.bins == 2 * MOST_BINS {
            self.samples.drain(..MOST_BINS * samples.len());
            self.decoded.drain(..MOST_BINS * decoded.len());
            self.bins -= MOST_BINS;
        }
        self.samples.extend(samples);
        self.decoded.extend(decoded.iter().map(|&x| x as f32));
        self.bins += 1;
        self.counted += 1;
        self.spent_ms += spent_ms;
    }

    /// The last of the bins: their number, what was heard, what was decoded, and the mean time to decode one, µs.
    pub fn take(&mut self) -> (usize, Words, Words, f64) {
        let sent = self.bins.min(MOST_BINS);
        let last = |all: &[f32]| Words::from_f32(&all[all.len() - sent * (all.len() / self.bins.max(1))..]);
        let taken =
            (sent, last(&self.samples), last(&self.decoded), self.spent_ms * 1000.0 / self.counted.max(1) as f64);
        *self = Unsent { counted: self.counted, spent_ms: self.spent_ms, ..Unsent::default() };
        taken
    }
}
