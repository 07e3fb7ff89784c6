//! What is looked at closely: the picked neuron, its phase plane, a population's f–I curve.

use leptos::prelude::*;
use spikeground_core::neuron::{self, NeuronModel};
use spikeground_worker::protocol::{ToWorker, Weighable};

use super::{Player, SweepOf, Traced};
use crate::state::{history::History, view};

impl Player {
    /// Shows a neuron.
    pub fn pick(self, neuron: u32) {
        self.picked.set(neuron);
        self.source.update(History::clear_plane);
        self.show_anew();
    }

    /// Shows something else over time.
    pub fn trace(self, traced: Traced) {
        self.traced.set(traced);
        self.show_anew();
    }

    /// Shows the phase plane of the picked neuron, or no longer.
    pub fn set_in_plane(self, is_shown: bool) {
        self.in_plane.set(is_shown);
        self.probe();
    }

    fn show_anew(self) {
        self.source.update(History::clear_trace);
        self.set_threshold();
        self.probe();
    }

    /// The model of the picked neuron, and its population. Tracked.
    pub fn picked_model(self) -> Option<(usize, &'static NeuronModel)> {
        let neuron = self.picked.get();
        self.spec.with(|spec| {
            let (population, _) = view::place(spec, neuron)?;
            Some((population, neuron::find(&spec.populations[population].model)?))
        })
    }

    /// Tells the worker what to record of the picked neuron.
    pub(super) fn probe(self) {
        let model = untrack(|| self.picked_model()).map(|(_, model)| model);
        let traced = self.traced.get_untracked();
        let mut variables = vec![view::traced_index(model, traced)];
        if let Some(model) = model.filter(|_| self.in_plane.get_untracked()) {
            let plane = model.plane.iter().flat_map(|plane| plane.variables);
            variables.extend(plane.filter_map(|name| model.state_index(name)));
        }
        variables.sort_unstable();
        variables.dedup();
        self.send(ToWorker::Probe { neuron: self.picked.get_untracked(), variables, field: traced == Traced::Field });
    }

    /// Tells the worker what of the weights is looked at.
    pub fn weigh(self, what: Option<Weighable>) {
        self.send(ToWorker::Weigh { what });
    }

    /// Measures the f–I curve of a population, and anew whenever its numbers change.
    pub fn sweep(self, population: usize) {
        self.sweep.update(|sweep| {
            let news = sweep.take().filter(|sweep| sweep.population == population).and_then(|sweep| sweep.news);
            *sweep = Some(SweepOf { population, progress: Some(0.0), news });
        });
        self.send(ToWorker::Sweep { population });
    }

    pub(super) fn set_threshold(self) {
        let running = self.link.with_value(|link| link.running.clone());
        let traced = self.traced.get_untracked();
        let threshold = running.and_then(|spec| {
            let (population, _) = view::place(&spec, self.picked.get_untracked())?;
            let model = neuron::find(&spec.populations[population].model)?;
            let is_potential = traced != Traced::Field && view::traced_index(Some(model), traced) == 0;
            is_potential.then(|| spec.get(&format!("populations[{population}].params.V_th"))).flatten()
        });
        self.source.update(|history| history.set_threshold(threshold));
    }
}
