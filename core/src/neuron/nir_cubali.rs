//! NIR's current-based leaky integrator, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, nir, nir_cuba};
use crate::{text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "nir_cubali",
    title: text("NIR: current-based leaky integrator", "NIR：电流型漏积分器"),
    doc: text(
        "The current-based leaky integrator of NIR, without units: it never fires, and is there to be read. A spike \
         that arrives makes the current jump by w_in/tau_syn times its weight. Integrated exactly at any step.",
        "NIR 的电流型漏积分器，无量纲：从不发放，用作读出。脉冲到达时电流跃变权重的 w_in/tau_syn 倍。任何步长都是精确积分。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: nir::SOURCE,
    equations: &["tau_mem dv/dt = (v_leak − v) + r (I + I_e)", "tau_syn dI/dt = −I"],
    params: &[nir::TAU_SYN, nir::TAU_MEM, nir::R, nir::V_LEAK, nir::W_IN, nir::I_E],
    orders: &[],
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
    let &[tau_syn, tau_mem, r, v_leak, w_in, i_e] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    nir_cuba::derive([tau_syn, tau_mem, r, v_leak, w_in, i_e], nir::NEVER, dt)
}
