//! The project's own tool: it builds, serves and tests Spikeground, and installs what that needs.
//!
//! A library, so that the browser tests serve a page with the very server that `cargo xtask serve` runs.
#![warn(missing_docs)]

pub mod bench;
pub mod bundle;
pub mod cargo;
pub mod decode;
pub mod export;
pub mod fmt;
pub mod map;
pub mod recordings;
pub mod run;
pub mod serve;
pub mod setup;
pub mod test;
pub mod tree;
