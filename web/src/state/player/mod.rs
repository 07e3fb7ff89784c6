//! `Player`: the network of the page and its run. It holds what is known as signals, does what the visitor asks, and is
//! the only part of the page that talks to the worker.

mod brush;
mod notice;
mod probe;
mod project;
mod receive;
mod run;

use std::{collections::VecDeque, rc::Rc};

pub use brush::POKE_MS;
use leptos::prelude::*;
pub use notice::{Notice, Said};
pub use project::checked;
use spikeground_core::{
    error::SpecError,
    gallery::{self, Entry},
    spec::NetworkSpec,
    sweep::Swept,
};
use spikeground_worker::client::{Client, News};
use spikeground_worker::protocol::ToWorker;
pub use spikeground_worker::protocol::{
    AUTO, EngineReason, EngineReport, GPU, Measures, PopulationMeasures, ProjectionWeights, Size, Weighable, Weighed,
    engines,
};

use super::{
    document::Document,
    history::{History, Limits},
    sketch::Sketch,
    sound::Sound,
    undo::{Hand, Undo},
    view,
};
use crate::plot::{Band, Source, TimeAxis};

/// The player; a handle to copy to every component.
#[derive(Clone, Copy)]
pub struct Player {
    /// The network as the visitor has set it. Change it by [`Player::edit`].
    pub spec: RwSignal<NetworkSpec>,
    /// How its graph is laid out. Change it by [`Player::arrange`].
    pub sketch: RwSignal<Sketch>,
    /// What was changed, to be taken back.
    pub undo: RwSignal<Undo>,
    /// What the visitor's hand does: changes of one touch are one step.
    pub hand: StoredValue<Hand>,
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

/// The worker's side of the player, and what waits for an answer.
#[derive(Default)]
struct Link {
    client: Option<Rc<Client>>,
    /// Where the script of the worker lies.
    worker_url: String,
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
    /// The network has no population: nothing runs.
    vacant: bool,
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
        let document = Document::of(entry);
        let spec = document.spec.clone();
        Player {
            bands: RwSignal::new(view::bands(&spec)),
            loaded: RwSignal::new(0),
            spec: RwSignal::new(spec),
            sketch: RwSignal::default(),
            undo: RwSignal::new(Undo::new(document)),
            hand: StoredValue::default(),
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
        self.link.update_value(|link| (link.client, link.worker_url) = (Some(Rc::new(client)), worker_url.to_owned()));
        self.playing.set(false);
        self.begin();
        if to_play {
            self.run();
        }
        self.tick_for_ever();
    }

    /// A session of its own for work beside the run; none before the player has started.
    pub(super) fn another_session(self, listener: impl Fn(News) + 'static) -> Option<Client> {
        let url = self.link.with_value(|link| link.worker_url.clone());
        (!url.is_empty()).then(|| Client::new(&url, listener))
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

    /// Stands still also when it is seen again.
    fn stay(self) {
        self.link.update_value(|link| link.resume = false);
    }

    fn send(self, message: ToWorker) {
        let moves = matches!(message, ToWorker::Play | ToWorker::Step | ToWorker::RunTo { .. });
        self.link.with_value(|link| {
            if let Some(client) = link.client.as_ref().filter(|_| !(link.vacant && moves)) {
                client.send(message);
            }
        });
    }

    /// Forgets what ran.
    fn stand_empty(self) {
        self.send(ToWorker::Pause);
        self.send(ToWorker::Cancel);
        self.link.update_value(|link| {
            link.sent.clear();
            (link.running, link.run) = (None, None);
        });
        self.playing.set(false);
        self.wiring.set(None);
        self.size.set(None);
        self.sweep.set(None);
        self.problems.update(Vec::clear);
        self.bands.update(Vec::clear);
        self.picked.set(0);
        self.clock.set(Clock::default());
        self.measures.set(Measures::default());
        self.source.update(|history| *history = History::new(Limits::default()));
    }

    /// Sends the network as it is set now. Without a population there is none, and nothing runs until there is.
    fn send_spec(self, restart: bool) {
        let spec = self.spec.get_untracked();
        let is_vacant = spec.populations.is_empty();
        let was_vacant =
            self.link.try_update_value(|link| std::mem::replace(&mut link.vacant, is_vacant)) == Some(true);
        if is_vacant {
            return self.stand_empty();
        }
        let json = spec.to_json();
        let id = self.link.try_update_value(|link| {
            link.client.as_ref()?;
            link.next_id += 1;
            link.dirty = false;
            link.sent.push_back((link.next_id, spec));
            Some(link.next_id)
        });
        if let Some(Some(id)) = id {
            self.send(ToWorker::Load { json, id, restart: restart || was_vacant });
        }
        if was_vacant {
            self.run();
        }
    }

    fn answered(self, id: u32) -> Option<NetworkSpec> {
        self.link.try_update_value(|link| {
            let at = link.sent.iter().position(|(sent, _)| *sent == id)?;
            link.sent.remove(at).map(|(_, spec)| spec)
        })?
    }
}

impl Default for Player {
    fn default() -> Self {
        Self::new()
    }
}
