//! The step, and `Simulation`, which makes steps and keeps what is recorded of them.
//!
//! The contract, NEST's: step k takes every neuron from t = (k − 1)·dt to t = k·dt.
//! 1. Each population is updated. A neuron reads the input that arrives in step k; its membrane feels it from the next
//!    step on. A neuron that crosses its threshold fires, and its spike is stamped k.
//! 2. Each spike stamped k, from neuron or stimulus, is added to the input of step k + d of its targets, d ≥ 1.
//!
//! Time is the number of steps made; there is no clock in here. Input sums are integers, so that nothing depends on the
//! order of spikes. The engines differ only in how they do the same arithmetic.
//!
//! A step may also be made elsewhere, on another machine, which starts from [`Simulation::state`] and tells each step by
//! [`Simulation::note`]. The state then stays behind what is recorded, until [`Simulation::restore`] brings it up; or, if
//! it never comes back, an engine of this module makes the missing steps again, unrecorded.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};
use wide::f32x8;

use crate::{
    digest::Digest,
    network::{From, Network, OutOfMemory},
    neuron::{Block, NeuronModel},
    record::{MOST_VARIABLES, Probe, Recorder},
    rng::{CountTable, Stream},
    spec::{Distribution, NetworkSpec},
    stats::{WeightHistogram, WeightMatrix},
    stimulus::{Chances, Source},
    text::{Lang, Text},
    units::ms_from_steps,
};

mod deliver;
mod lanes;
mod saved;
mod scalar;
mod state;
mod synaptic;

pub use saved::LoadError;
pub use state::{Pulse, State};

/// Every engine, in the order menus show them.
pub static ENGINES: &[&Engine] = &[&lanes::ENGINE, &scalar::ENGINE];

/// The engine called `name`.
pub fn find(name: &str) -> Option<&'static Engine> {
    ENGINES.iter().copied().find(|e| e.name == name)
}

/// A way to do the arithmetic of a step.
pub struct Engine {
    /// Name, as it stands in the page and on the command line.
    pub name: &'static str,
    /// What it is.
    pub doc: Text,
    /// The update of a model.
    update: fn(&NeuronModel) -> fn(Block),
    /// Adds to `input[i]` what target number i gets in `step`: its count times `weight`.
    drive: fn(table: &CountTable, stream: Stream, step: u32, weight: i32, input: &mut [i32]),
    /// Adds `weight` to `input[i]` if target number i gets a spike in `step`, which it does with the probability
    /// `chances[i]` in units of 2^-32.
    drive_likely: fn(chances: &[u32], stream: Stream, step: u32, weight: i32, input: &mut [i32]),
    /// Renews noise: `z[i]` becomes itself times the first factor plus a normal number of its own times the second.
    renew: fn(factors: [f32; 2], stream: Stream, step: u32, z: &mut [f32x8]),
}

/// A membrane potential stopped being a number, so the run stopped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Halt {
    /// Population of the neuron.
    pub population: String,
    /// Number of the neuron in its population.
    pub neuron: u32,
    /// State variable, by its name.
    pub variable: String,
    /// It was a number before this time, ms.
    pub after_ms: f64,
    /// It was found not to be one at this time, ms.
    pub by_ms: f64,
}

impl Halt {
    /// What happened and what to do, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let Halt { population, neuron, variable, after_ms, by_ms } = self;
        match lang {
            Lang::En => alloc::format!(
                "{variable} of neuron {neuron} in “{population}” is no longer a finite number (between {after_ms:.1} and {by_ms:.1} ms). \
                 The input is too strong for the step: lower the weights or shorten dt_ms, then reset."
            ),
            Lang::Zh => alloc::format!(
                "“{population}”中第 {neuron} 个神经元的 {variable} 不再是有限的数（{after_ms:.1}–{by_ms:.1} ms 之间）。\
                 输入相对步长过强：请减小权重或缩短 dt_ms，然后重置。"
            ),
        }
    }
}

/// A network in motion.
pub struct Simulation {
    network: Network,
    state: State,
    engine: &'static Engine,
    recorder: Recorder,
    /// Number of steps that are recorded; the state is there too, or behind.
    recorded: u64,
    spikes: Vec<u32>,
    /// For each stimulus the values that came from outside last; empty where none did.
    live: Vec<Vec<f32>>,
    /// Room for the probabilities that follow from them.
    chances: Vec<u32>,
    halt: Option<Halt>,
}

/// How often, in steps, every state variable is looked at: often enough to name the moment it stops being a number within
/// a few milliseconds, seldom enough to cost nothing.
const STEPS_BETWEEN_LOOKS: u64 = 64;

impl Simulation {
    /// The network at t = 0.
    ///
    /// # Errors
    /// That the machine has no memory for its state.
    pub fn new(network: Network, engine: &'static Engine) -> Result<Simulation, OutOfMemory> {
        let state = State::new(&network)?;
        let recorder = Recorder::new(&network)?;
        let live = alloc::vec![Vec::new(); network.stimuli.len()];
        let (spikes, chances) = (Vec::new(), Vec::new());
        Ok(Simulation { network, state, engine, recorder, recorded: 0, spikes, live, chances, halt: None })
    }

