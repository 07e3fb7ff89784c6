//! The cortical microcircuit of Potjans and Diesmann, at a tenth of its size or any other.

use alloc::string::String;

use libm::sqrt;

use super::{Entry, Theme};
use crate::{
    rule,
    spec::{Distribution, NetworkSpec},
    text::text,
};

/// Neurons of the whole one, below a square millimetre.
const NEURONS: f64 = 77_169.0;

pub(super) static ENTRY: Entry = Entry {
    id: "microcircuit",
    title: text("Cortical microcircuit", "皮层微环路"),
    theme: Theme::Anatomy,
    hint: text("four layers of cortex", "皮层的四层"),
    about: text(
        "What lies below a square millimetre of sensory cortex: layers 2/3, 4, 5 and 6, each with excitatory (E) and \
         inhibitory (I) neurons, connected as anatomy and physiology found them; here with a tenth of the neurons and of the \
         inputs of each, stronger weights and a constant current in place of the rest. Give it more neurons, up to all \
         77,169: inputs, weights and currents follow. Compare the rates: layers 2/3 and 6 \
         are nearly silent, layer 5 is busy, inhibitory neurons fire more than excitatory ones, and nobody has told them so. \
         Weaken w_I and watch the layers fall into step.",
        "一平方毫米感觉皮层之下的结构：2/3、4、5、6 层，每层有兴奋性（E）和抑制性（I）神经元，按解剖学和生理学的发现相连；\
         这里神经元数和各自的输入数都取十分之一，以更强的权重和恒定电流补偿其余。增加神经元数（全部为 77169 个）时，输入、权重和电流随之调整。比较各层的发放率：2/3 层和 6 层几乎沉默，\
         5 层活跃，抑制性神经元比兴奋性的发放更多——而这并非事先规定。减弱 w_I，看各层如何趋于同步。",
    ),
    source: "Potjans & Diesmann (2014), doi:10.1093/cercor/bhs358; scaled as van Albada, Helias & Diesmann (2015), doi:10.1371/journal.pcbi.1004490",
    json: include_str!("microcircuit.json"),
    changes: &[],
};

/// `spec`, this network, with so many neurons: each keeps the mean and the variance of its input.
///
/// At the part s of the whole, each neuron has the part s of its inputs, their weights are multiplied by 1/√s, which keeps
/// the variance, and a constant current of 1 − √s times the mean input of the whole stands for what the mean then lacks
/// (van Albada et al., 2015; `N_scaling` and `K_scaling` of NEST's example). Below a tenth each keeps the inputs that it has
/// there: fewer and stronger ones are no longer a continuous noise, and at a hundredth the rates would fall to a third.
pub(super) fn scaled(spec: &NetworkSpec, neurons: u64) -> NetworkSpec {
    let original = ENTRY.spec();
    let tenth = original.neurons();
    let part = |neurons: u64| neurons.max(tenth) as f64 / NEURONS;
    let (before, after) = (part(spec.neurons()), part(neurons));
    let (inputs, stronger) = (after / before, sqrt(before / after));

    // Sizes, with as many inputs for each neuron.
    let mut scaled = spec.scaled(neurons);
    for population in &mut scaled.populations {
        let current = |(_, value): &(String, Distribution)| value.middle();
        let found = original.populations.iter().find(|p| p.name == population.name);
        let compensation = found.and_then(|p| p.params.iter().find(|(name, _)| name == "I_e")).map_or(0.0, current);
        let mean_input = compensation / (1.0 - sqrt(part(tenth)));
        if let Some((_, i_e)) = population.params.iter_mut().find(|(name, _)| name == "I_e") {
            *i_e = i_e.with_middle(i_e.middle() + mean_input * (sqrt(before) - sqrt(after)));
        }
    }
    for stimulus in &mut scaled.stimuli {
        stimulus.params.iter_mut().filter(|(name, _)| name == "rate").for_each(|(_, rate)| *rate *= inputs);
    }
    for projection in &mut scaled.projections {
        projection.weight = projection.weight.with_middle(projection.weight.middle() * stronger);
        let totals = projection.params.iter_mut().filter(|(name, _)| name == rule::TOTAL.param);
        totals.for_each(|(_, total)| *total = libm::round(*total * inputs).max(1.0));
    }
    for control in scaled.controls.iter_mut().filter(|c| c.paths.iter().all(|path| path.ends_with(".weight"))) {
        (control.min, control.max) = (control.min * stronger, control.max * stronger);
    }
    scaled
}
