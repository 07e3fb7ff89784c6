//! What an editor does to a network: nodes and projections added, connected, renamed, copied and removed. Whatever is
//! asked, every reference follows: no projection, modulator or control is left that points at nothing.
//!
//! A node is a population or a stimulus; its name is its key.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::{NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec, path};
use crate::{
    error::{LONGEST_NAME, Mistake, clipped},
    neuron, param, rule,
    stimulus::{self, Sends},
    units::Unit,
};

/// A population or a stimulus, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A population.
    Population(usize),
    /// A stimulus.
    Stimulus(usize),
}

/// Neurons of a new population: four excitatory ones to each inhibitory one, as in the cortex (Braitenberg & Schüz 1998).
const EXCITATORY: u64 = 400;
const INHIBITORY: u64 = 100;
/// Delay of a new projection, ms: NEST's default.
const DELAY_MS: f64 = 1.0;
/// The rule of a new projection between populations, and which share of its source each target hears.
const RULE: &str = "fixed_indegree";
const SHARE: f64 = 0.1;
/// Amplitude or mean of a new stimulus that is a current, pA: above the rheobase of most models with their defaults.
const CURRENT_PA: f64 = 400.0;
/// Frequency of a new stimulus that oscillates, Hz: several periods in a second, each wide enough for several spikes.
const FREQUENCY_HZ: f64 = 5.0;

impl NetworkSpec {
    /// The node called `name`.
    pub fn node(&self, name: &str) -> Option<Node> {
        let population = self.populations.iter().position(|p| p.name == name).map(Node::Population);
        population.or_else(|| self.stimuli.iter().position(|s| s.name == name).map(Node::Stimulus))
    }

    /// The name of a node.
    pub fn node_name(&self, node: Node) -> Option<&str> {
        match node {
            Node::Population(i) => self.populations.get(i).map(|p| p.name.as_str()),
            Node::Stimulus(i) => self.stimuli.get(i).map(|s| s.name.as_str()),
        }
    }

    /// The names of all nodes, populations first.
    pub fn node_names(&self) -> impl Iterator<Item = &str> {
        let populations = self.populations.iter().map(|p| p.name.as_str());
        populations.chain(self.stimuli.iter().map(|s| s.name.as_str()))
    }

    /// A name that no node has: `name`, or with the next number behind it that makes it one.
    pub fn fresh_name(&self, name: &str) -> String {
        fresh(name, |name| self.node(name).is_some())
    }

    /// Whether the spikes of a population inhibit: as its projections do; where it has none yet, as its name says, which
    /// by convention starts with an I.
    pub fn inhibits(&self, source: &str) -> bool {
        let mut weights = self.projections.iter().filter(|p| p.source == source).map(|p| p.weight.middle());
        match weights.find(|weight| *weight != 0.0) {
            Some(weight) => weight < 0.0,
            None => source.starts_with(['I', 'i']) && matches!(self.node(source), Some(Node::Population(_))),
        }
    }

    /// Adds a population of `model` and returns its index; its name tells whether it is meant to inhibit.
    pub fn add_population(&mut self, model: &str, inhibitory: bool) -> usize {
        let (stem, size) = if inhibitory { ("I", INHIBITORY) } else { ("E", EXCITATORY) };
        let name = self.fresh_name(stem);
        self.populations.push(PopulationSpec::new(&name, size, model));
        self.populations.len() - 1
    }

    /// Adds a stimulus of `model` and returns its index; a current is one that makes neurons fire.
    pub fn add_stimulus(&mut self, model: &str) -> usize {
        let known = stimulus::find(model);
        let stem = match known.map(|known| known.sends) {
            Some(Sends::Current | Sends::Noise) => "current",
            Some(Sends::Code) => "code",
            Some(Sends::Spikes) if model.contains("poisson") => "noise",
            _ => "input",
        };
        let params = known.map_or(&[][..], |known| known.params).iter().filter_map(|param| {
            let value = match (param.name, param.unit) {
                ("amplitude" | "mean", Unit::Picoampere) => CURRENT_PA,
                ("frequency", _) => FREQUENCY_HZ,
                _ => return None,
            };
            Some((param.name.to_owned(), value))
        });
        let params = params.collect();
        let name = self.fresh_name(stem);
        self.stimuli.push(StimulusSpec { name, model: model.to_owned(), params, lists: Vec::new() });
        self.stimuli.len() - 1
    }

