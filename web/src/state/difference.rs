//! The difference of two projects in words: what a step of the history did, and what sets a project apart from another.

use spikeground_core::{
    neuron,
    spec::{ControlSpec, Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    stimulus, synapse,
};

use super::{document::Document, view::weight_unit};
use crate::{
    i18n::{Lang, Words, fill, words},
    plot::format,
};

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    what: What,
    /// What it concerns, such as names; they fill the words of `what`.
    of: Vec<String>,
    how: How,
}

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Title,
    Seed,
    Step,
    Population,
    Stimulus,
    Projection,
    Control,
    Note,
    Group,
    Node,
    Size,
    Model,
    Param,
    Start,
    Positions,
    Lesions,
    Rule,
    Edges,
    Autapses,
    Multapses,
    Weight,
    Delay,
    Synapse,
    Modulator,
    Receptor,
    Order,
}

#[derive(Clone, Debug, PartialEq)]
enum How {
    Added,
    Removed,
    Changed,
    From(String, String),
}

impl What {
    fn words(self, t: &'static Words) -> &'static str {
        match self {
            What::Title => t.change_title,
            What::Seed => t.change_seed,
            What::Step => t.change_step,
            What::Population => t.change_population,
            What::Stimulus => t.change_stimulus,
            What::Projection => t.change_projection,
            What::Control => t.change_control,
            What::Note => t.change_note,
            What::Group => t.change_group,
            What::Node => t.change_node,
            What::Size => t.change_size,
            What::Model => t.change_model,
            What::Param => t.change_param,
            What::Start => t.change_start,
            What::Positions => t.change_positions,
            What::Lesions => t.change_lesions,
            What::Rule => t.change_rule,
            What::Edges => t.change_edges,
            What::Autapses => t.change_autapses,
            What::Multapses => t.change_multapses,
            What::Weight => t.change_weight,
            What::Delay => t.change_delay,
            What::Synapse => t.change_synapse,
            What::Modulator => t.change_modulator,
            What::Receptor => t.change_receptor,
            What::Order => t.change_order,
        }
    }
}

impl Change {
    /// What it says, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let t = words(lang);
        let of: Vec<&str> = self.of.iter().map(String::as_str).collect();
        let what = fill(self.what.words(t), &of);
        match &self.how {
            How::Added => fill(t.change_added, &[&what]),
            How::Removed => fill(t.change_removed, &[&what]),
            How::Changed => fill(t.change_changed, &[&what]),
            How::From(was, is) => fill(t.change_from, &[&what, was, is]),
        }
    }

    /// Whether it concerns the same thing as another one.
    pub fn same_place(&self, other: &Change) -> bool {
        (self.what, &self.of) == (other.what, &other.of)
    }
}

/// What `after` has otherwise than `before`; nothing only if both are the same project. How the page shows them does not
/// count.
pub fn difference(before: &Document, after: &Document) -> Vec<Change> {
    let mut found = Found(Vec::new());
    let renamed = renamed(&before.spec, &after.spec);
    let mut was = before.clone();
    for (old, new) in &renamed {
        found.add(What::Population, &[old], How::From(old.clone(), new.clone()));
        rename(&mut was, old, new);
    }
    found.network(&was.spec, &after.spec);
    found.sketch(&was, after);
    let Found(mut changes) = found;
    if changes.is_empty() && (&was.spec, &was.sketch) != (&after.spec, &after.sketch) {
        changes.push(Change { what: What::Order, of: Vec::new(), how: How::Changed });
    }
    changes
}

