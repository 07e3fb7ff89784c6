//! Another model, rule, synapse, size or distribution for a part of a network: what the new one knows too stays, what it does
//! not know is dropped and told, and what the new one needs is set, so that a good network stays good wherever it can.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{ControlSpec, Distribution, NetworkSpec, PopulationSpec};
use crate::{
    error::Mistake,
    neuron::{self, NeuronModel},
    param::{Param, Range, index_of, values},
    rng::{Purpose, Stream},
    rule::{self, Needs, Pairing},
    space::Layout,
    stimulus,
    synapse::{self, SynapseModel},
    units::Unit,
};

/// How far a new distribution reaches from its middle, as a part of it: enough to be seen, and little enough that a reset
/// potential stays below its threshold.
const REACH: f64 = 0.1;
/// How much farther than the weight a plastic synapse may go at first.
const ROOM: f64 = 2.0;

/// The forms of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The same for all.
    Constant,
    /// Evenly between two ends.
    Uniform,
    /// Around a mean.
    Normal,
    /// Around a median, by factors.
    Lognormal,
}

impl Shape {
    /// Every form, in the order menus show them.
    pub const ALL: [Shape; 4] = [Shape::Constant, Shape::Uniform, Shape::Normal, Shape::Lognormal];

    /// Its name, as in a saved file.
    pub const fn name(self) -> &'static str {
        match self {
            Shape::Constant => "constant",
            Shape::Uniform => "uniform",
            Shape::Normal => "normal",
            Shape::Lognormal => "lognormal",
        }
    }
}

impl Distribution {
    /// Its form.
    pub fn shape(self) -> Shape {
        match self {
            Distribution::Constant(_) => Shape::Constant,
            Distribution::Uniform { .. } => Shape::Uniform,
            Distribution::Normal { .. } => Shape::Normal,
            Distribution::Lognormal { .. } => Shape::Lognormal,
        }
    }

    /// The form `shape` around the same middle, within a tenth of it and within `range`.
    #[must_use]
    pub fn shaped(self, shape: Shape, range: Range) -> Distribution {
        let middle = self.middle();
        let reach = if middle == 0.0 { REACH } else { REACH * middle.abs() };
        let limits = Range::between((middle - reach).max(range.lo), (middle + reach).min(range.hi));
        match shape {
            same if same == self.shape() => self,
            Shape::Constant => Distribution::Constant(middle),
            Shape::Uniform => Distribution::Uniform { lo: limits.lo, hi: limits.hi },
            Shape::Normal => Distribution::Normal { mean: middle, std: reach / 2.0, limits },
            Shape::Lognormal => Distribution::Lognormal { median: middle, sigma: REACH / 2.0, limits },
        }
    }
}

impl NetworkSpec {
    /// Gives a population another model. Returns the names of what had to go: parameters, starts and controls.
    pub fn choose_model(&mut self, index: usize, model: &str) -> Vec<String> {
        let (Some(population), Some(after)) = (self.populations.get_mut(index), neuron::find(model)) else {
            return Vec::new();
        };
        let before = neuron::find(&population.model);
        model.clone_into(&mut population.model);
        let mut dropped = keep(&mut population.params, before.map(|m| m.params), after.params);
        // What is out of order with the new defaults goes too, and that may put other pairs out of order.
        while let Some((below, above)) = out_of_order(after, &population.params) {
            let pair = |name: &str| name == below || name == above;
            dropped.extend(population.params.extract_if(.., |(name, _)| pair(name)).map(|(name, _)| name));
        }
        let is_lost = |name: &str, start: Distribution| {
            let unit = before.and_then(|m| Some(m.state[m.state_index(name)?].unit));
            let known = after.state_index(name).map(|i| &after.state[i]);
            !known.is_some_and(|s| unit.is_none_or(|unit| unit == s.unit) && is_within(start, s.range))
        };
        dropped.extend(population.init.extract_if(.., |(name, start)| is_lost(name, *start)).map(|(name, _)| name));
        dropped.extend(self.drop_lost_receptors());
        dropped.extend(self.drop_lost_controls());
        dropped
    }

    /// Gives a stimulus another model. Returns the names of what had to go: parameters, lists and controls.
    pub fn choose_stimulus(&mut self, index: usize, model: &str) -> Vec<String> {
        let (Some(stimulus), Some(after)) = (self.stimuli.get_mut(index), stimulus::find(model)) else {
            return Vec::new();
        };
        let before = stimulus::find(&stimulus.model);
        model.clone_into(&mut stimulus.model);
        let mut dropped = keep(&mut stimulus.params, before.map(|m| m.params), after.params);
        let is_lost = |name: &str| !after.lists.iter().any(|list| list.name == name);
        dropped.extend(stimulus.lists.extract_if(.., |(name, _)| is_lost(name)).map(|(name, _)| name));
        dropped.extend(self.drop_lost_receptors());
        dropped.extend(self.drop_lost_controls());
        dropped
    }

