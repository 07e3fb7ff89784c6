//! Published ways to estimate the energy of a spiking network, side by side from the same counts, so that one sees how far
//! they disagree. None of them holds leakage, a host or cooling.
//!
//! Adding one costs its file and its line in [`MODELS`].

use alloc::vec::Vec;

use super::counts::Counts;
use crate::text::Text;

pub mod break_even;
pub mod keras_spiking;
pub mod lemaire;
mod loihi;
pub mod neurobench;
mod sanafe;
mod syops;

pub use syops::{AC_J, MAC_J};

/// Every model, in the order tables show them.
pub static MODELS: &[&Model] = &[
    &sanafe::MODEL,
    &loihi::MODEL,
    &keras_spiking::LOIHI,
    &keras_spiking::SPINNAKER,
    &keras_spiking::SPINNAKER2,
    &lemaire::MODEL,
    &syops::MODEL,
];

/// A way to estimate energy.
pub struct Model {
    /// Its name on the command line and in exports.
    pub id: &'static str,
    /// Its name for people.
    pub title: Text,
    /// What it holds and what it leaves out.
    pub about: Text,
    /// Where it was published.
    pub source: &'static str,
    /// Whether it counts traffic, which a mapping tells.
    pub counts_traffic: bool,
    /// What each part costs, J; without traffic, all parts but those of traffic.
    pub parts: fn(&Counts, Option<&Traffic>) -> Vec<Part>,
}

/// What goes over the network on a chip.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traffic {
    /// Hops east or west.
    pub hops_x: f64,
    /// Hops north or south.
    pub hops_y: f64,
    /// Packets that a core sends.
    pub packets_out: f64,
    /// Packets that a core receives.
    pub packets_in: f64,
}

/// A part of an estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// What it is.
    pub name: Text,
    /// What it costs, J.
    pub joules: f64,
}

impl Model {
    /// What everything costs, J.
    pub fn joules(&self, counts: &Counts, traffic: Option<&Traffic>) -> f64 {
        (self.parts)(counts, traffic).iter().map(|part| part.joules).sum()
    }
}

/// The model called `id`.
pub fn find(id: &str) -> Option<&'static Model> {
    MODELS.iter().copied().find(|model| model.id == id)
}

const fn part(name: Text, joules: f64) -> Part {
    Part { name, joules }
}
