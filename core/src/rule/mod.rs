//! The connection rules, under NEST's names: which sources a target neuron gets.
//!
//! A rule answers for one target at a time and remembers nothing, so that a projection can be wired in slices and drawn
//! twice with the same result. Adding a rule costs one file beside this one and its line in [`RULES`].

use alloc::vec::Vec;

use crate::{param::Param, rng::Stream, text::Text};

mod all_to_all;
mod fixed_indegree;
mod pairwise_bernoulli;

/// Every connection rule, in the order menus show them.
pub static RULES: &[&Rule] = &[&fixed_indegree::RULE, &pairwise_bernoulli::RULE, &all_to_all::RULE];

/// The rule called `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|r| r.name == name)
}

/// Everything the product knows of a connection rule.
pub struct Rule {
    /// NEST's name, as it stands in a saved file.
    pub name: &'static str,
    /// Name for people.
    pub title: Text,
    /// What it does.
    pub doc: Text,
    /// What a user may set.
    pub params: &'static [Param],
    /// Largest number of synapses to expect between that many sources and targets.
    pub synapses: fn(n_sources: u64, n_targets: u64, params: &[f64]) -> f64,
    /// Appends the sources of one target, numbered from zero.
    pub sources: fn(pairing: Pairing, target: u32, sources: &mut Vec<u32>),
}

/// What a rule draws from.
#[derive(Clone, Copy)]
pub struct Pairing<'a> {
    /// Number of source neurons, at least 1.
    pub n_sources: u32,
    /// The rule's parameters, in the order of [`Rule::params`].
    pub params: &'a [f64],
    /// Randomness of this projection.
    pub stream: Stream,
}
