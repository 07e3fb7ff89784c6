//! `Job`: a decoder that is trained and then scored on the test side, in slices.

use spikeground_core::{
    bci::Recording,
    decode::{Decoder, Trained, Training},
};

use super::run::Run;
use crate::protocol::Learned;

/// A decoder to be trained and scored.
pub struct Job {
    /// The decoder.
    pub decoder: &'static Decoder,
    values: Vec<f64>,
    seed: u32,
    is_baseline: bool,
    began_ms: Option<f64>,
    stage: Stage,
}

enum Stage {
    Waiting,
    Learning(Box<dyn Training>),
    Scoring { trained: Box<dyn Trained>, run: Run, seconds: f64 },
}

/// What came of a slice.
pub enum Slice {
    /// There is more to do; the part of learning that is done.
    Goes(Job, f64),
    /// It is done.
    Done(Box<dyn Trained>, Learned),
}

impl Job {
    /// Nothing done yet.
    pub fn new(decoder: &'static Decoder, values: Vec<f64>, seed: u32, is_baseline: bool) -> Job {
        Job { decoder, values, seed, is_baseline, began_ms: None, stage: Stage::Waiting }
    }

    /// Works until `end_ms`, or until the page should know what goes on.
    pub fn work(mut self, training: &Recording, test: &Recording, clock: &dyn Fn() -> f64, end_ms: f64) -> Slice {
        let mut progress = 0.0;
        loop {
            self.stage = match self.stage {
                Stage::Waiting => match self.began_ms {
                    Some(_) => Stage::Learning((self.decoder.start)(training, &self.values, self.seed)),
                    // Told before it is begun: a decoder may learn much at its beginning.
                    None => {
                        self.began_ms = Some(clock());
                        return Slice::Goes(self, 0.0);
                    }
                },
                Stage::Learning(mut learning) => {
                    progress = learning.advance();
                    if progress < 1.0 {
                        Stage::Learning(learning)
                    } else {
                        let seconds = (clock() - self.began_ms.unwrap_or_default()) / 1000.0;
                        Stage::Scoring { trained: learning.finish(), run: Run::new(test), seconds }
                    }
                }
                Stage::Scoring { mut trained, mut run, seconds } => {
                    progress = 1.0;
                    if run.at == test.bins() {
                        let learned = Learned {
                            decoder: self.decoder.name.to_owned(),
                            values: self.values,
                            is_baseline: self.is_baseline,
                            score: run.tally.score(),
                            seconds,
                        };
                        return Slice::Done(trained, learned);
                    }
                    run.hear(test, &mut *trained, test.bin(run.at));
                    Stage::Scoring { trained, run, seconds }
                }
            };
            if clock() >= end_ms {
                return Slice::Goes(self, progress);
            }
        }
    }
}
