//! The session inside a dedicated worker: messages in, messages out, and time from the browser's clock.

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

/// Starts the session. It lives as long as the worker.
pub fn start() {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // A message to oneself comes behind the messages that already wait, without the delay of a timer.
    let channel = MessageChannel::new().expect("every worker can make a channel");
    let host = Rc::new(Host {
        scope,
        wake: channel.port2(),
        session: RefCell::new(Session::new(MEMORY_LIMIT)),
        timer: RefCell::default(),
    });

    let on_message = {
        let host = host.clone();
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match codec::from_js(event.data()) {
                Ok(message) => host.session.borrow_mut().handle(message, host.now_ms()),
                Err(reason) => host.session.borrow_mut().reject(Rejection::Unreadable { reason }),
            }
            host.work();
        })
    };
    host.scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();

    let on_wake = {
        let host = host.clone();
        Closure::<dyn Fn()>::new(move || host.work())
    };
    channel.port1().set_onmessage(Some(on_wake.as_ref().unchecked_ref()));
    host.timer.borrow_mut().wake = Some(on_wake);
    host.work();
}

struct Host {
    scope: DedicatedWorkerGlobalScope,
    wake: MessagePort,
    session: RefCell<Session>,
    timer: RefCell<Timer>,
}

/// What to call when it is time to work, and the browser's timer that will.
#[derive(Default)]
struct Timer {
    wake: Option<Closure<dyn Fn()>>,
    pending: Option<i32>,
}

impl Host {
    fn now_ms(&self) -> f64 {
        self.scope.performance().map_or(0.0, |p| p.now())
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
        let sent = self.scope.post_message_with_transfer(message, &codec::buffers(message));
        sent.expect("a message of plain values and its own buffers can be posted");
    }

    fn schedule(&self, next: Next) {
        let mut timer = self.timer.borrow_mut();
        if let Some(handle) = timer.pending.take() {
            self.scope.clear_timeout_with_handle(handle);
        }
        match next {
            Next::Now => self.wake.post_message(&JsValue::NULL).expect("null can be posted"),
            Next::In(ms) => {
                let Some(wake) = &timer.wake else { return };
                let callback = wake.as_ref().unchecked_ref();
                let set = self.scope.set_timeout_with_callback_and_timeout_and_arguments_0(callback, ms.ceil() as i32);
                timer.pending = set.ok();
            }
            Next::Idle => {}
        }
    }
}