    /// Adds a projection from a node to a population and returns its index; `None` if there are no such nodes.
    pub fn connect(&mut self, source: &str, target: &str) -> Option<usize> {
        let (from, Node::Population(to)) = (self.node(source)?, self.node(target)?) else { return None };
        let weight = self.new_weight(from, to);
        let mut projection = ProjectionSpec::all_to_all(source, target, weight, DELAY_MS.max(self.dt_ms));
        if let Node::Population(from) = from {
            let param = rule::find(RULE)?.params.first()?;
            let indegree = libm::round(self.populations[from].size as f64 * SHARE).clamp(1.0, param.default);
            projection.rule = RULE.to_owned();
            projection.params = [(param.name.to_owned(), indegree)].into();
        }
        self.projections.push(projection);
        Some(self.projections.len() - 1)
    }

    /// The weight of a new projection: with the defaults of most models a stimulus of one spike per ms makes the target fire,
    /// an excitatory spike moves it by some tenths of a millivolt, and an inhibitory one by four times that.
    fn new_weight(&self, from: Node, to: usize) -> f64 {
        let unit = neuron::find(&self.populations[to].model).map(|model| model.weight_unit);
        let (drive, spike) = match unit {
            Some(Unit::Picoampere) => (200.0, 20.0),
            Some(Unit::Nanosiemens) => (20.0, 1.0),
            Some(Unit::Millivolt) => (2.0, 0.5),
            _ => (1.0, 0.1),
        };
        match from {
            Node::Stimulus(i) => match stimulus::find(&self.stimuli[i].model).map(|model| model.sends) {
                Some(sends) if sends.is_current() => 1.0,
                _ => drive,
            },
            Node::Population(i) if self.inhibits(&self.populations[i].name) => -4.0 * spike,
            Node::Population(_) => spike,
        }
    }

