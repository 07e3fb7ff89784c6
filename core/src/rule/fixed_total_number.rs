//! A given number of synapses, each between a random source and a random target.

use super::{By, CHUNK, Needs, Rule, TOTAL, needed};
use crate::{
    error::Mistake,
    param::{Param, Range, log},
    rng::below,
    text::text,
    units::Unit,
};

pub(super) static RULE: Rule = Rule {
    name: TOTAL.rule,
    title: text("fixed total number", "固定总数"),
    doc: text(
        "The given number of synapses, each from a random source neuron onto a random target neuron.",
        "共给定数目的突触，每个突触连接随机抽取的一个源神经元和一个目标神经元。",
    ),
    params: &[Param {
        name: TOTAL.param,
        unit: Unit::Count,
        default: 1000.0,
        range: Range::between(0.0, Range::LARGEST),
        slider: log(1.0, 1e6),
        doc: text("number of synapses in all", "突触总数"),
    }],
    needs: Needs::Nothing,
    by: By::Chunk,
    // A source and a target of one neuron are refused where they would be the same.
    refuses: |pairing| {
        let alone = pairing.spares_self() && pairing.n_sources == 1 && pairing.params[0] > 0.0;
        let too_few = Mistake::TooFewPartners { key: "N".into(), wanted: pairing.params[0], limit: 0.0 };
        needed(&RULE, "allow_multapses", pairing.allow_multapses, true).or(alone.then(|| ("N".into(), too_few)))
    },
    synapses: |pairing| pairing.params[0],
    pairs: |pairing, chunk, pairs| {
        let left = pairing.params[0] as u32 - chunk * CHUNK;
        let spares_self = pairing.spares_self();
        for synapse in 0..left.min(CHUNK) {
            let words = pairing.stream.words(chunk, synapse);
            let target = below(words[1], pairing.n_targets as u32);
            let source = below(words[0], pairing.n_sources as u32 - u32::from(spares_self));
            pairs.push((source + u32::from(spares_self && source >= target), target));
        }
    },
};
