//! What does not depend on the hardware: published models side by side, the break-even rate, and NeuroBench's metrics.

use leptos::prelude::*;
use spikeground_core::chip::report::{Estimate, FRAME_S, Report};

use super::{count, quantity};
use crate::{
    i18n::{fill, lang, t},
    plot::format,
    state::reporter::Reporter,
};

/// The panels.
#[component]
pub fn Others(
    /// The report that is looked at.
    picked: RwSignal<usize>,
) -> impl IntoView {
    let reporter: Reporter = expect_context();
    let of = move |panel: fn(&Report) -> AnyView| move || reporter.reports.with(|all| all.get(picked.get()).map(panel));
    view! {
        <section class="chip-card" aria-label=move || t().chip_models>
            <h3>{move || t().chip_models}</h3>
            <p class="chip-note">{move || t().chip_models_help}</p>
            {of(models)}
        </section>
        <section class="chip-card" aria-label=move || t().chip_break_even>
            <h3>{move || t().chip_break_even}</h3>
            {of(break_even)}
            <h3>"NeuroBench"</h3>
            {of(neurobench)}
        </section>
    }
}

fn models(report: &Report) -> AnyView {
    let most = report.models.iter().map(|model| model.joules).fold(0.0, f64::max);
    let least = report.models.iter().map(|model| model.joules).filter(|joules| *joules > 0.0).fold(most, f64::min);
    let width = |joules: f64| {
        let share = if least < most { (joules / least).max(1.0).ln() / (most / least).ln() } else { 1.0 };
        format!("{:.2}%", 4.0 + 96.0 * share)
    };
    let row = |model: &Estimate| {
        let part = |(name, joules): &(spikeground_core::chip::preset::Words, f64)| {
            view! { <div><dt>{name.get(lang()).to_owned()}</dt><dd>{quantity(*joules, "J")}</dd></div> }
        };
        view! {
            <li>
                <details>
                    <summary>
                        <span>{model.title.get(lang()).to_owned()}</span>
                        <i class="bar" style:width=width(model.joules)></i>
                        <strong>{quantity(model.joules, "J")}</strong>
                    </summary>
                    <p>{model.about.get(lang()).to_owned()}</p>
                    <dl class="facts">{model.parts.iter().map(part).collect_view()}</dl>
                    <p class="cite">{model.source.clone()}</p>
                </details>
            </li>
        }
    };
    view! { <ol class="chip-models">{report.models.iter().map(row).collect_view()}</ol> }.into_any()
}

fn break_even(report: &Report) -> AnyView {
    let rate = format::with_unit(&format::significant(report.counts.rate_hz(), 3), "Hz");
    let row = |(name, rate_hz): (&'static str, Option<f64>)| {
        let text = rate_hz.map_or_else(|| t().chip_never.to_owned(), |hz| quantity(hz, "Hz"));
        view! { <div><dt>{name}</dt><dd>{text}</dd></div> }
    };
    let names = [t().chip_arithmetic, t().chip_with_memory];
    let rows = names.into_iter().zip(report.break_even.iter().map(|even| even.rate_hz));
    let frame = format::with_unit(&format::fixed(FRAME_S * 1e3, 0), "ms");
    view! {
        <p class="chip-note">{fill(t().chip_break_even_help, &[&frame, &rate])}</p>
        <dl class="facts">{rows.map(row).collect_view()}</dl>
    }
    .into_any()
}

fn neurobench(report: &Report) -> AnyView {
    let n = &report.neurobench;
    let percent = |share: f64| format!("{} %", format::significant(100.0 * share, 4));
    let rows = [
        ("Footprint", quantity(n.footprint, "B")),
        ("ConnectionSparsity", percent(n.connection_sparsity)),
        ("ActivationSparsity", percent(n.activation_sparsity)),
        ("Effective_MACs", count(n.effective_macs)),
        ("Effective_ACs", count(n.effective_acs)),
        ("Dense", count(n.dense)),
        ("MembraneUpdates", count(n.membrane_updates)),
    ];
    let row = |(name, text): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    view! { <dl class="facts">{rows.map(row).collect_view()}</dl> }.into_any()
}
