//! Short-term depression and facilitation: each spike releases a part of what has recovered.

use super::{Kind, RELEASE_STATE, ShortTerm, SynapseModel};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "tsodyks2_synapse",
    title: text("short-term plasticity", "短时程可塑性"),
    doc: text(
        "Every spike passes on the part u·x of the weight: u is the probability of release, which spikes raise where \
         tau_fac > 0 (facilitation), x what is left to release, which spikes use up (depression).",
        "每个脉冲传递权重的 u·x 部分：u 为释放概率，tau_fac > 0 时随脉冲升高（易化）；x 为可释放的资源，被脉冲消耗（抑制）。",
    ),
    source: "Tsodyks & Markram (1997), doi:10.1073/pnas.94.2.719; Fuhrmann et al. (2002), doi:10.1152/jn.00258.2001; NEST 3.10, tsodyks2_synapse",
    equations: &[
        "spike → weight · u · x",
        "x ← 1 + (x − x u − 1) exp(−Δt / tau_rec)",
        "u ← U + u (1 − U) exp(−Δt / tau_fac)",
    ],
    params: &PARAMS,
    kind: Kind::ShortTerm(ShortTerm { start: |params| [1.0, params[0], 0.0], release }),
};

/// Parameters of both short-term models.
pub(super) const PARAMS: [Param; 3] = [
    Param {
        name: "U",
        unit: Unit::One,
        default: 0.5,
        range: Range::between(0.0, 1.0),
        slider: linear(0.0, 1.0),
        doc: text("part that a spike after a long silence releases", "长时间静息后一个脉冲释放的比例"),
    },
    Param {
        name: "tau_rec",
        unit: Unit::Millisecond,
        default: 800.0,
        range: Range::POSITIVE,
        slider: linear(1.0, 2000.0),
        doc: text("time constant of recovery", "恢复时间常数"),
    },
    Param {
        name: "tau_fac",
        unit: Unit::Millisecond,
        default: 0.0,
        range: Range::NON_NEGATIVE,
        slider: linear(0.0, 2000.0),
        doc: text("time constant of facilitation; 0 is none", "易化时间常数；0 表示无易化"),
    },
];

/// What is left of a deviation after `elapsed_ms`; nothing for a time constant of zero.
pub(super) fn decay(elapsed_ms: f64, tau_ms: f64) -> f64 {
    if tau_ms > 0.0 { libm::exp(-elapsed_ms / tau_ms) } else { 0.0 }
}

/// `state` is x and u after the spike before, not yet recovered.
fn release(params: &[f64], state: &mut [f64; RELEASE_STATE], elapsed_ms: f64) -> f64 {
    let &[rest, tau_rec, tau_fac] = params else { unreachable!("there are three parameters") };
    let [x, u, spikes] = state;
    // The first spike finds the state as it started.
    if *spikes > 0.0 {
        *x = 1.0 + (*x - *x * *u - 1.0) * decay(elapsed_ms, tau_rec);
        *u = rest + *u * (1.0 - rest) * decay(elapsed_ms, tau_fac);
    }
    *spikes = 1.0;
    *x * *u
}
