//! The engine on a GPU: WebGPU in the browser, Vulkan natively, from the same code.
//!
//! Two kernels make a step. `update` reads and clears the input that arrives, moves every neuron of a model from t to
//! t + dt and lists who fired; its arithmetic is the text of the model's body. `deliver` adds the weights of the synapses
//! of those neurons to the input of the steps to come. Input is summed in the fixed point of the network, so the sums are
//! those of the other engines whatever the order; a GPU may fuse a multiplication with an addition, so its membrane
//! potentials are equal to theirs only to a few units in the last place.
//!
//! | file | what it owns |
//! |---|---|
//! | `layout` | structs and marks that host and kernels share |
//! | `shader`, `update.wgsl`, `deliver.wgsl` | the kernels' texts |
//! | `tables` | a network as the tables that the kernels read |
//! | `buffers` | buffers and kernels: made, written, read back, counted |
//! | `device` | adapter and device, and what can go wrong with them |
//! | `pending` | what a browser is going to tell |
//! | `stopwatch` | how long the kernels take |
//! | `run` | a network on a device: batches of steps out, spikes back |
//!
//! What a step must move, at least, with n neurons, v state variables and s synaptic events: the state is read and
//! written, 8·v·n bytes; its sums of input are read and cleared, 16·n where there are two; an event reads its target and adds to a sum, 4 + 8
//! bytes. [`traffic_bytes`] is that bound.

mod buffers;
mod device;
mod layout;
mod pending;
mod run;
mod shader;
mod stopwatch;
mod tables;

pub use device::{Gpu, Wake};
pub use layout::MOST_STEPS;
pub use pending::Pending;
pub use run::{GpuRun, Landed, Outcome};
pub use stopwatch::StepTimes;

use spikeground_core::network::{Network, Population};

/// Bytes that `steps` steps with `events` synaptic events must move at least.
pub fn traffic_bytes(network: &Network, steps: f64, events: f64) -> f64 {
    let words = |p: &Population| p.n * (p.model.state.len() + p.model.body.sums.len());
    let a_step = 8.0 * network.populations.iter().map(words).sum::<usize>() as f64;
    a_step * steps + 12.0 * events
}
