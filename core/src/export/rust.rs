//! Rust: a program of its own on the crate `core` of this repository, which runs every network as the page does.

use alloc::{format, string::String, vec::Vec};

use super::{Script, Target};
use crate::spec::NetworkSpec;

pub(super) static TARGET: Target = Target { id: "rust", title: "Rust", extension: "rs", mime: "text/x-rust", write };

const PROGRAM: &str = r####"//! {title}: a network of {neurons} neurons, on the engine of Spikeground. Written by Spikeground.
//!
//! As core/examples/network.rs in the sources of Spikeground, or in a package of yours that depends on `core`:
//!
//!     cargo run --release -p spikeground-core --example network -- --ms 1000 --seed {seed}
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
const NETWORK: &str = r{hashes}"{json}"{hashes};
"####;

fn write(spec: &NetworkSpec) -> Script {
    let json = spec.to_json();
    // A raw string ends at a quotation mark and as many hashes as it began with.
    let most = json.split('"').skip(1).map(|after| after.chars().take_while(|c| *c == '#').count()).max();
    let hashes: String = core::iter::repeat_n('#', most.unwrap_or(0) + 1).collect();
    let title: Vec<&str> = spec.name.split_whitespace().collect();
    let text = PROGRAM
        .replace("{title}", &title.join(" "))
        .replace("{neurons}", &format!("{}", spec.neurons()))
        .replace("{seed}", &format!("{}", spec.seed))
        .replace("{hashes}", &hashes)
        .replace("{json}", &json);
    Script { text, remarks: Vec::new() }
}
