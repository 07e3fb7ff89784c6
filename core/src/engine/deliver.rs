//! From the spikes of a step to the input of the steps to come.

use super::{state::State, synaptic::Synaptic};
use crate::network::{Delay, From, Network, Projection};

/// Lets the spikes of the present step change their synapses, and adds the weight of every synapse of the neurons that
/// fired to the input of its target.
pub(super) fn deliver(network: &Network, state: &mut State, spikes: &[u32]) {
    state.history.push(spikes);
    for (p, projection) in network.projections.iter().enumerate() {
        let From::Population(source) = projection.from else { continue };
        let source = &network.populations[source];
        let fired = source.own(spikes);
        if projection.is_plain {
            if !fired.is_empty() {
                let weight = state.fixed_weights[p];
                let input = state.input(projection.sum(), projection.delay.longest());
                add_weight(input, projection, weight, fired.iter().map(|spike| spike - source.first));
            }
        } else {
            state.synaptic[p].learn(network, projection, &state.history, fired, state.step);
            let exponents = &network.populations[projection.target].exponents;
            let sources = fired.iter().map(|spike| spike - source.first);
            add_weights(state, p, projection, exponents, sources, network.dt_ms());
        }
    }
}

/// Adds one weight to the input of every target of some sources.
fn add_weight(input: &mut [i32], projection: &Projection, weight: i32, mut sources: impl Iterator<Item = u32> + Clone) {
    while sources.clone().next().is_some() {
        let lists = sources.clone().take(READ_AHEAD).map(|source| projection.synapses.of(source as usize));
        read_ahead(lists.clone());
        for &slot in lists.flatten() {
            let sum = &mut input[slot as usize];
            *sum = sum.wrapping_add(weight);
        }
        sources.nth(READ_AHEAD - 1);
    }
}

/// Spikes whose targets are read ahead together: as many cache misses as a processor can wait for at once.
const READ_AHEAD: usize = 16;
/// Targets in a cache line of 64 bytes.
const LINE: usize = 16;

/// Reads one target of each cache line of some lists. The targets of a neuron lie anywhere in memory, and a list that is
/// walked through when it is needed is waited for line by line; here the lines of all lists are waited for at once.
/// WebAssembly has no instruction that only prefetches.
fn read_ahead<'a>(lists: impl Iterator<Item = &'a [u32]>) {
    let first = |line: &[u32]| line.first().copied().unwrap_or_default();
    core::hint::black_box(lists.flat_map(|list| list.chunks(LINE)).fold(0, |sum, line| sum ^ first(line)));
}

/// The same where synapses differ, or pass on a part of their weight.
fn add_weights(
    state: &mut State,
    p: usize,
    projection: &Projection,
    exponents: &[i32],
    sources: impl Iterator<Item = u32>,
    dt_ms: f64,
) {
    // Where a weight of either sign goes, and how many units it has there.
    let sums = [1.0, -1.0].map(|sign| projection.sum_of(sign)).map(|sum| (sum, libm::scalbn(1.0, exponents[sum])));
    let common = projection.weight.middle();
    let step = state.step;
    let (ring, places, synaptic) = state.ring_and_synapses();
    let Synaptic { weights, releases, .. } = &mut synaptic[p];
    for source in sources {
        let source = source as usize;
        let part = releases.get_mut(source).map_or(1.0, |release| release.spike(projection, step, dt_ms));
        let synapses = &projection.synapses;
        for synapse in synapses.offsets[source]..synapses.offsets[source + 1] {
            let weight = part * weights.get(synapse).map_or(common, |weight| f64::from(*weight));
            let delay = match &projection.delay {
                Delay::All(steps) => *steps,
                Delay::Each(steps) => usize::from(steps[synapse]),
            };
            let (sum, scale) = sums[usize::from(weight < 0.0)];
            let sum = &mut ring[places.of(delay, sum) + synapses.targets[synapse] as usize];
            *sum = sum.wrapping_add(libm::rint(weight * scale) as i32);
        }
    }
}
