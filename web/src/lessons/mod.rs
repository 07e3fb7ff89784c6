//! The lessons: short tours in which the reader does something and the page sees it.
//!
//! Adding one costs its network and its file beside this one, and its line in [`LESSONS`]. A test does what each step asks
//! for and sees that the step is done then, and not before.

mod balance;
mod first_spike;
mod learning;
mod refractoriness;
mod rhythm;
mod seen;
mod synapse;

pub use seen::Seen;
use spikeground_core::{spec::NetworkSpec, text::Text};

/// Every lesson, in the order in which they build on each other.
pub static LESSONS: &[&Lesson] = &[
    &first_spike::LESSON,
    &refractoriness::LESSON,
    &synapse::LESSON,
    &balance::LESSON,
    &rhythm::LESSON,
    &learning::LESSON,
];

/// A lesson.
pub struct Lesson {
    /// Its name in what is remembered.
    pub id: &'static str,
    /// Its name for people.
    pub title: Text,
    /// What the reader can do after it.
    pub goal: Text,
    /// Its network; the controls of the network are those of the lesson.
    pub json: &'static str,
    /// Names of the views it needs.
    pub views: &'static [&'static str],
    /// Model time per time to begin with: slow enough that the eye can follow.
    pub speed: f64,
    /// The neuron whose membrane potential is shown.
    pub picked: u32,
    /// Its steps.
    pub steps: &'static [Step],
}

/// A step: something to do. In its texts, `*…*` is a term of the field where it is explained, `` `…` `` a symbol.
pub struct Step {
    /// What to do.
    pub task: Text,
    /// How, for those who do not see it.
    pub hint: Text,
    /// What it means, once it is done.
    pub told: Text,
    /// Names of the views and controls that it is about.
    pub lit: &'static [&'static str],
    /// A number that says how far the reader is.
    pub gauge: Option<Gauge>,
    /// Whether it is done.
    pub done: fn(&Seen) -> bool,
    /// One way to do it.
    pub solution: &'static [Act],
}

/// A measured number.
pub struct Gauge {
    /// What it is.
    pub name: Text,
    /// Its unit.
    pub unit: &'static str,
    /// Digits behind the point.
    pub decimals: usize,
    /// Its value, if there is one yet.
    pub value: fn(&Seen) -> Option<f64>,
}

/// Something that a reader does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Sets a control.
    Set(&'static str, f64),
    /// Pokes the picked neuron.
    Poke,
}

impl Lesson {
    /// Its network.
    pub fn spec(&self) -> NetworkSpec {
        NetworkSpec::from_json(self.json).expect("a test reads the network of every lesson")
    }
}
