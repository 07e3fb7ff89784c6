//! End-to-end tests: the built page in a real browser, driven as a person would. `cargo xtask test e2e` builds the page
//! and runs them.
#![cfg(not(target_arch = "wasm32"))]

mod accessible;
mod brush;
mod build;
mod bundle;
mod chip;
mod decode;
mod export;
mod gpu;
mod harness;
mod harness_works;
mod inspector;
mod learning;
mod lessons;
mod live;
mod product;
mod project;
mod raster;
mod scan;
mod take_away;
mod views;
mod widget;
