//! What the same run costs on machines that are not made for spikes, and on SpiNNaker: models with few numbers, fitted on
//! published runs of the cortical microcircuit and checked against others.
//!
//! A GPU: `t_step = kernels · t_launch + max(bytes / BW, events · work / F)`, with F its rate of 32-bit operations, and
//! `E = share · P_board · t + 8 · bytes · e_dram`. At a few thousand events a step it is launches and latency that cost, not
//! memory: a pure roofline would be wrong by an order of magnitude. `work` and `share` are fitted.

use serde::{Deserialize, Serialize};

use super::{
    counts::Counts,
    pd14::{DT_S, EVENTS_PER_S, EVENTS_PER_STEP, NEURONS, Row},
    preset::Preset,
    presets,
    quantity::{Interval, Quantity},
};

/// Kernels of a step: neurons, then spikes.
const KERNELS: f64 = 2.0;
/// Bytes that an event moves: a target read, a sum read and written, four bytes each.
const BYTES_PER_EVENT: f64 = 12.0;
/// Bytes that the update of a neuron moves: three state variables read and written.
const BYTES_PER_UPDATE: f64 = 24.0;
/// A bit from or to memory, J: between HBM2E's 6.0 and GDDR6's 7.5 pJ (Micron).
const DRAM_J_PER_BIT: f64 = 6.75e-12;

/// Time and energy of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Time, s.
    pub wall_s: f64,
    /// Energy, J.
    pub joules: f64,
}

/// How far off these models may be, as a factor: what the check on other runs of the microcircuit allows.
pub const WITHIN: f64 = 2.0;

impl Cost {
    /// The energy with how far off it may be, J.
    pub fn interval(&self) -> Interval {
        Interval { lo: self.joules / WITHIN, v: Some(self.joules), hi: self.joules * WITHIN }
    }
}

/// What is counted of a run, in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PerStep {
    neurons: f64,
    events: f64,
}

const PD14: PerStep = PerStep { neurons: NEURONS, events: EVENTS_PER_STEP };

/// The model of a GPU.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gpu {
    /// What an event costs, in operations that the GPU could make in the same time.
    pub work: f64,
    /// Power while it runs over the most that the board takes.
    pub share: f64,
}

/// The numbers of a GPU that the model takes.
struct Board {
    launch_s: f64,
    fp32_per_s: f64,
    mem_b_per_s: f64,
    peak_w: f64,
}

impl Board {
    /// None if one of them is not known.
    fn of(preset: &Preset) -> Option<Board> {
        let known = |quantity: &Quantity| quantity.interval().map(Interval::middle);
        let t = &preset.throughput;
        Some(Board {
            launch_s: known(&t.launch_s)?,
            fp32_per_s: known(&t.fp32_per_s)?,
            mem_b_per_s: known(&t.mem_b_per_s)?,
            peak_w: known(&preset.power.peak_w)?,
        })
    }
}

impl Gpu {
    /// Fitted to the runs of the microcircuit on these presets: the geometric mean of what each says.
    ///
    /// # Panics
    /// If a preset has no such run, or lacks a number that the model takes; a test fits it.
    pub fn fitted(ids: &[&str]) -> Gpu {
        let n = ids.len() as f64;
        let mean = |of: &dyn Fn(&Row, &Board) -> f64| {
            let logs = ids.iter().map(|id| {
                let row = Row::on(id).next().expect("a run of the microcircuit");
                let board = Board::of(&presets::find(id).expect("a preset").preset()).expect("the numbers of a GPU");
                libm::log(of(row, &board))
            });
            libm::exp(logs.sum::<f64>() / n)
        };
        Gpu {
            work: mean(&|row, board| (row.rtf * DT_S - KERNELS * board.launch_s) * board.fp32_per_s / EVENTS_PER_STEP),
            share: mean(&|row, board| row.power_w().expect("its energy") / board.peak_w),
        }
    }

    /// The model that the product uses, fitted on two boards and checked on a third.
    pub fn calibrated() -> Gpu {
        Gpu::fitted(&["v100", "rtx2080ti"])
    }

