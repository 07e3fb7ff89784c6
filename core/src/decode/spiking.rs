//! A recurrent spiking network, half of whose neurons adapt, trained by gradients through time.

use alloc::{boxed::Box, vec, vec::Vec};

use super::{Butterworth, Decoder, Decodes, Trained, Training, features::moments};
use crate::{
    bci::{Activity, Recording, Segment, Target},
    learn::{self, Example, Goal, Learner, Settings, Shape, State, Surrogate},
    param::{Param, Range, linear},
    text::{Text, text},
    units::Unit,
};

pub static DECODER: Decoder = Decoder {
    name: "spiking",
    title: text("Recurrent spiking network", "循环脉冲网络"),
    doc: text(
        "Leaky integrate-and-fire neurons, half of which adapt, read by leaky integrators; trained by surrogate gradients.",
        "漏积分发放神经元（其中一半有适应），由漏积分读出；用替代梯度训练。",
    ),
    source: "Bellec et al. (2018), doi:10.48550/arXiv.1803.09574; Neftci, Mostafa & Zenke (2019), doi:10.1109/MSP.2019.2931595",
    decodes: Decodes::Both,
    params: &[
        count("neurons", 64.0, 512.0, text("Neurons of the layer.", "该层的神经元数。")),
        count(
            "epochs",
            40.0,
            500.0,
            text("Times that training goes through the data, at most.", "训练最多遍历数据的次数。"),
        ),
        Param {
            name: "step",
            unit: Unit::Millisecond,
            default: 20.0,
            range: Range::between(1.0, 1000.0),
            slider: linear(1.0, 100.0),
            doc: text("Time step of the network; bins within it are averaged.", "网络的时间步长；其中各时间仓取平均。"),
        },
        Param {
            name: "low_pass",
            unit: Unit::Hertz,
            default: 10.0,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 40.0),
            doc: text(
                "Signals are filtered to below this first; 0 leaves them.",
                "信号先低通滤波到此频率以下；0 表示不滤波。",
            ),
        },
    ],
    choices: &[],
    start,
};

const fn count(name: &'static str, default: f64, most: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Count, default, range: Range::between(1.0, most), slider: linear(1.0, most), doc }
}

/// Every so many segments, one is held out of the training side to end training in time.
const HELD_OUT: usize = 7;
/// Steps of a training sequence of numbers: longer segments are cut, so that there are more steps of Adam.
const SEQUENCE: usize = 100;
/// Time constants of potentials, ms: spread over this range by equal factors. Of adaptation, and of the readouts.
const TAU: [f64; 2] = [20.0, 200.0];
const TAU_ADAPTATION: f64 = 200.0;
const TAU_READOUT: f64 = 60.0;

fn start(recording: &Recording, values: &[f64], seed: u32) -> Box<dyn Training> {
    let neurons = values[0] as usize;
    let group = super::features::bins_of(values[2], recording.bin_ms);
    let step_ms = group as f64 * recording.bin_ms;
    let edge = if recording.activity == Activity::Signal { values[3] } else { 0.0 };
    let (mean, spread) = moments(recording);
    let filter = Butterworth::new(recording.channels, 1000.0 / recording.bin_ms, edge, true);
    let decay = |tau: f64| libm::exp(-step_ms / tau) as f32;
    let part = |i: usize| i as f64 / (neurons.max(2) - 1) as f64;
    let shape = Shape {
        inputs: recording.channels,
        outputs: recording.outputs(),
        alpha: (0..neurons).map(|i| decay(TAU[0] * libm::pow(TAU[1] / TAU[0], part(i)))).collect(),
        beta: (0..neurons).map(|i| if i % 2 == 1 { 0.1 } else { 0.0 }).collect(),
        rho: decay(TAU_ADAPTATION),
        kappa: decay(TAU_READOUT),
        reset: 1.0,
    };
    let unit = units(recording);
    let settings = Settings { epochs: values[1] as usize, seed, ..Settings::default() };
    let mut spiking = Spiking {
        front: Front { filter, mean, spread, group, filled: 0, sum: vec![0.0; recording.channels] },
        state: State::rest(&shape),
        sums: vec![0.0; shape.outputs],
        steps: 0,
        weights: begin(&shape, seed),
        surrogate: settings.surrogate,
        classes: unit.is_none(),
        unit: unit.unwrap_or_default(),
        shape,
    };
    let (mut kept, mut out) = (Vec::new(), Vec::new());
    for (i, segment) in recording.segments.iter().enumerate() {
        let side = if i % HELD_OUT == HELD_OUT - 1 { &mut out } else { &mut kept };
        spiking.examples(recording, i, segment, side);
    }
    let learner = Learner::new(spiking.shape.clone(), spiking.weights.clone(), kept, out, settings);
    Box::new(Learning { spiking, learner })
}

