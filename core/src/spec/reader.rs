//! Reads typed values out of JSON and notes each mistake with its path, going on so that all of them are found.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec::Vec,
};
use serde_json::{Map, Value};

use super::Distribution;
use crate::{
    error::{Kind, MOST_ERRORS, Mistake, SpecError, clipped},
    param::Range,
};

/// The mistakes found so far, at most [`MOST_ERRORS`].
#[derive(Default)]
pub struct Reader {
    errors: Vec<SpecError>,
}

/// An object at a place.
pub struct Object<'v> {
    /// Its path.
    pub at: String,
    map: &'v Map<String, Value>,
}

impl<'v> Object<'v> {
    /// The value under `key`, if there is one.
    pub fn get(&self, key: &str) -> Option<&'v Value> {
        self.map.get(key)
    }

    /// The path of the value under `key`.
    pub fn place(&self, key: &str) -> String {
        join(&self.at, key)
    }
}

/// `at.key`, or `key` at the top; a key that no line holds is cut.
pub(super) fn join(at: &str, key: &str) -> String {
    let key = clipped(key);
    if at.is_empty() { key } else { format!("{at}.{key}") }
}

impl Reader {
    /// What was read, if there was no mistake.
    ///
    /// # Errors
    /// The mistakes.
    pub fn result<T>(self, read: Option<T>) -> Result<T, Vec<SpecError>> {
        match read {
            Some(read) if self.errors.is_empty() => Ok(read),
            _ => Err(self.errors),
        }
    }

    /// Notes a mistake.
    pub fn fail(&mut self, at: impl Into<String>, mistake: Mistake) {
        if !self.is_full() {
            self.errors.push(SpecError::new(at, mistake));
        }
    }

    fn is_full(&self) -> bool {
        self.errors.len() >= MOST_ERRORS
    }

    /// Notes that a value is not what was `expected`.
    pub fn wrong_type(&mut self, at: &str, expected: Kind, found: &Value) {
        self.fail(at, Mistake::WrongType { expected, found: describe(found) });
    }

