//! `Shelf`: the projects that the visitor worked on last, kept in the browser. Every tab writes entries of its own, so that
//! two tabs never write over each other.
//!
//! An entry is a text of three parts, a line each for the first two: when it was written, in ms since 1970; the name of the
//! project, and behind a tab the id of the network of the gallery that it was made from; its JSON.

use spikeground_core::gallery::{self, Entry};

use super::document;
use crate::i18n::Lang;

/// How the keys of entries begin.
const PREFIX: &str = "spikeground.project.";
/// Most entries.
const MOST: usize = 24;
/// Most letters of all entries together: browsers give an origin five million.
const MOST_LETTERS: usize = 3_000_000;

/// Where texts are kept by key, such as a browser's local storage.
pub trait Store {
    /// All keys.
    fn keys(&self) -> Vec<String>;
    /// The text under a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Keeps a text under a key and tells whether that worked.
    fn set(&self, key: &str, text: &str) -> bool;
    /// Forgets a key.
    fn remove(&self, key: &str);
}

/// Why a project is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The browser keeps nothing.
    Forbidden,
    /// There is no room.
    Full,
}

/// A project that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its key on the shelf.
    pub id: String,
    /// When it was written, ms since 1970.
    pub time_ms: f64,
    /// The name of its network.
    pub name: String,
    /// Id of the network of the gallery that it was made from.
    pub gallery: Option<&'static str>,
    /// Length of its JSON, letters.
    pub letters: usize,
}

impl Kept {
    /// What people call it.
    pub fn title(&self, lang: Lang) -> String {
        document::title(&self.name, self.entry(), lang)
    }

    fn entry(&self) -> Option<&'static Entry> {
        self.gallery.and_then(gallery::find)
    }

    /// Whether the visitor has given it a name.
    fn is_named(&self) -> bool {
        !self.name.trim().is_empty() && self.entry().is_none_or(|entry| entry.spec().name != self.name)
    }
}

/// The projects on the shelf, the newest first.
pub fn list(store: &impl Store) -> Vec<Kept> {
    let mut all: Vec<Kept> = store.keys().iter().filter_map(|key| kept(store, key)).collect();
    all.sort_by(|a, b| b.time_ms.total_cmp(&a.time_ms));
    all
}

fn kept(store: &impl Store, key: &str) -> Option<Kept> {
    let id = key.strip_prefix(PREFIX)?.to_owned();
    let text = store.get(key)?;
    let mut parts = text.splitn(3, '\n');
    let (time, title, json) = (parts.next()?, parts.next()?, parts.next()?);
    let (name, gallery) = title.split_once('\t').unwrap_or((title, ""));
    let gallery = gallery::find(gallery).map(|entry| entry.id);
    Some(Kept { id, time_ms: time.parse().ok()?, name: name.to_owned(), gallery, letters: json.len() })
}

/// The JSON of a project on the shelf.
pub fn read(store: &impl Store, id: &str) -> Option<String> {
    let text = store.get(&format!("{PREFIX}{id}"))?;
    text.splitn(3, '\n').nth(2).map(str::to_owned)
}

/// Takes a project from the shelf.
pub fn remove(store: &impl Store, id: &str) {
    store.remove(&format!("{PREFIX}{id}"));
}

/// Keeps a project under `id`. Others go where there is no room, those without a name first, the oldest first.
///
/// # Errors
/// It cannot be kept, and why.
pub fn keep(
    store: &impl Store,
    id: &str,
    time_ms: f64,
    name: &str,
    gallery: Option<&str>,
    json: &str,
) -> Result<(), NotKept> {
    let one_line = name.replace(['\n', '\r', '\t'], " ");
    let text = format!("{time_ms}\n{one_line}\t{}\n{json}", gallery.unwrap_or_default());
    let mut others = list(store);
    others.retain(|kept| kept.id != id);
    others.sort_by(|a, b| a.is_named().cmp(&b.is_named()).then(a.time_ms.total_cmp(&b.time_ms)));
    let mut letters = text.len() + others.iter().map(|kept| kept.letters).sum::<usize>();
    let mut others = others.into_iter();
    while others.len() >= MOST || (letters > MOST_LETTERS && others.len() > 0) {
        if let Some(oldest) = others.next() {
            letters -= oldest.letters;
            remove(store, &oldest.id);
        }
    }
    let key = format!("{PREFIX}{id}");
    let is_alone = others.len() == 0;
    let mut unnamed = others.filter(|kept| !kept.is_named());
    let mut gone: Vec<(String, String)> = Vec::new();
    while !store.set(&key, &text) {
        let Some(oldest) = unnamed.next() else {
            // It was for nothing: what made room comes back.
            for (key, text) in &gone {
                store.set(key, text);
            }
            let is_forbidden = is_alone && !store.set(PREFIX, "");
            store.remove(PREFIX);
            return Err(if is_forbidden { NotKept::Forbidden } else { NotKept::Full });
        };
        let key = format!("{PREFIX}{}", oldest.id);
        gone.extend(store.get(&key).map(|text| (key.clone(), text)));
        store.remove(&key);
    }
    Ok(())
}
