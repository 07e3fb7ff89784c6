//! One probability up to a distance, and none beyond: NEST's circular mask.

use core::f64::consts::PI;

use super::{
    By, Needs, Rule,
    spatial::{Kernel, pairs, refuses, synapses},
};
use crate::{
    param::{Param, Range, log},
    text::text,
    units::Unit,
};

const KERNEL: Kernel = Kernel {
    probability: |params, _| params[0],
    reach: |params| params[1],
    integrals: |params| [PI * params[1] * params[1] * params[0], params[1] * params[0]],
};

pub(super) static RULE: Rule = Rule {
    name: "spatial_disc",
    title: text("spatial, disc", "空间圆盘"),
    doc: text(
        "Neurons not further apart than the radius are connected with probability p, others are not.",
        "距离不超过半径的神经元以概率 p 连接，其余不连接。",
    ),
    params: &[
        Param {
            name: "p",
            unit: Unit::One,
            default: 0.1,
            range: Range::between(0.0, 1.0),
            slider: log(0.001, 1.0),
            doc: text("probability of a synapse", "连接概率"),
        },
        Param {
            name: "radius",
            unit: Unit::Millimetre,
            default: 0.1,
            range: Range::POSITIVE,
            slider: log(0.01, 1.0),
            doc: text("largest distance between connected neurons", "相连神经元之间的最大距离"),
        },
    ],
    needs: Needs::Positions(KERNEL),
    by: By::Target,
    refuses,
    synapses: |pairing| synapses(pairing, KERNEL),
    pairs: |pairing, target, found| pairs(pairing, KERNEL, target, found),
};
