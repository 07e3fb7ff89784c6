//! CUBA: a network of 4000 neurons, on the engine of Spikeground. Written by Spikeground.
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
  "name": "CUBA",
  "seed": 1,
  "dt_ms": 0.1,
  "populations": [
    {
      "name": "E",
      "size": 3200,
      "model": "iaf_psc_exp",
      "params": {
        "C_m": 200.0,
        "tau_m": 20.0,
        "E_L": -60.0,
        "I_e": 110.0,
        "V_th": -50.0,
        "V_reset": -60.0,
        "t_ref": 5.0,
        "tau_syn_ex": 5.0,
        "tau_syn_in": 10.0
      },
      "init": {
        "V_m": {
          "uniform": [
            -60.0,
            -50.0
          ]
        }
      }
    },
    {
      "name": "I",
      "size": 800,
      "model": "iaf_psc_exp",
      "params": {
        "C_m": 200.0,
        "tau_m": 20.0,
        "E_L": -60.0,
        "I_e": 110.0,
        "V_th": -50.0,
        "V_reset": -60.0,
        "t_ref": 5.0,
        "tau_syn_ex": 5.0,
        "tau_syn_in": 10.0
      },
      "init": {
        "V_m": {
          "uniform": [
            -60.0,
            -50.0
          ]
        }
      }
    }
  ],
  "projections": [
    {
      "source": "E",
      "target": "E",
      "rule": "fixed_indegree",
      "indegree": 64.0,
      "weight": 16.2,
      "delay_ms": 0.1
    },
    {
      "source": "E",
      "target": "I",
      "rule": "fixed_indegree",
      "indegree": 64.0,
      "weight": 16.2,
      "delay_ms": 0.1
    },
    {
      "source": "I",
      "target": "E",
      "rule": "fixed_indegree",
      "indegree": 16.0,
      "weight": -90.0,
      "delay_ms": 0.1
    },
    {
      "source": "I",
      "target": "I",
      "rule": "fixed_indegree",
      "indegree": 16.0,
      "weight": -90.0,
      "delay_ms": 0.1
    }
  ],
  "controls": [
    {
      "name": "w_E",
      "paths": [
        "projections[0].weight",
        "projections[1].weight"
      ],
      "min": 0.0,
      "max": 50.0
    },
    {
      "name": "w_I",
      "paths": [
        "projections[2].weight",
        "projections[3].weight"
      ],
      "min": -300.0,
      "max": 0.0
    },
    {
      "name": "I_e",
      "paths": [
        "populations[0].params.I_e",
        "populations[1].params.I_e"
      ],
      "min": 0.0,
      "max": 300.0
    }
  ]
}
"#;
