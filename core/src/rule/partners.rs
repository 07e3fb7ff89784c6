//! Random partners of one neuron, a given number of them: what the rules of a fixed degree share.

use alloc::collections::BTreeSet;

use super::{Pairing, Refusal};
use crate::{
    error::Mistake,
    rng::{Stream, below},
};

/// `n` random numbers below `end`: the partners of neuron `own`. They differ where multapses are not allowed, and leave
/// out `own` where autapses are not.
pub(super) fn partners(pairing: &Pairing, own: u32, n: u32, end: u64, mut each: impl FnMut(u32)) {
    let end = choices(pairing, end) as u32;
    let mut each = |drawn: u32| each(drawn + u32::from(pairing.spares_self() && drawn >= own));
    if pairing.allow_multapses {
        for pair in 0..n.div_ceil(2) {
            let words = pairing.stream.words(own, pair);
            let wanted = (n - 2 * pair).min(2) as usize;
            words[..wanted].iter().for_each(|&word| each(below(word, end)));
        }
    } else {
        subset(pairing.stream, own, n, end, each);
    }
}

/// `n` different numbers below `end`, from the first words of the unit; every subset is as likely as any other.
pub(super) fn subset(stream: Stream, unit: u32, n: u32, end: u32, mut each: impl FnMut(u32)) {
    // Bentley & Floyd (1987), doi:10.1145/30401.315746: no draw is in vain.
    let mut taken = BTreeSet::new();
    for last in end - n..end {
        let drawn = below(stream.words(unit, last)[0], last + 1);
        let new = if taken.insert(drawn) { drawn } else { last };
        taken.insert(new);
        each(new);
    }
}

/// Number of neurons that a neuron's partners can be drawn from, of `end`.
fn choices(pairing: &Pairing, end: u64) -> u64 {
    end.saturating_sub(u64::from(pairing.spares_self()))
}

/// The mistake in wanting the degree under `key` of `end` neurons.
pub(super) fn too_few(pairing: &Pairing, key: &str, end: u64) -> Option<Refusal> {
    let (wanted, limit) = (pairing.params[0], choices(pairing, end) as f64);
    let is_too_few = if pairing.allow_multapses { limit == 0.0 && wanted > 0.0 } else { wanted > limit };
    is_too_few.then(|| (key.into(), Mistake::TooFewPartners { key: key.into(), wanted, limit }))
}
