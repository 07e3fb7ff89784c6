//! A number with what is known of it: its value, how low and how high it may be, what kind of evidence stands behind it,
//! and where it was read or why it is assumed. What is unknown is never zero.

use alloc::string::String;
use serde::{Deserialize, Serialize};

use crate::text::{Text, text};

/// A number of a preset, in the SI unit that its name ends with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quantity {
    /// The value; none if it is not known.
    pub v: Option<f64>,
    /// The least that it may be; without it, the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lo: Option<f64>,
    /// The most that it may be; without it, the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hi: Option<f64>,
    /// What kind of evidence stands behind it.
    pub ev: Evidence,
    /// Key of its source among those of the preset.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub src: String,
    /// Why it is assumed, or how it follows.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

crate::chip::names! {
    /// What kind of evidence stands behind a number, from the strongest to none.
    #[derive(PartialOrd, Ord, Default)]
    pub enum Evidence {
        /// Measured on the hardware and published.
        Measured = "measured",
        /// Simulated before or beside the hardware.
        Simulated = "simulated",
        /// Said by who makes it.
        Vendor = "vendor",
        /// Read from public software for it.
        Software = "software",
        /// Calculated from other numbers.
        Derived = "derived",
        /// Assumed, for the reason that stands beside it.
        Assumed = "assumed",
        /// Not known.
        #[default]
        Unknown = "unknown",
    }
}

impl Evidence {
    /// Its name for people.
    pub fn title(self) -> Text {
        match self {
            Evidence::Measured => text("measured", "实测"),
            Evidence::Simulated => text("simulated", "仿真"),
            Evidence::Vendor => text("vendor’s figure", "厂商数据"),
            Evidence::Software => text("from public software", "公开软件"),
            Evidence::Derived => text("derived", "推算"),
            Evidence::Assumed => text("assumed", "假设"),
            Evidence::Unknown => text("unknown", "未知"),
        }
    }
}

/// What a number may be: from `lo` to `hi`, and `v` if a value is known, which lies between them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The least.
    pub lo: f64,
    /// The value; none if only its limits are known.
    pub v: Option<f64>,
    /// The most.
    pub hi: f64,
}

impl Quantity {
    /// A number for which `why` is all there is to say.
    pub fn assumed(v: f64, why: &str) -> Quantity {
        Quantity { v: Some(v), ev: Evidence::Assumed, why: why.into(), ..Quantity::default() }
    }

    /// What it may be; none if neither a value nor both limits are known.
    pub fn interval(&self) -> Option<Interval> {
        let (lo, hi) = (self.lo.or(self.v)?, self.hi.or(self.v)?);
        Some(Interval { lo, v: self.v, hi })
    }

    /// Whether nothing at all is said of it.
    pub fn is_silent(&self) -> bool {
        *self == Quantity::default()
    }
}

impl Interval {
    /// Nothing.
    pub const ZERO: Interval = Interval::exactly(0.0);

    /// A number that is known.
    pub const fn exactly(v: f64) -> Interval {
        Interval { lo: v, v: Some(v), hi: v }
    }

    /// Each end times a factor that is not negative.
    #[must_use]
    pub fn times(self, factor: f64) -> Interval {
        Interval { lo: self.lo * factor, v: self.v.map(|v| v * factor), hi: self.hi * factor }
    }

    /// The product of two numbers that are not negative.
    #[must_use]
    pub fn by(self, other: Interval) -> Interval {
        let v = self.v.zip(other.v).map(|(a, b)| a * b);
        Interval { lo: self.lo * other.lo, v, hi: self.hi * other.hi }
    }

    /// The number less `amount`, and never below zero.
    #[must_use]
    pub fn less(self, amount: f64) -> Interval {
        let less = |x: f64| (x - amount).max(0.0);
        Interval { lo: less(self.lo), v: self.v.map(less), hi: less(self.hi) }
    }

    /// The value, or where only limits are known the middle of them on a logarithmic scale.
    pub fn middle(self) -> f64 {
        self.v.unwrap_or_else(|| libm::sqrt(self.lo * self.hi))
    }
}

impl core::ops::Add for Interval {
    type Output = Interval;

    fn add(self, other: Interval) -> Interval {
        Interval { lo: self.lo + other.lo, v: self.v.zip(other.v).map(|(a, b)| a + b), hi: self.hi + other.hi }
    }
}

impl core::iter::Sum for Interval {
    fn sum<I: Iterator<Item = Interval>>(parts: I) -> Interval {
        parts.fold(Interval::ZERO, |sum, part| sum + part)
    }
}
