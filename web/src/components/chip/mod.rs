//! The parts of the page that tells what the network costs on hardware, each of the reports that the [`Reporter`] holds.
//!
//! [`Reporter`]: crate::state::reporter::Reporter

use spikeground_core::chip::{preset::Preset, presets, quantity::Interval};

use crate::plot::format;

mod bill;
mod choose;
mod compare;
mod detail;
mod fit;
mod heat;
mod others;
mod place;
mod take;

pub use choose::Choose;
pub use compare::Compare;
pub use detail::Detail;
pub use others::Others;
pub use take::Take;

/// A preset by its name in links. Reports are of presets that there are.
fn preset(id: &str) -> Option<Preset> {
    presets::find(id).map(presets::Entry::preset)
}

/// A quantity with three digits, which is more than is known of any of them.
fn quantity(value: f64, unit: &str) -> String {
    let rounded = format!("{value:.2e}").parse().unwrap_or(value);
    // Below what prefixes reach.
    if rounded != 0.0 && rounded < 1e-12 {
        return format::with_unit(&format!("{value:.1e}"), unit);
    }
    format::si(rounded, unit)
}

/// What a number may be: its value, or from where to where it is.
fn value(of: Interval, unit: &str) -> String {
    of.v.map_or_else(|| range(of, unit), |v| quantity(v, unit))
}

/// From where to where a number is.
fn range(of: Interval, unit: &str) -> String {
    format!("{} – {}", quantity(of.lo, unit), quantity(of.hi, unit))
}

/// A number with three digits and groups, or a power of ten.
fn count(value: f64) -> String {
    quantity(value, "")
}
