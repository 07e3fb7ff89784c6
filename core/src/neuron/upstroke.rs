//! What the quadratic and the exponential integrate-and-fire neuron share: both run away to infinity in finite time, so
//! that a spike has its own time within a step.
//!
//! `held` counts the steps until the membrane moves on from the reset. It need not be whole, and is below zero by what
//! was left of a step after a spike that nothing holds: the next step is then longer by as much.

use super::{Start, StateVar, common};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) const fn v_peak(default: f64) -> Param {
    let doc = text("peak of a spike", "脉冲峰值");
    Param { name: "V_peak", doc, slider: linear(-40.0, 60.0), ..common::v_th(default) }
}

pub(super) const fn v_runaway(default: f64) -> Param {
    Param {
        doc: text("where the membrane begins to run away", "膜电位开始失控上冲之处"), ..common::v_th(default)
    }
}

pub(super) const HELD: StateVar = StateVar {
    name: "refractory",
    unit: Unit::Step,
    start: Start::At(0.0),
    range: Range::between(-1.0, 1e6),
    doc: text("steps until the membrane moves on", "膜电位恢复变化前的步数"),
};
