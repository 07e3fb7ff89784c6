//! Surrogates: what stands for the derivative of a spike while gradients are carried back.

use crate::text::{Text, text};

/// A surrogate derivative, a function of how far the potential is above its threshold.
pub struct Surrogate {
    /// Its name, as it stands in the literature's programs.
    pub name: &'static str,
    /// Its formula.
    pub formula: Text,
    /// Whether a spike is fired; the step of Heaviside for every entry of [`SURROGATES`].
    pub(super) fire: fn(f32) -> f32,
    /// The derivative that is taken instead.
    pub slope: fn(f32) -> f32,
}

/// Every surrogate. The first is what [`crate::learn::Settings`] begins with.
pub static SURROGATES: &[Surrogate] = &[
    Surrogate {
        name: "fast_sigmoid",
        formula: text("1 / (1 + 25·|u|)², Zenke & Ganguli (2018)", "1 / (1 + 25·|u|)²，Zenke & Ganguli (2018)"),
        fire: heaviside,
        slope: |u| 1.0 / ((1.0 + 25.0 * u.abs()) * (1.0 + 25.0 * u.abs())),
    },
    Surrogate {
        name: "atan",
        formula: text("1 / (1 + (π·u)²), Fang et al. (2021)", "1 / (1 + (π·u)²)，Fang et al. (2021)"),
        fire: heaviside,
        slope: |u| 1.0 / (1.0 + (core::f32::consts::PI * u) * (core::f32::consts::PI * u)),
    },
    Surrogate {
        name: "triangular",
        formula: text("0.3·max(0, 1 - |u|), Bellec et al. (2018)", "0.3·max(0, 1 - |u|)，Bellec et al. (2018)"),
        fire: heaviside,
        slope: |u| 0.3 * f32::max(0.0, 1.0 - u.abs()),
    },
];

/// The surrogate called `name`.
pub fn find(name: &str) -> Option<&'static Surrogate> {
    SURROGATES.iter().find(|surrogate| surrogate.name == name)
}

fn heaviside(u: f32) -> f32 {
    if u > 0.0 { 1.0 } else { 0.0 }
}