/// The nodes that have another name at the same place, as old and new name.
fn renamed(before: &NetworkSpec, after: &NetworkSpec) -> Vec<(String, String)> {
    fn names(spec: &NetworkSpec) -> [Vec<&String>; 2] {
        [spec.populations.iter().map(|p| &p.name).collect(), spec.stimuli.iter().map(|s| &s.name).collect()]
    }
    let pairs = names(before).into_iter().zip(names(after)).filter(|(old, new)| old.len() == new.len());
    let renamed = pairs.flat_map(|(old, new)| {
        let pairs: Vec<_> = old.iter().copied().zip(new.iter().copied()).collect();
        let is_new = move |(was, is): &(&String, &String)| was != is && !old.contains(is) && !new.contains(was);
        pairs.into_iter().filter(is_new).collect::<Vec<_>>()
    });
    renamed.map(|(old, new)| (old.clone(), new.clone())).collect()
}

fn rename(document: &mut Document, old: &str, new: &str) {
    let Document { spec, sketch, .. } = document;
    let projections = spec.projections.iter_mut();
    let ends = projections.flat_map(|p| [&mut p.source, &mut p.target].into_iter().chain(p.modulator.as_mut()));
    let nodes = spec.populations.iter_mut().map(|p| &mut p.name).chain(spec.stimuli.iter_mut().map(|s| &mut s.name));
    let places = sketch.places.iter_mut().map(|(name, _)| name);
    let members = sketch.groups.iter_mut().flat_map(|group| &mut group.members);
    for name in ends.chain(nodes).chain(places).chain(members).filter(|name| *name == old) {
        new.clone_into(name);
    }
}

struct Found(Vec<Change>);

impl Found {
    fn add(&mut self, what: What, of: &[&str], how: How) {
        self.0.push(Change { what, of: of.iter().map(|&name| name.to_owned()).collect(), how });
    }

    /// Notes two values if they differ.
    fn compare<T: PartialEq + Shown>(&mut self, what: What, of: &[&str], unit: &str, was: &T, is: &T) {
        if was != is {
            let [a, b] = was.shown_beside(is);
            self.add(what, of, How::From(a, format::with_unit(&b, unit)));
        }
    }

    /// Notes what cannot be said in a line if it differs.
    fn note<T: PartialEq>(&mut self, what: What, of: &[&str], was: &T, is: &T) {
        if was != is {
            self.add(what, of, How::Changed);
        }
    }

    /// Goes through two lists by their keys.
    fn lists<'a, T>(
        &mut self,
        what: What,
        was: &'a [T],
        is: &'a [T],
        key: impl Fn(&'a [T], usize) -> String,
        each: impl Fn(&mut Found, &str, &T, &T),
    ) {
        let keys = |list: &'a [T]| (0..list.len()).map(|i| key(list, i)).collect::<Vec<_>>();
        let (old, new) = (keys(was), keys(is));
        for gone in old.iter().filter(|key| !new.contains(key)) {
            self.add(what, &[gone], How::Removed);
        }
        for (key, item) in new.iter().zip(is) {
            match old.iter().position(|old| old == key) {
                Some(i) => each(self, key, &was[i], item),
                None => self.add(what, &[key], How::Added),
            }
        }
    }

    fn network(&mut self, was: &NetworkSpec, is: &NetworkSpec) {
        self.compare(What::Title, &[], "", &was.name, &is.name);
        self.compare(What::Seed, &[], "", &f64::from(was.seed), &f64::from(is.seed));
        self.compare(What::Step, &[], "ms", &was.dt_ms, &is.dt_ms);
        let name = |list: &[PopulationSpec], i: usize| list[i].name.clone();
        self.lists(What::Population, &was.populations, &is.populations, name, Found::population);
        let name = |list: &[StimulusSpec], i: usize| list[i].name.clone();
        self.lists(What::Stimulus, &was.stimuli, &is.stimuli, name, Found::stimulus);
        self.lists(What::Projection, &was.projections, &is.projections, projection_name, |found, name, p, q| {
            found.projection(name, p, q, weight_unit(is, q));
        });
        let name = |list: &[ControlSpec], i: usize| list[i].name.clone();
        self.lists(What::Control, &was.controls, &is.controls, name, |found, name, p, q| {
            found.note(What::Control, &[name], p, q);
        });
    }