/// Mean and spread of each number to be decoded: the network's readouts have mean 0 and spread 1.
fn units(recording: &Recording) -> Option<Vec<(f32, f32)>> {
    let Target::Values { names, values } = &recording.target else { return None };
    let n = recording.bins().max(1) as f32;
    let of = |k: usize| values.iter().skip(k).step_by(names.len());
    let unit = |k: usize| {
        let mean = of(k).sum::<f32>() / n;
        let variance = of(k).map(|v| (v - mean) * (v - mean)).sum::<f32>() / n;
        (mean, if variance > 0.0 { libm::sqrtf(variance) } else { 1.0 })
    };
    Some((0..names.len()).map(unit).collect())
}

/// The weights before training.
fn begin(shape: &Shape, seed: u32) -> Vec<f32> {
    let n = shape.alpha.len();
    let mut weights = learn::normal_weights(seed, 0, shape.inputs, n, 0.5);
    weights.extend(learn::normal_weights(seed, 1, n, n, 0.3));
    weights.resize(weights.len() + n, 0.05);
    weights.extend(learn::normal_weights(seed, 2, n, shape.outputs, 0.3));
    weights.resize(weights.len() + shape.outputs, 0.0);
    weights
}

struct Learning {
    spiking: Spiking,
    learner: Learner,
}

impl Training for Learning {
    fn advance(&mut self) -> f64 {
        self.learner.advance()
    }

    fn finish(mut self: Box<Self>) -> Box<dyn Trained> {
        self.spiking.weights = self.learner.weights().to_vec();
        self.spiking.reset();
        Box::new(self.spiking)
    }
}

/// What makes the network's input of bins: filtered, averaged over a step, each channel with mean 0 and spread 1.
struct Front {
    filter: Butterworth,
    mean: Vec<f64>,
    spread: Vec<f64>,
    group: usize,
    filled: usize,
    sum: Vec<f64>,
}

impl Front {
    fn reset(&mut self) {
        self.filter.reset();
        self.filled = 0;
        self.sum.fill(0.0);
    }

    fn push(&mut self, bin: &[f32]) -> Option<Vec<f32>> {
        let mut x: Vec<f64> =
            bin.iter().zip(&self.mean).zip(&self.spread).map(|((&x, m), s)| (f64::from(x) - m) / s).collect();
        self.filter.step(&mut x);
        self.sum.iter_mut().zip(&x).for_each(|(s, x)| *s += x / self.group as f64);
        self.filled += 1;
        if self.filled < self.group {
            return None;
        }
        self.filled = 0;
        let input = self.sum.iter().map(|&x| x as f32).collect();
        self.sum.fill(0.0);
        Some(input)
    }
}

struct Spiking {
    front: Front,
    shape: Shape,
    weights: Vec<f32>,
    surrogate: &'static Surrogate,
    state: State,
    /// Sums of the readouts over the segment, for classes.
    sums: Vec<f32>,
    steps: usize,
    classes: bool,
    /// Mean and spread of the numbers to be decoded.
    unit: Vec<(f32, f32)>,
}

impl Spiking {
    /// Adds the sequences of a segment to `side`.
    fn examples(&mut self, recording: &Recording, number: usize, segment: &Segment, side: &mut Vec<Example>) {
        self.front.reset();
        let (mut x, mut goal) = (Vec::new(), Vec::new());
        for bin in segment.bins.clone() {
            if let Some(input) = self.front.push(recording.bin(bin)) {
                x.extend(input);
                goal.extend(
                    recording.values(bin).iter().zip(&self.unit).map(|(v, (mean, spread))| (v - mean) / spread),
                );
            }
        }
        let (inputs, outputs) = (self.shape.inputs, self.shape.outputs);
        match recording.class(number) {
            Some(class) => side.push(Example { x, goal: Goal::Class(class) }),
            None => side.extend(
                x.chunks(SEQUENCE * inputs)
                    .zip(goal.chunks(SEQUENCE * outputs))
                    .map(|(x, goal)| Example { x: x.to_vec(), goal: Goal::Values(goal.to_vec()) }),
            ),
        }
    }
}

impl Trained for Spiking {
    fn reset(&mut self) {
        self.front.reset();
        self.state = State::rest(&self.shape);
        self.sums.fill(0.0);
        self.steps = 0;
    }

    fn push(&mut self, bin: &[f32]) {
        if let Some(x) = self.front.push(bin) {
            self.state.step(&self.shape, &self.weights, &x, self.surrogate);
            self.sums.iter_mut().zip(&self.state.y).for_each(|(sum, y)| *sum += y);
            self.steps += 1;
        }
    }

    fn output(&self) -> Vec<f64> {
        if self.classes {
            return self.sums.iter().map(|&sum| f64::from(sum) / self.steps.max(1) as f64).collect();
        }
        self.state.y.iter().zip(&self.unit).map(|(&y, &(mean, spread))| f64::from(y * spread + mean)).collect()
    }
}
