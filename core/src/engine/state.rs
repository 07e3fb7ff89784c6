//! `State`: everything of a network that changes from step to step. It has one form for all engines, so that a run can
//! change engine at any step.

use alloc::vec::Vec;
use wide::{f32x8, i32x8};

use super::{
    Engine,
    synaptic::{History, Synaptic},
};
use crate::{
    digest::Digest,
    network::{Network, OutOfMemory, Population, filled},
    neuron::{Block, LANES},
    spec::Distribution,
    stats::FieldProxy,
    units::steps_from_ms,
};

/// The changing part of a network.
pub struct State {
    /// Number of steps made.
    pub step: u64,
    /// State variables of each population: blocks × variables.
    pub(super) variables: Vec<Vec<f32x8>>,
    /// Current of the pulses into each population, pA, a vector a block; empty when there is none.
    currents: Vec<Vec<f32x8>>,
    /// Current that the stimuli bring in this step to every neuron of each population alike, pA.
    shared: Vec<f64>,
    /// Noise of each projection, a vector a block of its target, before mean and spread; empty where there is none.
    pub(super) noise: Vec<Vec<f32x8>>,
    /// Current of pulses and noise together in this step, pA, where there is noise.
    noisy: Vec<Vec<f32x8>>,
    /// Input that is on its way: for each step modulo the longest delay, for each sum, a vector a block.
    pub(super) ring: Vec<i32x8>,
    /// Blocks of the network.
    blocks: usize,
    /// Sums of each neuron.
    sums: usize,
    /// Steps in the ring.
    delay: usize,
    /// Weight of each projection in fixed point.
    pub(super) fixed_weights: Vec<i32>,
    /// The changing part of each projection.
    pub(super) synaptic: Vec<Synaptic>,
    /// The spikes that plastic synapses look back to.
    pub(super) history: History,
    /// Pulses that have not ended.
    pub(super) pulses: Vec<(Pulse, u64)>,
}

/// Where input stands in the ring.
#[derive(Clone, Copy)]
pub(super) struct Places {
    now: usize,
    steps: usize,
    sums: usize,
    slots: usize,
}

impl Places {
    /// Of the first slot, for a sum, some steps from now.
    #[inline(always)]
    pub(super) fn of(self, delay: usize, sum: usize) -> usize {
        // A delay is at most the length of the ring, so it goes round once at most.
        let step = self.now + delay;
        let step = if step >= self.steps { step - self.steps } else { step };
        (self.sums * step + sum) * self.slots
    }
}

/// A current into some neighbouring neurons of a population for a while.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulse {
    /// Index of the population.
    pub population: usize,
    /// First neuron, in the population.
    pub from: usize,
    /// One behind the last neuron.
    pub to: usize,
    /// Current in pA.
    pub amplitude_pa: f64,
    /// Duration in ms, at least one step.
    pub duration_ms: f64,
}

impl Pulse {
    /// It and its last step, as numbers.
    pub(super) fn numbers(&self, last: u64) -> [f64; 6] {
        let Pulse { population, from, to, amplitude_pa, duration_ms } = *self;
        [population as f64, from as f64, to as f64, amplitude_pa, duration_ms, last as f64]
    }

    fn of_numbers([population, from, to, amplitude_pa, duration_ms, last]: [f64; 6]) -> (Pulse, u64) {
        let [population, from, to] = [population, from, to].map(|x| x as usize);
        (Pulse { population, from, to, amplitude_pa, duration_ms }, last as u64)
    }
}

impl State {
    /// The state at t = 0.
    ///
    /// # Errors
    /// That the machine has no memory for it.
    pub fn new(network: &Network) -> Result<State, OutOfMemory> {
        let variables = network.populations.iter().map(start);
        let mut state = State {
            step: 0,
            variables: variables.collect::<Result<_, _>>()?,
            currents: network.populations.iter().map(|_| Vec::new()).collect(),
            shared: alloc::vec![0.0; network.populations.len()],
            noise: Vec::new(),
            noisy: network.populations.iter().map(|_| Vec::new()).collect(),
            ring: filled(network.sums * network.blocks * network.max_delay, i32x8::ZERO)?,
            blocks: network.blocks,
            sums: network.sums,
            delay: network.max_delay,
            fixed_weights: Vec::new(),
            synaptic: (0..network.projections.len()).map(|p| Synaptic::new(network, p)).collect::<Result<_, _>>()?,
            history: History::default(),
            pulses: Vec::new(),
        };
        for projection in &network.projections {
            let target = &network.populations[projection.target];
            let is_noise = network.noise(projection).is_some();
            state.noise.push(if is_noise { filled(target.blocks, f32x8::ZERO)? } else { Vec::new() });
            if is_noise && state.noisy[target.index].is_empty() {
                state.noisy[target.index] = filled(target.blocks, f32x8::ZERO)?;
            }
        }
        state.fix_weights(network);
        state.history.reach(network);
        Ok(state)
    }

