//! Each pair of neurons independently, with one probability.

use super::{By, Needs, Rule, refuses_nothing};
use crate::{
    param::{Param, Range, log},
    rng::{Stream, unit_open},
    text::text,
    units::Unit,
};

pub(super) static RULE: Rule = Rule {
    name: "pairwise_bernoulli",
    title: text("pairwise Bernoulli", "成对伯努利"),
    doc: text(
        "Every pair of a source and a target neuron is connected with the same probability, independently.",
        "每一对源神经元与目标神经元以相同的概率独立连接。",
    ),
    params: &[Param {
        name: "p",
        unit: Unit::One,
        default: 0.02,
        range: Range::between(0.0, 1.0),
        slider: log(0.001, 1.0),
        doc: text("probability of a synapse", "连接概率"),
    }],
    needs: Needs::Nothing,
    by: By::Target,
    refuses: refuses_nothing,
    synapses: |pairing| at_most(pairing.n_sources as f64 * pairing.n_targets as f64, pairing.params[0]),
    pairs: |pairing, target, pairs| {
        chosen(pairing.stream, target, pairing.n_sources, pairing.params[0], |source| pairs.push((source, target)));
    },
};

/// Largest number of successes to expect in `trials` with probability `p`: six standard deviations above the mean.
pub(super) fn at_most(trials: f64, p: f64) -> f64 {
    (trials * p + 6.0 * libm::sqrt(trials * p * (1.0 - p)) + 1.0).min(trials)
}

/// Each number below `end` with probability `p`, rising. The gap to the next one is geometric, so that only what is
/// chosen costs time.
pub(super) fn chosen(stream: Stream, unit: u32, end: u64, p: f64, mut each: impl FnMut(u32)) {
    if p >= 1.0 {
        return (0..end as u32).for_each(each);
    }
    // A subnormal probability chooses nothing in any network, and the gap would overflow.
    if p < f64::MIN_POSITIVE {
        return;
    }
    let per_word = 1.0 / libm::log1p(-p);
    let mut next = 0.0;
    for draw in 0.. {
        for word in stream.words(unit, draw) {
            next += libm::floor(libm::log(unit_open(word)) * per_word);
            if next >= end as f64 {
                return;
            }
            each(next as u32);
            next += 1.0;
        }
    }
}
