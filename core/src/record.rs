//! `Recorder`: what is seen of a run, in bounded memory: spikes, rates, the measures of [`crate::stats`], state variables
//! of one neuron, and the field of one population.
//!
//! Spikes, rate bins and samples are handed out by `take_…` and then forgotten. What is not taken in time is dropped
//! from the old end, and the gap is told, never closed up.

use alloc::{collections::VecDeque, vec::Vec};

use crate::{
    network::{
        Network, OutOfMemory, RECORD_BYTES, RECORD_BYTES_PER_NEURON, RECORD_BYTES_PER_PLASTIC,
        RECORD_BYTES_PER_POPULATION,
    },
    rng::{Purpose, Stream},
    stats::{
        COURSE_MS, Correlation, Fano, IntervalHistogram, IntervalMeter, MeanCv, Onsets, PSTH_BINS, Psth, SAMPLED,
        SPECTRUM_BIN_MS, Sample, Spectrum, WeightCourse,
    },
    units::steps_from_ms,
};

/// Most spikes that wait to be taken, 8 bytes each: two seconds of 100,000 neurons at 5 Hz.
const MOST_SPIKES: usize = 1 << 20;
/// Most rate bins that wait to be taken, for each population.
const MOST_BINS: usize = 1 << 14;
/// Most steps whose samples wait to be taken: 6.5 s at 0.1 ms.
const MOST_SAMPLES: usize = 1 << 16;
/// Most state variables that are sampled at once: one to look at and the two of a phase plane.
pub const MOST_VARIABLES: usize = 3;
/// From one sample of a field to the next, ms: it follows rhythms up to 500 Hz.
pub const FIELD_MS: f64 = 1.0;
/// Most samples of a field that wait to be taken.
const MOST_FIELD: usize = 1 << 14;
/// Width of a rate bin in ms: short beside the rhythms of a network, long enough that a thousand neurons at a few Hz give
/// a readable line.
pub const RATE_BIN_MS: f64 = 5.0;
/// Fewest intervals of a neuron for its CV to count: with fewer, the CV of a random train is far too low.
pub const LEAST_INTERVALS: u32 = 5;

/// What the estimate of memory counts on.
const _: () = {
    // A bit tells whether a neuron is in the sample.
    assert!(IntervalMeter::BYTES_PER_NEURON < RECORD_BYTES_PER_NEURON);
    assert!(MOST_SPIKES * 8 + MOST_SAMPLES * 4 * MOST_VARIABLES + MOST_FIELD * 4 + MOST_BINS * 64 <= RECORD_BYTES);
    assert!(WeightCourse::BYTES <= RECORD_BYTES_PER_PLASTIC);
    let sampled = Correlation::bytes(SAMPLED) + SAMPLED * 64;
    assert!(sampled + Spectrum::BYTES_PER_POPULATION + PSTH_BINS * 8 <= RECORD_BYTES_PER_POPULATION);
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

/// What is sampled in every step.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// Number of the neuron in the network.
    pub neuron: u32,
    /// Numbers of its state variables, at most [`MOST_VARIABLES`].
    pub variables: Vec<usize>,
}

/// Samples since they were last taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Step of the first sample.
    pub from: u64,
    /// Steps from one to the next.
    pub every: u64,
    /// The samples of each variable, in its unit.
    pub samples: Vec<Vec<f32>>,
}

/// The field of a population, while it is watched.
struct Field {
    population: usize,
    /// Steps at which the samples that wait begin and end.
    from: u64,
    next: u64,
    samples: VecDeque<f32>,
}

