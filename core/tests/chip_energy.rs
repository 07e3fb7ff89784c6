//! What a run costs: the counts of runs, the terms of the bill on every preset, and the published estimates against the
//! programs that published them (`tests/reference/make_energy.py`).

mod reference;

use reference::number;
use serde_json::Value;
use spikeground_core::{
    chip::{
        counts::{Counts, PopulationCounts},
        energy::{Bill, Boundary, Load, Term, bill, dense_bill},
        models::{self, MODELS, Traffic, break_even, keras_spiking, lemaire, neurobench::Metrics},
        preset::{Mode, Scope},
        presets::{self, PRESETS},
        quantity::Interval,
    },
    engine::{self, Simulation},
    gallery,
    network::Network,
    rng::{Purpose, Stream},
};

/// Neurons at which networks of the gallery are run here, and for how many steps.
const SIZE: u64 = 300;
const STEPS: u64 = 1500;

fn run(id: &str) -> Simulation {
    let entry = gallery::find(id).expect(id);
    let spec = entry.spec();
    let spec = entry.scaled(&spec, SIZE.min(spec.neurons()));
    let network = Network::new(spec, 1e9).unwrap_or_else(|e| panic!("{id}: {}", e[0]));
    let mut run = Simulation::new(network, engine::find("lanes").expect("an engine")).expect("memory");
    run.advance(STEPS).expect("no NaN");
    run
}

#[test]
fn counts_are_those_of_each_spike_by_itself() {
    for entry in gallery::GALLERY {
        let mut run = run(entry.id);
        let counts = Counts::of(&run);
        let taken = run.recorder_mut().take_spikes();
        assert!(taken.lost.is_none());
        let network = run.network();
        let (mut events, mut backward) = (0, 0);
        for &(_, neuron) in &taken.spikes {
            let population = network.population_of(neuron);
            let own = neuron as usize - network.populations[population].first as usize;
            for p in network.projections.iter().filter(|p| !p.synapses.offsets.is_empty()) {
                if p.source() == population {
                    let out = p.synapses.of(own).len();
                    events += out;
                    backward += if p.synapse.plastic().is_some() { out } else { 0 };
                }
                if p.target == population && p.synapse.plastic().is_some() {
                    backward += p.incoming.offsets[own + 1] - p.incoming.offsets[own];
                }
            }
        }
        let steps = counts.steps;
        assert_eq!(counts.spikes(), taken.spikes.len() as f64, "{}", entry.id);
        assert_eq!(counts.events(), events as f64, "{}", entry.id);
        assert_eq!(counts.plastic_updates, backward as f64, "{}", entry.id);
        assert_eq!(counts.updates(), network.neurons() as f64 * steps);
        assert_eq!((counts.model_s * 1e3).round(), (steps * network.dt_ms()).round());
    }
}

/// A run that never was: a number for each count, from seeded dice.
fn random_load(seed: u32) -> Load {
    let stream = Stream::new(seed, Purpose::Param, 0);
    let dice = |i: u32, most: f64| (f64::from(stream.words(i, 0)[0]) / 4_294_967_296.0 * most).floor();
    let populations = (0..1 + seed % 4).map(|p| PopulationCounts {
        name: format!("P{p}"),
        neurons: 1.0 + dice(p, 5000.0),
        spikes: dice(p + 10, 1e5),
        sources: dice(p + 20, 5000.0),
        spikes_in: dice(p + 30, 1e5),
        synapses: 1.0 + dice(p + 40, 1e6),
        pairs: 2e6,
        events: dice(p + 50, 1e7),
        variables: 3.0,
    });
    let steps = 1.0 + dice(60, 1e4);
    Load {
        counts: Counts {
            populations: populations.collect(),
            steps,
            model_s: steps * 1e-4,
            plastic_updates: f64::from(seed % 2) * dice(61, 1e5),
        },
        hops: Some(dice(62, 1e6)),
        offchip_hops: Some(0.0),
        chips: Some(1.0 + dice(63, 10.0)),
        ..Load::default()
    }
}

fn parts(bill: &Bill) -> f64 {
    bill.lines.iter().map(|line| line.joules.middle()).sum()
}

