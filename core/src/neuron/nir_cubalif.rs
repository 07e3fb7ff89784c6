//! NIR's current-based leaky integrate-and-fire neuron, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, nir, nir_cuba};
use crate::{text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "nir_cubalif",
    title: text("NIR: current-based LIF", "NIR：电流型 LIF"),
    doc: text(
        "The current-based leaky integrate-and-fire neuron of NIR, without units. A spike that arrives makes the \
         current jump by w_in/tau_syn times its weight. Integrated exactly: any step is safe as long as spike times may \
         be rounded to it.",
        "NIR 的电流型漏积分发放神经元，无量纲。脉冲到达时电流跃变权重的 w_in/tau_syn 倍。采用精确积分，因此任何步长都稳定，\
         只是脉冲时刻会取整到步长。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: nir::SOURCE,
    equations: &["tau_mem dv/dt = (v_leak − v) + r (I + I_e)", "tau_syn dI/dt = −I", "v > v_threshold → v = v_reset"],
    params: &[nir::TAU_SYN, nir::TAU_MEM, nir::R, nir::V_LEAK, nir::V_THRESHOLD, nir::V_RESET, nir::W_IN, nir::I_E],
    orders: &[("v_reset", "v_threshold")],
    state: &[nir::v(Start::AtParam("v_leak")), nir_cuba::I],
    plane: None,
    weight_unit: Unit::One,
    receptors: &[],
    derive,
    update_scalar: nir_cuba::update_scalar,
    update_lanes: nir_cuba::update_lanes,
    body: nir_cuba::BODY,
};

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[tau_syn, tau_mem, r, v_leak, v_threshold, v_reset, w_in, i_e] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    nir_cuba::derive([tau_syn, tau_mem, r, v_leak, w_in, i_e], [v_threshold, v_reset], dt)
}
