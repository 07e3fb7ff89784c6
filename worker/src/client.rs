//! `Client`: the page's side of the worker. It starts the worker, sends, receives, and notices when the worker is lost.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::{
    codec,
    protocol::{FromWorker, ToWorker, VERSION},
};

/// Time on screen, in ms, after which a worker that does not answer counts as lost. Wiring answers far sooner.
const PATIENCE_MS: f64 = 4000.0;
/// Time on screen, in ms, between two questions whether it is alive.
const PING_MS: f64 = 1000.0;
/// Longest time between two ticks that counts as time on screen; a longer one was spent in the background.
const LONGEST_TICK_MS: f64 = 100.0;
/// Workers lost in a row, without a frame from any, after which no other is started.
const MOST_LOSSES: u32 = 3;

/// What the client tells the page.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The worker said something.
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

/// A worker and what belongs to it. Dropping the client ends the worker.
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
    worker: Option<Link>,
    losses: u32,
    last_tick_ms: f64,
    since_ping_ms: f64,
    unanswered_ms: Option<f64>,
}

struct Link {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
    waiting: Vec<ToWorker>,
    ready: bool,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Client {
    /// Starts the worker whose script is at `url`; `listener` gets all news of it, never from inside a call of this
    /// client's methods but [`Client::tick`].
    pub fn new(url: &str, listener: impl Fn(News) + 'static) -> Client {
        let shared = Rc::new(Shared { url: url.into(), listener: Box::new(listener), state: RefCell::default() });
        shared.start();
        Client { shared }
    }

    /// Sends a message. Before the worker is ready, it waits.
    pub fn send(&self, message: ToWorker) {
        if let Some(link) = &mut self.shared.state.borrow_mut().worker {
            link.send(message);
        }
    }

    /// To be called at every animation frame with the time in ms: asks now and then whether the worker is alive, and
    /// replaces it when it has not answered for long.
    pub fn tick(&self, now_ms: f64) {
        let mut state = self.shared.state.borrow_mut();
        let on_screen_ms = (now_ms - state.last_tick_ms).clamp(0.0, LONGEST_TICK_MS);
        state.last_tick_ms = now_ms;
        state.since_ping_ms += on_screen_ms;
        if let Some(unanswered_ms) = &mut state.unanswered_ms {
            *unanswered_ms += on_screen_ms;
            if *unanswered_ms > PATIENCE_MS {
                drop(state);
                self.shared.lose("no answer".into());
            }
        } else if state.since_ping_ms > PING_MS {
            (state.since_ping_ms, state.unanswered_ms) = (0.0, Some(0.0));
            if let Some(link) = &mut state.worker {
                link.send(ToWorker::Ping);
            }
        }
    }
}

impl Link {
    fn send(&mut self, message: ToWorker) {
        if !self.ready {
            return self.waiting.push(message);
        }
        let value = codec::to_js(&message).expect("every message of the protocol is made of plain values");
        self.worker.post_message(&value).expect("a message of plain values can be posted");
    }
}

impl Shared {
    fn start(self: &Rc<Self>) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = match Worker::new_with_options(&self.url, &options) {
            Ok(worker) => worker,
            Err(error) => return (self.listener)(News::Unavailable { reason: format!("{error:?}") }),
        };
        // The closures hold the client weakly, so that dropping it ends the worker.
        let weak = Rc::downgrade(self);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(shared) = weak.upgrade() {
                shared.receive(&event);
            }
        });
        let weak = Rc::downgrade(self);
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            if let Some(shared) = weak.upgrade() {
                shared.lose(event.message());
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let mut state = self.state.borrow_mut();
        state.worker =
            Some(Link { worker, _on_message: on_message, _on_error: on_error, waiting: Vec::new(), ready: false });
        (state.since_ping_ms, state.unanswered_ms) = (0.0, Some(0.0));
    }

    fn receive(&self, event: &MessageEvent) {
        let message: FromWorker = match codec::from_js(event.data()) {
            Ok(message) => message,
            Err(reason) => return (self.listener)(News::Unavailable { reason }),
        };
        {
            let mut state = self.state.borrow_mut();
            state.unanswered_ms = None;
            match (&message, &mut state.worker) {
                (FromWorker::Ready { .. }, Some(link)) => {
                    link.ready = true;
                    link.send(ToWorker::Hello { version: VERSION });
                    for waiting in std::mem::take(&mut link.waiting) {
                        link.send(waiting);
                    }
                }
                (FromWorker::Frame(_), _) => state.losses = 0,
                (FromWorker::Alive, _) => return,
                _ => {}
            }
        }
        (self.listener)(News::Message(message));
    }

    fn lose(self: &Rc<Self>, reason: String) {
        let losses = {
            let mut state = self.state.borrow_mut();
            // The closure that is running may belong to the link, so the link is dropped when the call is over.
            let link = state.worker.take();
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
