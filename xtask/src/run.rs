//! `cargo xtask run`: the worker's example of that name, built in release. The arguments are the example's own, so that
//! there is one list of them.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::cargo::cargo;
use crate::tree;

/// The command's arguments.
pub const USAGE: &str = "NETWORK [--engine lanes|scalar|gpu] [--ms 1000] [--json] ...";
/// What the command does, in a line.
pub const DOC: &str = "runs a saved network, or one of the gallery, natively and prints what came of it";

/// `cargo xtask run`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    let args: Vec<OsString> = args.raw_args()?.collect();
    let here = std::env::current_dir().context("the current folder is gone")?;
    let mut command = cargo(["run", "--quiet", "--release", "--package", "spikeground-worker", "--example", "run"]);
    // Not from the root as other calls of cargo: the example reads files, and their names are the caller's.
    command.current_dir(here).arg("--manifest-path").arg(tree::root().join("Cargo.toml")).arg("--").args(args);
    let status = command.status().context("cargo cannot be run")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
