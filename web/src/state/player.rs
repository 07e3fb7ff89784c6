//! `Player`: the network of the page and its run. It holds what is known as signals, does what the visitor asks, and is
//! the only part of the page that talks to the worker.

use std::{collections::VecDeque, rc::Rc};

use leptos::prelude::*;
use spikeground_core::{
    engine::Halt,
    error::SpecError,
    gallery::{self, Entry},
    network::{Memory, Wiring},
    neuron::{self, NeuronModel},
    spec::NetworkSpec,
    sweep::Swept,
    units::ms_from_steps,
};
use spikeground_worker::client::{Client, News};
pub use spikeground_worker::protocol::{
    AUTO, EngineReason, EngineReport, GPU, Measures, PopulationMeasures, ProjectionWeights, Size, engines,
};
use spikeground_worker::protocol::{Frame, FromWorker, GpuProblem, Rejection, ToWorker};

use super::{
    history::{History, Interval, Limits, Poke},
    sketch::Sketch,
    sound::Sound,
    view,
};
use crate::{
    i18n::{Lang, words},
    plot::{Band, Source, TimeAxis},
};

/// Duration of a poke, ms: long enough for one or two spikes, short enough to be an event.
const POKE_MS: f64 = 5.0;

/// The player; a handle to copy to every component.
#[derive(Clone, Copy)]
pub struct Player {
    /// The network as the visitor has set it. Change it by [`Player::edit`].
    pub spec: RwSignal<NetworkSpec>,
    /// How its graph is laid out. Change it by [`Player::arrange`].
    pub sketch: RwSignal<Sketch>,
    /// Where in the gallery it came from.
    pub entry: RwSignal<Option<&'static Entry>>,
    /// The populations of the network that runs.
    pub bands: RwSignal<Vec<Band>>,
    /// Counts the networks that were wired and have started.
    pub loaded: RwSignal<u32>,
    /// What has been recorded.
    pub source: Source,
    /// The stretch of time that the plots show.
    pub axis: TimeAxis,
    /// Whether it runs.
    pub playing: RwSignal<bool>,
    /// The transport's numbers.
    pub clock: RwSignal<Clock>,
    /// Model time per time that is asked for; `None` is as fast as it can.
    pub speed: RwSignal<Option<f64>>,
    /// What computes the run, and why.
    pub engine: RwSignal<EngineReport>,
    /// Size of the network that runs.
    pub size: RwSignal<Option<Size>>,
    /// The work of wiring, while it lasts.
    pub wiring: RwSignal<Option<(f64, Size)>>,
    /// What is wrong with the network as the visitor has set it.
    pub problems: RwSignal<Vec<SpecError>>,
    /// What else the visitor must know.
    pub notice: RwSignal<Option<Notice>>,
    /// The neuron whose membrane potential is shown.
    pub picked: RwSignal<u32>,
    /// What of it is shown over time.
    pub traced: RwSignal<Traced>,
    /// Whether its phase plane is shown.
    pub in_plane: RwSignal<bool>,
    /// The f–I curve of a population, if it has been asked for.
    pub sweep: RwSignal<Option<SweepOf>>,
    /// Measures of the run.
    pub measures: RwSignal<Measures>,
    /// Whether spikes are heard.
    pub audible: RwSignal<bool>,
    /// What a screen reader is told.
    pub said: RwSignal<Said>,
    link: StoredValue<Link, LocalStorage>,
}

/// What is shown over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traced {
    /// The state variable of the picked neuron with this name, or its membrane potential if it has none so called.
    Variable(&'static str),
    /// The field of its population.
    Field,
}

/// The f–I curve of a population.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepOf {
    /// Index of the population.
    pub population: usize,
    /// How much of it is measured, while it is; what was measured before stays to be seen.
    pub progress: Option<f64>,
    /// What came out last.
    pub news: Option<Swept>,
}

/// The transport's numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clock {
    /// Model time, ms.
    pub time_ms: f64,
    /// Model time per time that is reached; zero while it stands still.
    pub reached: f64,
    /// Spikes since t = 0, without those that had to be dropped.
    pub spikes: f64,
}

/// Something the visitor must know.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The run stopped.
    Halted(Halt),
    /// The worker was lost and replaced.
    Lost(String),
    /// No worker can be had.
    Unavailable(String),
    /// The worker did not follow a message.
    Rejected(Rejection),
    /// The GPU cannot be used, or no longer.
    Gpu(GpuProblem),
    /// A file is no text.
    NotText(String),
    /// A network could not be fetched.
    Unreachable {
        /// The address.
        url: String,
        /// What is known of the cause.
        reason: String,
    },
    /// Something that is possible was asked for by a name or value that is not.
    Unknown {
        /// What was to be set.
        place: String,
        /// To what.
        value: String,
        /// What would have been possible.
        possible: String,
    },
}

