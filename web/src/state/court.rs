//! `Court`: a game of ball in which what is decoded, or the mouse, holds the paddle. The recording says where balls fly.

use std::collections::VecDeque;

use super::tape::{Tape, largest};

/// Time that a ball flies where numbers are decoded, ms. Where a class is, it flies as long as the segment.
const FLIGHT_MS: f64 = 1000.0;
/// Half of the paddle's length, as a part of the court, where numbers are decoded. Where a class is, it covers its lane.
const HALF: f64 = 0.12;
/// Time constant of the paddle, ms: a hand's, so that it is seen to move.
const PADDLE_MS: f64 = 60.0;
/// Balls that are remembered.
const REMEMBERED: usize = 60;

/// The court: places are from 0 (left, bottom) to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Court {
    /// Bins played.
    pub at: usize,
    /// Where the paddle is.
    pub paddle: f64,
    /// Of the last balls, which were hit.
    pub balls: VecDeque<bool>,
    /// Balls that were hit, and all.
    pub hit: [u32; 2],
}

impl Default for Court {
    fn default() -> Court {
        Court { at: 0, paddle: 0.5, balls: VecDeque::new(), hit: [0, 0] }
    }
}

/// First bin of a ball's flight, and one behind its last.
fn flight(tape: &Tape, bin: usize) -> (usize, usize) {
    if tape.is_of_classes() {
        return tape.stretch(tape.segment(bin));
    }
    let bins = ((FLIGHT_MS / tape.told.bin_ms).round() as usize).max(1);
    let start = bin / bins * bins;
    (start, (start + bins).min(tape.bins()))
}

/// The middle of the lane of a class.
fn lane(tape: &Tape, class: usize) -> f64 {
    1.0 - (class as f64 + 0.5) / tape.outputs() as f64
}

/// Where a number stands on the court.
fn height(tape: &Tape, value: f64) -> f64 {
    tape.ranges.first().map_or(0.5, |&(lo, hi)| (value - lo) / (hi - lo)).clamp(0.0, 1.0)
}

/// Where the truth of a bin stands.
fn truth(tape: &Tape, bin: usize) -> f64 {
    match tape.class(bin) {
        Some(class) => lane(tape, class),
        None => tape.values(bin).first().map_or(0.5, |&value| height(tape, f64::from(value))),
    }
}

/// Half of the paddle's length.
pub fn half(tape: &Tape) -> f64 {
    if tape.is_of_classes() { 0.5 / tape.outputs() as f64 } else { HALF }
}

impl Court {
    /// Where the ball is before bin number `at`.
    pub fn ball(&self, tape: &Tape) -> (f64, f64) {
        let bin = self.at.min(tape.bins().saturating_sub(1));
        let (start, end) = flight(tape, bin);
        let way = (self.at.saturating_sub(start) as f64 / (end - start).max(1) as f64).min(1.0);
        let from = if start == 0 || tape.is_of_classes() { 0.5 } else { truth(tape, start - 1) };
        (way, from + (truth(tape, end.saturating_sub(1)) - from) * way)
    }

    /// A bin is played at which `decoded` was decoded; the mouse holds the paddle where it says where it is.
    pub fn play(&mut self, tape: &Tape, bin: usize, decoded: &[f32], mouse: Option<f64>) {
        if bin != self.at {
            self.paddle = 0.5;
        }
        self.at = bin + 1;
        let goal = match mouse {
            Some(place) => place,
            None if tape.is_of_classes() => lane(tape, largest(decoded)),
            None => decoded.first().map_or(0.5, |&value| height(tape, f64::from(value))),
        };
        // A number is where it is; a class is walked to.
        let walks = mouse.is_none() && tape.is_of_classes();
        let step = if walks { 1.0 - (-tape.told.bin_ms / PADDLE_MS).exp() } else { 1.0 };
        self.paddle += (goal - self.paddle) * step;
        if flight(tape, bin).1 == self.at {
            // What counts is where it goes, so that a paddle on its way counts as there.
            let is_hit = (goal - truth(tape, bin)).abs() < half(tape) + f64::EPSILON;
            self.balls.push_back(is_hit);
            self.balls.drain(..self.balls.len().saturating_sub(REMEMBERED));
            self.hit[0] += u32::from(is_hit);
            self.hit[1] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use spikeground_core::bci::{Activity, Origin};
    use spikeground_worker::protocol::{Recorded, Truth, Words};

    use super::*;

    fn tape(truth: Truth) -> Tape {
        Tape::new(Recorded {
            name: String::new(),
            origin: Origin::Unknown,
            activity: Activity::Spikes,
            channels: 1,
            bin_ms: 100.0,
            segments: [1, 2],
            bins: [9, 20],
            names: match truth {
                Truth::Values(_) => vec!["x".into()],
                Truth::Classes(_) => vec!["a".into(), "b".into()],
            },
            truth,
            ends: vec![5, 20],
            moments: Words::from_f32(&[0.0, 1.0]),
            preview: Words::default(),
        })
    }

    #[test]
    fn a_class_that_is_decoded_at_the_end_of_its_segment_hits() {
        let tape = tape(Truth::Classes(vec![0, 1]));
        let mut court = Court::default();
        for bin in 0..20 {
            // Right in the first segment, wrong in the second; at its beginning it does not matter.
            let decoded = if bin == 0 { [0.0, 1.0] } else { [1.0, 0.0] };
            court.play(&tape, bin, &decoded, None);
            if bin == 4 {
                assert_eq!(court.balls, [true]);
                assert!((court.paddle - 0.75).abs() < 0.01, "{}", court.paddle);
            }
        }
        assert_eq!((court.balls.into(), court.hit), (vec![true, false], [1, 2]));
    }

    #[test]
    fn numbers_and_the_mouse_hold_the_paddle() {
        let values: Vec<f32> = (0..20).map(|i| i as f32).collect();
        let tape = tape(Truth::Values(Words::from_f32(&values)));
        let mut court = Court::default();
        for (bin, value) in values.iter().enumerate() {
            court.play(&tape, bin, &[*value], (bin >= 10).then_some(0.0));
        }
        assert_eq!(court.ball(&tape), (1.0, 1.0));
        assert_eq!((court.balls.into(), court.hit, court.paddle), (vec![true, false], [1, 2], 0.0));
    }
}