    /// The value of a state variable of a neuron of `population`.
    pub fn value(&self, population: &Population, neuron: usize, variable: usize) -> f32 {
        let n_variables = population.model.state.len();
        self.variables[population.index][neuron / LANES * n_variables + variable].as_array()[neuron % LANES]
    }

    /// The value of a state variable of neuron number `neuron` of the network.
    pub fn value_of(&self, network: &Network, neuron: u32, variable: usize) -> f32 {
        let population = &network.populations[network.population_of(neuron)];
        self.value(population, (neuron - population.first) as usize, variable)
    }

    /// The state variables of a population: blocks × variables × [`LANES`].
    pub fn variables(&self, population: usize) -> &[f32] {
        bytemuck::cast_slice(&self.variables[population])
    }

    /// The field of a population.
    pub(super) fn field(&self, network: &Network, population: usize) -> f32 {
        let (p, spec) = (&network.populations[population], &network.spec.populations[population]);
        let params = spec.middles(p.model);
        FieldProxy::of(p.model).value(p.model, &params, self.variables(population), p.n)
    }

    /// Current of the pulses into each neuron of a population, pA, for every lane of its blocks; empty if there is none.
    pub fn current(&self, population: usize) -> &[f32] {
        bytemuck::cast_slice(&self.currents[population])
    }

    /// Input that is on its way, in fixed point: steps modulo [`State::ring_steps`] × sums × slots of the network.
    pub fn ring(&self) -> &[i32] {
        bytemuck::cast_slice(&self.ring)
    }

    /// Number of steps in the ring.
    pub fn ring_steps(&self) -> usize {
        self.delay
    }

    /// Weight of each projection in fixed point.
    pub fn fixed_weights(&self) -> &[i32] {
        &self.fixed_weights
    }

    /// The last step of the pulse that ends first.
    pub fn next_pulse_end(&self) -> Option<u64> {
        self.pulses.iter().map(|&(_, last)| last).min()
    }

    pub(super) fn restore(&mut self, step: u64, variables: &[Vec<f32>], ring: &[i32]) {
        self.step = step;
        for (own, new) in self.variables.iter_mut().zip(variables) {
            bytemuck::cast_slice_mut::<_, f32>(own).copy_from_slice(new);
        }
        bytemuck::cast_slice_mut::<_, i32>(&mut self.ring).copy_from_slice(ring);
    }

