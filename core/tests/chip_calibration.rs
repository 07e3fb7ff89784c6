//! The models of a GPU and of SpiNNaker against published runs of the cortical microcircuit: fitted on some, checked on others.
//!
//! README.md has the table of what came out. After a change, `BLESS=1 cargo test -p spikeground-core --test chip_calibration`
//! writes it anew.

use std::fmt::Write;

use spikeground_core::chip::{
    baseline::{self, Gpu, Spinnaker, WITHIN},
    counts::{Counts, PopulationCounts},
    pd14::{DT_S, EVENTS_PER_S, EVENTS_PER_STEP, NEURONS, ROWS, Row},
    presets,
};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
const BEGIN: &str = "<!-- calibration: written by core/tests/chip_calibration.rs -->\n";
const END: &str = "<!-- end of calibration -->\n";

/// Time over the model's time, and J for an event, as a model says it of a row; none if no model is about it.
fn predicted(row: &Row) -> Option<(f64, f64)> {
    let (id, count) = row.preset?;
    let cost = match id {
        "spinnaker1" => Spinnaker::calibrated().microcircuit(count, row.rtf),
        _ => Gpu::calibrated().microcircuit(&presets::find(id).expect("a preset").preset())?,
    };
    Some((cost.wall_s, cost.joules / EVENTS_PER_S))
}

/// How a row was used: to fit a model, or to check it.
fn fitted(row: &Row) -> bool {
    row.platform.contains("V100") || row.platform.contains("2080") || row.platform.contains("6 boards")
}

#[test]
fn what_was_fitted_on_some_runs_holds_for_others_and_the_readme_says_how_well() {
    let mut table = String::from(
        "| run | used to | time, s per s | predicted | µJ per event | predicted |\n|---|---|---:|---:|---:|---:|\n",
    );
    let mut checked = 0;
    for row in ROWS {
        let Row { platform, study, rtf, event_j, .. } = row;
        let told = predicted(row);
        let uj = event_j.map_or("–".into(), |j| format!("{:.3}", j * 1e6));
        let (mut use_of, mut cells) = ("–", ["–".to_owned(), "–".to_owned()]);
        if let (Some((wall, joules)), Some(measured)) = (told, event_j) {
            let factor = |ours: f64, theirs: f64| format!("{ours:.3} (×{:.2})", ours / theirs);
            let is_spinnaker = platform.contains("SpiNNaker");
            // The pace of SpiNNaker is chosen, not predicted.
            let time = if is_spinnaker { "–".to_owned() } else { factor(wall, *rtf) };
            cells = [time, factor(joules * 1e6, measured * 1e6)];
            use_of = if fitted(row) { "fit" } else { "check" };
            for (ours, theirs) in [(wall, *rtf), (joules, *measured)] {
                let ratio = ours / theirs;
                assert!(fitted(row) || (1.0 / WITHIN..=WITHIN).contains(&ratio), "{platform}, {study}: {ratio}");
            }
            checked += usize::from(!fitted(row));
        }
        let [time, energy] = cells;
        writeln!(table, "| {platform}; {study} | {use_of} | {rtf} | {time} | {uj} | {energy} |").expect("a string");
    }
    print!("{table}");
    assert_eq!(checked, 4, "two runs on an RTX 4090 and two on twelve boards");
    let readme = std::fs::read_to_string(README).expect("README.md");
    let (before, rest) = readme.split_once(BEGIN).expect("README.md has a place for the table");
    let (now, after) = rest.split_once(END).expect("the table has an end");
    if std::env::var("BLESS").is_ok() {
        std::fs::write(README, [before, BEGIN, &table, END, after].concat()).expect("README.md can be written");
    } else {
        assert_eq!(now, table, "the table in README.md is not what comes out");
    }
}

#[test]
fn the_rows_are_consistent() {
    for row in ROWS {
        let Some(power) = row.power_w() else { continue };
        assert!((10.0..5000.0).contains(&power), "{}: {power} W", row.platform);
        if let Some((id, count)) = row.preset.filter(|(id, _)| *id != "spinnaker1") {
            let most = presets::find(id).expect("a preset").preset().power.peak_w.hi.unwrap_or(f64::INFINITY);
            assert!(power < count * most, "{}: {power} W of {most} W", row.platform);
        }
        // What a preset says was measured on it is the same.
        let Some((id, _)) = row.preset else { continue };
        for measured in &presets::find(id).expect("a preset").preset().calibration {
            let is_it = measured.workload.starts_with("PD14")
                && (row.platform.contains(measured.workload.trim_start_matches("PD14, "))
                    || row.platform.starts_with(measured.workload.trim_start_matches("PD14, ")));
            if is_it {
                let ours = if measured.metric == "rtf" { row.rtf } else { row.event_j.expect("its energy") * 1e6 };
                assert!((measured.v - ours).abs() < 1e-9, "{id}: {measured:?}");
            }
        }
    }
}

/// A second of the microcircuit as counts.
fn second() -> Counts {
    let population = PopulationCounts { neurons: NEURONS, events: EVENTS_PER_S, ..PopulationCounts::default() };
    Counts { populations: vec![population], steps: 1.0 / DT_S, model_s: 1.0, plastic_updates: 0.0 }
}

#[test]
fn a_run_costs_by_its_counts_what_the_microcircuit_costs() {
    let gpu = Gpu::calibrated();
    for id in ["v100", "rtx2080ti", "rtx4090", "h100", "h200", "a100", "jetson-orin"] {
        let preset = presets::find(id).expect(id).preset();
        let (ours, of_it) = (gpu.cost(&preset, &second()).expect(id), gpu.microcircuit(&preset).expect(id));
        assert!((ours.wall_s / of_it.wall_s - 1.0).abs() < 1e-9 && (ours.joules / of_it.joules - 1.0).abs() < 1e-9);
        let peak = preset.power.peak_w.interval().expect(id);
        assert!(ours.interval().lo < ours.joules && ours.joules < ours.interval().hi);
        assert!(ours.joules <= peak.hi * ours.wall_s * 1.000_001, "{id} stays below its power");
        // Without events, launches remain; and nothing costs nothing.
        let silent = gpu.cost(&preset, &second().faster(0.0)).expect(id);
        assert!(0.0 < silent.wall_s && silent.wall_s < ours.wall_s);
        assert_eq!(gpu.cost(&preset, &Counts::default()).expect(id).joules, 0.0);
    }
    assert!(gpu.cost(&presets::find("tpu-v4").expect("tpu-v4").preset(), &second()).is_none());
    let spinnaker = Spinnaker::calibrated();
    let (ours, of_it) = (spinnaker.cost(&second(), 12.0, 1.0), spinnaker.microcircuit(12.0, 1.0));
    assert!((ours.joules / of_it.joules - 1.0).abs() < 1e-9);
    // Of a board of 48 chips, each below 1 W.
    assert!((10.0..48.0).contains(&spinnaker.idle_w), "{}", spinnaker.idle_w);
    let at_rest = presets::find("spinnaker1").expect("spinnaker1").preset().power.static_w.v.expect("W");
    assert!((at_rest * 48.0 / spinnaker.idle_w - 1.0).abs() < 0.01, "{} W a chip", spinnaker.idle_w / 48.0);
    let brain = baseline::brain_joules(&second());
    assert!((brain - 20.0 * NEURONS / 86e9).abs() < 1e-12);
    assert_eq!(baseline::cpu_joules(2.0, 15.0), 30.0);
    assert!((EVENTS_PER_STEP - 96_670.0).abs() < 1.0);
}