    /// Back to t = 0 with the same network and nothing recorded.
    ///
    /// # Errors
    /// That the machine has no memory for its state.
    pub fn reset(&mut self) -> Result<(), OutOfMemory> {
        // What was adapted to a run in motion is forgotten too, so that the new run is that of a new network.
        self.network.derive();
        self.state = State::new(&self.network)?;
        self.recorder.reset(0);
        self.recorded = 0;
        self.halt = None;
        Ok(())
    }

    /// Makes `steps` steps; as long as the state is behind what is recorded, they are made unrecorded.
    ///
    /// # Errors
    /// That a state variable stopped being a number; the run stays halted until it is reset.
    pub fn advance(&mut self, steps: u64) -> Result<(), Halt> {
        if let Some(halt) = &self.halt {
            return Err(halt.clone());
        }
        for _ in 0..steps {
            self.step();
            if self.state.step.is_multiple_of(STEPS_BETWEEN_LOOKS) {
                self.tidy(STEPS_BETWEEN_LOOKS)?;
            }
        }
        Ok(())
    }

    /// Notes a step that was made elsewhere: who fired, rising, and the values of what is sampled.
    pub fn note(&mut self, spikes: &[u32], samples: &[f32]) {
        self.recorded += 1;
        self.recorder.record(self.recorded, spikes, samples);
    }

    /// Takes over the state that steps made elsewhere have led to, so that it is where the record is.
    ///
    /// # Errors
    /// That one of the last `looked` steps made a state variable stop being a number.
    ///
    /// # Panics
    /// If the words are not as many as [`State::variables`] and [`State::ring`] have.
    pub fn restore(&mut self, variables: &[Vec<f32>], ring: &[i32], looked: u64) -> Result<(), Halt> {
        self.state.restore(self.recorded, variables, ring);
        self.state.end_pulses(&self.network, self.recorded + 1);
        self.tidy(looked)
    }

    /// Whether the run stopped because a state variable is no longer a number.
    pub fn is_halted(&self) -> bool {
        self.halt.is_some()
    }

    /// Number of steps that the state is behind what is recorded.
    pub fn behind(&self) -> u64 {
        self.recorded - self.state.step
    }

    /// Everything that changes from step to step.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What is being simulated.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The specification with its present numbers.
    pub fn spec(&self) -> &NetworkSpec {
        &self.network.spec
    }

    /// Number of steps recorded.
    pub fn steps(&self) -> u64 {
        self.recorded
    }

    /// Model time in ms.
    pub fn time_ms(&self) -> f64 {
        ms_from_steps(self.recorded, self.network.dt_ms())
    }

