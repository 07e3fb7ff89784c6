//! The sessions inside a dedicated worker, one for each port that the page sends: messages in, messages out, and time
//! from the browser's clock. `null` on a port is its client's goodbye.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use crate::{
    codec,
    protocol::Rejection,
    session::{Next, Session},
};

/// Bytes a network may take: what a 32-bit address space of 4 GiB leaves beside code, stack and messages.
const MEMORY_LIMIT: f64 = 3.5e9;

/// Starts to serve the clients that the page announces, and tells the page so.
pub fn start() {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let on_port = {
        let scope = scope.clone();
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(port) = event.ports().get(0).dyn_into() {
                Host::serve(scope.clone(), port);
            }
        })
    };
    scope.set_onmessage(Some(on_port.as_ref().unchecked_ref()));
    on_port.forget();
    scope.post_message(&JsValue::NULL).expect("null can be posted");
}

/// A session and its client. It lives until the client says goodbye.
struct Host {
    scope: DedicatedWorkerGlobalScope,
    client: MessagePort,
    /// A message to oneself comes behind the messages that already wait, without the delay of a timer.
    to_self: MessageChannel,
    session: RefCell<Session>,
    timer: RefCell<Option<i32>>,
    /// They hold the host, so without them it goes.
    listeners: RefCell<Option<Listeners>>,
}

struct Listeners {
    _on_message: Closure<dyn Fn(MessageEvent)>,
    wake: Closure<dyn Fn()>,
}

impl Host {
    fn serve(scope: DedicatedWorkerGlobalScope, client: MessagePort) {
        let to_self = MessageChannel::new().expect("every worker can make a channel");
        let bell = to_self.port2();
        // Whoever rings after the session has gone is not heard.
        let wake = Rc::new(move || drop(bell.post_message(&JsValue::NULL)));
        let host = Rc::new(Host {
            scope,
            client,
            to_self,
            session: RefCell::new(Session::new(MEMORY_LIMIT, wake)),
            timer: RefCell::default(),
            listeners: RefCell::default(),
        });
        let on_message = {
            let host = host.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| host.receive(event.data()))
        };
        let wake = {
            let host = host.clone();
            Closure::<dyn Fn()>::new(move || host.work())
        };
        host.client.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        host.to_self.port1().set_onmessage(Some(wake.as_ref().unchecked_ref()));
        host.listeners.replace(Some(Listeners { _on_message: on_message, wake }));
        host.work();
    }

    /// Time since 1970, in ms: the page and its workers agree about it.
    fn now_ms(&self) -> f64 {
        self.scope.performance().map_or(0.0, |p| p.time_origin() + p.now())
    }

    fn receive(&self, data: JsValue) {
        if data.is_null() {
            return self.leave();
        }
        match codec::from_js(data) {
            Ok(message) => self.session.borrow_mut().handle(message, self.now_ms()),
            Err(reason) => self.session.borrow_mut().reject(Rejection::Unreadable { reason }),
        }
        self.work();
    }

    fn work(&self) {
        let next = self.session.borrow_mut().work(&|| self.now_ms());
        let messages = self.session.borrow_mut().take_messages();
        for message in messages {
            self.post(&codec::to_js(&message).expect("every message of the protocol is made of plain values"));
        }
        self.schedule(next);
    }

    fn post(&self, message: &JsValue) {
        let sent = self.client.post_message_with_transferable(message, &codec::buffers(message));
        sent.expect("a message of plain values and its own buffers can be posted");
    }

    fn schedule(&self, next: Next) {
        self.cancel_timer();
        match next {
            Next::Now => self.to_self.port2().post_message(&JsValue::NULL).expect("null can be posted"),
            Next::In(ms) => {
                let listeners = self.listeners.borrow();
                let Some(Listeners { wake, .. }) = &*listeners else { return };
                let callback = wake.as_ref().unchecked_ref();
                let set = self.scope.set_timeout_with_callback_and_timeout_and_arguments_0(callback, ms.ceil() as i32);
                self.timer.replace(set.ok());
            }
            Next::Idle => {}
        }
    }

    fn cancel_timer(&self) {
        if let Some(handle) = self.timer.take() {
            self.scope.clear_timeout_with_handle(handle);
        }
    }

    fn leave(&self) {
        self.cancel_timer();
        for port in [&self.client, &self.to_self.port1()] {
            port.set_onmessage(None);
            port.close();
        }
        // One of them is running, so they are dropped when the call is over.
        let listeners = self.listeners.take();
        wasm_bindgen_futures::spawn_local(async move { drop(listeners) });
    }
}
