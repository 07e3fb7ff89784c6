//! Every neuron model against its reference, NEST 3.10 where NEST has it, under a constant current, input spikes and a
//! strong drive; on both engines to the bit; at ever shorter steps; and at the largest step that its descriptor calls safe.
//! The scripts in `tests/reference/` made the references, and each file says with what.
//!
//! README.md has the table of what came out. After a change, `BLESS=1 cargo test -p spikeground-core --test models` writes
//! it anew.

mod reference;

use std::fmt::Write;

use reference::{number, numbers, one_neuron, start};
use serde_json::{Value, json};
use spikeground_core::{
    neuron::{Accuracy, MODELS, NeuronModel, Order},
    units::Unit,
};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
const BEGIN: &str = "<!-- models: written by core/tests/models.rs -->\n";
const END: &str = "<!-- end of models -->";
/// Samples so near to a spike, in ms, that a spike a step early or late is all that they would tell.
const NEAR_MS: f64 = 0.5;
/// Duration of a protocol, ms.
const DURATION_MS: f64 = 200.0;

fn reference_of(model: &NeuronModel) -> Value {
    reference::read(&format!("models/{}", model.name))
}

fn protocols(reference: &Value) -> &Vec<Value> {
    reference["protocols"].as_array().expect("protocols")
}

/// The times of all spikes of a protocol with a step, ms.
fn spike_times(model: &NeuronModel, protocol: &Value, dt_ms: f64) -> Vec<f64> {
    let mut run = start(one_neuron(model.name, dt_ms, protocol), "lanes");
    run.advance((DURATION_MS / dt_ms) as u64).expect("no NaN");
    run.recorder_mut().take_spikes().spikes.iter().map(|&(step, _)| f64::from(step) * dt_ms).collect()
}

/// The largest difference of the membrane, in its unit, and of a spike time, steps.
fn differences(model: &NeuronModel, reference: &Value, protocol: &Value) -> Accuracy {
    let dt = number(&reference["dt_ms"]);
    let every = (number(&reference["interval_ms"]) / dt).round() as u64;
    let steps = |times: &[f64]| times.iter().map(|t| (t / dt).round() as u64).collect::<Vec<_>>();
    let expected = steps(&numbers(&protocol["spike_times_ms"]));
    let here = steps(&spike_times(model, protocol, dt));
    let told = format!("{}, {}", model.name, protocol["name"]);
    assert_eq!(here.len(), expected.len(), "{told}: spikes at {here:?}, reference {expected:?}");
    let steps = here.iter().zip(&expected).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);

    let mut run = start(one_neuron(model.name, dt, protocol), "lanes");
    let mut membrane: f64 = 0.0;
    // A model without a membrane has no samples.
    for (sample, there) in (1..).zip(numbers(&protocol["V_m"])) {
        run.advance(every).expect("no NaN");
        let near = (NEAR_MS / dt) as u64;
        let mut spikes = here.iter().chain(&expected);
        let is_near = model.accuracy.steps > 0 && spikes.any(|spike| spike.abs_diff(sample * every) <= near);
        if !is_near {
            membrane = membrane.max((f64::from(run.value(0, 0)) - there).abs());
        }
    }
    println!("{told}: {} spikes, {membrane:.1e}, {steps} steps", here.len());
    Accuracy { membrane, steps }
}

