//! rustfmt over every Rust file of the tree. `cargo fmt` follows `mod` lines and so misses the modules that a macro
//! declares; this walks the files instead.

use std::process::{Command, ExitCode, Stdio};

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

/// Prints what rustfmt would change, and returns whether that is nothing.
pub fn check() -> Result<bool> {
    let output = rustfmt()?.args(["--check", "--color=never"]).stderr(Stdio::inherit()).output();
    let output = output.context("rustfmt cannot be run")?;
    let report = String::from_utf8_lossy(&output.stdout);
    for difference in once_each(&report) {
        print!("{difference}");
    }
    if !output.status.success() {
        println!("To format every file, also those that `cargo fmt` misses: cargo xtask fmt");
    }
    Ok(output.status.success())
}

fn rustfmt() -> Result<Command> {
    setup::component("rustfmt")?;
    let mut command = Command::new("rustfmt");
    command.args(["--edition", &cargo::workspace()?.edition]).args(tree::sources(&["rs"])?).current_dir(tree::root());
    Ok(command)
}

/// rustfmt's differences without repeats: a file is reported for itself and again for each file that declares it.
fn once_each(report: &str) -> Vec<&str> {
    let mut differences = Vec::new();
    let starts =
        report.match_indices("Diff in ").map(|(at, _)| at).filter(|&at| at == 0 || report[..at].ends_with('\n'));
    let starts: Vec<_> = starts.chain([report.len()]).collect();
    for difference in starts.windows(2).map(|pair| &report[pair[0]..pair[1]]) {
        if !differences.contains(&difference) {
            differences.push(difference);
        }
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_shown_once() {
        let report = "Diff in a.rs:1:\n-x\n+Diff in y\nDiff in b.rs:1:\n z\nDiff in a.rs:1:\n-x\n+Diff in y\n";
        assert_eq!(once_each(report), ["Diff in a.rs:1:\n-x\n+Diff in y\n", "Diff in b.rs:1:\n z\n"]);
        assert!(once_each("").is_empty());
    }
}
