//! `cargo xtask bench`: how long a model second takes, here and in other simulators, measured in one go on one machine;
//! and how few links the spikes of a network take on a chip.

mod contender;
mod graphs;
mod machine;
mod map;
mod measure;
mod table;

use std::process::ExitCode;

use anyhow::Result;
use lexopt::{Arg, ValueExt};

use machine::Machine;

/// The command's arguments.
pub const USAGE: &str = "cuba [--neurons N]... | map [--quick] [--json]";
/// What the command does, in a line.
pub const DOC: &str = "times CUBA here, in Brian2 and in NEST ($PYTHON has these two); or counts hops on a chip";

/// The sizes of the published table.
const SIZES: [u64; 3] = [4_000, 32_000, 100_000];
/// The one size of `--quick`.
const QUICK_SIZES: [u64; 1] = [4_000];
/// The smallest network whose every neuron finds its inputs in all simulators.
const FEWEST: u64 = 100;
/// How often each contender runs; the median counts.
const RUNS: usize = 3;

/// `cargo xtask bench`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    let (mut benchmark, mut sizes, mut quick, mut json) = (None, Vec::new(), false, false);
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("neurons") => sizes.push(args.value()?.parse_with(neurons)?),
            Arg::Long("quick") => quick = true,
            Arg::Long("json") => json = true,
            Arg::Value(name) if benchmark.is_none() && (name == "cuba" || name == "map") => benchmark = Some(name),
            _ => return Err(arg.unexpected().into()),
        }
    }
    let Some(benchmark) = benchmark else {
        return Err(lexopt::Error::from("which benchmark? there are two: cuba and map").into());
    };
    if benchmark == "map" {
        if !sizes.is_empty() {
            return Err(lexopt::Error::from("--neurons is for cuba: map has its own networks").into());
        }
        map::run(quick, json)?;
        return Ok(ExitCode::SUCCESS);
    }
    if sizes.is_empty() {
        sizes.extend(if quick { &QUICK_SIZES[..] } else { &SIZES });
    }
    let runs = if quick { 1 } else { RUNS };
    let rows = measure::measure(&contender::Tools::prepare()?, &sizes, runs)?;
    let machine = Machine::of_this()?;
    if json {
        println!("{:#}", table::json(&rows, &machine));
    } else {
        print!("{}", table::markdown(&rows, &sizes, runs, &machine));
    }
    Ok(ExitCode::SUCCESS)
}

fn neurons(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|&number| number >= FEWEST);
    number.ok_or_else(|| format!("{text} is not a number of neurons from {FEWEST} up"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_usage_measures_nothing() {
        for args in [
            &["coba"][..],
            &[],
            &["cuba", "--neurons", "10"],
            &["cuba", "--slow"],
            &["cuba", "map"],
            &["map", "--neurons", "4000"],
        ] {
            let error = command(lexopt::Parser::from_args(args)).expect_err("these arguments are wrong");
            assert!(error.is::<lexopt::Error>(), "{args:?}: {error:#}");
        }
    }
}
