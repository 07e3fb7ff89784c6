//! The top of the page: name, pages, title of the project, what is done with it, views, language, theme, help.

use leptos::prelude::*;

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
    let player: Player = expect_context();
    let HelpOpen(help) = expect_context();
    let language: Language = expect_context();
    let theme: Themed = expect_context();
    let name = Memo::new(move |_| player.spec.with(|spec| spec.name.clone()));
    let title = move || name.with(|name| document::title(name, player.entry.get(), lang()));
    view! {
        <header class="top">
            <a class="skip" href="#stage">{move || t().skip}</a>
            <Logo />
            <h1>"Spikeground"</h1>
            <Nav pages />
            <span class="project">{title}</span>
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
