//! A probability that falls with the distance between two neurons as a Gaussian.

use core::f64::consts::PI;

use super::{
    By, Needs, Rule,
    spatial::{CUT, Kernel, pairs, refuses, synapses},
};
use crate::{
    param::{Param, Range, log},
    text::text,
    units::Unit,
};

const KERNEL: Kernel = Kernel {
    probability: |params, d| params[0] * libm::exp(-d * d / (2.0 * params[1] * params[1])),
    reach: |params| params[1] * libm::sqrt(-2.0 * libm::log(CUT)),
    integrals: |params| [2.0 * PI * params[1] * params[1] * params[0], libm::sqrt(PI / 2.0) * params[1] * params[0]],
};

pub(super) static RULE: Rule = Rule {
    name: "spatial_gaussian",
    title: text("spatial, Gaussian", "空间高斯"),
    doc: text(
        "The probability of a synapse falls with the distance d between the two neurons: p · exp(−d² / 2 std²).",
        "突触的概率随两神经元间的距离 d 下降：p · exp(−d² / 2 std²)。",
    ),
    params: &[
        Param {
            name: "p",
            unit: Unit::One,
            default: 0.1,
            range: Range::between(0.0, 1.0),
            slider: log(0.001, 1.0),
            doc: text("probability of a synapse at no distance", "距离为零时的连接概率"),
        },
        Param {
            name: "std",
            unit: Unit::Millimetre,
            default: 0.1,
            range: Range::POSITIVE,
            slider: log(0.01, 1.0),
            doc: text("distance at which the probability has fallen to 61 %", "概率降到 61% 时的距离"),
        },
    ],
    needs: Needs::Positions(KERNEL),
    by: By::Target,
    refuses,
    synapses: |pairing| synapses(pairing, KERNEL),
    pairs: |pairing, target, found| pairs(pairing, KERNEL, target, found),
};
