//! `Recorder`: what is seen of a run, in bounded memory: spikes, rates, intervals, and the trace of one neuron.
//!
//! Spikes, rate bins and trace samples are handed out by `take_…` and then forgotten. What is not taken in time is dropped
//! from the old end, and the gap is told, never closed up.

use alloc::{collections::VecDeque, vec::Vec};

use crate::{
    network::{Network, OutOfMemory, RECORD_BYTES, RECORD_BYTES_PER_NEURON},
    stats::{IntervalHistogram, IntervalMeter, MeanCv},
};

/// Most spikes that wait to be taken, 8 bytes each: two seconds of 100,000 neurons at 5 Hz.
const MOST_SPIKES: usize = 1 << 20;
/// Most rate bins that wait to be taken, for each population.
const MOST_BINS: usize = 1 << 14;
/// Most trace samples that wait to be taken: 6.5 s at 0.1 ms.
const MOST_SAMPLES: usize = 1 << 16;
/// Width of a rate bin in ms: short beside the rhythms of a network, long enough that a thousand neurons at a few Hz give
/// a readable line.
pub const RATE_BIN_MS: f64 = 5.0;
/// Fewest intervals of a neuron for its CV to count: with fewer, the CV of a random train is far too low.
pub const LEAST_INTERVALS: u32 = 5;

/// What the estimate of memory counts on.
const _: () = {
    assert!(IntervalMeter::BYTES_PER_NEURON <= RECORD_BYTES_PER_NEURON);
    assert!(MOST_SPIKES * 8 + MOST_SAMPLES * 4 + MOST_BINS * 64 <= RECORD_BYTES);
};

/// One spike: step and number of the neuron.
pub type Spike = (u32, u32);

/// Spikes since they were last taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spikes {
    /// The spikes, steps rising.
    pub spikes: Vec<Spike>,
    /// Steps from and to which spikes were dropped, if any were.
    pub lost: Option<(u64, u64)>,
}

/// Finished rate bins since they were last taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rates {
    /// Step at which the first bin begins.
    pub from: u64,
    /// Steps in a bin.
    pub bin_steps: u64,
    /// Spikes in each bin, for each population.
    pub counts: Vec<Vec<u32>>,
}

/// Samples of a state variable of one neuron since they were last taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Step of the first sample; the others follow step by step.
    pub from: u64,
    /// The samples, in the variable's unit.
    pub samples: Vec<f32>,
}

/// The recorder of a run.
pub struct Recorder {
    spikes: VecDeque<Spike>,
    lost: Option<(u64, u64)>,
    totals: Vec<u64>,
    bin: Vec<u32>,
    bin_steps: u64,
    bins: VecDeque<Vec<u32>>,
    bins_from: u64,
    intervals: IntervalMeter,
    histograms: Vec<IntervalHistogram>,
    probe: Option<(u32, usize)>,
    samples: VecDeque<f32>,
    samples_from: u64,
    dt_ms: f64,
    firsts: Vec<usize>,
}

impl Recorder {
    /// A recorder for a network.
    ///
    /// # Errors
    /// That the machine has no memory for it.
    pub fn new(network: &Network) -> Result<Recorder, OutOfMemory> {
        let (n, dt_ms) = (network.populations.len(), network.dt_ms());
        let firsts = network.populations.iter().map(|p| p.first as usize).chain([network.neurons()]).collect();
        Ok(Recorder {
            spikes: VecDeque::new(),
            lost: None,
            totals: alloc::vec![0; n],
            bin: alloc::vec![0; n],
            bin_steps: (libm::round(RATE_BIN_MS / dt_ms) as u64).max(1),
            bins: VecDeque::new(),
            bins_from: 0,
            intervals: IntervalMeter::new(network.neurons())?,
            histograms: alloc::vec![IntervalHistogram::new(dt_ms); n],
            probe: None,
            samples: VecDeque::new(),
            samples_from: 0,
            dt_ms,
            firsts,
        })
    }

    /// Forgets everything; the next step is `step` + 1.
    pub fn reset(&mut self, step: u64) {
        self.spikes.clear();
        self.lost = None;
        self.bin.fill(0);
        self.bins.clear();
        self.bins_from = step;
        self.samples.clear();
        self.samples_from = step;
        self.restart_statistics(step);
    }

    /// Counts, intervals and their histograms start anew at `step`; what waits to be taken stays.
    pub fn restart_statistics(&mut self, step: u64) {
        self.totals.fill(0);
        self.intervals.restart(step);
        self.histograms.iter_mut().for_each(IntervalHistogram::clear);
    }