#[test]
fn on_every_preset_parts_add_to_the_whole_and_what_is_unknown_is_named() {
    let (mut totals, mut refusals) = (0, 0);
    for (entry, seed) in PRESETS.iter().flat_map(|entry| (1..20).map(move |seed| (entry, seed))) {
        let (preset, load) = (entry.preset(), random_load(seed));
        for (profile, boundary) in preset.energy.iter().zip([Boundary::Chip, Boundary::Facility]) {
            let Some(bill) = bill(&preset, &profile.profile, &load, boundary) else {
                assert!(!preset.computes(Mode::Spiking), "{}", entry.id);
                continue;
            };
            assert_eq!(bill.profile, profile.profile);
            let known = bill.known();
            for line in &bill.lines {
                let Interval { lo, v, hi } = line.joules;
                assert!(0.0 <= lo && lo <= hi && v.is_none_or(|v| lo <= v && v <= hi), "{}: {line:?}", entry.id);
                assert!(line.price.interval().is_some());
            }
            if let Some(v) = known.v {
                assert!((v - parts(&bill)).abs() <= 1e-12 * v && known.lo <= v && v <= known.hi, "{}", entry.id);
            }
            if profile.scope == Scope::AllIn {
                let alone = [Term::NeuronUpdates, Term::SpikesOut, Term::Hops, Term::Static, Term::Memory];
                assert!(alone.iter().all(|term| bill.line(*term).is_none()), "{}: never mixed", entry.id);
            }
            match bill.total() {
                Ok(total) => {
                    totals += 1;
                    assert_eq!(total, known);
                }
                Err(missing) => {
                    refusals += 1;
                    let json: Value = serde_json::to_value(&preset).expect("JSON");
                    for number in missing {
                        let path = format!("/{}", number.at.replace(['[', '.'], "/").replace(']', ""));
                        let q = json.pointer(&path).unwrap_or_else(|| panic!("{}: {path}", entry.id));
                        assert!(q["v"].is_null(), "{}: {path} is said to be missing", entry.id);
                    }
                }
            }
        }
    }
    assert!(totals > 100 && refusals > 100, "{totals} totals, {refusals} refusals");
}

#[test]
fn twice_the_spikes_double_the_dynamic_terms_and_nothing_else() {
    for entry in PRESETS {
        let (preset, load) = (entry.preset(), random_load(7));
        let twice = Load { counts: load.counts.faster(2.0), hops: load.hops.map(|hops| 2.0 * hops), ..load.clone() };
        for profile in &preset.energy {
            let bills = [&load, &twice].map(|load| bill(&preset, &profile.profile, load, Boundary::System));
            let [Some(once), Some(twice)] = bills else { continue };
            for (a, b) in once.lines.iter().zip(&twice.lines) {
                let factor = if a.term.is_dynamic() { 2.0 } else { 1.0 };
                assert!((b.joules.hi - factor * a.joules.hi).abs() <= 1e-12 * b.joules.hi, "{}: {a:?}", entry.id);
            }
        }
    }
}

#[test]
fn what_is_missing_is_told_and_an_empty_run_costs_nothing_that_happens() {
    let preset = |id| presets::find(id).expect(id).preset();
    let load = random_load(3);
    let missing = |bill: &Bill| bill.missing.iter().map(|m| (m.term, m.at.clone())).collect::<Vec<_>>();
    let own = bill(&preset("my-bpu"), "", &load, Boundary::Chip).expect("a bill");
    assert!(missing(&own).contains(&(Term::SynapticEvents, "energy[0].synop_j".into())));
    assert_eq!(own.known(), Interval::ZERO);
    // Hops have a price on Loihi, so that without a mapping it is their number that is missing.
    let unmapped = Load { hops: None, ..load.clone() };
    let loihi = bill(&preset("loihi1"), "davies2018", &unmapped, Boundary::Chip).expect("a bill");
    assert_eq!(missing(&loihi), [(Term::Hops, String::new())]);
    // Its power at rest is unknown within limits, so that the whole is an interval without a value.
    let mapped = bill(&preset("loihi1"), "davies2018", &load, Boundary::Chip).expect("a bill");
    let total = mapped.total().expect("an interval");
    assert!(total.v.is_none() && total.lo < total.hi, "{total:?}");
    // A price of a peak holds no learning, so that a network that learns has no total there.
    let learns = bill(&preset("loihi2"), "hala_peak", &load, Boundary::Chip).expect("a bill");
    assert_eq!(missing(&learns), [(Term::Learning, "energy[0].learn_j".into())]);
    let empty = Load::default();
    for entry in PRESETS.iter().filter(|entry| entry.preset().computes(Mode::Spiking)) {
        let bill = bill(&entry.preset(), "", &empty, Boundary::Chip).expect("a bill");
        assert_eq!(bill.known(), Interval::ZERO, "{}", entry.id);
    }
    assert_eq!(Counts::default().rate_hz(), 0.0);
    assert!(bill(&preset("northpole"), "", &load, Boundary::Chip).is_none(), "it does not spike");
}

#[test]
fn a_dense_network_costs_what_was_measured() {
    let preset = |id| presets::find(id).expect(id).preset();
    // ResNet-50 takes 8.2e9 operations a frame: half as many synapses.
    let resnet = PopulationCounts { synapses: 4.1e9, ..PopulationCounts::default() };
    let counts = Counts { populations: vec![resnet], ..Counts::default() };
    let northpole = preset("northpole");
    let frame = dense_bill(&northpole, &counts, 1.0).expect("a bill").total().expect("a total").middle();
    let measured = northpole.calibration.iter().find(|m| m.metric == "frame_per_J").expect("frames");
    assert!((frame * measured.v - 1.0).abs() < 0.02, "{} frames per J", 1.0 / frame);
    let many = dense_bill(&northpole, &counts, 10.0).expect("a bill").known().middle();
    assert!((many / frame - 10.0).abs() < 1e-9);
    assert!(dense_bill(&preset("loihi1"), &counts, 1.0).is_none(), "it computes no frames");
    let refused = dense_bill(&preset("tpu-v5e"), &counts, 1.0).expect("a bill");
    assert_eq!(refused.total().expect_err("its power is not public")[0].at, "energy[0].op_j");
}