    /// What the update of a population sees in this step.
    pub(super) fn block<'a>(&'a mut self, p: &'a Population, spikes: &'a mut Vec<u32>) -> Block<'a> {
        let sums = self.sums * self.blocks;
        let first = sums * (self.step % self.delay as u64) as usize;
        Block {
            state: &mut self.variables[p.index],
            constants: &p.constants,
            own_constants: &p.own_constants,
            sums: &mut self.ring[first..first + sums],
            blocks: p.first_block..p.first_block + p.blocks,
            row: self.blocks,
            exponents: &p.exponents,
            current: if self.noisy[p.index].is_empty() { &self.currents[p.index] } else { &self.noisy[p.index] },
            shared_current: self.shared[p.index] as f32,
            stream: p.stream,
            step: self.step as u32,
            n: p.n,
            first: p.first,
            spikes,
        }
    }

    /// Puts neurons that are destroyed back to where neurons start, in the middle, and takes their spikes away.
    pub(super) fn still(&mut self, network: &Network, spikes: &mut Vec<u32>) {
        for p in &network.populations {
            let variables = &mut self.variables[p.index];
            for neuron in p.lesions.iter().cloned().flatten() {
                let block = neuron as usize / LANES * p.start.len();
                for (x, start) in variables[block..].iter_mut().zip(&p.start) {
                    x.as_mut_array()[neuron as usize % LANES] = start.middle();
                }
            }
        }
        spikes.retain(|&spike| {
            let p = &network.populations[network.population_of(spike)];
            !p.lesions.iter().any(|lesion| lesion.contains(&(spike - p.first)))
        });
    }

    /// The present weight of each synapse of a projection; empty where all have the same.
    pub fn weights(&self, projection: usize) -> &[f32] {
        &self.synaptic[projection].weights
    }

    /// All input that is on its way, where in it each step's stands, and the synapses.
    pub(super) fn ring_and_synapses(&mut self) -> (&mut [i32], Places, &mut [Synaptic]) {
        let now = (self.step % self.delay as u64) as usize;
        let places = Places { now, steps: self.delay, sums: self.sums, slots: self.blocks * LANES };
        (bytemuck::cast_slice_mut(&mut self.ring), places, &mut self.synaptic)
    }

    /// The input of all slots to one of their sums, `delay` steps from now.
    pub(super) fn input(&mut self, sum: usize, delay: usize) -> &mut [i32] {
        let row = self.sums * ((self.step + delay as u64) % self.delay as u64) as usize + sum;
        bytemuck::cast_slice_mut(&mut self.ring[row * self.blocks..(row + 1) * self.blocks])
    }

    /// Tidies every state variable: sets it to zero where it has decayed below the smallest normal number, and returns
    /// the neuron and the variable if one is not a finite number any more.
    ///
    /// A decaying current would otherwise stay for ever at a subnormal number, where processors are slow: 0.98 times the
    /// smallest of them rounds back to itself.
    pub(super) fn tidy(&mut self, p: &Population) -> Option<(u32, usize)> {
        let smallest = f32x8::splat(f32::MIN_POSITIVE);
        let n_variables = p.model.state.len();
        let mut lost = None;
        for (i, x) in self.variables[p.index].iter_mut().enumerate() {
            *x = x.abs().simd_lt(smallest).bitselect(f32x8::ZERO, *x);
            let finite = x.is_finite().to_bitmask();
            if finite != 0xff && lost.is_none() {
                let neuron = i / n_variables * LANES + finite.trailing_ones() as usize;
                lost = (neuron < p.n).then_some((neuron as u32, i % n_variables));
            }
        }
        lost
    }

    /// Starts a pulse in the next step. Neurons that do not exist are passed over.
    pub(super) fn poke(&mut self, network: &Network, pulse: Pulse) {
        let steps = steps_from_ms(pulse.duration_ms, network.dt_ms()).max(1);
        self.pulses.push((pulse, self.step + steps));
        self.sum_pulses(network);
    }

    /// Takes away the pulses that end before `step`.
    pub(super) fn end_pulses(&mut self, network: &Network, step: u64) {
        let before = self.pulses.len();
        self.pulses.retain(|(_, last)| *last >= step);
        if self.pulses.len() < before {
            self.sum_pulses(network);
        }
    }

    /// Recomputes the injected currents from the pulses, in their order, so that no rounding is left behind by them.
    fn sum_pulses(&mut self, network: &Network) {
        self.currents.iter_mut().for_each(Vec::clear);
        for (pulse, _) in &self.pulses {
            let Some(p) = network.populations.get(pulse.population) else { continue };
            let current = &mut self.currents[pulse.population];
            current.resize(p.blocks, f32x8::ZERO);
            for neuron in pulse.from..pulse.to.min(p.n) {
                current[neuron / LANES].as_mut_array()[neuron % LANES] += pulse.amplitude_pa as f32;
            }
        }
    }

    /// Works out the currents of the step that begins.
    pub(super) fn inject(&mut self, network: &Network, engine: &Engine) {
        self.shared.fill(0.0);
        for (noisy, pulses) in self.noisy.iter_mut().zip(&self.currents) {
            if pulses.is_empty() {
                noisy.fill(f32x8::ZERO)
            } else if !noisy.is_empty() {
                noisy.copy_from_slice(pulses)
            }
        }
        for (projection, z) in network.projections.iter().zip(&mut self.noise) {
            self.shared[projection.target] += network.current(projection, self.step);
            let Some(noise) = network.noise(projection) else { continue };
            let Some(sent) = network.sent(projection, self.step) else { continue };
            if let Some(factors) = noise.renewal(sent) {
                (engine.renew)(factors, projection.stream, sent as u32, z);
            }
            let weight = projection.weight.middle();
            let mean = f32x8::splat((weight * noise.mean) as f32);
            let spread = f32x8::splat((weight * noise.spread(sent)) as f32);
            for (sum, &z) in self.noisy[projection.target].iter_mut().zip(&*z) {
                *sum += mean + spread * z;
            }
        }
    }

    /// Follows new numbers of the network, in which the longest delay and the fixed-point exponents may have changed.
    /// What is on its way arrives when and as strong as it would have.
    pub(super) fn adapt(&mut self, network: &mut Network, exponents_before: &[Vec<i32>], weights: &[Distribution]) {
        self.lengthen(network.max_delay);
        self.history.reach(network);
        for (p, (projection, before)) in network.projections.iter().zip(weights).enumerate() {
            if projection.weight != *before {
                // As many as there were, so there is memory for them.
                _ = self.synaptic[p].draw_weights(network, p);
            }
            self.synaptic[p].adapt(projection, network.dt_ms());
        }
        for (p, exponents_before) in network.populations.iter_mut().zip(exponents_before) {
            for (sum, &before) in exponents_before.iter().enumerate() {
                // What is on its way limits how far the exponent may rise at once.
                let room = self.largest_input(sum, p.first_block, p.blocks).leading_zeros() as i32 - 3;
                let exponent = p.exponents[sum].min(before + room);
                self.rescale(sum, p.first_block, p.blocks, exponent - before);
                p.exponents[sum] = exponent;
            }
        }
        self.fix_weights(network);
    }

    /// Takes over what was read from a saved run, and works out what follows from it.
    pub(super) fn take_over(&mut self, network: &Network, pulses: &[[f64; 6]]) {
        self.pulses = pulses.iter().copied().map(Pulse::of_numbers).collect();
        self.sum_pulses(network);
        self.delay = self.ring.len() / (self.sums * self.blocks).max(1);
        self.fix_weights(network);
    }

    /// Whether what was read from a saved run can be of this network.
    pub(super) fn fits(&self, network: &Network) -> bool {
        let is_ring = self.ring.len() == self.sums * self.blocks * self.delay && self.delay >= network.max_delay;
        is_ring && self.synaptic.iter().all(|s| s.is_before(self.step)) && self.history.is_of(network.neurons())
    }

    fn fix_weights(&mut self, network: &Network) {
        let fixed = network.projections.iter().map(|p| p.fixed_weight(&network.populations[p.target].exponents));
        self.fixed_weights = fixed.collect();
    }

    /// Makes the ring at least `delay` steps long; it never shrinks, since input may be on its way.
    fn lengthen(&mut self, delay: usize) {
        if delay <= self.delay {
            return;
        }
        let row = self.sums * self.blocks;
        let mut ring = alloc::vec![i32x8::ZERO; row * delay];
        for ahead in 1..=self.delay as u64 {
            let from = row * ((self.step + ahead) % self.delay as u64) as usize;
            let to = row * ((self.step + ahead) % delay as u64) as usize;
            ring[to..to + row].copy_from_slice(&self.ring[from..from + row]);
        }
        (self.ring, self.delay) = (ring, delay);
    }

    /// The ring's rows of one sum for a population, one step each.
    fn rows(&mut self, sum: usize, first: usize, blocks: usize) -> impl Iterator<Item = &mut [i32]> {
        let rows = self.ring.chunks_exact_mut(self.blocks).skip(sum).step_by(self.sums);
        rows.map(move |row| bytemuck::cast_slice_mut(&mut row[first..first + blocks]))
    }

    fn largest_input(&mut self, sum: usize, first: usize, blocks: usize) -> u32 {
        let sums = self.rows(sum, first, blocks).flat_map(|row| row.iter());
        sums.map(|sum| sum.unsigned_abs()).max().unwrap_or(0)
    }

    /// Multiplies the ring's input by 2^shift.
    fn rescale(&mut self, sum: usize, first: usize, blocks: usize, shift: i32) {
        if shift != 0 {
            let sums = self.rows(sum, first, blocks).flat_map(|row| row.iter_mut());
            sums.for_each(|sum| *sum = libm::rint(libm::scalbn(f64::from(*sum), shift)) as i32);
        }
    }

    /// Feeds the whole state of every neuron to `digest`; lanes that are no neurons do not count.
    pub(super) fn digest(&self, network: &Network, digest: &mut Digest) {
        digest.add(self.step as u32);
        // What is no number has no sign either: engines differ in the one that it gets.
        let bits = |x: f32| if x.is_nan() { f32::NAN.to_bits() } else { x.to_bits() };
        for p in &network.populations {
            for neuron in 0..p.n {
                (0..p.model.state.len()).for_each(|v| digest.add(bits(self.value(p, neuron, v))));
            }
        }
        self.synaptic.iter().for_each(|synaptic| synaptic.digest(digest));
        self.history.digest(digest);
        for (projection, z) in network.projections.iter().zip(&self.noise) {
            let z: &[f32] = bytemuck::cast_slice(z);
            z.iter().take(network.populations[projection.target].n).for_each(|z| digest.add(z.to_bits()));
        }
        for ahead in 1..=self.delay as u64 {
            for sum in 0..self.sums {
                let row = self.sums * ((self.step + ahead) % self.delay as u64) as usize + sum;
                let sums: &[i32] = bytemuck::cast_slice(&self.ring[row * self.blocks..(row + 1) * self.blocks]);
                for p in &network.populations {
                    let first = p.first_block * LANES;
                    sums[first..first + p.n].iter().for_each(|&sum| digest.add(sum as u32));
                }
            }
        }
    }
}

/// The state variables of a population at t = 0.
fn start(p: &Population) -> Result<Vec<f32x8>, OutOfMemory> {
    let n_variables = p.start.len();
    let mut variables = filled(p.blocks * n_variables, f32x8::ZERO)?;
    for neuron in 0..p.blocks * LANES {
        for (v, init) in p.start.iter().enumerate() {
            variables[neuron / LANES * n_variables + v].as_mut_array()[neuron % LANES] = init.of(neuron);
        }
    }
    Ok(variables)
}
