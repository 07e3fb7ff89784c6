//! What is exported: pinned scripts, Python that compiles, a program in Rust that runs, and every network to every target.
//!
//! After a change that is meant to change them, `BLESS=1 cargo test -p spikeground-core --test exports` writes the scripts in
//! `tests/golden/exports/` anew. `tests/reference/check_exports.py` ran the scripts and wrote their rates into `exports.json`,
//! which is judged here: it concerns the scripts of today, or `check_exports.py TARGET NETWORK` is due.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use spikeground_core::{
    export::{self, TARGETS},
    gallery::{self, GALLERY},
    neuron,
    param::Range,
    rule::Edge,
    spec::{Distribution, NetworkSpec, PopulationSpec, ProjectionSpec},
    stimulus, synapse,
    text::Lang,
};

/// The program for a network of the gallery, compiled as it was written.
#[allow(dead_code, reason = "a test calls its main")]
#[path = "../../tests/golden/exports/one-neuron_rust.rs"]
mod exported;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/exports");

const RESULTS: &str = include_str!("../../tests/reference/exports.json");

/// Distributions, positions, edges with weights of their own, and both options: what no network of the gallery has at once.
fn varied() -> NetworkSpec {
    let mut spec = NetworkSpec::from_json(
        r#"{ "version": 1, "name": "Varied \"\"\" \\", "seed": 3, "dt_ms": 0.1,
        "populations": [
            { "name": "a b", "size": 12, "model": "iaf_psc_exp", "positions": { "grid": [4, 3], "extent": [1.0, 0.75], "edge_wrap": true },
              "params": { "V_th": { "normal": [-55.0, 1.0], "max": -50.0 }, "I_e": 400.0 } },
            { "name": "β", "size": 12, "model": "aeif_cond_exp", "positions": { "free": "uniform", "extent": [1.0, 0.75], "edge_wrap": true },
              "init": { "w": { "uniform": [0.0, 20.0] } } } ],
        "stimuli": [ { "name": "dc", "model": "dc_generator", "params": { "amplitude": 100.0, "start": 5.0 } },
                     { "name": "list", "model": "spike_generator", "spike_times": [1.0, 2.0, 2.0] } ],
        "projections": [
            { "source": "a b", "target": "β", "rule": "spatial_gaussian", "p": 0.5, "std": 0.3, "weight": { "lognormal": [2.0, 0.5] }, "delay_ms": { "uniform": [0.5, 1.5] } },
            { "source": "a b", "target": "a b", "rule": "fixed_indegree", "indegree": 3, "allow_autapses": false, "allow_multapses": false, "weight": -30.0, "delay_ms": 1.0 },
            { "source": "a b", "target": "a b", "rule": "small_world", "k": 4, "p": 0.1, "weight": 30.0, "delay_ms": 1.0 },
            { "source": "β", "target": "a b", "rule": "edges", "edges": [[0, 5], [3, 1, 0.7, 1.5]], "weight": 20.0, "delay_ms": 1.0 },
            { "source": "dc", "target": "a b", "rule": "all_to_all", "weight": 1.5, "delay_ms": 0.1 },
            { "source": "list", "target": "β", "rule": "all_to_all", "weight": 10.0, "delay_ms": 0.1 } ] }"#,
    )
    .expect("a network");
    spec.populations[0].lesions.clear();
    spec
}

/// The scripts that are pinned: small ones, and one that has everything.
fn pinned() -> Vec<(String, String)> {
    let gallery = |id: &str| gallery::find(id).expect("an entry").spec();
    let mut scripts = Vec::new();
    for (name, spec) in [("cuba", gallery("cuba")), ("one-neuron", gallery("one-neuron")), ("varied", varied())] {
        for target in TARGETS {
            scripts.push((format!("{name}_{}.{}", target.id, target.extension), (target.write)(&spec).text));
        }
    }
    scripts
}

#[test]
fn scripts_are_what_they_were() {
    for (name, script) in pinned() {
        let path = format!("{GOLDEN}/{name}");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &script).expect("the golden file can be written");
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(golden, script, "{name}");
    }
}

/// The program in Rust is compiled into this test; it runs, and what it prints is not judged here.
#[test]
fn the_program_in_rust_runs() {
    exported::main().expect("a good network");
}

