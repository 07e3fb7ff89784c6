//! Who is measured: for each, a program that simulates, times its loop and prints the outcome as JSON. What they need
//! is built here, always optimised.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cargo::{self, cargo};
use crate::{bundle, setup, tree};

/// The size at which is tried whether there is a GPU.
const SMALLEST: u64 = 100;
/// Model time before ours are timed, ms: the browser compiles twice, first fast, then well, and the second is done by then.
pub const DISCARD_MS: u32 = 2000;
/// Model time that is timed, ms: where a second is over in less than a tenth of a second, ten, so that what comes once
/// in a run does not count.
pub fn model_ms(neurons: u64) -> u32 {
    if neurons < 32_000 { 10_000 } else { 1000 }
}

/// One line of the table.
pub struct Contender {
    /// What the line is called.
    pub name: &'static str,
    kind: Kind,
}

enum Kind {
    /// The worker's example with this engine, compiled for this very processor, as Brian2 compiles its code.
    Native { engine: &'static str },
    /// The published worker in Chromium, with this engine.
    Wasm { engine: &'static str },
    /// A Python script in `tests/bench`.
    Peer { module: &'static str, script: &'static str, slow: bool },
}

/// The line that the others are compared with.
pub const BRIAN2: &str = "Brian2 C++ standalone";
/// The line that they are compared with when Brian2 is not installed.
pub const NEST: &str = "NEST";

const GPU: &str = "gpu";

/// All of them, in the table's order.
pub const CONTENDERS: &[Contender] = &[
    Contender { name: "scalar, native", kind: Kind::Native { engine: "scalar" } },
    Contender { name: "lanes, native", kind: Kind::Native { engine: "lanes" } },
    Contender { name: "gpu, native", kind: Kind::Native { engine: GPU } },
    Contender { name: "lanes, wasm in Chromium", kind: Kind::Wasm { engine: "lanes" } },
    Contender { name: "gpu, Chromium", kind: Kind::Wasm { engine: GPU } },
    Contender { name: BRIAN2, kind: Kind::Peer { module: "brian2", script: "brian2_cuba.py", slow: false } },
    Contender { name: NEST, kind: Kind::Peer { module: "nest", script: "nest_cuba.py", slow: true } },
];

impl Contender {
    /// Whether it computes on a GPU.
    pub fn is_gpu(&self) -> bool {
        matches!(self.kind, Kind::Native { engine: GPU } | Kind::Wasm { engine: GPU })
    }
}

/// Model time, ms, before and while a contender is timed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Before.
    pub discard_ms: u32,
    /// While.
    pub model_ms: u32,
}

/// The programs, ready to run.
pub struct Tools {
    /// Of the contenders on a GPU those that have one, and whether that is a program on the processor.
    gpus: Vec<(&'static str, bool)>,
    native: PathBuf,
    wasm: PathBuf,
    dist: PathBuf,
    python: OsString,
}

impl Tools {
    /// Builds what is ours. Everything that is printed meanwhile goes to stderr.
    pub fn prepare() -> Result<Tools> {
        setup::browser()?;
        let target_dir = cargo::workspace()?.target_dir;
        let dist = target_dir.join("bench-dist");
        bundle::bundle(&bundle::RELEASE, &dist)?;
        // Only drives the browser: what is timed is the bundle.
        let programs = cargo::build_programs(["--package", "spikeground-tests", "--bin", "bench-wasm"])?;
        let wasm = programs.into_iter().find(|program| program.name == "bench-wasm");
        let wasm = wasm.context("cargo built no bin `bench-wasm`; tests/Cargo.toml must have it")?.file;
        let native = build_native(target_dir.join("native"))?;
        let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let mut tools = Tools { gpus: Vec::new(), native, wasm, dist, python };
        for contender in CONTENDERS.iter().filter(|contender| contender.is_gpu()) {
            let output = tools.command(contender, SMALLEST, Span { discard_ms: 1, model_ms: 1 }).output()?;
            let told: Option<Value> = serde_json::from_slice(&output.stdout).ok();
            if let Some(software) = told.and_then(|told| told["adapter"]["software"].as_bool()) {
                tools.gpus.push((contender.name, software));
            }
        }
        Ok(tools)
    }

