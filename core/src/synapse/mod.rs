//! The synapse models, under NEST's names: what becomes of a weight when the neurons on its two sides fire.
//!
//! | kind | what it keeps | a model's file says |
//! |---|---|---|
//! | static | nothing | nothing |
//! | short-term | a few numbers for each source neuron | which part of the weight a spike passes on |
//! | plastic | a weight for each synapse, two traces for each neuron on either side | how a spike on either side changes the weight |
//! | modulated | the same, and an eligibility for each synapse | how a spike on either side changes the eligibility |
//!
//! A delay is dendritic, as in NEST: a spike of the source reaches the synapse at once, a spike of the target after the
//! delay. Adding a model costs one file beside this one and its line in [`SYNAPSES`].

use alloc::vec::Vec;

use crate::{param::Param, text::Text};

mod plastic;
mod static_synapse;
mod stdp_dopamine_synapse;
mod stdp_nn_symm_synapse;
mod stdp_sign_synapse;
mod stdp_synapse;
mod stdp_triplet_synapse;
mod tsodyks2_synapse;
mod tsodyks_synapse;
mod vogels_sprekeler_synapse;

pub use plastic::{Learning, Modulation, Synapses, Traces, settle};

/// Every synapse model, in the order menus show them; the first is meant where none is named.
pub static SYNAPSES: &[&SynapseModel] = &[
    &static_synapse::MODEL,
    &tsodyks2_synapse::MODEL,
    &tsodyks_synapse::MODEL,
    &stdp_synapse::MODEL,
    &stdp_nn_symm_synapse::MODEL,
    &stdp_triplet_synapse::MODEL,
    &vogels_sprekeler_synapse::MODEL,
    &stdp_dopamine_synapse::MODEL,
    &stdp_sign_synapse::MODEL,
];

/// The model that is meant where none is named.
pub const DEFAULT: &str = "static_synapse";

/// The model called `name`.
pub fn find(name: &str) -> Option<&'static SynapseModel> {
    SYNAPSES.iter().copied().find(|s| s.name == name)
}

/// Everything the product knows of a synapse model.
pub struct SynapseModel {
    /// NEST's name, as it stands in a saved file.
    pub name: &'static str,
    /// Name for people.
    pub title: Text,
    /// What it does.
    pub doc: Text,
    /// Where the equations come from.
    pub source: &'static str,
    /// The equations, a line each; symbols are the parameters' names.
    pub equations: &'static [&'static str],
    /// What a user may set.
    pub params: &'static [Param],
    /// What it does with a weight.
    pub kind: Kind,
}

/// What a synapse model does with a weight.
pub enum Kind {
    /// Passes it on.
    Static,
    /// Passes a part of it on, which depends on the spikes of the source alone.
    ShortTerm(ShortTerm),
    /// Changes it.
    Plastic(Plastic),
}

/// Numbers that a short-term model keeps for each source neuron.
pub const RELEASE_STATE: usize = 3;

/// A model of short-term plasticity. The synapses of a source neuron share its spikes, and so its state.
pub struct ShortTerm {
    /// The state before the first spike.
    pub start: fn(params: &[f64]) -> [f64; RELEASE_STATE],
    /// What a spike does to the state of its source, `elapsed_ms` after the one before (or after t = 0), and the part of
    /// the weight that it passes on, from 0 to 1.
    pub release: fn(params: &[f64], state: &mut [f64; RELEASE_STATE], elapsed_ms: f64) -> f64,
}

/// A model of lasting plasticity.
pub struct Plastic {
    /// Time constants of the traces that spikes leave, in ms.
    pub traces: fn(params: &[f64]) -> Traces<f64>,
    /// Whether a spike sets its traces to one, so that only the nearest counts, instead of adding one.
    pub nearest: bool,
    /// The least and the largest weight.
    pub bounds: fn(params: &[f64]) -> (f64, f64),
    /// What the rule computes with.
    pub constants: fn(params: &[f64]) -> Vec<f32>,
    /// Time constants of the eligibility and of the modulator in ms, and the modulator's baseline, if there is a modulator.
    pub modulation: Option<fn(params: &[f64]) -> Modulation>,
    /// Changes the synapses of a projection in a step.
    pub learn: fn(Learning),
}

impl SynapseModel {
    /// Its lasting plasticity, if it has any.
    pub fn plastic(&self) -> Option<&Plastic> {
        if let Kind::Plastic(plastic) = &self.kind { Some(plastic) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever a model's file says of itself holds together.
    #[test]
    fn descriptors_are_whole() {
        assert_eq!(SYNAPSES[0].name, DEFAULT);
        for model in SYNAPSES {
            let defaults: Vec<f64> = model.params.iter().map(|p| p.default).collect();
            for p in model.params {
                assert!(p.range.contains(p.default), "{} {}", model.name, p.name);
                assert!(p.range.contains(p.slider.min) && p.range.contains(p.slider.max), "{} {}", model.name, p.name);
            }
            assert!(!model.doc.zh.is_empty() && !model.source.is_empty());
            if let Kind::ShortTerm(short) = &model.kind {
                let mut state = (short.start)(&defaults);
                let part = (short.release)(&defaults, &mut state, 10.0);
                assert!((0.0..=1.0).contains(&part), "{}: {part}", model.name);
            }
            if let Some(plastic) = model.plastic() {
                let (lo, hi) = (plastic.bounds)(&defaults);
                assert!(lo < hi && (plastic.constants)(&defaults).iter().all(|c| c.is_finite()), "{}", model.name);
                assert!((plastic.traces)(&defaults).pre[0] > 0.0, "{}", model.name);
            }
        }
    }
}
