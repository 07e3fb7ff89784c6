//! Whether networks fit chips: each limit by a network that breaks it alone, by the number written out here; and each remedy
//! by applying it and finding the refusal gone.

use spikeground_core::{
    chip::{
        class,
        counts::Counts,
        fit::{Fit, Found, Limit, Refusal, fit},
        preset::{Level, Preset},
        presets::{self, PRESETS},
        quantity::Quantity,
    },
    engine::{self, Simulation},
    gallery,
    network::Network,
    neuron,
    spec::{NetworkSpec, PopulationSpec, ProjectionSpec},
    synapse,
    text::Lang,
};

fn wired(spec: &NetworkSpec) -> Network {
    Network::new(spec.clone(), 1e9).unwrap_or_else(|e| panic!("{}", e[0]))
}

fn assumed(v: f64) -> Quantity {
    Quantity::assumed(v, "a test")
}

/// A chip of so many cores without limits.
fn chip(cores: f64) -> Preset {
    let level = |level: &str, n| Level { level: level.into(), per_parent: assumed(n) };
    Preset { hierarchy: vec![level("chip", 1.0), level("core", cores)], ..Preset::default() }
}

/// 100 neurons A and 50 neurons B; each of B hears 40 of A and 20 of B, at 20 and 5 pA after 2 ms.
fn net() -> NetworkSpec {
    let mut spec = NetworkSpec::empty();
    spec.populations.push(PopulationSpec::new("A", 100, "iaf_psc_exp"));
    spec.populations.push(PopulationSpec::new("B", 50, "iaf_psc_exp"));
    for (source, indegree, weight) in [("A", 40.0, 20.0), ("B", 20.0, 5.0)] {
        spec.projections.push(ProjectionSpec {
            rule: "fixed_indegree".into(),
            params: vec![("indegree".into(), indegree)],
            ..ProjectionSpec::all_to_all(source, "B", weight, 2.0)
        });
    }
    spec
}

/// The same refusal, in a fit.
fn still(fit: &Fit, refusal: &Refusal) -> bool {
    let same = |r: &&Refusal| {
        (r.limit, &r.population) == (refusal.limit, &refusal.population)
            && (r.found == refusal.found || matches!(r.found, Found::Number(_)))
    };
    fit.walls.iter().chain(&fit.budgets).any(|r| same(&r))
}

fn counted(network: Network) -> (Network, Counts) {
    let mut run = Simulation::new(network, engine::find("lanes").expect("an engine")).expect("memory");
    run.advance(500).expect("no NaN");
    (wired(run.spec()), Counts::of(&run))
}

/// Applies each remedy of a refusal and looks whether it is gone; the edited preset must be one that could be saved.
#[track_caller]
fn remedies_help(spec: &NetworkSpec, preset: &Preset, refusal: &Refusal, counts: Option<&Counts>) {
    let [first, second] = &refusal.remedies;
    assert_ne!(first, second);
    for remedy in [first, second] {
        let (mut spec, mut preset) = (spec.clone(), preset.clone());
        let before = (spec.clone(), preset.clone());
        remedy.apply(&mut spec, &mut preset);
        assert_ne!((&spec, &preset), (&before.0, &before.1), "{remedy:?} changes something");
        let network = wired(&spec);
        let (network, counts) = match counts {
            Some(_) if spec != before.0 => {
                let (network, counts) = counted(network);
                (network, Some(counts))
            }
            counts => (network, counts.cloned()),
        };
        let after = fit(&network, &preset, counts.as_ref());
        assert!(!still(&after, refusal), "{remedy:?} does not help against {refusal:?}");
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| remedy.message(&before.0, lang));
        assert!(en.ends_with('.') && zh.ends_with('。'), "{en} {zh}");
    }
    let [en, zh] = [Lang::En, Lang::Zh].map(|lang| refusal.message(lang));
    assert!(en.contains(&refusal.found.to_string()) && zh.contains(&refusal.found.to_string()), "{en} {zh}");
    assert!(en.contains(&refusal.offered.to_string()) && en.contains(&refusal.population), "{en}");
}

