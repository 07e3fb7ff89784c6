//! Runs a saved network natively and prints what came of it. `cargo xtask run` calls it.

// Cargo builds a package's examples also for the target that it is built for; there is nothing to run there.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

use std::{sync::Arc, time::Instant};

use serde_json::{Value, json};
use spikeground_core::{
    engine::{self, Simulation},
    error::size,
    gallery,
    network::{Memory, Wiring},
    spec::NetworkSpec,
    text::Lang,
    units::steps_from_ms,
};
use spikeground_worker::{
    elsewhere::{Arrival, Elsewhere},
    gpu::{Gpu, GpuRun},
    protocol::{GPU, GpuProblem},
};

const USAGE: &str = "\
Usage: cargo xtask run NETWORK [--engine lanes|scalar|gpu] [--ms 1000] [--discard-ms 0] [--neurons N] [--seed S] [--json]

NETWORK is a file that the page has saved, or the name of a network of the gallery, such as cuba.
--discard-ms runs that long first, outside of what is measured. --neurons scales the populations.";

struct Options {
    network: String,
    engine: String,
    ms: f64,
    discard_ms: f64,
    neurons: Option<u64>,
    seed: Option<u32>,
    json: bool,
}

fn main() -> std::process::ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        network: String::new(),
        engine: engine::ENGINES[0].name.to_owned(),
        ms: 1000.0,
        discard_ms: 0.0,
        neurons: None,
        seed: None,
        json: false,
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value\n{USAGE}"));
        match arg.as_str() {
            "--engine" => {
                options.engine = value()?;
                if options.engine != GPU && engine::find(&options.engine).is_none() {
                    return Err(format!("there is no engine {}\n{USAGE}", options.engine));
                }
            }
            "--ms" => options.ms = number(&value()?)?,
            "--discard-ms" => options.discard_ms = number(&value()?)?,
            "--neurons" => options.neurons = Some(number(&value()?)? as u64),
            "--seed" => options.seed = Some(number(&value()?)? as u32),
            "--json" => options.json = true,
            name if !name.starts_with('-') && options.network.is_empty() => options.network = name.to_owned(),
            other => return Err(format!("{other} is not understood\n{USAGE}")),
        }
    }
    if options.network.is_empty() { Err(USAGE.to_owned()) } else { Ok(options) }
}

fn number(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|x| x.is_finite() && *x >= 0.0);
    number.ok_or(format!("{text} is not a number from zero up\n{USAGE}"))
}

fn run(options: &Options) -> Result<(), String> {
    let mut spec = read(&options.network)?;
    if let Some(neurons) = options.neurons {
        spec =
            gallery::find(&options.network).map_or_else(|| spec.scaled(neurons), |entry| entry.scaled(&spec, neurons));
    }
    spec.seed = options.seed.unwrap_or(spec.seed);
    let lines = |errors: Vec<_>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");

    let begin = Instant::now();
    let mut wiring = Wiring::new(spec.clone(), f64::INFINITY).map_err(lines)?;
    while !wiring.advance(usize::MAX).map_err(lines)? {}
    let network = wiring.finish();
    let wiring_s = begin.elapsed().as_secs_f64();
    let dt_ms = network.dt_ms();
    let here = engine::find(&options.engine).unwrap_or(engine::ENGINES[0]);
    let mut run = Simulation::new(network, here).map_err(|e| format!("no memory for {} bytes", e.bytes))?;
    let mut machine = Machine::new(&options.engine, &run)?;
    machine.advance(&mut run, steps_from_ms(options.discard_ms, dt_ms))?;
    let measured_from = run.steps();
    run.recorder_mut().restart_statistics(measured_from);
    machine.forget();

    let begin = Instant::now();
    machine.advance(&mut run, steps_from_ms(options.ms, dt_ms))?;
    let loop_s = begin.elapsed().as_secs_f64();

    let mut report = report(options, &run, wiring_s, loop_s);
    machine.tell(&mut report, &mut run)?;
    if options.json {
        println!("{report:#}")
    } else {
        print(&report)
    }
    Ok(())
}

/// What makes the steps.
enum Machine {
    Here,
    Gpu { gpu: Box<Gpu>, there: Box<Elsewhere> },
}

impl Machine {
    fn new(engine: &str, run: &Simulation) -> Result<Machine, String> {
        if engine != GPU {
            return Ok(Machine::Here);
        }
        let problem = |problem: GpuProblem| problem.message(Lang::En);
        let gpu = pollster::block_on(Gpu::open(Arc::new(|| ()))).map_err(problem)?;
        let (mut there, checked) = GpuRun::new(&gpu, run).map_err(problem)?;
        pollster::block_on(checked).map_err(problem)?;
        there.upload(run);
        Ok(Machine::Gpu { gpu: Box::new(gpu), there: Box::new(Elsewhere::new(there, 0.0)) })
    }

