//! The terms that were published with Loihi: from simulation before the silicon, at its least.

use alloc::{vec, vec::Vec};

use super::{Model, Part, Traffic, part};
use crate::{chip::counts::Counts, text::text};

pub(super) static MODEL: Model = Model {
    id: "loihi",
    title: text("Loihi’s published terms", "Loihi 公布的各项"),
    about: text(
        "The numbers that papers quote most. Simulated before the silicon; no leakage, no host. A neuron that spikes counts as active in that step.",
        "论文最常引用的数值，为流片前仿真，不含漏电与主机。发放的神经元在该步计为活动。",
    ),
    source: "Davies et al. (2018), IEEE Micro 38(1):82, Table 2",
    counts_traffic: true,
    parts,
};

/// Energies in J: an event, the update of a neuron that is active and of one that is not, a spike within its tile, a hop east
/// or west and one north or south, a change of a weight.
const SYNOP_J: f64 = 23.6e-12;
const ACTIVE_J: f64 = 81e-12;
const INACTIVE_J: f64 = 52e-12;
const TILE_SPIKE_J: f64 = 1.7e-12;
const HOP_X_J: f64 = 3.0e-12;
const HOP_Y_J: f64 = 4.0e-12;
const LEARN_J: f64 = 120e-12;

fn parts(counts: &Counts, traffic: Option<&Traffic>) -> Vec<Part> {
    let inactive = (counts.updates() - counts.spikes()).max(0.0);
    let mut parts = vec![
        part(text("Synaptic events", "突触事件"), counts.events() * SYNOP_J),
        part(text("Neuron updates", "神经元更新"), counts.spikes() * ACTIVE_J + inactive * INACTIVE_J),
        part(text("Spikes within tiles", "片区内脉冲"), counts.spikes() * TILE_SPIKE_J),
        part(text("Learning", "学习"), counts.plastic_updates * LEARN_J),
    ];
    if let Some(t) = traffic {
        parts.push(part(text("Hops", "跳转"), t.hops_x * HOP_X_J + t.hops_y * HOP_Y_J));
    }
    parts
}
