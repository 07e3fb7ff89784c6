//! The widget: one network in somebody else's page, made of the same parts as the page.
//!
//! `static/embed.js` defines the element, decides when to load and whether it is seen, and forwards what the host's page
//! asks for; everything else is here. A widget keeps to its own element: it writes nothing to the document, remembers
//! nothing, and gives everything back when it is dropped.

mod events;
pub mod settings;
mod view;

use std::any::Any;

use js_sys::Function;
use leptos::prelude::*;
use spikeground_core::gallery::{self, GALLERY};
use web_sys::HtmlElement;

use crate::{
    components::{
        diagram::{Selected, Selection},
        panel::Enlarged,
        sheet::OpenSheet,
    },
    i18n::fill,
    plot::{ShyWheel, format},
    state::player::Notice,
};
use events::Tell;
use settings::Settings;

/// A widget on the page. Dropping it takes it away.
pub struct Widget {
    settings: Settings,
    mounted: Option<Box<dyn Any>>,
    owner: Owner,
}

impl Widget {
    /// Makes a widget inside `parent`, in a page in the language called `surroundings`. `tell` is called with the name
    /// and the detail of every event.
    pub fn new(parent: HtmlElement, surroundings: &str, page_url: String, tell: Function) -> Widget {
        let owner = Owner::new();
        let (settings, mounted) = owner.with(|| {
            let settings = Settings::new(surroundings, Tell::by(tell));
            let mounted = leptos::mount::mount_to(parent, move || {
                provide(settings);
                events::tell_all(settings);
                view! { <view::WidgetView settings page_url /> }
            });
            (settings, mounted)
        });
        Widget { settings, mounted: Some(Box::new(mounted)), owner }
    }

    /// Follows an attribute; `None` where the element has none.
    pub fn follow(&self, name: &str, value: Option<&str>) {
        self.settings.follow(name, value);
    }

    /// Opens a network: JSON text, or the id of one of the gallery. Tells whether it could.
    pub fn open(&self, project: &str) -> bool {
        let player = self.settings.player;
        player.notice.set(None);
        player.problems.update(Vec::clear);
        if project.trim_start().starts_with('{') {
            player.open_text(project);
        } else if let Some(entry) = gallery::find(project.trim()) {
            player.open_entry(entry);
        } else {
            let ids: Vec<_> = GALLERY.iter().map(|entry| entry.id).collect();
            let t = crate::i18n::words(self.settings.language.0.get_untracked());
            self.refuse("project", project, &fill(t.projects, &[&ids.join(", ")]));
            return false;
        }
        let is_good = player.problems.with_untracked(Vec::is_empty);
        if is_good {
            self.settings.is_open.set(true);
            if !self.settings.autoplays() {
                player.pause();
            }
        }
        is_good
    }

    /// Tells that the network at an address could not be fetched.
    pub fn unreachable(&self, url: String, reason: String) {
        self.settings.player.notice.set(Some(Notice::Unreachable { url, reason }));
    }

    /// Tells that `value` makes no sense at `place`, and what does.
    pub fn refuse(&self, place: &str, value: &str, possible: &str) {
        self.settings.refuse(place, value, possible);
    }

    /// Starts the worker whose script is at `worker_url` and, if it runs by itself, the run.
    pub fn start(&self, worker_url: &str) {
        self.settings.player.start(worker_url, self.settings.autoplays());
    }

    /// Tells whether anybody can see the widget.
    pub fn set_seen(&self, seen: bool) {
        self.settings.player.set_seen(seen);
    }

    /// Runs.
    pub fn play(&self) {
        self.settings.player.play();
    }

    /// Stands still.
    pub fn pause(&self) {
        self.settings.player.pause();
    }

    /// Makes one step and stands still.
    pub fn step(&self) {
        self.settings.player.step();
    }

    /// Back to t = 0.
    pub fn reset(&self) {
        self.settings.player.reset();
    }

    /// Sets a control of the network, or the number at a path of its specification.
    ///
    /// # Errors
    /// What is wrong with the name or the value, and what would be possible, in the widget's language.
    pub fn set(&self, name: &str, value: f64) -> Result<(), String> {
        if !value.is_finite() {
            return Err(self.unknown(&format!("set {name}"), &value.to_string(), "-1.5, 0, 16.2, …"));
        }
        if self.settings.player.set(name, value) {
            return Ok(());
        }
        let possible = self.settings.player.spec.with_untracked(|spec| {
            let names = spec.controls.iter().map(|control| control.name.clone());
            names.chain(["projections[0].weight, …".to_owned()]).collect::<Vec<_>>()
        });
        Err(self.unknown("set", name, &possible.join(", ")))
    }

    /// Injects a short current into a neuron and its neighbours, the picked one if none is named.
    ///
    /// # Errors
    /// That there is no such neuron, and which there are, in the widget's language.
    pub fn poke(&self, neuron: Option<f64>) -> Result<(), String> {
        let player = self.settings.player;
        let neuron = neuron.unwrap_or_else(|| f64::from(player.picked.get_untracked()));
        let last = player.bands.with_untracked(|bands| bands.iter().map(|b| b.count).sum::<u32>()).saturating_sub(1);
        if neuron.fract() != 0.0 || !(0.0..=f64::from(last)).contains(&neuron) {
            let possible = format!("0 – {}", format::fixed(f64::from(last), 0));
            return Err(self.unknown("poke", &neuron.to_string(), &possible));
        }
        player.pick(neuron as u32);
        player.poke(neuron as u32);
        Ok(())
    }

    fn unknown(&self, place: &str, value: &str, possible: &str) -> String {
        let (place, value, possible) = (place.to_owned(), value.to_owned(), possible.to_owned());
        Notice::Unknown { place, value, possible }.message(self.settings.language.0.get_untracked())
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.mounted = None;
        self.owner.cleanup();
    }
}

/// What the page's parts expect of the page around them.
fn provide(settings: Settings) {
    let player = settings.player;
    let selection = RwSignal::new(Selected::Network);
    provide_context(player);
    provide_context(settings.language);
    provide_context(Selection(selection));
    provide_context(OpenSheet(RwSignal::new(None)));
    provide_context(Enlarged(RwSignal::new(None)));
    provide_context(ShyWheel);
    Effect::new(move |_| {
        player.entry.track();
        selection.set(Selected::Network);
    });
}
