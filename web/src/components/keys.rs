//! The keys that command the run.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::transport::{SPEEDS, notch};
use crate::state::player::Player;

/// The player whose run the keys command; provided as a context by the app.
#[derive(Clone, Copy)]
pub struct Commanded(pub RwSignal<Player>);

/// Whether a key is meant for the control that has the focus, or for the browser.
pub fn is_taken(event: &KeyboardEvent) -> bool {
    let chord = event.ctrl_key() || event.meta_key() || event.alt_key();
    chord
        || is_at(event, "input[type=text], select, dialog *")
        || (event.key() == " " && is_at(event, "button, summary, a, [role=button]"))
}

/// Whether a key was pressed at an element that a selector matches.
pub fn is_at(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches(selector).unwrap_or(false))
}

/// Does what a key asks of the run and tells whether it did.
pub fn obey(event: &KeyboardEvent, player: Player) -> bool {
    let faster = |by: isize| {
        let notch = notch(player.speed.get_untracked()).saturating_add_signed(by).min(SPEEDS.len() - 1);
        player.set_speed(SPEEDS[notch]);
    };
    match event.key().as_str() {
        " " => player.toggle(),
        "." => player.step(),
        "r" | "R" => player.reset(),
        "p" | "P" => player.poke(player.picked.get_untracked()),
        "-" => faster(-1),
        "+" | "=" => faster(1),
        "0" => player.axis.reset(),
        _ => return false,
    }
    true
}
