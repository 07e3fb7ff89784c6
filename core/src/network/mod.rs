//! `Network`: a specification that has been checked, wired and turned into the numbers an engine reads.
//!
//! Neurons are numbered through all populations. Each population also owns whole blocks of [`LANES`] neurons; a synapse
//! stores its target as a slot, block · LANES + lane. Synapses are grouped by source neuron, targets rising.
//!
//! Synaptic input is summed in fixed point, so that the order of arrival never matters: a weight is an integer multiple
//! of 2^-exponent, with one exponent for each sum of a population's model, chosen so that no sum can overflow.

use alloc::{string::String, vec::Vec};
use core::ops::{Range, RangeInclusive};
use wide::f32x8;

use crate::{
    error::{Mistake, SpecError},
    neuron::{self, LANES, NeuronModel, Start, StateVar},
    param::{self, values},
    rng::{Purpose, Stream},
    rule::{self, Edge, Pairing, Rule},
    spec::{Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    stimulus::{self, Given, Noise, Source},
    synapse::{self, Kind, SynapseModel},
    units::steps_from_ms,
};

mod check;
mod memory;
mod warning;
mod wiring;

pub use memory::{
    Memory, OutOfMemory, RECORD_BYTES, RECORD_BYTES_PER_NEURON, RECORD_BYTES_PER_PLASTIC, RECORD_BYTES_PER_POPULATION,
    filled,
};
pub use warning::{Caution, Warning, warnings};
pub use wiring::Wiring;

/// A network ready to be stepped. Made by [`Wiring`].
pub struct Network {
    /// What it was made from; its numbers follow [`Network::apply`].
    pub spec: NetworkSpec,
    /// Groups of neurons.
    pub populations: Vec<Population>,
    /// Sources of spikes and currents that are not neurons.
    pub stimuli: Vec<Stimulus>,
    /// Groups of synapses.
    pub projections: Vec<Projection>,
    /// Blocks of all populations together.
    pub blocks: usize,
    /// Sums of input of each neuron: as many as the model that has most of them.
    pub sums: usize,
    /// Longest delay of all projections in steps, at least 1.
    pub max_delay: usize,
    /// Bytes it may take, also after its numbers change.
    memory_limit: f64,
}

/// A population in a network.
pub struct Population {
    /// Its number among the populations.
    pub index: usize,
    /// Name in the specification.
    pub name: String,
    /// Its model.
    pub model: &'static NeuronModel,
    /// Number of neurons.
    pub n: usize,
    /// Number of its first neuron in the network.
    pub first: u32,
    /// Number of its first block in the network.
    pub first_block: usize,
    /// Number of its blocks.
    pub blocks: usize,
    /// Constants of the update, if all its neurons have the same.
    pub constants: Vec<f32>,
    /// Constants of each neuron if they differ, a vector for each constant of each block; else empty.
    pub own_constants: Vec<f32x8>,
    /// Where each state variable starts.
    pub start: Vec<Draw>,
    /// Fixed-point exponent of each of its sums of input.
    pub exponents: Vec<i32>,
    /// Randomness of its neurons.
    pub stream: Stream,
    /// Its neurons that are destroyed, numbered in it; stretches may overlap.
    pub lesions: Vec<RangeInclusive<u32>>,
}

/// A number of which each neuron may have its own.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    from: Distribution,
    stream: Stream,
    step: u32,
}

impl Draw {
    /// That of a neuron, numbered from zero in its population.
    pub fn of(self, neuron: usize) -> f32 {
        self.from.draw(self.stream, neuron as u32, self.step)
    }

    /// Of what it is drawn, the middle.
    pub fn middle(self) -> f32 {
        self.from.middle() as f32
    }
}

impl Population {
    /// Works out the constants of its neurons, whose parameters differ if `own`.
    fn derive(&mut self, params: &[Draw], own: bool, dt_ms: f64) {
        let of = |neuron: usize| {
            let value = |param: &Draw| param.from.constant().unwrap_or_else(|| f64::from(param.of(neuron)));
            let params: Vec<f64> = params.iter().map(value).collect();
            (self.model.derive)(&params, dt_ms)
        };
        let shared: Vec<f64> = params.iter().map(|param| param.from.middle()).collect();
        self.constants = (self.model.derive)(&shared, dt_ms);
        self.own_constants = Vec::new();
        if own {
            let count = self.constants.len();
            self.own_constants.resize(self.blocks * count, f32x8::ZERO);
            for neuron in 0..self.blocks * LANES {
                for (i, constant) in of(neuron).into_iter().enumerate() {
                    self.own_constants[neuron / LANES * count + i].as_mut_array()[neuron % LANES] = constant;
                }
            }
        }
    }

