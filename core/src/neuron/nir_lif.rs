//! NIR's leaky integrate-and-fire neuron, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, nir};
use crate::{text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "nir_lif",
    title: text("NIR: LIF", "NIR：LIF"),
    doc: text(
        "The leaky integrate-and-fire neuron of NIR, without units. A spike that arrives makes v jump by r/tau times \
         its weight. Integrated exactly: any step is safe as long as spike times may be rounded to it.",
        "NIR 的漏积分发放神经元，无量纲。脉冲到达时 v 跃变权重的 r/tau 倍。采用精确积分，因此任何步长都稳定，只是脉冲时刻会取整到步长。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: nir::SOURCE,
    equations: &["tau dv/dt = (v_leak − v) + r I_e", "v > v_threshold → v = v_reset"],
    params: &[nir::TAU, nir::R, nir::V_LEAK, nir::V_THRESHOLD, nir::V_RESET, nir::I_E],
    orders: &[("v_reset", "v_threshold")],
    state: &[nir::v(Start::AtParam("v_leak"))],
    plane: None,
    weight_unit: Unit::One,
    receptors: &[],
    derive,
    update_scalar: nir::update_scalar,
    update_lanes: nir::update_lanes,
    body: nir::BODY,
};

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[tau, r, v_leak, v_threshold, v_reset, i_e] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    nir::leaky(tau, r, v_leak, i_e, [v_threshold, v_reset], dt)
}