#[test]
fn each_limit_is_told_with_its_number_and_two_ways_out() {
    type Edit = fn(&mut Preset, &mut NetworkSpec);
    #[rustfmt::skip]
    let cases: &[(Limit, &str, f64, f64, Edit)] = &[
        (Limit::Neurons, "", 150.0, 128.0, |p, _| p.core.neurons_max = assumed(32.0)),
        (Limit::Synapses, "", 3000.0, 2400.0, |p, _| p.core.synapses_max = assumed(600.0)),
        (Limit::Memory, "", 3000.0 * 8.0 + 150.0 * 16.0, 24_000.0, |p, _| {
            p.core.memory_bit = assumed(6000.0);
            p.core.synapse_bit = assumed(8.0);
            p.core.neuron_bit = assumed(16.0);
        }),
        (Limit::NeuronMemory, "B", 60.0 * 8.0 + 16.0, 400.0, |p, _| {
            p.core.memory_bit = assumed(400.0);
            p.core.synapse_bit = assumed(8.0);
            p.core.neuron_bit = assumed(16.0);
        }),
        (Limit::FanIn, "B", 60.0, 24.0, |p, _| p.core.fan_in_max = assumed(24.0)),
        (Limit::Delay, "B", 20.0, 15.0, |p, _| p.core.delay_max = assumed(15.0)),
        // 20 pA over 5 pA is two units of at least one half: a level more than the one that two bits have.
        (Limit::WeightBits, "B", 3.0, 2.0, |p, _| p.core.weight_bit = vec![assumed(2.0)]),
        (Limit::AxonsOut, "A", 5.0, 2.0, |p, s| {
            s.projections[0] = ProjectionSpec::all_to_all("A", "B", 20.0, 2.0);
            p.core.axons_out_max = assumed(2.0);
            p.core.neurons_max = assumed(10.0);
        }),
        (Limit::AxonsIn, "B", 100.0, 70.0, |p, s| {
            s.projections[0] = ProjectionSpec::all_to_all("A", "B", 20.0, 2.0);
            s.projections.truncate(1);
            p.core.axons_in_max = assumed(70.0);
        }),
        (Limit::FanOut, "A", 50.0, 30.0, |p, s| {
            s.projections[0] = ProjectionSpec::all_to_all("A", "B", 20.0, 2.0);
            s.projections.truncate(1);
            p.core.fan_out_max = assumed(30.0);
        }),
    ];
    for (limit, population, found, offered, edit) in cases {
        let (mut preset, mut spec) = (chip(4.0), net());
        edit(&mut preset, &mut spec);
        let told = fit(&wired(&spec), &preset, None);
        let refusal = told.walls.iter().find(|r| r.limit == *limit).unwrap_or_else(|| panic!("{limit:?}: {told:?}"));
        assert_eq!((refusal.found.clone(), refusal.offered.clone()), (Found::Number(*found), Found::Number(*offered)));
        assert_eq!(refusal.population, *population);
        assert!(told.budgets.is_empty());
        remedies_help(&spec, &preset, refusal, None);
    }
}

#[test]
fn what_a_core_cannot_be_is_told_by_name() {
    let (mut preset, mut spec) = (chip(4.0), net());
    preset.core.neuron_models = vec!["lif".into()];
    preset.core.plasticity = vec!["none".into()];
    assert!(fit(&wired(&spec), &preset, None).is_good());
    spec.choose_model(0, "izhikevich");
    spec.choose_synapse(1, "stdp_synapse");
    let told = fit(&wired(&spec), &preset, None);
    let names: Vec<_> = told.walls.iter().map(|r| (r.limit, r.population.as_str(), r.found.to_string())).collect();
    let wanted =
        [(Limit::NeuronModel, "A", "izhikevich".to_owned()), (Limit::Plasticity, "B", "stdp_synapse".to_owned())];
    assert_eq!(names, wanted);
    for refusal in &told.walls {
        remedies_help(&spec, &preset, refusal, None);
    }
}

