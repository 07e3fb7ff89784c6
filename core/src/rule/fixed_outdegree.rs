//! The same number of random targets for every source.

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
    name: "fixed_outdegree",
    title: text("fixed out-degree", "固定出度"),
    doc: text(
        "Every source neuron gets the same number of synapses onto targets drawn at random.",
        "每个源神经元向随机抽取的目标神经元发出相同数目的突触。",
    ),
    params: &[Param {
        name: "outdegree",
        unit: Unit::Count,
        default: 80.0,
        range: Range::between(0.0, 1e6),
        slider: log(1.0, 1000.0),
        doc: text("synapses from each source neuron", "每个源神经元的突触数（出度）"),
    }],
    needs: Needs::Nothing,
    by: By::Source,
    refuses: |pairing| too_few(pairing, "outdegree", pairing.n_targets),
    synapses: |pairing| pairing.n_sources as f64 * pairing.params[0],
    pairs: |pairing, source, pairs| {
        let (outdegree, end) = (pairing.params[0] as u32, pairing.n_targets);
        partners(pairing, source, outdegree, end, |target| pairs.push((source, target)));
    },
};
