//! One neuron: a network of 1 neurons, on the engine of Spikeground. Written by Spikeground.
//!
//! As core/examples/network.rs in the sources of Spikeground, or in a package of yours that depends on `core`:
//!
//!     cargo run --release -p spikeground-core --example network -- --ms 1000 --seed 1
//!
//! Prints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON. The same seed gives
//! the same spikes as on the page.

use spikeground_core::{
    engine::{ENGINES, Simulation},
    network::Network,
    spec::NetworkSpec,
    units::steps_from_ms,
};

pub fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().collect();
    let option =
        |name: &str| args.iter().position(|arg| arg == name).and_then(|i| args.get(i + 1)?.parse::<f64>().ok());
    let listed = |errors: Vec<_>| errors.iter().map(|error| format!("{error}\n")).collect::<String>();

    let mut spec = NetworkSpec::from_json(NETWORK).map_err(listed)?;
    spec.seed = option("--seed").map_or(spec.seed, |seed| seed as u32);
    let steps = steps_from_ms(option("--ms").unwrap_or(1000.0), spec.dt_ms);
    let network = Network::new(spec, f64::INFINITY).map_err(listed)?;
    let mut run = Simulation::new(network, ENGINES[0]).map_err(|error| format!("{error:?}"))?;
    run.advance(steps).map_err(|halt| format!("{halt:?}"))?;

    let rates = run.recorder().rates_hz(run.steps());
    let populations = run.network().populations.iter().zip(rates).map(|(population, rate_hz)| {
        let cv = run.recorder().mean_cv(population.index).map_or("null".to_owned(), |cv| cv.cv.to_string());
        format!("{:?}: {{\"rate_hz\": {rate_hz}, \"mean_cv\": {cv}}}", population.name)
    });
    println!("{{{}}}", populations.collect::<Vec<_>>().join(", "));
    Ok(())
}

/// The network as a file of Spikeground.
const NETWORK: &str = r#"{
  "version": 1,
  "name": "One neuron",
  "seed": 1,
  "dt_ms": 0.1,
  "populations": [
    {
      "name": "N",
      "size": 1,
      "model": "iaf_psc_exp",
      "params": {
        "C_m": 200.0,
        "tau_m": 20.0,
        "E_L": -65.0,
        "I_e": 0.0,
        "V_th": -50.0,
        "V_reset": -65.0,
        "t_ref": 2.0,
        "tau_syn_ex": 3.0,
        "tau_syn_in": 6.0
      }
    }
  ],
  "stimuli": [
    {
      "name": "excitation",
      "model": "poisson_generator",
      "params": {
        "rate": 1500.0
      }
    },
    {
      "name": "inhibition",
      "model": "poisson_generator",
      "params": {
        "rate": 400.0
      }
    }
  ],
  "projections": [
    {
      "source": "excitation",
      "target": "N",
      "rule": "all_to_all",
      "weight": 50.0,
      "delay_ms": 0.1
    },
    {
      "source": "inhibition",
      "target": "N",
      "rule": "all_to_all",
      "weight": -50.0,
      "delay_ms": 0.1
    }
  ],
  "controls": [
    {
      "name": "rate E",
      "paths": [
        "stimuli[0].params.rate"
      ],
      "min": 100.0,
      "max": 10000.0,
      "log": true
    },
    {
      "name": "rate I",
      "paths": [
        "stimuli[1].params.rate"
      ],
      "min": 100.0,
      "max": 10000.0,
      "log": true
    },
    {
      "name": "w_E",
      "paths": [
        "projections[0].weight"
      ],
      "min": 0.0,
      "max": 200.0
    },
    {
      "name": "V_th",
      "paths": [
        "populations[0].params.V_th"
      ],
      "min": -60.0,
      "max": -40.0
    }
  ]
}
"#;
