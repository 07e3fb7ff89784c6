//! Short-term depression and facilitation in which what was released stays active for a while before it recovers.

use super::{Kind, RELEASE_STATE, ShortTerm, SynapseModel, tsodyks2_synapse};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "tsodyks_synapse",
    title: text("short-term plasticity, three states", "短时程可塑性（三态）"),
    doc: text(
        "Resources are recovered (x), active (y) or inactive. Every spike turns the part u of x into y and passes on that \
         part of the weight; y becomes inactive with tau_psc, which should be that of the target's synaptic current, and \
         recovers with tau_rec.",
        "资源分为可用（x）、激活（y）与失活三态。每个脉冲将 x 的 u 部分变为 y，并传递该部分权重；y 以 tau_psc 失活\
         （应取目标突触电流的时间常数），再以 tau_rec 恢复。",
    ),
    source: "Tsodyks, Uziel & Markram (2000), doi:10.1523/JNEUROSCI.20-01-j0003.2000; NEST 3.10, tsodyks_synapse",
    equations: &[
        "dx/dt = (1 − x − y)/tau_rec, dy/dt = −y/tau_psc, du/dt = −u/tau_fac",
        "spike → u = u + U (1 − u), weight · u · x, y = y + u x, x = x − u x",
    ],
    params: &[
        tsodyks2_synapse::PARAMS[0],
        tsodyks2_synapse::PARAMS[1],
        tsodyks2_synapse::PARAMS[2],
        Param {
            name: "tau_psc",
            unit: Unit::Millisecond,
            default: 3.0,
            range: Range::POSITIVE,
            slider: linear(0.5, 50.0),
            doc: text("time constant of what is active", "激活态的时间常数"),
        },
    ],
    kind: Kind::ShortTerm(ShortTerm { start: |_| [1.0, 0.0, 0.0], release }),
};

/// `state` is x, y and u just after the spike before.
fn release(params: &[f64], state: &mut [f64; RELEASE_STATE], elapsed_ms: f64) -> f64 {
    let &[rest, tau_rec, tau_fac, tau_psc] = params else { unreachable!("there are four parameters") };
    let [x, y, u] = state;
    let (recovering, active) = (libm::expm1(-elapsed_ms / tau_rec), libm::expm1(-elapsed_ms / tau_psc));
    // Where both time constants are equal, y returns as Δt/τ · exp(−Δt/τ): the limit of the quotient.
    let returned = if (tau_psc - tau_rec).abs() < 1e-9 * tau_rec {
        -recovering - elapsed_ms / tau_rec * libm::exp(-elapsed_ms / tau_rec)
    } else {
        (recovering * tau_rec - active * tau_psc) / (tau_psc - tau_rec)
    };
    let inactive = 1.0 - *x - *y;
    *x += returned * *y - recovering * inactive;
    *y *= active + 1.0;
    *u *= tsodyks2_synapse::decay(elapsed_ms, tau_fac);
    *u += rest * (1.0 - *u);
    let released = *u * *x;
    *x -= released;
    *y += released;
    released
}