    /// What a run costs; none if the preset lacks a number that the model takes.
    pub fn cost(&self, preset: &Preset, counts: &Counts) -> Option<Cost> {
        let steps = counts.steps;
        let events = if steps > 0.0 { counts.events() / steps } else { 0.0 };
        let step = self.step(&Board::of(preset)?, PerStep { neurons: counts.neurons(), events });
        Some(Cost { wall_s: step.wall_s * steps, joules: step.joules * steps })
    }

    /// What the microcircuit would cost in a second of its time.
    pub fn microcircuit(&self, preset: &Preset) -> Option<Cost> {
        let step = self.step(&Board::of(preset)?, PD14);
        Some(Cost { wall_s: step.wall_s / DT_S, joules: step.joules / DT_S })
    }

    fn step(&self, board: &Board, of: PerStep) -> Cost {
        let bytes = of.events * BYTES_PER_EVENT + of.neurons * BYTES_PER_UPDATE;
        let work_s = of.events * self.work / board.fp32_per_s;
        let wall_s = KERNELS * board.launch_s + work_s.max(bytes / board.mem_b_per_s);
        let joules = self.share * board.peak_w * wall_s + 8.0 * bytes * DRAM_J_PER_BIT;
        Cost { wall_s, joules: joules.min(board.peak_w * wall_s) }
    }
}

/// The model of SpiNNaker: `P = boards · P_idle + e_neuron · updates/s + e_synapse · events/s` (the form of Stromatias et al.
/// 2013). The power at rest is fitted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spinnaker {
    /// Power of a board at rest, W.
    pub idle_w: f64,
    /// The update of a neuron, J.
    pub update_j: f64,
    /// A synaptic event, J.
    pub event_j: f64,
}

impl Spinnaker {
    /// Fitted to the run on six boards.
    ///
    /// # Panics
    /// If the preset lacks the price of a term; a test fits it.
    pub fn calibrated() -> Spinnaker {
        let preset = presets::find("spinnaker1").expect("a preset").preset();
        let price = |quantity: &Quantity| quantity.v.expect("a price");
        let profile = preset.profile();
        let mut model =
            Spinnaker { idle_w: 0.0, update_j: price(&profile.neuron_update_j), event_j: price(&profile.synop_j) };
        let row = Row::on("spinnaker1").next().expect("a run of the microcircuit");
        let (_, boards) = row.preset.expect("its boards");
        model.idle_w = (row.power_w().expect("its energy") - model.dynamic_w(row.rtf)) / boards;
        model
    }

    fn dynamic_w(&self, rtf: f64) -> f64 {
        (NEURONS / DT_S * self.update_j + EVENTS_PER_S * self.event_j) / rtf
    }

    /// What the microcircuit would cost in a second of its time on so many boards at this pace.
    pub fn microcircuit(&self, boards: f64, rtf: f64) -> Cost {
        Cost { wall_s: rtf, joules: (boards * self.idle_w + self.dynamic_w(rtf)) * rtf }
    }

    /// What a run costs on so many boards that take `wall_s`.
    pub fn cost(&self, counts: &Counts, boards: f64, wall_s: f64) -> Cost {
        let dynamic = counts.updates() * self.update_j + counts.events() * self.event_j;
        Cost { wall_s, joules: boards * self.idle_w * wall_s + dynamic }
    }
}

/// What a run costs on a processor that takes `power_w` and was measured to take `wall_s`, J.
pub fn cpu_joules(wall_s: f64, power_w: f64) -> f64 {
    wall_s * power_w
}

/// Neurons of a human brain (Azevedo et al. 2009, doi:10.1002/cne.21974) and its power, W.
pub const BRAIN_NEURONS: f64 = 86e9;
/// Power of a human brain, W.
pub const BRAIN_W: f64 = 20.0;

/// What as many neurons of a human brain take in the time of the model, J.
pub fn brain_joules(counts: &Counts) -> f64 {
    BRAIN_W * counts.neurons() / BRAIN_NEURONS * counts.model_s
}
