//! `cargo xtask map`: a network run, mapped onto chips, and what that costs there.

use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use spikeground_core::{
    chip::{
        presets::PRESETS,
        quantity::Interval,
        report::{Failure, Job, Order, Priced, Report},
    },
    text::Lang,
};

use crate::export::read;

/// The command's arguments.
pub const USAGE: &str = "NETWORK --chip loihi2 [--chip ...] [--neurons N] [--ms 1000] [--json]";
/// What the command does, in a line.
pub const DOC: &str = "runs a network, maps it onto chips, and prints whether it fits and what it costs there";

/// Bytes that a network may take: enough for the largest that is mapped.
const MEMORY: f64 = 8e9;

/// `cargo xtask map`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    use lexopt::prelude::*;

    let (mut network, mut neurons, mut as_json) = (None, None, false);
    let mut order = Order { presets: Vec::new(), ms: 1000.0 };
    while let Some(arg) = args.next()? {
        match arg {
            Long("chip") => order.presets.push(args.value()?.string()?),
            Long("neurons") => neurons = Some(args.value()?.parse::<u64>()?),
            Long("ms") => order.ms = args.value()?.parse()?,
            Long("json") => as_json = true,
            Value(name) if network.is_none() => network = Some(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let network = network.ok_or(lexopt::Error::MissingValue { option: Some("NETWORK".into()) })?;
    if order.presets.is_empty() {
        return Err(lexopt::Error::MissingValue { option: Some("--chip".into()) }.into());
    }
    let mut spec = read(&network)?;
    if let Some(neurons) = neurons {
        spec = spec.scaled(neurons);
    }
    let mut job = Job::new(spec, &order, MEMORY).map_err(|why| told(&why))?;
    while !job.is_done() {
        job.advance().map_err(|why| told(&why))?;
    }
    if as_json {
        println!("{}", serde_json::to_string_pretty(job.reports())?);
    } else {
        job.reports().iter().for_each(|report| print!("{}", page(report)));
    }
    if job.reports().iter().any(|report| !report.fit.walls.is_empty()) {
        bail!("the network does not fit every chip");
    }
    Ok(ExitCode::SUCCESS)
}

fn told(why: &Failure) -> anyhow::Error {
    match why {
        Failure::Refused(errors) => anyhow!(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
        Failure::NoPreset(id) => {
            let known: Vec<&str> = PRESETS.iter().map(|entry| entry.id).collect();
            anyhow!("there is no chip {id}; use one of: {}", known.join(", "))
        }
        Failure::NoTime(ms) => anyhow!("--ms {ms} is no time to run; give more than 0"),
        Failure::NoMemory => anyhow!("this machine has too little memory for the network; make it smaller"),
        Failure::Halted(why) => anyhow!(why.en.clone()),
    }
}

/// A report in words.
fn page(report: &Report) -> String {
    let counts = &report.counts;
    let mut lines = vec![
        format!("{} ({})", report.name.en, report.id),
        format!(
            "  run      {} ms: {} neurons, {} synapses, {} spikes, {} synaptic events",
            (counts.model_s * 1e3).round(),
            counts.neurons(),
            counts.synapses(),
            counts.spikes(),
            counts.events(),
        ),
    ];
    for (kind, advices) in [("wall", &report.fit.walls), ("budget", &report.fit.budgets)] {
        for advice in advices {
            lines.push(format!("  {kind:8} {} [{}]", advice.message.en, advice.at));
            lines.extend(advice.ways.iter().map(|way| format!("           - {}", way.message.en)));
        }
    }
    if !report.fit.unknown.is_empty() {
        lines.push(format!("  unjudged {}", report.fit.unknown.join(", ")));
    }
    match (&report.mapped, &report.unmapped) {
        (Some(m), _) => lines.push(format!(
            "  mapped   {} cores; {} hops between routers, at least {}; in order {}, at random {}",
            m.cores.len(),
            m.hops,
            m.lower_bound,
            m.sequential,
            m.random
        )),
        (None, why) => {
            lines.push(format!("  unmapped {}", why.as_ref().map_or("", |why| why.get(Lang::En))));
        }
    }
    match &report.pace.real_time_factor {
        Some(factor) => lines.push(format!("  time     {} of the model's", interval(*factor, "times"))),
        None if report.pace.unknown.is_empty() => {}
        None => lines.push(format!("  time     not known: {}", report.pace.lacking())),
    }
    report.prices.iter().for_each(|priced| lines.extend(bill(priced)));
    let models = report.models.iter().map(|model| format!("           {:26} {:.3e} J", model.title.en, model.joules));
    lines.push("  models".into());
    lines.extend(models);
    lines.join("\n") + "\n"
}

fn bill(priced: &Priced) -> Vec<String> {
    let total = match priced.total {
        Some(total) => interval(total, "J"),
        None => {
            let missing: Vec<&str> = priced.missing.iter().map(|missing| missing.at.as_str()).collect();
            format!("not known without {}; at least {:.3e} J", missing.join(", "), priced.known.lo)
        }
    };
    let mut lines =
        vec![format!("  energy   {total} ({}: {}; {})", priced.profile, priced.holds.en, priced.evidence.name())];
    for item in &priced.items {
        let source = if item.source.is_empty() { &item.price.why } else { &item.source };
        lines.push(format!("           {:16} {} - {source}", item.title.en, interval(item.joules, "J")));
    }
    lines
}

fn interval(of: Interval, unit: &str) -> String {
    match of.v {
        Some(v) if of.lo == of.hi => format!("{v:.3e} {unit}"),
        Some(v) => format!("{v:.3e} {unit} ({:.3e} to {:.3e})", of.lo, of.hi),
        None => format!("{:.3e} to {:.3e} {unit}", of.lo, of.hi),
    }
}
