//! The workers of a page: started when there is something to do, shared when there are enough of them, ended when nobody
//! needs them any more. Each client has a port of its own, behind which the worker keeps a session for it.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Blob, BlobPropertyBag, ErrorEvent, Event, MessageChannel, MessageEvent, MessagePort, Url, Window, Worker,
    WorkerOptions, WorkerType,
};

/// Most workers that the clients of a page share; more would only take each other's processor.
const MOST_WORKERS: usize = 4;

thread_local! {
    static HANDS: RefCell<Vec<Weak<Hand>>> = const { RefCell::new(Vec::new()) };
}

/// What to call when a worker is lost, with what is known of the cause.
type OnLost = Rc<dyn Fn(String)>;

/// A client's place at a worker. Dropping it ends its session, and the worker with the last one.
pub struct Place {
    hand: Rc<Hand>,
    /// The client's end of its line to the session.
    pub port: MessagePort,
    on_lost: OnLost,
}

impl Place {
    /// A place at the worker with the fewest clients among those whose script is at `url`, or at a new one while there
    /// are fewer than the machine can run. `on_lost` is called when the worker is lost, whoever notices.
    ///
    /// # Errors
    /// That no worker can be started; the text says why.
    pub fn take(url: &str, on_lost: impl Fn(String) + 'static) -> Result<Place, String> {
        let hand = Hand::for_script(url)?;
        let channel = MessageChannel::new().map_err(|error| format!("{error:?}"))?;
        let on_lost: OnLost = Rc::new(on_lost);
        hand.lost.borrow_mut().push(on_lost.clone());
        hand.give(channel.port2());
        Ok(Place { hand, port: channel.port1(), on_lost })
    }

    /// Whether the worker has loaded its script.
    pub fn is_manned(&self) -> bool {
        self.hand.listens.get()
    }

    /// Ends the worker, which does not answer, and tells everyone who has a place at it.
    pub fn lose(&self, reason: &str) {
        self.hand.lose(reason);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.hand.lost.borrow_mut().retain(|on_lost| !Rc::ptr_eq(on_lost, &self.on_lost));
        self.port.set_onmessage(None);
        // The worker knows this as a goodbye; to one that is gone, it is said in vain.
        let _ = self.port.post_message(&JsValue::NULL);
        self.port.close();
    }
}

/// One worker.
struct Hand {
    url: String,
    worker: Worker,
    /// The script made for a worker of another origin.
    blob_url: Option<String>,
    listens: Cell<bool>,
    /// Ports for the worker as soon as it listens: before that, a message may be lost.
    waiting: RefCell<Vec<MessagePort>>,
    lost: RefCell<Vec<OnLost>>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(Event)>,
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.end();
        if let Some(url) = &self.blob_url {
            // An address that the browser itself has made can be revoked.
            let _ = Url::revoke_object_url(url);
        }
    }
}

impl Hand {
    fn for_script(url: &str) -> Result<Rc<Hand>, String> {
        let window: Window = js_sys::global().dyn_into().map_err(|_| "a worker needs a page".to_owned())?;
        let most = (window.navigator().hardware_concurrency() as usize).clamp(1, MOST_WORKERS);
        let hands: Vec<_> = HANDS.with_borrow_mut(|hands| {
            hands.retain(|hand| hand.strong_count() > 0);
            hands.iter().filter_map(Weak::upgrade).filter(|hand| hand.url == url).collect()
        });
        if hands.len() < most {
            let hand = Hand::start(url, &window).map_err(|error| format!("{error:?}"))?;
            HANDS.with_borrow_mut(|all| all.push(Rc::downgrade(&hand)));
            return Ok(hand);
        }
        let freest = hands.into_iter().min_by_key(|hand| hand.lost.borrow().len());
        freest.ok_or_else(|| "there is no worker".to_owned())
    }

    fn start(url: &str, window: &Window) -> Result<Rc<Hand>, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let is_foreign = Url::new(url)?.origin() != window.origin();
        let blob_url = if is_foreign { Some(script_that_imports(url)?) } else { None };
        let worker = Worker::new_with_options(blob_url.as_deref().unwrap_or(url), &options)?;
        Ok(Rc::new_cyclic(|weak: &Weak<Hand>| {
            let hand = weak.clone();
            // On the worker's own line comes one message: that it listens.
            let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |_| {
                if let Some(hand) = hand.upgrade() {
                    hand.listens.set(true);
                    hand.waiting.take().into_iter().for_each(|port| hand.give(port));
                }
            });
            let hand = weak.clone();
            let on_error = Closure::<dyn Fn(Event)>::new(move |event: Event| {
                event.prevent_default();
                // A script that cannot be loaded gives an event without a message.
                let reason = event.dyn_ref::<ErrorEvent>().map_or_else(|| "worker.js".to_owned(), ErrorEvent::message);
                if let Some(hand) = hand.upgrade() {
                    hand.lose(&reason);
                }
            });
            worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
            Hand {
                url: url.to_owned(),
                worker,
                blob_url,
                listens: Cell::new(false),
                waiting: RefCell::default(),
                lost: RefCell::default(),
                _on_message: on_message,
                _on_error: on_error,
            }
        }))
    }

    fn give(&self, port: MessagePort) {
        if self.listens.get() {
            let sent = self.worker.post_message_with_transfer(&JsValue::NULL, &Array::of1(&port));
            sent.expect("a port that was never sent can be sent");
        } else {
            self.waiting.borrow_mut().push(port);
        }
    }

    fn end(&self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }

    fn lose(self: &Rc<Self>, reason: &str) {
        self.end();
        HANDS.with_borrow_mut(|hands| hands.retain(|hand| !std::ptr::eq(hand.as_ptr(), Rc::as_ptr(self))));
        // The closure that is running may belong to the hand, so the hand is kept until the call is over.
        let kept = self.clone();
        wasm_bindgen_futures::spawn_local(async move { drop(kept) });
        let lost = self.lost.take();
        lost.iter().for_each(|on_lost| on_lost(reason.to_owned()));
    }
}

/// A script of the page's own origin that does what the script at `url` does: a browser starts no worker from a foreign
/// address, but a worker may import from one.
fn script_that_imports(url: &str) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let text = format!("await import({});", js_sys::JSON::stringify(&url.into())?);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    Url::create_object_url_with_blob(&blob)
}
