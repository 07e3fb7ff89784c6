//! Heat: what cooling costs, whether a passive cooler suffices, and what a claim of “40 % less” can mean.
//!
//! `P_facility = P_IT · (1 + distribution) + P_cooling`; an active plant takes `P_IT / COP + P_fans`, a passive two-phase one
//! no more than the fans of its last heat exchanger; `T_junction = T_ambient + P · R_th`.

use serde::{Deserialize, Serialize};

use super::{
    baseline::{BRAIN_NEURONS, BRAIN_W},
    preset::{Mode, Preset},
    quantity::Interval,
};

/// A hall with machines in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plant {
    /// Power lost on the way to the machines, over theirs.
    pub distribution: f64,
    /// Heat that an active plant moves for each unit of its own energy.
    pub cop: f64,
    /// Power of fans, over that of the machines, in an active plant.
    pub active_fans: f64,
    /// The same in a passive plant; zero where air rises by itself.
    pub passive_fans: f64,
    /// Around the machines, K.
    pub ambient_k: f64,
}

impl Default for Plant {
    /// Usual values, not read anywhere in particular: chillers of COP 3, fans with them, 10 % lost on the way, 25 °C.
    fn default() -> Plant {
        Plant { distribution: 0.10, cop: 3.0, active_fans: 0.0, passive_fans: 0.0, ambient_k: 298.15 }
    }
}

/// World average of PUE in 2023 (Uptime Institute).
pub const PUE_AVERAGE: f64 = 1.58;
/// Part of what is not computing that cooling takes, where nothing better is known.
pub const COOLING_OF_OVERHEAD: f64 = 0.70;
/// What LYRA-X's makers claim to save; they give no definition.
pub const CLAIM: f64 = 0.40;

impl Plant {
    /// Power of the facility over that of the machines, with chillers.
    pub fn pue_active(&self) -> f64 {
        1.0 + self.distribution + 1.0 / self.cop + self.active_fans
    }

    /// The same with a passive two-phase plant.
    pub fn pue_passive(&self) -> f64 {
        1.0 + self.distribution + self.passive_fans
    }
}

/// Whether a chip stays cool enough without a pump.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Junction {
    /// Its temperature, K.
    pub junction_k: Interval,
    /// The hottest that it may be, K.
    pub limit_k: f64,
    /// Whether it stays below; none if the interval holds both.
    pub is_feasible: Option<bool>,
}

/// The junction of a chip that takes `power_w`; none if its thermal resistance or its limit is not known.
pub fn junction(preset: &Preset, power_w: Interval, ambient_k: f64) -> Option<Junction> {
    let thermal = &preset.thermal;
    let limit_k = thermal.t_max_k.interval()?.lo;
    let junction_k = power_w.by(thermal.r_th_k_per_w.interval()?) + Interval::exactly(ambient_k);
    let is_feasible = match (junction_k.hi <= limit_k, junction_k.lo > limit_k) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    Some(Junction { junction_k, limit_k, is_feasible })
}

/// A claim of a saving, read in two ways, for a hall whose PUE goes from one value to another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saving {
    /// What is saved of all energy.
    pub of_all: f64,
    /// The most that can be saved of all energy, at a PUE of 1.
    pub ceiling: f64,
    /// The PUE from which the claim, of all energy, could be kept with the new PUE.
    pub pue_needed: f64,
    /// What the claim, read as one of cooling energy alone, saves of all energy.
    pub of_cooling: f64,
}

/// What `claim` means in a hall.
pub fn saving(claim: f64, pue_before: f64, pue_after: f64, cooling_of_overhead: f64) -> Saving {
    Saving {
        of_all: 1.0 - pue_after / pue_before,
        ceiling: 1.0 - 1.0 / pue_before,
        pue_needed: pue_after / (1.0 - claim),
        of_cooling: claim * cooling_of_overhead * (pue_before - 1.0) / pue_before,
    }
}

/// Power of the “digital brain” that brains are compared with, W. It is that of a supercomputer of 2012 with more than 500
/// billion simple neurons, about 1,500 times slower than real time: no brain in real time at all.
pub const DIGITAL_BRAIN_W: f64 = 8e6;

/// From a network to a brain.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Neurons of a brain over those of the network.
    pub factor: f64,
    /// Power of so many of this network, W.
    pub power_w: Interval,
    /// That over the power of a brain.
    pub over_brain: Interval,
    /// That over the power of the “digital brain”.
    pub over_digital: Interval,
    /// Chips or wafers that hold so many neurons, if their capacity is known.
    pub chips: Option<f64>,
}

/// A network of so many neurons that takes `power_w`, as large as a brain; none for a network without neurons.
pub fn scale(preset: &Preset, neurons: f64, power_w: Interval) -> Option<Scale> {
    if !(neurons > 0.0 && preset.computes(Mode::Spiking)) {
        return None;
    }
    let factor = BRAIN_NEURONS / neurons;
    let power_w = power_w.times(factor);
    let capacity = preset.cores_per_chip().zip(preset.core.neurons_max.v).map(|(cores, neurons)| cores * neurons);
    Some(Scale {
        factor,
        power_w,
        over_brain: power_w.times(1.0 / BRAIN_W),
        over_digital: power_w.times(1.0 / DIGITAL_BRAIN_W),
        chips: capacity.map(|capacity| libm::ceil(BRAIN_NEURONS / capacity)),
    })
}
