//! NIR's integrator, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, nir};
use crate::{text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "nir_i",
    title: text("NIR: integrator", "NIR：积分器"),
    doc: text(
        "The integrator of NIR, without units: it never fires and never forgets. A spike that arrives makes v jump by r \
         times its weight. Integrated exactly at any step.",
        "NIR 的积分器，无量纲：从不发放，也从不遗忘。脉冲到达时 v 跃变权重的 r 倍。任何步长都是精确积分。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    // What is never reset grows, and its rounding with it.
    accuracy: Accuracy { membrane: 5e-3, steps: 0 },
    source: nir::SOURCE,
    equations: &["dv/dt = r I_e"],
    params: &[nir::R, nir::I_E],
    orders: &[],
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
    let &[r, i_e] = params else { unreachable!("derive() gets a value for every parameter") };
    nir::integrator(r, i_e, nir::NEVER, dt)
}