    /// The value as an object, whatever its keys.
    pub fn any_object<'v>(&mut self, at: String, value: &'v Value) -> Option<Object<'v>> {
        let Some(map) = value.as_object() else {
            self.wrong_type(&at, Kind::Object, value);
            return None;
        };
        Some(Object { at, map })
    }

    /// The value as an object that has no keys but `known`.
    pub fn object<'v>(&mut self, at: String, value: &'v Value, known: &[&str]) -> Option<Object<'v>> {
        let object = self.any_object(at, value)?;
        for key in object.map.keys().filter(|key| !known.contains(&key.as_str())) {
            if self.is_full() {
                break;
            }
            let known = known.iter().map(|&k| k.to_owned()).collect();
            self.fail(object.place(key), Mistake::UnknownKey { key: clipped(key), known });
        }
        Some(object)
    }

    /// The value under `key`, and a mistake if there is none.
    pub fn required<'v>(&mut self, object: &Object<'v>, key: &str) -> Option<&'v Value> {
        let value = object.map.get(key);
        if value.is_none() {
            self.fail(object.at.clone(), Mistake::MissingKey { key: key.to_owned() });
        }
        value
    }

    /// A number under `key`; a missing one is a mistake unless there is a default.
    pub fn number(&mut self, object: &Object, key: &str, default: Option<f64>) -> f64 {
        let value = match (object.map.get(key), default) {
            (None, Some(default)) => return default,
            (None, None) => self.required(object, key),
            (value, _) => value,
        };
        value.map_or(default.unwrap_or(0.0), |v| self.as_number(&object.place(key), v))
    }

    /// A whole number from `lo` to `hi` under `key`.
    pub fn whole(&mut self, object: &Object, key: &str, default: Option<f64>, lo: f64, hi: f64) -> u64 {
        match (object.map.get(key), default) {
            (None, Some(default)) => default as u64,
            _ => self.required(object, key).map_or(lo as u64, |value| self.as_whole(&object.place(key), value, lo, hi)),
        }
    }

    /// A text under `key`; a missing one is a mistake unless there is a default.
    pub fn text(&mut self, object: &Object, key: &str, default: Option<&str>) -> String {
        let value = match (object.map.get(key), default) {
            (None, Some(default)) => return default.to_owned(),
            (None, None) => self.required(object, key),
            (value, _) => value,
        };
        let Some(value) = value else { return String::new() };
        value.as_str().map(ToOwned::to_owned).unwrap_or_else(|| {
            self.wrong_type(&object.place(key), Kind::Text, value);
            String::new()
        })
    }

    /// A boolean under `key`, `default` when missing.
    pub fn boolean(&mut self, object: &Object, key: &str, default: bool) -> bool {
        let Some(value) = object.map.get(key) else { return default };
        value.as_bool().unwrap_or_else(|| {
            self.wrong_type(&object.place(key), Kind::Boolean, value);
            false
        })
    }

    /// The entries of a list under `key` with their paths; empty when missing, or when there are more than `most`.
    pub fn list<'v>(&mut self, object: &Object<'v>, key: &str, most: usize) -> Vec<(String, &'v Value)> {
        let at = object.place(key);
        match object.map.get(key) {
            None => Vec::new(),
            Some(Value::Array(items)) if items.len() > most => {
                self.fail(at, Mistake::TooLong { length: items.len(), limit: most });
                Vec::new()
            }
            Some(Value::Array(items)) => items.iter().enumerate().map(|(i, v)| (format!("{at}[{i}]"), v)).collect(),
            Some(other) => {
                self.wrong_type(&at, Kind::List, other);
                Vec::new()
            }
        }
    }

    /// The entries of an object under `key` with their paths, whatever their keys; empty when missing.
    pub fn entries<'v>(&mut self, object: &Object<'v>, key: &str) -> Vec<(String, &'v str, &'v Value)> {
        let at = object.place(key);
        match object.map.get(key) {
            None => Vec::new(),
            Some(Value::Object(map)) => map.iter().map(|(k, v)| (join(&at, k), k.as_str(), v)).collect(),
            Some(other) => {
                self.wrong_type(&at, Kind::Object, other);
                Vec::new()
            }
        }
    }

    /// The value as a number.
    pub fn as_number(&mut self, at: &str, value: &Value) -> f64 {
        value.as_f64().unwrap_or_else(|| {
            self.wrong_type(at, Kind::Number, value);
            0.0
        })
    }

    /// The value as a whole number from `lo` to `hi`.
    pub fn as_whole(&mut self, at: &str, value: &Value, lo: f64, hi: f64) -> u64 {
        let Some(value) = value.as_f64() else {
            self.wrong_type(at, Kind::Number, value);
            return lo as u64;
        };
        if value < lo || value > hi {
            self.fail(at, Mistake::OutOfRange { value, lo, hi, unit: String::new() });
        } else if value != libm::floor(value) {
            self.fail(at, Mistake::NotWhole { value });
        }
        value.clamp(lo, hi) as u64
    }

    /// A list of two values under `key`, with their paths.
    pub fn pair<'v>(&mut self, object: &Object<'v>, key: &str, kind: Kind) -> Option<[(String, &'v Value); 2]> {
        let value = self.required(object, key)?;
        self.as_pair(&object.place(key), value, kind)
    }

    /// The value as a list of two, with their paths.
    pub fn as_pair<'v>(&mut self, at: &str, value: &'v Value, kind: Kind) -> Option<[(String, &'v Value); 2]> {
        let Some([first, second]) = value.as_array().map(Vec::as_slice) else {
            self.wrong_type(at, kind, value);
            return None;
        };
        Some([(format!("{at}[0]"), first), (format!("{at}[1]"), second)])
    }

    /// The value as a text.
    pub fn as_text(&mut self, at: &str, value: &Value) -> String {
        value.as_str().map(ToOwned::to_owned).unwrap_or_else(|| {
            self.wrong_type(at, Kind::Text, value);
            String::new()
        })
    }

    /// A number, or a distribution of numbers: `None` and a mistake for anything else.
    pub(super) fn distribution(&mut self, at: &str, value: &Value) -> Option<Distribution> {
        if let Some(number) = value.as_f64() {
            return Some(Distribution::Constant(number));
        }
        let kinds = ["uniform", "normal", "lognormal"];
        let map = value.as_object();
        let named = map.and_then(|map| kinds.into_iter().find_map(|kind| Some((kind, map.get(kind)?.as_array()?))));
        let (Some((kind, pair)), Some(map)) = (named.filter(|(_, pair)| pair.len() == 2), map) else {
            self.wrong_type(at, Kind::NumberOrDistribution, value);
            return None;
        };
        let [a, b] = [0, 1].map(|i| self.as_number(&format!("{at}.{kind}[{i}]"), &pair[i]));
        let known = if kind == "uniform" { &[kind][..] } else { &[kind, "min", "max"] };
        let object = self.object(at.to_owned(), value, known)?;
        let mut limit = |key, none| if map.contains_key(key) { self.number(&object, key, None) } else { none };
        let limits = Range::between(limit("min", -Range::LARGEST), limit("max", Range::LARGEST));
        Some(match kind {
            "uniform" => Distribution::Uniform { lo: a, hi: b },
            "normal" => Distribution::Normal { mean: a, std: b, limits },
            _ => Distribution::Lognormal { median: a, sigma: b, limits },
        })
    }

    /// A number or a distribution under `key`; a missing one is a mistake.
    pub(super) fn distribution_of(&mut self, object: &Object, key: &str) -> Distribution {
        let value = self.required(object, key);
        value.and_then(|v| self.distribution(&object.place(key), v)).unwrap_or(Distribution::Constant(0.0))
    }
}

/// A value as a message shows it.
pub(super) fn describe(value: &Value) -> String {
    clipped(&value.to_string())
}
