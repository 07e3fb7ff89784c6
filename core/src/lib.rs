//! The engine of Spikeground: what a spiking network is, how it steps, and what is recorded of it.
//!
//! A network goes one way: [`spec::NetworkSpec`] (what a user writes) → [`network::Network`] (checked and wired) →
//! [`engine::Simulation`] (stepped) → [`record::Recorder`] (what is seen of it). Checking happens once, in
//! [`network::Wiring::new`]; after that a step cannot fail.
//!
//! Promises: no operating system, no clock, no thread and no unsafe code in here; and the same specification with the
//! same seed gives the same spikes on every machine, on either engine, however a run is cut into pieces.
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;

pub mod bci;
pub mod chip;
pub mod decode;
pub mod digest;
pub mod engine;
pub mod error;
pub mod export;
pub mod format;
pub mod gallery;
pub mod learn;
pub mod network;
pub mod neuron;
pub mod param;
pub mod real;
pub mod record;
pub mod rng;
pub mod rule;
pub mod scan;
pub mod space;
pub mod spec;
pub mod stats;
pub mod stimulus;
pub mod sweep;
pub mod synapse;
pub mod text;
pub mod units;