    /// The engine in use.
    pub fn engine(&self) -> &'static Engine {
        self.engine
    }

    /// Goes on with another engine; spikes stay the same.
    pub fn set_engine(&mut self, engine: &'static Engine) {
        self.engine = engine;
    }

    /// What has been recorded.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// What has been recorded, to take from or to point elsewhere.
    pub fn recorder_mut(&mut self) -> &mut Recorder {
        &mut self.recorder
    }

    /// The present value of state variable number `variable` of neuron number `neuron` of the network.
    pub fn value(&self, neuron: u32, variable: usize) -> f32 {
        self.state.value_of(&self.network, neuron, variable)
    }

    /// The present weight of each synapse of a projection, by source; empty where all have the same.
    pub fn weights(&self, projection: usize) -> &[f32] {
        self.state.weights(projection)
    }

    /// How the present weights of a projection are spread; `None` where all have the same.
    pub fn weight_histogram(&self, projection: usize) -> Option<WeightHistogram> {
        WeightHistogram::of(self.weights(projection), self.network.projections[projection].bounds())
    }

    /// The present weights of a projection by source and target; `None` for a stimulus.
    pub fn weight_matrix(&self, projection: usize) -> Option<WeightMatrix> {
        let p = self.network.projections.get(projection)?;
        let From::Population(source) = p.from else { return None };
        let neurons = [source, p.target].map(|population| self.network.populations[population].n);
        let (own, shared) = (self.weights(projection), p.weight.middle());
        let (offsets, first) =
            (&p.synapses.offsets, self.network.populations[p.target].first_block * crate::neuron::LANES);
        let synapses = (0..neurons[0]).flat_map(|source| {
            (offsets[source]..offsets[source + 1])
                .map(move |i| (source, p.synapses.targets[i] as usize - first, own.get(i)))
        });
        let weight = |(source, target, own): (usize, usize, Option<&f32>)| {
            (source, target, own.map_or(shared, |weight| f64::from(*weight)))
        };
        Some(WeightMatrix::of(neurons, synapses.map(weight)))
    }

    /// Takes over the numbers of a specification with the same wiring, without stopping. Statistics start anew.
    ///
    /// # Errors
    /// Every mistake in it; nothing has changed then.
    ///
    /// # Panics
    /// If the wiring differs.
    pub fn apply(&mut self, spec: NetworkSpec) -> Result<(), Vec<crate::error::SpecError>> {
        let exponents: Vec<Vec<i32>> = self.network.populations.iter().map(|p| p.exponents.clone()).collect();
        let weights: Vec<Distribution> = self.network.projections.iter().map(|p| p.weight).collect();
        self.network.apply(spec)?;
        self.state.adapt(&mut self.network, &exponents, &weights);
        self.recorder.adapt(&self.network);
        self.recorder.restart_statistics(self.recorded);
        Ok(())
    }

    /// Injects a current into some neurons from the next step on.
    pub fn poke(&mut self, pulse: Pulse) {
        self.state.poke(&self.network, pulse);
    }

    /// From the next step on, stimulus number `stimulus` sends what these values from 0 to 1 say, if it is one that is fed;
    /// they are spread evenly over its targets. None: it is silent.
    pub fn feed(&mut self, stimulus: usize, values: &[f32]) {
        if let Some(live) = self.live.get_mut(stimulus) {
            live.clear();
            live.extend(values.iter().map(|value| if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 }));
        }
    }

    /// A number that is the same exactly when the whole state is the same, where it is now: see [`Simulation::behind`].
    pub fn digest(&self) -> u64 {
        let mut digest = Digest::default();
        self.state.digest(&self.network, &mut digest);
        digest.value()
    }

    fn step(&mut self) {
        let Simulation { network, state, engine, recorder, recorded, spikes, live, chances, .. } = self;
        state.step += 1;
        state.end_pulses(network, state.step);
        state.inject(network, engine);
        spikes.clear();
        for population in &network.populations {
            (engine.update)(population.model)(state.block(population, spikes));
        }
        if network.has_lesions() {
            state.still(network, spikes);
        }
        deliver::deliver(network, state, spikes);
        drive(network, state, engine, live, chances);
        if state.step > *recorded {
            *recorded = state.step;
            let (mut samples, mut n) = ([0.0; MOST_VARIABLES], 0);
            if let Some(Probe { neuron, variables }) = recorder.probed() {
                n = variables.len();
                let values = variables.iter().map(|&variable| state.value_of(network, *neuron, variable));
                samples.iter_mut().zip(values).for_each(|(sample, value)| *sample = value);
            }
            recorder.record(state.step, spikes, &samples[..n]);
            recorder.record_weights(state.step, |projection| state.weights(projection));
            if let Some(population) = recorder.field_due(state.step) {
                recorder.record_field(state.step, state.field(network, population));
            }
        }
    }

    fn tidy(&mut self, looked: u64) -> Result<(), Halt> {
        for population in &self.network.populations {
            if let Some((neuron, variable)) = self.state.tidy(population) {
                let halt = Halt {
                    population: population.name.clone(),
                    neuron,
                    variable: population.model.state[variable].name.into(),
                    after_ms: ms_from_steps(self.state.step.saturating_sub(looked), self.network.dt_ms()),
                    by_ms: ms_from_steps(self.state.step, self.network.dt_ms()),
                };
                self.halt = Some(halt.clone());
                return Err(halt);
            }
        }
        Ok(())
    }
}

/// Adds the spikes that the stimuli send in this step.
fn drive(network: &Network, state: &mut State, engine: &Engine, live: &[Vec<f32>], likely: &mut Vec<u32>) {
    let step = state.step;
    for (p, projection) in network.projections.iter().enumerate() {
        let From::Stimulus(index) = projection.from else { continue };
        let stimulus = &network.stimuli[index];
        if !stimulus.active.contains(&step) {
            continue;
        }
        let weight = state.fixed_weights[p];
        let target = &network.populations[projection.target];
        let first = target.first_block * crate::neuron::LANES;
        let input = &mut state.input(projection.sum(), projection.delay.longest())[first..first + target.n];
        match &stimulus.source {
            Source::Random(counts) => {
                if let Some(table) = counts.at(step) {
                    (engine.drive)(&table, projection.stream, step as u32, weight, input);
                }
            }
            Source::Listed(steps) => {
                let from = steps.partition_point(|&s| u64::from(s) < step);
                let count = steps[from..].iter().take_while(|&&s| u64::from(s) == step).count() as i32;
                if count > 0 {
                    input.iter_mut().for_each(|sum| *sum = sum.wrapping_add(count * weight));
                }
            }
            Source::Own(spikes) => {
                for target in spikes.at(step) {
                    let sum = &mut input[target as usize];
                    *sum = sum.wrapping_add(weight);
                }
            }
            Source::Likely(chances) => {
                (engine.drive_likely)(chances.at(step), projection.stream, step as u32, weight, input);
            }
            Source::Live(mean) => {
                let values = &live[index];
                if !values.is_empty() {
                    likely.clear();
                    let value = |i: usize| values[i * values.len() / target.n];
                    likely.extend((0..target.n).map(|i| Chances::of(f64::from(value(i)) * mean)));
                    (engine.drive_likely)(likely, projection.stream, step as u32, weight, input);
                }
            }
            Source::Current(_) | Source::Noise(_) => {}
        }
    }
}
