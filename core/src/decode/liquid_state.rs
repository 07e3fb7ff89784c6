//! Liquid state machine: a recurrent network of spiking neurons that never learns, and a linear decoder of its traces.

use alloc::{boxed::Box, vec, vec::Vec};

use super::{Decoder, Decodes, Front, Trained, Training, lda, wiener};
use crate::{
    bci::{Activity, Recording, Segment, Target},
    learn::{self, Settings, Shape, State, Surrogate},
    param::{Param, Range, linear, log},
    text::{Text, text},
    units::Unit,
};

pub static DECODER: Decoder = Decoder {
    name: "liquid_state",
    title: text("Liquid state machine", "液体状态机"),
    doc: text(
        "Spiking neurons with fixed random connections; only the linear readout of their traces is learned.",
        "脉冲神经元之间的随机连接固定不变；只学习对其活动痕迹的线性读出。",
    ),
    source: "Maass, Natschläger & Markram (2002), doi:10.1162/089976602760407955",
    decodes: Decodes::Both,
    params: &[
        count("neurons", 100.0, 1000.0, text("Neurons of the liquid.", "液体的神经元数。")),
        Param {
            name: "step",
            unit: Unit::Millisecond,
            default: 20.0,
            range: Range::between(1.0, 1000.0),
            slider: linear(1.0, 100.0),
            doc: text("Time step of the network; bins within it are averaged.", "网络的时间步长；其中各时间仓取平均。"),
        },
        count(
            "windows",
            10.0,
            100.0,
            text(
                "Windows of a trial in which traces are averaged, for classes.",
                "对痕迹求平均的试次时间窗数，用于类别解码。",
            ),
        ),
        Param {
            name: "ridge",
            unit: Unit::One,
            default: 100.0,
            range: Range::NON_NEGATIVE,
            slider: log(0.01, 10_000.0),
            doc: text(
                "Penalty on the square of the readout's weights, for numbers.",
                "读出权重平方的惩罚系数，用于数值解码。",
            ),
        },
    ],
    choices: &[],
    start,
};

const fn count(name: &'static str, default: f64, most: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Count, default, range: Range::between(1.0, most), slider: linear(1.0, most), doc }
}

/// Time constants, ms: of potentials, spread over this range by equal factors, and of the traces of spikes.
const TAU: [f64; 2] = [20.0, 200.0];
const TAU_TRACE: f64 = 60.0;
/// Sizes of input and recurrent weights, times the root of the number of sources; below a threshold of 1. Input is strong
/// enough to make every neuron fire now and then, recurrence too weak to keep it firing.
const GAINS: [f32; 2] = [1.0, 0.3];
/// What a neuron's potential rests at.
const REST: f32 = 0.5;

fn start(recording: &Recording, values: &[f64], seed: u32) -> Box<dyn Training> {
    let neurons = values[0] as usize;
    let front = Front::new(recording, values[1], 0.0, 0);
    let step_ms = front.group() as f64 * recording.bin_ms;
    let decay = |tau: f64| libm::exp(-step_ms / tau) as f32;
    let part = |i: usize| i as f64 / (neurons.max(2) - 1) as f64;
    let alpha: Vec<f32> = (0..neurons).map(|i| decay(TAU[0] * libm::pow(TAU[1] / TAU[0], part(i)))).collect();
    let mut weights = learn::normal_weights(seed, 0, front.inputs(), neurons, GAINS[0]);
    weights.extend(learn::normal_weights(seed, 1, neurons, neurons, GAINS[1]));
    weights.extend(alpha.iter().map(|alpha| REST * (1.0 - alpha)));
    let shape =
        Shape { inputs: front.inputs(), outputs: 0, alpha, beta: vec![0.0; neurons], rho: 0.0, kappa: 0.0, reset: 1.0 };
    let mut liquid = Liquid {
        front,
        state: State::rest(&shape),
        keep: decay(TAU_TRACE),
        trace: vec![0.0; neurons],
        surrogate: Settings::default().surrogate,
        weights,
        shape,
    };
    let traces = liquid.record(recording, step_ms);
    let readout = match recording.target {
        Target::Values { .. } => (wiener::DECODER.start)(&traces, &[step_ms, values[3]], seed),
        Target::Classes { .. } => (lda::DECODER.start)(&traces, &[values[2], 0.0], seed),
    };
    Box::new(Learning { liquid, readout })
}

struct Learning {
    liquid: Liquid,
    readout: Box<dyn Training>,
}

impl Training for Learning {
    fn advance(&mut self) -> f64 {
        self.readout.advance()
    }

    fn finish(self: Box<Self>) -> Box<dyn Trained> {
        Box::new(LiquidState { liquid: self.liquid, readout: self.readout.finish() })
    }
}

struct Liquid {
    front: Front,
    shape: Shape,
    weights: Vec<f32>,
    state: State,
    keep: f32,
    /// Spikes of each neuron, each fading away.
    trace: Vec<f32>,
    surrogate: &'static Surrogate,
}

impl Liquid {
    fn reset(&mut self) {
        self.front.reset();
        self.state = State::rest(&self.shape);
        self.trace.fill(0.0);
    }

    /// A bin comes in; whether it ends a step.
    fn push(&mut self, bin: &[f32]) -> bool {
        let Some(x) = self.front.push(bin) else { return false };
        self.state.step(&self.shape, &self.weights, &x, self.surrogate);
        self.trace.iter_mut().zip(&self.state.s).for_each(|(trace, s)| *trace = self.keep * *trace + s);
        true
    }

    /// The traces that a recording leaves, as a recording.
    fn record(&mut self, recording: &Recording, step_ms: f64) -> Recording {
        let (mut samples, mut values, mut segments) = (Vec::new(), Vec::new(), Vec::new());
        let mut steps = 0;
        for Segment { bins, split } in &recording.segments {
            self.reset();
            let start = steps;
            for bin in bins.clone() {
                if self.push(recording.bin(bin)) {
                    samples.extend(&self.trace);
                    values.extend(recording.values(bin));
                    steps += 1;
                }
            }
            segments.push(Segment { bins: start..steps, split: *split });
        }
        self.reset();
        let target = match &recording.target {
            Target::Values { names, .. } => Target::Values { names: names.clone(), values },
            classes => classes.clone(),
        };
        Recording {
            name: recording.name.clone(),
            origin: recording.origin.clone(),
            activity: Activity::Signal,
            channels: self.trace.len(),
            bin_ms: step_ms,
            samples,
            target,
            segments,
        }
    }
}

struct LiquidState {
    liquid: Liquid,
    readout: Box<dyn Trained>,
}

impl Trained for LiquidState {
    fn reset(&mut self) {
        self.liquid.reset();
        self.readout.reset();
    }

    fn push(&mut self, bin: &[f32]) {
        if self.liquid.push(bin) {
            self.readout.push(&self.liquid.trace);
        }
    }

    fn output(&self) -> Vec<f64> {
        self.readout.output()
    }
}
