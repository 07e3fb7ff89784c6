//! A dialog in front of the page, closed by its button or the key Escape.

use leptos::prelude::*;

use super::icon::{Icon, IconButton};
use crate::i18n::t;

/// Which dialogue is open; provided as a context by the app.
#[derive(Clone, Copy)]
pub struct OpenModal(pub RwSignal<Option<Modal>>);

/// A dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Modal {
    /// The recent projects.
    Recent,
    /// The link of the project.
    Share,
    /// What the open project has otherwise than one with this name and JSON text.
    Compare(String, String),
}

/// The frame of the dialogs, and in it the one that is open.
#[component]
pub fn Modals(
    /// Its title and its content.
    content: fn(Modal) -> (Signal<String>, AnyView),
) -> impl IntoView {
    let OpenModal(open) = expect_context();
    let dialog: NodeRef<leptos::html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.with(Option::is_some), dialog.open()) {
            // It cannot fail on a closed dialog of the document.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let body = move || {
        open.get().map(|modal| {
            let (title, content) = content(modal);
            view! {
                <header>
                    <h2>{title}</h2>
                    <IconButton icon=Icon::Close label=Signal::derive(|| t().close) on_press=move || open.set(None) />
                </header>
                {content}
            }
        })
    };
    view! { <dialog node_ref=dialog class="modal" id="modal" on:close=move |_| open.set(None)>{body}</dialog> }
}
