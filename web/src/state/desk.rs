//! `Desk`: the project and how the page shows it, together: what a file, a link and the shelf hold.

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use web_sys::Storage;

use super::{
    document::Document,
    link::Link,
    look::Look,
    player::{Notice, Player, checked},
    prefs::Themed,
    shelf::{self, Kept, Store},
    undo::Hand,
};
use crate::i18n::Language;

/// How long after a change the project is kept, ms: a drag is written once, and a crash loses no more than this.
const KEEP_AFTER_MS: u64 = 500;
/// Where a tab that is being left notes what it has open, so that a reload goes on with it.
const OPEN_KEY: &str = "spikeground.open";

/// The views, as far as a project knows them.
#[derive(Clone, Copy)]
pub struct Views {
    /// Their names and where they stand, if the visitor has chosen.
    pub chosen: Signal<Option<Vec<String>>>,
    /// Shows them so.
    pub show: Callback<Vec<String>>,
}

/// The desk; provided as a context by the app.
#[derive(Clone, Copy)]
pub struct Desk {
    player: Player,
    language: Language,
    theme: Themed,
    views: Views,
    /// The names of the pages, in order.
    pages: StoredValue<Vec<&'static str>>,
    /// The page that a link asked for last.
    pub asked_page: RwSignal<Option<&'static str>>,
    /// The parts of the page that are hidden.
    pub hidden: RwSignal<Vec<&'static str>>,
    /// The projects on the shelf, the newest first.
    pub kept: RwSignal<Vec<Kept>>,
    memory: StoredValue<Memory>,
}

/// What the desk remembers.
#[derive(Default)]
struct Memory {
    /// Names this tab among all.
    tab: String,
    /// Where the shelf has the project that the tab began with.
    first: String,
    /// The project that the address tells of.
    linked: usize,
    /// The visitor was told that nothing is kept.
    is_told: bool,
    /// What will keep the project soon.
    soon: Option<TimeoutHandle>,
}

impl Desk {
    /// A desk with the project that the address names, or that this tab had before it was loaded anew.
    pub fn new(player: Player, language: Language, theme: Themed, views: Views, pages: Vec<&'static str>) -> Desk {
        // Two random halves: the time alone is the same for tabs that are restored together.
        let tab =
            format!("{:x}{:x}", js_sys::Date::now() as u64, (js_sys::Math::random() * f64::from(u32::MAX)) as u32);
        let first = format!("{tab}-0");
        let desk = Desk {
            player,
            language,
            theme,
            views,
            pages: StoredValue::new(pages),
            asked_page: RwSignal::new(None),
            hidden: RwSignal::default(),
            kept: RwSignal::new(shelf::list(&Local)),
            memory: StoredValue::new(Memory { tab, first, ..Memory::default() }),
        };
        let left = take_left();
        match desk.link() {
            Some(Ok(Link { project, look, page })) => {
                if let Some(document) = project {
                    player.begin_with(document);
                } else {
                    desk.go_on(left);
                }
                desk.dress(look);
                desk.asked_page.set(page);
            }
            wrong => {
                desk.go_on(left);
                if let Some(Err(errors)) = wrong {
                    player.notice.set(Some(Notice::Link(errors)));
                }
            }
        }
        desk.watch();
        desk
    }

    /// Goes on with the project that this tab had.
    fn go_on(self, left: Option<String>) {
        let Some(id) = left else { return };
        if let Some(document) = shelf::read(&Local, &id).and_then(|json| checked(&json).ok()) {
            self.dress(self.player.begin_with(document));
            self.memory.update_value(|memory| memory.first = id);
        }
    }

