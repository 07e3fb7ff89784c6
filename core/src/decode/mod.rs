//! The decoders: what reads a movement or a class out of activity. All are causal: a decoder is given one bin at a time.
//!
//! Adding a decoder costs one file beside this one and its line in [`DECODERS`].

use alloc::{boxed::Box, vec, vec::Vec};

use crate::{
    bci::{Recording, Split, Target},
    param::Param,
    text::Text,
};

mod csp_lda;
mod features;
mod filter;
mod front;
mod kalman;
mod lda;
mod liquid_state;
pub mod matrix;
mod population_vector;
mod score;
mod spiking;
mod wiener;

pub use filter::Butterworth;
use front::Front;
pub use lda::{Discriminant, ledoit_wolf};
pub use score::{Score, score};

/// Every decoder, in the order menus show them.
pub static DECODERS: &[&Decoder] = &[
    &wiener::DECODER,
    &kalman::DECODER,
    &population_vector::DECODER,
    &lda::DECODER,
    &csp_lda::DECODER,
    &spiking::DECODER,
    &liquid_state::DECODER,
];

/// The decoder called `name`.
pub fn find(name: &str) -> Option<&'static Decoder> {
    DECODERS.iter().copied().find(|decoder| decoder.name == name)
}

/// Everything the product knows of a decoder.
pub struct Decoder {
    /// Its name, as commands and files have it.
    pub name: &'static str,
    /// Name for people.
    pub title: Text,
    /// What it does.
    pub doc: Text,
    /// Where it was published.
    pub source: &'static str,
    /// What it can decode.
    pub decodes: Decodes,
    /// What a user may set.
    pub params: &'static [Param],
    /// Values of parameters among which [`choose`] chooses, by index of the parameter.
    pub choices: &'static [(usize, &'static [f64])],
    /// Begins to learn from all of a recording, with values of `params` and a seed.
    pub start: fn(&Recording, &[f64], u32) -> Box<dyn Training>,
}

impl Decoder {
    /// Whether it can decode the target of `recording`.
    pub fn fits(&self, recording: &Recording) -> bool {
        match recording.target {
            Target::Values { .. } => self.decodes != Decodes::Classes,
            Target::Classes { .. } => self.decodes != Decodes::Values,
        }
    }

    /// The default values of its parameters.
    pub fn defaults(&self) -> Vec<f64> {
        self.params.iter().map(|p| p.default).collect()
    }
}

/// What a decoder can decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decodes {
    /// Numbers for every bin.
    Values,
    /// A class for every segment.
    Classes,
    /// Either.
    Both,
}

/// A decoder while it learns. It is worked on in slices, so that a page stays awake; to cancel it, drop it.
pub trait Training {
    /// Works for a moment. The part that is done, 1 at the end.
    fn advance(&mut self) -> f64;
    /// The decoder as far as it has learned.
    fn finish(self: Box<Self>) -> Box<dyn Trained>;
}

/// A decoder that has learned.
pub trait Trained {
    /// A segment begins.
    fn reset(&mut self);
    /// A bin of activity comes in.
    fn push(&mut self, bin: &[f32]);
    /// What it decodes after the bins so far: the numbers of the last bin, or a score for each class, the highest of which
    /// is its answer.
    fn output(&self) -> Vec<f64>;
}

/// What has learned at once.
struct Learned<T>(T);

impl<T: Trained + 'static> Training for Learned<T> {
    fn advance(&mut self) -> f64 {
        1.0
    }

    fn finish(self: Box<Self>) -> Box<dyn Trained> {
        Box::new(self.0)
    }
}

/// Trains `decoder` on the training side of `recording` alone.
pub fn train(decoder: &Decoder, recording: &Recording, values: &[f64], seed: u32) -> Box<dyn Trained> {
    learn(decoder, &recording.only(&recording.on(Split::Train)), values, seed)
}

fn learn(decoder: &Decoder, recording: &Recording, values: &[f64], seed: u32) -> Box<dyn Trained> {
    let mut training = (decoder.start)(recording, values, seed);
    while training.advance() < 1.0 {}
    training.finish()
}

/// Folds of [`cross_validated`]; a segment's fold is its number among them, modulo this.
const FOLDS: usize = 5;

/// The best values among the decoder's `choices`, by cross-validation inside the training side of `recording`; other
/// parameters keep the values given.
pub fn choose(decoder: &Decoder, recording: &Recording, values: &[f64], seed: u32) -> Vec<f64> {
    let mut candidates = vec![values.to_vec()];
    for &(param, choices) in decoder.choices {
        let with = |values: &Vec<f64>, choice: f64| {
            let mut values = values.clone();
            values[param] = choice;
            values
        };
        candidates = candidates.iter().flat_map(|c| choices.iter().map(move |&x| with(c, x))).collect();
    }
    if candidates.len() == 1 {
        return candidates.remove(0);
    }
    let worth = |values: &Vec<f64>| cross_validated(decoder, recording, values, seed);
    let scored = candidates.into_iter().map(|values| (worth(&values), values));
    scored.reduce(|best, next| if next.0 > best.0 { next } else { best }).map_or(values.to_vec(), |(_, v)| v)
}

/// The mean score of cross-validation inside the training side of `recording`; 0 where it has a single segment.
pub fn cross_validated(decoder: &Decoder, recording: &Recording, values: &[f64], seed: u32) -> f64 {
    let inside = recording.only(&recording.on(Split::Train));
    let folds: Vec<f64> = (0..FOLDS)
        .map(|fold| (0..inside.segments.len()).partition(|segment| segment % FOLDS == fold))
        .filter(|(out, kept): &(Vec<usize>, Vec<usize>)| !kept.is_empty() && !out.is_empty())
        .map(|(out, kept)| {
            let mut trained = learn(decoder, &inside.only(&kept), values, seed);
            score(&mut *trained, &inside.only(&out)).headline()
        })
        .collect();
    folds.iter().sum::<f64>() / folds.len().max(1) as f64
}
