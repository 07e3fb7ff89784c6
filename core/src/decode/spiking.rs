//! A recurrent spiking network, half of whose neurons adapt, trained by gradients through time.

use alloc::{boxed::Box, vec, vec::Vec};

use super::{Decoder, Decodes, Front, Trained, Training};
use crate::{
    bci::{Recording, Segment, Target},
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
            default: 0.0,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 40.0),
            doc: text(
                "Signals are filtered to below this first; 0 leaves them.",
                "信号先低通滤波到此频率以下；0 表示不滤波。",
            ),
        },
        count(
            "time_cells",
            10.0,
            100.0,
            text("Inputs that tell the time within a trial, for classes.", "告知试次内时间的输入数，用于类别解码。"),
        ),
        count(
            "networks",
            1.0,
            20.0,
            text("Networks that learn apart and whose readouts are averaged.", "各自独立学习、读出取平均的网络数。"),
        ),
    ],
    choices: &[],
    start,
};

const fn count(name: &'static str, default: f64, most: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Count, default, range: Range::between(1.0, most), slider: linear(1.0, most), doc }
}

/// Seeds of networks of one decoder lie so far apart, so that the next seed's are others.
const SEEDS: u32 = 1 << 16;
/// Every so many segments, one is held out of the training side to end training in time.
const HELD_OUT: usize = 7;
/// Steps of a training sequence of numbers: longer segments are cut, so that there are more steps of Adam.
const SEQUENCE: usize = 100;
/// Time constants of potentials, ms: spread over this range by equal factors. Of adaptation, and of the readouts.
const TAU: [f64; 2] = [20.0, 1000.0];
const TAU_ADAPTATION: f64 = 500.0;
const TAU_READOUT: f64 = 60.0;

fn start(recording: &Recording, values: &[f64], seed: u32) -> Box<dyn Training> {
    let neurons = values[0] as usize;
    let unit = units(recording);
    // Numbers are decoded alike at all times of a segment.
    let cells = if unit.is_none() { values[4] as usize } else { 0 };
    let front = Front::new(recording, values[2], values[3], cells);
    let step_ms = front.group() as f64 * recording.bin_ms;
    let decay = |tau: f64| libm::exp(-step_ms / tau) as f32;
    let part = |i: usize| i as f64 / (neurons.max(2) - 1) as f64;
    let shape = Shape {
        inputs: front.inputs(),
        outputs: recording.outputs(),
        alpha: (0..neurons).map(|i| decay(TAU[0] * libm::pow(TAU[1] / TAU[0], part(i)))).collect(),
        beta: (0..neurons).map(|i| if i % 2 == 1 { 0.1 } else { 0.0 }).collect(),
        rho: decay(TAU_ADAPTATION),
        kappa: decay(TAU_READOUT),
        reset: 1.0,
    };
    let mut spiking = Spiking {
        front,
        networks: Vec::new(),
        sums: vec![0.0; shape.outputs],
        steps: 0,
        surrogate: Settings::default().surrogate,
        classes: unit.is_none(),
        unit: unit.unwrap_or_default(),
        shape,
    };
    let learners = (0..values[5] as usize).map(|network| {
        let (mut kept, mut out) = (Vec::new(), Vec::new());
        for (i, segment) in recording.segments.iter().enumerate() {
            // Each network has others held out.
            let side = if (i + network) % HELD_OUT == HELD_OUT - 1 { &mut out } else { &mut kept };
            spiking.examples(recording, i, segment, side);
        }
        let seed = seed.wrapping_add(SEEDS * network as u32);
        let epochs = values[1] as usize;
        let settings = Settings { epochs, patience: epochs.div_ceil(3), seed, ..Settings::default() };
        Learner::new(spiking.shape.clone(), begin(&spiking.shape, seed), kept, out, settings)
    });
    let learners = learners.collect();
    Box::new(Learning { spiking, learners, at: 0 })
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
    learners: Vec<Learner>,
    /// Which of them is at work.
    at: usize,
}

impl Training for Learning {
    fn advance(&mut self) -> f64 {
        let Some(learner) = self.learners.get_mut(self.at) else { return 1.0 };
        let done = learner.advance();
        let before = self.at as f64;
        if done >= 1.0 {
            self.at += 1;
        }
        (before + done) / self.learners.len() as f64
    }

    fn finish(mut self: Box<Self>) -> Box<dyn Trained> {
        let rest = State::rest(&self.spiking.shape);
        let networks = self.learners.iter().map(|learner| (learner.weights().to_vec(), rest.clone()));
        self.spiking.networks = networks.collect();
        self.spiking.reset();
        Box::new(self.spiking)
    }
}

struct Spiking {
    front: Front,
    shape: Shape,
    /// Weights and state of each network.
    networks: Vec<(Vec<f32>, State)>,
    surrogate: &'static Surrogate,
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
        let (mut x, mut goal) = (Vec::new(), Vec::new());
        let unit = &self.unit;
        self.front.each(recording, segment, |bin, input| {
            x.extend(input);
            goal.extend(recording.values(bin).iter().zip(unit).map(|(v, (mean, spread))| (v - mean) / spread));
        });
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
        let rest = State::rest(&self.shape);
        self.networks.iter_mut().for_each(|(_, state)| *state = rest.clone());
        self.sums.fill(0.0);
        self.steps = 0;
    }

    fn push(&mut self, bin: &[f32]) {
        if let Some(x) = self.front.push(bin) {
            for (weights, state) in &mut self.networks {
                state.step(&self.shape, weights, &x, self.surrogate);
                self.sums.iter_mut().zip(&state.y).for_each(|(sum, y)| *sum += y);
            }
            self.steps += self.networks.len();
        }
    }

    fn output(&self) -> Vec<f64> {
        if self.classes {
            return self.sums.iter().map(|&sum| f64::from(sum) / self.steps.max(1) as f64).collect();
        }
        let mean =
            |k: usize| self.networks.iter().map(|(_, state)| state.y[k]).sum::<f32>() / self.networks.len() as f32;
        self.unit.iter().enumerate().map(|(k, &(shift, spread))| f64::from(mean(k) * spread + shift)).collect()
    }
}
