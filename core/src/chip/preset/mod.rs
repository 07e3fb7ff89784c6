//! `Preset`: a chip, a board, an accelerator or a brain as numbers, each a [`Quantity`]. Its JSON has the names below; what
//! is left out is unknown.
//!
//! Energies of one profile stand together, hops too, because prices of two profiles must never be added: those of a
//! `per_term` profile are for one kind of event each, those of an `all_in` one already hold everything on the chip.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use super::quantity::Quantity;

mod parts;

pub use parts::{
    Clocking, Cooling, Core, Kind, Level, Measured, Mode, Noc, Power, Profile, Scope, Thermal, Throughput, Time,
    Topology, Words,
};

/// A piece of hardware.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preset {
    /// Its name in links and on the command line.
    pub id: String,
    /// Its name for people.
    pub name: Words,
    /// What it is, in a sentence.
    pub about: Words,
    /// What kind of thing it is.
    pub kind: Kind,
    /// What it computes.
    pub modes: Vec<Mode>,
    /// Sources, by the keys that quantities name.
    pub sources: BTreeMap<String, String>,
    /// Year in which it was shown.
    pub year: Quantity,
    /// Name of the process node as a length, m.
    pub process_node_m: Quantity,
    /// Area of the die, or of the wafer, m².
    pub die_area_m2: Quantity,
    /// Supply voltage, V.
    pub supply_v: Quantity,
    /// What it is made of, from the whole down to a core.
    pub hierarchy: Vec<Level>,
    /// What one core holds: walls for a network that is to fit.
    pub core: Core,
    /// How its time goes.
    pub time: Time,
    /// How spikes travel.
    pub noc: Noc,
    /// Sets of prices.
    pub energy: Vec<Profile>,
    /// Power of one chip: of one of the first level of the hierarchy.
    pub power: Power,
    /// The most that it does in a second.
    pub throughput: Throughput,
    /// How it is cooled.
    pub thermal: Thermal,
    /// What was measured on it, to check estimates against.
    pub calibration: Vec<Measured>,
}

impl Default for Preset {
    /// A chip of which nothing is known.
    fn default() -> Preset {
        Preset {
            id: String::new(),
            name: Words::default(),
            about: Words::default(),
            kind: Kind::default(),
            modes: [Mode::Spiking].into(),
            sources: BTreeMap::new(),
            year: Quantity::default(),
            process_node_m: Quantity::default(),
            die_area_m2: Quantity::default(),
            supply_v: Quantity::default(),
            hierarchy: [Level::default()].into(),
            core: Core::default(),
            time: Time::default(),
            noc: Noc::default(),
            energy: [Profile { default: true, ..Profile::default() }].into(),
            power: Power::default(),
            throughput: Throughput::default(),
            thermal: Thermal::default(),
            calibration: Vec::new(),
        }
    }
}

impl Preset {
    /// The prices to begin with.
    pub fn profile(&self) -> &Profile {
        self.energy.iter().find(|profile| profile.default).unwrap_or(&self.energy[0])
    }

    /// Chips: how many of the first level there are. One, if that is not known.
    pub fn chips(&self) -> f64 {
        self.hierarchy.first().and_then(|level| level.per_parent.v).unwrap_or(1.0)
    }

    /// Cores of a chip, if all levels below it are known.
    pub fn cores_per_chip(&self) -> Option<f64> {
        self.hierarchy.iter().skip(1).map(|level| level.per_parent.v).product()
    }

    /// Cores in all, if they are known.
    pub fn cores(&self) -> Option<f64> {
        Some(self.chips() * self.cores_per_chip()?)
    }

    /// Whether it computes in this mode.
    pub fn computes(&self, mode: Mode) -> bool {
        self.modes.contains(&mode)
    }
}
