//! The top of the page: name, title of the network, files, language, theme, help.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

use super::{
    export::ExportMenu,
    help::HelpOpen,
    icon::{Glyph, Icon, IconButton, Logo},
    nav::{Nav, Page},
    views_menu::ViewsMenu,
};
use crate::{
    i18n::{Lang, Language, lang, t},
    state::{
        player::{Notice, Player},
        prefs::Themed,
    },
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
    let input: NodeRef<leptos::html::Input> = NodeRef::new();
    let title = move || match player.entry.get() {
        Some(entry) => entry.title.get(lang()).to_owned(),
        None => player.spec.with(|spec| spec.name.clone()),
    };
    let opened = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open_file(player, file);
        }
        // The same file can be chosen again.
        HtmlInputElement::set_value(&input, "");
    };
    view! {
        <header class="top">
            <a class="skip" href="#stage">{move || t().skip}</a>
            <Logo />
            <h1>"Spikeground"</h1>
            <Nav pages />
            <span class="project">{title}</span>
            <div class="file-buttons">
                <button type="button" class="text-button" on:click=move |_| {
                    if let Some(input) = input.get_untracked() {
                        input.click();
                    }
                }>
                    <Glyph icon=Icon::Open />
                    <span>{move || t().open}</span>
                </button>
                <button type="button" class="text-button" id="save" on:click=move |_| save(player)>
                    <Glyph icon=Icon::Save />
                    <span>{move || t().save}</span>
                </button>
                <ExportMenu />
                <ViewsMenu />
                <input node_ref=input type="file" id="open-file" accept=".json,application/json" class="off-screen" tabindex="-1" aria-hidden="true" on:change=opened />
            </div>
            <button type="button" class="text-button" id="language" lang=move || if lang() == Lang::En { "zh-Hans" } else { "en" } on:click=move |_| language.switch()>
                {move || t().other_language}
            </button>
            <IconButton icon=Icon::Theme label=Signal::derive(|| t().theme) id="theme" on_press=move || theme.switch() />
            <IconButton icon=Icon::Help label=Signal::derive(|| t().help) id="help" on_press=move || help.set(true) />
        </header>
    }
}

/// Opens a network from a file of the visitor; it is read here and goes nowhere.
pub fn open_file(player: Player, file: File) {
    wasm_bindgen_futures::spawn_local(async move {
        match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
            Some(text) => player.open_text(&text),
            None => player.notice.set(Some(Notice::NotText(file.name()))),
        }
    });
}

/// Hands the network to the visitor as a file.
pub fn save(player: Player) {
    let name = player.spec.with_untracked(|spec| spec.name.clone());
    let name = if name.trim().is_empty() { "network".to_owned() } else { name.trim().replace(['/', '\\'], "-") };
    let parts = js_sys::Array::of1(&player.to_json().into());
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    // None of these can fail with a plain text and an element of the page's own document.
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    let Ok(anchor) = document().create_element("a").map(JsCast::unchecked_into::<HtmlAnchorElement>) else { return };
    anchor.set_href(&url);
    anchor.set_download(&format!("{name}.json"));
    anchor.click();
    let _ = Url::revoke_object_url(&url);
}
