//! `GpuRun`: a network on a device. Batches of steps go out, their spikes come back; one is under way at a time.

use std::{future::Future, ops::Range};

use bytemuck::cast_slice;
use spikeground_core::{engine::Simulation, neuron::LANES};
use wgpu::{Buffer, BufferUsages as Usage, CommandEncoder, ComputePassDescriptor, ErrorFilter};

use super::{
    buffers::{Bound, Factory, Kernel, Ticket, steps},
    device::Gpu,
    layout::{BASES, Batch, HALTED, MARKS, MOST_STEPS, NO_SLOT, NOT_HALTED, Route, SAMPLES, UPDATE_WORKGROUP},
    shader,
    stopwatch::{READING_WORDS, StepTimes, Stopwatch},
    tables::{self, Feed, Numbers, Part},
};
use crate::protocol::GpuProblem;

/// Least room in the list of spikes.
const LEAST_CAPACITY: usize = 1 << 16;
/// Least number of spikes that are read back with a batch.
const LEAST_GUESS: usize = 1 << 12;
/// Neurons for each workgroup that delivers: at usual rates there are more groups than spikes.
const NEURONS_PER_GROUP: usize = 256;
/// Most workgroups that deliver. Each takes the next spike when it is done with one.
const MOST_GROUPS: usize = 4096;
/// Words of the readback before the spikes: marks, and readings of the stopwatch.
const HEAD: usize = MARKS as usize + READING_WORDS;
/// Workgroups that every adapter can start in a row.
const MOST_WORKGROUPS: u32 = 65_535;

/// A network on a device.
pub struct GpuRun {
    gpu: Gpu,
    updates: Vec<Kernel>,
    deliveries: Vec<Kernel>,
    parts: Vec<Part>,
    tables: TableBuffers,
    feeds: Vec<(u32, Feed)>,
    /// Words among the numbers.
    words: usize,
    variables: Buffer,
    /// Where the variables of each population lie among all.
    places: Vec<Range<usize>>,
    ring: Buffer,
    rows: usize,
    spikes: Buffer,
    capacity: usize,
    marks: Buffer,
    batch: Buffer,
    neurons: usize,
    sums: usize,
    slots: usize,
    readback: Buffer,
    /// Spikes that `readback` has room for, behind the marks and the readings of the stopwatch.
    room: usize,
    stopwatch: Option<Stopwatch>,
    state_readback: Option<Buffer>,
    flight: Flight,
    /// Every buffer, to be given back.
    all: Vec<Buffer>,
}

struct TableBuffers {
    populations: Buffer,
    drives: Buffer,
    numbers: Buffer,
    currents: Buffer,
    routes: Vec<Buffer>,
}

/// What is under way.
enum Flight {
    Nothing,
    Batch {
        steps: u32,
        variables: usize,
        ticket: Ticket,
    },
    /// There were more spikes than had been counted on.
    Spikes {
        made: Made,
        ticket: Ticket,
    },
    State {
        ticket: Ticket,
    },
}

/// What the marks tell of a batch.
struct Made {
    /// Where the spikes of each step begin, and the end of the last.
    bases: Vec<u32>,
    /// The variables of the probe, a step's side by side; `variables` to a step.
    samples: Vec<f32>,
    variables: usize,
    halted: bool,
    times: Option<StepTimes>,
}

/// What has come back.
pub enum Outcome {
    /// A batch of steps.
    Steps(Landed),
    /// The state: variables of each population, and the ring.
    State(Vec<Vec<f32>>, Vec<i32>),
    /// Nothing will come back any more.
    Lost(String),
}

/// The steps of a batch.
pub struct Landed {
    made: Made,
    spikes: Vec<u32>,
}

impl Landed {
    /// For each step who fired, rising, and the values of what is sampled.
    pub fn steps(&self) -> impl Iterator<Item = (&[u32], &[f32])> {
        let bounds = self.made.bases.windows(2);
        bounds.enumerate().map(|(k, bounds)| {
            let n = self.made.variables;
            (&self.spikes[bounds[0] as usize..bounds[1] as usize], &self.made.samples[k * n..(k + 1) * n])
        })
    }

