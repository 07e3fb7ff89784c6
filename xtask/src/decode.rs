//! `cargo xtask decode`: a decoder learns from the training side of a recording and is scored on the test side.

use std::{fs, process::ExitCode, thread};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use spikeground_core::{
    bci::{self, Origin, Recording, Split, Target},
    decode::{self, DECODERS, Decoder},
    format,
    text::Lang,
};

use crate::recordings;

/// The command's arguments.
pub const USAGE: &str =
    "FILE|GENERATOR|RECORDING --decoder NAME [--set PARAMETER=VALUE]... [--seeds 10] [--cv] [--json]";
/// What the command does, in a line.
pub const DOC: &str =
    "trains a decoder on a recording and scores it on the test side, or by --cv inside the training side";

/// Training runs, each with a seed of its own.
const SEEDS: u32 = 10;

/// `cargo xtask decode`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    use lexopt::prelude::*;

    let (mut name, mut decoder, mut settings) = (None, None, Vec::new());
    let (mut seeds, mut inside, mut as_json) = (SEEDS, false, false);
    while let Some(arg) = args.next()? {
        match arg {
            Long("decoder") => decoder = Some(args.value()?.string()?),
            Long("set") => settings.push(args.value()?.string()?),
            Long("seeds") => seeds = args.value()?.parse_with(|text| text.parse().map(|n: u32| n.max(1)))?,
            Long("cv") => inside = true,
            Long("json") => as_json = true,
            Value(value) if name.is_none() => name = Some(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let missing = |option: &str| lexopt::Error::MissingValue { option: Some(option.into()) };
    let decoder = decoder.ok_or_else(|| missing("--decoder"))?;
    let Some(decoder) = decode::find(&decoder) else {
        let known: Vec<&str> = DECODERS.iter().map(|decoder| decoder.name).collect();
        bail!("there is no decoder {decoder}; use one of: {}", known.join(", "));
    };
    let recording = read(&name.ok_or_else(|| missing("FILE"))?)?;
    ensure!(decoder.fits(&recording), "{} does not decode what {} asks for", decoder.name, recording.name);
    let mut values = decoder.defaults();
    for setting in &settings {
        set(decoder, &mut values, setting)?;
    }
    // What was set stays; what was not is chosen inside the training side.
    let values = if settings.is_empty() { decode::choose(decoder, &recording, &values, 1) } else { values };
    let scores = scores(decoder, &recording, &values, seeds, inside);
    report(decoder, &recording, &values, &scores, inside, as_json);
    Ok(ExitCode::SUCCESS)
}

/// A generator's example, a file, or one of what `cargo xtask recordings` wrote.
fn read(name: &str) -> Result<Recording> {
    if let Some(generator) = bci::find(name) {
        return Ok(generator.example(1));
    }
    let written = recordings::folder().join(format!("{name}.npz"));
    let path = if written.is_file() { written } else { name.into() };
    let bytes = fs::read(&path).with_context(|| {
        let known: Vec<&str> = bci::GENERATORS.iter().map(|generator| generator.name).collect();
        format!("there is no file, recording or generator {name}; generators are: {}", known.join(", "))
    })?;
    let file = path.file_name().map_or(name.into(), |file| file.to_string_lossy());
    format::read(&file, &bytes).map_err(|error| anyhow::anyhow!("{name}: {}", error.message(Lang::En)))
}

/// Takes `name=value` over.
fn set(decoder: &Decoder, values: &mut [f64], setting: &str) -> Result<()> {
    let (name, value) = setting.split_once('=').with_context(|| format!("{setting} is not PARAMETER=VALUE"))?;
    let Some(at) = decoder.params.iter().position(|param| param.name == name) else {
        let known: Vec<&str> = decoder.params.iter().map(|param| param.name).collect();
        bail!("{} has no parameter {name}; it has: {}", decoder.name, known.join(", "));
    };
    values[at] = value.parse().ok().filter(|x: &f64| x.is_finite()).with_context(|| format!("{value} is no number"))?;
    Ok(())
}

/// The score of each seed, as many at a time as there are processors.
fn scores(decoder: &Decoder, recording: &Recording, values: &[f64], seeds: u32, inside: bool) -> Vec<f64> {
    let test = recording.only(&recording.on(Split::Test));
    let one = |seed: u32| {
        if inside {
            return decode::cross_validated(decoder, recording, values, seed);
        }
        decode::score(&mut *decode::train(decoder, recording, values, seed), &test).headline()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from) as u32;
    let of_thread =
        |k: u32| (1..=seeds).filter(move |seed| seed % threads == k).map(|seed| (seed, one(seed))).collect();
    let mut scores: Vec<(u32, f64)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|k| scope.spawn(move || -> Vec<_> { of_thread(k) })).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a decoder does not panic")).collect()
    });
    scores.sort_by_key(|(seed, _)| *seed);
    scores.into_iter().map(|(_, score)| score).collect()
}

