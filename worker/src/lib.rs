//! The engine behind a message boundary.
//!
//! [`protocol`] is the whole boundary. [`client`] is the page's side of it, with the
//! workers that the page's clients share. [`session`] is the worker's side, with
//! [`pace`] and [`frame`]; it knows no browser and takes the time as an argument, so that native tests run it as it is.
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used)]

pub mod client;
pub mod codec;
mod decoding;
pub mod elsewhere;
pub mod engines;
pub mod frame;
pub mod gpu;
pub mod pace;
mod pool;
pub mod protocol;
mod reporting;
mod scanning;
#[cfg(target_arch = "wasm32")]
pub mod scope;
pub mod session;
