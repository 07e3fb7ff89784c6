//! `Elsewhere`: a simulation whose steps are made on a GPU. It decides how many go out at once and when the state comes
//! home; what came back it notes in the simulation.

use spikeground_core::{
    engine::{Halt, Simulation},
    network::Network,
};

use crate::{
    gpu::{GpuRun, Landed, MOST_STEPS, Outcome, traffic_bytes},
    protocol::GpuTimes,
};

/// Time in ms that a batch should take: long beside the way there and back, short beside a person's patience.
const BATCH_MS: f64 = 20.0;
/// Least time in ms between two times that the state comes home unasked. It is what remains if the device is lost; the
/// steps since are then made again.
const HOME_MS: f64 = 500.0;
/// The part of the time that may go into bringing the state home.
const HOME_SHARE: f64 = 0.05;
/// Steps of the first batch.
const FIRST_BATCH: u64 = 8;

/// A simulation on a GPU.
pub struct Elsewhere {
    run: GpuRun,
    batch: u64,
    sent: u64,
    sent_ms: f64,
    home_ms: f64,
    fetch_took_ms: f64,
    times: Times,
}

/// Sums since they were last asked for.
#[derive(Default)]
struct Times {
    steps: f64,
    ms: f64,
    spikes: f64,
    batches: f64,
    update_us: f64,
    delivery_us: f64,
}

/// What has come back.
#[derive(Debug, PartialEq)]
pub enum Arrival {
    /// Nothing.
    Nothing,
    /// Steps; they are noted.
    Steps,
    /// The state; it is where the record is.
    Home,
    /// The state, in which something is not a number.
    Halted(Halt),
    /// Nothing will come any more, and why.
    Lost(String),
}

impl Elsewhere {
    /// The simulation whose state is on the device, at `now_ms`.
    pub fn new(run: GpuRun, now_ms: f64) -> Elsewhere {
        Elsewhere {
            run,
            batch: FIRST_BATCH,
            sent: 0,
            sent_ms: now_ms,
            home_ms: now_ms,
            fetch_took_ms: 0.0,
            times: Times::default(),
        }
    }

    /// Bytes on the device.
    pub fn bytes(&self) -> u64 {
        self.run.bytes()
    }

    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.run.is_idle()
    }

    /// Takes in what has come back.
    pub fn receive(&mut self, simulation: &mut Simulation, now_ms: f64) -> Arrival {
        match self.run.poll() {
            None => Arrival::Nothing,
            Some(Outcome::Lost(reason)) => Arrival::Lost(reason),
            Some(Outcome::Steps(landed)) => {
                landed.steps().for_each(|(spikes, samples)| simulation.note(spikes, samples));
                self.times.add(&landed, now_ms - self.sent_ms);
                match now_ms - self.sent_ms {
                    took if took < BATCH_MS / 2.0 && self.sent == self.batch => self.batch *= 2,
                    took if took > BATCH_MS * 1.5 => self.batch = (self.batch / 2).max(1),
                    _ => {}
                }
                if landed.halted() {
                    self.fetch(now_ms);
                }
                Arrival::Steps
            }
            Some(Outcome::State(variables, ring)) => {
                (self.home_ms, self.fetch_took_ms) = (now_ms, now_ms - self.sent_ms);
                match simulation.restore(&variables, &ring, 1) {
                    Ok(()) => {
                        // Pulses may have ended.
                        self.run.upload_numbers(simulation);
                        Arrival::Home
                    }
                    Err(halt) => Arrival::Halted(halt),
                }
            }
        }
    }

    /// Whether the state should come home, because an injected current ends or it has not been home for long.
    pub fn is_homesick(&self, simulation: &Simulation, now_ms: f64) -> bool {
        let pulse_ends = simulation.state().next_pulse_end().is_some_and(|last| last <= simulation.steps());
        let period_ms = HOME_MS.max(self.fetch_took_ms / HOME_SHARE);
        simulation.behind() > 0 && (pulse_ends || now_ms - self.home_ms > period_ms)
    }

    /// Sends for the state.
    pub fn fetch(&mut self, now_ms: f64) {
        self.sent_ms = now_ms;
        self.run.fetch_state();
    }

    /// Sends some of the steps that are due, and tells how many.
    pub fn send(&mut self, simulation: &Simulation, due: u64, now_ms: f64) -> u64 {
        let to_pulse_end = simulation.state().next_pulse_end().map_or(u64::MAX, |last| last - simulation.steps());
        self.sent = due.min(self.batch).min(to_pulse_end).min(MOST_STEPS.into());
        self.sent_ms = now_ms;
        self.run.submit(simulation, self.sent as u32);
        self.sent
    }

    /// What a step took, the mean since the last call; `None` if there was none.
    pub fn times(&mut self, network: &Network) -> Option<GpuTimes> {
        let Times { steps, ms, spikes, batches, update_us, delivery_us } = std::mem::take(&mut self.times);
        let synapses: usize = network.projections.iter().map(|p| p.synapses.targets.len()).sum();
        let events = spikes * synapses as f64 / network.neurons() as f64;
        (steps > 0.0).then(|| GpuTimes {
            step_us: ms * 1000.0 / steps,
            update_us: update_us / batches,
            delivery_us: delivery_us / batches,
            dispatches: self.run.dispatches_per_step() as f64,
            bytes: traffic_bytes(network, steps, events) / steps,
        })
    }

    /// Begins to measure times anew.
    pub fn forget_times(&mut self) {
        self.times = Times::default();
    }

    /// Takes over a state that was changed at home; false if it has outgrown the buffers.
    pub fn refresh(&mut self, simulation: &Simulation) -> bool {
        let fits = simulation.network().beyond_plain().is_none() && self.run.fits(simulation);
        if fits {
            self.run.upload(simulation);
        }
        fits
    }
}

impl Times {
    fn add(&mut self, landed: &Landed, took_ms: f64) {
        let (steps, spikes) = landed.steps().fold((0, 0), |(steps, n), (spikes, _)| (steps + 1, n + spikes.len()));
        let device = landed.times().unwrap_or_default();
        self.steps += f64::from(steps);
        self.ms += took_ms;
        self.spikes += spikes as f64;
        self.batches += 1.0;
        self.update_us += device.update_us;
        self.delivery_us += device.delivery_us;
    }
}
