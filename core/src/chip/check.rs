//! What is wrong with a preset: the form of each value, what a number says of itself, and what the parts say of each other.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec::Vec,
};
use serde_json::{Map, Value};

use super::{
    class,
    mistake::{Form, PresetError, PresetMistake},
    preset::{Clocking, Cooling, Kind, Mode, Preset, Scope, Topology},
    quantity::{Evidence, Quantity},
};
use crate::error::{MOST_ERRORS, clipped};

/// Most entries of a list: more than any hardware has levels, profiles or rows.
const MOST_ENTRIES: usize = 100;
/// Most cores in all: SpiNNaker 2 at Dresden has 5.2 million, CS-2 times 64 have 54 million; a mapping holds a few numbers
/// for each.
const MOST_CORES: f64 = 1e8;

/// What a number must be beside finite and not negative.
const WHOLE: [&str; 4] = ["neurons_max", "axons_in_max", "axons_out_max", "per_parent"];
/// What must be at least one.
const AT_LEAST_ONE: [&str; 4] = ["neurons_max", "per_parent", "pue", "speedup"];
/// What may be left out although it is no quantity.
const OPTIONAL: [&str; 8] =
    ["dims", "multicast", "neuron_models", "plasticity", "weight_bit", "calibration", "default", "cooling"];

/// The names that a text may be, where it is one of a few.
fn names(key: &str) -> Option<&'static [&'static str]> {
    Some(match key {
        "kind" => Kind::NAMES,
        "modes" => Mode::NAMES,
        "mode" => Clocking::NAMES,
        "topology" => Topology::NAMES,
        "scope" => Scope::NAMES,
        "cooling" => Cooling::NAMES,
        "ev" => Evidence::NAMES,
        "neuron_models" => class::NEURONS,
        "plasticity" => class::PLASTICITY,
        _ => return None,
    })
}

/// The mistakes found so far, and what they are judged by.
pub(super) struct Check {
    pub(super) errors: Vec<PresetError>,
    sources: Vec<String>,
}

impl Check {
    /// With the keys of the sources.
    pub(super) fn new(sources: Vec<String>) -> Check {
        Check { errors: Vec::new(), sources }
    }

