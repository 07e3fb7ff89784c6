//! One report: its bill, whether it fits, where neurons go, how long it takes, its heat.

use leptos::prelude::*;
use spikeground_core::chip::report::Report;

use super::{bill::bill, fit::fit, heat::heat, place};
use crate::{
    i18n::{Words, lang, t},
    state::reporter::Reporter,
};

/// The report.
#[component]
pub fn Detail(
    /// Which one.
    picked: RwSignal<usize>,
) -> impl IntoView {
    let reporter: Reporter = expect_context();
    move || reporter.reports.with(|all| all.get(picked.get()).map(one))
}

fn one(report: &Report) -> impl IntoView + use<> {
    let card = |title: fn(&Words) -> &'static str, content: AnyView| {
        view! { <section class="chip-card"><h4>{title(t())}</h4>{content}</section> }
    };
    let is_spiking = report.mapped.is_some() || report.unmapped.is_some();
    view! {
        <section class="chip-detail" data-report=report.id.clone() aria-label=report.name.get(lang()).to_owned()>
            <header>
                <h3>{report.name.get(lang()).to_owned()}</h3>
                <p class="chip-note">{report.about.get(lang()).to_owned()}</p>
            </header>
            <div class="chip-cards">
                <div>
                    {card(|t| t.chip_bill, bill(report).into_any())}
                    {card(|t| t.chip_pace, place::pace(report).into_any())}
                    {card(|t| t.chip_heat, heat(report).into_any())}
                </div>
                <div>
                    {is_spiking.then(|| card(|t| t.chip_fit, fit(report).into_any()))}
                    {card(|t| t.chip_place, place::place(report).into_any())}
                </div>
            </div>
        </section>
    }
}
