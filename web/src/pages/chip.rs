//! The page “BPU & energy”: what the open network would cost on hardware, where it would go there, and whether it fits.

use leptos::prelude::*;

use crate::{
    components::chip::{Choose, Compare, Detail, Others, Take},
    i18n::{fill, lang, neurons, t},
    plot::format,
    state::{document, player::Player, reporter::Reporter},
};

/// The page.
#[component]
pub fn Chip() -> impl IntoView {
    let (player, reporter): (Player, Reporter) = (expect_context(), expect_context());
    // The run is not to be seen here; it goes on when it is.
    player.set_seen(false);
    on_cleanup(move || player.set_seen(true));
    let picked = RwSignal::new(0);
    let network = move || {
        player.spec.with(|spec| {
            let count = spec.neurons() as f64;
            let title = document::title(&spec.name, player.entry.get(), lang());
            fill("{} · {} {}", &[&title, &format::fixed(count, 0), neurons(count)])
        })
    };
    let has_reports = move || reporter.reports.with(|all| !all.is_empty());
    let is_whole = move || has_reports() && reporter.progress.with(Option::is_none);
    // New reports begin with the first one.
    Effect::new(move |_| {
        if !has_reports() {
            picked.set(0);
        }
    });
    view! {
        <main class="bpu" id="stage" tabindex="-1">
            <header>
                <h2>{move || t().chip_title}</h2>
                <p class="chip-network">{network}</p>
                <p>{move || t().chip_intro}</p>
            </header>
            <Choose />
            <Show when=has_reports fallback=move || view! { <p class="chip-empty">{move || t().chip_empty}</p> }>
                <Compare picked />
                <Detail picked />
            </Show>
            <Show when=is_whole>
                <div class="chip-cards">
                    <Others picked />
                </div>
                <Take />
            </Show>
        </main>
    }
}
