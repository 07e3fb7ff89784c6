//! How seldom neurons must fire for a spiking network to cost less than an equal dense one: the same neurons and synapses,
//! computed once for each frame of so many steps.

use serde::{Deserialize, Serialize};

use super::{AC_J, MAC_J, Model, lemaire, syops};
use crate::chip::counts::Counts;

/// Where a spiking network and a dense one cost the same.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BreakEven {
    /// What the spiking network costs for a frame, J.
    pub spiking_j: f64,
    /// What the dense one costs, J.
    pub dense_j: f64,
    /// How many times as often neurons could fire; none if the spiking network costs more even when it is silent, or
    /// never spikes.
    pub factor: Option<f64>,
    /// The mean rate at that point, Hz.
    pub rate_hz: Option<f64>,
    /// Spikes for each synapse in a frame at that point.
    pub spikes_per_synapse: Option<f64>,
}

/// By arithmetic alone.
pub fn arithmetic(counts: &Counts, frames: f64) -> BreakEven {
    find(counts, frames, &syops::MODEL, counts.synapses() * MAC_J + counts.neurons() * AC_J)
}

/// By operations, memory and addresses, as Lemaire et al. (2022) count them.
pub fn with_memory(counts: &Counts, frames: f64) -> BreakEven {
    find(counts, frames, &lemaire::MODEL, lemaire::dense_joules(counts))
}

/// Costs grow with the number of spikes along a line, so that two points give it.
fn find(counts: &Counts, frames: f64, model: &Model, dense_j: f64) -> BreakEven {
    let frames = frames.max(1.0);
    let silent_j = model.joules(&counts.faster(0.0), None) / frames;
    let spiking_j = model.joules(counts, None) / frames;
    let factor = (dense_j - silent_j) / (spiking_j - silent_j);
    let factor = Some(factor).filter(|factor| factor.is_finite() && *factor > 0.0);
    let at = |of: f64| factor.map(|factor| factor * of);
    BreakEven {
        spiking_j,
        dense_j,
        factor,
        rate_hz: at(counts.rate_hz()),
        spikes_per_synapse: at(counts.events() / counts.synapses() / frames),
    }
}
