//! `cargo xtask bench map`: how many links spikes take on a chip, with our mapping and with others.

use std::time::Instant;

use anyhow::{Result, anyhow};
use serde_json::{Value, json};
use spikeground_core::{
    chip::{
        expected::ExpectedMapper,
        limits::Unmappable,
        mapping::{self, Mapper},
    },
    text::Lang,
};

use super::graphs::{self, Case, Subject};
use super::table::{aligned, grouped};

/// Seed of every mapping.
const SEED: u32 = 1;
/// Neurons and meshes of HySMap's own table.
const HYSMAP: [(u32, u32); 8] = [(80, 4), (80, 5), (80, 6), (108, 4), (108, 5), (108, 6), (108, 7), (160, 6)];
/// Graphs of each of them; the mean counts, as there.
const GRAPHS: u32 = 3;

/// Multicast hops of each way to map.
#[derive(Default)]
struct Hops {
    sequential: f64,
    shuffled: f64,
    random: f64,
    /// Counts alone have no synapses to cut.
    kernighan_lin: Option<f64>,
    ours: f64,
    bound: f64,
    seconds: f64,
}

struct Row {
    name: String,
    neurons: usize,
    cores: u64,
    hops: Hops,
}

/// Measures all networks, or only those of HySMap and CUBA, and prints the table, or JSON.
pub fn run(quick: bool, as_json: bool) -> Result<()> {
    let mut rows = Vec::new();
    for (neurons, side) in if quick { &HYSMAP[..1] } else { &HYSMAP } {
        let mut mean: Option<Row> = None;
        for seed in 1..=GRAPHS {
            let row = row(graphs::hysmap(*neurons, *side, seed))?;
            mean = Some(match mean {
                Some(sum) => added(sum, &row),
                None => row,
            });
        }
        rows.extend(mean.map(|sum| scaled(sum, 1.0 / f64::from(GRAPHS))));
    }
    rows.push(row(graphs::of_gallery("cuba", 1_000.0)?)?);
    if !quick {
        rows.push(row(graphs::of_gallery("coba", 1_000.0)?)?);
        rows.push(row(graphs::convolutional())?);
        rows.push(row(graphs::of_gallery("microcircuit", 1_000.0)?)?);
        rows.push(row(graphs::microcircuit()?)?);
    }
    if as_json {
        println!("{:#}", Value::from_iter(rows.iter().map(as_value)));
    } else {
        print!("{}", table(&rows));
    }
    Ok(())
}

fn row(case: Case) -> Result<Row> {
    let wrong = |error: Unmappable| anyhow!(error.message(Lang::En));
    let (grid, limits, unit) = (case.grid, case.limits, case.unit);
    let mut hops = match case.subject {
        Subject::Exact(graph) => {
            let baseline = mapping::kernighan_lin(&graph, grid, &limits, SEED, 1.0).map_err(wrong)?;
            let begin = Instant::now();
            let mut mapper = Mapper::new(graph, grid, &limits, SEED, 1.0).map_err(wrong)?;
            while !mapper.advance(u64::MAX) {}
            let outcome = mapper.finish();
            Hops {
                seconds: begin.elapsed().as_secs_f64(),
                sequential: outcome.sequential.traffic.hops,
                shuffled: outcome.shuffled.traffic.hops,
                random: outcome.random.traffic.hops,
                kernighan_lin: Some(baseline.traffic.hops),
                ours: outcome.ours.traffic.hops,
                bound: outcome.ours.traffic.deliveries,
            }
        }
        Subject::Counts(counts) => {
            let begin = Instant::now();
            let mut mapper = ExpectedMapper::new(&counts, grid, &limits, SEED, 1.0).map_err(wrong)?;
            while !mapper.advance(u64::MAX) {}
            let outcome = mapper.finish();
            Hops {
                seconds: begin.elapsed().as_secs_f64(),
                sequential: outcome.sequential.hops,
                shuffled: outcome.shuffled.hops,
                random: outcome.random.hops,
                kernighan_lin: None,
                ours: outcome.ours.hops,
                bound: outcome.ours.deliveries,
            }
        }
    };
    let seconds = hops.seconds;
    hops = times(hops, 1.0 / unit);
    hops.seconds = seconds;
    eprintln!("{}: {:.1} s", case.name, hops.seconds);
    Ok(Row { name: case.name, neurons: case.neurons, cores: grid.cores(), hops })
}

fn times(hops: Hops, factor: f64) -> Hops {
    Hops {
        sequential: hops.sequential * factor,
        shuffled: hops.shuffled * factor,
        random: hops.random * factor,
        kernighan_lin: hops.kernighan_lin.map(|hops| hops * factor),
        ours: hops.ours * factor,
        bound: hops.bound * factor,
        seconds: hops.seconds * factor,
    }
}

fn added(mut sum: Row, row: &Row) -> Row {
    let (hops, more) = (&mut sum.hops, &row.hops);
    hops.sequential += more.sequential;
    hops.shuffled += more.shuffled;
    hops.random += more.random;
    hops.kernighan_lin = hops.kernighan_lin.zip(more.kernighan_lin).map(|(a, b)| a + b);
    hops.ours += more.ours;
    hops.bound += more.bound;
    hops.seconds += more.seconds;
    sum
}

fn scaled(row: Row, factor: f64) -> Row {
    Row { hops: times(row.hops, factor), ..row }
}

fn table(rows: &[Row]) -> String {
    let head = [
        "Multicast hops",
        "cores",
        "sequential",
        "sequential, cores at random",
        "random",
        "synapse cut (KL), then distance",
        "ours",
        "lower bound of ours",
        "seconds",
    ];
    let mut cells = vec![head.map(String::from).to_vec()];
    for row in rows {
        let hops = &row.hops;
        let number = |hops: f64| grouped(hops.round() as u64);
        let less = |than: f64| format!("{:+.1} %", 100.0 * (hops.ours / than - 1.0));
        let kernighan_lin = hops.kernighan_lin.map(|than| format!("{} ({})", number(than), less(than)));
        cells.push(vec![
            row.name.clone(),
            number(row.cores as f64),
            format!("{} ({})", number(hops.sequential), less(hops.sequential)),
            format!("{} ({})", number(hops.shuffled), less(hops.shuffled)),
            format!("{} ({})", number(hops.random), less(hops.random)),
            kernighan_lin.unwrap_or_else(|| "–".into()),
            number(hops.ours),
            number(hops.bound),
            format!("{:.1}", hops.seconds),
        ]);
    }
    aligned(&cells) + NOTES
}

/// What one must know to read the table.
const NOTES: &str = "
- In brackets: how many hops ours takes more or less. Seconds are of ours, on one thread.
- HySMap's graphs are drawn as its generator draws them, three of each; every core has 85 to 115 % of its share, as there.
  All other cores have up to 256 neurons.
- Hops are spikes times links of a multicast tree along rows, then columns; in HySMap's, rates in Hz times links.
";

fn as_value(row: &Row) -> Value {
    let hops = &row.hops;
    json!({
        "network": row.name,
        "neurons": row.neurons,
        "cores": row.cores,
        "sequential": hops.sequential,
        "sequential_cores_at_random": hops.shuffled,
        "random": hops.random,
        "kernighan_lin": hops.kernighan_lin,
        "ours": hops.ours,
        "lower_bound": hops.bound,
        "seconds": hops.seconds,
    })
}