    /// Gives a projection another rule, with the options that it needs. Returns the names of what had to go: parameters, and a
    /// list of edges.
    pub fn choose_rule(&mut self, index: usize, rule: &str) -> Vec<String> {
        let (Some(projection), Some(after)) = (self.projections.get_mut(index), rule::find(rule)) else {
            return Vec::new();
        };
        let before = rule::find(&projection.rule);
        rule.clone_into(&mut projection.rule);
        let mut dropped = keep(&mut projection.params, before.map(|r| r.params), after.params);
        // A rule has no defaults in a file: each parameter stands there.
        let all = values(after.params, &projection.params);
        projection.params = after.params.iter().zip(all).map(|(p, value)| (p.name.to_owned(), value)).collect();
        if !matches!(after.needs, Needs::Edges) && !projection.edges.is_empty() {
            projection.edges.clear();
            dropped.push("edges".to_owned());
        }
        while let Some(Mistake::OptionNeeded { option, wanted, .. }) = self.refusal(index) {
            let projection = &mut self.projections[index];
            match option.as_str() {
                "allow_autapses" if projection.allow_autapses != wanted => projection.allow_autapses = wanted,
                "allow_multapses" if projection.allow_multapses != wanted => projection.allow_multapses = wanted,
                _ => break,
            }
        }
        dropped
    }

    /// What the rule of a projection cannot connect; places do not count.
    fn refusal(&self, index: usize) -> Option<Mistake> {
        let p = self.projections.get(index)?;
        let rule = rule::find(&p.rule)?;
        let size = |name: &str| self.populations.iter().find(|q| q.name == name).map(|q| q.size.max(1));
        let pairing = Pairing {
            n_sources: size(&p.source)?,
            n_targets: size(&p.target)?,
            is_recurrent: p.source == p.target,
            allow_autapses: p.allow_autapses,
            allow_multapses: p.allow_multapses,
            params: values(rule.params, &p.params),
            edges: &p.edges,
            places: [None; 2],
            cells: None,
            stream: Stream::new(self.seed, Purpose::Weight, index),
        };
        (rule.refuses)(&pairing).map(|(_, mistake)| mistake)
    }

    /// Gives a projection another synapse model; with a plastic one, room for its weights to change, one delay, and a
    /// modulator if it takes one. Returns the names of what had to go: parameters and controls.
    pub fn choose_synapse(&mut self, index: usize, synapse: &str) -> Vec<String> {
        let (Some(projection), Some(after)) = (self.projections.get_mut(index), synapse::find(synapse)) else {
            return Vec::new();
        };
        let before = synapse::find(&projection.synapse);
        synapse.clone_into(&mut projection.synapse);
        let mut dropped = keep(&mut projection.synapse_params, before.map(|s| s.params), after.params);
        let is_modulated = after.plastic().is_some_and(|plastic| plastic.modulation.is_some());
        if after.plastic().is_some() {
            projection.delay_ms = Distribution::Constant(projection.delay_ms.middle());
            make_room(&mut projection.synapse_params, after, projection.weight);
        }
        let ends = [projection.source.clone(), projection.target.clone()];
        let other = self.populations.iter().find(|p| !ends.contains(&p.name)).or(self.populations.first());
        let projection = &mut self.projections[index];
        projection.modulator = match projection.modulator.take() {
            Some(modulator) if is_modulated => Some(modulator),
            None if is_modulated => other.map(|p| p.name.clone()),
            Some(_) => {
                dropped.push("modulator".to_owned());
                None
            }
            None => None,
        };
        dropped.extend(self.drop_lost_controls());
        dropped
    }

    /// Lets a projection come from another node. From a stimulus it is plain, because each target gets the same. Returns the
    /// names of what had to go.
    pub fn choose_source(&mut self, index: usize, source: &str) -> Vec<String> {
        let Some(projection) = self.projections.get_mut(index) else { return Vec::new() };
        source.clone_into(&mut projection.source);
        if self.populations.iter().any(|p| p.name == source) {
            return Vec::new();
        }
        projection.weight = projection.weight.middle().into();
        projection.delay_ms = projection.delay_ms.middle().into();
        let mut dropped = self.drop_lost_receptors();
        dropped.extend(self.choose_rule(index, rule::FOR_STIMULI));
        dropped.extend(self.choose_synapse(index, synapse::DEFAULT));
        dropped
    }