    /// Samples state variable number `variable` of a neuron from the next step on, instead of what was sampled before.
    pub fn probe(&mut self, neuron: u32, variable: usize, step: u64) {
        self.probe = Some((neuron, variable));
        self.samples.clear();
        self.samples_from = step;
    }

    /// The neuron and variable that are sampled.
    pub fn probed(&self) -> Option<(u32, usize)> {
        self.probe
    }

    /// Notes a step that has just been made: who fired, rising, and the value of what is sampled.
    pub(crate) fn record(&mut self, step: u64, spikes: &[u32], sample: Option<f32>) {
        let mut population = 0;
        for &neuron in spikes {
            while neuron as usize >= self.firsts[population + 1] {
                population += 1;
            }
            self.totals[population] += 1;
            self.bin[population] += 1;
            if let Some(interval) = self.intervals.spike(neuron, step) {
                self.histograms[population].add(interval);
            }
            self.spikes.push_back((step as u32, neuron));
        }
        if self.spikes.len() > MOST_SPIKES {
            self.drop_oldest_spikes();
        }
        if step.is_multiple_of(self.bin_steps) {
            self.finish_bin();
        }
        if let Some(sample) = sample {
            self.samples.push_back(sample);
            if self.samples.len() > MOST_SAMPLES {
                self.samples.pop_front();
                self.samples_from += 1;
            }
        }
    }

    /// Drops a quarter, so that dropping is rare; the gap ends with a whole step.
    fn drop_oldest_spikes(&mut self) {
        let (last, _) = self.spikes[MOST_SPIKES / 4];
        let keep = self.spikes.partition_point(|&(step, _)| step <= last);
        let from = self.lost.map_or(u64::from(self.spikes[0].0), |(from, _)| from);
        self.lost = Some((from, u64::from(last)));
        self.spikes.drain(..keep);
    }

    fn finish_bin(&mut self) {
        let n = self.bin.len();
        self.bins.push_back(core::mem::replace(&mut self.bin, alloc::vec![0; n]));
        if self.bins.len() > MOST_BINS {
            self.bins.pop_front();
            self.bins_from += self.bin_steps;
        }
    }

    /// Hands out the spikes since the last call.
    pub fn take_spikes(&mut self) -> Spikes {
        Spikes { spikes: self.spikes.drain(..).collect(), lost: self.lost.take() }
    }

    /// Hands out the finished rate bins since the last call.
    pub fn take_rates(&mut self) -> Rates {
        let n = self.bin.len();
        let counts = (0..n).map(|p| self.bins.iter().map(|bin| bin[p]).collect()).collect();
        let rates = Rates { from: self.bins_from, bin_steps: self.bin_steps, counts };
        self.bins_from += self.bins.len() as u64 * self.bin_steps;
        self.bins.clear();
        rates
    }

    /// Hands out the samples since the last call.
    pub fn take_trace(&mut self) -> Trace {
        let trace = Trace { from: self.samples_from + 1, samples: self.samples.drain(..).collect() };
        self.samples_from += trace.samples.len() as u64;
        trace
    }

    /// Spikes of each population since the statistics began.
    pub fn totals(&self) -> &[u64] {
        &self.totals
    }

    /// Mean rate of each population in Hz, from the beginning of the statistics to `step`.
    pub fn rates_hz(&self, step: u64) -> Vec<f64> {
        let seconds = (step - self.intervals.since()) as f64 * self.dt_ms / 1000.0;
        let neurons = self.firsts.windows(2).map(|w| (w[1] - w[0]) as f64);
        let rate = |(&total, n): (&u64, f64)| if seconds > 0.0 { total as f64 / n / seconds } else { 0.0 };
        self.totals.iter().zip(neurons).map(rate).collect()
    }

    /// The step at which the statistics began.
    pub fn since(&self) -> u64 {
        self.intervals.since()
    }

    /// Histogram of the intervals of a population.
    pub fn histogram(&self, population: usize) -> &IntervalHistogram {
        &self.histograms[population]
    }

    /// Mean CV of the neurons of a population with at least [`LEAST_INTERVALS`] intervals.
    pub fn mean_cv(&self, population: usize) -> Option<MeanCv> {
        self.intervals.mean_cv(self.firsts[population]..self.firsts[population + 1], LEAST_INTERVALS)
    }

    /// Mean CV over the neurons of all populations.
    pub fn mean_cv_of_all(&self) -> Option<MeanCv> {
        self.intervals.mean_cv(0..self.firsts[self.firsts.len() - 1], LEAST_INTERVALS)
    }
}