    fn advance(&mut self, run: &mut Simulation, steps: u64) -> Result<(), String> {
        let Machine::Gpu { gpu, there } = self else {
            return run.advance(steps).map_err(|halt| halt.message(Lang::En));
        };
        let (end, begin) = (run.steps() + steps, Instant::now());
        let now_ms = || begin.elapsed().as_secs_f64() * 1000.0;
        while run.steps() < end {
            there.send(run, end - run.steps(), now_ms());
            wait(gpu, there, run, now_ms)?;
        }
        Ok(())
    }

    /// Forgets the times that were measured.
    fn forget(&mut self) {
        if let Machine::Gpu { there, .. } = self {
            there.forget_times();
        }
    }

    /// Adds to the report what only a GPU has, and brings the state home for its digest.
    fn tell(&mut self, report: &mut Value, run: &mut Simulation) -> Result<(), String> {
        let Machine::Gpu { gpu, there } = self else { return Ok(()) };
        let times = there.times(run.network()).unwrap_or_default();
        report["adapter"] = json!(gpu.adapter);
        report["gpu_bytes"] = json!(there.bytes());
        report["gpu"] = json!(times);
        there.fetch(0.0);
        wait(gpu, there, run, || 0.0)?;
        report["digest"] = json!(hex(run.digest()));
        Ok(())
    }
}

/// Takes in what is under way.
fn wait(gpu: &Gpu, there: &mut Elsewhere, run: &mut Simulation, now_ms: impl Fn() -> f64) -> Result<(), String> {
    while !there.is_idle() {
        gpu.wait();
        match there.receive(run, now_ms()) {
            Arrival::Nothing | Arrival::Steps | Arrival::Home => {}
            Arrival::Halted(halt) => return Err(halt.message(Lang::En)),
            Arrival::Lost(reason) => return Err(GpuProblem::Lost { reason }.message(Lang::En)),
        }
    }
    Ok(())
}

fn hex(digest: u64) -> String {
    format!("{digest:016x}")
}

fn read(name: &str) -> Result<NetworkSpec, String> {
    if let Some(entry) = gallery::find(name) {
        return Ok(entry.spec());
    }
    let text = std::fs::read_to_string(name).map_err(|e| format!("{name} cannot be read: {e}"))?;
    NetworkSpec::from_json(&text).map_err(|errors| errors.iter().map(|e| format!("{name}: {e}\n")).collect())
}

fn report(options: &Options, run: &Simulation, wiring_s: f64, loop_s: f64) -> Value {
    let (network, recorder) = (run.network(), run.recorder());
    let memory = Memory::of(run.spec());
    let rates = recorder.rates_hz(run.steps());
    let populations: Vec<Value> = network
        .populations
        .iter()
        .zip(recorder.totals().iter().zip(&rates))
        .map(|(p, (spikes, rate_hz))| {
            let cv = recorder.mean_cv(p.index).map(|cv| cv.cv);
            json!({
                "name": p.name,
                "neurons": p.n,
                "spikes": spikes,
                "rate_hz": rate_hz,
                "mean_cv": cv,
                "mean_cv2": recorder.mean_cv2(p.index),
                "fano": recorder.fano(p.index).mean(),
                "correlation": recorder.correlation(p.index).mean(),
            })
        })
        .collect();
    json!({
        "network": run.spec().name,
        "engine": options.engine,
        "neurons": network.neurons(),
        "synapses": network.synapses(),
        "dt_ms": network.dt_ms(),
        "model_ms": options.ms,
        "wiring_s": wiring_s,
        "loop_s": loop_s,
        "times_real_time": options.ms / 1000.0 / loop_s,
        "bytes": memory.bytes(),
        "bytes_per_neuron": memory.neuron_bytes / memory.neurons,
        "bytes_per_synapse": memory.synapse_bytes / memory.synapses,
        "populations": populations,
        "digest": hex(run.digest()),
    })
}

fn print(report: &Value) {
    let number = |key: &str| report[key].as_f64().unwrap_or(f64::NAN);
    println!(
        "{}: {} neurons, {} synapses, about {}",
        report["network"],
        report["neurons"],
        report["synapses"],
        size(number("bytes"))
    );
    println!(
        "{} ms on {} in {:.3} s, {:.1} times real time; wired in {:.3} s",
        report["model_ms"],
        report["engine"],
        number("loop_s"),
        number("times_real_time"),
        number("wiring_s")
    );
    for p in report["populations"].as_array().into_iter().flatten() {
        let cv = p["mean_cv"].as_f64().map_or("–".to_owned(), |cv| format!("{cv:.3}"));
        println!(
            "  {}: {} spikes, {:.3} Hz, CV {cv}",
            p["name"],
            p["spikes"],
            p["rate_hz"].as_f64().unwrap_or(f64::NAN)
        );
    }
    if let Some(adapter) = report["adapter"].as_object() {
        let us = |key: &str| report["gpu"][key].as_f64().unwrap_or(f64::NAN);
        println!(
            "  on {}, {} there; a step takes {:.1} µs: update {:.1}, delivery {:.1}; {} kernels, at least {}",
            adapter["name"],
            size(number("gpu_bytes")),
            us("step_us"),
            us("update_us"),
            us("delivery_us"),
            us("dispatches"),
            size(us("bytes"))
        );
    }
    println!("digest {}", report["digest"].as_str().unwrap_or_default());
}
