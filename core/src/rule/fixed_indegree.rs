//! The same number of random sources for every target; a source may come up twice, or be the target itself, as in NEST.

use super::Rule;
use crate::{
    param::{Param, Range, log},
    rng::below,
    text::text,
    units::Unit,
};

pub(super) static RULE: Rule = Rule {
    name: "fixed_indegree",
    title: text("fixed in-degree", "固定入度"),
    doc: text(
        "Every target neuron gets the same number of synapses from sources drawn at random. A source may be drawn twice.",
        "每个目标神经元从随机抽取的源神经元接收相同数目的突触；同一源可被重复抽中。",
    ),
    params: &[Param {
        name: "indegree",
        unit: Unit::Count,
        default: 80.0,
        range: Range::between(0.0, 1e6),
        slider: log(1.0, 1000.0),
        doc: text("synapses onto each target neuron", "每个目标神经元的突触数（入度）"),
    }],
    synapses: |_, n_targets, params| n_targets as f64 * params[0],
    sources: |pairing, target, sources| {
        let indegree = pairing.params[0] as u32;
        for pair in 0..indegree.div_ceil(2) {
            let words = pairing.stream.words(target, pair);
            let wanted = (indegree - 2 * pair).min(2) as usize;
            sources.extend(words[..wanted].iter().map(|&word| below(word, pairing.n_sources)));
        }
    },
};
