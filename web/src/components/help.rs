//! The help: keys, mouse and touch.

use leptos::prelude::*;

use super::icon::{Icon, IconButton};
use crate::i18n::{Words, t};

/// Whether the help is open; provided as a context by the page.
#[derive(Clone, Copy)]
pub struct HelpOpen(pub RwSignal<bool>);

/// A line of the help: the keys and what they do.
type Line = (&'static [&'static str], fn(&'static Words) -> &'static str);

const KEYS: &[Line] = &[
    (&["Space"], |t| t.key_run),
    (&["."], |t| t.key_step),
    (&["R"], |t| t.key_reset),
    (&["P"], |t| t.key_poke),
    (&["S"], |t| t.key_sound),
    (&["−", "+"], |t| t.key_speed),
    (&["0"], |t| t.key_now),
    (&["Ctrl Z", "Ctrl Y"], |t| t.key_undo),
    (&["T"], |t| t.key_theme),
    (&["L"], |t| t.key_language),
    (&["?"], |t| t.key_help),
];

/// The dialog.
#[component]
pub fn Help() -> impl IntoView {
    let HelpOpen(open) = expect_context();
    let dialog: NodeRef<leptos::html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // It cannot fail on a closed dialog of the document.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let line = |(keys, words): &'static Line| {
        view! {
            <tr>
                <th scope="row">{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}</th>
                <td>{move || words(t())}</td>
            </tr>
        }
    };
    view! {
        <dialog node_ref=dialog class="help" aria-label=move || t().help on:close=move |_| open.set(false)>
            <header>
                <h2>{move || t().keys}</h2>
                <IconButton icon=Icon::Close label=Signal::derive(|| t().close) on_press=move || open.set(false) />
            </header>
            <table>
                <tbody>{KEYS.iter().map(line).collect_view()}</tbody>
            </table>
            <h2>{move || t().build}</h2>
            <p class="graph-keys">{move || t().graph_help}</p>
            <h2>{move || t().mouse}</h2>
            <ul>
                <li>{move || t().mouse_click}</li>
                <li>{move || t().mouse_tool}</li>
                <li>{move || t().mouse_wheel}</li>
                <li>{move || t().mouse_drag}</li>
                <li>{move || t().mouse_double}</li>
            </ul>
        </dialog>
    }
}
