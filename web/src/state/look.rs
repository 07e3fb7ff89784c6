//! `Look`: how a project wants to be shown, as far as its author has said: views, language, theme, what is hidden.

use spikeground_core::{
    error::{Mistake, Named, clipped},
    text::Lang,
};

use super::prefs::Theme;

/// How a project wants to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The names of the views, in their order.
    pub views: Option<Vec<String>>,
    /// The language.
    pub language: Option<Lang>,
    /// The theme.
    pub theme: Option<Theme>,
    /// The parts that are hidden, of [`PARTS`].
    pub hide: Vec<&'static str>,
}

/// The languages by their names in files and links.
pub const LANGUAGES: &[(&str, Lang)] = &[("en", Lang::En), ("zh", Lang::Zh)];
/// The themes by their names in files and links.
pub const THEMES: &[(&str, Theme)] = &[("light", Theme::Light), ("dark", Theme::Dark)];

/// The parts of the page and of a widget that can be hidden.
pub const PARTS: &[&str] =
    &["title", "link", "sliders", "transport", "reset", "run", "step", "time", "speed", "enlarge"];

/// The parts that only the page has.
pub const PAGE_PARTS: &[&str] = &["gallery", "parameters", "files", "views"];

/// The part of the page called `name`.
///
/// # Errors
/// There is none.
pub fn part(name: &str) -> Result<&'static str, Mistake> {
    let known = || PARTS.iter().chain(PAGE_PARTS);
    known().find(|part| **part == name).copied().ok_or_else(|| unknown(Named::Part, name, known().copied()))
}

/// The choice called `name`.
///
/// # Errors
/// There is none.
pub fn choice<T: Copy>(name: &str, what: Named, choices: &[(&'static str, T)]) -> Result<T, Mistake> {
    let choice = choices.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice);
    choice.ok_or_else(|| unknown(what, name, choices.iter().map(|(known, _)| *known)))
}

/// That a name is none of those known.
pub fn unknown(what: Named, name: &str, known: impl Iterator<Item = &'static str>) -> Mistake {
    Mistake::UnknownName { what, name: clipped(name), known: known.map(ToOwned::to_owned).collect() }
}

/// The name of a choice.
pub fn name_of<T: PartialEq>(choice: T, choices: &[(&'static str, T)]) -> &'static str {
    choices.iter().find(|(_, known)| *known == choice).map_or("", |(name, _)| name)
}