    pub(super) fn fail(&mut self, at: &str, mistake: PresetMistake) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(PresetError::new(at, mistake));
        }
    }

    fn wrong_type(&mut self, at: &str, expected: Form, found: &Value) {
        self.fail(at, PresetMistake::WrongType { expected, found: clipped(&found.to_string()) });
    }

    /// A value, which must have the form of another.
    pub(super) fn value(&mut self, at: &str, value: &Value, form: &Value) {
        match form {
            Value::Object(parts) if parts.contains_key("ev") => self.quantity(at, value, parts),
            Value::Object(parts) => self.object(at, value, parts),
            Value::Array(form) => match value.as_array() {
                Some(list) if list.len() > MOST_ENTRIES => {
                    self.fail(at, PresetMistake::TooLong { length: list.len(), limit: MOST_ENTRIES });
                }
                Some(list) => {
                    for (i, entry) in list.iter().enumerate() {
                        self.value(&format!("{at}[{i}]"), entry, &form[0]);
                    }
                }
                None => self.wrong_type(at, Form::List, value),
            },
            Value::String(_) => self.text(at, value),
            // Only what is not known may be null.
            Value::Bool(_) if value.is_boolean() || (value.is_null() && at.ends_with(".multicast")) => {}
            Value::Bool(_) => self.wrong_type(at, Form::Boolean, value),
            _ if value.is_number() => self.number(at, value.as_f64().unwrap_or(f64::NAN), at.starts_with("noc.dims")),
            _ => self.wrong_type(at, Form::Number, value),
        }
    }

    fn object(&mut self, at: &str, value: &Value, parts: &Map<String, Value>) {
        let Some(map) = value.as_object() else { return self.wrong_type(at, Form::Object, value) };
        let place = |key: &str| if at.is_empty() { clipped(key) } else { format!("{at}.{}", clipped(key)) };
        if at == "sources" {
            // Its keys are the user's.
            return map.iter().for_each(|(key, value)| self.text(&place(key), value));
        }
        for (key, value) in map {
            match parts.get(key) {
                Some(form) => self.value(&place(key), value, form),
                None => {
                    let known = parts.keys().cloned().collect();
                    self.fail(&place(key), PresetMistake::Unknown { key: clipped(key), known });
                }
            }
        }
        for (key, form) in parts {
            let is_needed = match form {
                Value::Object(inner) => inner.contains_key("en"),
                _ => !OPTIONAL.contains(&key.as_str()),
            };
            if is_needed && !map.contains_key(key) {
                self.fail(at, PresetMistake::Missing { key: key.clone() });
            }
        }
    }

    fn text(&mut self, at: &str, value: &Value) {
        let Some(text) = value.as_str() else { return self.wrong_type(at, Form::Text, value) };
        let key = at.rsplit('.').next().unwrap_or(at);
        let key = key.split('[').next().unwrap_or(key);
        let known = || -> Vec<String> { names(key).unwrap_or_default().iter().map(|&name| name.to_owned()).collect() };
        if names(key).is_some_and(|names| !at.starts_with("sources.") && !names.contains(&text)) {
            self.fail(at, PresetMistake::NoSuchName { name: clipped(text), known: known() });
        } else if text.trim().is_empty() && !matches!(key, "src" | "why") {
            self.fail(at, PresetMistake::Empty);
        } else if key == "src" && at.starts_with("calibration") {
            self.source(at, text);
        }
    }

    fn source(&mut self, at: &str, key: &str) {
        if key.is_empty() {
            self.fail(at, PresetMistake::NoSource);
        } else if !self.sources.iter().any(|source| source == key) {
            let known = self.sources.clone();
            self.fail(at, PresetMistake::NoSuchSource { key: clipped(key), known });
        }
    }

    fn number(&mut self, at: &str, value: f64, is_whole: bool) {
        if !value.is_finite() {
            self.fail(at, PresetMistake::NotFinite);
        } else if value < 0.0 {
            self.fail(at, PresetMistake::Negative { value });
        } else if is_whole && value != libm::floor(value) {
            self.fail(at, PresetMistake::NotWhole { value });
        }
    }

    fn quantity(&mut self, at: &str, value: &Value, parts: &Map<String, Value>) {
        let before = self.errors.len();
        let mut form = parts.clone();
        form.extend(["lo", "hi"].map(|key| (key.to_owned(), Value::from(0))));
        form.extend(["src", "why"].map(|key| (key.to_owned(), Value::from(""))));
        let Some(map) = value.as_object() else { return self.wrong_type(at, Form::Object, value) };
        for (key, value) in map {
            let place = format!("{at}.{}", clipped(key));
            match form.get(key) {
                // A value may be unknown, and its form is that of an unknown one.
                Some(Value::Null) if value.is_null() => {}
                Some(form) => self.value(&place, value, form),
                None => {
                    let known = form.keys().cloned().collect();
                    self.fail(&place, PresetMistake::Unknown { key: clipped(key), known });
                }
            }
        }
        for key in ["v", "ev"] {
            if !map.contains_key(key) {
                self.fail(at, PresetMistake::Missing { key: key.to_owned() });
            }
        }
        if self.errors.len() == before
            && let Ok(quantity) = serde_json::from_value::<Quantity>(value.clone())
        {
            self.meaning(at, &quantity);
        }
    }

    /// What the parts of a quantity say of each other.
    fn meaning(&mut self, at: &str, q: &Quantity) {
        let name = at.rsplit('.').next().unwrap_or(at);
        match (q.ev, q.v) {
            (Evidence::Unknown, Some(value)) => self.fail(at, PresetMistake::ValueOfUnknown { value }),
            (Evidence::Unknown, None) if q.lo.is_some() != q.hi.is_some() => self.fail(at, PresetMistake::HalfInterval),
            (Evidence::Unknown, None) => {}
            (ev, None) => self.fail(at, PresetMistake::NoValue { evidence: ev.name().into() }),
            (Evidence::Assumed, _) if q.why.trim().is_empty() => self.fail(at, PresetMistake::NoReason),
            (Evidence::Assumed, _) if q.src.is_empty() => {}
            _ => self.source(at, &q.src),
        }
        if let (Some(lo), Some(hi)) = (q.lo.or(q.v), q.hi.or(q.v)) {
            let v = q.v.unwrap_or(lo);
            if !(lo <= v && v <= hi) {
                self.fail(at, PresetMistake::OutOfOrder { lo, v, hi });
            }
        }
        for value in [q.lo, q.v, q.hi].into_iter().flatten() {
            if WHOLE.contains(&name) && value != libm::floor(value) {
                self.fail(at, PresetMistake::NotWhole { value });
            } else if AT_LEAST_ONE.contains(&name) && value < 1.0 {
                self.fail(at, PresetMistake::NotAbove { value, limit: 1.0 });
            }
        }
    }

    /// What the parts of a preset say of each other.
    pub(super) fn whole(&mut self, preset: &Preset) {
        for (at, is_empty) in [
            ("hierarchy", preset.hierarchy.is_empty()),
            ("energy", preset.energy.is_empty()),
            ("modes", preset.modes.is_empty()),
        ] {
            if is_empty {
                self.fail(at, PresetMistake::Empty);
            }
        }
        let count = preset.energy.iter().filter(|profile| profile.default).count();
        if count != 1 {
            self.fail("energy", PresetMistake::Defaults { count });
        }
        for (i, profile) in preset.energy.iter().enumerate().filter(|(_, p)| p.scope == Scope::AllIn) {
            let parts = [
                ("neuron_update_j", &profile.neuron_update_j),
                ("spike_out_j", &profile.spike_out_j),
                ("hop_j", &profile.hop_j),
                ("memory_j_per_bit", &profile.memory_j_per_bit),
            ];
            for (term, _) in parts.into_iter().filter(|(_, price)| !price.is_silent()) {
                self.fail(&format!("energy[{i}].{term}"), PresetMistake::MixedProfile { term: term.into() });
            }
        }
        let power = &preset.power;
        if let (Some(static_w), Some(peak)) = (power.static_w.v, power.peak_w.interval())
            && static_w > peak.hi
        {
            self.fail("power", PresetMistake::StaticAbovePeak { static_w, peak_w: peak.hi });
        }
        if preset.time.mode == Clocking::Accelerated && preset.time.speedup.v.is_none() {
            self.fail("time", PresetMistake::Missing { key: "speedup".into() });
        }
        if let Some(value) = preset.cores().filter(|cores| *cores > MOST_CORES) {
            self.fail("hierarchy", PresetMistake::TooMany { value, limit: MOST_CORES });
        }
    }
}
