//! The visitor's choices that outlive a visit: language, theme, views. Kept in the browser's local storage, if it allows.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MediaQueryList, MediaQueryListEvent};

use crate::i18n::{Lang, Language, words};

const LANGUAGE_KEY: &str = "spikeground.language";
const THEME_KEY: &str = "spikeground.theme";
const VIEWS_KEY: &str = "spikeground.views";
const LESSONS_KEY: &str = "spikeground.lessons";

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

    fn of(is_dark: bool) -> Theme {
        if is_dark { Theme::Dark } else { Theme::Light }
    }

    /// Its name in style sheets.
    pub fn name(self) -> &'static str {
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
        _ => dark_system().map_or(Theme::Light, |query| Theme::of(query.matches())),
    }
}

/// The views chosen last and where they stand, as a text, if the visitor has chosen any.
pub fn arrangement() -> Option<String> {
    recall(VIEWS_KEY)
}

/// Remembers the views and where they stand, or that there is no choice any more.
pub fn keep_arrangement(text: Option<&str>) {
    match (text, window().local_storage()) {
        (Some(text), _) => keep(VIEWS_KEY, text),
        (None, Ok(Some(storage))) => {
            // A browser that keeps nothing has nothing to forget.
            let _ = storage.remove_item(VIEWS_KEY);
        }
        (None, _) => {}
    }
}

/// What was done of the lessons.
pub fn lessons_done() -> String {
    recall(LESSONS_KEY).unwrap_or_default()
}

/// Remembers what was done of the lessons.
pub fn keep_lessons_done(done: &str) {
    keep(LESSONS_KEY, done);
}

/// The system's theme, as long as the present owner lives.
pub fn system_theme() -> Signal<Theme> {
    let theme = RwSignal::new(Theme::Light);
    if let Some(query) = dark_system() {
        theme.set(Theme::of(query.matches()));
        let heard = move |event: MediaQueryListEvent| theme.set(Theme::of(event.matches()));
        StoredValue::new_local(Watch::new(query, heard));
    }
    theme.into()
}

/// A media query that tells of every change until it is dropped.
struct Watch {
    query: MediaQueryList,
    _on_change: Closure<dyn Fn(MediaQueryListEvent)>,
}

impl Watch {
    fn new(query: MediaQueryList, heard: impl Fn(MediaQueryListEvent) + 'static) -> Watch {
        let on_change = Closure::new(heard);
        query.set_onchange(Some(Closure::as_ref(&on_change).unchecked_ref()));
        Watch { query, _on_change: on_change }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.query.set_onchange(None);
    }
}

fn dark_system() -> Option<MediaQueryList> {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten()
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