    /// Those of some spikes, rising, that are of its neurons.
    pub fn own<'s>(&self, spikes: &'s [u32]) -> &'s [u32] {
        let own = &spikes[spikes.partition_point(|&s| s < self.first)..];
        &own[..own.partition_point(|&s| ((s - self.first) as usize) < self.n)]
    }
}

/// A stimulus in a network.
pub struct Stimulus {
    /// What it sends.
    pub source: Source,
    /// Steps in which it sends anything.
    pub active: Range<u64>,
}

/// Where a projection comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The population with this index.
    Population(usize),
    /// The stimulus with this index.
    Stimulus(usize),
}

/// A projection in a network.
pub struct Projection {
    /// Where its spikes come from.
    pub from: From,
    /// Index of the population that receives.
    pub target: usize,
    /// Number of the receptor at which its spikes arrive; without one, that of the weight's sign.
    pub receptor: Option<usize>,
    /// Weight in the unit of the target's model; what a plastic one begins with; of a current a plain factor.
    pub weight: Distribution,
    /// Delays of its synapses.
    pub delay: Delay,
    /// Its synapse model.
    pub synapse: &'static SynapseModel,
    /// The parameters of the synapse model, in their order.
    pub params: Vec<f64>,
    /// Index of the population that modulates its plasticity.
    pub modulator: Option<usize>,
    /// Its synapses; empty for a stimulus, which reaches every neuron of the target.
    pub synapses: Synapses,
    /// The same synapses by target, if it is plastic.
    pub incoming: Incoming,
    /// What a list of edges gives to each synapse.
    pub listed: Listed,
    /// Largest number of synapses onto one neuron.
    pub largest_indegree: u32,
    /// Whether every spike arrives everywhere with the same weight after the same delay.
    pub is_plain: bool,
    /// Randomness of a stimulus along this projection.
    pub stream: Stream,
}

/// Delays in steps, at least 1.
#[derive(Clone, Debug, PartialEq)]
pub enum Delay {
    /// The same for all synapses.
    All(usize),
    /// Of each synapse.
    Each(Vec<u16>),
}

/// Weights and delays that stand in a list of edges, in the order of the synapses; empty if none does.
#[derive(Default)]
pub struct Listed {
    /// The weight of each synapse, if it has one of its own.
    pub weights: Vec<Option<f64>>,
    /// The delay in ms of each synapse, if it has one of its own.
    pub delays_ms: Vec<Option<f64>>,
}

impl Listed {
    fn of(spec: &ProjectionSpec) -> Listed {
        let is_spared = |edge: &Edge| spec.source == spec.target && !spec.allow_autapses && edge.source == edge.target;
        let mut edges: Vec<&Edge> = spec.edges.iter().filter(|edge| !is_spared(edge)).collect();
        edges.sort_by_key(|edge| (edge.source, edge.target));
        let column = |of: fn(&Edge) -> Option<f64>| -> Vec<Option<f64>> {
            let is_given = spec.edges.iter().any(|edge| of(edge).is_some());
            if is_given { edges.iter().map(|edge| of(edge)).collect() } else { Vec::new() }
        };
        Listed { weights: column(|edge| edge.weight), delays_ms: column(|edge| edge.delay_ms) }
    }
}

/// Synapses grouped by target neuron.
#[derive(Default)]
pub struct Incoming {
    /// Where the synapses onto each target begin; one entry more than there are targets.
    pub offsets: Vec<usize>,
    /// Number of the synapse, and of its source in its population.
    pub synapses: Vec<[u32; 2]>,
}

/// Synapses grouped by source neuron.
#[derive(Default)]
pub struct Synapses {
    /// Where the targets of each source begin; one entry more than there are sources.
    pub offsets: Vec<usize>,
    /// Slots of the targets, rising for each source.
    pub targets: Vec<u32>,
}

impl Synapses {
    /// The target slots of a source, numbered from zero in its population.
    pub fn of(&self, source: usize) -> &[u32] {
        &self.targets[self.offsets[source]..self.offsets[source + 1]]
    }
}

/// Bits of the largest fixed-point input. Sums stay below 2^28, so that seven changes of a delay at once, each
/// letting old and new spikes arrive together, still cannot overflow 2^31.
const INPUT_BITS: i32 = 28;

