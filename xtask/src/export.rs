//! `cargo xtask export`: a network as a program for another simulator, on the standard output.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, Result, bail};
use spikeground_core::{
    export::{self, TARGETS},
    gallery,
    spec::NetworkSpec,
    text::Lang,
};

/// The command's arguments.
pub const USAGE: &str = "NETWORK --to nest|brian2|pynn|brainpy|rust [--neurons N]";
/// What the command does, in a line.
pub const DOC: &str = "writes a saved network, or one of the gallery, as a program for another simulator";

/// `cargo xtask export`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    use lexopt::prelude::*;

    let (mut network, mut to, mut neurons) = (None, None, None);
    while let Some(arg) = args.next()? {
        match arg {
            Long("to") => to = Some(args.value()?.string()?),
            Long("neurons") => neurons = Some(args.value()?.parse::<u64>()?),
            Value(name) if network.is_none() => network = Some(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let network = network.ok_or(lexopt::Error::MissingValue { option: Some("NETWORK".into()) })?;
    let to = to.ok_or(lexopt::Error::MissingValue { option: Some("--to".into()) })?;
    let Some(target) = export::find(&to) else {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.id).collect();
        bail!("there is no target {to}; use one of: {}", known.join(", "));
    };
    let mut spec = read(&network)?;
    if let Some(neurons) = neurons {
        spec = spec.scaled(neurons);
    }
    let script = (target.write)(&spec);
    for remark in &script.remarks {
        eprintln!("{}: {}", remark.at, remark.message(Lang::En));
    }
    print!("{}", script.text);
    Ok(ExitCode::SUCCESS)
}

/// A network of the gallery, or a file.
pub(crate) fn read(name: &str) -> Result<NetworkSpec> {
    if let Some(entry) = gallery::find(name) {
        return Ok(entry.spec());
    }
    let text = std::fs::read_to_string(Path::new(name)).with_context(|| format!("{name} cannot be read"))?;
    NetworkSpec::from_json(&text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("{name}: {error}")).collect();
        anyhow::anyhow!(lines.join("\n"))
    })
}
