//! What the page knows and does: the player (network, run, worker), the record it draws from, and the visitor's choices.

pub mod history;
pub mod live;
pub mod numbers;
pub mod player;
pub mod prefs;
pub mod progress;
pub mod scan;
pub mod sketch;
mod sound;
pub mod view;

use leptos::prelude::StoredValue;

/// Where the script of the worker lies, an absolute address; provided as a context by the app.
#[derive(Clone, Copy)]
pub struct WorkerUrl(pub StoredValue<String>);