    /// Gives a population another extent, and says whether its edges meet. Populations that are connected by distance share
    /// edges that meet, so they change with it.
    pub fn choose_surface(&mut self, index: usize, extent: [f64; 2], edge_wrap: bool) {
        let meets = |layout: &Layout| layout.edge_wrap;
        let is_shared = edge_wrap || self.populations[index].positions.as_ref().is_some_and(meets);
        let mut names = Vec::from([self.populations[index].name.clone()]);
        let by_distance = |rule: &str| rule::find(rule).is_some_and(|rule| matches!(rule.needs, Needs::Positions(_)));
        let mut at = 0;
        while is_shared && at < names.len() {
            for p in self.projections.iter().filter(|p| by_distance(&p.rule)) {
                if (p.source == names[at] || p.target == names[at]) && !names.contains(&p.source) {
                    names.push(p.source.clone());
                } else if p.source == names[at] && !names.contains(&p.target) {
                    names.push(p.target.clone());
                }
            }
            at += 1;
        }
        for population in self.populations.iter_mut().filter(|p| names.contains(&p.name)) {
            if let Some(layout) = &mut population.positions {
                (layout.extent, layout.edge_wrap) = (extent, edge_wrap);
            }
        }
    }

    /// Takes away the paths of controls that lead to no number. Returns the names of the controls that went with them.
    fn drop_lost_controls(&mut self) -> Vec<String> {
        let is_lost = |control: &&ControlSpec| control.paths.iter().all(|path| self.get(path).is_none());
        let lost = self.controls.iter().filter(is_lost).map(|control| control.name.clone()).collect();
        self.drop_idle_controls();
        lost
    }
}

impl PopulationSpec {
    /// Gives it `size` neurons; a grid keeps its columns and is filled to the nearest row.
    pub fn resize(&mut self, size: u64) {
        self.size = size.max(1);
        if let Some([columns, rows]) = self.positions.as_mut().and_then(|layout| layout.grid.as_mut()) {
            *rows = (libm::round(self.size as f64 / *columns as f64) as u64).max(1);
            self.size = columns.saturating_mul(*rows);
        }
        self.heal([self.size, u64::MAX]);
    }

    /// Puts its neurons in their places; a grid says how many there are.
    pub fn place(&mut self, positions: Option<Layout>) {
        if let Some([columns, rows]) = positions.and_then(|layout| layout.grid) {
            self.size = columns.saturating_mul(rows).max(1);
            self.heal([self.size, u64::MAX]);
        }
        self.positions = positions;
    }

    /// Columns and rows of the grid that holds its neurons and is nearest to a square.
    pub fn squarest_grid(&self) -> [u64; 2] {
        let root = libm::sqrt(self.size as f64) as u64;
        let rows = (1..=root.max(1)).rev().find(|rows| self.size.is_multiple_of(*rows)).unwrap_or(1);
        [self.size / rows, rows]
    }
}

/// Keeps the parameters that the new model has too, in the same unit and with the value in its range. Returns the rest.
fn keep<T: Copy + Into<Distribution>>(
    given: &mut Vec<(String, T)>,
    before: Option<&[Param]>,
    after: &[Param],
) -> Vec<String> {
    let is_lost = |name: &str, value: Distribution| {
        let unit = before.and_then(|params| Some(params[index_of(params, name)?].unit));
        let stays = index_of(after, name).map(|i| &after[i]).is_some_and(|p| {
            let is_whole = p.unit != Unit::Count || value.constant().is_some_and(|x| x == libm::round(x));
            unit.is_none_or(|unit| unit == p.unit) && is_within(value, p.range) && is_whole
        });
        !stays
    };
    given.extract_if(.., |(name, value)| is_lost(name, (*value).into())).map(|(name, _)| name).collect()
}

/// A pair of parameters, one of them given, of which the first is not below the second.
fn out_of_order(model: &NeuronModel, given: &[(String, Distribution)]) -> Option<(&'static str, &'static str)> {
    let all = values(model.params, given);
    let bounds = |name| model.value(&all, name).map(Distribution::bounds);
    let is_given = |name: &str| given.iter().any(|(n, _)| n == name);
    model.orders.iter().copied().find(|&(below, above)| {
        let is_wrong = bounds(below).zip(bounds(above)).is_some_and(|((_, low), (high, _))| low >= high);
        is_wrong && (is_given(below) || is_given(above))
    })
}

fn is_within(value: Distribution, range: Range) -> bool {
    let (lo, hi) = value.bounds();
    range.contains(lo) && range.contains(hi)
}

/// Moves the limits of a plastic synapse so that `weight` lies between them.
fn make_room(params: &mut Vec<(String, f64)>, model: &SynapseModel, weight: Distribution) {
    let Some(plastic) = model.plastic() else { return };
    let (lo, hi) = weight.bounds();
    let (least, largest) = (plastic.bounds)(&values(model.params, params));
    if least <= lo && hi <= largest {
        return;
    }
    let mut set = |name: &str, value: f64| {
        params.retain(|(n, _)| n != name);
        params.push((name.to_owned(), value));
    };
    if index_of(model.params, "Wmin").is_some() {
        set("Wmin", (ROOM * lo).min(0.0));
        set("Wmax", if hi > 0.0 { ROOM * hi } else { 0.0 });
    } else if index_of(model.params, "Wmax").is_some() {
        // Its sign is that of the weights, as in NEST.
        set("Wmax", ROOM * if hi > 0.0 { hi } else { lo });
    }
}