#[test]
fn python_compiles() {
    let mut scripts: Vec<(String, String)> = pinned().into_iter().filter(|(name, _)| name.ends_with(".py")).collect();
    for entry in GALLERY {
        let python = TARGETS.iter().filter(|target| target.extension == "py");
        scripts
            .extend(python.map(|target| (format!("{} {}", entry.id, target.id), (target.write)(&entry.spec()).text)));
    }
    let python = Command::new("python3")
        .args(["-c", "import ast, json, sys\nfor n, s in json.load(sys.stdin): ast.parse(s, n)"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        return println!("skipped: there is no python3 to compile the scripts with");
    };
    let input = serde_json::to_vec(&scripts).expect("strings");
    python.stdin.take().expect("a pipe").write_all(&input).expect("python reads it all");
    let done = python.wait_with_output().expect("python ends");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Whatever a target lacks of a network is told in both languages, and the program stops there with the same words.
#[test]
fn nothing_is_dropped_in_silence() {
    for entry in GALLERY {
        let spec = entry.spec();
        for target in TARGETS {
            let script = (target.write)(&spec);
            let stops = script.remarks.iter().filter(|remark| remark.stops);
            assert_eq!(
                script.text.matches("raise NotImplementedError").count(),
                stops.clone().count(),
                "{} {}",
                entry.id,
                target.id
            );
            for remark in &script.remarks {
                assert!(script.text.contains(&remark.at), "{} {}: {}", entry.id, target.id, remark.at);
                assert!(!remark.message(Lang::Zh).is_empty() && remark.message(Lang::En).is_ascii() | remark.stops);
            }
            // What there is, is there by name.
            if stops.count() == 0 {
                for p in &spec.populations {
                    let name = serde_json::to_string(&p.name).expect("a string");
                    assert!(script.text.contains(&name), "{} {}: {name}", entry.id, target.id);
                }
            }
        }
    }
}

/// Each model, stimulus and synapse model alone: written by its name or equations, or missed.
#[test]
fn every_descriptor_is_written_or_missed() {
    let onto = |model: &str| {
        let mut spec = NetworkSpec::empty();
        spec.populations.push(PopulationSpec::new("P", 3, model));
        spec
    };
    for target in TARGETS.iter().filter(|target| target.extension == "py") {
        let told = |spec: &NetworkSpec, at: &str| {
            let script = (target.write)(spec);
            let missed = script.remarks.iter().any(|r| r.stops && r.at.starts_with(at));
            (missed, script.text)
        };
        for model in neuron::MODELS {
            let (missed, text) = told(&onto(model.name), "populations[0].model");
            assert!(missed || text.contains("neurons[\"P\"] ="), "{} {}", target.id, model.name);
        }
        for model in stimulus::STIMULI {
            let mut spec = onto("iaf_psc_exp");
            spec.stimuli.push(spikeground_core::spec::StimulusSpec {
                name: "S".into(),
                model: model.name.into(),
                params: Vec::new(),
                lists: Vec::new(),
            });
            let empty = (target.write)(&spec).text;
            spec.projections.push(ProjectionSpec::all_to_all("S", "P", 1.0, 1.0));
            let (missed, text) = told(&spec, "");
            assert!(missed || text.len() > empty.len() + 20, "{} {}", target.id, model.name);
        }
        for model in synapse::SYNAPSES {
            let mut spec = onto("iaf_psc_exp");
            spec.projections
                .push(ProjectionSpec { synapse: model.name.into(), ..ProjectionSpec::all_to_all("P", "P", 1.0, 1.0) });
            let (missed, text) = told(&spec, "projections[0].synapse");
            let passes = model.params.iter().all(|p| text.contains(p.name));
            assert!(missed || passes, "{} {}", target.id, model.name);
        }
    }
}

/// A network that nobody has checked is written too: what is unknown is missed.
#[test]
fn a_network_with_mistakes_is_missed_not_feared() {
    let mut spec = varied();
    spec.populations[0].model = "nobody's".into();
    spec.projections[1].rule = "none".into();
    spec.projections[2].source = "nowhere".into();
    spec.projections[3].edges.push(Edge::new(900, 900));
    spec.projections[0].weight = Distribution::Normal { mean: 0.0, std: 1.0, limits: Range::ANY };
    for target in TARGETS {
        let script = (target.write)(&spec);
        assert!(target.extension != "py" || script.remarks.iter().any(|r| r.at == "populations[0].model"));
    }
    assert!(export::find("nest").is_some() && export::find("none").is_none());
}

/// Networks that each target has run at least.
const LEAST_NETWORKS: usize = 12;
/// How far from the mean of our seeds a rate may lie.
const STANDARD_DEVIATIONS: f64 = 5.0;

/// FNV-1a, 64 bits.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Scripts that ran unchanged in their simulators fired at our rates, and are those that are exported today.
#[test]
fn scripts_that_ran_fired_at_our_rates() {
    let results: serde_json::Map<String, serde_json::Value> = serde_json::from_str(RESULTS).expect("JSON");
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    for (key, result) in &results {
        let (network, target) = key.split_once(' ').expect("a network and a target");
        let target = export::find(target).expect("a target");
        let spec = gallery::find(network).expect("an entry").spec().scaled(number(&result["neurons"]) as u64);
        let script = (target.write)(&spec);
        assert!(!script.remarks.iter().any(|remark| remark.stops), "{key}: the script does not run");
        let digest = format!("{:016x}", fnv(&script.text));
        assert_eq!(result["script"], digest, "{key}: the script is another one than ran; run check_exports.py again");
        assert_eq!(result["populations"].as_object().expect("populations").len(), spec.populations.len(), "{key}");
        for population in &spec.populations {
            let measured = &result["populations"][&population.name];
            let [theirs, ours, std] = ["theirs_hz", "ours_hz", "std_hz"].map(|name| number(&measured[name]));
            let spread = STANDARD_DEVIATIONS * std * (1.0 + 1.0 / number(&result["seeds"])).sqrt();
            // Where seeds do not differ, a spike of the population; and numbers are rounded in the file.
            let spike = 1000.0 / number(&result["ms"]) / population.size as f64;
            assert!((theirs - ours).abs() <= spread.max(spike) + 1e-3, "{key} {}: {measured}", population.name);
        }
    }
    for target in ["nest", "brian2", "pynn", "brainpy"] {
        let networks = results.keys().filter(|key| key.ends_with(&format!(" {target}"))).count();
        assert!(networks >= LEAST_NETWORKS, "{target}: {networks} networks");
    }
}
