//! Parameters of which each neuron has its own: drawn as the specification says, the same on every engine, and followed
//! when they change.

use spikeground_core::{
    engine::{self, ENGINES, Simulation},
    network::Network,
    neuron::{MODELS, NeuronModel, find},
    rng::{Purpose, Stream},
    spec::{Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    units::Unit,
};

/// Several blocks, the last not full.
const NEURONS: u64 = 21;
const STEPS: u64 = 1500;

/// One population of a model.
fn spec(model: &str, size: u64, params: Vec<(String, Distribution)>) -> NetworkSpec {
    let mut spec = NetworkSpec { seed: 3, ..NetworkSpec::empty() };
    spec.populations.push(PopulationSpec { params, ..PopulationSpec::new("N", size, model) });
    spec
}

/// The same under spikes that come by chance.
fn driven(mut spec: NetworkSpec) -> NetworkSpec {
    let params = vec![("rate".into(), 2000.0)];
    spec.stimuli.push(StimulusSpec { name: "S".into(), model: "poisson_generator".into(), params, lists: vec![] });
    let unit = find(&spec.populations[0].model).expect("a model").weight_unit;
    let weight = if unit == Unit::One { 0.1 } else { 20.0 };
    spec.projections.push(ProjectionSpec::all_to_all("S", "N", weight, 0.1));
    spec
}

fn start(spec: NetworkSpec, engine: &str) -> Simulation {
    let network = Network::new(spec, 1e9).unwrap_or_else(|e| panic!("{}", e[0]));
    Simulation::new(network, engine::find(engine).expect("an engine")).expect("memory")
}

/// Every parameter of a model that neurons may differ in, within a thousandth of its default.
fn spread(model: &NeuronModel) -> Vec<(String, Distribution)> {
    let drawn = model.params.iter().filter(|p| p.unit != Unit::Count && p.default != 0.0);
    let around = |x: f64| {
        let [a, b] = [x * 0.999, x * 1.001];
        Distribution::Uniform { lo: a.min(b), hi: a.max(b) }
    };
    drawn.map(|p| (p.name.into(), around(p.default))).collect()
}

#[test]
fn every_model_is_the_same_on_both_engines() {
    for model in MODELS {
        let params = spread(model);
        let spec = driven(spec(model.name, NEURONS, params.clone()));
        let digests = ENGINES.iter().map(|engine| {
            let mut run = start(spec.clone(), engine.name);
            run.advance(STEPS).unwrap_or_else(|halt| panic!("{}: {halt:?}", model.name));
            run.digest()
        });
        let digests: Vec<u64> = digests.collect();
        assert_eq!(digests[0], digests[1], "{}", model.name);
        let run = start(spec, "lanes");
        assert_eq!(run.network().beyond_plain(), (!params.is_empty()).then_some("params: { … }"), "{}", model.name);
    }
}

/// A neuron of the population is the neuron that has the number drawn for it.
#[test]
fn each_neuron_has_the_number_drawn_for_it() {
    let own = [("E_L", -70.0, -60.0), ("I_e", 300.0, 600.0), ("tau_m", 8.0, 25.0)];
    let params = own.map(|(name, lo, hi)| (name.to_owned(), Distribution::Uniform { lo, hi }));
    let model = find("iaf_psc_exp").expect("a model");
    let stream = Stream::new(3, Purpose::Param, 0);
    let mut all = start(spec(model.name, NEURONS, params.to_vec()), "lanes");
    let before: Vec<f32> = (0..NEURONS as u32).map(|neuron| all.value(neuron, 0)).collect();
    all.advance(STEPS).expect("no NaN");
    for neuron in 0..NEURONS as u32 {
        let value = |(name, from): &(String, Distribution)| {
            let index = model.params.iter().position(|p| p.name == name).expect("a parameter");
            (name.clone(), f64::from(from.draw(stream, neuron, index as u32)).into())
        };
        let mut one = start(spec(model.name, 1, params.iter().map(value).collect()), "scalar");
        assert_eq!(before[neuron as usize], one.value(0, 0), "it starts at its own E_L");
        one.advance(STEPS).expect("no NaN");
        assert_eq!(all.value(neuron, 0), one.value(0, 0), "neuron {neuron}");
        assert_eq!(all.recorder().totals().len(), one.recorder().totals().len());
    }
    let values: Vec<f32> = (0..NEURONS as u32).map(|neuron| all.value(neuron, 0)).collect();
    assert!(values.iter().any(|v| *v != values[0]), "neurons differ");
}

/// Mean and standard deviation of what is drawn, within five standard errors, and no correlation of two parameters.
#[test]
fn what_is_drawn_has_the_moments_of_its_distribution() {
    const N: usize = 20_000;
    let limits = spikeground_core::param::Range::ANY;
    let params = vec![
        ("b".to_owned(), Distribution::Normal { mean: 0.2, std: 0.02, limits }),
        ("c".to_owned(), Distribution::Uniform { lo: -65.0, hi: -50.0 }),
    ];
    let network = Network::new(spec("izhikevich", N as u64, params), 1e9).expect("a good specification");
    let population = &network.populations[0];
    let names = population.model.body.constants;
    let of = |name: &str| -> Vec<f64> {
        let index = names.iter().position(|n| *n == name).expect("a constant");
        let block = |b: usize| population.own_constants[b * names.len() + index].to_array();
        (0..N).map(|i| f64::from(block(i / 8)[i % 8])).collect()
    };
    let moments = |x: &[f64]| {
        let mean = x.iter().sum::<f64>() / N as f64;
        (mean, (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / N as f64).sqrt())
    };
    let (b, c) = (of("b"), of("c"));
    let root = (N as f64).sqrt();
    let uniform = 15.0 / 12.0f64.sqrt();
    for (drawn, mean, std) in [(&b, 0.2, 0.02), (&c, -57.5, uniform)] {
        let (m, s) = moments(drawn);
        assert!((m - mean).abs() < 5.0 * std / root && (s - std).abs() < 5.0 * std / root, "{m}, {s}");
    }
    let product: f64 = b.iter().zip(&c).map(|(b, c)| (b - 0.2) / 0.02 * (c + 57.5) / uniform).sum();
    assert!((product / N as f64).abs() < 5.0 / root, "correlation {}", product / N as f64);
    assert!(of("v_th").iter().all(|v| *v == 30.0), "what is not drawn is the same for all");
}

/// The middle moves while the network runs, and from that step on the neurons are those of the new numbers.
#[test]
fn a_middle_that_moves_acts_at_once() {
    let params = vec![("I_e".to_owned(), Distribution::Uniform { lo: 0.0, hi: 100.0 })];
    let quiet = spec("iaf_psc_exp", NEURONS, params);
    let runs = ENGINES.iter().map(|engine| {
        let mut run = start(quiet.clone(), engine.name);
        run.advance(STEPS).expect("no NaN");
        assert_eq!(run.recorder().totals(), [0]);
        let mut louder = run.spec().clone();
        assert_eq!(louder.get("populations[0].params.I_e"), Some(50.0));
        assert!(louder.set("populations[0].params.I_e", 500.0) && louder.same_wiring(run.spec()));
        assert_eq!(louder.populations[0].params[0].1, Distribution::Uniform { lo: 0.0, hi: 1000.0 });
        run.apply(louder).expect("good numbers");
        run.advance(STEPS).expect("no NaN");
        assert!(run.recorder().totals()[0] > NEURONS);
        (run.digest(), run.recorder().totals().to_vec())
    });
    let runs: Vec<_> = runs.collect();
    assert_eq!(runs[0], runs[1]);
    // A number in place of a distribution makes another network, which another engine may carry.
    let mut alike = quiet.clone();
    alike.populations[0].params[0].1 = 50.0.into();
    assert!(!alike.same_wiring(&quiet));
}
