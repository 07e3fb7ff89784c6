//! The run, as the visitor commands it.

use leptos::prelude::*;
use spikeground_worker::protocol::ToWorker;

use super::{Player, Said};
use crate::state::sound::Sound;

impl Player {
    /// Runs.
    pub fn play(self) {
        self.said.set(Said::Running);
        self.run();
    }

    pub(super) fn run(self) {
        let unseen = self.link.try_update_value(|link| {
            link.resume = link.unseen;
            link.unseen
        });
        if unseen == Some(false) && !self.link.with_value(|link| link.vacant) {
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

    /// Sends values from outside to a stimulus that is fed.
    pub(in crate::state) fn feed(self, stimulus: usize, values: Vec<f32>) {
        self.send(ToWorker::Feed { stimulus, values });
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
}
