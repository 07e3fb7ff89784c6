//! What the author of the host's page sets on a widget: its attributes, and what they may say.

use leptos::prelude::*;

use super::events::Tell;
use crate::{
    components::views::{VIEWS, View},
    i18n::{Lang, Language},
    state::{
        look::PARTS,
        player::{AUTO, Notice, Player, engines},
        prefs::{Theme, system_theme},
    },
};

/// An attribute that the widget itself obeys.
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What it says where it is missing.
    pub default: &'static str,
    /// The words that it may hold.
    pub possible: fn() -> Vec<&'static str>,
    /// Follows the words that are possible.
    follow: fn(&Settings, &[&'static str]),
}

/// The attributes.
pub const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "views",
        default: "raster rate",
        possible: || VIEWS.iter().map(|view| view.name).collect(),
        follow: |settings, names| settings.views.set(names.to_vec()),
    },
    Attribute {
        name: "hide",
        default: "",
        possible: || PARTS.to_vec(),
        follow: |settings, names| settings.hidden.set(names.to_vec()),
    },
    Attribute {
        name: "language",
        default: "auto",
        possible: || vec!["auto", "en", "zh"],
        follow: |settings, names| {
            let auto = settings.surroundings;
            settings.language.0.set(match names.last() {
                Some(&"en") => Lang::En,
                Some(&"zh") => Lang::Zh,
                _ => auto,
            });
        },
    },
    Attribute {
        name: "theme",
        default: "auto",
        possible: || vec!["auto", "light", "dark"],
        follow: |settings, names| {
            settings.chosen_theme.set(match names.last() {
                Some(&"light") => Some(Theme::Light),
                Some(&"dark") => Some(Theme::Dark),
                _ => None,
            });
        },
    },
    Attribute {
        name: "autoplay",
        default: "on",
        possible: || vec!["on", "off"],
        follow: |settings, names| settings.autoplay.set_value(names.last() != Some(&"off")),
    },
    Attribute {
        name: "engine",
        default: AUTO,
        possible: || engines().map(|(name, _)| name).collect(),
        follow: |settings, names| {
            if let Some(name) = names.last() {
                settings.player.set_engine((*name).to_owned());
            }
        },
    },
];

/// The settings of one widget.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Its player.
    pub player: Player,
    /// The language that it speaks.
    pub language: Language,
    /// The way to the host's page.
    pub tell: Tell,
    /// Whether it has a network to show.
    pub is_open: RwSignal<bool>,
    /// The names of the views that it shows.
    pub views: RwSignal<Vec<&'static str>>,
    hidden: RwSignal<Vec<&'static str>>,
    autoplay: StoredValue<bool>,
    chosen_theme: RwSignal<Option<Theme>>,
    system_theme: Signal<Theme>,
    surroundings: Lang,
}

impl Settings {
    /// What holds without any attribute, in a page in the language called `surroundings`.
    pub fn new(surroundings: &str, tell: Tell) -> Settings {
        let surroundings = if surroundings.starts_with("zh") { Lang::Zh } else { Lang::En };
        Settings {
            player: Player::new(),
            language: Language(RwSignal::new(surroundings)),
            tell,
            is_open: RwSignal::new(false),
            views: RwSignal::default(),
            hidden: RwSignal::default(),
            autoplay: StoredValue::new(true),
            chosen_theme: RwSignal::new(None),
            system_theme: system_theme(),
            surroundings,
        }
    }

    /// Follows an attribute, or what holds where it is missing. A word that it does not know is told about; the others
    /// count.
    pub fn follow(&self, name: &str, value: Option<&str>) {
        let Some(attribute) = ATTRIBUTES.iter().find(|attribute| attribute.name == name) else { return };
        let possible = (attribute.possible)();
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for word in value.unwrap_or(attribute.default).split_whitespace() {
            match possible.iter().find(|name| **name == word) {
                Some(name) => known.push(*name),
                None => unknown.push(word),
            }
        }
        (attribute.follow)(self, &known);
        match unknown.is_empty() {
            true => self.mended(name),
            false => self.refuse(name, &unknown.join(" "), &possible.join(", ")),
        }
    }

    /// Tells that `value` makes no sense at `place`.
    pub fn refuse(&self, place: &str, value: &str, possible: &str) {
        let is_fatal = place == "project" && self.player.loaded.get_untracked() == 0;
        let (place, value, possible) = (place.to_owned(), value.to_owned(), possible.to_owned());
        let notice = Notice::Unknown { place, value, possible };
        self.tell.error(&notice.message(self.language.0.get_untracked()), is_fatal);
        self.player.notice.set(Some(notice));
    }

    /// Takes back what was told about a place.
    fn mended(&self, name: &str) {
        let told = |notice: &Notice| matches!(notice, Notice::Unknown { place, .. } if place == name);
        if self.player.notice.with_untracked(|notice| notice.as_ref().is_some_and(told)) {
            self.player.notice.set(None);
        }
    }

    /// Whether it runs by itself: if its author wants it, and the visitor does not want things to stand still.
    pub fn autoplays(&self) -> bool {
        let calm = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
        self.autoplay.get_value() && !calm.is_some_and(|query| query.matches())
    }

    /// Whether a part is shown. Tracked.
    pub fn shows(&self, part: &'static str) -> bool {
        self.hidden.with(|hidden| !hidden.contains(&part))
    }

    /// The panels of the views, in the order in which they are named; none without a network. Tracked.
    pub fn panels(&self) -> Vec<&'static View> {
        let view = |name: &&str| VIEWS.iter().find(|view| view.name == *name);
        let is_open = self.is_open.get();
        self.views.with(|names| names.iter().filter(|_| is_open).filter_map(view).collect())
    }

    /// The theme. Tracked.
    pub fn theme(&self) -> Theme {
        self.chosen_theme.get().unwrap_or_else(|| self.system_theme.get())
    }
}
