//! NIR's leaky integrator, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, nir};
use crate::{text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "nir_li",
    title: text("NIR: leaky integrator", "NIR：漏积分器"),
    doc: text(
        "The leaky integrator of NIR, without units: it never fires, and is there to be read. A spike that arrives \
         makes v jump by r/tau times its weight. Integrated exactly at any step.",
        "NIR 的漏积分器，无量纲：从不发放，用作读出。脉冲到达时 v 跃变权重的 r/tau 倍。任何步长都是精确积分。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: nir::SOURCE,
    equations: &["tau dv/dt = (v_leak − v) + r I_e"],
    params: &[nir::TAU, nir::R, nir::V_LEAK, nir::I_E],
    orders: &[],
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
    let &[tau, r, v_leak, i_e] = params else { unreachable!("derive() gets a value for every parameter") };
    nir::leaky(tau, r, v_leak, i_e, nir::NEVER, dt)
}
