//! Whether a chip keeps the tick: synaptic events in a second, and the time of a core in a step if all share the work evenly.

use super::{Check, Found, Limit, Refusal, Remedy, capacity::smaller};
use crate::chip::counts::Counts;

pub(super) fn check(check: &mut Check, counts: &Counts) {
    let (preset, chips) = (check.preset, check.preset.chips());
    match preset.throughput.synop_per_s.v {
        Some(each) => {
            let rate = counts.events() / counts.model_s;
            if rate > each * chips {
                let at = "throughput.synop_per_s";
                budget(check, Limit::Throughput, rate, each * chips, at, rate / each, rate / chips);
            }
        }
        None => check.unknown("throughput.synop_per_s"),
    }
    let time = &preset.time;
    let (Some(update_s), Some(event_s), Some(cores)) = (time.neuron_update_s.v, time.synop_s.v, preset.cores()) else {
        return check.unknown("time.synop_s");
    };
    let step_s = counts.model_s / counts.steps;
    let work_s = (counts.updates() * update_s + counts.events() * event_s) / counts.steps / cores;
    let left_s = step_s - time.barrier_s.v.unwrap_or(0.0);
    if work_s > left_s && left_s > 0.0 {
        let times = work_s / left_s;
        budget(check, Limit::CoreTime, work_s, left_s, "time.neuron_update_s", chips * times, update_s / times);
    }
}

fn budget(check: &mut Check, limit: Limit, found: f64, offered: f64, at: &str, chips: f64, to: f64) {
    let raise = Remedy::Raise { at: at.into(), to };
    check.fit.budgets.push(Refusal {
        limit,
        population: alloc::string::String::new(),
        found: Found::Number(found),
        offered: Found::Number(offered),
        at: at.into(),
        remedies: [Remedy::Chips(libm::ceil(chips)), smaller(check.network, offered / found).unwrap_or(raise)],
    });
}
