//! What a specification is warned of: the place, and a message in both languages that names the step and the remedy.

use spikeground_core::{
    gallery::{self, GALLERY},
    network::warnings,
    spec::NetworkSpec,
    text::Lang,
};

/// The network of one neuron with another model, step and parameters.
fn one(model: &str, dt_ms: f64, params: &[(&str, f64)]) -> NetworkSpec {
    let mut spec = gallery::find("one-neuron").expect("it is in the gallery").spec();
    spec.dt_ms = dt_ms;
    spec.populations[0].model = model.into();
    spec.populations[0].params = params.iter().map(|&(name, value)| (name.into(), value.into())).collect();
    spec
}

#[test]
fn a_step_is_judged_by_model_and_parameters() {
    let largest = |model, dt_ms, params: &[_]| {
        let told = warnings(&one(model, dt_ms, params));
        told.first().map(|warning| (warning.at.clone(), warning.message(Lang::En), warning.message(Lang::Zh)))
    };
    for (model, dt_ms, params, limit) in [
        ("iaf_psc_exp", 10.0, &[][..], None),
        ("iaf_cond_exp", 0.2, &[], None),
        ("iaf_cond_exp", 0.3, &[], Some("0.2")),
        ("iaf_cond_exp", 0.3, &[("tau_syn_ex", 5.0)], None),
        ("iaf_cond_exp", 0.1, &[("tau_syn_ex", 0.0125)], Some("0.012")),
        ("qif", 10.0, &[("C_m", 1000.0)], None),
        ("qif", 10.0, &[("C_m", 257.0)], Some("2.5")),
        ("hh_psc_alpha", 0.2, &[], Some("0.1")),
        ("no_such_model", 5.0, &[], None),
    ] {
        match (largest(model, dt_ms, params), limit) {
            (None, None) => {}
            (Some((at, en, zh)), Some(limit)) => {
                assert_eq!(at, "populations[0]");
                for text in [en, zh] {
                    let words = [model, &format!("{dt_ms} ms"), &format!(" {limit} ")];
                    assert!(words.iter().all(|word| text.contains(word)), "{text}");
                }
            }
            (told, limit) => panic!("{model} at {dt_ms} ms: {told:?}, expected {limit:?}"),
        }
    }
}

#[test]
fn no_network_of_the_gallery_needs_a_warning() {
    for entry in GALLERY {
        assert_eq!(warnings(&entry.spec()), [], "{}", entry.id);
    }
}
