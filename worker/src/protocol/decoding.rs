//! Messages about decoding: a recording, decoders that learn from it, and its test side played to one of them.

use serde::{Deserialize, Serialize};
use spikeground_core::{
    bci::{Activity, Origin},
    decode::Score,
};

use super::{Bytes, Words};

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Decode {
    /// Take this recording in place of the one before; answered by [`Decoded::Recorded`] or [`Decoded::Refused`], after which
    /// the one before goes on. What has learned from the one before is forgotten with it.
    Open(Source),
    /// Train a decoder on the training side and score it on the test side, and the linear baseline before it, unless that has
    /// been done; answered by [`Decoded::Learning`] and [`Decoded::Learned`].
    Train {
        /// Its name.
        decoder: String,
        /// Values of its parameters.
        values: Vec<f64>,
        /// Seed of its chance.
        seed: u32,
    },
    /// Give up training.
    Cancel,
    /// Play the test side, from its beginning, to the decoder that learned as number `index` from this recording.
    Watch {
        /// Which one, counted from zero.
        index: usize,
    },
    /// Play.
    Play,
    /// Stand still.
    Pause,
    /// Back to the beginning of the test side.
    Rewind,
    /// Time of the recording per time; `None`: as fast as it can.
    Speed {
        /// The factor, above zero.
        factor: Option<f64>,
    },
    /// Spoil what is played, from now on. The score begins anew.
    Disturb(Disturbance),
}

/// Where a recording comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Source {
    /// A generator of [`spikeground_core::bci::GENERATORS`].
    Generator {
        /// Its name.
        name: String,
        /// Values of its parameters.
        values: Vec<f64>,
        /// Seed of its chance.
        seed: u32,
    },
    /// A file of the visitor.
    File {
        /// Its name.
        name: String,
        /// What is in it.
        bytes: Bytes,
    },
}

/// What is done to the channels before the decoder hears of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Disturbance {
    /// Part of the channels that fall silent, from 0 to 1.
    pub lost: f64,
    /// How far gains have drifted: a channel is multiplied by e^(`drift` · z), with a normal z of its own.
    pub drift: f64,
    /// Standard deviation of added noise, as a multiple of that of the channel. Counts of spikes stay whole and not negative.
    pub noise: f64,
}

/// What the worker tells of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Decoded {
    /// A recording is open.
    Recorded(Box<Recorded>),
    /// A recording cannot be taken; why, in English and in Chinese.
    Refused {
        /// English.
        en: String,
        /// Chinese.
        zh: String,
    },
    /// A decoder learns, or is being scored.
    Learning {
        /// Its name.
        decoder: String,
        /// The part that is done, from 0 to 1.
        progress: f64,
    },
    /// A decoder has learned and is scored; they are numbered in the order of these messages.
    Learned {
        /// The decoder.
        learned: Learned,
        /// Whether no other one is waiting.
        is_last: bool,
    },
    /// What was played since the last of these messages.
    Played(Box<Played>),
}

/// A recording as the page needs to know it. Bins are those of the test side, its segments one after the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Name for people.
    pub name: String,
    /// Whether it is real.
    pub origin: Origin,
    /// What the channels hold.
    pub activity: Activity,
    /// Number of channels.
    pub channels: usize,
    /// Width of a bin, ms.
    pub bin_ms: f64,
    /// Segments for training and for testing.
    pub segments: [usize; 2],
    /// Bins for training and for testing.
    pub bins: [usize; 2],
    /// What the numbers, or the classes, are.
    pub names: Vec<String>,
    /// What is to be decoded.
    pub truth: Truth,
    /// One behind the last bin of each segment.
    pub ends: Vec<usize>,
    /// Mean of each channel on the training side, then the standard deviation of each: the bits of f32 numbers.
    pub moments: Words,
    /// The first bins, the bits of f32 numbers, all channels of a bin together.
    pub preview: Words,
}

/// What is to be decoded on the test side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Truth {
    /// Numbers of each bin: the bits of f32 numbers.
    Values(Words),
    /// The class of each segment.
    Classes(Vec<usize>),
}

/// A decoder that has learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// Its name.
    pub decoder: String,
    /// Values of its parameters.
    pub values: Vec<f64>,
    /// Whether it is the linear baseline.
    pub is_baseline: bool,
    /// How well it does on the whole test side, undisturbed.
    pub score: Score,
    /// Time that it took to learn, s.
    pub seconds: f64,
}

/// A stretch of what is played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Played {
    /// Number of the first bin in this message.
    pub from: usize,
    /// The activity that the decoder heard: the bits of f32 numbers.
    pub samples: Words,
    /// What it decoded at each bin: numbers, or a score for each class; the bits of f32 numbers.
    pub decoded: Words,
    /// Mean time to decode a bin, since the beginning, µs.
    pub decode_us: f64,
    /// When the last bin ended, ms since 1970; `None` as fast as it can.
    pub end_ms: Option<f64>,
    /// Time of the recording per time that is reached.
    pub reached: f64,
    /// Whether it goes on.
    pub is_playing: bool,
    /// The score since it began, or since the last [`Disturbance`].
    pub score: Score,
    /// Bins, or segments where the target is a class, that are in it.
    pub scored: usize,
}