impl Notice {
    /// What it says, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let t = words(lang);
        match self {
            Notice::Halted(halt) => {
                format!("{}{} {}", t.halted, if lang == Lang::Zh { "：" } else { ":" }, halt.message(lang))
            }
            Notice::Lost(reason) => crate::i18n::fill(t.lost, &[reason]),
            Notice::Unavailable(reason) => crate::i18n::fill(t.unavailable, &[reason]),
            Notice::Rejected(rejection) => rejection.message(lang),
            Notice::Gpu(problem) => problem.message(lang),
            Notice::NotText(name) => crate::i18n::fill(t.not_text, &[name]),
            Notice::Unreachable { url, reason } => crate::i18n::fill(t.unreachable, &[url, reason]),
            Notice::Unknown { place, value, possible } => crate::i18n::fill(t.unknown, &[place, value, possible]),
        }
    }
}

/// What a screen reader is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// It runs.
    Running,
    /// It stands still at this time, ms.
    Paused(f64),
    /// So many neurons were poked.
    Poked(usize),
    /// This network was opened.
    Opened(String),
}

/// The worker's side of the player, and what waits for an answer.
#[derive(Default)]
struct Link {
    client: Option<Rc<Client>>,
    sound: Option<Sound>,
    /// Networks sent and not answered yet.
    sent: VecDeque<(u32, NetworkSpec)>,
    /// The network that runs.
    running: Option<NetworkSpec>,
    next_id: u32,
    /// The engine that was asked for.
    engine: Option<String>,
    run: Option<u32>,
    /// The network changed since it was sent last.
    dirty: bool,
    /// A frame was taken in and not told as drawn.
    drawn: bool,
    /// Nobody sees the run.
    unseen: bool,
    /// It shall run when it is seen again.
    resume: bool,
}

impl Player {
    /// A player with the first network of the gallery, not running yet.
    pub fn new() -> Player {
        let entry = gallery::GALLERY[0];
        let spec = entry.spec();
        Player {
            bands: RwSignal::new(view::bands(&spec)),
            loaded: RwSignal::new(0),
            spec: RwSignal::new(spec),
            sketch: RwSignal::default(),
            entry: RwSignal::new(Some(entry)),
            source: Source::new(History::new(Limits::default())),
            axis: TimeAxis::new(),
            playing: RwSignal::new(false),
            clock: RwSignal::default(),
            speed: RwSignal::new(Some(1.0)),
            engine: RwSignal::default(),
            size: RwSignal::new(None),
            wiring: RwSignal::new(None),
            problems: RwSignal::default(),
            notice: RwSignal::new(None),
            picked: RwSignal::new(0),
            traced: RwSignal::new(Traced::Variable("V_m")),
            in_plane: RwSignal::new(false),
            sweep: RwSignal::new(None),
            measures: RwSignal::default(),
            audible: RwSignal::new(false),
            said: RwSignal::default(),
            link: StoredValue::new_local(Link::default()),
        }
    }

    /// Starts the worker whose script is at `worker_url`, loads the network and, if it is `to_play`, plays.
    pub fn start(self, worker_url: &str, to_play: bool) {
        let client = Client::new(worker_url, move |news| match news {
            News::Message(message) => self.receive(message),
            News::Lost { reason } => {
                self.notice.set(Some(Notice::Lost(reason)));
                self.link.update_value(|link| {
                    link.sent.clear();
                    link.run = None;
                });
                self.wiring.set(None);
                self.begin();
            }
            News::Unavailable { reason } => {
                self.stay();
                self.playing.set(false);
                self.notice.set(Some(Notice::Unavailable(reason)));
            }
        });
        self.link.update_value(|link| link.client = Some(Rc::new(client)));
        self.playing.set(false);
        self.begin();
        if to_play {
            self.run();
        }
        self.tick_for_ever();
    }

    /// Tells a new worker everything that it must know.
    fn begin(self) {
        if let Some(name) = self.link.with_value(|link| link.engine.clone()) {
            self.send(ToWorker::Engine { name });
        }
        self.send_spec(true);
        self.send(ToWorker::Speed { factor: self.speed.get_untracked() });
        if self.playing.get_untracked() {
            self.send(ToWorker::Play);
        }
    }

    /// Once per animation frame: tells that the last frame is drawn, and sends what has changed since.
    fn tick_for_ever(self) {
        request_animation_frame(move || {
            let taken = self.link.try_update_value(|link| {
                (link.client.clone(), std::mem::take(&mut link.drawn), std::mem::take(&mut link.dirty))
            });
            let Some((client, drawn, dirty)) = taken else { return };
            // Outside of the link, because news of a lost worker changes it.
            if let Some(client) = client {
                client.tick(window().performance().map_or(0.0, |p| p.now()));
            }
            if dirty {
                self.send_spec(false);
            }
            if drawn {
                self.send(ToWorker::Drawn);
            }
            self.tick_for_ever();
        });
    }