/// The layers of the reference: inputs, outputs, steps, spikes of all inputs and of all outputs.
fn layers(network: &Value) -> Counts {
    let mut counts = Counts::default();
    for layer in network["layers"].as_array().expect("layers") {
        let [n_in, n_out, steps, spikes_in, spikes] = [0, 1, 2, 3, 4].map(|i| number(&layer[i]));
        counts.steps = steps;
        counts.populations.push(PopulationCounts {
            neurons: n_out,
            sources: n_in,
            synapses: n_in * n_out,
            pairs: n_in * n_out,
            spikes_in,
            spikes,
            events: spikes_in * n_out,
            ..PopulationCounts::default()
        });
    }
    counts
}

/// Equal in four digits.
#[track_caller]
fn same(ours: f64, theirs: f64, what: &str) {
    assert!((ours - theirs).abs() <= 5e-5 * theirs.abs(), "{what}: {ours:e}, and the reference {theirs:e}");
}

#[test]
fn estimates_are_those_of_the_programs_that_published_them() {
    let reference = reference::read("energy");
    for network in reference["networks"].as_array().expect("networks") {
        let counts = layers(network);
        for device in &keras_spiking::DEVICES {
            let ours = device.joules(&counts);
            for (i, ours) in ours.into_iter().enumerate() {
                same(ours, number(&network["keras_spiking"][device.name][i]), device.name);
            }
        }
        let of = |id| models::find(id).expect(id);
        same(of("syops").joules(&counts, None), number(&network["syops"]["joules"]), "syops");
        let theirs = ["operations", "memory", "addresses"].map(|key| number(&network["lemaire"][key]));
        for (part, theirs) in (of("lemaire").parts)(&counts, None).iter().zip(theirs) {
            same(part.joules, theirs, part.name.en);
        }
        same(lemaire::dense_joules(&counts), number(&network["lemaire"]["dense"]), "a dense pass");
        let (ours, theirs) = (Metrics::of(&counts), &network["neurobench"]);
        same(ours.activation_sparsity, number(&theirs["ActivationSparsity"]), "ActivationSparsity");
        same(ours.effective_acs, number(&theirs["Effective_ACs"]), "Effective_ACs");
        same(ours.dense, number(&theirs["Dense"]), "Dense");
    }
    let hand = &reference["by_hand"];
    let count = |key: &str| number(&hand["counts"][key]);
    let population = PopulationCounts {
        neurons: 4.0,
        spikes: count("spikes"),
        events: count("events"),
        ..PopulationCounts::default()
    };
    let counts = Counts { populations: vec![population], steps: count("steps"), ..Counts::default() };
    let packets = count("packets");
    let traffic = Traffic { hops_x: packets, hops_y: packets, packets_out: packets, packets_in: packets };
    for id in ["loihi", "sanafe"] {
        same(models::find(id).expect(id).joules(&counts, Some(&traffic)), number(&hand[id]), id);
    }
}

#[test]
fn at_the_break_even_rate_both_networks_cost_the_same() {
    let counts = Counts::of(&run("cuba"));
    for (id, find) in [("syops", break_even::arithmetic as fn(&Counts, f64) -> _), ("lemaire", break_even::with_memory)]
    {
        let found = find(&counts, 1.0);
        let Some(factor) = found.factor else {
            assert!(models::find(id).expect(id).joules(&counts.faster(0.0), None) >= found.dense_j, "{id}");
            continue;
        };
        let there = models::find(id).expect(id).joules(&counts.faster(factor), None);
        same(there, found.dense_j, id);
        assert!((found.rate_hz.expect("a rate") - factor * counts.rate_hz()).abs() < 1e-9);
    }
    // More frames leave a frame fewer steps, so that a spiking network may fire more in each.
    let rates = [10.0, 100.0].map(|frames| break_even::arithmetic(&counts, frames).rate_hz.expect("a rate"));
    assert!(rates[0] < rates[1], "{rates:?}");
}

#[test]
fn the_estimates_disagree_by_orders_of_magnitude() {
    let counts = Counts::of(&run("cuba"));
    let joules = MODELS.iter().map(|model| model.joules(&counts, None));
    let (least, most) = joules.fold((f64::INFINITY, 0.0_f64), |(lo, hi), j| (lo.min(j), hi.max(j)));
    assert!(least > 0.0 && most > 1e3 * least, "{least:e} J to {most:e} J");
}
