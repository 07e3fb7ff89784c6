//! The connection rules, under NEST's names: which source neurons reach which target neurons.
//!
//! A rule divides its work into units, answers for one unit at a time and remembers nothing, so that a projection can be
//! wired in slices and drawn twice with the same result. Adding a rule costs one file beside this one and its line in
//! [`RULES`].

use alloc::{string::String, vec::Vec};

use crate::{error::Mistake, param::Param, rng::Stream, space::Placed, text::Text};

mod all_to_all;
mod edges;
mod fixed_indegree;
mod fixed_outdegree;
mod fixed_total_number;
mod one_to_one;
mod pairwise_bernoulli;
mod partners;
mod small_world;
mod spatial;
mod spatial_disc;
mod spatial_exponential;
mod spatial_gaussian;
mod symmetric_pairwise_bernoulli;

pub use spatial::{Cells, Kernel};

/// Every connection rule, in the order menus show them.
pub static RULES: &[&Rule] = &[
    &fixed_indegree::RULE,
    &fixed_outdegree::RULE,
    &fixed_total_number::RULE,
    &pairwise_bernoulli::RULE,
    &symmetric_pairwise_bernoulli::RULE,
    &all_to_all::RULE,
    &one_to_one::RULE,
    &spatial_gaussian::RULE,
    &spatial_exponential::RULE,
    &spatial_disc::RULE,
    &small_world::RULE,
    &edges::RULE,
];

/// The rule called `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|r| r.name == name)
}

/// The only rule that connects a stimulus: each target gets its own spikes.
pub const FOR_STIMULI: &str = "all_to_all";

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
    /// What it needs beside its parameters.
    pub needs: Needs,
    /// What a unit of its work is.
    pub by: By,
    /// What it cannot connect.
    pub refuses: fn(pairing: &Pairing) -> Option<Refusal>,
    /// Largest number of synapses to expect.
    pub synapses: fn(pairing: &Pairing) -> f64,
    /// Appends the pairs of one unit: source and target, each numbered from zero in its population. Autapses that are not
    /// allowed are taken out again, so that only a rule whose numbers must stay needs to avoid them.
    pub pairs: fn(pairing: &Pairing, unit: u32, pairs: &mut Vec<(u32, u32)>),
}

/// The rule and its parameter that is a number of synapses in all, and so grows with the populations.
pub struct Total {
    /// Name of the rule.
    pub rule: &'static str,
    /// Name of the parameter.
    pub param: &'static str,
}

/// The only such rule.
pub const TOTAL: Total = Total { rule: "fixed_total_number", param: "N" };

/// A mistake and its place below the projection.
pub type Refusal = (String, Mistake);

/// What a rule needs beside its parameters.
#[derive(Clone, Copy)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// The list of its edges.
    Edges,
    /// Populations with positions, between which the probability of a synapse falls with distance.
    Positions(Kernel),
}

/// One synapse of a list: neurons numbered from zero in their populations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Number of the source neuron.
    pub source: u32,
    /// Number of the target neuron.
    pub target: u32,
    /// Its weight, if not that of the projection.
    pub weight: Option<f64>,
    /// Its delay in ms, if not that of the projection.
    pub delay_ms: Option<f64>,
}

impl Edge {
    /// With the weight and the delay of the projection.
    pub fn new(source: u32, target: u32) -> Edge {
        Edge { source, target, weight: None, delay_ms: None }
    }
}

/// What a unit of a rule's work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// All pairs of one target neuron.
    Target,
    /// The pairs that one source neuron draws.
    Source,
    /// The next [`CHUNK`] pairs of a rule that knows how many there are.
    Chunk,
}

/// Pairs in a chunk: enough that a unit's own cost vanishes, few enough to be drawn in well under a millisecond.
pub const CHUNK: u32 = 1024;

/// What a rule draws from.
pub struct Pairing<'a> {
    /// Number of source neurons, at least 1.
    pub n_sources: u64,
    /// Number of target neurons, at least 1.
    pub n_targets: u64,
    /// Whether source and target are the same population.
    pub is_recurrent: bool,
    /// Whether a neuron may be connected to itself.
    pub allow_autapses: bool,
    /// Whether a pair of neurons may be connected more than once.
    pub allow_multapses: bool,
    /// The rule's parameters, in the order of [`Rule::params`].
    pub params: Vec<f64>,
    /// The list of a rule that needs one.
    pub edges: &'a [Edge],
    /// Where sources and targets stand, if they have positions.
    pub places: [Option<Placed>; 2],
    /// The sources in cells, when pairs are drawn for a rule that looks at positions.
    pub cells: Option<&'a Cells>,
    /// Randomness of this projection; the element is the unit.
    pub stream: Stream,
}

impl Pairing<'_> {
    /// Whether a neuron's number among the sources must not meet the same number among the targets.
    pub fn spares_self(&self) -> bool {
        self.is_recurrent && !self.allow_autapses
    }
}

impl Rule {
    /// Number of units.
    pub fn units(&self, pairing: &Pairing) -> u64 {
        match self.by {
            By::Target => pairing.n_targets,
            By::Source => pairing.n_sources,
            By::Chunk => ((self.synapses)(pairing) as u64).div_ceil(u64::from(CHUNK)),
        }
    }
}

/// For a rule that connects whatever it is given.
fn refuses_nothing(_: &Pairing) -> Option<Refusal> {
    None
}

/// The mistake of an option that the rule needs to be otherwise.
fn needed(rule: &Rule, option: &str, is: bool, wanted: bool) -> Option<Refusal> {
    let mistake = || Mistake::OptionNeeded { rule: rule.name.into(), option: option.into(), wanted };
    (is != wanted).then(|| (option.into(), mistake()))
}

/// The mistake of two populations where the rule connects one with itself.
fn one_population(rule: &Rule, pairing: &Pairing) -> Option<Refusal> {
    (!pairing.is_recurrent).then(|| ("target".into(), Mistake::TwoPopulations { rule: rule.name.into() }))
}
