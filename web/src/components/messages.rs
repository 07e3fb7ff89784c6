//! What the visitor must know: mistakes in the network with their places, notices, progress of wiring, and the voice of
//! the page for screen readers.

use leptos::prelude::*;

use super::icon::{Icon, IconButton};
use crate::{
    i18n::{fill, lang, t},
    plot::format,
    state::player::{Player, Said},
};

/// Mistakes and notices.
#[component]
pub fn Messages() -> impl IntoView {
    let player: Player = expect_context();
    let title = move || match player.problems.with(Vec::len) {
        1 => t().problems_one.to_owned(),
        n => fill(t().problems_many, &[&n.to_string()]),
    };
    let problems = move || {
        let lang = lang();
        let line = |error: &spikeground_core::error::SpecError| {
            let (at, message) = (error.at.clone(), error.message(lang));
            view! { <li>{(!at.is_empty()).then(|| view! { <code>{at}</code> })} <span>{message}</span></li> }
        };
        player.problems.with(|problems| problems.iter().take(20).map(line).collect_view())
    };
    let runs = move || player.loaded.get() > 0;
    view! {
        <div class="messages" aria-live="assertive">
            <Show when=move || !player.problems.with(Vec::is_empty)>
                <div class="message" role="alert" id="problems">
                    <header>
                        <strong>{title}</strong>
                        <IconButton icon=Icon::Close label=Signal::derive(|| t().close) on_press=move || player.problems.update(Vec::clear) />
                    </header>
                    <ul>{problems}</ul>
                    <Show when=runs>
                        <p>{move || t().problems_kept}</p>
                    </Show>
                </div>
            </Show>
            <Show when=move || player.notice.with(Option::is_some)>
                <div class="message" role="alert" id="notice">
                    <header>
                        <span>{move || player.notice.with(|n| n.as_ref().map(|n| n.message(lang())))}</span>
                        <IconButton icon=Icon::Close label=Signal::derive(|| t().close) on_press=move || player.notice.set(None) />
                    </header>
                </div>
            </Show>
        </div>
    }
}

/// Progress of wiring, with a way out.
#[component]
pub fn WiringProgress() -> impl IntoView {
    let player: Player = expect_context();
    let text = move || {
        player.wiring.get().map(|(_, size)| {
            let (neurons, synapses) = (format::fixed(size.neurons, 0), format::si(size.synapses, ""));
            fill(t().wiring, &[&neurons, &synapses, &format::si(size.bytes, "B")])
        })
    };
    view! {
        <Show when=move || player.wiring.with(Option::is_some)>
            <div class="wiring" role="status" id="wiring">
                <span>{text}</span>
                <progress max="1" prop:value=move || player.wiring.get().map_or(0.0, |(progress, _)| progress) />
                <button type="button" class="text-button" on:click=move |_| player.cancel_wiring()>{move || t().cancel}</button>
            </div>
        </Show>
    }
}

/// Tells screen readers what has happened.
#[component]
pub fn Voice() -> impl IntoView {
    let player: Player = expect_context();
    let text = move || match player.said.get() {
        Said::Nothing => String::new(),
        Said::Running => t().said_running.to_owned(),
        Said::Paused(ms) => fill(t().said_paused, &[&format::with_unit(&format::fixed(ms, 1), "ms")]),
        Said::Poked(n) => fill(t().said_poked, &[&n.to_string()]),
        Said::Destroyed(n) => fill(t().said_destroyed, &[&n.to_string()]),
        Said::Healed(n) => fill(t().said_healed, &[&n.to_string()]),
        Said::Opened(name) => fill(t().said_opened, &[&name]),
    };
    view! { <div class="off-screen" role="status" aria-live="polite">{text}</div> }
}