/// Every mistake in a specification, whatever memory it would take.
pub fn mistakes(spec: &NetworkSpec) -> Vec<SpecError> {
    check::all(spec, f64::INFINITY).err().unwrap_or_default()
}

impl Network {
    /// Checks and wires a specification in one go.
    ///
    /// # Errors
    /// Every mistake in it, or that it needs more than `memory_limit` bytes.
    pub fn new(spec: NetworkSpec, memory_limit: f64) -> Result<Network, Vec<SpecError>> {
        let mut wiring = Wiring::new(spec, memory_limit)?;
        while !wiring.advance(usize::MAX)? {}
        Ok(wiring.finish())
    }

    /// What of it only the engines of this crate carry, by its name in a specification; `None` where a step needs nothing
    /// but weights and delays that all synapses of a projection share, and spikes and currents that do not tell its targets
    /// apart.
    pub fn beyond_plain(&self) -> Option<&str> {
        let own = |spec: &&StimulusSpec| stimulus::find(&spec.model).is_some_and(|model| model.sends.is_own());
        if let Some(stimulus) = self.spec.stimuli.iter().find(own) {
            return Some(&stimulus.model);
        }
        if self.populations.iter().any(|p| !p.own_constants.is_empty()) {
            return Some("params: { … }");
        }
        if self.has_lesions() {
            return Some("lesions");
        }
        let projection = self.projections.iter().find(|p| !p.is_plain)?;
        Some(match (&projection.synapse.kind, &projection.delay) {
            (Kind::Static, Delay::Each(_)) => "delay_ms: { … }",
            (Kind::Static, _) => "weight: { … }",
            _ => projection.synapse.name,
        })
    }

    /// Whether any neuron is destroyed.
    pub fn has_lesions(&self) -> bool {
        self.populations.iter().any(|p| !p.lesions.is_empty())
    }

    /// Number of neurons.
    pub fn neurons(&self) -> usize {
        self.populations.iter().map(|p| p.n).sum()
    }

    /// Number of synapses; a stimulus has one onto each neuron of its target.
    pub fn synapses(&self) -> usize {
        self.projections
            .iter()
            .map(|p| match p.from {
                From::Population(_) => p.synapses.targets.len(),
                From::Stimulus(_) => self.populations[p.target].n,
            })
            .sum()
    }

    /// Step in ms.
    pub fn dt_ms(&self) -> f64 {
        self.spec.dt_ms
    }

    /// The population that neuron number `neuron` belongs to.
    pub fn population_of(&self, neuron: u32) -> usize {
        self.populations.partition_point(|p| p.first <= neuron) - 1
    }

    /// Takes over the numbers of a specification with the same wiring; time and state go on.
    ///
    /// # Errors
    /// Every mistake in it; nothing has changed then.
    ///
    /// # Panics
    /// If the wiring differs: ask [`NetworkSpec::same_wiring`] first.
    pub fn apply(&mut self, spec: NetworkSpec) -> Result<(), Vec<SpecError>> {
        assert!(self.spec.same_wiring(&spec), "apply() is for specifications with the same wiring");
        check::all(&spec, self.memory_limit)?;
        self.spec = spec;
        self.derive();
        Ok(())
    }

    /// Recomputes everything that follows from the numbers of the specification.
    pub(crate) fn derive(&mut self) {
        let dt = self.spec.dt_ms;
        for (population, spec) in self.populations.iter_mut().zip(&self.spec.populations) {
            let params =
                draws(values(population.model.params, &spec.params), self.spec.seed, Purpose::Param, population.index);
            population.derive(&params, spec.has_own_params(), dt);
            population.start = starts(population, &params, &spec.init, self.spec.seed);
            population.lesions = spec.lesions.iter().map(|&[first, last]| first as u32..=last as u32).collect();
        }
        for i in 0..self.stimuli.len() {
            self.stimuli[i] = self.stimulus(i);
        }
        for (i, (projection, spec)) in self.projections.iter_mut().zip(&self.spec.projections).enumerate() {
            projection.weight = spec.weight;
            projection.params = values(projection.synapse.params, &spec.synapse_params);
            projection.delay = delays(spec.delay_ms, dt, projection, Stream::new(self.spec.seed, Purpose::Delay, i));
            projection.is_plain =
                matches!((&projection.synapse.kind, &projection.delay), (Kind::Static, Delay::All(_)))
                    && !projection.has_weights();
        }
        self.max_delay = self.projections.iter().map(|p| p.delay.longest()).max().unwrap_or(1);
        for target in 0..self.populations.len() {
            let sums = self.populations[target].model.body.sums.len();
            self.populations[target].exponents = (0..sums).map(|sum| self.exponent(target, sum)).collect();
        }
    }

