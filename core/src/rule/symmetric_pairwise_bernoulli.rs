//! Pairs of neurons of one population, connected in both directions at once.

use super::{
    By, Needs, Rule, needed, one_population,
    pairwise_bernoulli::{at_most, chosen},
};
use crate::{
    param::{Param, Range, log},
    text::text,
    units::Unit,
};

pub(super) static RULE: Rule = Rule {
    name: "symmetric_pairwise_bernoulli",
    title: text("symmetric pairwise Bernoulli", "对称成对伯努利"),
    doc: text(
        "Every neuron chooses each other one of the population with the same probability, and what is chosen is connected \
         in both directions. As in NEST, two neurons that choose each other are connected twice.",
        "每个神经元以相同的概率选择群体中的其他神经元，被选中的一对双向连接。与 NEST 相同，互相选中的两个神经元之间连接两次。",
    ),
    params: &[Param {
        name: "p",
        unit: Unit::One,
        default: 0.02,
        range: Range::between(0.0, 0.999_999),
        slider: log(0.001, 0.5),
        doc: text("probability that a neuron chooses another", "神经元选择另一神经元的概率"),
    }],
    needs: Needs::Nothing,
    by: By::Source,
    refuses: |pairing| {
        needed(&RULE, "allow_autapses", pairing.allow_autapses, false)
            .or(needed(&RULE, "allow_multapses", pairing.allow_multapses, true))
            .or(one_population(&RULE, pairing))
    },
    synapses: |pairing| 2.0 * at_most(pairing.n_sources as f64 * (pairing.n_sources as f64 - 1.0), pairing.params[0]),
    pairs: |pairing, own, pairs| {
        chosen(pairing.stream, own, pairing.n_sources - 1, pairing.params[0], |drawn| {
            let other = drawn + u32::from(drawn >= own);
            pairs.extend([(own, other), (other, own)]);
        });
    },
};