/// What is measured on some neurons of a population.
struct Sampled {
    sample: Sample,
    /// Spikes of each in the present rate bin.
    counts: Vec<u32>,
    fano: Fano,
    correlation: Correlation,
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
    sampled: Vec<Sampled>,
    spectrum: Spectrum,
    spectrum_steps: u64,
    psth: Option<Psth>,
    /// Spikes of each population in the present step.
    fired: Vec<u32>,
    probe: Option<Probe>,
    /// Samples of the probe, a step's variables side by side.
    samples: VecDeque<f32>,
    samples_from: u64,
    field: Option<Field>,
    field_steps: u64,
    /// The course of the weights of each projection that learns.
    courses: Vec<Option<WeightCourse>>,
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
        let steps = |ms| steps_from_ms(ms, dt_ms).max(1);
        let bin_ms = steps(RATE_BIN_MS) as f64 * dt_ms;
        let sampled = network.populations.iter().map(|p| {
            let sample = Sample::draw(p.n, Stream::new(network.spec.seed, Purpose::Sample, p.index));
            let n = sample.len();
            Sampled { sample, counts: alloc::vec![0; n], fano: Fano::new(n, bin_ms), correlation: Correlation::new(n) }
        });
        let sizes = network.populations.iter().map(|p| p.n);
        let spectrum_steps = steps(SPECTRUM_BIN_MS);
        let courses = network
            .projections
            .iter()
            .map(|p| p.synapse.plastic().map(|_| WeightCourse::new(p.synapses.targets.len(), steps(COURSE_MS))));
        Ok(Recorder {
            spikes: VecDeque::new(),
            lost: None,
            totals: alloc::vec![0; n],
            bin: alloc::vec![0; n],
            bin_steps: steps(RATE_BIN_MS),
            bins: VecDeque::new(),
            bins_from: 0,
            intervals: IntervalMeter::new(network.neurons())?,
            histograms: alloc::vec![IntervalHistogram::new(dt_ms); n],
            sampled: sampled.collect(),
            spectrum: Spectrum::new(sizes, spectrum_steps as f64 * dt_ms),
            spectrum_steps,
            psth: psth(network),
            fired: alloc::vec![0; n],
            probe: None,
            samples: VecDeque::new(),
            samples_from: 0,
            field: None,
            field_steps: steps(FIELD_MS),
            courses: courses.collect(),
            dt_ms,
            firsts,
        })
    }

    /// Forgets everything; the next step is `step` + 1.
    pub fn reset(&mut self, step: u64) {
        self.restart_statistics(step);
        self.spikes.clear();
        self.lost = None;
        self.bin.fill(0);
        self.bins.clear();
        self.bins_from = step;
        self.samples.clear();
        self.samples_from = step;
        self.watch_field(self.field.as_ref().map(|field| field.population));
        self.courses.iter_mut().flatten().for_each(WeightCourse::clear);
    }

    /// Every measure starts anew at `step`; what waits to be taken stays.
    pub fn restart_statistics(&mut self, step: u64) {
        self.totals.fill(0);
        self.intervals.restart(step);
        self.histograms.iter_mut().for_each(IntervalHistogram::clear);
        for sampled in &mut self.sampled {
            sampled.counts.fill(0);
            sampled.fano.clear();
            sampled.correlation.clear();
        }
        self.spectrum.clear();
        self.psth.iter_mut().for_each(Psth::clear);
    }

    /// Follows a network whose numbers have changed.
    pub(crate) fn adapt(&mut self, network: &Network) {
        self.psth = psth(network);
    }

    /// Samples these state variables of a neuron from the next step on, instead of what was sampled before; more than
    /// [`MOST_VARIABLES`] are too many.
    pub fn probe(&mut self, neuron: u32, variables: &[usize], step: u64) {
        let variables = variables.iter().copied().take(MOST_VARIABLES).collect();
        self.probe = Some(Probe { neuron, variables });
        self.samples.clear();
        self.samples_from = step;
    }

    /// What is sampled.
    pub fn probed(&self) -> Option<&Probe> {
        self.probe.as_ref()
    }

    /// Samples the field of a population, or none.
    pub fn watch_field(&mut self, population: Option<usize>) {
        self.field = population.map(|population| Field { population, from: 0, next: 0, samples: VecDeque::new() });
    }

    /// The population whose field is sampled.
    pub fn watched_field(&self) -> Option<usize> {
        self.field.as_ref().map(|field| field.population)
    }

    /// The population whose field is to be told by [`Recorder::record_field`] after `step`.
    pub(crate) fn field_due(&self, step: u64) -> Option<usize> {
        self.watched_field().filter(|_| step.is_multiple_of(self.field_steps))
    }

    /// Notes a sample of the field. Where steps were made elsewhere, samples are missing; what waits then begins anew.
    pub(crate) fn record_field(&mut self, step: u64, value: f32) {
        let Some(field) = &mut self.field else { return };
        if step != field.next || field.samples.len() == MOST_FIELD {
            field.samples.clear();
            field.from = step;
        }
        field.samples.push_back(value);
        field.next = step + self.field_steps;
    }

    /// Notes the weights of the projections that learn after `step`, as often as they are wanted.
    pub(crate) fn record_weights<'a>(&mut self, step: u64, weights: impl Fn(usize) -> &'a [f32]) {
        for (projection, course) in self.courses.iter_mut().enumerate() {
            if let Some(course) = course.as_mut().filter(|course| course.is_due(step)) {
                course.note(step, weights(projection));
            }
        }
    }

    /// The course of the weights of a projection, if it learns.
    pub fn weight_course(&self, projection: usize) -> Option<&WeightCourse> {
        self.courses.get(projection)?.as_ref()
    }

    /// Notes a step that has just been made: who fired, rising, and the values of what is sampled.
    pub(crate) fn record(&mut self, step: u64, spikes: &[u32], samples: &[f32]) {
        self.fired.fill(0);
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
            let Sampled { sample, counts, .. } = &mut self.sampled[population];
            if let Some(place) = sample.place(neuron - self.firsts[population] as u32) {
                counts[place] += 1;
            }
            self.spectrum.spike(population);
            self.fired[population] += 1;
            self.spikes.push_back((step as u32, neuron));
        }
        if self.spikes.len() > MOST_SPIKES {
            self.drop_oldest_spikes();
        }
        if step.is_multiple_of(self.bin_steps) {
            self.finish_bin();
        }
        if step.is_multiple_of(self.spectrum_steps) {
            self.spectrum.finish_bin();
        }
        if let Some(psth) = &mut self.psth {
            psth.step(step, &self.fired);
        }
        self.samples.extend(samples);
        if self.samples.len() > MOST_SAMPLES * samples.len() {
            self.samples.drain(..samples.len());
            self.samples_from += 1;
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
        let mut fired = Vec::with_capacity(SAMPLED);
        for Sampled { counts, fano, correlation, .. } in &mut self.sampled {
            fired.clear();
            fired.extend(counts.iter().copied().enumerate().filter(|(_, count)| *count > 0));
            counts.fill(0);
            fano.bin(&fired);
            correlation.bin(&fired);
        }
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

    /// Hands out the samples of the probe since the last call.
    pub fn take_trace(&mut self) -> Trace {
        let n = self.probe.as_ref().map_or(0, |probe| probe.variables.len());
        let samples: Vec<Vec<f32>> =
            (0..n).map(|variable| self.samples.iter().skip(variable).step_by(n).copied().collect()).collect();
        let from = self.samples_from + 1;
        self.samples_from += samples.first().map_or(0, Vec::len) as u64;
        self.samples.clear();
        Trace { from, every: 1, samples }
    }

    /// Hands out the samples of the field since the last call.
    pub fn take_field(&mut self) -> Trace {
        let Some(field) = &mut self.field else { return Trace::default() };
        let from = core::mem::replace(&mut field.from, field.next);
        Trace { from, every: self.field_steps, samples: alloc::vec![field.samples.drain(..).collect()] }
    }

    /// Spikes of each population since the statistics began.
    pub fn totals(&self) -> &[u64] {
        &self.totals
    }

    /// Spikes of a neuron since the statistics began.
    pub fn spikes_of(&self, neuron: u32) -> u32 {
        self.intervals.spikes(neuron)
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

    /// Mean CV2 of the same neurons.
    pub fn mean_cv2(&self, population: usize) -> Option<f64> {
        self.intervals.mean_cv2(self.firsts[population]..self.firsts[population + 1], LEAST_INTERVALS)
    }

    /// Fano factor of the counts of a sample of a population.
    pub fn fano(&self, population: usize) -> &Fano {
        &self.sampled[population].fano
    }

    /// Correlation of the counts, in bins of [`RATE_BIN_MS`], of a sample of a population.
    pub fn correlation(&self, population: usize) -> &Correlation {
        &self.sampled[population].correlation
    }

    /// Power spectrum of the rate of each population.
    pub fn spectrum(&self) -> &Spectrum {
        &self.spectrum
    }

    /// Rate of each population since the last onset of a stimulus, if there is such a stimulus.
    pub fn psth(&self) -> Option<&Psth> {
        self.psth.as_ref()
    }

    /// Mean CV over the neurons of all populations.
    pub fn mean_cv_of_all(&self) -> Option<MeanCv> {
        self.intervals.mean_cv(0..self.firsts[self.firsts.len() - 1], LEAST_INTERVALS)
    }
}

fn psth(network: &Network) -> Option<Psth> {
    let sizes = network.populations.iter().map(|p| p.n);
    Onsets::of(&network.spec).map(|onsets| Psth::new(onsets, sizes, network.dt_ms()))
}