    fn stimulus(&self, index: usize) -> Stimulus {
        let (spec, dt_ms) = (&self.spec.stimuli[index], self.spec.dt_ms);
        let model = stimulus::find(&spec.model).expect("the specification was checked");
        let params = values(model.params, &spec.params);
        let lists: Vec<&[f64]> = model.lists.iter().map(|list| numbers(list.name, &spec.lists)).collect();
        let target = self.projections.iter().find(|p| p.from == From::Stimulus(index)).map(|p| p.target);
        let given = Given {
            params: &params,
            lists: &lists,
            targets: target.map_or(1, |target| self.populations[target].n),
            stream: Stream::new(self.spec.seed, Purpose::Shared, index),
            dt_ms,
        };
        let steps = |name| param::index_of(model.params, name).map(|i| steps_from_ms(params[i], dt_ms));
        let (start, stop) = (steps("start").unwrap_or(0), steps("stop").unwrap_or(u64::MAX - 1));
        // As in NEST, a spike is sent at the end of a step, a current from its beginning on.
        let active = if model.sends.is_current() { start.max(1)..stop } else { start + 1..stop + 1 };
        Stimulus { source: (model.source)(given), active }
    }

    /// The current in pA, the same for every neuron, that a projection brings its target in `step`: what was sent a delay
    /// before the step began. Zero for any other.
    pub fn current(&self, projection: &Projection, step: u64) -> f64 {
        let From::Stimulus(stimulus) = projection.from else { return 0.0 };
        match (&self.stimuli[stimulus].source, self.sent(projection, step)) {
            (Source::Current(current), Some(sent)) => projection.weight.middle() * current.at(sent),
            _ => 0.0,
        }
    }

    /// The noise of a projection, if it brings any.
    pub fn noise(&self, projection: &Projection) -> Option<&Noise> {
        let From::Stimulus(stimulus) = projection.from else { return None };
        if let Source::Noise(noise) = &self.stimuli[stimulus].source { Some(noise) } else { None }
    }

    /// The step in which the stimulus of a projection sent the current that arrives in `step`, if it sent any.
    pub fn sent(&self, projection: &Projection, step: u64) -> Option<u64> {
        let From::Stimulus(stimulus) = projection.from else { return None };
        let sent = step.checked_sub(projection.delay.longest() as u64 + 1)?;
        self.stimuli[stimulus].active.contains(&sent).then_some(sent)
    }

    /// The exponent with which the largest possible sum in one step stays below 2^INPUT_BITS.
    fn exponent(&self, target: usize, sum: usize) -> i32 {
        let onto = self.projections.iter().filter(|p| p.target == target);
        let largest: f64 = onto
            .map(|p| {
                let spikes = match p.from {
                    From::Population(_) => p.largest_indegree,
                    From::Stimulus(s) => self.stimuli[s].source.largest(),
                };
                f64::from(spikes) * p.largest_weight(sum)
            })
            .sum();
        if largest > 0.0 { INPUT_BITS - libm::ceil(libm::log2(largest)) as i32 } else { 0 }
    }
}

impl Projection {
    /// The sum of its target that a weight is added to: that of its receptor, or else of its sign.
    pub fn sum_of(&self, weight: f64) -> usize {
        self.receptor.unwrap_or(usize::from(weight < 0.0))
    }

    /// The sum of its target that its spikes are added to if all its weights are the same.
    pub fn sum(&self) -> usize {
        self.sum_of(self.weight.middle())
    }

    /// Its weight in units of 2^-exponent if all its weights are the same.
    pub fn fixed_weight(&self, exponents: &[i32]) -> i32 {
        libm::round(libm::scalbn(self.weight.middle(), exponents[self.sum()])) as i32
    }

    /// Whether each synapse has a weight of its own.
    pub fn has_weights(&self) -> bool {
        self.weight.constant().is_none() || self.synapse.plastic().is_some() || !self.listed.weights.is_empty()
    }

    /// Index of the population that it comes from.
    ///
    /// # Panics
    /// If it comes from a stimulus.
    pub fn source(&self) -> usize {
        let From::Population(source) = self.from else { panic!("a stimulus is not a population") };
        source
    }