    fn watch(self) {
        let changed = window_event_listener(ev::hashchange, move |_| self.follow_address());
        let left = window_event_listener(ev::pagehide, move |_| self.leave());
        // A page that the browser has kept alive goes on by itself.
        let back = window_event_listener(ev::pageshow, |_| drop(take_left()));
        let hand = self.player.hand;
        let touched = window_event_listener(ev::pointerdown, move |_| hand.update_value(|hand| hand.touch(true)));
        let released = window_event_listener(ev::pointerup, move |_| hand.update_value(Hand::release));
        let lost = window_event_listener(ev::pointercancel, move |_| hand.update_value(Hand::release));
        let pressed = window_event_listener(ev::keydown, move |event| {
            if matches!(event.key().as_str(), "Enter" | " ") && !event.repeat() {
                hand.update_value(|hand| hand.touch(false));
            }
        });
        on_cleanup(move || {
            changed.remove();
            left.remove();
            back.remove();
            touched.remove();
            released.remove();
            lost.remove();
            pressed.remove();
        });
        Effect::new(move |_| {
            let (project, is_changed) = self.player.undo.with(|undo| (undo.project(), undo.is_changed()));
            if is_changed || self.memory.with_value(|memory| memory.linked != project) {
                forget_address();
            }
            if is_changed {
                let soon =
                    set_timeout_with_handle(move || self.keep(), std::time::Duration::from_millis(KEEP_AFTER_MS));
                let before = self.memory.try_update_value(|memory| std::mem::replace(&mut memory.soon, soon.ok()));
                before.flatten().iter().for_each(TimeoutHandle::clear);
            }
        });
    }

    fn link(self) -> Option<Result<Link, Vec<spikeground_core::error::SpecError>>> {
        let hash = window().location().hash().ok()?;
        let link = self.pages.with_value(|pages| Link::read(&hash, pages)).transpose()?;
        Some(link.and_then(|link| {
            if let Some(document) = &link.project {
                spikeground_core::network::Wiring::new(document.spec.clone(), f64::INFINITY)?;
            }
            Ok(link)
        }))
    }

    /// Opens what the address names now.
    fn follow_address(self) {
        match self.link() {
            Some(Ok(Link { project, look, page })) => {
                self.player.notice.update(|notice| *notice = notice.take().filter(|n| !matches!(n, Notice::Link(_))));
                if let Some(document) = project {
                    let project = self.player.undo.with_untracked(|undo| undo.next_project());
                    self.memory.update_value(|memory| memory.linked = project);
                    let _ = self.player.adopt(document);
                }
                self.dress(look);
                self.asked_page.set(page);
            }
            Some(Err(errors)) => self.player.notice.set(Some(Notice::Link(errors))),
            None => {}
        }
    }

    /// Shows the project as it wants to be shown.
    fn dress(self, look: Look) {
        if let Some(views) = look.views {
            // Another network brings other views with it; what the project says comes after that.
            request_animation_frame(move || self.views.show.run(views));
        }
        if let Some(language) = look.language {
            self.language.0.set(language);
        }
        if let Some(theme) = look.theme {
            self.theme.0.set(theme);
        }
        self.hidden.set(look.hide);
    }

    /// Opens a project from its JSON text; a wrong one is told about, and changes nothing.
    pub fn open_text(self, text: &str) {
        if let Some(look) = self.player.open_text(text) {
            self.dress(look);
        }
    }

    /// Opens a project of the shelf.
    pub fn open_kept(self, id: &str) {
        if let Some(json) = shelf::read(&Local, id) {
            self.open_text(&json);
        }
    }

    /// A project of the shelf.
    pub fn read_kept(self, id: &str) -> Option<String> {
        shelf::read(&Local, id)
    }

    /// Takes a project from the shelf.
    pub fn remove_kept(self, id: &str) {
        shelf::remove(&Local, id);
        self.list();
    }

    /// Looks what is on the shelf now; other tabs put things there too.
    pub fn list(self) {
        self.kept.set(shelf::list(&Local));
    }

    /// Where the shelf has the open project. Tracked.
    pub fn id(self) -> String {
        let project = self.player.undo.with(|undo| undo.project());
        self.memory.with_value(|memory| match project {
            0 => memory.first.clone(),
            n => format!("{}-{n}", memory.tab),
        })
    }

