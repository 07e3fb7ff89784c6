//! NIR's integrate-and-fire neuron, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, nir};
use crate::{text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "nir_if",
    title: text("NIR: IF", "NIR：IF"),
    doc: text(
        "The integrate-and-fire neuron of NIR, without units and without a leak. A spike that arrives makes v jump by r \
         times its weight. Integrated exactly: any step is safe as long as spike times may be rounded to it.",
        "NIR 的积分发放神经元，无量纲、无漏电。脉冲到达时 v 跃变权重的 r 倍。采用精确积分，因此任何步长都稳定，只是脉冲时刻会取整到步长。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: nir::SOURCE,
    equations: &["dv/dt = r I_e", "v > v_threshold → v = v_reset"],
    params: &[nir::R, nir::V_THRESHOLD, nir::V_RESET, nir::I_E],
    orders: &[("v_reset", "v_threshold")],
    state: &[nir::v(Start::At(0.0))],
    plane: None,
    weight_unit: Unit::One,
    receptors: &[],
    derive,
    update_scalar: nir::update_scalar,
    update_lanes: nir::update_lanes,
    body: nir::BODY,
};

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[r, v_threshold, v_reset, i_e] = params else { unreachable!("derive() gets a value for every parameter") };
    nir::integrator(r, i_e, [v_threshold, v_reset], dt)
}
