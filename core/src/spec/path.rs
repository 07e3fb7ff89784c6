//! Paths to the numbers of a network that can change while it runs: `projections[0].weight`, `projections[0].delay_ms`,
//! `projections[0].synapse_params.U`, `populations[0].params.I_e`, `stimuli[0].params.rate`. Of a distribution it is the middle.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{Distribution, NetworkSpec};
use crate::{neuron, param::Param, stimulus, synapse};

impl NetworkSpec {
    /// The number at `path`; a parameter that the specification leaves out has its model's default.
    pub fn get(&self, path: &str) -> Option<f64> {
        match self.place(path)? {
            Place::Weight(i) => Some(self.projections[i].weight.middle()),
            Place::Delay(i) => Some(self.projections[i].delay_ms.middle()),
            Place::Param { given, param } => Some(given.map_or(param.default, Distribution::middle)),
        }
    }

    /// Sets the number at `path`. Returns whether there is one; the value is not judged here.
    pub fn set(&mut self, path: &str, value: f64) -> bool {
        let Some((list, index, field)) = split(path) else { return false };
        if self.place(path).is_none() {
            return false;
        }
        let name = field.trim_start_matches("synapse_").trim_start_matches("params.");
        match (list, field) {
            ("populations", _) => {
                let params = &mut self.populations[index].params;
                put(params, name, value, |before| before.with_middle(value));
            }
            ("stimuli", _) => put(&mut self.stimuli[index].params, name, value, |_| value),
            (_, "weight") => self.projections[index].weight = self.projections[index].weight.with_middle(value),
            (_, "delay_ms") => self.projections[index].delay_ms = self.projections[index].delay_ms.with_middle(value),
            _ => put(&mut self.projections[index].synapse_params, name, value, |_| value),
        }
        true
    }

    /// The descriptor of the parameter at `path`; `None` for a weight or a delay.
    pub fn param_at(&self, path: &str) -> Option<&'static Param> {
        match self.place(path)? {
            Place::Param { param, .. } => Some(param),
            Place::Weight(_) | Place::Delay(_) => None,
        }
    }

    fn place(&self, path: &str) -> Option<Place> {
        let (list, index, field) = split(path)?;
        match list {
            "populations" => {
                let population = self.populations.get(index)?;
                param(&population.params, neuron::find(&population.model)?.params, field.strip_prefix("params.")?)
            }
            "stimuli" => {
                let stimulus = self.stimuli.get(index)?;
                param(&stimulus.params, stimulus::find(&stimulus.model)?.params, field.strip_prefix("params.")?)
            }
            "projections" => {
                let projection = self.projections.get(index)?;
                match field {
                    "weight" => Some(Place::Weight(index)),
                    "delay_ms" => Some(Place::Delay(index)),
                    field => {
                        let known = synapse::find(&projection.synapse)?.params;
                        param(&projection.synapse_params, known, field.strip_prefix(SYNAPSE_PARAMS)?)
                    }
                }
            }
            _ => None,
        }
    }
}

/// How the place of a parameter of a synapse model begins.
const SYNAPSE_PARAMS: &str = "synapse_params.";

enum Place {
    Weight(usize),
    Delay(usize),
    Param { given: Option<Distribution>, param: &'static Param },
}

/// The parameter called `name` of those that a model has, with what is given for it.
fn param<T: Copy + Into<Distribution>>(given: &[(String, T)], known: &'static [Param], name: &str) -> Option<Place> {
    let param = known.iter().find(|p| p.name == name)?;
    let given = given.iter().find(|(n, _)| n == name).map(|(_, value)| (*value).into());
    Some(Place::Param { given, param })
}

/// Changes what is given for a parameter, or gives `value` where nothing was.
fn put<T: Copy + From<f64>>(params: &mut Vec<(String, T)>, name: &str, value: f64, change: impl Fn(T) -> T) {
    match params.iter_mut().find(|(n, _)| n == name) {
        Some((_, slot)) => *slot = change(*slot),
        None => params.push((name.to_owned(), value.into())),
    }
}

/// `list[index].field`
pub(super) fn split(path: &str) -> Option<(&str, usize, &str)> {
    let (list, rest) = path.split_once('[')?;
    let (index, field) = rest.split_once("].")?;
    Some((list, index.parse().ok()?, field))
}
