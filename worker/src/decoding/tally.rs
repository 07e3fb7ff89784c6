//! `Tally`: the score of a decoder while it is being played to.

use spikeground_core::{
    bci::{Recording, Target},
    decode::Score,
};

/// What has been decoded so far, as sums.
pub enum Tally {
    /// Of each number.
    Values(Vec<Sums>),
    /// Segments by true class (row) and decoded class (column).
    Classes(Vec<Vec<u32>>),
}

/// Sums about the first true value, so that a mean far from zero costs no digits.
#[derive(Clone, Default)]
pub struct Sums {
    n: usize,
    first: f64,
    sum: f64,
    squares: f64,
    residuals: f64,
}

impl Sums {
    fn note(&mut self, truth: f64, decoded: f64) {
        if self.n == 0 {
            self.first = truth;
        }
        let x = truth - self.first;
        self.n += 1;
        self.sum += x;
        self.squares += x * x;
        self.residuals += (truth - decoded) * (truth - decoded);
    }

    fn r2(&self) -> f64 {
        let variance = self.squares - self.sum * self.sum / self.n.max(1) as f64;
        1.0 - self.residuals / variance.max(f64::MIN_POSITIVE)
    }
}

impl Tally {
    /// Nothing decoded yet.
    pub fn new(recording: &Recording) -> Tally {
        let outputs = recording.outputs();
        match recording.target {
            Target::Values { .. } => Tally::Values(vec![Sums::default(); outputs]),
            Target::Classes { .. } => Tally::Classes(vec![vec![0; outputs]; outputs]),
        }
    }

    /// Notes what was decoded at a bin of a segment; a class counts when its segment ends.
    pub fn note(&mut self, recording: &Recording, segment: usize, bin: usize, decoded: &[f64]) {
        match self {
            Tally::Values(all) => {
                let truths = recording.values(bin).iter().zip(decoded);
                all.iter_mut().zip(truths).for_each(|(sums, (&x, &y))| sums.note(f64::from(x), y));
            }
            Tally::Classes(counts) => {
                if let (true, Some(class)) = (bin + 1 == recording.segments[segment].bins.end, recording.class(segment))
                {
                    counts[class][largest(decoded)] += 1;
                }
            }
        }
    }

    /// Bins, or segments, that are in it.
    pub fn count(&self) -> usize {
        match self {
            Tally::Values(all) => all.first().map_or(0, |sums| sums.n),
            Tally::Classes(counts) => counts.iter().flatten().sum::<u32>() as usize,
        }
    }

    /// The score so far.
    pub fn score(&self) -> Score {
        match self {
            Tally::Values(all) => Score::R2(all.iter().map(Sums::r2).collect()),
            Tally::Classes(counts) => Score::Confusion(counts.clone()),
        }
    }
}

/// Where the largest number stands; the first of equals.
fn largest(scores: &[f64]) -> usize {
    (1..scores.len()).fold(0, |best, k| if scores[k] > scores[best] { k } else { best })
}
