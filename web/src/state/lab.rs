//! `Lab`: a recording, the decoders that learn from it, and its test side played to one of them, in a session of the
//! worker of its own.

use std::{collections::VecDeque, rc::Rc, sync::Arc};

use leptos::prelude::*;
use spikeground_core::text::Lang;
pub use spikeground_worker::protocol::{Disturbance, Source};
use spikeground_worker::{
    client::{Client, News},
    protocol::{Bytes, Decode, Decoded, FromWorker, Played, ToWorker},
};

use super::{
    court::Court,
    player::Player,
    tape::{Learned, Live, Reel, Tape},
};

/// Bins whose latency is remembered.
const LATENCIES: usize = 512;
/// Least time between two readings of latencies, ms: as often as an eye can read a number.
const READING_MS: f64 = 250.0;

/// What the visitor must know.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// A recording cannot be read; why, in English and in Chinese. The one before is still there.
    Refused(String, [String; 2]),
    /// The worker was lost, and what had learned with it.
    Lost(String),
}

impl Trouble {
    /// What is wrong, in a language.
    pub fn message(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Trouble::Refused(_, [en, _]), Lang::En) => en,
            (Trouble::Refused(_, [_, zh]), Lang::Zh) => zh,
            (Trouble::Lost(reason), _) => reason,
        }
    }
}

/// Times of the last bins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Latency {
    /// From the end of a bin until it is drawn, ms: median and 99th percentile. None where bins come as fast as they can.
    pub drawn_ms: Option<[f64; 2]>,
    /// Mean time to decode a bin, µs.
    pub decode_us: f64,
}

/// A handle to copy to components.
#[derive(Clone, Copy)]
pub struct Lab {
    /// The recording.
    pub tape: RwSignal<Option<Arc<Tape>>>,
    /// Where it comes from.
    pub source: RwSignal<Option<Source>>,
    /// Whether another one is being made or read.
    pub is_opening: RwSignal<bool>,
    /// The decoder that learns, and the part that is done.
    pub learning: RwSignal<Option<(String, f64)>>,
    /// What has learned.
    pub learned: RwSignal<Vec<Learned>>,
    /// Which of them is played to.
    pub watched: RwSignal<Option<usize>>,
    /// What is shown.
    pub reel: RwSignal<Arc<Reel>>,
    /// How it goes.
    pub live: RwSignal<Live>,
    /// How long it takes.
    pub latency: RwSignal<Latency>,
    /// The game.
    pub court: RwSignal<Court>,
    /// Whether the mouse holds the paddle.
    pub by_mouse: RwSignal<bool>,
    /// Where the mouse is on the court.
    pub mouse: RwSignal<f64>,
    /// What is done to the channels.
    pub disturbance: RwSignal<Disturbance>,
    /// Time of the recording per time that is asked for.
    pub speed: RwSignal<Option<f64>>,
    /// What the visitor must know.
    pub trouble: RwSignal<Option<Trouble>>,
    player: Player,
    link: StoredValue<Link, LocalStorage>,
}

#[derive(Default)]
struct Link {
    client: Option<Rc<Client>>,
    /// What was asked for and not answered.
    asked: Option<Source>,
    /// Whether something is to be told as drawn.
    drawn: bool,
    /// When the bins ended that are drawn next, ms since 1970.
    ends_ms: Vec<f64>,
    latencies: VecDeque<f64>,
    read_ms: f64,
    decode_us: f64,
}

/// Time since 1970, ms, on the clock that the worker reads too.
fn now_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.time_origin() + clock.now())
}

impl Lab {
    /// An empty lab, whose session ends with the present owner.
    pub fn new(player: Player) -> Lab {
        let lab = Lab {
            tape: RwSignal::new(None),
            source: RwSignal::new(None),
            is_opening: RwSignal::new(false),
            learning: RwSignal::new(None),
            learned: RwSignal::default(),
            watched: RwSignal::new(None),
            reel: RwSignal::default(),
            live: RwSignal::default(),
            latency: RwSignal::default(),
            court: RwSignal::default(),
            by_mouse: RwSignal::new(false),
            mouse: RwSignal::new(0.5),
            disturbance: RwSignal::default(),
            speed: RwSignal::new(Some(1.0)),
            trouble: RwSignal::new(None),
            player,
            link: StoredValue::new_local(Link::default()),
        };
        lab.begin();
        lab.tick_for_ever();
        lab
    }

