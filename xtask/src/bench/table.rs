//! What is printed: the table in Markdown with what one must know to read it, or all outcomes as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::contender::{BRIAN2, DISCARD_MS, NEST, model_ms};
use super::machine::Machine;
use super::measure::{Outcomes, Row, number};

/// The table and the notes below it.
pub fn markdown(rows: &[Row], sizes: &[u64], runs: usize, machine: &Machine) -> String {
    let reference = [BRIAN2, NEST].into_iter().find_map(|name| rows.iter().find(|row| is_measured(row, name)));
    let mut cells = vec![vec!["Seconds per model second".to_string()]];
    cells[0].extend(sizes.iter().map(|&size| format!("{} neurons", grouped(size))));
    for row in rows {
        let mut line = vec![row.contender.name.to_string()];
        for index in 0..sizes.len() {
            line.push(row.outcomes.as_ref().map_or("not installed".to_string(), |outcomes| {
                let reference = reference.and_then(|row| Some(row.outcomes.as_ref()?[index].seconds()));
                cell(outcomes[index].seconds(), reference)
            }));
        }
        cells.push(line);
    }
    let mut text = aligned(&cells);
    text.push('\n');
    for note in notes(rows, reference, sizes, runs, machine) {
        // Writing to a string does not fail.
        let _ = writeln!(text, "- {note}");
    }
    text
}

fn is_measured(row: &Row, name: &str) -> bool {
    row.contender.name == name && row.outcomes.is_some()
}

fn cell(seconds: f64, reference: Option<f64>) -> String {
    let ratio = reference.map_or(String::new(), |reference| format!(" ({}×)", Digits(reference / seconds, 2)));
    format!("{}{ratio}", Digits(seconds, 3))
}

/// A positive number with about so many digits that count.
struct Digits(f64, i32);

impl std::fmt::Display for Digits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Digits(number, digits) = *self;
        let before = number.log10().floor() as i32 + 1;
        write!(f, "{number:.*}", (digits - before).max(0) as usize)
    }
}

fn notes(rows: &[Row], reference: Option<&Row>, sizes: &[u64], runs: usize, machine: &Machine) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(row) = reference {
        notes.push(format!("In brackets: how many times as fast as {}.", row.contender.name));
    }
    let often = if runs == 1 { "One run".to_string() } else { format!("Median of {runs} runs, taken by turns") };
    notes.push(format!(
        "{often}; one thread each; timed are {}; ours after {DISCARD_MS} ms discarded, the others from t = 0.",
        at_sizes(sizes, model_ms)
    ));
    for row in rows.iter().filter(|row| row.outcomes.is_some()) {
        notes.extend(cut_short(row, runs));
        notes.extend(gpu(row));
    }
    if let Some(run) = rows.iter().find_map(|row| newest(row).filter(|run| run["bytes_per_neuron"].is_number())) {
        notes.push(format!(
            "Memory of ours at {} neurons: {:.1} bytes per neuron and {:.1} bytes per synapse.",
            grouped(number(run, "neurons") as u64),
            number(run, "bytes_per_neuron"),
            number(run, "bytes_per_synapse")
        ));
    }
    let peers = rows.iter().filter_map(newest).filter_map(|run| {
        let (name, version) = run["simulator"].as_str().zip(run["version"].as_str())?;
        Some(format!("{name} {version}"))
    });
    let mut all: Vec<String> = peers.chain([machine.rustc.clone(), machine.cpu.clone()]).collect();
    // Two contenders run in Chromium.
    all.dedup();
    notes.push(format!("{}.", all.join("; ")));
    notes
}

/// What is different with a contender that would take too long.
fn cut_short(row: &Row, runs: usize) -> Option<String> {
    let outcomes = row.outcomes.as_ref()?;
    let timed = |size: u64| outcomes.iter().find(|o| o.neurons == size).and_then(|o| o.runs.last());
    let timed = |size| timed(size).map_or(0, |run| number(run, "model_ms") as u32);
    let sizes: Vec<u64> = outcomes.iter().map(|outcomes| outcomes.neurons).collect();
    let is_cut = sizes.iter().any(|&size| timed(size) != model_ms(size));
    let once = (outcomes.iter().any(|o| o.runs.len() < runs)).then(|| "ran once".to_string());
    let less = is_cut.then(|| format!("simulated only {}", at_sizes(&sizes, timed)));
    let told: Vec<String> = once.into_iter().chain(less).collect();
    (!told.is_empty()).then(|| format!("{} {}.", row.contender.name, told.join(" and ")))
}

/// Where the time of a contender on a GPU goes.
fn gpu(row: &Row) -> Option<String> {
    let outcomes = row.outcomes.as_ref().filter(|_| row.contender.is_gpu())?;
    let adapter = &newest(row)?["adapter"];
    let kind = if adapter["software"] == true { ", a program on the processor" } else { "" };
    let step = |outcomes: &Outcomes| {
        let gpu = &outcomes.runs.last()?["gpu"];
        let us = |key: &str| Digits(number(gpu, key).max(0.1), 3);
        let rest = (number(gpu, "step_us") - number(gpu, "update_us") - number(gpu, "delivery_us")).max(0.1);
        Some(format!(
            "{} neurons {} µs (update {}, delivery {}, submission and the way back {}; {} kernels; at least {} kB moved)",
            grouped(outcomes.neurons),
            us("step_us"),
            us("update_us"),
            us("delivery_us"),
            Digits(rest, 3),
            number(gpu, "dispatches"),
            Digits(number(gpu, "bytes") / 1000.0, 3),
        ))
    };
    let steps: Vec<String> = outcomes.iter().filter_map(step).collect();
    let name = adapter["name"].as_str().unwrap_or_default();
    Some(format!("{} is {name}{kind}. A step takes: {}.", row.contender.name, steps.join("; ")))
}

