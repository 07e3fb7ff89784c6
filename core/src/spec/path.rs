//! Paths to the numbers of a network that can change while it runs: `projections[0].weight`, `projections[0].delay_ms`,
//! `projections[0].synapse_params.U`, `populations[0].params.I_e`, `stimuli[0].params.rate`. Of a distribution it is the middle.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::NetworkSpec;
use crate::{neuron, param::Param, stimulus, synapse};

impl NetworkSpec {
    /// The number at `path`; a parameter that the specification leaves out has its model's default.
    pub fn get(&self, path: &str) -> Option<f64> {
        match self.place(path)? {
            Place::Weight(i) => Some(self.projections[i].weight.middle()),
            Place::Delay(i) => Some(self.projections[i].delay_ms.middle()),
            Place::Param { params, param } => {
                Some(params.iter().find(|(name, _)| name == param.name).map_or(param.default, |(_, value)| *value))
            }
        }
    }

    /// Sets the number at `path`. Returns whether there is one; the value is not judged here.
    pub fn set(&mut self, path: &str, value: f64) -> bool {
        let Some((list, index, field)) = split(path) else { return false };
        if self.place(path).is_none() {
            return false;
        }
        let params = match list {
            "populations" => &mut self.populations[index].params,
            "stimuli" => &mut self.stimuli[index].params,
            _ => {
                let projection = &mut self.projections[index];
                match field {
                    "weight" => projection.weight = projection.weight.with_middle(value),
                    "delay_ms" => projection.delay_ms = projection.delay_ms.with_middle(value),
                    _ => {}
                }
                if !field.starts_with(SYNAPSE_PARAMS) {
                    return true;
                }
                &mut projection.synapse_params
            }
        };
        let name = field.trim_start_matches("synapse_").trim_start_matches("params.");
        match params.iter_mut().find(|(n, _)| n == name) {
            Some((_, slot)) => *slot = value,
            None => params.push((name.to_owned(), value)),
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

    fn place(&self, path: &str) -> Option<Place<'_>> {
        let (list, index, field) = split(path)?;
        let (params, known): (&Vec<(String, f64)>, &'static [Param]) = match list {
            "projections" => {
                let projection = self.projections.get(index)?;
                return match field {
                    "weight" => Some(Place::Weight(index)),
                    "delay_ms" => Some(Place::Delay(index)),
                    field => {
                        let name = field.strip_prefix(SYNAPSE_PARAMS)?;
                        let param = synapse::find(&projection.synapse)?.params.iter().find(|p| p.name == name)?;
                        Some(Place::Param { params: &projection.synapse_params, param })
                    }
                };
            }
            "populations" => {
                let population = self.populations.get(index)?;
                (&population.params, neuron::find(&population.model)?.params)
            }
            "stimuli" => {
                let stimulus = self.stimuli.get(index)?;
                (&stimulus.params, stimulus::find(&stimulus.model)?.params)
            }
            _ => return None,
        };
        let name = field.strip_prefix("params.")?;
        Some(Place::Param { params, param: known.iter().find(|p| p.name == name)? })
    }
}

/// How the place of a parameter of a synapse model begins.
const SYNAPSE_PARAMS: &str = "synapse_params.";

enum Place<'a> {
    Weight(usize),
    Delay(usize),
    Param { params: &'a [(String, f64)], param: &'static Param },
}

/// `list[index].field`
fn split(path: &str) -> Option<(&str, usize, &str)> {
    let (list, rest) = path.split_once('[')?;
    let (index, field) = rest.split_once("].")?;
    Some((list, index.parse().ok()?, field))
}
