//! `Client`: the page's side of a session. It takes a place at a worker, sends, receives, and notices when the worker is
//! lost.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MessageEvent;

use crate::{
    codec,
    pool::Place,
    protocol::{FromWorker, ToWorker, VERSION},
};

/// Time on screen, in ms, after which a worker that does not answer counts as lost,
const PATIENCE_MS: f64 = 4000.0;
/// and how much longer for each synapse of its network, whose own weight and delay are drawn in one go when the network is
/// wired or reset.
const PATIENCE_MS_PER_SYNAPSE: f64 = 1e-3;
/// The same while the worker's script is being loaded, perhaps over a slow line.
const LOADING_PATIENCE_MS: f64 = 60_000.0;
/// Time on screen, in ms, between two questions whether it is alive.
const PING_MS: f64 = 1000.0;
/// Longest time between two ticks that counts as time on screen; a longer one was spent in the background.
const LONGEST_TICK_MS: f64 = 100.0;
/// Workers lost in a row, without a frame from any, after which no other is started.
const MOST_LOSSES: u32 = 3;

/// What the client tells the page.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The session said something.
    Message(FromWorker),
    /// The worker was lost and another one has been started; it knows of no network yet.
    Lost {
        /// What is known of the cause.
        reason: String,
    },
    /// No worker can be kept running.
    Unavailable {
        /// What is known of the cause.
        reason: String,
    },
}

/// A session and the way to it. Dropping the client ends the session.
pub struct Client {
    shared: Rc<Shared>,
}

struct Shared {
    url: String,
    listener: Box<dyn Fn(News)>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    link: Option<Link>,
    losses: u32,
    last_tick_ms: f64,
    loading_ms: f64,
    since_ping_ms: f64,
    unanswered_ms: Option<f64>,
    /// Synapses of the network that was last loaded or wired.
    synapses: f64,
}

struct Link {
    place: Rc<Place>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
}

impl Client {
    /// Begins a session at a worker whose script is at `url`, an absolute address; `listener` gets all news of it, never
    /// from inside a call of this client's methods but [`Client::tick`].
    pub fn new(url: &str, listener: impl Fn(News) + 'static) -> Client {
        let shared = Rc::new(Shared { url: url.into(), listener: Box::new(listener), state: RefCell::default() });
        shared.start();
        Client { shared }
    }

    /// Sends a message. Before the worker is ready, it waits.
    pub fn send(&self, message: ToWorker) {
        if let Some(link) = &self.shared.state.borrow().link {
            link.send(&message);
        }
    }

    /// To be called at every animation frame with the time in ms: asks now and then whether the worker is alive, and
    /// replaces it when it has not answered for long.
    pub fn tick(&self, now_ms: f64) {
        let mut state = self.shared.state.borrow_mut();
        let on_screen_ms = (now_ms - state.last_tick_ms).clamp(0.0, LONGEST_TICK_MS);
        state.last_tick_ms = now_ms;
        let Some(place) = state.link.as_ref().map(|link| link.place.clone()) else { return };
        let silent_too_long = if !place.is_manned() {
            state.loading_ms += on_screen_ms;
            state.loading_ms > LOADING_PATIENCE_MS
        } else if let Some(unanswered_ms) = &mut state.unanswered_ms {
            *unanswered_ms += on_screen_ms;
            *unanswered_ms > PATIENCE_MS + PATIENCE_MS_PER_SYNAPSE * state.synapses
        } else {
            state.since_ping_ms += on_screen_ms;
            if state.since_ping_ms > PING_MS {
                (state.since_ping_ms, state.unanswered_ms) = (0.0, Some(0.0));
                state.link.iter().for_each(|link| link.send(&ToWorker::Ping));
            }
            false
        };
        drop(state);
        if silent_too_long {
            place.lose("no answer");
        }
    }
}

impl Link {
    fn send(&self, message: &ToWorker) {
        let value = codec::to_js(message).expect("every message of the protocol is made of plain values");
        self.place.port.post_message(&value).expect("a message of plain values can be posted");
    }
}

impl Shared {
    fn start(self: &Rc<Self>) {
        // The closures hold the client weakly, so that dropping it ends the session.
        let weak = Rc::downgrade(self);
        let on_lost = move |reason| {
            if let Some(shared) = weak.upgrade() {
                shared.lost(reason);
            }
        };
        let place = match Place::take(&self.url, on_lost) {
            Ok(place) => Rc::new(place),
            Err(reason) => return self.tell_later(News::Unavailable { reason }),
        };
        let weak = Rc::downgrade(self);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(shared) = weak.upgrade() {
                shared.receive(&event);
            }
        });
        place.port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let link = Link { place, _on_message: on_message };
        link.send(&ToWorker::Hello { version: VERSION });
        let mut state = self.state.borrow_mut();
        state.link = Some(link);
        (state.loading_ms, state.since_ping_ms, state.unanswered_ms, state.synapses) = (0.0, 0.0, Some(0.0), 0.0);
    }

    /// Tells when the call that is running is over.
    fn tell_later(self: &Rc<Self>, news: News) {
        let weak = Rc::downgrade(self);
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(shared) = weak.upgrade() {
                (shared.listener)(news);
            }
        });
    }

    fn receive(&self, event: &MessageEvent) {
        let message: FromWorker = match codec::from_js(event.data()) {
            Ok(message) => message,
            Err(reason) => return (self.listener)(News::Unavailable { reason }),
        };
        {
            let mut state = self.state.borrow_mut();
            state.unanswered_ms = None;
            match message {
                FromWorker::Frame(_) => state.losses = 0,
                FromWorker::Wiring { size, .. } | FromWorker::Loaded { size, .. } => state.synapses = size.synapses,
                FromWorker::Alive => return,
                _ => {}
            }
        }
        (self.listener)(News::Message(message));
    }

    fn lost(self: &Rc<Self>, reason: String) {
        let losses = {
            let mut state = self.state.borrow_mut();
            // The closure that is running may belong to the link, so the link is dropped when the call is over.
            let link = state.link.take();
            wasm_bindgen_futures::spawn_local(async move { drop(link) });
            state.losses += 1;
            state.losses
        };
        if losses >= MOST_LOSSES {
            return (self.listener)(News::Unavailable { reason });
        }
        self.start();
        (self.listener)(News::Lost { reason });
    }
}
