//! The measurement: contenders take turns, so that whatever else slows the machine for a while slows all of them.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::contender::{CONTENDERS, Contender, Tools};

/// What was measured of one contender.
pub struct Row {
    /// The contender.
    pub contender: &'static Contender,
    /// For each size the outcomes of all runs, as JSON; `None` if it is not installed.
    pub outcomes: Option<Vec<Outcomes>>,
}

/// What came of one contender at one size.
pub struct Outcomes {
    /// The number of neurons.
    pub neurons: u64,
    /// What each run printed.
    pub runs: Vec<Value>,
}

impl Outcomes {
    /// Seconds for a model second: the median over the runs.
    pub fn seconds(&self) -> f64 {
        let seconds = self.runs.iter().map(|run| number(run, "loop_s") / (number(run, "model_ms") / 1000.0));
        median(seconds.collect())
    }
}

/// Measures every contender at every size; a run that fails ends it all.
pub fn measure(tools: &Tools, sizes: &[u64], runs: usize) -> Result<Vec<Row>> {
    let empty = |&neurons| Outcomes { neurons, runs: Vec::new() };
    let row = |contender| {
        let outcomes = tools.has(contender).then(|| sizes.iter().map(empty).collect());
        Row { contender, outcomes }
    };
    let mut rows: Vec<Row> = CONTENDERS.iter().map(row).collect();
    for (index, &neurons) in sizes.iter().enumerate() {
        for run in 0..runs {
            for row in rows.iter_mut().filter(|row| run < tools.runs(row.contender, runs)) {
                let Some(outcomes) = &mut row.outcomes else { continue };
                outcomes[index].runs.push(once(tools, row.contender, neurons)?);
            }
        }
    }
    Ok(rows)
}

fn once(tools: &Tools, contender: &Contender, neurons: u64) -> Result<Value> {
    let name = contender.name;
    let output = tools
        .command(contender, neurons, tools.span(contender, neurons))
        .output()
        .with_context(|| format!("{name} cannot be run"))?;
    ensure!(output.status.success(), "{name} failed at {neurons} neurons; see its messages above");
    let outcome: Value = serde_json::from_slice(&output.stdout).with_context(|| format!("{name} printed no JSON"))?;
    let (loop_s, model_ms) = (number(&outcome, "loop_s"), number(&outcome, "model_ms"));
    ensure!(loop_s > 0.0 && model_ms > 0.0, "{name} told no times: {outcome}");
    eprintln!("{name}, {neurons} neurons: {loop_s:.4} s for {model_ms} ms");
    Ok(outcome)
}

/// A number in a run's outcome; NaN if it is not there.
pub fn number(outcome: &Value, key: &str) -> f64 {
    outcome[key].as_f64().unwrap_or(f64::NAN)
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let (below, above) = (numbers.len().saturating_sub(1) / 2, numbers.len() / 2);
    numbers.get(below).zip(numbers.get(above)).map_or(f64::NAN, |(low, high)| (low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_median_run_counts_per_model_second() {
        let run = |loop_s, model_ms| json!({ "loop_s": loop_s, "model_ms": model_ms });
        let outcomes = Outcomes { neurons: 100, runs: vec![run(4.0, 500.0), run(1.0, 1000.0), run(0.2, 100.0)] };
        assert_eq!(outcomes.seconds(), 2.0);
        assert_eq!(median(vec![4.0, 1.0]), 2.5);
        assert!(median(Vec::new()).is_nan());
    }
}
