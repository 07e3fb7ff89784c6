//! What is estimated: the hardware, the time that is run, the button, and how far it is.

use leptos::prelude::*;
use spikeground_core::chip::{
    preset::Words,
    presets::{self, PRESETS},
    report::{Doing, Failure},
};

use crate::{
    components::icon::{Glyph, Icon},
    i18n::{fill, lang, t},
    plot::format,
    state::{
        player::Player,
        reporter::{Reporter, Trouble},
    },
};

/// Times of the model that can be run, ms.
const TIMES_MS: [f64; 3] = [100.0, 1000.0, 10_000.0];

/// The controls.
#[component]
pub fn Choose() -> impl IntoView {
    let (player, reporter): (Player, Reporter) = (expect_context(), expect_context());
    let names: StoredValue<Vec<(&'static str, Words)>> =
        StoredValue::new(PRESETS.iter().map(|entry| (entry.id, entry.preset().name)).collect());
    let name = move |id: &str| {
        let found =
            names.with_value(|names| names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()));
        found.map_or_else(|| id.to_owned(), |name| name.get(lang()).to_owned())
    };
    let filter = RwSignal::new(String::new());
    let toggle = move |id: &str| {
        reporter.order.update(|order| match order.presets.iter().position(|chosen| chosen == id) {
            Some(at) => drop(order.presets.remove(at)),
            None => order.presets.push(id.to_owned()),
        });
    };
    let chosen = move || reporter.order.with(|order| order.presets.clone());
    let chosen_button = move |id: String| {
        let (label, removed) = (name(&id), id.clone());
        let title = fill(t().chip_remove, &[&label]);
        view! {
            <li>
                <button type="button" class="text-button chosen" data-chosen=id title=title.clone() aria-label=title on:click=move |_| toggle(&removed)>
                    {label}
                    <Glyph icon=Icon::Close />
                </button>
            </li>
        }
    };
    let is_chosen = move |id: &'static str| reporter.order.with(|order| order.presets.iter().any(|one| one == id));
    let option = move |entry: &'static presets::Entry| {
        let id = entry.id;
        let is_found = move || {
            let sought = filter.with(|filter| filter.trim().to_lowercase());
            let names = names.with_value(|names| {
                names.iter().find(|(known, _)| *known == id).map(|(_, name)| format!("{id} {} {}", name.en, name.zh))
            });
            names.unwrap_or_default().to_lowercase().contains(&sought)
        };
        view! {
            <Show when=is_found>
                <button
                    type="button"
                    class="text-button"
                    data-device=id
                    aria-pressed=move || is_chosen(id).to_string()
                    on:click=move |_| toggle(id)
                >
                    {move || name(id)}
                </button>
            </Show>
        }
    };
    let time = |ms: f64| {
        let text =
            if ms < 1000.0 { format::with_unit(&format::fixed(ms, 0), "ms") } else { format::si(ms * 1e-3, "s") };
        let is_set = untrack(|| reporter_ms() == ms);
        view! { <option value=ms.to_string() selected=is_set>{text}</option> }
    };
    let is_going = move || reporter.progress.with(Option::is_some);
    let is_nothing = move || reporter.order.with(|order| order.presets.is_empty());
    let is_vacant = move || player.spec.with(|spec| spec.populations.is_empty());
    let doing = move || match reporter.progress.get().map(|(_, doing)| doing) {
        Some(Doing::Wiring) => t().chip_wiring.to_owned(),
        Some(Doing::Running) => t().chip_running.to_owned(),
        Some(Doing::Mapping(id)) => fill(t().chip_mapping, &[&name(&id)]),
        Some(Doing::Nothing) | None => String::new(),
    };
    let is_stale = Memo::new(move |_| {
        let is_other = |of: &Option<_>| of.as_ref().is_some_and(|of| player.spec.with(|spec| spec != of));
        reporter.progress.with(Option::is_none) && reporter.of.with(is_other)
    });
    let trouble = move || {
        reporter.trouble.get().map(|trouble| match trouble {
            Trouble::Failed(Failure::Refused(errors)) => {
                errors.first().map_or(String::new(), |error| format!("{}: {}", error.at, error.message(lang())))
            }
            Trouble::Failed(Failure::NoMemory) => t().scan_no_memory.to_owned(),
            Trouble::Failed(Failure::Halted(why)) => why.get(lang()).to_owned(),
            // Neither can be chosen here.
            Trouble::Failed(Failure::NoPreset(id)) => id,
            Trouble::Failed(Failure::NoTime(ms)) => ms.to_string(),
            Trouble::Lost(reason) => fill(t().scan_lost, &[&reason]),
        })
    };
    view! {
        <section class="chip-choose" aria-label=move || t().chip_hardware>
            <ul class="chosen-list" aria-label=move || t().chip_hardware>{move || chosen().into_iter().map(chosen_button).collect_view()}</ul>
            <details class="chip-add">
                <summary class="text-button" id="chip-add"><Glyph icon=Icon::Plus />{move || t().chip_add}</summary>
                <input type="search" id="chip-search" placeholder=move || t().chip_search aria-label=move || t().chip_search prop:value=filter on:input=move |event| filter.set(event_target_value(&event)) />
                <div class="chip-options">{PRESETS.iter().map(option).collect_view()}</div>
            </details>
            <div class="chip-start">
                <label for="chip-ms">{move || t().chip_time}</label>
                <select id="chip-ms" on:change=move |event| {
                    if let Ok(ms) = event_target_value(&event).parse() {
                        reporter.order.update(|order| order.ms = ms);
                    }
                }>{TIMES_MS.map(time).collect_view()}</select>
                <Show
                    when=is_going
                    fallback=move || view! {
                        <button type="button" class="text-button primary" id="chip-start" disabled=move || is_nothing() || is_vacant() on:click=move |_| reporter.start(player)>
                            {move || t().chip_start}
                        </button>
                    }
                >
                    <button type="button" class="text-button" id="chip-cancel" on:click=move |_| reporter.cancel()>{move || t().cancel}</button>
                    <progress max="1" value=move || reporter.progress.get().map_or(1.0, |(done, _)| done).to_string() aria-label=move || t().chip_start></progress>
                </Show>
                <span class="chip-note" role="status">
                    {doing}
                    {move || is_stale.get().then(|| t().chip_stale)}
                    {move || is_nothing().then(|| t().chip_none)}
                </span>
            </div>
            <p class="chip-trouble" role="alert">{trouble}</p>
        </section>
    }
}

fn reporter_ms() -> f64 {
    expect_context::<Reporter>().order.with(|order| order.ms)
}
