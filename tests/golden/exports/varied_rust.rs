//! Varied """ \: a network of 24 neurons, on the engine of Spikeground. Written by Spikeground.
//!
//! As core/examples/network.rs in the sources of Spikeground, or in a package of yours that depends on `core`:
//!
//!     cargo run --release -p spikeground-core --example network -- --ms 1000 --seed 3
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
  "name": "Varied \"\"\" \\",
  "seed": 3,
  "dt_ms": 0.1,
  "populations": [
    {
      "name": "a b",
      "size": 12,
      "model": "iaf_psc_exp",
      "params": {
        "V_th": {
          "normal": [
            -55.0,
            1.0
          ],
          "max": -50.0
        },
        "I_e": 400.0
      },
      "positions": {
        "grid": [
          4,
          3
        ],
        "extent": [
          1.0,
          0.75
        ],
        "edge_wrap": true
      }
    },
    {
      "name": "β",
      "size": 12,
      "model": "aeif_cond_exp",
      "init": {
        "w": {
          "uniform": [
            0.0,
            20.0
          ]
        }
      },
      "positions": {
        "free": "uniform",
        "extent": [
          1.0,
          0.75
        ],
        "edge_wrap": true
      }
    }
  ],
  "stimuli": [
    {
      "name": "dc",
      "model": "dc_generator",
      "params": {
        "amplitude": 100.0,
        "start": 5.0
      }
    },
    {
      "name": "list",
      "model": "spike_generator",
      "spike_times": [
        1.0,
        2.0,
        2.0
      ]
    }
  ],
  "projections": [
    {
      "source": "a b",
      "target": "β",
      "rule": "spatial_gaussian",
      "p": 0.5,
      "std": 0.3,
      "weight": {
        "lognormal": [
          2.0,
          0.5
        ]
      },
      "delay_ms": {
        "uniform": [
          0.5,
          1.5
        ]
      }
    },
    {
      "source": "a b",
      "target": "a b",
      "rule": "fixed_indegree",
      "indegree": 3.0,
      "allow_autapses": false,
      "allow_multapses": false,
      "weight": -30.0,
      "delay_ms": 1.0
    },
    {
      "source": "a b",
      "target": "a b",
      "rule": "small_world",
      "k": 4.0,
      "p": 0.1,
      "weight": 30.0,
      "delay_ms": 1.0
    },
    {
      "source": "β",
      "target": "a b",
      "rule": "edges",
      "edges": [
        [
          0,
          5
        ],
        [
          3,
          1,
          0.7,
          1.5
        ]
      ],
      "weight": 20.0,
      "delay_ms": 1.0
    },
    {
      "source": "dc",
      "target": "a b",
      "rule": "all_to_all",
      "weight": 1.5,
      "delay_ms": 0.1
    },
    {
      "source": "list",
      "target": "β",
      "rule": "all_to_all",
      "weight": 10.0,
      "delay_ms": 0.1
    }
  ]
}
"#;
