//! The JSON form of a preset: reading with every mistake at once, and writing.
//!
//! What a preset may hold is told by one, [`template`]: a value must have the form of the one in the same place there.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use serde_json::{Map, Value};

use super::{
    check::Check,
    mistake::{PresetError, PresetMistake},
    preset::{Level, Measured, Preset, Profile},
    quantity::Quantity,
};
use crate::spec::indented;

/// Longest text that is read, bytes: fifty times what the largest preset here takes.
const LONGEST_TEXT: usize = 1 << 20;

impl Preset {
    /// Reads a preset.
    ///
    /// # Errors
    /// Every mistake in the text, each with its path; of many, the first.
    pub fn from_json(text: &str) -> Result<Preset, Vec<PresetError>> {
        if text.len() > LONGEST_TEXT {
            let mistake = PresetMistake::TooLong { length: text.len(), limit: LONGEST_TEXT };
            return Err(vec![PresetError::new("", mistake)]);
        }
        let value: Value = serde_json::from_str(text).map_err(|error| vec![PresetError::new("", syntax(&error))])?;
        Preset::from_value(&value)
    }

    fn from_value(value: &Value) -> Result<Preset, Vec<PresetError>> {
        let mut check = Check::new(sources(value));
        check.value("", value, &serde_json::to_value(template()).expect("a preset is JSON"));
        if check.errors.is_empty() {
            match serde_json::from_value::<Preset>(value.clone()) {
                Ok(preset) => {
                    check.whole(&preset);
                    if check.errors.is_empty() {
                        return Ok(preset);
                    }
                }
                Err(error) => check.fail("", syntax(&error)),
            }
        }
        Err(check.errors)
    }

    /// Every mistake in it, as a user may have edited it.
    pub fn mistakes(&self) -> Vec<PresetError> {
        Preset::from_value(&serde_json::to_value(self).expect("a preset is JSON")).err().unwrap_or_default()
    }

    /// Writes the preset as indented JSON that [`Preset::from_json`] reads back to the same; what is unknown is left out.
    pub fn to_json(&self) -> String {
        let mut value = serde_json::to_value(self).expect("a preset is JSON");
        prune(&mut value);
        indented(&value)
    }
}

fn syntax(error: &serde_json::Error) -> PresetMistake {
    let whole = error.to_string();
    let reason = whole.split(" at line ").next().unwrap_or_default().to_owned();
    PresetMistake::Syntax { line: error.line(), column: error.column(), reason }
}

/// A preset with one entry in each list, all of whose parts are there.
fn template() -> Preset {
    let mut preset = Preset {
        hierarchy: vec![Level::default()],
        energy: vec![Profile::default()],
        calibration: vec![Measured::default()],
        ..Preset::default()
    };
    preset.sources.insert(String::new(), String::new());
    preset.core.weight_bit.push(Quantity::default());
    preset.core.neuron_models.push(String::new());
    preset.core.plasticity.push(String::new());
    preset.noc.dims.push(1);
    preset.noc.multicast = Some(true);
    preset
}

/// Takes away what says nothing.
fn prune(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(prune);
            map.retain(|key, value| match value {
                Value::Object(inner) => !inner.is_empty() && !is_silent(inner),
                Value::Array(list) => !list.is_empty(),
                Value::Null => key == "v",
                _ => true,
            });
        }
        Value::Array(list) => list.iter_mut().for_each(prune),
        _ => {}
    }
}

fn is_silent(map: &Map<String, Value>) -> bool {
    map.len() == 2 && map.get("v").is_some_and(Value::is_null) && map.get("ev").is_some_and(|ev| ev == "unknown")
}

/// The keys of the sources.
fn sources(value: &Value) -> Vec<String> {
    value.get("sources").and_then(Value::as_object).map(|map| map.keys().cloned().collect()).unwrap_or_default()
}
