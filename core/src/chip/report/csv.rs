//! Reports as one table of comma-separated values, a number a row.

use alloc::{format, string::String};

use super::Report;
use crate::{
    chip::quantity::{Evidence, Interval},
    text::Lang,
};

/// The names of the columns.
const HEAD: &str = "device,part,name,value,low,high,unit,evidence,source\n";

/// Rows of the table.
struct Rows {
    device: String,
    text: String,
}

impl Rows {
    fn row(&mut self, part: &str, name: &str, value: [Option<f64>; 3], unit: &str, evidence: &str, source: &str) {
        let [v, lo, hi] = value.map(|x| x.map_or(String::new(), |x| format!("{x:e}")));
        let [device, part, name, source] = [&self.device, part, name, source].map(quoted);
        self.text.push_str(&format!("{device},{part},{name},{v},{lo},{hi},{unit},{evidence},{source}\n"));
    }

    fn number(&mut self, part: &str, name: &str, value: f64, unit: &str) {
        self.row(part, name, [Some(value), None, None], unit, "", "");
    }

    fn interval(&mut self, part: &str, name: &str, of: Interval, unit: &str, evidence: Evidence, source: &str) {
        self.row(part, name, [of.v, Some(of.lo), Some(of.hi)], unit, evidence.name(), source);
    }
}

/// In quotes, where a comma, a quote or a new line needs them.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into() }
}

/// What reports say, in English.
pub fn csv(reports: &[Report]) -> String {
    let mut rows = Rows { device: String::new(), text: HEAD.into() };
    for report in reports {
        rows.device.clone_from(&report.id);
        of(report, &mut rows);
    }
    rows.text
}

fn of(report: &Report, rows: &mut Rows) {
    let counts = &report.counts;
    for (name, value, unit) in [
        ("model time", counts.model_s, "s"),
        ("neurons", counts.neurons(), "1"),
        ("synapses", counts.synapses(), "1"),
        ("spikes", counts.spikes(), "1"),
        ("synaptic events", counts.events(), "1"),
        ("neuron updates", counts.updates(), "1"),
        ("weights changed", counts.plastic_updates, "1"),
    ] {
        rows.number("run", name, value, unit);
    }
    for priced in &report.prices {
        let part = format!("energy by {}", priced.profile);
        for item in &priced.items {
            let why = if item.source.is_empty() { &item.price.why } else { &item.source };
            rows.interval(&part, item.term.name(), item.joules, "J", item.price.ev, why);
        }
        for missing in &priced.missing {
            rows.row(&part, missing.term.name(), [None; 3], "J", Evidence::Unknown.name(), &missing.at);
        }
        if let Some(total) = priced.total {
            rows.interval(&part, "total", total, "J", priced.evidence, "");
        }
    }
    for advice in report.fit.walls.iter().chain(&report.fit.budgets) {
        rows.row("fit", &advice.message.en, [None; 3], "", "", &advice.at);
    }
    if let Some(mapped) = &report.mapped {
        for (name, value) in [
            ("cores", mapped.cores.len() as f64),
            ("hops", mapped.hops),
            ("lower bound of hops", mapped.lower_bound),
            ("hops in order", mapped.sequential),
            ("hops in order, cores at random", mapped.shuffled),
            ("hops at random", mapped.random),
        ] {
            rows.number("mapping", name, value, "1");
        }
    }
    if let Some(why) = &report.unmapped {
        rows.row("mapping", "none", [None; 3], "", "", why.get(Lang::En));
    }
    for (name, value, unit) in
        [("step", report.pace.step_s, "s"), ("real-time factor", report.pace.real_time_factor, "1")]
    {
        if let Some(value) = value {
            rows.row("time", name, [value.v, Some(value.lo), Some(value.hi)], unit, "", "");
        }
    }
    for model in &report.models {
        rows.row("models", &model.title.en, [Some(model.joules), None, None], "J", "", &model.source);
    }
    let n = &report.neurobench;
    for (name, value) in [
        ("Footprint", n.footprint),
        ("ConnectionSparsity", n.connection_sparsity),
        ("ActivationSparsity", n.activation_sparsity),
        ("Effective_MACs", n.effective_macs),
        ("Effective_ACs", n.effective_acs),
        ("Dense", n.dense),
        ("MembraneUpdates", n.membrane_updates),
    ] {
        rows.number("NeuroBench", name, value, if name == "Footprint" { "B" } else { "1" });
    }
    for (name, even) in ["by arithmetic", "with memory"].iter().zip(&report.break_even) {
        rows.row("break-even rate", name, [even.rate_hz, None, None], "Hz", "", "");
    }
    if let Some(heat) = &report.heat {
        let power = heat.power_w;
        rows.row("heat", "mean power", [power.v, Some(power.lo), Some(power.hi)], "W", "", "");
        if let Some(junction) = &heat.junction {
            let at = junction.junction_k;
            rows.row("heat", "junction", [at.v, Some(at.lo), Some(at.hi)], "K", "", "");
        }
        if let Some(scale) = &heat.scale {
            let power = scale.power_w;
            rows.row("heat", "power as large as a brain", [power.v, Some(power.lo), Some(power.hi)], "W", "", "");
        }
    }
}