#[test]
fn a_chip_that_maps_may_miss_the_tick() {
    let (network, counts) = counted(wired(&gallery::find("cuba").expect("cuba").spec().scaled(400)));
    let mut preset = chip(4.0);
    let rate = counts.events() / counts.model_s;
    assert!(rate > 0.0);
    preset.throughput.synop_per_s = assumed(rate / 2.5);
    // Four cores with a hundred neurons each, in a step of 0.1 ms, of which the barrier takes a tenth.
    (preset.time.neuron_update_s, preset.time.synop_s) = (assumed(2e-6), assumed(1e-9));
    preset.time.barrier_s = assumed(1e-5);
    let told = fit(&network, &preset, Some(&counts));
    assert!(told.walls.is_empty());
    let limits: Vec<_> = told.budgets.iter().map(|r| r.limit).collect();
    assert_eq!(limits, [Limit::Throughput, Limit::CoreTime]);
    assert_eq!(told.budgets[0].found, Found::Number(rate));
    for refusal in &told.budgets {
        let (preset, chips) = (preset.clone(), &refusal.remedies[0]);
        let (mut spec, mut more) = (network.spec.clone(), preset);
        chips.apply(&mut spec, &mut more);
        assert!(!still(&fit(&network, &more, Some(&counts)), refusal), "{chips:?}");
    }
    remedies_help(&network.spec, &preset, &told.budgets[1], Some(&counts));
    // A run without steps says nothing of time.
    assert!(fit(&network, &preset, Some(&Counts::default())).is_good());
}

#[test]
fn every_network_of_the_gallery_on_every_preset_has_remedies_that_help() {
    let mut walls = 0;
    for entry in gallery::GALLERY {
        let spec = entry.spec();
        let spec = entry.scaled(&spec, 400.min(spec.neurons()));
        let network = wired(&spec);
        for preset in PRESETS.iter().map(presets::Entry::preset) {
            let told = fit(&network, &preset, None);
            assert!(told.budgets.is_empty());
            walls += told.walls.len();
            for refusal in &told.walls {
                remedies_help(&spec, &preset, refusal, None);
            }
        }
    }
    assert!(walls > 200, "{walls}");
}

#[test]
fn what_is_not_known_is_not_judged_and_told() {
    let preset = presets::find("my-bpu").expect("my-bpu").preset();
    let told = fit(&wired(&net()), &preset, None);
    assert!(told.is_good() && told.cores.is_none());
    for name in ["neurons_max", "fan_in_max", "weight_bit", "neuron_models", "plasticity", "delay_max"] {
        assert!(told.unknown.contains(&format!("core.{name}")), "{name}: {:?}", told.unknown);
    }
    assert!(told.unknown.contains(&"hierarchy".into()));
    let many = chip(1e6);
    assert!(many.mistakes().iter().all(|e| e.at != "hierarchy") && fit(&wired(&net()), &many, None).is_good());
    let loihi = presets::find("loihi1").expect("loihi1").preset();
    assert_eq!(fit(&wired(&net()), &loihi, None).cores, Some(1.0));
}

#[test]
fn every_model_has_a_kind_that_a_preset_can_name() {
    for model in neuron::MODELS {
        assert!(class::NEURONS.contains(&class::neuron(model.name)), "{}", model.name);
    }
    let kinds = synapse::SYNAPSES.iter().filter_map(|model| class::learning(model));
    assert!(kinds.clone().count() >= 8 && kinds.into_iter().all(|kind| class::PLASTICITY.contains(&kind)));
    for entry in PRESETS {
        let core = entry.preset().core;
        assert!(core.neuron_models.iter().all(|kind| class::NEURONS.contains(&kind.as_str())), "{}", entry.id);
        assert!(core.plasticity.iter().all(|kind| class::PLASTICITY.contains(&kind.as_str())), "{}", entry.id);
    }
}
