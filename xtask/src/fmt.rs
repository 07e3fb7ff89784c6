//! rustfmt over every Rust file of the tree. `cargo fmt` follows `mod` lines and so misses the modules that a macro
//! declares; this walks the files instead.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::{cargo, setup, tree};

/// The command's arguments.
pub const USAGE: &str = "";
/// What the command does, in a line.
pub const DOC: &str = "formats every Rust file, those that a macro declares as modules included";

/// `cargo xtask fmt`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    let status = rustfmt()?.status().context("rustfmt cannot be run")?;
    ensure!(status.success(), "rustfmt failed; see its messages above");
    Ok(ExitCode::SUCCESS)
}

/// rustfmt with every Rust file of the tree and the workspace's edition as arguments.
pub fn rustfmt() -> Result<Command> {
    setup::component("rustfmt")?;
    let mut command = Command::new("rustfmt");
    command.args(["--edition", &cargo::workspace()?.edition]).args(tree::sources(&["rs"])?).current_dir(tree::root());
    Ok(command)
}
