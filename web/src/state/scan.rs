//! `Scanner`: parameter sweeps of the network, in a session of their own, so that the run goes on meanwhile.

use std::{rc::Rc, time::Duration};

use leptos::prelude::*;
use spikeground_core::{
    error::SpecError,
    scan::{Plan, Point},
};
use spikeground_worker::{
    client::{Client, News},
    protocol::{FromWorker, Scanned, ToWorker},
};

use super::player::Player;

/// Time in ms between two looks whether the worker lives.
const TICK_MS: u64 = 100;

/// Why a sweep came to nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The network has mistakes; the first of them.
    Refused(SpecError),
    /// The machine has no memory for it.
    NoMemory,
    /// The worker was lost, or none can be had; what is known of the cause.
    Lost(String),
}

/// The sweep that was asked for last; a handle to copy.
#[derive(Clone, Copy)]
pub struct Scanner {
    /// What is swept.
    pub plan: RwSignal<Option<Plan>>,
    /// What has come out, the first axis running fastest.
    pub points: RwSignal<Vec<Point>>,
    /// The part that is done, while it goes on.
    pub progress: RwSignal<Option<f64>>,
    /// Why it came to nothing.
    pub failure: RwSignal<Option<Failure>>,
    client: StoredValue<Option<Rc<Client>>, LocalStorage>,
}

impl Scanner {
    /// Nothing swept yet. Whatever is begun ends with the present owner.
    pub fn new() -> Scanner {
        let scanner = Scanner {
            plan: RwSignal::new(None),
            points: RwSignal::default(),
            progress: RwSignal::new(None),
            failure: RwSignal::new(None),
            client: StoredValue::new_local(None),
        };
        let tick = move || {
            let client = scanner.client.try_with_value(Clone::clone).flatten();
            if let (Some(client), Some(performance)) = (client, window().performance()) {
                client.tick(performance.now());
            }
        };
        if let Ok(ticks) = set_interval_with_handle(tick, Duration::from_millis(TICK_MS)) {
            on_cleanup(move || ticks.clear());
        }
        scanner
    }

    /// Begins a sweep of the player's network as it is set, in place of the one before.
    pub fn start(self, player: Player, plan: Plan) {
        let session = player.another_session(move |news| match news {
            News::Message(FromWorker::Scanned(news)) => self.take(news),
            News::Message(_) => {}
            News::Lost { reason } | News::Unavailable { reason } => self.fail(Failure::Lost(reason)),
        });
        let Some(client) = session else { return };
        self.points.set(Vec::new());
        self.failure.set(None);
        self.progress.set(Some(0.0));
        self.plan.set(Some(plan.clone()));
        client.send(ToWorker::Scan { json: player.spec.with_untracked(|spec| spec.to_json()), plan });
        self.client.set_value(Some(Rc::new(client)));
    }

    /// Gives up; what has come out stays.
    pub fn cancel(self) {
        self.progress.set(None);
        self.end();
    }

    fn take(self, news: Scanned) {
        match news {
            Scanned::Points { points, progress } => {
                self.points.update(|all| all.extend(points));
                let done = progress >= 1.0;
                self.progress.set((!done).then_some(progress));
                if done {
                    self.end();
                }
            }
            Scanned::Refused(errors) => {
                if let Some(error) = errors.into_iter().next() {
                    self.fail(Failure::Refused(error));
                }
            }
            Scanned::NoMemory => self.fail(Failure::NoMemory),
            // The network has changed under the plan.
            Scanned::NoPlan => self.cancel(),
        }
    }

    fn fail(self, failure: Failure) {
        self.progress.set(None);
        self.failure.set(Some(failure));
        self.end();
    }

    /// Ends the session, but not from inside of its own news.
    fn end(self) {
        let client = self.client.try_update_value(Option::take).flatten();
        set_timeout(move || drop(client), Duration::ZERO);
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}
