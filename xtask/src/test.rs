//! `cargo xtask test`: every check and test of the repository, here and in CI alike. A failing step does not stop the
//! ones after it; the last line printed is the sum over all.

mod steps;
mod tally;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use lexopt::ValueExt;

use tally::Tally;

/// The command's arguments.
pub const USAGE: &str = "[STEP...]";
/// What the command does, in a line.
pub const DOC: &str = "runs every check and test, or these of them: fmt clippy native digest no-std wasm e2e";

struct Step {
    name: &'static str,
    doc: &'static str,
    run: fn() -> Result<Tally>,
}

const STEPS: &[Step] = &[
    Step { name: "fmt", doc: "every Rust file is formatted", run: steps::fmt },
    Step { name: "clippy", doc: "no warning, natively and for wasm", run: steps::clippy },
    Step { name: "native", doc: "tests that run on this machine", run: steps::native },
    Step { name: "digest", doc: "the optimised engine gives the pinned results", run: steps::digest },
    Step { name: "no-std", doc: "the core builds for a bare microcontroller", run: steps::no_std },
    Step { name: "wasm", doc: "tests that run in a browser's page and worker", run: steps::wasm },
    Step { name: "e2e", doc: "the built page, driven in a browser", run: steps::e2e },
];

/// `cargo xtask test`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    let mut chosen = Vec::new();
    while let Some(arg) = args.next()? {
        match arg {
            lexopt::Arg::Value(name) => chosen.push(step(&name.string()?)?),
            _ => return Err(arg.unexpected().into()),
        }
    }
    if chosen.is_empty() {
        chosen.extend(STEPS);
    }
    let results: Vec<_> = chosen.into_iter().map(|step| (step, run(step))).collect();
    Ok(if report(&results).failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn step(name: &str) -> Result<&'static Step, lexopt::Error> {
    STEPS.iter().find(|step| step.name == name).ok_or_else(|| {
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        lexopt::Error::from(format!("there is no test step `{name}`; the steps are {}", names.join(", ")))
    })
}

fn run(step: &Step) -> (Tally, Duration) {
    println!("\n=== {}: {}", step.name, step.doc);
    let start = Instant::now();
    let tally = (step.run)().unwrap_or_else(|error| {
        println!("{}: {error:#}", step.name);
        Tally::FAILED
    });
    let spent = start.elapsed();
    println!("=== {}: {tally} ({:.1} s)", step.name, spent.as_secs_f64());
    (tally, spent)
}

/// Prints the table of the steps and, last, the sum.
fn report(results: &[(&Step, (Tally, Duration))]) -> Tally {
    println!("\n{:8} {:>7} {:>7} {:>8}", "step", "passed", "failed", "seconds");
    for (step, (tally, spent)) in results {
        println!("{:8} {:>7} {:>7} {:>8.1}", step.name, tally.passed, tally.failed, spent.as_secs_f64());
    }
    let sum = results.iter().map(|(_, (tally, _))| *tally).sum();
    println!("\n{sum}");
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_step() {
        let (_, named) = DOC.rsplit_once(": ").expect("the steps follow a colon");
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        assert_eq!(named, names.join(" "));
    }

    #[test]
    fn an_unknown_step_is_answered_with_the_known_ones() {
        let error = step("nativ").err().expect("there is no such step");
        assert!(error.to_string().contains("`nativ`") && error.to_string().contains("native"), "{error}");
    }

    #[test]
    fn a_step_that_cannot_run_is_a_failure() {
        let broken = Step { name: "x", doc: "cannot run", run: || anyhow::bail!("no browser") };
        let (tally, _) = run(&broken);
        assert_eq!(tally, Tally::FAILED);
    }
}
