//! The visitor's choices that outlive a visit: language and theme. Kept in the browser's local storage, if it allows.

use leptos::prelude::*;

use crate::i18n::{Lang, Language, words};

const LANGUAGE_KEY: &str = "spikeground.language";
const THEME_KEY: &str = "spikeground.theme";

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// The other one.
    pub fn other(self) -> Theme {
        match self {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// The language to begin with: the one chosen last, or the browser's if it is Chinese, or English.
pub fn first_language() -> Lang {
    match recall(LANGUAGE_KEY).as_deref() {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ => {
            let browsers = window().navigator().language().unwrap_or_default();
            if browsers.starts_with("zh") { Lang::Zh } else { Lang::En }
        }
    }
}

/// The theme to begin with: the one chosen last, or the system's.
pub fn first_theme() -> Theme {
    match recall(THEME_KEY).as_deref() {
        Some("dark") => Theme::Dark,
        Some("light") => Theme::Light,
        _ => {
            let dark = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
            if dark.is_some_and(|query| query.matches()) { Theme::Dark } else { Theme::Light }
        }
    }
}

impl Language {
    /// English to Chinese and back, and remembers it.
    pub fn switch(self) {
        self.0.update(|lang| *lang = if *lang == Lang::En { Lang::Zh } else { Lang::En });
        keep(LANGUAGE_KEY, if self.0.get_untracked() == Lang::Zh { "zh" } else { "en" });
    }
}

/// The theme that the page is in; provided as a context by the app.
#[derive(Clone, Copy)]
pub struct Themed(pub RwSignal<Theme>);

impl Themed {
    /// Light to dark and back, and remembers it.
    pub fn switch(self) {
        self.0.update(|theme| *theme = theme.other());
        keep(THEME_KEY, self.0.get_untracked().name());
    }
}

/// Puts language and theme on the document, where style sheets and screen readers look for them.
pub fn show(lang: Lang, theme: Theme) {
    let Some(root) = document().document_element() else { return };
    for (name, value) in [("lang", words(lang).language), ("data-theme", theme.name())] {
        // Setting an attribute with a plain name cannot fail.
        let _ = root.set_attribute(name, value);
    }
    document().set_title(words(lang).title);
}

fn recall(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// A browser that keeps nothing is a browser whose visitor wants it so.
fn keep(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}