    /// Whether the last step made a state variable stop being a number.
    pub fn halted(&self) -> bool {
        self.made.halted
    }

    /// How long the first step took the device, if it has a clock.
    pub fn times(&self) -> Option<StepTimes> {
        self.made.times
    }
}

impl GpuRun {
    /// Puts the wiring of a network on a device. The run may be used once the future has told that the device had what
    /// it takes, and [`GpuRun::upload`] has written the state.
    ///
    /// # Errors
    /// That the network exceeds a limit of the device.
    pub fn new(
        gpu: &Gpu,
        simulation: &Simulation,
    ) -> Result<(GpuRun, impl Future<Output = Result<(), GpuProblem>> + use<>), GpuProblem> {
        let memory = gpu.device.push_error_scope(ErrorFilter::OutOfMemory);
        let validity = gpu.device.push_error_scope(ErrorFilter::Validation);
        let built = GpuRun::build(gpu, simulation);
        let (validity, memory) = (validity.pop(), memory.pop());
        let run = built?;
        let (bytes, gpu) = (run.bytes(), gpu.clone());
        let checked = async move {
            if let Some(error) = validity.await {
                return Err(GpuProblem::Failed { reason: error.to_string() });
            }
            if memory.await.is_some() {
                return Err(GpuProblem::OutOfMemory { bytes: bytes as f64 });
            }
            gpu.lost().map_or(Ok(()), |reason| Err(GpuProblem::Lost { reason }))
        };
        Ok((run, checked))
    }

    fn build(gpu: &Gpu, simulation: &Simulation) -> Result<GpuRun, GpuProblem> {
        let (network, state) = (simulation.network(), simulation.state());
        let (neurons, slots, rows) = (network.neurons(), network.blocks * LANES, state.ring_steps());
        let limit = gpu.binding_bytes();
        let too_large = |needed: u64| GpuProblem::TooLarge { needed: needed as f64, limit: limit as f64 };
        let parts = tables::parts(network, (limit / 4) as usize).ok_or(too_large(network.synapses() as u64 * 4))?;
        let numbers = Numbers::new(network, state);
        let (starts, words) = tables::places(network);
        let ends = starts.iter().skip(1).copied().chain([words]);
        let places = starts.iter().zip(ends).map(|(&start, end)| start..end).collect();
        // With room for two spikes of every neuron a batch seldom ends early; with room for one it can be a single step.
        let capacity = (2 * neurons).max(LEAST_CAPACITY).min(limit as usize / 4).max(neurons);

        let mut factory = Factory::new(gpu);
        let (storage, uniform) = (Usage::STORAGE | Usage::COPY_DST, Usage::UNIFORM);
        let both = storage | Usage::COPY_SRC;
        let variables = factory.buffer("variables", words * 4, both);
        let ring = factory.buffer("ring", network.sums * slots * rows * 4, both);
        let spikes = factory.buffer("spikes", capacity * 4, both);
        let marks = factory.buffer("marks", MARKS as usize * 4, both);
        let tables = TableBuffers {
            populations: factory.buffer("populations", size_of_val(&numbers.populations[..]), storage),
            drives: factory.buffer("drives", size_of_val(&numbers.drives[..]), storage),
            numbers: factory.buffer("numbers", size_of_val(&numbers.numbers[..]), storage),
            currents: factory.buffer("currents", slots * 4, storage),
            routes: parts
                .iter()
                .map(|p| factory.buffer("routes", p.sources.len() * size_of::<Route>(), storage))
                .collect(),
        };
        let batch = factory.buffer("batch", size_of::<Batch>(), uniform | Usage::COPY_DST);
        let step = &factory.filled("steps", &steps(MOST_STEPS), uniform);

        let mut updates = Vec::new();
        for (model, of) in tables::models(network) {
            let groups = of.threads.div_ceil(UPDATE_WORKGROUP);
            if groups > MOST_WORKGROUPS {
                let most = f64::from(MOST_WORKGROUPS * UPDATE_WORKGROUP);
                return Err(GpuProblem::TooManyNeurons { neurons: of.threads.into(), limit: most });
            }
            let of = factory.filled("model", &[of], uniform);
            let bound = Bound {
                step,
                uniforms: &[&batch, &of],
                read: &[&tables.populations, &tables.drives, &tables.numbers, &tables.currents],
                written: &[&variables, &ring, &spikes, &marks],
            };
            updates.push(factory.kernel(model.name, &shader::update(model), groups, &bound));
        }
        let mut deliveries = Vec::new();
        let groups = (neurons / NEURONS_PER_GROUP).clamp(1, MOST_GROUPS) as u32;
        for (part, routes) in parts.iter().zip(&tables.routes) {
            let chunk = factory.filled("chunk", &[part.chunk], uniform);
            let offsets = factory.filled("offsets", &part.offsets(network), storage);
            let targets = factory.buffer("targets", part.targets * 4, storage);
            let mut at = 0;
            for run in part.targets(network) {
                gpu.write(&targets, at, run);
                at += size_of_val(run) as u64;
            }
            let bound = Bound {
                step,
                uniforms: &[&batch, &chunk],
                read: &[routes, &offsets, &targets, &spikes],
                written: &[&ring, &marks],
            };
            deliveries.push(factory.kernel("deliver", &shader::deliver(), groups, &bound));
        }
        let room = LEAST_GUESS.min(capacity);
        let readback = factory.readable((HEAD + room) as u64 * 4);
        let stopwatch = Stopwatch::new(gpu, &mut factory);
        let largest = factory.largest();
        if largest > limit {
            return Err(too_large(largest));
        }
        Ok(GpuRun {
            gpu: gpu.clone(),
            updates,
            deliveries,
            parts,
            tables,
            feeds: Vec::new(),
            words: numbers.numbers.len(),
            variables,
            places,
            ring,
            rows,
            spikes,
            capacity,
            marks,
            batch,
            neurons,
            sums: network.sums,
            slots,
            readback,
            room,
            stopwatch,
            state_readback: None,
            flight: Flight::Nothing,
            all: factory.into_buffers(),
        })
    }