    /// A session in place of the one before, whatever that is doing.
    fn begin(self) {
        let client = self.player.another_session(move |news| match news {
            News::Message(FromWorker::Decoded(news)) => self.receive(news),
            News::Message(_) => {}
            News::Lost { reason } => self.lose(reason, true),
            News::Unavailable { reason } => self.lose(reason, false),
        });
        self.link.update_value(|link| link.client = client.map(Rc::new));
        self.tell_settings();
    }

    /// Tells a session that is new what is set for all recordings.
    fn tell_settings(self) {
        self.send(Decode::Speed { factor: self.speed.get_untracked() });
        self.send(Decode::Disturb(self.disturbance.get_untracked()));
    }

    fn send(self, message: Decode) {
        self.link
            .with_value(|link| link.client.iter().for_each(|client| client.send(ToWorker::Decode(message.clone()))));
    }

    /// Takes another recording. The one before stays until it is there.
    pub fn open(self, source: Source) {
        // With another recording all that has learned is forgotten: what still learns need not be waited for.
        if self.learning.with_untracked(Option::is_some) {
            self.learning.set(None);
            self.begin();
        }
        self.trouble.set(None);
        self.is_opening.set(true);
        self.link.update_value(|link| link.asked = Some(source.clone()));
        self.send(Decode::Open(source));
    }

    /// Takes a file of the visitor; it is read here and goes nowhere.
    pub fn open_bytes(self, name: String, bytes: Vec<u8>) {
        self.open(Source::File { name, bytes: Bytes(bytes) });
    }

    /// Trains a decoder, then plays to it.
    pub fn train(self, decoder: &str, values: Vec<f64>, seed: u32) {
        self.learning.set(Some((decoder.to_owned(), 0.0)));
        self.send(Decode::Train { decoder: decoder.to_owned(), values, seed });
    }

    /// Gives up training. A decoder that learns all at once does not listen; if nothing is lost by it, it is left alone.
    pub fn cancel(self) {
        match self.source.get_untracked().filter(|_| self.learned.with_untracked(Vec::is_empty)) {
            Some(source) => self.open(source),
            None => {
                self.learning.set(None);
                self.send(Decode::Cancel);
            }
        }
    }

    /// Plays to another decoder, from the beginning.
    pub fn watch(self, index: usize) {
        self.watched.set(Some(index));
        self.rest();
        self.send(Decode::Watch { index });
    }

    /// Plays, or stands still.
    pub fn toggle(self) {
        self.send(if self.live.with_untracked(|live| live.is_playing) { Decode::Pause } else { Decode::Play });
    }

    /// Back to the beginning.
    pub fn rewind(self) {
        self.rest();
        self.send(Decode::Rewind);
    }

    /// Sets the time of the recording per time.
    pub fn set_speed(self, factor: Option<f64>) {
        self.speed.set(factor);
        self.forget_latencies();
        self.send(Decode::Speed { factor });
    }

    /// Spoils what is played.
    pub fn disturb(self, disturbance: Disturbance) {
        self.disturbance.set(disturbance);
        self.send(Decode::Disturb(disturbance));
    }

    /// Lets the mouse, or what is decoded, hold the paddle; the balls are counted anew.
    pub fn hold_by_mouse(self, by_mouse: bool) {
        self.by_mouse.set(by_mouse);
        self.court.update(|court| *court = Court { at: court.at, ..Court::default() });
    }

    /// The beginning of the recording, not played yet.
    fn rest(self) {
        self.court.set(Court::default());
        self.forget_latencies();
        self.reel.set(
            self.tape.with_untracked(|tape| tape.as_ref().map_or_else(Arc::default, |tape| Arc::new(Reel::of(tape)))),
        );
    }

    fn forget_latencies(self) {
        self.link.update_value(|link| {
            link.latencies.clear();
            link.ends_ms.clear();
        });
        self.latency.set(Latency::default());
    }

