//! What the page knows and does: the player (network, run, worker), the project, the record it draws from, and the visitor's
//! choices.

mod base64;
pub mod court;
pub mod desk;
pub mod difference;
pub mod document;
pub mod history;
pub mod lab;
pub mod link;
pub mod live;
pub mod look;
pub mod numbers;
mod patch;
pub mod player;
pub mod prefs;
pub mod progress;
pub mod reporter;
pub mod scan;
pub mod shelf;
pub mod sketch;
mod sound;
pub mod tape;
pub mod undo;
pub mod view;

use leptos::prelude::StoredValue;

/// Where the script of the worker lies, an absolute address; provided as a context by the app.
#[derive(Clone, Copy)]
pub struct WorkerUrl(pub StoredValue<String>);
