//! What the worker tells, taken in.

use leptos::prelude::*;
use spikeground_core::{neuron::NeuronModel, spec::NetworkSpec, sweep::Swept, units::ms_from_steps};
use spikeground_worker::protocol::{Frame, FromWorker};

use super::{Clock, EngineReason, EngineReport, GPU, Notice, Player, Size, Traced};
use crate::state::{history::History, view};

impl Player {
    pub(super) fn receive(self, message: FromWorker) {
        match message {
            FromWorker::Frame(frame) => self.take_frame(&frame),
            FromWorker::Wiring { progress, size, .. } => self.wiring.set(Some((progress, size))),
            FromWorker::Loaded { id, live, size } => self.loaded(id, live, size),
            FromWorker::Refused { id, errors } => {
                if self.answered(id).is_some() {
                    self.wiring.set(None);
                    self.problems.set(errors);
                }
            }
            FromWorker::Cancelled { id } => {
                let given_up = self.answered(id);
                // Another network may be on its way already; only the last one's end is the end of wiring.
                if self.link.with_value(|link| link.sent.is_empty()) {
                    self.wiring.set(None);
                    self.keep_running_one(given_up);
                }
            }
            FromWorker::Swept { population, news } => self.take_sweep(population, news),
            FromWorker::Engine(report) => self.take_report(*report),
            FromWorker::Halted(halt) => {
                self.playing.set(false);
                self.notice.set(Some(Notice::Halted(halt)));
            }
            FromWorker::Rejected(rejection) => self.notice.set(Some(Notice::Rejected(rejection))),
            // Parameter sweeps are made in sessions of their own.
            FromWorker::Ready { .. }
            | FromWorker::Alive
            | FromWorker::Scanned(_)
            | FromWorker::Reported(_)
            | FromWorker::Decoded(_) => {}
        }
    }

    /// Tells the visitor of a GPU that was asked for or in use and cannot be used.
    fn take_report(self, report: EngineReport) {
        let before = self.engine.get_untracked();
        if let EngineReason::Problem(problem) = &report.reason
            && before.reason != report.reason
            && (report.choice == GPU || before.engine == GPU)
        {
            self.notice.set(Some(Notice::Gpu(problem.clone())));
        }
        self.engine.set(report);
    }

    fn loaded(self, id: u32, live: bool, size: Size) {
        let Some(spec) = self.answered(id) else { return };
        self.problems.update(Vec::clear);
        self.size.set(Some(size));
        if !live {
            self.wiring.set(None);
            self.bands.set(view::bands(&spec));
            let last = spec.neurons() as u32 - 1;
            if self.picked.get_untracked() > last {
                self.picked.set(last);
            }
            self.sweep.set(None);
            self.source.update(History::clear_plane);
            self.probe();
            self.loaded.update(|count| *count += 1);
        }
        self.link.update_value(|link| link.running = Some(spec));
        self.set_threshold();
        if let Some(population) = self.sweep.with_untracked(|sweep| sweep.as_ref().map(|sweep| sweep.population)) {
            self.sweep(population);
        }
    }

    fn take_sweep(self, from: usize, news: Swept) {
        self.sweep.update(|sweep| {
            if let Some(sweep) = sweep.as_mut().filter(|sweep| sweep.population == from) {
                match news {
                    Swept::Going(progress) => sweep.progress = Some(progress),
                    done => (sweep.progress, sweep.news) = (None, Some(done)),
                }
            }
        });
    }

    /// After wiring was given up the page shows the network that runs again. What was refused stays for the visitor to mend.
    fn keep_running_one(self, given_up: Option<NetworkSpec>) {
        let running = self.link.with_value(|link| link.running.clone());
        if let (Some(given_up), Some(running)) = (given_up, running)
            && !given_up.same_wiring(&running)
            && self.spec.with_untracked(|spec| *spec == given_up)
        {
            self.go_back_to(running);
        }
    }

    fn take_frame(self, frame: &Frame) {
        let Some(new_run) = self.link.try_update_value(|link| {
            link.drawn = true;
            (!link.vacant).then(|| link.run.replace(frame.run) != Some(frame.run))
        }) else {
            return;
        };
        let Some(new_run) = new_run else { return };
        let time_ms = frame.step * frame.dt_ms;
        let (picked, traced) = (self.picked.get_untracked(), self.traced.get_untracked());
        let model = untrack(|| self.picked_model());
        let (pairs, _) = frame.spikes.0.as_chunks::<2>();
        self.source.update(|history| {
            if new_run {
                let threshold = history.threshold();
                history.clear(frame.dt_ms, frame.rates.hz.len(), frame.rates.bin_steps * frame.dt_ms);
                history.set_threshold(threshold);
            }
            history.push_spikes(pairs.iter().map(|&[step, neuron]| (u64::from(step), neuron)));
            if let Some((from, to)) = frame.lost {
                history.push_gap(from * frame.dt_ms, to * frame.dt_ms);
            }
            push_rates(history, frame);
            if frame.trace.neuron == picked {
                let own = pairs.iter().filter(|[_, neuron]| *neuron == picked);
                let own = own.map(|[step, _]| ms_from_steps(u64::from(*step), frame.dt_ms));
                push_trace(history, frame, traced, model, own);
            }
            history.advance(time_ms);
        });
        self.axis.tell(time_ms);
        self.playing.set(frame.playing);
        self.clock.update(|clock| {
            let before = if new_run { 0.0 } else { clock.spikes };
            let spikes = before + pairs.len() as f64;
            *clock = Clock { time_ms, reached: frame.speed, spikes };
        });
        if let Some(measures) = &frame.measures {
            self.measures.set(measures.clone());
        }
        let neurons = self.size.with_untracked(|size| size.map_or(1.0, |s| s.neurons)) as u32;
        let seconds_per_step = frame.dt_ms / 1000.0 / frame.speed.max(1e-9);
        self.link.with_value(|link| {
            if let Some(sound) = &link.sound {
                sound.play(&frame.spikes.0, picked, neurons, seconds_per_step);
            }
        });
    }
}

/// Takes in what is recorded of the picked neuron, which fired `at` these times.
fn push_trace(
    history: &mut History,
    frame: &Frame,
    traced: Traced,
    model: Option<(usize, &NeuronModel)>,
    at: impl Iterator<Item = f64>,
) {
    let Frame { trace, field, dt_ms, .. } = frame;
    match (traced, field) {
        (Traced::Variable(_), _) => {
            let variable = view::traced_index(model.map(|(_, model)| model), traced);
            history.push_trace(trace.from * dt_ms, *dt_ms, trace.of(variable));
            at.for_each(|t_ms| history.push_trace_spike(t_ms));
        }
        (Traced::Field, Some(field)) if model.is_some_and(|(population, _)| population == field.population) => {
            history.push_trace(field.from * dt_ms, field.every * dt_ms, field.samples.as_f32());
        }
        _ => {}
    }
    if let Some((_, model)) = model
        && let Some(plane) = &model.plane
        && let [Some(x), Some(y)] = plane.variables.map(|name| model.state_index(name))
    {
        history.push_plane(trace.of(x), trace.of(y));
    }
}

fn push_rates(history: &mut History, frame: &Frame) {
    let bins = frame.rates.hz.first().map_or(0, Vec::len);
    let first = (frame.rates.from / frame.rates.bin_steps) as u64;
    let mut row = Vec::with_capacity(frame.rates.hz.len());
    for bin in 0..bins {
        row.clear();
        row.extend(frame.rates.hz.iter().map(|hz| hz[bin]));
        history.push_rates(first + bin as u64, &row);
    }
}
