//! Every synapse model against NEST 3.10 under given spikes on both sides: the weight that each spike of the source passes
//! on; and on both engines to the bit. `tests/reference/make_synapses.py` made the reference.

mod reference;

use reference::{number, numbers, start};
use serde_json::Value;
use spikeground_core::{
    engine::Simulation,
    spec::{NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    synapse::{Kind, SYNAPSES, SynapseModel},
};

/// Largest difference of a weight, as a part of the largest one: a trace is rounded in each of the hundreds of steps of its
/// time constant, by 6e-8.
const TOLERANCE: f64 = 5e-5;
/// Delay in ms from a generator to its neuron, which fires in the step in which the spike arrives.
const LEAD_MS: f64 = 0.1;

/// Three neurons that fire at given times, and the synapse of the protocol from the first to the second.
fn spec(model: &SynapseModel, reference: &Value, protocol: &Value) -> NetworkSpec {
    let dt_ms = number(&reference["dt_ms"]);
    let mut spec = NetworkSpec { dt_ms, ..NetworkSpec::empty() };
    for name in ["pre", "post", "modulator"] {
        spec.populations.push(PopulationSpec {
            params: vec![("t_ref".into(), dt_ms.into())],
            ..PopulationSpec::new(name, 1, "iaf_psc_delta")
        });
        let times = numbers(&protocol[format!("{name}_ms")]);
        spec.stimuli.push(StimulusSpec {
            name: format!("to {name}"),
            model: "spike_generator".into(),
            params: Vec::new(),
            lists: vec![("spike_times".into(), times.iter().map(|t| t - LEAD_MS).collect())],
        });
        // Nothing else reaches the target where what a spike passes on is read from the sum of its input.
        if name != "post" || model.plastic().is_some() {
            spec.projections.push(ProjectionSpec::all_to_all(&format!("to {name}"), name, 1000.0, LEAD_MS));
        }
    }
    let params = protocol["params"].as_object().expect("parameters");
    let delay_ms = number(&reference["delay_ms"]);
    let synapse = ProjectionSpec {
        synapse: model.name.into(),
        synapse_params: params.iter().map(|(name, value)| (name.clone(), number(value))).collect(),
        modulator: model.plastic().and_then(|p| p.modulation).map(|_| "modulator".into()),
        ..ProjectionSpec::all_to_all("pre", "post", number(&protocol["weight"]), delay_ms)
    };
    spec.projections.insert(0, synapse);
    spec
}

/// What a spike that has just been fired passes on: what is on its way to the target.
fn passed_on(run: &Simulation, delay: usize) -> f64 {
    let (state, target) = (run.state(), &run.network().populations[1]);
    let slots = run.network().blocks * 8;
    let row = (run.steps() as usize + delay) % state.ring_steps();
    let sum = |channel: usize| {
        let fixed = state.ring()[(2 * row + channel) * slots + target.first_block * 8];
        f64::from(fixed) * f64::powi(2.0, -target.exponents[channel])
    };
    sum(0) + sum(1)
}

fn worst_difference(model: &SynapseModel, reference: &Value, protocol: &Value) -> f64 {
    let spec = spec(model, reference, protocol);
    let dt = spec.dt_ms;
    let steps = |ms: f64| (ms / dt).round() as u64;
    let mut run = start(spec, "lanes");
    let (times, weights) = (numbers(&protocol["pre_ms"]), numbers(&protocol["weights"]));
    assert!(times.len() > 40 && times.len() == weights.len());
    let mut worst: f64 = 0.0;
    for (&time, &want) in times.iter().zip(&weights) {
        run.advance(steps(time) - run.steps()).expect("no NaN");
        let weight = match model.kind {
            Kind::Plastic(_) => f64::from(run.weights(0)[0]),
            _ => passed_on(&run, steps(number(&reference["delay_ms"])) as usize),
        };
        worst = worst.max((weight - want).abs());
    }
    let fired: Vec<u64> =
        run.recorder_mut().take_spikes().spikes.iter().filter(|s| s.1 == 0).map(|s| s.0.into()).collect();
    assert_eq!(fired, times.iter().map(|&t| steps(t)).collect::<Vec<_>>());
    worst / weights.iter().fold(0.0, |largest: f64, w| largest.max(w.abs()))
}

#[test]
fn every_synapse_is_nests() {
    for model in SYNAPSES.iter().filter(|model| !matches!(model.kind, Kind::Static)) {
        let reference = reference::read(&format!("synapses/{}", model.name));
        for (i, protocol) in reference["protocols"].as_array().expect("protocols").iter().enumerate() {
            let worst = worst_difference(model, &reference, protocol);
            println!("{}, protocol {i}: {worst:.1e} of the largest weight", model.name);
            assert!(worst <= TOLERANCE, "{}, protocol {i}: {worst:.1e}", model.name);
        }
    }
}

/// Populations of more neurons than a block has lanes, driven at random, with every model, weights and delays of their own.
#[test]
fn every_synapse_is_the_same_on_both_engines() {
    for model in SYNAPSES {
        let json = format!(
            r#"{{ "version": 1, "seed": 3, "dt_ms": 0.1,
                "populations": [ {{ "name": "A", "size": 61, "model": "iaf_psc_delta" }},
                                 {{ "name": "B", "size": 45, "model": "iaf_psc_exp", "params": {{ "I_e": 380.0 }} }} ],
                "stimuli": [ {{ "name": "P", "model": "poisson_generator", "params": {{ "rate": 4000.0 }} }} ],
                "projections": [
                    {{ "source": "P", "target": "A", "rule": "all_to_all", "weight": 1.6, "delay_ms": 0.1 }},
                    {{ "source": "A", "target": "B", "rule": "pairwise_bernoulli", "p": 0.3, "synapse": "{}", {}
                       "weight": {{ "normal": [0.5, 0.2], "min": 0.1, "max": 0.9 }}, "delay_ms": 0.7 }},
                    {{ "source": "B", "target": "A", "rule": "pairwise_bernoulli", "p": 0.2,
                       "weight": {{ "lognormal": [-0.3, 0.5] }}, "delay_ms": {{ "uniform": [0.1, 4.0] }} }} ] }}"#,
            model.name,
            if model.plastic().is_some_and(|p| p.modulation.is_some()) { r#""modulator": "A","# } else { "" },
        );
        let spec = NetworkSpec::from_json(&json).unwrap_or_else(|e| panic!("{}", e[0]));
        assert_eq!(NetworkSpec::from_json(&spec.to_json()).as_ref(), Ok(&spec));
        let digest = |engine, cuts: &[u64]| {
            let mut run = start(spec.clone(), engine);
            cuts.iter().for_each(|&steps| run.advance(steps).expect("no NaN"));
            assert!(run.recorder().totals().iter().all(|&spikes| spikes > 200), "{:?}", run.recorder().totals());
            if model.plastic().is_some() {
                let before = start(spec.clone(), engine);
                assert_ne!(run.weights(1), before.weights(1), "{} learns nothing", model.name);
            }
            run.digest()
        };
        let whole = digest("scalar", &[5000]);
        assert_eq!(digest("lanes", &[5000]), whole, "{}", model.name);
        assert_eq!(digest("lanes", &[1, 63, 1000, 3936]), whole, "{}", model.name);
        let mut run = start(spec.clone(), "lanes");
        run.advance(1777).expect("no NaN");
        let mut again = Simulation::load(&run.save(), run.engine(), 1e9).expect("what was saved");
        again.advance(5000 - 1777).expect("no NaN");
        assert_eq!(again.digest(), whole, "{} saved on the way", model.name);
    }
}