#[test]
fn every_model_is_its_reference_and_the_readme_says_how_exactly() {
    let mut table = String::from(
        "| model | method | largest step | from | checked against | worst difference |\n|---|---|---|---|---|---|\n",
    );
    for model in MODELS {
        let reference = reference_of(model);
        let all: Vec<_> = protocols(&reference).iter().map(|p| differences(model, &reference, p)).collect();
        let membrane = all.iter().map(|worst| worst.membrane).fold(0.0, f64::max);
        let steps = all.iter().map(|worst| worst.steps).max().unwrap_or(0);
        let allowed = model.accuracy;
        assert!(membrane <= allowed.membrane && steps <= allowed.steps, "{}: {membrane}, {steps} steps", model.name);
        let spikes = match steps {
            _ if protocols(&reference).iter().all(|p| numbers(&p["spike_times_ms"]).is_empty()) => "",
            0 => "spikes equal to the step",
            1 => "spikes within a step",
            _ => &format!("spikes within {steps} steps"),
        };
        let unit = model.state[0].unit.symbol();
        let potential = match membrane {
            _ if protocols(&reference).iter().all(|p| numbers(&p["V_m"]).is_empty()) => String::new(),
            0.0 => "none".into(),
            small if small < 0.1 => format!("{small:.0e} {unit}"),
            large => format!("{large:.1} {unit}"),
        };
        let worst: Vec<&str> = [potential.trim(), spikes].into_iter().filter(|text| !text.is_empty()).collect();
        let largest = (model.largest_dt)(&defaults(model));
        let largest = if largest.is_finite() { format!("{:.2} ms", largest) } else { "any".into() };
        let source = model.source.split("; NEST").next().unwrap_or_default();
        let by = reference["simulator"].as_str().expect("a simulator");
        let (name, method, worst) = (model.name, model.method.name.en, worst.join(", "));
        // Writing to a string does not fail.
        let _ = writeln!(table, "| `{name}` | {method} | {largest} | {source} | {by} | {worst} |");
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

/// Rate and CV of neurons that fire by chance, within five standard deviations of those of NEST's seeds.
#[test]
fn chance_gives_the_rates_of_the_reference() {
    for model in MODELS.iter().filter(|model| model.body.chance.is_some()) {
        let reference = reference_of(model);
        let seeds = reference["seeds"].as_array().expect("seeds");
        let mut spec = one_neuron(model.name, 0.1, &protocols(&reference)[0]);
        spec.projections.clear();
        spec.stimuli.clear();
        let population = &mut spec.populations[0];
        population.size = number(&seeds[0]["neurons"]) as u64;
        for (name, value) in seeds[0]["params"].as_object().expect("parameters") {
            population.params.retain(|(known, _)| known != name);
            population.params.push((name.clone(), number(value).into()));
        }
        let mut run = start(spec, "lanes");
        run.advance((number(&seeds[0]["duration_ms"]) / 0.1).round() as u64).expect("no NaN");
        let cv = run.recorder().mean_cv_of_all().expect("neurons with many spikes").cv;
        for (name, got) in [("rate_hz", run.recorder().rates_hz(run.steps())[0]), ("mean_cv", cv)] {
            let all: Vec<f64> = seeds.iter().map(|seed| number(&seed[name])).collect();
            let n = all.len() as f64;
            let mean = all.iter().sum::<f64>() / n;
            let spread = (all.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            println!("{}: {name} {got}, reference {mean} ± {spread}", model.name);
            assert!((got - mean).abs() <= 5.0 * spread, "{}: {name} {got}, {mean} ± {spread}", model.name);
        }
    }
}

fn defaults(model: &NeuronModel) -> Vec<f64> {
    model.params.iter().map(|p| p.default).collect()
}

/// The membrane at 24 ms, after a spike that arrives at 16 ms has moved it, without it firing; none if it fires.
fn below_threshold(model: &NeuronModel, weight: f64, dt_ms: f64) -> Option<f64> {
    let input = json!({ "weight": weight, "delay_ms": 8.0, "spike_times_ms": [8.0] });
    // Traub and Miles' neuron fires by itself without it.
    let has_leak = model.params.iter().any(|p| p.name == "g_L");
    let params = if has_leak { json!({ "I_e": -40.0 }) } else { json!({}) };
    let mut run = start(one_neuron(model.name, dt_ms, &json!({ "params": params, "inputs": [input] })), "scalar");
    run.advance((24.0 / dt_ms) as u64).expect("no NaN");
    (run.recorder().totals() == [0]).then(|| f64::from(run.value(0, 0)))
}

/// Below threshold, what halving the step changes falls with the step as the method says; for an exact one it is rounding.
#[test]
fn errors_fall_with_the_order_of_the_method() {
    for model in MODELS {
        if model.method.order == Order::Discrete {
            continue;
        }
        // Input that moves the membrane by some millivolts, where it has a unit.
        let weight = match (model.weight_unit, model.state[0].unit) {
            (Unit::Millivolt, _) => -8.0,
            (Unit::Nanosiemens, _) => -40.0,
            (Unit::Picoampere, _) => -600.0,
            _ => -0.5,
        };
        let steps_ms = (0..8).map(|k| 8.0 / f64::from(1 << k));
        let halved = |dt| Some((below_threshold(model, weight, dt)? - below_threshold(model, weight, dt / 2.0)?).abs());
        let changes: Vec<f64> = steps_ms.filter_map(halved).collect();
        println!("{}: {changes:?}", model.name);
        // Numbers without a unit are of the order of one, potentials of some tens.
        let scale = if model.state[0].unit == Unit::One { 0.03 } else { 1.0 };
        match model.method.order {
            Order::Exact => assert!(changes.iter().all(|c| *c < 5e-3 * scale), "{}: {changes:?}", model.name),
            Order::Power(order) => {
                // Those that are in the reach of the method and not yet rounding.
                let far = changes.iter().map(|c| c / scale).skip_while(|c| *c > 0.5);
                let told: Vec<f64> = far.take_while(|c| *c > 3.5e-4).collect();
                let [.., long, short] = told[..] else { panic!("{}: {changes:?}", model.name) };
                let found = (long / short).log2();
                assert!(found >= 0.8 * f64::from(order), "{}: order {found}, {changes:?}", model.name);
            }
            Order::Discrete => {}
        }
    }
}

/// At the largest safe step a constant current gives the spikes of a far shorter one, to 5 % of their times and three steps.
#[test]
fn the_largest_safe_step_is_safe() {
    for model in MODELS {
        let largest = (model.largest_dt)(&defaults(model));
        if largest.is_finite() {
            let reference = reference_of(model);
            let step = json!({ "params": protocols(&reference)[0]["params"], "inputs": [] });
            let (here, there) = (spike_times(model, &step, largest), spike_times(model, &step, largest / 16.0));
            let late = |(here, there): (&f64, &f64)| (here - there).abs() / (0.05 * there + 3.0 * largest);
            let worst = here.iter().zip(&there).map(late).fold(0.0, f64::max);
            println!("{}: {largest} ms, {} and {} spikes, {worst}", model.name, here.len(), there.len());
            // The last spike may fall behind the end.
            assert!(here.len().abs_diff(there.len()) <= 1 && here.len() > 1, "{}: {here:?} {there:?}", model.name);
            assert!(worst <= 1.0, "{}: {here:?} {there:?}", model.name);
        }
    }
}

#[test]
fn every_model_is_the_same_on_both_engines() {
    for model in MODELS {
        let reference = reference_of(model);
        for protocol in protocols(&reference) {
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
