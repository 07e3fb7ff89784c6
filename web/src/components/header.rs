//! The top of the page: name, pages, title of the project, what is done with it, views, language, theme, help.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    export::ExportMenu,
    files::Files,
    help::HelpOpen,
    icon::{Icon, IconButton, Logo},
    nav::{Nav, Page},
    views_menu::ViewsMenu,
};
use crate::{
    i18n::{Lang, Language, lang, t},
    state::{document, player::Player, prefs::Themed},
};

/// The header.
#[component]
pub fn Header(
    /// The pages, in order.
    pages: &'static [Page],
) -> impl IntoView {
    let HelpOpen(help) = expect_context();
    let language: Language = expect_context();
    let theme: Themed = expect_context();
    view! {
        <header class="top">
            <a class="skip" href="#stage">{move || t().skip}</a>
            <Logo />
            <h1>"Spikeground"</h1>
            <Nav pages />
            <ProjectName />
            <Files />
            <ExportMenu />
            <ViewsMenu />
            <button type="button" class="text-button" id="language" lang=move || if lang() == Lang::En { "zh-Hans" } else { "en" } on:click=move |_| language.switch()>
                {move || t().other_language}
            </button>
            <IconButton icon=Icon::Theme label=Signal::derive(|| t().theme) id="theme" on_press=move || theme.switch() />
            <IconButton icon=Icon::Help label=Signal::derive(|| t().help) id="help" on_press=move || help.set(true) />
        </header>
    }
}

/// The title of the project, which is another one where it stands.
#[component]
fn ProjectName() -> impl IntoView {
    let player: Player = expect_context();
    let name = Memo::new(move |_| player.spec.with(|spec| spec.name.clone()));
    let title = move || name.with(|name| document::title(name, player.entry.get(), lang()));
    let is_edited = RwSignal::new(false);
    let input: NodeRef<leptos::html::Input> = NodeRef::new();
    let button: NodeRef<leptos::html::Button> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // A focus that fails leaves the field to be touched.
            let _ = input.focus();
            input.select();
        }
    });
    let rename = move |_| {
        let Some(typed) = input.get_untracked().map(|input| input.value().trim().to_owned()) else { return };
        if is_edited.get_untracked() && typed != untrack(title) {
            player.edit(|spec| spec.name = typed);
        }
        is_edited.set(false);
    };
    let on_key = move |event: KeyboardEvent| {
        let is_done = event.key() == "Enter";
        if is_done || event.key() == "Escape" {
            if is_done {
                rename(());
            }
            is_edited.set(false);
            request_animation_frame(move || {
                let _ = button.get_untracked().map(|button| button.focus());
            });
        }
    };
    view! {
        <Show
            when=move || is_edited.get()
            fallback=move || view! {
                <button node_ref=button type="button" class="project" title=move || t().rename_project on:click=move |_| is_edited.set(true)>{title}</button>
            }
        >
            <input
                node_ref=input
                type="text"
                class="project"
                id="project-name"
                aria-label=move || t().project_name
                autocomplete="off"
                spellcheck="false"
                prop:value=untrack(title)
                on:keydown=on_key
                on:blur=move |_| rename(())
            />
        </Show>
    }
}
