//! Reference data of `tests/reference/`: how it is read, and the network of one neuron that it was made with.

use serde_json::Value;
use spikeground_core::{
    engine::{self, Simulation},
    network::Network,
    spec::{NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
};

/// The file called `name`, without its ending.
#[allow(dead_code, reason = "not every test that includes this file needs it")]
pub fn read(name: &str) -> Value {
    let path = format!("{}/../tests/reference/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}; make_reference.py makes it"));
    serde_json::from_str(&text).expect("JSON")
}

/// A list of numbers.
pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(number).collect()
}

/// A number.
pub fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// One neuron of `model` with the parameters and input spikes of a protocol.
#[allow(dead_code, reason = "not every test that includes this file needs it")]
pub fn one_neuron(model: &str, dt_ms: f64, protocol: &Value) -> NetworkSpec {
    let params = protocol["params"].as_object().expect("parameters");
    let mut spec = NetworkSpec { dt_ms, ..NetworkSpec::empty() };
    spec.populations.push(PopulationSpec {
        params: params.iter().map(|(name, value)| (name.clone(), number(value).into())).collect(),
        ..PopulationSpec::new("N", 1, model)
    });
    for (i, input) in protocol["inputs"].as_array().expect("inputs").iter().enumerate() {
        let name = format!("input {i}");
        spec.stimuli.push(StimulusSpec {
            name: name.clone(),
            model: "spike_generator".into(),
            params: Vec::new(),
            lists: vec![("spike_times".into(), numbers(&input["spike_times_ms"]))],
        });
        let (weight, delay_ms) = (number(&input["weight"]), number(&input["delay_ms"]));
        let receptor = input["receptor"].as_str().map(Into::into);
        spec.projections.push(ProjectionSpec { receptor, ..ProjectionSpec::all_to_all(&name, "N", weight, delay_ms) });
    }
    spec
}

/// A network at t = 0.
#[allow(dead_code, reason = "not every test that includes this file needs it")]
pub fn start(spec: NetworkSpec, engine: &str) -> Simulation {
    let network = Network::new(spec, 1e9).unwrap_or_else(|e| panic!("{}", e[0]));
    Simulation::new(network, engine::find(engine).expect("an engine")).expect("memory")
}