    /// How often a contender runs when the others run `runs` times.
    pub fn runs(&self, contender: &Contender, runs: usize) -> usize {
        if self.is_slow(contender) { 1 } else { runs }
    }

    /// The model time for a contender. One that would take minutes makes do with a part.
    pub fn span(&self, contender: &Contender, neurons: u64) -> Span {
        let part = match neurons {
            100_000.. => 10,
            32_000.. => 20,
            _ => 100,
        };
        match contender.kind {
            _ if !self.is_slow(contender) => Span { discard_ms: DISCARD_MS, model_ms: model_ms(neurons) },
            Kind::Peer { .. } => Span { discard_ms: 0, model_ms: 10 * part },
            _ => Span { discard_ms: part, model_ms: part },
        }
    }

    fn is_slow(&self, contender: &Contender) -> bool {
        let is_software = self.gpus.iter().any(|&(name, software)| software && name == contender.name);
        is_software || matches!(contender.kind, Kind::Peer { slow: true, .. })
    }

    /// Whether a contender can run on this machine.
    pub fn has(&self, contender: &Contender) -> bool {
        let Kind::Peer { module, .. } = contender.kind else {
            return !contender.is_gpu() || self.gpus.iter().any(|&(name, _)| name == contender.name);
        };
        let mut command = Command::new(&self.python);
        command.args(["-c", &format!("import {module}")]).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// The command that measures a contender once and prints the outcome as JSON.
    pub fn command(&self, contender: &Contender, neurons: u64, span: Span) -> Command {
        let [size, discard_ms] = [neurons.to_string(), span.discard_ms.to_string()];
        let model_ms = span.model_ms.to_string();
        let mut command = match contender.kind {
            Kind::Native { engine } => {
                let mut command = Command::new(&self.native);
                command.args(["cuba", "--json", "--engine", engine, "--neurons", &size, "--ms", &model_ms]);
                command.args(["--discard-ms", &discard_ms]);
                command
            }
            Kind::Wasm { engine } => {
                let mut command = Command::new(&self.wasm);
                command.args([engine, &size, &discard_ms, &model_ms]).env("SPIKEGROUND_DIST", &self.dist);
                command
            }
            Kind::Peer { script, .. } => {
                let mut command = Command::new(&self.python);
                command.arg(tree::root().join("tests/bench").join(script)).args([size, model_ms]);
                command
            }
        };
        command.stderr(Stdio::inherit());
        command
    }
}

/// Builds the worker's example with every instruction that this processor has; its folder is its own, because other
/// flags would otherwise rebuild everything again and again.
fn build_native(folder: PathBuf) -> Result<PathBuf> {
    let mut command = cargo(["build", "--release", "--package", "spikeground-worker", "--example", "run"]);
    command.arg("--target-dir").arg(&folder);
    command.env("RUSTFLAGS", "-C target-cpu=native").env_remove("CARGO_ENCODED_RUSTFLAGS");
    ensure!(command.status().context("cargo cannot be run")?.success(), "`cargo build` failed; see its messages above");
    Ok(folder.join("release/examples").join(format!("run{}", env::consts::EXE_SUFFIX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_slow_contender_is_cut_short() {
        let [native, browser] = ["gpu, native", "gpu, Chromium"];
        let gpus = vec![(native, true), (browser, false)];
        let tools = Tools { gpus, native: "".into(), wasm: "".into(), dist: "".into(), python: "".into() };
        for contender in CONTENDERS {
            let timed = [4_000, 32_000, 100_000].map(|neurons| tools.span(contender, neurons).model_ms);
            let slow = [NEST, native].contains(&contender.name);
            let cut = if contender.name == NEST { [1000, 200, 100] } else { [100, 20, 10] };
            assert_eq!(timed, if slow { cut } else { [10_000, 1000, 1000] }, "{}", contender.name);
            assert_eq!(tools.runs(contender, 3), if slow { 1 } else { 3 });
        }
    }
}
