//! Kinds of neurons and of learning, by which a preset says what its cores can do.

use crate::synapse::{Kind, SynapseModel};

/// Kinds of neurons, by their names in a preset; `any` is a core that runs programs.
pub const NEURONS: &[&str] =
    &["relay", "integrator", "if", "lif", "coba_lif", "adaptive", "adex", "eif", "qif", "izhikevich", "hh", "any"];

/// Kinds of learning, by their names in a preset; `none` is a chip without, `any` one that runs programs.
pub const PLASTICITY: &[&str] = &["none", "short_term", "stdp", "modulated", "sign", "any"];

/// The kind of neuron that a model is.
pub fn neuron(model: &str) -> &'static str {
    match model {
        "parrot_neuron" | "nir_threshold" => "relay",
        "nir_i" | "nir_li" | "nir_cubali" => "integrator",
        "nir_if" => "if",
        "alif" | "gif_psc_exp" => "adaptive",
        "eif" => "eif",
        "qif" => "qif",
        "izhikevich" => "izhikevich",
        model if model.starts_with("iaf_cond") => "coba_lif",
        model if model.starts_with("aeif") => "adex",
        model if model.starts_with("hh_") => "hh",
        "fitzhugh_nagumo" | "morris_lecar" => "hh",
        _ => "lif",
    }
}

/// Whether a core that offers `offered` can be a neuron of kind `wanted`. Relays are on every chip, and a leaky neuron may
/// have no leak; a core that does not say is not judged.
pub fn offers_neuron(offered: &[alloc::string::String], wanted: &str) -> bool {
    let has = |name: &str| offered.iter().any(|one| one == name);
    offered.is_empty() || has("any") || has(wanted) || wanted == "relay" || (wanted == "if" && has("lif"))
}

/// The kind of learning of a synapse model; none if its weight is fixed.
pub fn learning(model: &SynapseModel) -> Option<&'static str> {
    match &model.kind {
        Kind::Static => None,
        _ if model.name == "stdp_sign_synapse" => Some("sign"),
        _ => Some(match model.plastic() {
            Some(plastic) if plastic.modulation.is_some() => "modulated",
            Some(_) => "stdp",
            None => "short_term",
        }),
    }
}

/// Whether a chip that offers `offered` can learn by `wanted`; one that does not say is not judged.
pub fn offers_learning(offered: &[alloc::string::String], wanted: &str) -> bool {
    offered.is_empty() || offered.iter().any(|one| one == wanted || one == "any")
}
