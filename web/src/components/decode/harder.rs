//! What can go wrong in a head: units are lost, gains drift, noise comes in. It acts at once.

use leptos::prelude::*;
use spikeground_core::param::linear;

use crate::{
    components::slider::{Quantity, SliderRow},
    i18n::{Word, t},
    state::lab::{Disturbance, Lab},
};

/// A slider: its name for tests, its words, unit, end, and the number that it is, as a multiple of what is shown.
type Row = (&'static str, Word, &'static str, f64, f64, fn(&mut Disturbance) -> &mut f64);

const ROWS: [Row; 3] = [
    ("lost", |t| t.bci_lost_units, "%", 100.0, 0.01, |d| &mut d.lost),
    ("drift", |t| t.bci_drift, "", 1.5, 1.0, |d| &mut d.drift),
    ("noise", |t| t.bci_noise, "σ", 5.0, 1.0, |d| &mut d.noise),
];

/// The sliders.
#[component]
pub fn Harder() -> impl IntoView {
    let lab: Lab = expect_context();
    let row = move |(id, words, unit, end, factor, part): Row| {
        let value = Signal::derive(move || *part(&mut lab.disturbance.get()) / factor);
        let on_change = move |new: f64| {
            let mut disturbance = lab.disturbance.get_untracked();
            *part(&mut disturbance) = (new * factor).clamp(0.0, end * factor);
            lab.disturb(disturbance);
        };
        let slider = linear(0.0, end);
        // Made anew in another language.
        move || {
            let quantity = Quantity {
                name: String::new(),
                doc: words(t()).to_owned(),
                unit,
                default: 0.0,
                slider,
                whole: unit == "%",
            };
            view! { <SliderRow quantity value on_change id=format!("spoil-{id}") /> }
        }
    };
    view! {
        <section class="decode-part" aria-label=move || t().bci_harder>
            <h2>{move || t().bci_harder}</h2>
            <p class="hint-line">{move || t().bci_harder_help}</p>
            {ROWS.map(row).into_iter().collect_view()}
        </section>
    }
}