    /// Sets every number that a control of the network stands for, or the one at a path; tells whether there is any.
    pub fn set(self, name: &str, value: f64) -> bool {
        let mut next = self.spec.get_untracked();
        let control = next.controls.iter().find(|control| control.name == name);
        let paths = control.map_or_else(|| vec![name.to_owned()], |control| control.paths.clone());
        let known = paths.iter().filter(|path| next.set(path, value)).count() > 0;
        if known {
            self.edit(|spec| *spec = next);
        }
        known
    }

    /// Changes the network. The worker takes over what it can while it runs, and wires anew what it must.
    pub fn edit(self, change: impl FnOnce(&mut NetworkSpec)) {
        self.spec.update(change);
        self.link.update_value(|link| link.dirty = true);
    }

    /// Changes how the graph of the network is laid out.
    pub fn arrange(self, change: impl FnOnce(&mut Sketch)) {
        self.sketch.update(change);
    }

    /// Opens a network of the gallery and plays it.
    pub fn open_entry(self, entry: &'static Entry) {
        self.adopt(entry.spec(), Some(entry));
    }

    /// Opens a network from its JSON text. A wrong one is told about, and changes nothing.
    pub fn open_text(self, text: &str) {
        let spec = NetworkSpec::from_json(text);
        // The worker knows how much memory there is; everything else is judged here, before anything is replaced.
        match spec.and_then(|spec| Wiring::new(spec.clone(), f64::INFINITY).map(|_| spec)) {
            Ok(spec) => self.adopt(spec, None),
            Err(errors) => self.problems.set(errors),
        }
    }

    fn adopt(self, spec: NetworkSpec, entry: Option<&'static Entry>) {
        self.said.set(Said::Opened(spec.name.clone()));
        self.spec.set(spec);
        self.sketch.set(Sketch::default());
        self.entry.set(entry);
        self.picked.set(0);
        self.axis.reset();
        self.send_spec(true);
        self.play();
    }

    /// The network as a file.
    pub fn to_json(self) -> String {
        self.spec.with_untracked(NetworkSpec::to_json)
    }

    /// The memory that the network as set would take, bytes.
    pub fn estimate_bytes(self, neurons: u64) -> f64 {
        self.spec.with(|spec| Memory::of(&self.scaled(spec, neurons)).bytes())
    }

    /// Changes the number of neurons.
    pub fn resize(self, neurons: u64) {
        self.edit(|spec| *spec = self.scaled(spec, neurons));
    }

    /// A network of the gallery knows how it scales.
    fn scaled(self, spec: &NetworkSpec, neurons: u64) -> NetworkSpec {
        self.entry
            .with_untracked(|entry| entry.map_or_else(|| spec.scaled(neurons), |entry| entry.scaled(spec, neurons)))
    }

    /// Runs.
    pub fn play(self) {
        self.said.set(Said::Running);
        self.run();
    }

    fn run(self) {
        let unseen = self.link.try_update_value(|link| {
            link.resume = link.unseen;
            link.unseen
        });
        if unseen == Some(false) {
            self.playing.set(true);
            self.axis.follow();
            self.send(ToWorker::Play);
        }
    }

    /// Tells whether anybody can see the run: while nobody does it stands still, and then it goes on.
    pub fn set_seen(self, seen: bool) {
        let playing = self.playing.get_untracked();
        let was_running = self.link.try_update_value(|link| {
            let was_seen = !std::mem::replace(&mut link.unseen, !seen);
            if was_seen != seen {
                link.resume = if seen { std::mem::take(&mut link.resume) } else { playing };
            }
            was_seen != seen && link.resume
        });
        match (was_running, seen) {
            (Some(true), true) => self.run(),
            (Some(true), false) => {
                self.playing.set(false);
                self.send(ToWorker::Pause);
            }
            _ => {}
        }
    }

    /// Stands still.
    pub fn pause(self) {
        self.stay();
        self.playing.set(false);
        self.said.set(Said::Paused(self.clock.with_untracked(|c| c.time_ms)));
        self.send(ToWorker::Pause);
    }

    /// Runs if it stands still, and the other way round.
    pub fn toggle(self) {
        if self.playing.get_untracked() { self.pause() } else { self.play() }
    }

    /// Makes one step and stands still.
    pub fn step(self) {
        self.stay();
        self.playing.set(false);
        self.axis.follow();
        self.send(ToWorker::Step);
    }

    /// Runs to a model time in ms and stands still there.
    pub fn run_to(self, time_ms: f64) {
        self.axis.follow();
        self.send(ToWorker::RunTo { time_ms });
    }

