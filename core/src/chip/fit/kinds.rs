//! What a core cannot be, whatever its size: a kind of neuron, a kind of learning, a weight too small for its bits, a delay too
//! long.

use alloc::{string::String, vec::Vec};

use super::{Check, Found, Limit, Refusal, Remedy};
use crate::{
    chip::{class, quantity::Quantity},
    network::{From, Projection},
};

pub(super) fn check(check: &mut Check) {
    neurons(check);
    learning(check);
    weights(check);
    delays(check);
}

/// A model of each kind, by which a population that a chip cannot be can be replaced.
fn model_of(kinds: &[String]) -> &'static str {
    let has = |name: &str| kinds.iter().any(|kind| kind == name);
    match () {
        () if has("lif") => "iaf_psc_exp",
        () if has("coba_lif") => "iaf_cond_exp",
        () if has("if") => "nir_if",
        () if has("izhikevich") => "izhikevich",
        () => "aeif_psc_exp",
    }
}

fn neurons(check: &mut Check) {
    let offered = &check.preset.core.neuron_models;
    let at: String = "core.neuron_models".into();
    if offered.is_empty() {
        return check.unknown(&at);
    }
    for (index, p) in check.network.populations.iter().enumerate() {
        let kind = class::neuron(p.model.name);
        if !class::offers_neuron(offered, kind) {
            check.fit.walls.push(Refusal {
                limit: Limit::NeuronModel,
                population: p.name.clone(),
                found: Found::Name(p.model.name.into()),
                offered: Found::Name(offered.join(", ")),
                at: at.clone(),
                remedies: [
                    Remedy::Model { population: index, model: model_of(offered).into() },
                    Remedy::Offer { at: at.clone(), kind: kind.into() },
                ],
            });
        }
    }
}

fn learning(check: &mut Check) {
    let offered = &check.preset.core.plasticity;
    let at: String = "core.plasticity".into();
    if offered.is_empty() {
        return check.unknown(&at);
    }
    for (target, population) in check.network.populations.iter().enumerate() {
        for &kind in class::PLASTICITY {
            let learns = |p: &Projection| p.target == target && class::learning(p.synapse) == Some(kind);
            let projections = check.network.projections.iter().enumerate().filter(|(_, p)| learns(p));
            let projections: Vec<usize> = projections.map(|(i, _)| i).collect();
            let (Some(&first), false) = (projections.first(), class::offers_learning(offered, kind)) else { continue };
            check.fit.walls.push(Refusal {
                limit: Limit::Plasticity,
                population: population.name.clone(),
                found: Found::Name(check.network.projections[first].synapse.name.into()),
                offered: Found::Name(offered.join(", ")),
                at: at.clone(),
                remedies: [Remedy::Fixed(projections), Remedy::Offer { at: at.clone(), kind: kind.into() }],
            });
        }
    }
}

/// Weights onto a neuron are whole multiples of one unit, of which the largest has 2^(bits − 1) − 1, a sign aside. One that is
/// less than half a unit becomes zero.
fn weights(check: &mut Check) {
    let bits = check.preset.core.weight_bit.iter().filter_map(|bit: &Quantity| bit.v).reduce(f64::max);
    let Some(bits) = bits else { return check.unknown("core.weight_bit") };
    let levels = (libm::exp2(bits - 1.0) - 1.0).max(1.0);
    for (target, population) in check.network.populations.iter().enumerate() {
        let onto = check.network.projections.iter().enumerate();
        let onto = onto.filter(|(_, p)| p.target == target && matches!(p.from, From::Population(_)));
        let sized: Vec<(usize, f64)> = onto.map(|(i, p)| (i, p.weight.middle())).filter(|(_, w)| *w != 0.0).collect();
        let size = |of: fn(f64, f64) -> f64| sized.iter().map(|(_, weight)| weight.abs()).reduce(of);
        let (Some(largest), Some(least)) = (size(f64::max), size(f64::min)) else { continue };
        let unit = largest / levels;
        if least >= unit / 2.0 {
            continue;
        }
        let needed = 1.0 + libm::ceil(libm::log2(largest / least / 2.0 + 1.0));
        let small = sized.into_iter().filter(|(_, weight)| weight.abs() < unit / 2.0);
        let weights = small.map(|(i, weight)| (i, unit * weight.signum())).collect();
        let raise = Remedy::Raise { at: "core.weight_bit[0]".into(), to: needed };
        let remedies = [Remedy::Weights(weights), raise];
        check.wall(Limit::WeightBits, &population.name, needed, bits, "weight_bit[0]", remedies);
    }
}

fn delays(check: &mut Check) {
    let Some(most) = check.limit("delay_max", &check.preset.core.delay_max.clone()) else { return };
    let delay_ms = libm::floor(most).max(1.0) * check.network.dt_ms();
    for (target, population) in check.network.populations.iter().enumerate() {
        let longest = |p: &Projection| p.delay.longest() as f64;
        let onto = check.network.projections.iter().enumerate().filter(|(_, p)| p.target == target);
        let long: Vec<(usize, f64)> = onto.map(|(i, p)| (i, longest(p))).filter(|(_, steps)| *steps > most).collect();
        let Some(longest) = long.iter().map(|(_, steps)| *steps).reduce(f64::max) else { continue };
        let projections = long.into_iter().map(|(i, _)| i).collect();
        let remedies =
            [Remedy::Delay { projections, delay_ms }, Remedy::Raise { at: "core.delay_max".into(), to: longest }];
        check.wall(Limit::Delay, &population.name, longest, most, "delay_max", remedies);
    }
}
