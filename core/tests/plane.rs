//! The phase planes: on a nullcline its variable stands still, as the model's own step makes it.

use spikeground_core::{
    engine::{ENGINES, Simulation},
    network::Network,
    neuron::{self, MODELS, NeuronModel},
    spec::{Distribution, NetworkSpec, PopulationSpec},
};

/// Step, ms: short, so that a step is a slope, but long beside what single precision rounds away.
const DT_MS: f64 = 0.01;

/// How fast a variable of a neuron at (x, y) changes, per ms.
fn slope(model: &NeuronModel, at: [(&str, f64); 2], i_e: f64, variable: &str) -> f64 {
    let population = PopulationSpec {
        params: vec![("I_e".into(), i_e.into())],
        init: at.map(|(name, value)| (name.to_owned(), Distribution::Constant(value))).to_vec(),
        ..PopulationSpec::new("N", 1, model.name)
    };
    let spec = NetworkSpec { dt_ms: DT_MS, populations: vec![population], ..NetworkSpec::empty() };
    let network = Network::new(spec, f64::INFINITY).expect("a neuron is a network");
    let mut run = Simulation::new(network, ENGINES[0]).expect("there is memory for a neuron");
    let variable = model.state_index(variable).expect("a plane names variables of its model");
    let before = run.value(0, variable);
    run.advance(1).expect("numbers stay finite");
    f64::from(run.value(0, variable) - before) / DT_MS
}

#[test]
fn a_variable_stands_still_on_its_nullcline_and_moves_beside_it() {
    let mut checked = 0;
    for model in MODELS {
        let Some(plane) = &model.plane else { continue };
        for i_e in [0.0, 20.0] {
            let param =
                |name: &str| match neuron::find(model.name).and_then(|m| m.params.iter().find(|p| p.name == name)) {
                    Some(_) if name == "I_e" => i_e,
                    Some(param) => param.default,
                    None => panic!("{} has no parameter {name}", model.name),
                };
            let [(left, right), (bottom, top)] = (plane.window)(&param);
            assert!(left < right && bottom < top && left < param(plane.threshold));
            for part in [0.1, 0.3, 0.5] {
                let x = left + part * (right - left);
                for (variable, nullcline) in plane.variables.iter().zip(plane.nullclines) {
                    // A gate is neither below zero nor above one.
                    let y = model.state_index(plane.variables[1]).expect("a plane names variables of its model");
                    let possible = |off: f64| model.state[y].range.contains(nullcline(&param, x) + off);
                    if !(possible(0.0) && possible(0.1 * (top - bottom))) {
                        continue;
                    }
                    let [still, moving] = [0.0, 0.1 * (top - bottom)].map(|off| {
                        let at = [(plane.variables[0], x), (plane.variables[1], nullcline(&param, x) + off)];
                        slope(model, at, i_e, variable).abs()
                    });
                    assert!(still < 0.1 * moving, "{} {variable} at {x}: {still} on it, {moving} beside", model.name);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 0, "no model has a phase plane");
}