    /// Gives a node another name, and every reference with it.
    ///
    /// # Errors
    /// The name is empty, too long, or that of another node; nothing has changed then.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Mistake> {
        let length = to.chars().count();
        let Some(node) = self.node(from).filter(|_| from != to) else { return Ok(()) };
        if to.trim().is_empty() {
            return Err(Mistake::EmptyName);
        }
        if length > LONGEST_NAME {
            return Err(Mistake::LongName { length, limit: LONGEST_NAME });
        }
        if let Some(other) = self.node(to) {
            let first = match other {
                Node::Population(i) => format!("populations[{i}]"),
                Node::Stimulus(i) => format!("stimuli[{i}]"),
            };
            return Err(Mistake::DuplicateName { name: clipped(to), first });
        }
        match node {
            Node::Population(i) => to.clone_into(&mut self.populations[i].name),
            Node::Stimulus(i) => to.clone_into(&mut self.stimuli[i].name),
        }
        for projection in &mut self.projections {
            let ends = [&mut projection.source, &mut projection.target].into_iter().chain(&mut projection.modulator);
            ends.filter(|end| *end == from).for_each(|end| to.clone_into(end));
        }
        Ok(())
    }

    /// Removes nodes with the projections from and to them. What they modulated is modulated no longer.
    pub fn remove_nodes(&mut self, names: &[String]) {
        let stays = |name: &String| !names.contains(name);
        let populations = renumber(&mut self.populations, |_, p| stays(&p.name));
        let stimuli = renumber(&mut self.stimuli, |_, s| stays(&s.name));
        let projections = renumber(&mut self.projections, |_, p| stays(&p.source) && stays(&p.target));
        for projection in &mut self.projections {
            projection.modulator = projection.modulator.take().filter(stays);
        }
        self.renumber_controls(&[("populations", populations), ("stimuli", stimuli), ("projections", projections)]);
    }

    /// Removes projections, by their indices.
    pub fn remove_projections(&mut self, indices: &[usize]) {
        let projections = renumber(&mut self.projections, |i, _| !indices.contains(&i));
        self.renumber_controls(&[("projections", projections)]);
    }

    /// Gives a population another model: parameters, starting values and receptors that the new one knows stay.
    pub fn set_population_model(&mut self, index: usize, model: &str) {
        let Some((population, known)) = self.populations.get_mut(index).zip(neuron::find(model)) else { return };
        model.clone_into(&mut population.model);
        population.params.retain(|(name, _)| param::index_of(known.params, name).is_some());
        population.init.retain(|(name, _)| known.state_index(name).is_some());
        for projection in self.projections.iter_mut().filter(|p| p.target == population.name) {
            let has = |name: &String| known.receptors.iter().any(|receptor| receptor.name == name);
            projection.receptor = projection.receptor.take().filter(has);
        }
        self.drop_idle_controls();
    }

    /// Gives a stimulus another model: parameters and lists that the new one knows stay.
    pub fn set_stimulus_model(&mut self, index: usize, model: &str) {
        let Some((stimulus, known)) = self.stimuli.get_mut(index).zip(stimulus::find(model)) else { return };
        model.clone_into(&mut stimulus.model);
        stimulus.params.retain(|(name, _)| param::index_of(known.params, name).is_some());
        stimulus.lists.retain(|(name, _)| known.lists.iter().any(|list| list.name == name));
        self.drop_idle_controls();
    }

    /// Takes away every path of a control that leads to no number, and every control without a path.
    pub fn drop_idle_controls(&mut self) {
        let mut controls = core::mem::take(&mut self.controls);
        for control in &mut controls {
            control.paths.retain(|path| self.get(path).is_some());
        }
        controls.retain(|control| !control.paths.is_empty());
        self.controls = controls;
    }

    /// A copy of some nodes and of the projections among them, without controls.
    pub fn part(&self, names: &[String]) -> NetworkSpec {
        let mut part = NetworkSpec { controls: Vec::new(), ..self.clone() };
        let others: Vec<String> =
            self.node_names().filter(|name| !names.iter().any(|n| n == name)).map(Into::into).collect();
        part.remove_nodes(&others);
        part
    }

    /// Adds the nodes and projections of `part`, under names that are free; returns which name became which.
    pub fn insert(&mut self, part: &NetworkSpec) -> Vec<(String, String)> {
        let mut part = part.clone();
        let names: Vec<String> = part.node_names().map(ToOwned::to_owned).collect();
        let mut renamed = Vec::new();
        for name in names {
            let other = fresh(&name, |to| self.node(to).is_some() || (to != name && part.node(to).is_some()));
            // It is neither empty nor taken; one that is too long is told about like any other.
            let _ = part.rename(&name, &other);
            renamed.push((name, other));
        }
        self.populations.append(&mut part.populations);
        self.stimuli.append(&mut part.stimuli);
        self.projections.append(&mut part.projections);
        renamed
    }

    /// Lets controls follow their numbers after lists were thinned out; `places` tells where each entry has gone.
    fn renumber_controls(&mut self, places: &[(&str, Vec<Option<usize>>)]) {
        let moved = |path: &String| {
            let (list, index, field) = path::split(path)?;
            match places.iter().find(|(name, _)| *name == list) {
                Some((_, places)) => Some(format!("{list}[{}].{field}", (*places.get(index)?)?)),
                None => Some(path.clone()),
            }
        };
        for control in &mut self.controls {
            control.paths = control.paths.iter().filter_map(moved).collect();
        }
        self.drop_idle_controls();
    }
}

/// Keeps some entries of a list and tells where each has gone.
fn renumber<T>(list: &mut Vec<T>, stays: impl Fn(usize, &T) -> bool) -> Vec<Option<usize>> {
    let mut next = 0;
    let mut place = |stays: bool| {
        let place = stays.then_some(next);
        next += usize::from(stays);
        place
    };
    let places: Vec<_> = list.iter().enumerate().map(|(i, entry)| place(stays(i, entry))).collect();
    let mut kept = places.iter().map(Option::is_some);
    list.retain(|_| kept.next().unwrap_or(true));
    places
}

/// `name`, or the same with the first number behind it that is not taken.
fn fresh(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name[stem.len()..].parse().unwrap_or(1_u64);
    let next = (1..).map(|more| format!("{stem}{}", number.saturating_add(more)));
    let mut names = core::iter::once(name.to_owned()).chain(next);
    names.find(|name| !taken(name)).unwrap_or_default()
}
