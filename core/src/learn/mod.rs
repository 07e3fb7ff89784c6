//! Training of spiking networks: gradients through time with a surrogate for the spike, Adam, and early stopping.

use alloc::{vec, vec::Vec};

mod net;
pub mod surrogate;

pub use net::{Run, Shape, State};
pub use surrogate::{SURROGATES, Surrogate};

use crate::rng::{self, Purpose, Stream};

/// One sequence to learn from.
pub struct Example {
    /// The input, step after step.
    pub x: Vec<f32>,
    /// What the readouts shall be.
    pub goal: Goal,
}

/// What a sequence shall give.
pub enum Goal {
    /// The readouts of every step; the loss is half the mean square.
    Values(Vec<f32>),
    /// The class whose mean readout is largest; the loss is the cross-entropy.
    Class(usize),
}

/// How training goes.
pub struct Settings {
    /// Times that every example is used, at most.
    pub epochs: usize,
    /// Size of Adam's step at the beginning; it falls to a tenth along a cosine.
    pub rate: f32,
    /// Examples to a step.
    pub batch: usize,
    /// Pull of every weight towards zero in a step, as a part of the rate (AdamW).
    pub decay: f32,
    /// Epochs without progress on the examples held out, after which it ends.
    pub patience: usize,
    /// What stands for the derivative of a spike.
    pub surrogate: &'static Surrogate,
    /// Seed of the order of examples.
    pub seed: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        let surrogate = &SURROGATES[0];
        Settings { epochs: 40, rate: 3e-3, batch: 8, decay: 0.0, patience: 8, surrogate, seed: 1 }
    }
}

/// A network while it learns.
pub struct Learner {
    /// What of it is not learned.
    pub shape: Shape,
    settings: Settings,
    examples: Vec<Example>,
    held_out: Vec<Example>,
    weights: Vec<f32>,
    moments: [Vec<f32>; 2],
    order: Vec<usize>,
    epoch: usize,
    next: usize,
    steps: i32,
    best: (f32, usize, Vec<f32>),
}

impl Learner {
    /// Begins with `weights`; `held_out` decides when to end and which weights were the best.
    pub fn new(
        shape: Shape,
        weights: Vec<f32>,
        examples: Vec<Example>,
        held_out: Vec<Example>,
        settings: Settings,
    ) -> Learner {
        let moments = [vec![0.0; weights.len()], vec![0.0; weights.len()]];
        let best = (f32::INFINITY, 0, weights.clone());
        let order = (0..examples.len()).collect();
        let mut learner =
            Learner { shape, settings, examples, held_out, weights, moments, order, epoch: 0, next: 0, steps: 0, best };
        learner.shuffle();
        learner
    }

    /// One step with a few examples. The part of the longest way that is done; 1 at the end.
    pub fn advance(&mut self) -> f64 {
        if self.epoch >= self.settings.epochs || self.examples.is_empty() {
            return 1.0;
        }
        let end = (self.next + self.settings.batch).min(self.order.len());
        let mut gradient = vec![0.0; self.weights.len()];
        for &i in &self.order[self.next..end] {
            loss(&self.shape, &self.weights, &self.examples[i], self.settings.surrogate, Some(&mut gradient));
        }
        let share = 1.0 / (end - self.next) as f32;
        gradient.iter_mut().for_each(|g| *g *= share);
        self.adam(&gradient);
        self.next = end;
        if end == self.order.len() {
            self.end_epoch();
        }
        let part = self.next as f64 / self.order.len() as f64;
        ((self.epoch as f64 + part) / self.settings.epochs as f64).min(1.0)
    }

    /// The best weights so far.
    pub fn weights(&self) -> &[f32] {
        &self.best.2
    }