    /// The least and the largest weight that one of its synapses can have at any time.
    pub fn bounds(&self) -> (f64, f64) {
        if let Some(plastic) = self.synapse.plastic() {
            return (plastic.bounds)(&self.params);
        }
        let listed = self.listed.weights.iter().flatten();
        listed.fold(self.weight.bounds(), |(lo, hi), weight| (lo.min(*weight), hi.max(*weight)))
    }

    /// The largest weight that is added to a sum, as a magnitude.
    fn largest_weight(&self, sum: usize) -> f64 {
        let (lo, hi) = self.bounds();
        let largest = |sign: f64| if self.sum_of(sign) == sum { (lo * sign).max(hi * sign).max(0.0) } else { 0.0 };
        largest(1.0).max(largest(-1.0))
    }
}

impl Delay {
    /// The longest.
    pub fn longest(&self) -> usize {
        match self {
            Delay::All(steps) => *steps,
            Delay::Each(steps) => usize::from(steps.iter().copied().max().unwrap_or(1)),
        }
    }
}

/// The delays of a projection.
fn delays(ms: Distribution, dt_ms: f64, projection: &Projection, stream: Stream) -> Delay {
    let steps = |ms: f64| steps_from_ms(ms, dt_ms).max(1);
    let listed = &projection.listed.delays_ms;
    match ms.constant() {
        Some(ms) if listed.is_empty() => Delay::All(steps(ms) as usize),
        _ => {
            let own = |synapse: usize| listed.get(synapse).copied().flatten();
            let draw = |synapse| own(synapse).unwrap_or_else(|| f64::from(ms.draw(stream, synapse as u32, 0)));
            Delay::Each((0..projection.synapses.targets.len()).map(|synapse| steps(draw(synapse)) as u16).collect())
        }
    }
}

/// What is drawn for each neuron of population number `index`, each from its own numbers.
fn draws(from: Vec<Distribution>, seed: u32, purpose: Purpose, index: usize) -> Vec<Draw> {
    let stream = Stream::new(seed, purpose, index);
    from.into_iter().enumerate().map(|(step, from)| Draw { from, stream, step: step as u32 }).collect()
}

/// The numbers of a list; none if it is not given.
fn numbers<'a>(name: &str, given: &'a [(String, Vec<f64>)]) -> &'a [f64] {
    given.iter().rev().find(|(n, _)| n == name).map_or(&[], |(_, numbers)| numbers)
}

/// Where each state variable of a model starts, as the specification says or else the model.
fn starts(population: &Population, params: &[Draw], init: &[(String, Distribution)], seed: u32) -> Vec<Draw> {
    let model = population.model;
    let stream = Stream::new(seed, Purpose::Init, population.index);
    let start = |(step, variable): (usize, &StateVar)| {
        let drawn = |from| Draw { from, stream, step: step as u32 };
        match (init.iter().find(|(name, _)| name == variable.name), variable.start) {
            (Some((_, init)), _) => drawn(*init),
            (None, Start::At(value)) => drawn(f64::from(value).into()),
            // Each neuron's own.
            (None, Start::AtParam(name)) => model.value(params, name).expect("a start names a parameter of its model"),
        }
    };
    model.state.iter().enumerate().map(start).collect()
}

fn population(index: usize, spec: &PopulationSpec, seed: u32, first: u32, first_block: usize) -> Population {
    let model = neuron::find(&spec.model).expect("the specification was checked");
    Population {
        index,
        name: spec.name.clone(),
        model,
        n: spec.size as usize,
        first,
        first_block,
        blocks: (spec.size as usize).div_ceil(LANES),
        constants: Vec::new(),
        own_constants: Vec::new(),
        start: Vec::new(),
        exponents: Vec::new(),
        stream: Stream::new(seed, Purpose::Neuron, index),
        lesions: Vec::new(),
    }
}

