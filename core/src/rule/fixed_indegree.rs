//! The same number of random sources for every target.

use super::{
    By, Needs, Rule,
    partners::{partners, too_few},
};
use crate::{
    param::{Param, Range, log},
    text::text,
    units::Unit,
};

pub(super) static RULE: Rule = Rule {
    name: "fixed_indegree",
    title: text("fixed in-degree", "固定入度"),
    doc: text(
        "Every target neuron gets the same number of synapses from sources drawn at random.",
        "每个目标神经元从随机抽取的源神经元接收相同数目的突触。",
    ),
    params: &[Param {
        name: "indegree",
        unit: Unit::Count,
        default: 80.0,
        range: Range::between(0.0, 1e6),
        slider: log(1.0, 1000.0),
        doc: text("synapses onto each target neuron", "每个目标神经元的突触数（入度）"),
    }],
    needs: Needs::Nothing,
    by: By::Target,
    refuses: |pairing| too_few(pairing, "indegree", pairing.n_sources),
    synapses: |pairing| pairing.n_targets as f64 * pairing.params[0],
    pairs: |pairing, target, pairs| {
        let (indegree, end) = (pairing.params[0] as u32, pairing.n_sources);
        partners(pairing, target, indegree, end, |source| pairs.push((source, target)));
    },
};