/// Model time at each size.
fn at_sizes(sizes: &[u64], ms: impl Fn(u64) -> u32) -> String {
    let told = |&size: &u64| format!("{} ms at {}", grouped(ms(size).into()), grouped(size));
    format!("{} neurons", sizes.iter().map(told).collect::<Vec<_>>().join(", "))
}

fn newest(row: &Row) -> Option<&Value> {
    row.outcomes.as_ref()?.last()?.runs.last()
}

/// Lines of a Markdown table whose columns line up as plain text too; the first line is the head.
/// A table in Markdown, of which the first line is the head.
pub fn aligned(cells: &[Vec<String>]) -> String {
    let width = |column: usize| cells.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..cells[0].len()).map(width).collect();
    let mut text = String::new();
    for (index, line) in cells.iter().enumerate() {
        text.push('|');
        for (column, (cell, &width)) in line.iter().zip(&widths).enumerate() {
            // Writing to a string does not fail.
            let _ = if column == 0 { write!(text, " {cell:width$} |") } else { write!(text, " {cell:>width$} |") };
        }
        text.push('\n');
        if index == 0 {
            let rules = widths.iter().enumerate().map(|(column, &width)| match column {
                0 => format!("{}|", "-".repeat(width + 2)),
                _ => format!("{}:|", "-".repeat(width + 1)),
            });
            text.extend(["|".to_string()].into_iter().chain(rules));
            text.push('\n');
        }
    }
    text
}

/// `100,000` for 100000.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Everything that was measured.
pub fn json(rows: &[Row], machine: &Machine) -> Value {
    let size = |outcomes: &Outcomes| json!({ "neurons": outcomes.neurons, "seconds_per_model_second": outcomes.seconds(), "runs": outcomes.runs });
    let row = |row: &Row| {
        let sizes = row.outcomes.as_ref().map(|outcomes| outcomes.iter().map(size).collect::<Vec<_>>());
        json!({ "name": row.contender.name, "installed": sizes.is_some(), "sizes": sizes.unwrap_or_default() })
    };
    json!({
        "cpu": machine.cpu,
        "rustc": machine.rustc,
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::contender::{CONTENDERS, Contender};

    fn machine() -> Machine {
        Machine { cpu: "Some CPU".to_string(), rustc: "rustc 1.0.0".to_string() }
    }

    /// Rows in which the first takes a second per model second, the next twice that, and so on. NEST ran once, and a
    /// tenth of the time.
    fn rows(installed: impl Fn(&str) -> bool) -> Vec<Row> {
        let run = |index: usize, model_ms: u32| {
            json!({
                "simulator": format!("S{index}"), "version": "1.2", "model_ms": model_ms,
                "loop_s": f64::from(1 << index) * f64::from(model_ms) / 1000.0,
                "neurons": 100_000, "bytes_per_neuron": 40.25, "bytes_per_synapse": 4.0,
                "adapter": { "name": "Some GPU", "software": true },
                "gpu": { "step_us": 100.0, "update_us": 60.0, "delivery_us": 30.0, "dispatches": 2, "bytes": 5000 },
            })
        };
        let row = |(index, contender): (usize, &'static Contender)| {
            let runs = if contender.name == NEST { vec![run(index, 100)] } else { vec![run(index, 1000); 3] };
            let outcomes = || vec![Outcomes { neurons: 100_000, runs }];
            Row { contender, outcomes: installed(contender.name).then(outcomes) }
        };
        CONTENDERS.iter().enumerate().map(row).collect()
    }

    #[test]
    fn others_are_compared_with_brian2_and_without_it_with_nest() {
        let text = markdown(&rows(|_| true), &[100_000], 3, &machine());
        assert!(text.contains("| scalar, native           |      1.00 (32×) |"), "{text}");
        assert!(text.contains("|--------------------------|----------------:|"), "{text}");
        assert!(text.contains("NEST ran once and simulated only 100 ms at 100,000 neurons"), "{text}");
        assert!(text.contains("40.2 bytes per neuron") && text.contains("S5 1.2; S6 1.2; rustc 1.0.0; Some CPU."));

        let step = "A step takes: 100,000 neurons 100 µs (update 60.0, delivery 30.0, submission and the way back 10.0; \
                    2 kernels; at least 5.00 kB moved).";
        assert!(text.contains(&format!("gpu, native is Some GPU, a program on the processor. {step}")), "{text}");

        let text = markdown(&rows(|name| name != BRIAN2), &[100_000], 3, &machine());
        assert!(text.contains("1.00 (64×)") && text.contains("not installed"), "{text}");
        let text = markdown(&rows(|name| name != BRIAN2 && name != NEST), &[100_000], 1, &machine());
        assert!(text.contains("1.00 |") && !text.contains('×') && !text.contains("NEST ran"), "{text}");
    }

    #[test]
    fn numbers_show_what_counts_of_them() {
        let shown = [0.01745, 0.9996, 1.5, 123.4].map(|number| Digits(number, 3).to_string());
        assert_eq!(shown, ["0.0175", "1.000", "1.50", "123"]);
        assert_eq!([7, 4_000, 100_000, 1_234_567].map(grouped), ["7", "4,000", "100,000", "1,234,567"]);
    }

    #[test]
    fn json_tells_all_rows() {
        let told = json(&rows(|name| name != NEST), &machine());
        assert_eq!(told["rows"][1]["sizes"][0]["seconds_per_model_second"], 2.0);
        assert_eq!(told["rows"][6], json!({ "name": "NEST", "installed": false, "sizes": [] }));
    }
}
