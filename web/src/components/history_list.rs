//! The history of the project: what each step did, the newest first. A press on a line goes there.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, fill, lang, t, words},
    state::{player::Player, undo::Deed},
};

/// The list.
#[component]
pub fn HistoryList() -> impl IntoView {
    let player: Player = expect_context();
    let lines = move || {
        let lang = lang();
        player.undo.with(|undo| {
            let deeds = undo.deeds().map(|deed| said(deed, lang));
            let first = words(lang).history_start.to_owned();
            let lines: Vec<_> = std::iter::once(first).chain(deeds).enumerate().collect();
            let done = undo.done();
            lines.into_iter().rev().map(|(steps, said)| line(player, steps, said, done)).collect_view()
        })
    };
    let is_empty = move || player.undo.with(|undo| undo.is_empty());
    view! {
        <Show when=move || !is_empty() fallback=|| view! { <p class="hint-line">{move || t().history_none}</p> }>
            <ol class="history">{lines}</ol>
        </Show>
    }
}

fn line(player: Player, steps: usize, said: String, done: usize) -> impl IntoView {
    let is_undone = steps > done;
    view! {
        <li>
            <button
                type="button"
                class="item"
                class:undone=is_undone
                aria-current=(steps == done).then_some("step")
                on:click=move |_| player.go_to(steps)
            >
                {said}
            </button>
        </li>
    }
}

/// A step in words.
fn said(deed: &Deed, lang: Lang) -> String {
    match deed {
        Deed::Opened(title) => fill(words(lang).said_opened, &[title]),
        Deed::Changed(changes) => match changes.as_slice() {
            [] => words(lang).change_order.to_owned(),
            [only] => only.message(lang),
            [first, rest @ ..] => fill(words(lang).change_more, &[&first.message(lang), &rest.len().to_string()]),
        },
    }
}
