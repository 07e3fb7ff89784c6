//! What a network costs on a chip, and whether it fits: presets of hardware, what a run counts, and what follows from both.

pub mod baseline;
mod check;
pub mod class;
pub mod counts;
pub mod energy;
pub mod fit;
pub mod mistake;
pub mod models;
mod names;
pub mod pd14;
pub mod preset;
pub mod presets;
pub mod quantity;
mod read;
pub mod thermal;

pub(crate) use names::names;
