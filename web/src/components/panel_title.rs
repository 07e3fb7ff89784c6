//! The title of a panel: dragged onto another panel it lets the two change places.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{panel::Enlarged, stage::Shown};

/// Movement in css px that turns a press into a drag.
const SLOP_PX: f64 = 8.0;

/// The name of the panel that a title is dragged onto, or nothing; provided as a context by the stage.
#[derive(Clone, Copy)]
pub struct Aimed(pub RwSignal<String>);

/// The title.
#[component]
pub fn PanelTitle(
    /// The view's name.
    name: &'static str,
    /// The text.
    title: Signal<&'static str>,
    /// What the view is, on hover.
    help: Option<Signal<&'static str>>,
) -> impl IntoView {
    let Enlarged(enlarged) = expect_context();
    let stage = use_context::<Shown>().zip(use_context::<Aimed>());
    // Where the drag began.
    let from = StoredValue::new(None::<(f64, f64)>);
    let at = |event: &ev::PointerEvent| (f64::from(event.client_x()), f64::from(event.client_y()));
    let target = move |event: &ev::PointerEvent| {
        let ((x0, y0), (x, y)) = (from.get_value()?, at(event));
        let panel = document().element_from_point(x as f32, y as f32)?.closest("[data-view]").ok()??;
        let other = panel.get_attribute("data-view")?;
        ((x - x0).hypot(y - y0) > SLOP_PX && other != name).then_some(other)
    };
    let grab = move |event: ev::PointerEvent| {
        let title = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        if let (Some(title), Some(_), None) = (title, stage, enlarged.get_untracked()) {
            // It fails only when the pointer has just gone.
            let _ = title.set_pointer_capture(event.pointer_id());
            from.set_value(Some(at(&event)));
        }
    };
    let aim = move |event: ev::PointerEvent| {
        if let (Some((_, Aimed(aimed))), Some(_)) = (stage, from.get_value()) {
            aimed.set(target(&event).unwrap_or_default());
        }
    };
    let end = move |other: Option<String>| {
        from.set_value(None);
        if let Some((stage, Aimed(aimed))) = stage {
            aimed.set(String::new());
            if let Some(other) = other {
                stage.change(|stage| stage.swap(name, &other));
            }
        }
    };
    view! {
        <h2
            class:movable=stage.is_some()
            title=move || help.map(|help| help.get())
            on:pointerdown=grab
            on:pointermove=aim
            on:pointerup=move |event| end(target(&event))
            on:pointercancel=move |_| end(None)
        >
            {move || title.get()}
        </h2>
    }
}
