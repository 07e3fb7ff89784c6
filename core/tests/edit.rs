//! What an editor does to a network: whatever is asked in whatever order, every reference leads somewhere, every control
//! turns the numbers that it turned before, and what was added runs.

use spikeground_core::{
    engine::{self, Simulation},
    error::Mistake,
    gallery::GALLERY,
    network::{Network, Wiring},
    neuron::MODELS,
    rng::{Purpose, Stream, below},
    spec::{NetworkSpec, Node},
    stimulus::STIMULI,
};

/// Edits of each network in a row.
const EDITS: u32 = 60;
/// Times that each network is edited, with other dice.
const ROUNDS: u32 = 40;

fn node_names(spec: &NetworkSpec) -> Vec<String> {
    spec.node_names().map(str::to_owned).collect()
}

/// Nothing points at nothing, and names are unique.
fn is_whole(spec: &NetworkSpec) -> Result<(), String> {
    let names = node_names(spec);
    let unique = names.iter().enumerate().all(|(i, name)| !names[..i].contains(name));
    let is_population = |name: &String| matches!(spec.node(name), Some(Node::Population(_)));
    for p in &spec.projections {
        if !names.contains(&p.source) || !is_population(&p.target) || !p.modulator.iter().all(is_population) {
            return Err(format!("{} → {}, {:?}", p.source, p.target, p.modulator));
        }
    }
    for control in &spec.controls {
        if control.paths.is_empty() || control.paths.iter().any(|path| spec.get(path).is_none()) {
            return Err(format!("{control:?}"));
        }
    }
    if unique { Ok(()) } else { Err(format!("{names:?}")) }
}

/// The numbers behind each control.
fn turned(spec: &NetworkSpec) -> Vec<(String, Vec<f64>)> {
    let numbers = |paths: &[String]| paths.iter().filter_map(|path| spec.get(path)).collect();
    spec.controls.iter().map(|control| (control.name.clone(), numbers(&control.paths))).collect()
}

