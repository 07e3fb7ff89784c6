//! What the host's page hears of a widget: `ready`, `frame` and `error`, each with its detail.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::settings::Settings;
use crate::state::player::{Notice, Player};

/// Calls `tell` with the name and the detail of every event, as long as the present owner lives.
pub fn tell_all(settings: Settings, tell: &Function) {
    let player = settings.player;
    on(tell, "ready", move || {
        player.loaded.track();
        (player.loaded.get_untracked() > 0).then(|| ready(player))
    });
    on(tell, "frame", move || {
        player.clock.track();
        (player.loaded.get_untracked() > 0).then(|| frame(player))
    });
    on(tell, "error", move || {
        let message = error(settings)?;
        let fatal = player.loaded.get_untracked() == 0 && is_fatal(player);
        Some(object(&[("message", message.into()), ("fatal", fatal.into())]))
    });
}

/// Tells of the event called `name` whenever its detail, which is tracked, may be another.
fn on(tell: &Function, name: &'static str, detail: impl Fn() -> Option<Object> + 'static) {
    let tell = tell.clone();
    Effect::new(move |_| {
        if let Some(detail) = detail() {
            // The host's own listeners are called later, so nothing of theirs can fail here.
            let _ = tell.call2(&JsValue::NULL, &name.into(), &detail);
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

/// What is wrong, in words. Tracked, but for the language: a translation is no news.
fn error(settings: Settings) -> Option<String> {
    let lang = settings.language.0.get_untracked();
    let notice = settings.player.notice.with(|notice| notice.as_ref().map(|notice| notice.message(lang)));
    let problems = settings.player.problems.with(|problems| {
        let line = |error: &spikeground_core::error::SpecError| match error.at.as_str() {
            "" => error.message(lang),
            at => format!("{at}: {}", error.message(lang)),
        };
        problems.iter().map(line).collect::<Vec<_>>()
    });
    let all: Vec<String> = notice.into_iter().chain(problems).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

/// Whether what is wrong keeps a first network from running.
fn is_fatal(player: Player) -> bool {
    let fatal = |notice: &Notice| match notice {
        Notice::Unavailable(_) | Notice::Unreachable { .. } => true,
        Notice::Unknown { place, .. } => place == "project",
        _ => false,
    };
    let by_notice = player.notice.with_untracked(|notice| notice.as_ref().is_some_and(fatal));
    by_notice || !player.problems.with_untracked(Vec::is_empty)
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
