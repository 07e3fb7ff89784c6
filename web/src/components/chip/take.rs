//! What can be taken away: every number as CSV and JSON, and the sources.

use leptos::prelude::*;
use spikeground_core::chip::report::{Report, csv};
use wasm_bindgen_futures::JsFuture;

use crate::{components::download::download, i18n::t, state::reporter::Reporter};

/// The panel.
#[component]
pub fn Take() -> impl IntoView {
    let reporter: Reporter = expect_context();
    let is_copied = RwSignal::new(false);
    let citations = Memo::new(move |_| {
        let mut all: Vec<String> = Vec::new();
        reporter.reports.with(|reports| {
            for citation in reports.iter().flat_map(Report::citations) {
                if !all.contains(&citation) {
                    all.push(citation);
                }
            }
        });
        all
    });
    let copy = move |_| {
        let written = window().navigator().clipboard().write_text(&citations.get_untracked().join("\n"));
        leptos::task::spawn_local(async move {
            // A browser that does not let a page copy leaves the list to be copied by hand.
            is_copied.try_set(JsFuture::from(written).await.is_ok());
        });
    };
    let take_csv =
        move |_| download("energy.csv", "text/csv", reporter.reports.with_untracked(|all| csv(all)).as_bytes());
    let take_json = move |_| {
        // Reports have no map whose keys are not text.
        let json = reporter.reports.with_untracked(serde_json::to_string_pretty).unwrap_or_default();
        download("energy.json", "application/json", json.as_bytes());
    };
    view! {
        <section class="chip-card chip-take" aria-label=move || t().chip_sources>
            <h3>{move || t().chip_sources}</h3>
            <ul class="cite">{move || citations.get().into_iter().map(|citation| view! { <li>{citation}</li> }).collect_view()}</ul>
            <div class="chip-start">
                <button type="button" class="text-button" id="chip-cite" on:click=copy>{move || t().chip_copy}</button>
                <button type="button" class="text-button" id="chip-csv" on:click=take_csv>"CSV"</button>
                <button type="button" class="text-button" id="chip-json" on:click=take_json>"JSON"</button>
                <span class="chip-note" role="status">{move || is_copied.get().then(|| t().chip_copied)}</span>
            </div>
        </section>
    }
}
