//! `Param`: everything the product knows of a number that a user may set. Forms, checks and docs all read it.

use alloc::{string::String, vec::Vec};

use crate::{text::Text, units::Unit};

/// The values a parameter may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Smallest value.
    pub lo: f64,
    /// Largest value.
    pub hi: f64,
}

impl Range {
    /// Largest magnitude of any parameter. It keeps f32 state far from overflow (3.4e38) in every formula.
    pub const LARGEST: f64 = 1e9;
    /// Any finite number of a sane magnitude.
    pub const ANY: Range = Range { lo: -Range::LARGEST, hi: Range::LARGEST };
    /// Greater than zero, by so much that what is divided by it stays far from overflow too.
    pub const POSITIVE: Range = Range { lo: 1e-6, hi: Range::LARGEST };
    /// Zero or greater.
    pub const NON_NEGATIVE: Range = Range { lo: 0.0, hi: Range::LARGEST };

    /// From `lo` to `hi`, both included.
    pub const fn between(lo: f64, hi: f64) -> Range {
        Range { lo, hi }
    }

    /// Whether `value` lies in the range. NaN never does.
    pub fn contains(self, value: f64) -> bool {
        (self.lo..=self.hi).contains(&value)
    }
}

/// Where a slider for the parameter begins and ends: the values people use, inside the values that are allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slider {
    /// Left end.
    pub min: f64,
    /// Right end.
    pub max: f64,
    /// Whether equal ways mean equal factors.
    pub log: bool,
}

/// Slider ends at equal distances.
pub const fn linear(min: f64, max: f64) -> Slider {
    Slider { min, max, log: false }
}

/// Slider ends at equal factors; both must be positive.
pub const fn log(min: f64, max: f64) -> Slider {
    Slider { min, max, log: true }
}

/// One parameter of a model, stimulus or connection rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// Name as NEST prints it, and as it stands in a saved file.
    pub name: &'static str,
    /// Unit of the value.
    pub unit: Unit,
    /// Value when the user gives none.
    pub default: f64,
    /// Values that are allowed.
    pub range: Range,
    /// Values that a slider offers.
    pub slider: Slider,
    /// What it means.
    pub doc: Text,
}

/// The index of the parameter called `name`.
pub fn index_of(params: &[Param], name: &str) -> Option<usize> {
    params.iter().position(|p| p.name == name)
}

/// The value of each parameter, given or default, in the order of the descriptors.
pub fn values<T: Copy + From<f64>>(params: &[Param], given: &[(String, T)]) -> Vec<T> {
    let value = |p: &Param| given.iter().rev().find(|(name, _)| name == p.name).map_or(p.default.into(), |(_, v)| *v);
    params.iter().map(value).collect()
}
