//! What the page is made of. A component shows signals and calls the player; it holds no knowledge of its own.

pub mod curve;
pub mod diagram;
pub mod engine;
pub mod equation;
pub mod gallery;
pub mod header;
pub mod help;
pub mod icon;
pub mod inspector;
pub mod keys;
pub mod measures;
pub mod messages;
pub mod nav;
pub mod panel;
pub mod plane;
pub mod scan;
pub mod sheet;
pub mod slider;
pub mod spectrum;
pub mod stage;
pub mod switch;
pub mod symbol;
pub mod transport;
pub mod views;
pub mod views_menu;
pub mod weights;