    /// Back to t = 0.
    pub fn reset(self) {
        self.notice.set(None);
        self.axis.reset();
        self.send(ToWorker::Reset);
    }

    /// Sets model time per time; `None` is as fast as it can.
    pub fn set_speed(self, factor: Option<f64>) {
        self.speed.set(factor);
        self.send(ToWorker::Speed { factor });
    }

    /// Goes on with another engine.
    pub fn set_engine(self, name: String) {
        self.link.update_value(|link| link.engine = Some(name.clone()));
        self.send(ToWorker::Engine { name });
    }

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
    fn probe(self) {
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

    /// Measures the f–I curve of a population, and anew whenever its numbers change.
    pub fn sweep(self, population: usize) {
        self.sweep.update(|sweep| {
            let news = sweep.take().filter(|sweep| sweep.population == population).and_then(|sweep| sweep.news);
            *sweep = Some(SweepOf { population, progress: Some(0.0), news });
        });
        self.send(ToWorker::Sweep { population });
    }

    /// Injects a short current into a neuron and its neighbours.
    pub fn poke(self, neuron: u32) {
        let running = self.link.with_value(|link| link.running.clone());
        let Some((spec, (population, number))) = running.and_then(|s| view::place(&s, neuron).map(|p| (s, p))) else {
            return;
        };
        let Some(model) = view::model(&spec, neuron) else { return };
        let (from, to) = view::neighbours(spec.populations[population].size, number);
        self.send(ToWorker::Poke { population, from, to, amplitude_pa: view::poke(model), duration_ms: POKE_MS });
        let first = neuron - (number - from) as u32;
        let t0_ms = self.clock.with_untracked(|c| c.time_ms);
        let when = Interval { t0_ms, t1_ms: t0_ms + POKE_MS };
        self.source.update(|h| h.push_poke(Poke { when, first, count: (to - from) as u32 }));
        self.said.set(Said::Poked(to - from));
    }

    /// Gives up wiring; what ran goes on.
    pub fn cancel_wiring(self) {
        self.send(ToWorker::Cancel);
    }

    /// Turns sound on or off.
    pub fn toggle_sound(self) {
        let on = !self.audible.get_untracked();
        let sound = if on { Sound::open() } else { None };
        self.audible.set(sound.is_some());
        self.link.update_value(|link| link.sound = sound);
    }

    /// Stands still also when it is seen again.
    fn stay(self) {
        self.link.update_value(|link| link.resume = false);
    }

    fn send(self, message: ToWorker) {
        self.link.with_value(|link| {
            if let Some(client) = &link.client {
                client.send(message);
            }
        });
    }

    fn send_spec(self, restart: bool) {
        let spec = self.spec.get_untracked();
        let json = spec.to_json();
        let id = self.link.try_update_value(|link| {
            link.client.as_ref()?;
            link.next_id += 1;
            link.dirty = false;
            link.sent.push_back((link.next_id, spec));
            Some(link.next_id)
        });
        if let Some(Some(id)) = id {
            self.send(ToWorker::Load { json, id, restart });
        }
    }

    fn answered(self, id: u32) -> Option<NetworkSpec> {
        self.link.try_update_value(|link| {
            let at = link.sent.iter().position(|(sent, _)| *sent == id)?;
            link.sent.remove(at).map(|(_, spec)| spec)
        })?
    }

    fn receive(self, message: FromWorker) {
        match message {
            FromWorker::Frame(frame) => self.take_frame(&frame),
            FromWorker::Wiring { progress, size, .. } => self.wiring.set(Some((progress, size))),
            FromWorker::Loaded { id, live, size } => self.loaded(id, live, size),
            FromWorker::Refused { id, errors } => {
                let refused = self.answered(id);
                self.wiring.set(None);
                self.problems.set(errors);
                self.keep_running_one(refused);
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
            FromWorker::Ready { .. } | FromWorker::Alive => {}
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

    /// After a network was refused or given up: if it had other wiring, the page shows the one that runs again. If only
    /// numbers were wrong, they stay for the visitor to mend.
    fn keep_running_one(self, refused: Option<NetworkSpec>) {
        let running = self.link.with_value(|link| link.running.clone());
        if let (Some(refused), Some(running)) = (refused, running)
            && !refused.same_wiring(&running)
            && self.spec.with_untracked(|spec| *spec == refused)
        {
            self.spec.set(running);
        }
    }

    fn set_threshold(self) {
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

    fn take_frame(self, frame: &Frame) {
        let Some(new_run) = self.link.try_update_value(|link| {
            link.drawn = true;
            link.run.replace(frame.run) != Some(frame.run)
        }) else {
            return;
        };
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

impl Default for Player {
    fn default() -> Self {
        Self::new()
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
