//! The browser's animation frames and its clock.

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::window;

/// Calls `draw` at the next animation frame with the frame's time, in ms on the clock of `now_ms`.
pub fn next_frame(draw: impl FnOnce(f64) + 'static) {
    let callback = Closure::once_into_js(draw);
    if let Some(window) = window() {
        // It fails only where there is no document to draw.
        let _ = window.request_animation_frame(callback.unchecked_ref());
    }
}

/// Wall time since the page was loaded, in ms.
pub fn now_ms() -> f64 {
    window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}