    fn population(&mut self, name: &str, was: &PopulationSpec, is: &PopulationSpec) {
        self.compare(What::Size, &[name], "", &(was.size as f64), &(is.size as f64));
        self.compare(What::Model, &[name], "", &was.model, &is.model);
        let model = neuron::find(&is.model);
        let param = |key: &str| model.and_then(|m| m.params.iter().find(|p| p.name == key));
        let unit = |key: &str| param(key).map_or("", |p| p.unit.symbol());
        let default = |key: &str| param(key).map(|p| Distribution::Constant(p.default));
        self.values(What::Param, name, &was.params, &is.params, unit, default);
        let state = |key: &str| model.and_then(|m| m.state.iter().find(|s| s.name == key));
        self.values(What::Start, name, &was.init, &is.init, |key| state(key).map_or("", |s| s.unit.symbol()), |_| None);
        self.note(What::Positions, &[name], &was.positions, &is.positions);
        self.note(What::Lesions, &[name], &was.lesions, &is.lesions);
    }

    fn stimulus(&mut self, name: &str, was: &StimulusSpec, is: &StimulusSpec) {
        self.compare(What::Model, &[name], "", &was.model, &is.model);
        let model = stimulus::find(&is.model);
        let param = |key: &str| model.and_then(|m| m.params.iter().find(|p| p.name == key));
        let unit = |key: &str| param(key).map_or("", |p| p.unit.symbol());
        self.values(What::Param, name, &was.params, &is.params, unit, |key| param(key).map(|p| p.default));
        let lists = was.lists.iter().filter(|(key, _)| !is.lists.iter().any(|(k, _)| k == key)).chain(&is.lists);
        for (key, _) in lists {
            let of = |lists: &[(String, Vec<f64>)]| lists.iter().find(|(k, _)| k == key).map(|(_, list)| list.clone());
            self.note(What::Param, &[key, name], &of(&was.lists), &of(&is.lists));
        }
    }

    fn projection(&mut self, name: &str, was: &ProjectionSpec, is: &ProjectionSpec, weight_unit: &str) {
        self.compare(What::Rule, &[name], "", &was.rule, &is.rule);
        self.values(What::Param, name, &was.params, &is.params, |_| "", |_| None);
        self.note(What::Edges, &[name], &was.edges, &is.edges);
        self.compare(What::Autapses, &[name], "", &was.allow_autapses, &is.allow_autapses);
        self.compare(What::Multapses, &[name], "", &was.allow_multapses, &is.allow_multapses);
        self.compare(What::Weight, &[name], weight_unit, &was.weight, &is.weight);
        self.compare(What::Delay, &[name], "ms", &was.delay_ms, &is.delay_ms);
        self.compare(What::Synapse, &[name], "", &was.synapse, &is.synapse);
        let param = |key: &str| synapse::find(&is.synapse).and_then(|m| m.params.iter().find(|p| p.name == key));
        let unit = |key: &str| param(key).map_or("", |p| p.unit.symbol());
        self.values(What::Param, name, &was.synapse_params, &is.synapse_params, unit, |key| {
            param(key).map(|p| p.default)
        });
        let none = |name: &Option<String>| name.clone().unwrap_or_else(|| NONE.to_owned());
        self.compare(What::Modulator, &[name], "", &none(&was.modulator), &none(&is.modulator));
        self.compare(What::Receptor, &[name], "", &none(&was.receptor), &none(&is.receptor));
    }

