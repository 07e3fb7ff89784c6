//! What JavaScript can call: `static/boot.js` starts the page, `static/embed.js` makes widgets.

use js_sys::Function;
use leptos::prelude::*;
use spikeground_web::{app::App, widget};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

/// Makes the page, whose worker's script is at `worker_url`.
#[wasm_bindgen]
pub fn start_page(worker_url: String) {
    leptos::mount::mount_to_body(move || view! { <App worker_url /> });
}

/// A widget. `free` takes it away.
#[wasm_bindgen]
pub struct Widget(widget::Widget);

#[wasm_bindgen]
impl Widget {
    /// See [`widget::Widget::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(parent: HtmlElement, surroundings: &str, page_url: String, tell: Function) -> Widget {
        Widget(widget::Widget::new(parent, surroundings, page_url, tell))
    }

    /// See [`widget::Widget::follow`].
    pub fn follow(&self, name: &str, value: Option<String>) {
        self.0.follow(name, value.as_deref());
    }

    /// See [`widget::Widget::open`].
    pub fn open(&self, project: &str) -> bool {
        self.0.open(project)
    }

    /// See [`widget::Widget::unreachable`].
    pub fn unreachable(&self, url: String, reason: String) {
        self.0.unreachable(url, reason);
    }

    /// See [`widget::Widget::refuse`].
    pub fn refuse(&self, place: &str, value: &str, possible: &str) {
        self.0.refuse(place, value, possible);
    }

    /// See [`widget::Widget::start`].
    pub fn start(&self, worker_url: &str) {
        self.0.start(worker_url);
    }

    /// See [`widget::Widget::set_seen`].
    pub fn set_seen(&self, seen: bool) {
        self.0.set_seen(seen);
    }

    /// See [`widget::Widget::play`].
    pub fn play(&self) {
        self.0.play();
    }

    /// See [`widget::Widget::pause`].
    pub fn pause(&self) {
        self.0.pause();
    }

    /// See [`widget::Widget::step`].
    pub fn step(&self) {
        self.0.step();
    }

    /// See [`widget::Widget::reset`].
    pub fn reset(&self) {
        self.0.reset();
    }

    /// See [`widget::Widget::set`].
    pub fn set(&self, name: &str, value: f64) -> Result<(), String> {
        self.0.set(name, value)
    }

    /// See [`widget::Widget::poke`].
    pub fn poke(&self, neuron: Option<f64>) -> Result<(), String> {
        self.0.poke(neuron)
    }
}
