//! How much all cores hold together: neurons, synapses, bits.

use super::{Check, Limit, Remedy};
use crate::{
    network::{self, From, Memory, Network},
    spec::NetworkSpec,
};

/// A smaller network is made this much smaller than it would have to be, once or some times more: sizes of populations and
/// rows of grids are rounded, and synapses may grow faster than neurons.
const ROOM: f64 = 0.9;
const TRIES: i32 = 12;

pub(super) fn check(check: &mut Check) {
    let (network, preset) = (check.network, check.preset);
    let core = preset.core.clone();
    let neurons = network.neurons() as f64;
    let between = network.projections.iter().filter(|p| matches!(p.from, From::Population(_)));
    let synapses: f64 = between.map(|p| p.synapses.targets.len() as f64).sum();
    let bits = core.synapse_bit.v.map(|bit| synapses * bit + neurons * core.neuron_bit.v.unwrap_or(0.0));
    if bits.is_none() {
        check.unknown("core.synapse_bit");
    }
    let per_chip = preset.cores_per_chip();
    if per_chip.is_none() {
        check.unknown("hierarchy");
    }
    for (limit, name, found, each) in [
        (Limit::Neurons, "neurons_max", Some(neurons), check.limit("neurons_max", &core.neurons_max)),
        (Limit::Synapses, "synapses_max", Some(synapses), check.limit("synapses_max", &core.synapses_max)),
        (Limit::Memory, "memory_bit", bits, check.limit("memory_bit", &core.memory_bit)),
    ] {
        let (Some(found), Some(each)) = (found, each) else { continue };
        let cores = libm::ceil(found / each);
        check.fit.cores = Some(check.fit.cores.unwrap_or(1.0).max(cores));
        let Some(per_chip) = per_chip else { continue };
        let holds = each * per_chip * preset.chips();
        if found > holds {
            let chips = Remedy::Chips(libm::ceil(cores / per_chip));
            let at = alloc::format!("core.{name}");
            let raise = Remedy::Raise { at, to: libm::ceil(found / per_chip / preset.chips()) };
            check.wall(limit, "", found, holds, name, [chips, smaller(network, holds / found).unwrap_or(raise)]);
        }
    }
}

/// The same network with at most `part` of its neurons and synapses, if that is one that can be wired.
pub(super) fn smaller(network: &Network, part: f64) -> Option<Remedy> {
    let synapses = |spec: &NetworkSpec| Memory::of(spec).synapses;
    let (neurons, most) = (network.neurons() as f64 * part, synapses(&network.spec) * part);
    let tries = (1..TRIES).map(|i| libm::floor(neurons * libm::pow(ROOM, f64::from(i))) as u64);
    let is_good = |neurons_wanted: &u64| {
        let scaled = network.spec.scaled(*neurons_wanted);
        let is_small = scaled.neurons() as f64 <= neurons && synapses(&scaled) <= most;
        is_small && network::mistakes(&scaled).is_empty()
    };
    tries.filter(|neurons| *neurons > 0).find(is_good).map(Remedy::Neurons)
}