    /// Bytes that it takes on the device.
    pub fn bytes(&self) -> u64 {
        self.all.iter().map(Buffer::size).sum()
    }

    /// Dispatches a step.
    pub fn dispatches_per_step(&self) -> usize {
        self.updates.len() + self.deliveries.len()
    }

    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        matches!(self.flight, Flight::Nothing)
    }

    /// Whether the state of the simulation has the shape that this run was made for.
    pub fn fits(&self, simulation: &Simulation) -> bool {
        let words = Numbers::new(simulation.network(), simulation.state()).numbers.len();
        simulation.state().ring_steps() == self.rows && words == self.words
    }

    /// Writes the state and the numbers of a simulation that [fits](GpuRun::fits) to the device.
    pub fn upload(&mut self, simulation: &Simulation) {
        let state = simulation.state();
        for (population, place) in self.places.iter().enumerate() {
            self.gpu.write(&self.variables, place.start as u64 * 4, state.variables(population));
        }
        self.gpu.write(&self.ring, 0, state.ring());
        self.upload_numbers(simulation);
    }

    /// Writes the numbers only: parameters, weights, delays, injected currents.
    pub fn upload_numbers(&mut self, simulation: &Simulation) {
        let (network, state) = (simulation.network(), simulation.state());
        let numbers = Numbers::new(network, state);
        self.gpu.write(&self.tables.populations, 0, &numbers.populations);
        self.gpu.write(&self.tables.drives, 0, &numbers.drives);
        self.gpu.write(&self.tables.numbers, 0, &numbers.numbers);
        self.gpu.write(&self.tables.currents, 0, &numbers.currents);
        for (part, routes) in self.parts.iter().zip(&self.tables.routes) {
            self.gpu.write(routes, 0, &part.routes(network, state));
        }
        self.feeds = numbers.feeds;
    }

    /// Sends a batch of at most [`MOST_STEPS`] steps, from where the record of `simulation` is.
    ///
    /// # Panics
    /// If something is under way.
    pub fn submit(&mut self, simulation: &Simulation, steps: u32) {
        assert!(self.is_idle(), "one thing at a time");
        let steps = steps.clamp(1, MOST_STEPS);
        self.begin_batch(simulation, steps);
        let mut encoder = self.gpu.device.create_command_encoder(&Default::default());
        // The first step is timed, the others are not held up by that.
        for (number, kernels) in [(0, &self.updates), (1, &self.deliveries)] {
            let timestamp_writes = self.stopwatch.as_ref().map(|watch| watch.timed(number));
            let mut pass = encoder.begin_compute_pass(&ComputePassDescriptor { label: None, timestamp_writes });
            kernels.iter().for_each(|kernel| kernel.dispatch(&mut pass, 0));
        }
        if steps > 1 {
            let mut pass = encoder.begin_compute_pass(&ComputePassDescriptor::default());
            for step in 1..steps {
                self.updates.iter().chain(&self.deliveries).for_each(|kernel| kernel.dispatch(&mut pass, step));
            }
        }
        encoder.copy_buffer_to_buffer(&self.marks, 0, &self.readback, 0, u64::from(MARKS) * 4);
        if let Some(watch) = &self.stopwatch {
            watch.copy(&mut encoder, &self.readback, u64::from(MARKS) * 4);
        }
        self.copy_spikes(&mut encoder);
        let ticket = self.gpu.read(encoder, &self.readback);
        let variables = simulation.recorder().probed().map_or(0, |probe| probe.variables.len());
        self.flight = Flight::Batch { steps, variables, ticket };
    }

    /// Asks for the state.
    ///
    /// # Panics
    /// If something is under way.
    pub fn fetch_state(&mut self) {
        assert!(self.is_idle(), "one thing at a time");
        let (variables, ring) = (self.variables.size(), self.ring.size());
        let (gpu, all) = (&self.gpu, &mut self.all);
        let readback = self.state_readback.get_or_insert_with(|| {
            all.push(Factory::new(gpu).readable(variables + ring));
            all[all.len() - 1].clone()
        });
        let mut encoder = gpu.device.create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(&self.variables, 0, readback, 0, variables);
        encoder.copy_buffer_to_buffer(&self.ring, 0, readback, variables, ring);
        self.flight = Flight::State { ticket: gpu.read(encoder, readback) };
    }

    /// What has come back since the last call, if anything has.
    pub fn poll(&mut self) -> Option<Outcome> {
        // Native devices call back from here; a browser does so by itself.
        let _ = self.gpu.device.poll(wgpu::PollType::Poll);
        if let Some(reason) = self.gpu.lost() {
            return Some(Outcome::Lost(reason));
        }
        let ticket = match &self.flight {
            Flight::Nothing => return None,
            Flight::Batch { ticket, .. } | Flight::Spikes { ticket, .. } | Flight::State { ticket } => ticket,
        };
        if !ticket.ready()? {
            return Some(self.unreadable());
        }
        match std::mem::replace(&mut self.flight, Flight::Nothing) {
            Flight::Nothing => None,
            Flight::Batch { steps, variables, .. } => self.land(steps, variables),
            Flight::Spikes { made, .. } => Some(self.hand_out(made)),
            Flight::State { .. } => Some(self.hand_out_state()),
        }
    }

    fn unreadable(&self) -> Outcome {
        Outcome::Lost(self.gpu.lost().unwrap_or_else(|| "a buffer could not be read".into()))
    }

    fn begin_batch(&mut self, simulation: &Simulation, steps: u32) {
        let first = simulation.steps();
        let probe = simulation.recorder().probed();
        let sample_slot = probe.map_or(NO_SLOT, |probe| {
            let network = simulation.network();
            let p = &network.populations[network.population_of(probe.neuron)];
            (p.first_block * LANES) as u32 + probe.neuron - p.first
        });
        let variable = |i: usize| probe.and_then(|probe| probe.variables.get(i)).map_or(0, |&variable| variable as u32);
        let batch = Batch {
            first_step: first as u32,
            first_row: (first % self.rows as u64) as u32,
            rows: self.rows as u32,
            sums: self.sums as u32,
            slots: self.slots as u32,
            neurons: self.neurons as u32,
            capacity: self.capacity as u32,
            sample_slot,
            sample_variable_0: variable(0),
            sample_variable_1: variable(1),
            sample_variable_2: variable(2),
        };
        self.gpu.write(&self.batch, 0, &[batch]);
        let mut marks = [0; MARKS as usize];
        marks[HALTED as usize] = NOT_HALTED;
        self.gpu.write(&self.marks, 0, &marks[..SAMPLES as usize]);
        for (place, feed) in &self.feeds {
            let words = feed.words(simulation.network(), first, steps);
            self.gpu.write(&self.tables.numbers, u64::from(*place) * 4, &words);
        }
    }

    fn copy_spikes(&self, encoder: &mut CommandEncoder) {
        encoder.copy_buffer_to_buffer(&self.spikes, 0, &self.readback, HEAD as u64 * 4, self.room as u64 * 4);
    }

    /// Reads the marks; hands the batch out, or fetches the spikes for which there was no room.
    fn land(&mut self, steps: u32, variables: usize) -> Option<Outcome> {
        let Some(head) = self.gpu.words(&self.readback, 0, HEAD) else { return Some(self.unreadable()) };
        let (marks, readings) = head.split_at(MARKS as usize);
        let bases = &marks[BASES as usize..=(BASES + steps) as usize];
        let has_room = |&&base: &&u32| base as usize + self.neurons <= self.capacity;
        let halted = marks[HALTED as usize] != NOT_HALTED;
        let with_room = bases[..steps as usize].iter().take_while(has_room).count();
        let made = if halted { with_room.min(marks[HALTED as usize] as usize + 1) } else { with_room };
        let at = |step: usize| (0..variables).map(move |i| SAMPLES as usize + i * MOST_STEPS as usize + step);
        let samples = (0..made).flat_map(at).map(|mark| f32::from_bits(marks[mark])).collect();
        let made = Made {
            bases: bases[..=made].to_vec(),
            samples,
            variables,
            halted,
            times: self.stopwatch.as_ref().map(|watch| watch.times(readings)),
        };
        let fired = made.fired();
        if fired <= self.room {
            return Some(self.hand_out(made));
        }
        self.room = (2 * fired).min(self.capacity);
        self.readback.destroy();
        self.all.retain(|buffer| *buffer != self.readback);
        self.readback = Factory::new(&self.gpu).readable((HEAD + self.room) as u64 * 4);
        self.all.push(self.readback.clone());
        let mut encoder = self.gpu.device.create_command_encoder(&Default::default());
        self.copy_spikes(&mut encoder);
        let ticket = self.gpu.read(encoder, &self.readback);
        self.flight = Flight::Spikes { made, ticket };
        None
    }

    fn hand_out(&mut self, made: Made) -> Outcome {
        let Some(mut spikes) = self.gpu.words(&self.readback, HEAD as u64 * 4, made.fired()) else {
            return self.unreadable();
        };
        self.readback.unmap();
        // Threads fire in any order.
        for bounds in made.bases.windows(2) {
            spikes[bounds[0] as usize..bounds[1] as usize].sort_unstable();
        }
        Outcome::Steps(Landed { made, spikes })
    }

    fn hand_out_state(&mut self) -> Outcome {
        let words = self.state_readback.as_ref().and_then(|readback| {
            let words = self.gpu.words(readback, 0, readback.size() as usize / 4);
            readback.unmap();
            words
        });
        let Some(words) = words else { return self.unreadable() };
        let (variables, ring) = words.split_at(self.variables.size() as usize / 4);
        let variables = self.places.iter().map(|place| cast_slice(&variables[place.clone()]).to_vec()).collect();
        let ring_words = self.sums * self.slots * self.rows;
        Outcome::State(variables, cast_slice(&ring[..ring_words]).to_vec())
    }
}

/// A browser would give the memory back when it collects its garbage, which it may do late.
impl Drop for GpuRun {
    fn drop(&mut self) {
        self.all.iter().for_each(Buffer::destroy);
    }
}

impl Made {
    /// Number of spikes.
    fn fired(&self) -> usize {
        self.bases.last().map_or(0, |&n| n as usize)
    }
}