/// Mean and standard deviation (n - 1).
fn moments(scores: &[f64]) -> (f64, f64) {
    let n = scores.len() as f64;
    let mean = scores.iter().sum::<f64>() / n;
    let square: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
    (mean, (square / (n - 1.0).max(1.0)).sqrt())
}

fn report(decoder: &Decoder, recording: &Recording, values: &[f64], scores: &[f64], inside: bool, as_json: bool) {
    let linear = match recording.target {
        Target::Values { .. } => "wiener",
        Target::Classes { .. } => "lda",
    };
    let baseline = decode::find(linear).expect("the linear baselines are decoders");
    let chosen = decode::choose(baseline, recording, &baseline.defaults(), 1);
    let mut trained = decode::train(baseline, recording, &chosen, 1);
    let score = decode::score(&mut *trained, &recording.only(&recording.on(Split::Test)));
    let (mean, spread) = moments(scores);
    let [train, test] = [Split::Train, Split::Test].map(|side| recording.on(side).len());
    let (measure, origin) = (
        if matches!(recording.target, Target::Values { .. }) { "R2" } else { "accuracy" },
        match &recording.origin {
            Origin::Real(_) => "real",
            Origin::Synthetic(_) => "synthetic",
            Origin::Unknown => "unknown",
        },
    );
    let settings = decoder.params.iter().zip(values);
    if as_json {
        let settings: serde_json::Map<_, _> = settings.map(|(p, value)| (p.name.into(), json!(value))).collect();
        let said = json!({
            "recording": recording.name, "origin": origin, "decoder": decoder.name, "parameters": settings,
            "measure": measure, "on": if inside { "cross-validation" } else { "test" }, "mean": mean, "sd": spread,
            "scores": scores, "chance": score.chance(), "linear": {"decoder": linear, "test": score.headline()},
            "causal": true, "train_segments": train, "test_segments": test,
        });
        println!("{said:#}");
        return;
    }
    let settings: Vec<String> = settings.map(|(p, value)| format!("{} {value}", p.name)).collect();
    let on = if inside { "cross-validation inside the training side" } else { "the test side" };
    println!("{} ({origin}), {} channels, {:.2} ms", recording.name, recording.channels, recording.bin_ms);
    println!("split      {train} segments to learn from, {test} for testing");
    println!("{:10} {}; causal", decoder.name, settings.join(", "));
    println!("{measure:10} {mean:.3} ± {spread:.3} over {} seeds, on {on}", scores.len());
    println!("linear     {:.3} ({linear}, on the test side)", score.headline());
    println!("chance     {:.3}", score.chance());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_arguments_are_told() {
        for (args, said) in [
            (&["m1_reaching"][..], "--decoder"),
            (&["m1_reaching", "--decoder", "oracle"], "spiking"),
            (&["nothing", "--decoder", "lda"], "mandarin_tones"),
            (&["m1_reaching", "--decoder", "lda"], "does not decode"),
            (&["m1_reaching", "--decoder", "wiener", "--set", "widow=3"], "window"),
            (&["m1_reaching", "--decoder", "wiener", "--set", "window=x"], "no number"),
        ] {
            let error = command(lexopt::Parser::from_args(args)).expect_err("these arguments are wrong");
            assert!(format!("{error:#}").contains(said), "{args:?}: {error:#}");
        }
    }
}