    /// The project as a file holds it. Language and theme are the reader's.
    pub fn document(self) -> Document {
        let look =
            Look { views: self.views.chosen.get_untracked(), hide: self.hidden.get_untracked(), ..Look::default() };
        Document { look, ..self.player.document() }
    }

    /// The address of the project as it is and is shown now, open at a page.
    pub fn address(self, page: &'static str) -> String {
        // The first page opens anyway.
        let page = self.pages.with_value(|pages| (pages.first() != Some(&page)).then_some(page));
        let mut document = self.document();
        document.look.language = Some(self.language.0.get_untracked());
        document.look.theme = Some(self.theme.0.get_untracked());
        let location = window().location();
        // A page has an address.
        let all = location.href().unwrap_or_default();
        format!("{}#{}", all.split('#').next().unwrap_or_default(), Link::write(&document, page))
    }

    /// Puts the project on the shelf.
    fn keep(self) {
        self.memory.update_value(|memory| memory.soon = None);
        let document = self.document();
        let Document { spec, gallery, .. } = &document;
        let id = untrack(|| self.id());
        match shelf::keep(&Local, &id, js_sys::Date::now(), &spec.name, *gallery, &document.to_json()) {
            Ok(()) => self.list(),
            Err(why) => {
                let was_told = self.memory.try_update_value(|memory| std::mem::replace(&mut memory.is_told, true));
                if was_told == Some(false) {
                    self.player.notice.set(Some(Notice::NotKept(why)));
                }
            }
        }
    }

    /// The tab is being left, perhaps to be loaded anew.
    fn leave(self) {
        if let Some(soon) = self.memory.try_update_value(|memory| memory.soon.take()).flatten() {
            soon.clear();
            self.keep();
        }
        let id = untrack(|| self.id());
        if shelf::read(&Local, &id).is_some()
            && let Some(session) = session()
        {
            // What cannot be noted is found on the shelf.
            let _ = session.set_item(OPEN_KEY, &id);
        }
    }
}

/// What this tab had open, told once: a copy of a tab is another tab.
fn take_left() -> Option<String> {
    let session = session()?;
    let id = session.get_item(OPEN_KEY).ok().flatten()?;
    session.remove_item(OPEN_KEY).ok()?;
    Some(id)
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Takes the project out of the address, which tells of it no longer, and leaves the rest.
fn forget_address() {
    let location = window().location();
    let (Ok(hash), Ok(path), Ok(search)) = (location.hash(), location.pathname(), location.search()) else { return };
    let parts: Vec<&str> = hash.trim_start_matches('#').split('&').collect();
    let is_project = |part: &str| part.starts_with("project=") || part.starts_with("network=");
    if !parts.iter().any(|part| is_project(part)) {
        return;
    }
    let rest = parts.into_iter().filter(|part| !is_project(part)).collect::<Vec<_>>().join("&");
    let url = if rest.is_empty() { format!("{path}{search}") } else { format!("{path}{search}#{rest}") };
    // Some browsers limit how often an address changes; it is then as it was.
    let _ = window().history().and_then(|history| history.replace_state_with_url(&"".into(), "", Some(&url)));
}

/// The browser's local storage, if it gives one.
struct Local;

impl Local {
    fn storage() -> Option<Storage> {
        window().local_storage().ok().flatten()
    }
}

impl Store for Local {
    fn keys(&self) -> Vec<String> {
        let Some(storage) = Local::storage() else { return Vec::new() };
        let count = storage.length().unwrap_or_default();
        (0..count).filter_map(|i| storage.key(i).ok().flatten()).collect()
    }

    fn get(&self, key: &str) -> Option<String> {
        Local::storage()?.get_item(key).ok().flatten()
    }

    fn set(&self, key: &str, text: &str) -> bool {
        Local::storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
    }

    fn remove(&self, key: &str) {
        if let Some(storage) = Local::storage() {
            // It cannot fail for a key.
            let _ = storage.remove_item(key);
        }
    }
}
