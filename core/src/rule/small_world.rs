//! A ring whose neighbours are connected, with shortcuts: the small world of Watts & Strogatz (1998), doi:10.1038/30918,
//! for synapses, which have a direction.

use alloc::string::String;

use super::{By, Needs, Rule, one_population, partners::subset};
use crate::{
    error::Mistake,
    param::{Param, Range, linear, log},
    rng::unit_open,
    text::text,
    units::Unit,
};

pub(super) static RULE: Rule = Rule {
    name: "small_world",
    title: text("small world", "小世界"),
    doc: text(
        "The neurons stand on a ring, and each hears its k nearest neighbours. With probability p a synapse comes instead \
         from a random neuron beyond them (Watts & Strogatz 1998).",
        "神经元排成一个环，每个神经元接收最近的 k 个邻居；每个突触以概率 p 改为来自邻居之外的随机神经元（Watts & Strogatz 1998）。",
    ),
    params: &[
        Param {
            name: "k",
            unit: Unit::Count,
            default: 10.0,
            range: Range::between(0.0, 1e6),
            slider: log(2.0, 200.0),
            doc: text("neighbours on the ring that each neuron hears", "每个神经元接收的环上邻居数"),
        },
        Param {
            name: "p",
            unit: Unit::One,
            default: 0.1,
            range: Range::between(0.0, 1.0),
            slider: linear(0.0, 1.0),
            doc: text("probability that a synapse is rewired", "突触重连的概率"),
        },
    ],
    needs: Needs::Nothing,
    by: By::Target,
    refuses: |pairing| {
        // As many neurons beyond the neighbours as there are neighbours, so that all can be rewired.
        let (value, hi) = (pairing.params[0], ((pairing.n_sources - 1) / 2) as f64);
        let too_many = || ("k".into(), Mistake::OutOfRange { value, lo: 0.0, hi, unit: String::new() });
        one_population(&RULE, pairing).or_else(|| (value > hi).then(too_many))
    },
    synapses: |pairing| pairing.n_targets as f64 * pairing.params[0],
    pairs: |pairing, target, pairs| {
        let (n, k, p) = (pairing.n_sources, pairing.params[0] as u32, pairing.params[1]);
        let above = |way: u32| ((u64::from(target) + u64::from(way)) % n) as u32;
        // Neighbours in the order of their distance, the first below, the second above, the third below.
        let neighbour = |i: u32| if i.is_multiple_of(2) { above(n as u32 - i / 2 - 1) } else { above(i / 2 + 1) };
        let mut rewired = 0;
        for i in 0..k {
            if unit_open(pairing.stream.words(target, i)[1]) <= p {
                rewired += 1;
            } else {
                pairs.push((neighbour(i), target));
            }
        }
        subset(pairing.stream, target, rewired, n as u32 - 1 - k, |beyond| {
            pairs.push((above(k / 2 + 1 + beyond), target));
        });
    },
};
