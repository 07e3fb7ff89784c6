//! The projects that the browser keeps: the newest one to go on with, all of them in a dialog, and what sets one apart from
//! the open one.

use leptos::prelude::*;
use spikeground_core::error::{SpecError, size};

use super::{
    icon::{Glyph, Icon},
    modal::{Modal, OpenModal},
};
use crate::{
    i18n::{fill, lang, t},
    state::{
        desk::Desk,
        difference::{Change, difference},
        player::{Player, checked},
        shelf::Kept,
    },
};

/// One step to the project that the visitor worked on last, as long as nothing is changed in the open one.
#[component]
pub fn Continue() -> impl IntoView {
    let player: Player = expect_context();
    let desk: Desk = expect_context();
    let OpenModal(modal) = expect_context();
    let last = Memo::new(move |_| {
        let is_changed = player.undo.with(|undo| undo.is_changed());
        let (own, all) = (desk.id(), desk.kept.get());
        all.into_iter().find(|kept| kept.id != own).filter(|_| !is_changed)
    });
    let button = move || {
        last.get().map(|kept| {
            let title = kept.title(lang());
            let id = kept.id.clone();
            view! {
                <div class="continue">
                    <button type="button" class="entry" id="continue" on:click=move |_| desk.open_kept(&id)>
                        <strong>{fill(t().continue_with, &[&title])}</strong>
                        <span>{ago(&kept)}</span>
                    </button>
                    <button type="button" class="link" on:click=move |_| modal.set(Some(Modal::Recent))>{t().recent}</button>
                </div>
            }
        })
    };
    view! { {button} }
}

/// The list of all.
#[component]
pub fn Recent() -> impl IntoView {
    let desk: Desk = expect_context();
    desk.list();
    let lines = move || {
        let own = desk.id();
        desk.kept.with(|all| all.iter().map(|kept| line(desk, kept, kept.id == own)).collect_view())
    };
    let is_empty = move || desk.kept.with(Vec::is_empty);
    view! {
        <p class="hint-line">{move || if is_empty() { t().recent_none } else { t().recent_help }}</p>
        <ul class="recent">{lines}</ul>
    }
}

fn line(desk: Desk, kept: &Kept, is_open: bool) -> impl IntoView + use<> {
    let OpenModal(modal) = expect_context();
    let title = kept.title(lang());
    let facts = format!("{} · {}", ago(kept), size(kept.letters as f64));
    let [open, compare, remove] = [0; 3].map(|_| kept.id.clone());
    let compared = title.clone();
    let remove_label = fill(t().recent_remove, &[&title]);
    view! {
        <li>
            <button
                type="button"
                class="entry"
                aria-current=is_open.then_some("true")
                disabled=is_open
                on:click=move |_| {
                    desk.open_kept(&open);
                    modal.set(None);
                }
            >
                <strong>{title}</strong>
                <span>{facts}</span>
            </button>
            <button
                type="button"
                class="text-button"
                on:click=move |_| {
                    if let Some(text) = desk.read_kept(&compare) {
                        modal.set(Some(Modal::Compare(compared.clone(), text)));
                    }
                }
            >
                {t().compare}
            </button>
            <button type="button" class="icon-button" aria-label=remove_label.clone() title=remove_label on:click=move |_| desk.remove_kept(&remove)>
                <Glyph icon=Icon::Close />
            </button>
        </li>
    }
}

/// How long ago a project was kept.
fn ago(kept: &Kept) -> String {
    let minutes = (js_sys::Date::now() - kept.time_ms).max(0.0) / 60_000.0;
    let (template, count) = match minutes {
        m if m < 1.0 => return t().ago_now.to_owned(),
        m if m < 60.0 => (t().ago_minutes, m),
        m if m < 24.0 * 60.0 => (t().ago_hours, m / 60.0),
        m => (t().ago_days, m / (24.0 * 60.0)),
    };
    fill(template, &[&format!("{:.0}", count.floor())])
}

/// What the open project has otherwise than another one.
#[component]
pub fn Compared(
    /// The JSON text of the other one.
    text: String,
) -> impl IntoView {
    let player: Player = expect_context();
    let other = checked(&text);
    let lines = move || match &other {
        Ok(other) => {
            player.undo.track();
            let changes = difference(other, &player.document());
            if changes.is_empty() {
                return view! { <p class="hint-line">{t().compare_same}</p> }.into_any();
            }
            let line = |change: &Change| view! { <li>{change.message(lang())}</li> };
            view! { <ul class="lines">{changes.iter().map(line).collect_view()}</ul> }.into_any()
        }
        Err(errors) => {
            let line =
                |error: &SpecError| view! { <li><code>{error.at.clone()}</code> " " {error.message(lang())}</li> };
            view! { <ul class="lines" role="alert">{errors.iter().map(line).collect_view()}</ul> }.into_any()
        }
    };
    view! { {lines} }
}
