//! The parts of the Decode page: what is recorded, what decodes it, what is seen of it, and how well it goes.

use leptos::prelude::*;
use spikeground_core::{bci::Origin, decode::Score, param::Param, units::Unit};

use super::slider::Quantity;
use crate::{
    i18n::{fill, lang, t},
    plot::format,
    state::lab::Lab,
};

pub mod bar;
pub mod confusion;
pub mod decoder;
pub mod harder;
pub mod panels;
pub mod recording;
pub mod scores;

/// Whether all stands in one column, as `static/css/decode.css` has it.
fn is_narrow() -> bool {
    window().match_media("(max-width: 760px)").ok().flatten().is_some_and(|query| query.matches())
}

/// What a slider shows of a parameter.
fn quantity(param: &Param) -> Quantity {
    Quantity {
        name: param.name.into(),
        doc: param.doc.get(lang()).into(),
        unit: param.unit.symbol(),
        default: param.default,
        slider: param.slider,
        whole: param.unit == Unit::Count,
    }
}

/// A score in a few characters: R² or the part that is right.
fn headline(score: &Score) -> String {
    match score {
        Score::R2(_) => format::fixed(score.headline(), 3),
        Score::Confusion(_) => percent(score.headline()),
    }
}

fn percent(share: f64) -> String {
    format::with_unit(&format::fixed(100.0 * share, 1), "%")
}

/// Whether what is seen was recorded or made; where from, on hover.
#[component]
fn Badge() -> impl IntoView {
    let lab: Lab = expect_context();
    let word = move || {
        lab.tape.with(|tape| {
            tape.as_ref().map(|tape| match &tape.told.origin {
                Origin::Real(_) => t().bci_real,
                Origin::Synthetic(_) => t().bci_synthetic,
                Origin::Unknown => t().bci_own,
            })
        })
    };
    let help = move || {
        lab.tape.with(|tape| {
            tape.as_ref().map(|tape| match &tape.told.origin {
                Origin::Real(from) => fill(t().bci_real_help, &[from]),
                Origin::Synthetic(from) => fill(t().bci_synthetic_help, &[from]),
                Origin::Unknown => t().bci_own_help.to_owned(),
            })
        })
    };
    let is_real = move || lab.tape.with(|tape| matches!(tape.as_ref().map(|t| &t.told.origin), Some(Origin::Real(_))));
    view! { <span class="badge" class:real=is_real title=help>{word}</span> }
}