    fn end_epoch(&mut self) {
        let judges = if self.held_out.is_empty() { &self.examples } else { &self.held_out };
        let surrogate = self.settings.surrogate;
        let worth: f32 = judges.iter().map(|e| loss(&self.shape, &self.weights, e, surrogate, None)).sum();
        if worth < self.best.0 {
            self.best = (worth, self.epoch, self.weights.clone());
        }
        let stale = self.epoch - self.best.1 >= self.settings.patience;
        self.epoch = if stale { self.settings.epochs } else { self.epoch + 1 };
        self.next = 0;
        self.shuffle();
    }

    /// The order of the next epoch.
    fn shuffle(&mut self) {
        let stream = Stream::new(self.settings.seed, Purpose::Learn, 0);
        let epoch = self.epoch as u32;
        self.order.sort_by_key(|&i| (stream.words(i as u32, epoch)[0], i));
    }

    /// Kingma & Ba (2015), doi:10.48550/arXiv.1412.6980, with their constants; gradients longer than 1 are cut to 1.
    fn adam(&mut self, gradient: &[f32]) {
        const KEEP: [f32; 2] = [0.9, 0.999];
        self.steps += 1;
        let length = libm::sqrtf(gradient.iter().map(|g| g * g).sum());
        let cut = 1.0 / length.max(1.0);
        let way = core::f32::consts::PI * self.epoch as f32 / self.settings.epochs as f32;
        let rate = self.settings.rate * (0.55 + 0.45 * libm::cosf(way));
        let correct = KEEP.map(|keep| 1.0 - libm::powf(keep, self.steps as f32));
        let [first, second] = &mut self.moments;
        for (((w, &g), m), v) in self.weights.iter_mut().zip(gradient).zip(first).zip(second) {
            let g = g * cut;
            *m = KEEP[0] * *m + (1.0 - KEEP[0]) * g;
            *v = KEEP[1] * *v + (1.0 - KEEP[1]) * g * g;
            *w -= rate * (*m / correct[0] / (libm::sqrtf(*v / correct[1]) + 1e-8) + self.settings.decay * *w);
        }
    }
}

/// The loss of an example; adds its gradient where one is wanted.
pub fn loss(shape: &Shape, w: &[f32], example: &Example, surrogate: &Surrogate, gradient: Option<&mut [f32]>) -> f32 {
    let run = Run::new(shape, w, &example.x, surrogate);
    let (steps, m) = (example.x.len() / shape.inputs, shape.outputs);
    let (loss, by) = match &example.goal {
        Goal::Values(goal) => {
            let share = 1.0 / goal.len().max(1) as f32;
            let errors = || (0..steps).flat_map(|t| run.output(t)).zip(goal).map(|(y, g)| y - g);
            (errors().map(|e| e * e).sum::<f32>() * share / 2.0, errors().map(|e| e * share).collect::<Vec<f32>>())
        }
        Goal::Class(class) => {
            let share = 1.0 / steps.max(1) as f32;
            let means: Vec<f32> = (0..m).map(|k| (0..steps).map(|t| run.output(t)[k]).sum::<f32>() * share).collect();
            let top = means.iter().copied().fold(f32::MIN, f32::max);
            let powers: Vec<f32> = means.iter().map(|x| libm::expf(x - top)).collect();
            let sum: f32 = powers.iter().sum();
            let by = |k: usize| (powers[k] / sum - f32::from(u8::from(k == *class))) * share;
            (libm::logf(sum) + top - means[*class], (0..steps * m).map(|i| by(i % m)).collect())
        }
    };
    if let Some(gradient) = gradient {
        run.back(shape, w, &example.x, &by, surrogate, gradient);
    }
    loss
}

/// Normal weights of standard deviation 1 / √(number of sources) times `gain`: how a layer begins.
pub fn normal_weights(seed: u32, layer: usize, sources: usize, targets: usize, gain: f32) -> Vec<f32> {
    let stream = Stream::new(seed, Purpose::Learn, 1 + layer);
    let size = gain / libm::sqrtf(sources.max(1) as f32);
    (0..sources * targets).map(|i| size * rng::normal(stream.words(i as u32, 0)[0])).collect()
}
