//! Pair-based STDP in which a spike pairs with the nearest spike before it on the other side only.

use super::{Kind, SynapseModel, stdp_synapse};
use crate::text::text;

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "stdp_nn_symm_synapse",
    title: text("STDP, nearest neighbours", "STDP（最近邻）"),
    doc: text(
        "As stdp_synapse, but a spike pairs with no more than the last spike on the other side (the symmetric scheme).",
        "与 stdp_synapse 相同，但每个脉冲只与另一侧最近的一个脉冲配对（对称方案）。",
    ),
    source: "Morrison, Diesmann & Gerstner (2008), doi:10.1007/s00422-008-0233-1; NEST 3.10, stdp_nn_symm_synapse",
    equations: &[
        "target fires → w = w + lambda Wmax (1 − w/Wmax)^mu_plus · exp(−Δt / tau_plus)",
        "source fires → w = w − alpha lambda Wmax (w/Wmax)^mu_minus · exp(−Δt / tau_minus)",
    ],
    params: &stdp_synapse::PARAMS,
    kind: Kind::Plastic(stdp_synapse::plastic(true)),
};
