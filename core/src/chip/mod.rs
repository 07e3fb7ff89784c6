//! A network on a many-core chip: which neuron sits in which core, and what its spikes cost on the way.

pub mod anneal;
pub mod coarsen;
pub mod cut;
pub mod expected;
pub mod hypergraph;
pub mod limits;
pub mod mapping;
pub mod partition;
pub mod place;
pub mod refine;
pub mod route;
pub mod timing;
