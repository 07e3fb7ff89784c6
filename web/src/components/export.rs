//! The menu of exports: the network as a program for another simulator, and what that program lacks.

use leptos::prelude::*;
use spikeground_core::export::{Remark, TARGETS, Target};

use super::{
    download::download,
    icon::{Glyph, Icon, IconButton},
};
use crate::{
    i18n::{fill, lang, t},
    state::player::Player,
};

/// A button that opens the menu.
#[component]
pub fn ExportMenu() -> impl IntoView {
    let player: Player = expect_context();
    let menu: NodeRef<leptos::html::Div> = NodeRef::new();
    // What was written last, and what it lacks.
    let written: RwSignal<Option<(String, Vec<Remark>)>> = RwSignal::new(None);
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            // It is open, or the button that calls this could not be pressed.
            let _ = menu.hide_popover();
        }
    };
    let write = move |target: &'static Target| {
        let (script, name) = player.spec.with_untracked(|spec| ((target.write)(spec), spec.name.clone()));
        let file = format!("{}_{}.{}", file_name(&name), target.id, target.extension);
        download(&file, target.mime, script.text.as_bytes());
        written.set(Some((file, script.remarks)));
    };
    let choice = move |target: &'static Target| {
        view! {
            <button type="button" class="text-button" data-target=target.id on:click=move |_| write(target)>
                {target.title}
                <span class="extension">{format!(".{}", target.extension)}</span>
            </button>
        }
    };
    let told = move || {
        let (file, remarks) = written.get()?;
        let summary = if remarks.is_empty() { t().export_whole } else { t().export_lacks };
        let line = |remark: Remark| {
            view! { <li><code>{remark.at.clone()}</code>" "{move || remark.message(lang()).to_owned()}</li> }
        };
        Some(view! {
            <p>{fill(summary, &[&file])}</p>
            <ul class="remarks">{remarks.into_iter().map(line).collect_view()}</ul>
        })
    };
    view! {
        <button type="button" class="text-button" id="export" popovertarget="export-menu" title=move || t().export_help>
            <Glyph icon=Icon::Export />
            <span>{move || t().export}</span>
        </button>
        <div node_ref=menu class="popover export-menu" id="export-menu" popover="auto" role="dialog" aria-label=move || t().export>
            <header>
                <h2>{move || t().export}</h2>
                <IconButton icon=Icon::Close label=Signal::derive(|| t().close) on_press=close />
            </header>
            <p>{move || t().export_help}</p>
            <div class="targets">{TARGETS.iter().map(|target| choice(target)).collect_view()}</div>
            <div class="written" role="status">{told}</div>
        </div>
    }
}

/// A name that every file system and every Python takes.
fn file_name(name: &str) -> String {
    let plain: String = name.trim().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if plain.is_empty() { "network".to_owned() } else { plain.to_lowercase() }
}
