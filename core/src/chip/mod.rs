//! A network on a chip: presets of hardware, whether a network fits, which neuron sits in which core, what its spikes cost on
//! the way, and what the whole run costs.

pub mod anneal;
pub mod baseline;
mod check;
pub mod class;
pub mod coarsen;
pub mod counts;
pub mod cut;
pub mod energy;
pub mod expected;
pub mod fit;
pub mod hypergraph;
pub mod limits;
pub mod mapping;
pub mod mistake;
pub mod models;
mod names;
pub mod partition;
pub mod pd14;
pub mod place;
pub mod preset;
pub mod presets;
pub mod quantity;
mod read;
pub mod refine;
pub mod report;
pub mod route;
pub mod thermal;
pub mod timing;

pub(crate) use names::names;
