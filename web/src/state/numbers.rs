//! The numbers of a network that can be turned while it runs, for menus.

use spikeground_core::{
    neuron,
    param::{Param, Slider, linear},
    spec::NetworkSpec,
    stimulus, synapse,
};

use super::view::weight_unit;
use crate::i18n::Words;

/// A number, or several that one control sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The part of the network that it is of, for people; empty for a control of the author's.
    pub part: String,
    /// Its name in that part.
    pub name: String,
    /// Its paths.
    pub paths: Vec<String>,
    /// Its unit, if it has one.
    pub unit: &'static str,
    /// A sensible range.
    pub slider: Slider,
}

impl Number {
    /// What tells it from the others.
    pub fn key(&self) -> &str {
        if self.part.is_empty() { &self.name } else { &self.paths[0] }
    }

    /// Its name with the part.
    pub fn full_name(&self) -> String {
        if self.part.is_empty() { self.name.clone() } else { format!("{} {}", self.part, self.name) }
    }
}

/// Every number of a network: the author's controls first, then part by part. `words` are those of the page.
pub fn numbers(spec: &NetworkSpec, words: &Words) -> Vec<Number> {
    let unit = |path: &String| {
        let mut weights = spec.projections.iter().enumerate();
        match weights.find(|(i, _)| *path == format!("projections[{i}].weight")) {
            Some((_, projection)) => weight_unit(spec, projection),
            None => spec.param_at(path).map_or("", |param| param.unit.symbol()),
        }
    };
    let controls = spec.controls.iter().map(|control| Number {
        part: String::new(),
        name: control.name.clone(),
        paths: control.paths.clone(),
        unit: control.paths.first().map_or("", unit),
        slider: Slider { min: control.min, max: control.max, log: control.log },
    });
    let mut numbers: Vec<Number> = controls.collect();
    for (i, p) in spec.populations.iter().enumerate() {
        let params = neuron::find(&p.model).map_or(&[][..], |model| model.params);
        numbers.extend(of(&p.name, params, format!("populations[{i}].params")));
    }
    for (i, s) in spec.stimuli.iter().enumerate() {
        let params = stimulus::find(&s.model).map_or(&[][..], |model| model.params);
        numbers.extend(of(&s.name, params, format!("stimuli[{i}].params")));
    }
    for (i, p) in spec.projections.iter().enumerate() {
        let part = format!("{} → {}", p.source, p.target);
        let (weight, delay_ms) = (p.weight.middle(), p.delay_ms.middle());
        let twice = 2.0 * if weight == 0.0 { 1.0 } else { weight };
        let own = [
            (words.weight, "weight", weight_unit(spec, p), linear(twice.min(0.0), twice.max(0.0))),
            (words.delay, "delay_ms", "ms", linear(spec.dt_ms, 2.0 * delay_ms.max(spec.dt_ms))),
        ];
        numbers.extend(own.map(|(name, field, unit, slider)| Number {
            part: part.clone(),
            name: name.to_owned(),
            paths: vec![format!("projections[{i}].{field}")],
            unit,
            slider,
        }));
        let params = synapse::find(&p.synapse).map_or(&[][..], |model| model.params);
        numbers.extend(of(&part, params, format!("projections[{i}].synapse_params")));
    }
    numbers
}

/// The parameters of a model that stand at a path.
fn of(part: &str, params: &'static [Param], at: String) -> impl Iterator<Item = Number> {
    params.iter().map(move |param| Number {
        part: part.to_owned(),
        name: param.name.to_owned(),
        paths: vec![format!("{at}.{}", param.name)],
        unit: param.unit.symbol(),
        slider: param.slider,
    })
}

#[cfg(test)]
mod tests {
    use spikeground_core::gallery::GALLERY;

    use super::*;
    use crate::i18n::{Lang, words};

    #[test]
    fn every_number_is_one_of_the_network_and_no_two_are_called_alike() {
        for entry in GALLERY {
            let spec = entry.spec();
            let numbers = numbers(&spec, words(Lang::En));
            let mut keys: Vec<&str> = numbers.iter().map(Number::key).collect();
            keys.sort();
            assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{}", entry.id);
            for number in &numbers {
                assert!(number.paths.iter().all(|path| spec.get(path).is_some()), "{} {:?}", entry.id, number.paths);
                assert!(number.slider.min < number.slider.max, "{} {:?}", entry.id, number.paths);
            }
        }
    }
}