/// The network without its synapses.
fn unwired(spec: NetworkSpec, memory_limit: f64) -> Network {
    let mut populations = Vec::new();
    let (mut first, mut first_block) = (0, 0);
    for (index, p) in spec.populations.iter().enumerate() {
        let population = population(index, p, spec.seed, first, first_block);
        first += population.n as u32;
        first_block += population.blocks;
        populations.push(population);
    }
    let projections = spec.projections.iter().enumerate().map(|(i, p)| {
        let index = |name: &str| populations.iter().position(|population| population.name == name);
        let from = index(&p.source).map(From::Population);
        let target = index(&p.target).expect("the specification was checked");
        let receptors = populations[target].model.receptors;
        let stimulus = || spec.stimuli.iter().position(|s| s.name == p.source).map(From::Stimulus);
        Projection {
            from: from.or_else(stimulus).expect("the specification was checked"),
            target,
            receptor: p.receptor.as_deref().and_then(|name| receptors.iter().position(|r| r.name == name)),
            weight: p.weight,
            delay: Delay::All(1),
            synapse: synapse::find(&p.synapse).expect("the specification was checked"),
            params: Vec::new(),
            modulator: p.modulator.as_deref().and_then(index),
            synapses: Synapses::default(),
            incoming: Incoming::default(),
            listed: Listed::of(p),
            largest_indegree: 1,
            is_plain: true,
            stream: Stream::new(spec.seed, Purpose::Drive, i),
        }
    });
    let projections = projections.collect();
    let stimuli = spec.stimuli.iter().map(|_| Stimulus { source: Source::Listed(Vec::new()), active: 0..0 }).collect();
    let sums = populations.iter().map(|p| p.model.body.sums.len()).max().unwrap_or(0);
    Network { spec, populations, stimuli, projections, blocks: first_block, sums, max_delay: 1, memory_limit }
}

/// The rule of a projection between two populations and what it draws from; `None` where a stimulus is the source, or
/// something is wrong.
pub(crate) fn rule_of(spec: &NetworkSpec, projection: usize) -> Option<(&'static Rule, Pairing<'_>)> {
    let p = &spec.projections[projection];
    let index = |name: &str| spec.populations.iter().position(|p| p.name == name && p.size > 0);
    let (source, target) = (index(&p.source)?, index(&p.target)?);
    let rule = rule::find(&p.rule)?;
    let pairing = Pairing {
        n_sources: spec.populations[source].size,
        n_targets: spec.populations[target].size,
        is_recurrent: p.source == p.target,
        allow_autapses: p.allow_autapses,
        allow_multapses: p.allow_multapses,
        params: values(rule.params, &p.params),
        edges: &p.edges,
        places: [source, target].map(|population| spec.placed(population)),
        cells: None,
        stream: Stream::new(spec.seed, Purpose::Wire, projection),
    };
    Some((rule, pairing))
}

fn too_much(synapses: f64, bytes: f64, limit: f64) -> SpecError {
    SpecError::new("", Mistake::TooMuchMemory { synapses, bytes, limit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::GALLERY;

    /// Whatever the weights, the largest sum has room, and a weight is exact to half a unit: 2^-28 of the largest sum.
    #[test]
    fn fixed_point_has_room_for_the_largest_sum_and_little_error() {
        for entry in GALLERY {
            for factor in [1e-6, 0.3, 1.0, 77.7, 1e5] {
                let spec = entry.spec();
                let mut spec = spec.scaled(200.min(spec.neurons()));
                for p in spec.projections.iter_mut().filter(|p| p.synapse == synapse::DEFAULT) {
                    p.weight = p.weight.with_middle(p.weight.middle() * factor);
                }
                let network = Network::new(spec, 1e9).unwrap_or_else(|e| panic!("{}: {}", entry.id, e[0]));
                let sums = |p: &Population| (0..p.exponents.len()).map(|sum| (p.index, sum)).collect::<Vec<_>>();
                for (target, sum) in network.populations.iter().flat_map(sums) {
                    let exponents = &network.populations[target].exponents;
                    let onto = network.projections.iter().filter(|p| p.target == target);
                    let spikes = |p: &Projection| match p.from {
                        From::Population(_) => p.largest_indegree,
                        From::Stimulus(s) => network.stimuli[s].source.largest(),
                    };
                    // A stimulus that sends no spikes sends a current, which is no part of these sums.
                    let onto = onto.filter(|p| spikes(p) > 0);
                    let largest: f64 = onto.clone().map(|p| f64::from(spikes(p)) * p.largest_weight(sum)).sum();
                    for p in onto.filter(|p| !p.has_weights() && p.sum() == sum) {
                        let fixed = f64::from(p.fixed_weight(exponents));
                        let error = (libm::scalbn(fixed, -exponents[sum]) - p.weight.middle()).abs();
                        assert!(error <= largest * libm::scalbn(1.0, -INPUT_BITS), "{}: {error}", entry.id);
                    }
                    let room = libm::scalbn(1.0, INPUT_BITS);
                    assert!(libm::scalbn(largest, exponents[sum]) <= room, "{}: {largest}", entry.id);
                }
            }
        }
    }
}
