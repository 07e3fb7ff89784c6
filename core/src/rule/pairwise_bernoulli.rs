//! Each pair of neurons independently, with one probability.

use super::Rule;
use crate::{
    param::{Param, Range, log},
    rng::unit_open,
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
    // Six standard deviations above the mean of the binomial distribution.
    synapses: |n_sources, n_targets, params| {
        let (pairs, p) = (n_sources as f64 * n_targets as f64, params[0]);
        (pairs * p + 6.0 * libm::sqrt(pairs * p * (1.0 - p)) + 1.0).min(pairs)
    },
    // The gap to the next connected source is geometric, so that only synapses cost time, not pairs.
    sources: |pairing, target, sources| {
        let p = pairing.params[0];
        if p >= 1.0 {
            return sources.extend(0..pairing.n_sources);
        }
        // A subnormal probability gives no synapse in any network, and the gap would overflow.
        if p < f64::MIN_POSITIVE {
            return;
        }
        let per_word = 1.0 / libm::log1p(-p);
        let mut source = 0.0;
        for draw in 0.. {
            for word in pairing.stream.words(target, draw) {
                source += libm::floor(libm::log(unit_open(word)) * per_word);
                if source >= f64::from(pairing.n_sources) {
                    return;
                }
                sources.push(source as u32);
                source += 1.0;
            }
        }
    },
};
