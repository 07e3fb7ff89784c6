//! The event model of SANA-FE, with its numbers for Loihi, which were fitted to silicon: energy within 12 % of it.

use alloc::{vec, vec::Vec};

use super::{Model, Part, Traffic, part};
use crate::{chip::counts::Counts, text::text};

pub(super) static MODEL: Model = Model {
    id: "sanafe",
    title: text("SANA-FE, Loihi", "SANA-FE（Loihi）"),
    about: text(
        "Each event on Loihi, fitted to silicon. No leakage, no learning.",
        "逐事件计算 Loihi 能耗，按实测芯片拟合。不含漏电与学习。",
    ),
    source: "Boyle et al. (2025), doi:10.1109/TCAD.2025.3537971; arch/loihi.yaml, commit 8951ab0",
    counts_traffic: true,
    parts,
};

/// Energies in J, from `arch/loihi.yaml`: a sparse synapse, the soma's three steps, axons, hops.
const SYNAPSE_J: f64 = 33.6e-12;
const SOMA_ACCESS_J: f64 = 51.2e-12;
const SOMA_UPDATE_J: f64 = 21.6e-12;
const SOMA_SPIKE_J: f64 = 69.3e-12;
const AXON_IN_J: f64 = 0.0;
const AXON_OUT_J: f64 = 111e-12;
const HOP_X_J: f64 = 3.0e-12;
const HOP_Y_J: f64 = 4.2e-12;

fn parts(counts: &Counts, traffic: Option<&Traffic>) -> Vec<Part> {
    let mut parts = vec![
        part(text("Synapses", "突触"), counts.events() * SYNAPSE_J),
        part(text("Updates of the soma", "胞体更新"), counts.updates() * (SOMA_ACCESS_J + SOMA_UPDATE_J)),
        part(text("Spikes of the soma", "胞体发放"), counts.spikes() * SOMA_SPIKE_J),
    ];
    if let Some(t) = traffic {
        parts.push(part(text("Axons", "轴突"), t.packets_in * AXON_IN_J + t.packets_out * AXON_OUT_J));
        parts.push(part(text("Hops", "跳转"), t.hops_x * HOP_X_J + t.hops_y * HOP_Y_J));
    }
    parts
}