    /// The values of parameters, given or default.
    fn values<T: PartialEq + Clone + Shown>(
        &mut self,
        what: What,
        of: &str,
        was: &[(String, T)],
        is: &[(String, T)],
        unit: impl Fn(&str) -> &'static str,
        default: impl Fn(&str) -> Option<T>,
    ) {
        let value = |list: &[(String, T)], key: &str| {
            let given = list.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
            given.or_else(|| default(key))
        };
        let gone = was.iter().filter(|(key, _)| !is.iter().any(|(k, _)| k == key));
        for (key, _) in gone.chain(is) {
            match (value(was, key), value(is, key)) {
                (Some(a), Some(b)) => self.compare(what, &[key, of], unit(key), &a, &b),
                (Some(_), None) => self.add(what, &[key, of], How::Removed),
                (None, Some(_)) => self.add(what, &[key, of], How::Added),
                (None, None) => {}
            }
        }
    }

    fn sketch(&mut self, was: &Document, is: &Document) {
        let (was, is) = (&was.sketch, &is.sketch);
        let place = |places: &[(String, _)], name: &str| places.iter().find(|(n, _)| n == name).map(|(_, p)| *p);
        let gone = was.places.iter().filter(|(name, _)| place(&is.places, name).is_none());
        for (name, _) in gone.chain(&is.places) {
            self.note(What::Node, &[name], &place(&was.places, name), &place(&is.places, name));
        }
        if was.notes.len() == is.notes.len() {
            let pairs = was.notes.iter().zip(&is.notes);
            pairs.for_each(|(a, b)| self.note(What::Note, &[&first_line(&b.text)], a, b));
        } else {
            let text = |list: &[super::sketch::Note], i: usize| first_line(&list[i].text);
            self.lists(What::Note, &was.notes, &is.notes, text, |found, text, a, b| {
                found.note(What::Note, &[text], a, b);
            });
        }
        let title = |list: &[super::sketch::Group], i: usize| list[i].title.clone();
        self.lists(What::Group, &was.groups, &is.groups, title, |found, title, a, b| {
            found.note(What::Group, &[title], a, b);
        });
    }
}

/// Stands for nothing.
const NONE: &str = "–";

/// Source and target, and a number from the second projection between the same two on.
fn projection_name(list: &[ProjectionSpec], i: usize) -> String {
    let ends = |p: &ProjectionSpec| format!("{} → {}", p.source, p.target);
    let name = ends(&list[i]);
    let before = list[..i].iter().filter(|p| ends(p) == name).count();
    if before == 0 { name } else { format!("{name} ({})", before + 1) }
}

/// The first words of a note.
fn first_line(text: &str) -> String {
    spikeground_core::error::clipped(text.lines().next().unwrap_or_default())
}

/// A value that is said in a few characters, the same in every language.
trait Shown {
    /// With so many digits of its numbers.
    fn shown(&self, digits: usize) -> String;

    /// Both values, with digits enough to tell them apart.
    fn shown_beside(&self, other: &Self) -> [String; 2] {
        let digits = (4..17).find(|&n| self.shown(n) != other.shown(n)).unwrap_or(17);
        [self.shown(digits), other.shown(digits)]
    }
}

impl Shown for f64 {
    fn shown(&self, digits: usize) -> String {
        // Whole numbers, such as seeds and sizes, are told to the last digit.
        format::significant(*self, if self.fract() == 0.0 { 17 } else { digits })
    }
}

impl Shown for String {
    fn shown(&self, _: usize) -> String {
        if self.is_empty() { NONE.to_owned() } else { spikeground_core::error::clipped(self) }
    }
}

impl Shown for bool {
    fn shown(&self, _: usize) -> String {
        if *self { "✓" } else { "✗" }.to_owned()
    }
}

impl Shown for Distribution {
    fn shown(&self, digits: usize) -> String {
        let (name, a, b) = match *self {
            Distribution::Constant(value) => return value.shown(digits),
            Distribution::Uniform { lo, hi } => ("uniform", lo, hi),
            Distribution::Normal { mean, std, .. } => ("normal", mean, std),
            Distribution::Lognormal { median, sigma, .. } => ("lognormal", median, sigma),
        };
        format!("{name} [{}, {}]", a.shown(digits), b.shown(digits))
    }
}
