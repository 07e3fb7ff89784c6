//! What the host's page hears of a widget: `ready`, `frame` and `error`, each with its detail.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use spikeground_core::error::SpecError;
use wasm_bindgen::JsValue;

use super::settings::Settings;
use crate::state::player::{Notice, Player};

/// The way to the host's page.
#[derive(Clone, Copy)]
pub struct Tell(StoredValue<Function, LocalStorage>);

impl Tell {
    /// A way that is a function of the name and the detail of an event, as long as the present owner lives.
    pub fn by(function: Function) -> Tell {
        Tell(StoredValue::new_local(function))
    }

    /// Tells of an error.
    pub fn error(self, message: &str, fatal: bool) {
        self.event("error", &object(&[("message", message.into()), ("fatal", fatal.into())]));
    }

    fn event(self, name: &str, detail: &Object) {
        // The host's own listeners are called later, so nothing of theirs can fail here.
        self.0.with_value(|tell| _ = tell.call2(&JsValue::NULL, &name.into(), detail));
    }
}

/// Tells of everything that happens, as long as the present owner lives.
pub fn tell_all(settings: Settings) {
    let (player, tell) = (settings.player, settings.tell);
    on(tell, "ready", move || {
        player.loaded.track();
        (player.loaded.get_untracked() > 0).then(|| ready(player))
    });
    on(tell, "frame", move || {
        player.clock.track();
        (player.loaded.get_untracked() > 0).then(|| frame(player))
    });
    Effect::new(move |_| {
        let lang = settings.language.0.get_untracked();
        let has_none = player.loaded.get_untracked() == 0;
        player.notice.with(|notice| match notice {
            // Told where it is found, since of several at once only one stays in view.
            None | Some(Notice::Unknown { .. }) => {}
            Some(notice) => {
                let keeps_from_running = matches!(notice, Notice::Unavailable(_) | Notice::Unreachable { .. });
                tell.error(&notice.message(lang), has_none && keeps_from_running);
            }
        });
    });
    Effect::new(move |_| {
        let lang = settings.language.0.get_untracked();
        let line = |error: &SpecError| match error.at.as_str() {
            "" => error.message(lang),
            at => format!("{at}: {}", error.message(lang)),
        };
        let lines: Vec<_> = player.problems.with(|problems| problems.iter().map(line).collect());
        if !lines.is_empty() {
            tell.error(&lines.join("\n"), player.loaded.get_untracked() == 0);
        }
    });
}

/// Tells of the event called `name` whenever its detail, which is tracked, may be another.
fn on(tell: Tell, name: &'static str, detail: impl Fn() -> Option<Object> + 'static) {
    Effect::new(move |_| {
        if let Some(detail) = detail() {
            tell.event(name, &detail);
        }
    });
}

fn ready(player: Player) -> Object {
    let size = player.size.get_untracked().unwrap_or_default();
    let (populations, controls) = player.spec.with_untracked(|spec| {
        let controls: Array = spec.controls.iter().map(|c| JsValue::from(&c.name)).collect();
        (spec.populations.iter().map(|p| JsValue::from(&p.name)).collect::<Array>(), controls)
    });
    object(&[
        ("neurons", size.neurons.into()),
        ("synapses", size.synapses.into()),
        ("populations", populations.into()),
        ("controls", controls.into()),
    ])
}

fn frame(player: Player) -> Object {
    let rates = Object::new();
    let names = player.bands.with_untracked(|bands| bands.iter().map(|b| b.name.clone()).collect::<Vec<_>>());
    player.measures.with_untracked(|measures| {
        for (name, hz) in names.iter().zip(&measures.rates_hz) {
            put(&rates, name, &(*hz).into());
        }
    });
    let clock = player.clock.get_untracked();
    object(&[
        ("time_ms", clock.time_ms.into()),
        ("playing", player.playing.get_untracked().into()),
        ("speed", clock.reached.into()),
        ("rates_hz", rates.into()),
        ("spikes", clock.spikes.into()),
    ])
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    entries.iter().for_each(|(name, value)| put(&object, name, value));
    object
}

fn put(object: &Object, name: &str, value: &JsValue) {
    // A plain object takes every property.
    let _ = Reflect::set(object, &name.into(), value);
}
