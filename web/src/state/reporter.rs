//! `Reporter`: reports of the network on hardware, made in a session of their own.

use std::{rc::Rc, time::Duration};

use leptos::prelude::*;
use spikeground_core::{
    chip::report::{Doing, Failure, Order, Report},
    spec::NetworkSpec,
};
use spikeground_worker::{
    client::{Client, News},
    protocol::{FromWorker, Reported, ToWorker},
};

use super::player::Player;

/// Time in ms between two looks whether the worker lives.
const TICK_MS: u64 = 100;
/// What is compared at first: a research chip, a digital one of many cores, one that is assumed, and a GPU.
const FIRST: [&str; 4] = ["loihi2", "spinnaker2", "lyra", "h100"];
/// Time of the model that is run at first, ms.
const FIRST_MS: f64 = 1000.0;

/// Why reports came to nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The work itself says so.
    Failed(Failure),
    /// The worker was lost, or none can be had; what is known of the cause.
    Lost(String),
}

/// The reports that were asked for last, and what is asked for next; a handle to copy, provided as a context by the app.
#[derive(Clone, Copy)]
pub struct Reporter {
    /// What is chosen for the next reports.
    pub order: RwSignal<Order>,
    /// What has come out, in the order of the hardware.
    pub reports: RwSignal<Vec<Report>>,
    /// The network that they are of.
    pub of: RwSignal<Option<NetworkSpec>>,
    /// How far it is, and what is being done, while it goes on.
    pub progress: RwSignal<Option<(f64, Doing)>>,
    /// Why it came to nothing.
    pub trouble: RwSignal<Option<Trouble>>,
    client: StoredValue<Option<Rc<Client>>, LocalStorage>,
}

impl Reporter {
    /// Nothing reported yet. Whatever is begun ends with the present owner.
    pub fn new() -> Reporter {
        let presets = FIRST.map(str::to_owned).into();
        let reporter = Reporter {
            order: RwSignal::new(Order { presets, ms: FIRST_MS }),
            reports: RwSignal::default(),
            of: RwSignal::new(None),
            progress: RwSignal::new(None),
            trouble: RwSignal::new(None),
            client: StoredValue::new_local(None),
        };
        let tick = move || {
            let client = reporter.client.try_with_value(Clone::clone).flatten();
            if let (Some(client), Some(performance)) = (client, window().performance()) {
                client.tick(performance.now());
            }
        };
        if let Ok(ticks) = set_interval_with_handle(tick, Duration::from_millis(TICK_MS)) {
            on_cleanup(move || ticks.clear());
        }
        reporter
    }

    /// Begins the reports of the player's network as it is set, in place of those before.
    pub fn start(self, player: Player) {
        let session = player.another_session(move |news| match news {
            News::Message(FromWorker::Reported(news)) => self.take(news),
            News::Message(_) => {}
            News::Lost { reason } | News::Unavailable { reason } => self.fail(Trouble::Lost(reason)),
        });
        let Some(client) = session else { return };
        let spec = player.spec.get_untracked();
        let (json, order) = (spec.to_json(), self.order.get_untracked());
        self.reports.set(Vec::new());
        self.trouble.set(None);
        self.of.set(Some(spec));
        self.progress.set(Some((0.0, Doing::Wiring)));
        client.send(ToWorker::Report { json, order });
        self.client.set_value(Some(Rc::new(client)));
    }

    /// Gives up; what has come out stays.
    pub fn cancel(self) {
        self.progress.set(None);
        self.end();
    }

    fn take(self, news: Reported) {
        match news {
            Reported::Going { progress, doing } => self.progress.set(Some((progress, doing))),
            Reported::Report(report) => self.reports.update(|all| all.push(*report)),
            Reported::Done => self.cancel(),
            Reported::Failed(why) => self.fail(Trouble::Failed(why)),
        }
    }

    fn fail(self, trouble: Trouble) {
        self.trouble.set(Some(trouble));
        self.cancel();
    }

    /// Ends the session, but not from inside of its own news.
    fn end(self) {
        let client = self.client.try_update_value(Option::take).flatten();
        set_timeout(move || drop(client), Duration::ZERO);
    }
}

impl Default for Reporter {
    fn default() -> Self {
        Self::new()
    }
}
