//! `Pace`: how long a run takes on a piece of hardware, and what it waits for; or which numbers nobody has published.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use super::priced::Priced;
use crate::{
    chip::{
        counts::Counts,
        preset::{Preset, Words},
        quantity::{Interval, Quantity},
        timing::{Bottleneck, CoreWork, StepTime, Times, step_time},
    },
    text::text,
};

/// How long a run takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// A step, s.
    pub step_s: Option<Interval>,
    /// Time of the hardware over time of the model; below 1 is faster than real time.
    pub real_time_factor: Option<Interval>,
    /// The run, s.
    pub wall_s: Option<Interval>,
    /// What a step waits for.
    pub waits_for: Option<Words>,
    /// Paths of numbers of the preset without which nothing can be said.
    pub unknown: Vec<String>,
}

impl Pace {
    /// By the slowest core and the barrier.
    pub fn of_cores(preset: &Preset, counts: &Counts, work: &[CoreWork]) -> Pace {
        let time = &preset.time;
        let needed = [("time.neuron_update_s", &time.neuron_update_s), ("time.synop_s", &time.synop_s)];
        let unknown: Vec<String> =
            needed.iter().filter(|(_, q)| q.interval().is_none()).map(|(at, _)| (*at).to_owned()).collect();
        if !unknown.is_empty() || work.is_empty() || counts.steps == 0.0 {
            return Pace { unknown, ..Pace::default() };
        }
        let at = |end: fn(Interval) -> f64| -> StepTime {
            let of = |quantity: &Quantity| quantity.interval().map_or(0.0, end);
            let times = Times {
                neuron_update_s: of(&time.neuron_update_s),
                synapse_s: of(&time.synop_s),
                barrier_s: of(&time.barrier_s),
                ..Times::default()
            };
            step_time(work, &[], &times)
        };
        let middle = at(Interval::middle);
        let step_s = Interval { lo: at(|i| i.lo).seconds, v: Some(middle.seconds), hi: at(|i| i.hi).seconds };
        let waits_for = match middle.bottleneck {
            Bottleneck::Sending(_) => text("the core with most neurons", "神经元最多的核"),
            Bottleneck::Receiving(_) => text("the core that receives most events", "接收事件最多的核"),
            Bottleneck::Link(..) => text("the busiest link", "最忙的链路"),
            Bottleneck::Barrier => text("the barrier between steps", "步间同步"),
        };
        Pace::new(counts, step_s, waits_for.into())
    }

    /// By the fitted model of a board.
    pub fn of_board(counts: &Counts, fitted: &Priced) -> Pace {
        if fitted.total.is_none() || counts.steps == 0.0 {
            let unknown = fitted.missing.iter().map(|missing| missing.at.clone()).collect();
            return Pace { unknown, ..Pace::default() };
        }
        let step_s = fitted.wall_s / counts.steps;
        let within = crate::chip::baseline::WITHIN;
        let step_s = Interval { lo: step_s / within, v: Some(step_s), hi: step_s * within };
        Pace::new(counts, step_s, text("launches of kernels, and events", "内核启动与事件处理").into())
    }

    fn new(counts: &Counts, step_s: Interval, waits_for: Words) -> Pace {
        let wall_s = step_s.times(counts.steps);
        Pace {
            step_s: Some(step_s),
            real_time_factor: Some(wall_s.times(1.0 / counts.model_s)),
            wall_s: Some(wall_s),
            waits_for: Some(waits_for),
            unknown: Vec::new(),
        }
    }

    /// What is not known, as one line; empty if nothing is missing.
    pub fn lacking(&self) -> String {
        match self.unknown.split_first() {
            None => String::new(),
            Some((first, rest)) => rest.iter().fold(first.clone(), |all, at| format!("{all}, {at}")),
        }
    }
}
