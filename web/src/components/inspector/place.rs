//! The numbers that the inspector shows: where each stands in a network, and what it may be.

use leptos::prelude::*;
use spikeground_core::{
    neuron::{self, Start, StateVar},
    param::{self, Param, Range, Slider},
    spec::{Distribution, NetworkSpec},
    units::Unit,
};

use crate::{
    components::slider::Quantity,
    i18n::{lang, t},
    state::{player::Player, view::weight_unit},
};

/// A number of a network.
#[derive(Clone, Copy)]
pub enum Place {
    /// A parameter of a population.
    Param(usize, &'static Param),
    /// Where a state variable of a population starts.
    Start(usize, &'static StateVar),
    /// A parameter of a stimulus.
    Stimulus(usize, &'static Param),
    /// The weight of a projection.
    Weight(usize),
    /// The delay of a projection.
    Delay(usize),
    /// A parameter of a projection's rule.
    Rule(usize, &'static Param),
    /// A parameter of a projection's synapse model.
    Synapse(usize, &'static Param),
}

impl Place {
    /// Its path, as mistakes name it.
    pub fn path(self) -> String {
        let name = self.name();
        match self {
            Place::Param(i, _) => format!("populations[{i}].params.{name}"),
            Place::Start(i, _) => format!("populations[{i}].init.{name}"),
            Place::Stimulus(i, _) => format!("stimuli[{i}].params.{name}"),
            Place::Weight(i) | Place::Delay(i) | Place::Rule(i, _) => format!("projections[{i}].{name}"),
            Place::Synapse(i, _) => format!("projections[{i}].synapse_params.{name}"),
        }
    }

    /// Its name, as a specification writes it.
    pub fn name(self) -> &'static str {
        match self {
            Place::Param(_, param) | Place::Stimulus(_, param) | Place::Rule(_, param) | Place::Synapse(_, param) => {
                param.name
            }
            Place::Start(_, variable) => variable.name,
            Place::Weight(_) => "weight",
            Place::Delay(_) => "delay_ms",
        }
    }

    /// What stands there, given or default.
    pub fn get(self, spec: &NetworkSpec) -> Option<Distribution> {
        match self {
            Place::Param(i, param) => {
                let population = spec.populations.get(i)?;
                Some(given(&population.params, param.name).copied().unwrap_or(param.default.into()))
            }
            Place::Start(i, variable) => {
                let population = spec.populations.get(i)?;
                given(&population.init, variable.name).copied().or_else(|| match variable.start {
                    Start::At(value) => Some(shortest(value).into()),
                    Start::AtParam(name) => {
                        let param = neuron::find(&population.model)?.params.iter().find(|p| p.name == name)?;
                        Place::Param(i, param).get(spec)
                    }
                })
            }
            Place::Stimulus(i, param) => {
                Some(given(&spec.stimuli.get(i)?.params, param.name).copied().unwrap_or(param.default).into())
            }
            Place::Weight(i) => Some(spec.projections.get(i)?.weight),
            Place::Delay(i) => Some(spec.projections.get(i)?.delay_ms),
            Place::Rule(i, param) => {
                Some(given(&spec.projections.get(i)?.params, param.name).copied().unwrap_or(param.default).into())
            }
            Place::Synapse(i, param) => Some(
                given(&spec.projections.get(i)?.synapse_params, param.name).copied().unwrap_or(param.default).into(),
            ),
        }
    }

    /// Puts a value there. Where all have one number, a distribution is its middle.
    pub fn set(self, spec: &mut NetworkSpec, value: Distribution) {
        match self {
            Place::Param(i, param) => put(&mut spec.populations[i].params, param.name, value),
            Place::Start(i, variable) => put(&mut spec.populations[i].init, variable.name, value),
            Place::Stimulus(i, param) => put(&mut spec.stimuli[i].params, param.name, value.middle()),
            Place::Weight(i) => spec.projections[i].weight = value,
            Place::Delay(i) => spec.projections[i].delay_ms = value,
            Place::Rule(i, param) => put(&mut spec.projections[i].params, param.name, value.middle()),
            Place::Synapse(i, param) => put(&mut spec.projections[i].synapse_params, param.name, value.middle()),
        }
    }

    /// Whether each neuron or synapse may have its own. Tracked by nothing: asked when a row is made.
    pub fn may_differ(self, spec: &NetworkSpec) -> bool {
        match self {
            Place::Param(_, param) => param.unit != Unit::Count,
            Place::Start(..) => true,
            // A stimulus sends the same to all, so its synapses share a weight and a delay.
            Place::Weight(i) | Place::Delay(i) => {
                let source = spec.projections.get(i).map(|p| &p.source);
                spec.populations.iter().any(|p| Some(&p.name) == source)
            }
            Place::Stimulus(..) | Place::Rule(..) | Place::Synapse(..) => false,
        }
    }

    /// Whether it is a number that only another wiring can follow.
    pub fn is_wiring(self) -> bool {
        matches!(self, Place::Rule(..))
    }

    /// Values that are allowed.
    pub fn range(self, spec: &NetworkSpec) -> Range {
        match self {
            Place::Param(_, param) | Place::Stimulus(_, param) | Place::Rule(_, param) | Place::Synapse(_, param) => {
                param.range
            }
            Place::Start(_, variable) => variable.range,
            Place::Weight(_) => Range::ANY,
            Place::Delay(_) => Range::between(spec.dt_ms, Range::LARGEST),
        }
    }

    /// What a slider shows of it. `original` is the network it came from, to whose value a double click goes back.
    pub fn quantity(self, spec: &NetworkSpec, original: Option<&NetworkSpec>) -> Quantity {
        let now = self.get(spec).map_or(0.0, Distribution::middle);
        let before = original.filter(|original| self.is_of_same_part(spec, original)).and_then(|o| self.get(o));
        let before = before.map(Distribution::middle);
        let of_param = |param: &'static Param| Quantity {
            name: param.name.into(),
            doc: param.doc.get(lang()).into(),
            unit: param.unit.symbol(),
            default: before.unwrap_or(param.default),
            slider: param.slider,
            whole: param.unit == Unit::Count,
        };
        match self {
            Place::Param(_, param) | Place::Stimulus(_, param) | Place::Rule(_, param) | Place::Synapse(_, param) => {
                of_param(param)
            }
            Place::Start(_, variable) => Quantity {
                name: variable.name.into(),
                doc: variable.doc.get(lang()).into(),
                unit: variable.unit.symbol(),
                default: before.unwrap_or(now),
                slider: slider_of(variable, now),
                whole: false,
            },
            Place::Weight(i) => {
                let default = before.unwrap_or(now);
                // Up to five times the strength it came with, on its side of zero.
                let reach = 5.0 * default.abs().max(1.0);
                let slider = if default < 0.0 { param::linear(-reach, 0.0) } else { param::linear(0.0, reach) };
                let unit = spec.projections.get(i).map_or("", |p| weight_unit(spec, p));
                let (name, doc) = (t().weight.into(), t().weight_help.into());
                Quantity { name, doc, unit, default, slider, whole: false }
            }
            Place::Delay(_) => {
                let slider = param::log(spec.dt_ms, 20.0_f64.max(spec.dt_ms * 2.0));
                let (name, doc) = (t().delay.into(), t().delay_help.into());
                Quantity { name, doc, unit: "ms", default: before.unwrap_or(now), slider, whole: false }
            }
        }
    }

    /// Whether another network has the same part at the same place.
    fn is_of_same_part(self, spec: &NetworkSpec, other: &NetworkSpec) -> bool {
        fn same<T, K: PartialEq>(a: &[T], b: &[T], i: usize, key: impl Fn(&T) -> K) -> bool {
            a.get(i).map(&key) == b.get(i).map(&key)
        }
        match self {
            Place::Param(i, _) | Place::Start(i, _) => {
                same(&spec.populations, &other.populations, i, |p| p.model.clone())
            }
            Place::Stimulus(i, _) => same(&spec.stimuli, &other.stimuli, i, |s| s.model.clone()),
            Place::Weight(i) | Place::Delay(i) => {
                same(&spec.projections, &other.projections, i, |p| (p.source.clone(), p.target.clone()))
            }
            Place::Rule(i, _) => same(&spec.projections, &other.projections, i, |p| p.rule.clone()),
            Place::Synapse(i, _) => same(&spec.projections, &other.projections, i, |p| p.synapse.clone()),
        }
    }
}

/// Where a network came from, to whose values sliders go back; provided as a context by what holds them.
#[derive(Clone, Copy)]
pub struct Original(pub Memo<Option<NetworkSpec>>);

impl Original {
    /// The network of the gallery that the player has opened, if it came from there.
    pub fn of(player: Player) -> Original {
        Original(Memo::new(move |_| player.entry.get().map(|entry| entry.spec())))
    }
}

/// Where people start a state variable: around the potentials of neurons, or a few times what it is.
fn slider_of(variable: &StateVar, now: f64) -> Slider {
    const POTENTIALS_MV: (f64, f64) = (-100.0, 50.0);
    let Range { lo, hi } = variable.range;
    if variable.unit == Unit::Millivolt {
        return param::linear(POTENTIALS_MV.0.max(lo), POTENTIALS_MV.1.min(hi));
    }
    let reach = 5.0 * now.abs().max(1.0);
    param::linear(lo.max(-reach), hi.min(reach))
}

/// The number that people would write for a single-precision one.
fn shortest(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

/// What is given under a name.
pub fn given<'a, T>(params: &'a [(String, T)], name: &str) -> Option<&'a T> {
    params.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value)
}

fn put<T>(params: &mut Vec<(String, T)>, name: &str, value: T) {
    match params.iter_mut().rev().find(|(n, _)| n == name) {
        Some((_, slot)) => *slot = value,
        None => params.push((name.to_owned(), value)),
    }
}