    fn receive(self, news: Decoded) {
        match news {
            Decoded::Recorded(told) => {
                self.is_opening.set(false);
                self.learning.set(None);
                self.learned.update(Vec::clear);
                self.watched.set(None);
                self.live.set(Live::default());
                self.source.set(self.link.try_update_value(|link| link.asked.take()).flatten());
                self.tape.set(Some(Arc::new(Tape::new(*told))));
                self.rest();
            }
            Decoded::Refused { en, zh } => {
                self.is_opening.set(false);
                let name = match self.link.try_update_value(|link| link.asked.take()).flatten() {
                    Some(Source::File { name, .. } | Source::Generator { name, .. }) => name,
                    None => String::new(),
                };
                self.trouble.set(Some(Trouble::Refused(name, [en, zh])));
            }
            // What comes after it was given up is old.
            Decoded::Learning { decoder, progress } if self.learning.with_untracked(Option::is_some) => {
                self.learning.set(Some((decoder, progress)));
            }
            Decoded::Learning { .. } => {}
            Decoded::Learned { learned, is_last } => {
                self.learned.update(|all| all.push(learned));
                if is_last && self.learning.with_untracked(Option::is_some) {
                    self.learning.set(None);
                    self.watch(self.learned.with_untracked(Vec::len) - 1);
                    self.send(Decode::Play);
                }
            }
            Decoded::Played(played) => self.show(*played),
        }
    }

    fn show(self, played: Played) {
        let Some(tape) = self.tape.get_untracked() else { return };
        let channels = tape.told.channels.max(1);
        let (bins, outputs) = (played.samples.as_f32().len() / channels, tape.outputs());
        if bins > 0 {
            let mouse = self.by_mouse.get_untracked().then(|| self.mouse.get_untracked());
            self.court.update(|court| {
                for (i, decoded) in played.decoded.as_f32().chunks_exact(outputs).enumerate() {
                    court.play(&tape, played.from + i, decoded, mouse);
                }
            });
            self.reel.update(|reel| Arc::make_mut(reel).push(&played));
        }
        self.link.update_value(|link| {
            link.drawn = true;
            if bins > 0 {
                link.decode_us = played.decode_us;
            }
            if let (Some(end_ms), Some(speed)) = (played.end_ms, self.speed.get_untracked()) {
                let apart_ms = tape.told.bin_ms / speed;
                link.ends_ms.extend((0..bins).map(|i| end_ms - i as f64 * apart_ms));
            }
        });
        self.live.set(Live {
            at: played.from + bins,
            is_playing: played.is_playing,
            reached: played.reached,
            score: (played.scored > 0).then_some(played.score),
            scored: played.scored,
        });
    }

    /// Once per animation frame: tells that what came is drawn, and how long that took.
    fn tick_for_ever(self) {
        request_animation_frame(move || {
            let taken = self
                .link
                .try_update_value(|link| (link.client.clone(), std::mem::take(&mut link.drawn), link.read(now_ms())));
            let Some((client, drawn, reading)) = taken else { return };
            if let Some(client) = client {
                // A decoder that learns much at once does not answer, and is not lost.
                let is_busy = self.is_opening.get_untracked() || self.learning.with_untracked(Option::is_some);
                if !is_busy {
                    client.tick(window().performance().map_or(0.0, |clock| clock.now()));
                }
                if drawn {
                    client.send(ToWorker::Drawn);
                }
            }
            if let Some(reading) = reading {
                self.latency.set(reading);
            }
            self.tick_for_ever();
        });
    }

    /// The worker was lost; if there is another one, the recording is opened again.
    fn lose(self, reason: String, is_replaced: bool) {
        self.is_opening.set(false);
        self.learning.set(None);
        self.learned.update(Vec::clear);
        self.watched.set(None);
        self.live.set(Live::default());
        if let (Some(source), true) = (self.source.get_untracked(), is_replaced) {
            self.open(source);
            self.tell_settings();
        }
        self.trouble.set(Some(Trouble::Lost(reason)));
    }
}

impl Link {
    /// Notes what is drawn now, and reads the latencies when it is time.
    fn read(&mut self, now_ms: f64) -> Option<Latency> {
        self.latencies.extend(self.ends_ms.drain(..).map(|end_ms| now_ms - end_ms));
        self.latencies.drain(..self.latencies.len().saturating_sub(LATENCIES));
        if !self.drawn && self.latencies.is_empty() || now_ms < self.read_ms + READING_MS {
            return None;
        }
        self.read_ms = now_ms;
        let mut sorted: Vec<f64> = self.latencies.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let quantile = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
        let drawn_ms = (!sorted.is_empty()).then(|| [0.5, 0.99].map(quantile));
        Some(Latency { drawn_ms, decode_us: self.decode_us })
    }
}
