//! `Seen`: what a step of a lesson may ask of the run: its numbers, its spikes, its weights, and what the reader did.

use spikeground_core::{
    spec::NetworkSpec,
    stats::{IntervalMeter, MeanCv},
};

use crate::state::{history::History, player::ProjectionWeights};

/// Fewest intervals of a neuron for its CV to count.
const LEAST_INTERVALS: u32 = 5;

/// What is seen of the run.
pub struct Seen<'a> {
    /// The network as set.
    pub spec: &'a NetworkSpec,
    /// Its record.
    pub history: &'a History,
    /// The weights of the projections whose synapses have their own.
    pub weights: &'a [ProjectionWeights],
    /// Model time at which the step began, ms.
    pub began_ms: f64,
    /// Model time at which the reader last changed a number, ms.
    pub changed_ms: f64,
}

impl Seen<'_> {
    /// The value of a control.
    pub fn control(&self, name: &str) -> f64 {
        let control = self.spec.controls.iter().find(|control| control.name == name);
        control.and_then(|c| c.paths.first()).and_then(|path| self.spec.get(path)).unwrap_or(f64::NAN)
    }

    /// Whether the reader poked a neuron in this step and the run has gone on for `ms` since.
    pub fn poked(&self, ms: f64) -> bool {
        self.history
            .pokes(self.began_ms, f64::INFINITY)
            .any(|p| p.when.t0_ms >= self.began_ms && self.is_past(p.when.t0_ms, ms))
    }

    /// Whether for `ms` nothing was changed or poked: what was seen in that time belongs together.
    pub fn is_calm(&self, ms: f64) -> bool {
        let poked_ms = self.history.pokes(self.now_ms() - ms, f64::INFINITY).map(|p| p.when.t1_ms);
        self.is_past(poked_ms.fold(self.changed_ms.max(self.began_ms), f64::max), ms)
    }

    /// Spikes of a neuron in the last `ms`, which were calm.
    pub fn spikes(&self, neuron: u32, ms: f64) -> Option<usize> {
        self.times(neuron, ms).map(|times| times.len())
    }

    /// Times of the spikes of a neuron in the last `ms`, which were calm.
    pub fn times(&self, neuron: u32, ms: f64) -> Option<Vec<f64>> {
        let of_neuron = |(t_ms, by): (f64, u32)| (by == neuron).then_some(t_ms);
        self.is_calm(ms).then(|| self.recent(ms).filter_map(of_neuron).collect())
    }

    /// Mean rate of the neurons of a population over the last `ms`, which were calm, Hz.
    pub fn rate_hz(&self, population: usize, ms: f64) -> Option<f64> {
        let (first, count) = self.neurons(population);
        let fired = || self.recent(ms).filter(|(_, by)| (first..first + count).contains(by)).count();
        self.is_calm(ms).then(|| fired() as f64 / f64::from(count) / (ms / 1000.0))
    }

    /// Mean CV of the inter-spike intervals of a population over the last `ms`, which were calm.
    pub fn cv(&self, population: usize, ms: f64) -> Option<f64> {
        let (first, count) = self.neurons(population);
        let mut meter = IntervalMeter::new(count as usize).ok().filter(|_| self.is_calm(ms))?;
        for (t_ms, by) in self.recent(ms).filter(|(_, by)| (first..first + count).contains(by)) {
            meter.spike(by - first, (t_ms / self.spec.dt_ms).round() as u64);
        }
        meter.mean_cv(0..count as usize, LEAST_INTERVALS).map(|MeanCv { cv, .. }| cv)
    }

    /// The part of the synapses of a projection whose weights lie between two parts of the largest.
    pub fn share(&self, projection: usize, from: f64, to: f64) -> f64 {
        let counts = self.weights.iter().find(|w| w.projection == projection).map_or(&[][..], |w| &w.counts);
        let middle = |bin: usize| (bin as f64 + 0.5) / counts.len() as f64;
        let within = counts.iter().enumerate().filter(|(bin, _)| (from..to).contains(&middle(*bin)));
        within.map(|(_, n)| n).sum::<f64>() / counts.iter().sum::<f64>().max(1.0)
    }

    fn now_ms(&self) -> f64 {
        self.history.now_ms()
    }

    fn is_past(&self, t_ms: f64, ms: f64) -> bool {
        self.now_ms() - t_ms >= ms
    }

    /// The spikes of the last `ms`.
    fn recent(&self, ms: f64) -> impl Iterator<Item = (f64, u32)> + '_ {
        self.history.spikes(self.now_ms() - ms, f64::INFINITY)
    }

    /// The first neuron of a population and their number.
    fn neurons(&self, population: usize) -> (u32, u32) {
        let sizes = || self.spec.populations.iter().map(|p| p.size as u32);
        (sizes().take(population).sum(), sizes().nth(population).unwrap_or(0))
    }
}
