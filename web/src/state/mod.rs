//! What the page knows and does: the player (network, run, worker), the record it draws from, and the visitor's choices.

pub mod history;
pub mod live;
pub mod numbers;
pub mod player;
pub mod prefs;
pub mod scan;
pub mod sketch;
mod sound;
pub mod view;
