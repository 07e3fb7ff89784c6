//! The gallery: networks by theme, and what to look at in the open one.

use leptos::prelude::*;
use spikeground_core::gallery::{Entry, GALLERY};

use super::{
    recent::Continue,
    sheet::{OpenSheet, Sheet},
};
use crate::{
    i18n::{lang, t},
    state::player::Player,
};

/// The list. Of the themes, that of the open network is unfolded.
#[component]
pub fn Gallery() -> impl IntoView {
    let player: Player = expect_context();
    let sheet: OpenSheet = expect_context();
    let item = move |entry: &'static Entry| {
        let is_open = move || player.entry.get().is_some_and(|e| e.id == entry.id);
        view! {
            <li>
                <button
                    type="button"
                    class="entry"
                    data-network=entry.id
                    aria-current=move || is_open().then_some("true")
                    on:click=move |_| {
                        player.open_entry(entry);
                        sheet.0.set(None);
                    }
                >
                    <strong>{move || entry.title.get(lang())}</strong>
                    <span>{move || entry.hint.get(lang())}</span>
                </button>
            </li>
        }
    };
    let open_theme = Memo::new(move |_| player.entry.get().map(|entry| entry.theme));
    let theme = move |entries: &'static [&'static Entry]| {
        let theme = entries[0].theme;
        view! {
            <details open=move || open_theme.get() == Some(theme)>
                <summary>{move || theme.title().get(lang())}</summary>
                <ul>{entries.iter().copied().map(item).collect_view()}</ul>
            </details>
        }
    };
    view! {
        <nav class="gallery side" class:open=move || sheet.is(Sheet::Gallery) aria-label=move || t().gallery>
            <Continue />
            <h2>{move || t().gallery}</h2>
            {GALLERY.chunk_by(|a, b| a.theme == b.theme).map(theme).collect_view()}
            {move || {
                player.entry.get().map(|entry| view! {
                    <section class="about">
                        <h3>{move || t().about}</h3>
                        <p>{move || entry.about.get(lang())}</p>
                        <p class="cite">{move || t().source} ": " {entry.source}</p>
                    </section>
                })
            }}
        </nav>
    }
}
