//! Every neuron model against NEST 3.10 with its default parameters, under a constant current, input spikes and a strong
//! drive; and on both engines to the bit. `tests/reference/make_reference.py` made the reference.
//!
//! README.md has the table of what came out. After a change, `BLESS=1 cargo test -p spikeground-core --test models` writes
//! it anew.

mod reference;

use std::fmt::Write;

use reference::{number, numbers, one_neuron, start};
use serde_json::Value;
use spikeground_core::neuron::{MODELS, NeuronModel};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
const BEGIN: &str = "<!-- models: written by core/tests/models.rs -->\n";
const END: &str = "<!-- end of models -->";
/// Samples so near to a spike, in ms, that a spike a step early or late is all that they would tell.
const NEAR_MS: f64 = 0.5;

fn reference_of(model: &NeuronModel) -> Value {
    reference::read(&format!("models/{}", model.name))
}

/// The largest difference of V_m, mV, and of a spike time, steps.
fn differences(model: &NeuronModel, reference: &Value, protocol: &Value) -> (f64, u64) {
    let dt = number(&reference["dt_ms"]);
    let every = (number(&reference["interval_ms"]) / dt).round() as u64;
    let steps = |times: &[f64]| times.iter().map(|t| (t / dt).round() as u64).collect::<Vec<_>>();
    let there = steps(&numbers(&protocol["spike_times_ms"]));
    let mut run = start(one_neuron(model.name, dt, protocol), "lanes");
    let mut potentials = Vec::new();
    for _ in numbers(&protocol["V_m_mV"]) {
        run.advance(every).expect("no NaN");
        potentials.push(f64::from(run.value(0, 0)));
    }
    let spikes = run.recorder_mut().take_spikes().spikes;
    let here: Vec<u64> = spikes.iter().map(|&(step, _)| u64::from(step)).collect();
    let told = format!("{}, {}", model.name, protocol["name"]);
    assert_eq!(here.len(), there.len(), "{told}: spikes at {here:?}, NEST {there:?}");
    let late = here.iter().zip(&there).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);

    let near = (NEAR_MS / dt) as u64;
    let is_near = |step: u64| late > 0 && here.iter().chain(&there).any(|spike| spike.abs_diff(step) <= near);
    let samples = potentials.iter().zip(numbers(&protocol["V_m_mV"])).zip(1..);
    let far = samples.filter(|(_, sample)| !is_near(sample * every));
    let worst = far.map(|((a, b), _)| (a - b).abs()).fold(0.0, f64::max);
    println!("{told}: {} spikes, {worst:.1e} mV, {late} steps", here.len());
    (worst, late)
}

#[test]
fn every_model_is_nests_and_the_readme_says_how_exactly() {
    let mut table = String::from("| model | method | from | worst difference from NEST 3.10 |\n|---|---|---|---|\n");
    for model in MODELS {
        let reference = reference_of(model);
        let protocols = reference["protocols"].as_array().expect("protocols");
        assert!(protocols.len() >= 3);
        let all: Vec<_> = protocols.iter().map(|protocol| differences(model, &reference, protocol)).collect();
        let worst = all.iter().map(|(mv, _)| *mv).fold(0.0, f64::max);
        let late = all.iter().map(|(_, steps)| *steps).max().unwrap_or(0);
        let allowed = model.accuracy;
        assert!(worst <= allowed.mv && late <= allowed.steps, "{}: {worst} mV, {late} steps", model.name);
        let spikes = match late {
            0 => "spikes equal to the step".to_owned(),
            1 => "spikes within a step".to_owned(),
            n => format!("spikes within {n} steps"),
        };
        let worst = if worst < 0.1 { format!("{worst:.0e}") } else { format!("{worst:.1}") };
        let source = model.source.split("; NEST").next().unwrap_or_default();
        // Writing to a string does not fail.
        let _ = writeln!(table, "| `{}` | {} | {source} | {worst} mV, {spikes} |", model.name, model.method.en);
    }
    let readme = std::fs::read_to_string(README).expect("README.md");
    let (before, rest) = readme.split_once(BEGIN).expect("README.md has a place for the table");
    let (now, after) = rest.split_once(END).expect("and an end of it");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(README, [before, BEGIN, &table, END, after].concat()).expect("README.md can be written");
    } else {
        assert_eq!(now, table, "the table in README.md is not what comes out");
    }
}

#[test]
fn every_model_is_the_same_on_both_engines() {
    for model in MODELS {
        let reference = reference_of(model);
        for protocol in reference["protocols"].as_array().expect("protocols") {
            // Not a multiple of the number of lanes.
            let mut spec = one_neuron(model.name, 0.1, protocol);
            spec.populations[0].size = 11;
            let digest = |engine| {
                let mut run = start(spec.clone(), engine);
                run.advance(2000).expect("no NaN");
                run.digest()
            };
            assert_eq!(digest("scalar"), digest("lanes"), "{}, {}", model.name, protocol["name"]);
        }
    }
}
