//! The project as a whole: undone and redone, opened, saved, compared and shared; the menu of it, and its dialogs.

use leptos::{ev, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use super::{
    download::download,
    history_list::HistoryList,
    icon::{Glyph, Icon, IconButton},
    modal::{Modal, OpenModal},
    recent::{Compared, Recent},
    share::Share,
};
use crate::{
    i18n::{Words, fill, t},
    state::{
        desk::Desk,
        player::{Notice, Player},
    },
};

/// What is done with a file that was chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Open,
    Compare,
}

/// Undo, redo, the menu and the link.
#[component]
pub fn Files() -> impl IntoView {
    let player: Player = expect_context();
    let desk: Desk = expect_context();
    let OpenModal(modal) = expect_context();
    let menu: NodeRef<leptos::html::Div> = NodeRef::new();
    let no_undo = Signal::derive(move || player.undo.with(|undo| undo.done() == 0));
    let no_redo = Signal::derive(move || player.undo.with(|undo| undo.done() == undo.len()));
    let item = move |icon: Icon, words: fn(&Words) -> &'static str, id: &'static str, act: Callback<()>| {
        let pressed = move |_| {
            if let Some(menu) = menu.get_untracked() {
                // It is open, or the button that calls this could not be pressed.
                let _ = menu.hide_popover();
            }
            act.run(());
        };
        view! {
            <button type="button" class="item" id=id on:click=pressed>
                <Glyph icon />
                <span>{move || words(t())}</span>
            </button>
        }
    };
    let open = NodeRef::new();
    let compare = NodeRef::new();
    view! {
        <div class="files">
            <IconButton icon=Icon::Undo label=Signal::derive(|| t().undo) id="undo" disabled=no_undo on_press=move || player.undo() />
            <IconButton icon=Icon::Redo label=Signal::derive(|| t().redo) id="redo" disabled=no_redo on_press=move || player.redo() />
            <button type="button" class="text-button" id="project" popovertarget="project-menu" title=move || t().project>
                <Glyph icon=Icon::Open />
                <span>{move || t().project}</span>
            </button>
            <div node_ref=menu class="popover project-menu" id="project-menu" popover="auto" role="dialog" aria-label=move || t().project>
                <div class="in-menu">
                    {item(Icon::Undo, |t| t.undo, "undo-item", Callback::new(move |()| player.undo()))}
                    {item(Icon::Redo, |t| t.redo, "redo-item", Callback::new(move |()| player.redo()))}
                </div>
                {item(Icon::Open, |t| t.open_file, "open", Callback::new(move |()| choose(open)))}
                {item(Icon::Now, |t| t.recent, "recent", Callback::new(move |()| modal.set(Some(Modal::Recent))))}
                {item(Icon::Save, |t| t.save_file, "save", Callback::new(move |()| save(desk)))}
                {item(Icon::Panels, |t| t.compare_file, "compare", Callback::new(move |()| choose(compare)))}
                <h2>{move || t().history}</h2>
                <HistoryList />
            </div>
            <button type="button" class="text-button" id="share" title=move || t().share on:click=move |_| modal.set(Some(Modal::Share))>
                <Glyph icon=Icon::Share />
                <span>{move || t().share}</span>
            </button>
            <FileInput node=open id="open-file" what=Use::Open />
            <FileInput node=compare id="compare-file" what=Use::Compare />
        </div>
    }
}

/// What a dialog says.
pub fn content(modal: Modal) -> (Signal<String>, AnyView) {
    match modal {
        Modal::Recent => (Signal::derive(|| t().recent_title.to_owned()), view! { <Recent /> }.into_any()),
        Modal::Share => (Signal::derive(|| t().share_title.to_owned()), view! { <Share /> }.into_any()),
        Modal::Compare(name, text) => {
            (Signal::derive(move || fill(t().compare_title, &[&name])), view! { <Compared text /> }.into_any())
        }
    }
}

/// Lets the visitor choose a file.
#[component]
fn FileInput(node: NodeRef<leptos::html::Input>, id: &'static str, what: Use) -> impl IntoView {
    let desk: Desk = expect_context();
    let OpenModal(modal) = expect_context();
    let player: Player = expect_context();
    let chosen = move |_| {
        let Some(input) = node.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            match what {
                Use::Open => open_file(player, desk, file),
                Use::Compare => {
                    let name = file.name();
                    read(player, file, move |text| modal.set(Some(Modal::Compare(name, text))));
                }
            }
        }
        // The same file can be chosen again.
        HtmlInputElement::set_value(&input, "");
    };
    view! {
        <input node_ref=node type="file" id=id accept=".json,application/json" class="off-screen" tabindex="-1" aria-hidden="true" on:change=chosen />
    }
}

fn choose(input: NodeRef<leptos::html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.click();
    }
}

/// Opens a project from a file of the visitor; it is read here and goes nowhere.
pub fn open_file(player: Player, desk: Desk, file: File) {
    read(player, file, move |text| desk.open_text(&text));
}

fn read(player: Player, file: File, then: impl FnOnce(String) + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
            Some(text) => then(text),
            None => player.notice.set(Some(Notice::NotText(file.name()))),
        }
    });
}

/// Hands the project to the visitor as a file.
fn save(desk: Desk) {
    let document = desk.document();
    let name = document.spec.name.trim();
    let name = if name.is_empty() { "network".to_owned() } else { name.replace(['/', '\\'], "-") };
    download(&format!("{name}.json"), "application/json", document.to_json().as_bytes());
}

/// Undoes or redoes if a key asks for it, and tells whether it did. A field of text has an undo of its own.
pub fn obey(event: &ev::KeyboardEvent, player: Player) -> bool {
    let is_chord = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    if !is_chord || super::keys::is_at(event, "input[type=text], textarea, dialog *") {
        return false;
    }
    match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => player.undo(),
        ("z", true) | ("y", false) => player.redo(),
        _ => return false,
    }
    true
}