#[test]
fn no_edit_leaves_a_reference_to_nothing() {
    for (number, entry) in GALLERY.iter().enumerate() {
        for round in 0..ROUNDS {
            let mut spec = entry.spec();
            // Numbers of their own, so that a control that turned to another one would be seen.
            for (i, p) in spec.projections.iter_mut().enumerate() {
                p.weight = p.weight.with_middle(1.0 + i as f64);
            }
            let stream = Stream::new(round, Purpose::Wire, number);
            for edit in 0..EDITS {
                let before = turned(&spec);
                let [what, which] = stream.words(edit, 0);
                let [one, other] = stream.words(edit, 1);
                let names = node_names(&spec);
                let some = |word: u32| names.get(below(word, names.len().max(1) as u32) as usize).cloned();
                let [from, to] = [one, other].map(|word| some(word).unwrap_or_default());
                let index = below(which, spec.projections.len().max(1) as u32) as usize;
                match below(what, 9) {
                    0 => _ = spec.add_population(MODELS[below(which, MODELS.len() as u32) as usize].name, one % 2 == 0),
                    1 => _ = spec.add_stimulus(STIMULI[below(which, STIMULI.len() as u32) as usize].name),
                    2 => _ = spec.connect(&from, &to),
                    3 => spec.remove_nodes(&[from]),
                    4 => spec.remove_projections(&[index]),
                    5 => _ = spec.rename(&from, &format!("a name {}", below(which, 5))),
                    6 => _ = spec.insert(&spec.part(&[from, to])),
                    7 => {
                        _ = spec.choose_model(
                            below(one, 4) as usize,
                            MODELS[below(which, MODELS.len() as u32) as usize].name,
                        )
                    }
                    _ => {
                        _ = spec.choose_stimulus(
                            below(one, 2) as usize,
                            STIMULI[below(which, STIMULI.len() as u32) as usize].name,
                        )
                    }
                }
                let at = format!("{}, round {round}, edit {edit}", entry.id);
                assert_eq!(is_whole(&spec), Ok(()), "{at}");
                for (name, after) in turned(&spec) {
                    // A model's default may take the place of a number that went.
                    let is_weight = |path: &String| path.ends_with("weight");
                    let control = spec.controls.iter().find(|c| c.name == name).expect("it is turned");
                    if control.paths.iter().all(is_weight) {
                        let known = before.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, numbers)| numbers);
                        assert!(after.iter().all(|number| known.contains(number)), "{at}: {name}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_copy_has_the_same_projections_under_fresh_names() {
    let mut spec = GALLERY[0].spec();
    let both = ["E".to_owned(), "I".to_owned()];
    let part = spec.part(&both);
    let renamed = spec.insert(&part);
    assert_eq!(renamed, [("E".into(), "E2".into()), ("I".into(), "I2".into())]);
    let ends: Vec<_> = spec.projections[4..].iter().map(|p| (p.source.as_str(), p.target.as_str())).collect();
    assert_eq!(ends, [("E2", "E2"), ("E2", "I2"), ("I2", "E2"), ("I2", "I2")]);
    assert!(Wiring::new(spec.clone(), f64::INFINITY).is_ok());
    spec.remove_nodes(&["E2".into(), "I2".into()]);
    assert_eq!(spec, GALLERY[0].spec());
}

#[test]
fn a_control_follows_its_number_when_others_go() {
    let mut spec = GALLERY[0].spec();
    spec.remove_nodes(&["E".into()]);
    let paths: Vec<_> = spec.controls.iter().map(|c| (c.name.as_str(), c.paths.clone())).collect();
    let want =
        [("w_I", vec!["projections[0].weight".to_owned()]), ("I_e", vec!["populations[0].params.I_e".to_owned()])];
    assert_eq!(paths, want);
}

#[test]
fn a_name_is_given_once() {
    let mut spec = GALLERY[0].spec();
    let taken = Mistake::DuplicateName { name: "I".into(), first: "populations[1]".into() };
    assert_eq!(spec.rename("E", "I"), Err(taken));
    assert_eq!(spec.rename("E", " "), Err(Mistake::EmptyName));
    assert_eq!(spec, GALLERY[0].spec());
    assert_eq!(spec.rename("E", "pyramidal"), Ok(()));
    assert!(spec.projections.iter().all(|p| p.source != "E" && p.target != "E"));
}

/// Neurons that a new stimulus does not make fire: their thresholds are far, or they have none.
const QUIET: &[&str] = &["aeif_psc_exp", "aeif_cond_exp", "morris_lecar", "loihi_lif", "nir_li", "nir_cubali", "nir_i"];

/// The rate of the first population after a second, Hz.
fn rate_hz(spec: NetworkSpec) -> f64 {
    let network = Network::new(spec, f64::INFINITY).expect("a good network");
    let mut run = Simulation::new(network, engine::find("lanes").expect("an engine")).expect("memory");
    run.advance(10_000).expect("no NaN");
    run.recorder().rates_hz(run.steps())[0]
}

/// Two populations of any model that are connected both ways, and a drive: the network is right as it stands, and lives.
#[test]
fn what_is_added_and_connected_runs_and_fires() {
    for model in MODELS {
        let mut spec = NetworkSpec::empty();
        for inhibitory in [false, true] {
            spec.add_population(model.name, inhibitory);
        }
        spec.add_stimulus("poisson_generator");
        for (source, target) in [("noise", "E"), ("noise", "I"), ("E", "E"), ("E", "I"), ("I", "E"), ("I", "I")] {
            spec.connect(source, target).expect("both are there");
        }
        assert!(spec.inhibits("I") && !spec.inhibits("E"));
        let rate = rate_hz(spec);
        assert_eq!(rate > 0.5, !QUIET.contains(&model.name), "{} fires at {rate} Hz", model.name);
    }
}

#[test]
fn every_new_stimulus_without_a_list_makes_neurons_fire() {
    // The others wait for their lists, or for what comes from outside.
    for model in STIMULI.iter().filter(|model| model.lists.is_empty() && model.name != "live_input") {
        let mut spec = NetworkSpec::empty();
        spec.add_population("iaf_psc_exp", false);
        let stimulus = spec.add_stimulus(model.name);
        let name = spec.stimuli[stimulus].name.clone();
        spec.connect(&name, "E").expect("both are there");
        let rate = rate_hz(spec);
        assert!(rate > 0.0 && rate < 200.0, "{} {rate} Hz", model.name);
    }
}
