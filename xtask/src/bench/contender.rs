//! Who is measured: for each, a program that simulates, times its loop and prints the outcome as JSON. What they need
//! is built here, always optimised.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::cargo::{self, cargo};
use crate::{bundle, setup, tree};

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
    /// The published worker in Chromium.
    Wasm,
    /// A Python script in `tests/bench`.
    Peer { module: &'static str, script: &'static str, slow: bool },
}

/// The line that the others are compared with.
pub const BRIAN2: &str = "Brian2 C++ standalone";
/// The line that they are compared with when Brian2 is not installed.
pub const NEST: &str = "NEST";

/// All of them, in the table's order.
pub const CONTENDERS: &[Contender] = &[
    Contender { name: "scalar, native", kind: Kind::Native { engine: "scalar" } },
    Contender { name: "lanes, native", kind: Kind::Native { engine: "lanes" } },
    Contender { name: "lanes, wasm in Chromium", kind: Kind::Wasm },
    Contender { name: BRIAN2, kind: Kind::Peer { module: "brian2", script: "brian2_cuba.py", slow: false } },
    Contender { name: NEST, kind: Kind::Peer { module: "nest", script: "nest_cuba.py", slow: true } },
];

impl Contender {
    /// How often it runs when the others run `runs` times.
    pub fn runs(&self, runs: usize) -> usize {
        if self.slow() { 1 } else { runs }
    }

    /// The model time that is timed. One that would take minutes makes do with a part.
    pub fn model_ms(&self, neurons: u64) -> u32 {
        match neurons {
            100_000.. if self.slow() => 100,
            32_000.. if self.slow() => 200,
            _ if self.slow() => 1000,
            _ => model_ms(neurons),
        }
    }

    fn slow(&self) -> bool {
        matches!(self.kind, Kind::Peer { slow: true, .. })
    }
}

/// The programs, ready to run.
pub struct Tools {
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
        Ok(Tools { native, wasm, dist, python })
    }

    /// Whether a contender can run on this machine.
    pub fn has(&self, contender: &Contender) -> bool {
        let Kind::Peer { module, .. } = contender.kind else { return true };
        let mut command = Command::new(&self.python);
        command.args(["-c", &format!("import {module}")]).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// The command that measures a contender once and prints the outcome as JSON.
    pub fn command(&self, contender: &Contender, neurons: u64) -> Command {
        let (size, model_ms) = (neurons.to_string(), contender.model_ms(neurons).to_string());
        let mut command = match contender.kind {
            Kind::Native { engine } => {
                let mut command = Command::new(&self.native);
                command.args(["cuba", "--json", "--engine", engine, "--neurons", &size, "--ms", &model_ms]);
                command.args(["--discard-ms", &DISCARD_MS.to_string()]);
                command
            }
            Kind::Wasm => {
                let mut command = Command::new(&self.wasm);
                command.args([&size, &DISCARD_MS.to_string(), &model_ms]).env("SPIKEGROUND_DIST", &self.dist);
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
        for contender in CONTENDERS {
            let timed = [4_000, 32_000, 100_000].map(|neurons| contender.model_ms(neurons));
            let slow = contender.name == NEST;
            assert_eq!(timed, if slow { [1000, 200, 100] } else { [10_000, 1000, 1000] });
            assert_eq!(contender.runs(3), if slow { 1 } else { 3 });
        }
    }
}
