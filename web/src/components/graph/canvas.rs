//! The canvas of the editor: the graph under a camera, with what floats above it.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, ResizeObserver};

use super::{
    editor::{Editor, Ware},
    figure::{Mark, arrow, heads},
    hand::Hand,
    layout::Places,
    minimap::Minimap,
    parts::{EdgePart, GroupPart, NodePart, NotePart},
    shortcuts,
    tools::Zoom,
    typing::Typing,
};
use crate::{
    components::messages::{Messages, WiringProgress},
    i18n::t,
    state::sketch::Place,
};

/// The canvas.
#[component]
pub fn Canvas() -> impl IntoView {
    let editor: Editor = expect_context();
    let player = editor.player;
    let canvas: NodeRef<leptos::svg::Svg> = NodeRef::new();
    let hand = Hand::new(editor);
    let on_canvas = move |act: &dyn Fn(&Element)| {
        if let Some(canvas) = canvas.get_untracked() {
            act(&canvas);
        }
    };
    watch_size(canvas, editor);

    // Where nodes stand while the chosen ones are dragged.
    let at = Memo::new(move |_| {
        let [dx, dy] = editor.moving.get();
        let mut places = editor.places.get();
        if (dx, dy) != (0.0, 0.0) {
            for name in untrack(|| editor.chosen_nodes()) {
                places.entry(name).and_modify(|[x, y]| (*x, *y) = (*x + dx, *y + dy));
            }
        }
        places
    });
    let names = move || player.spec.with(|spec| spec.node_names().map(str::to_owned).collect::<Vec<_>>());
    let names = Memo::new(move |_| names());
    let edges = Memo::new(move |_| player.spec.with(|spec| spec.projections.len()));
    let notes = Memo::new(move |_| player.sketch.with(|sketch| sketch.notes.len()));
    let groups = Memo::new(move |_| player.sketch.with(|sketch| sketch.groups.len()));
    let camera = move || {
        let camera = editor.camera.get();
        format!("translate({:.2} {:.2}) scale({:.4})", camera.shift[0], camera.shift[1], camera.zoom)
    };
    let draft = move || draft(at, editor.source.get()?, editor.loose_end.get()?);
    let band = move || {
        let [a, b] = hand.band.get()?;
        let [x, y] = [a[0].min(b[0]), a[1].min(b[1])];
        Some(view! { <rect class="band" x=x y=y width=(b[0] - a[0]).abs() height=(b[1] - a[1]).abs() /> })
    };
    let is_empty = move || names.with(Vec::is_empty);
    view! {
        <div class="graph" class:connecting=move || editor.source.with(Option::is_some)>
            <svg
                node_ref=canvas
                class="graph-canvas"
                id="graph"
                tabindex="0"
                role="group"
                aria-label=move || t().graph_label
                aria-describedby="graph-help"
                on:pointerdown=move |event| on_canvas(&|canvas| hand.press(&event, canvas))
                on:pointermove=move |event| on_canvas(&|canvas| hand.drag(&event, canvas))
                on:pointerup=move |event| on_canvas(&|canvas| hand.release(&event, canvas))
                on:pointercancel=move |event| hand.cancel(&event)
                on:dblclick=move |event| on_canvas(&|canvas| hand.double(&event, canvas))
                on:wheel=move |event| on_canvas(&|canvas| hand.wheel(&event, canvas))
                on:keydown=move |event| {
                    if shortcuts::obey(&event, editor) {
                        event.prevent_default();
                        event.stop_propagation();
                    }
                }
            >
                <defs>{heads()}</defs>
                <g transform=camera>
                    <For each=move || 0..groups.get() key=|i| *i let(index)><GroupPart index at /></For>
                    <For each=move || 0..edges.get() key=|i| *i let(index)><EdgePart index at /></For>
                    <For each=move || names.get() key=String::clone let(name)><NodePart name at /></For>
                    <For each=move || 0..notes.get() key=|i| *i let(index)><NotePart index /></For>
                    {draft}
                    {band}
                </g>
            </svg>
            <p class="off-screen" id="graph-help">{move || t().graph_help}</p>
            <div class="off-screen" role="status" aria-live="polite" id="graph-said">{move || editor.said.get()}</div>
            <Show when=move || editor.source.with(Option::is_some)>
                <p class="graph-hint" aria-hidden="true">{move || editor.said.get()}</p>
            </Show>
            <Show when=is_empty>
                <Start />
            </Show>
            <Zoom />
            <Minimap />
            <Typing />
            <Messages />
            <WiringProgress />
        </div>
    }
}

/// The connection that is being drawn.
fn draft(at: Memo<Places>, source: String, end: Place) -> Option<impl IntoView> {
    let start = at.with(|at| at.get(&source).copied())?;
    let (path, _) = arrow(start, end, 0);
    Some(view! { <path class="draft" d=path /> })
}

/// What an empty canvas says.
#[component]
fn Start() -> impl IntoView {
    let editor: Editor = expect_context();
    let population =
        move |inhibitory| editor.add(Ware::Population(shortcuts::MODEL, inhibitory), Some(editor.middle()));
    view! {
        <div class="graph-start" id="graph-start">
            <h3>{move || t().start_title}</h3>
            <p>{move || t().start_text}</p>
            <div>
                <button type="button" class="text-button" on:click=move |_| _ = population(false)>
                    <Mark class=Signal::stored("exc") />
                    {move || t().add_excitatory}
                </button>
                <button type="button" class="text-button" on:click=move |_| _ = population(true)>
                    <Mark class=Signal::stored("inh") />
                    {move || t().add_inhibitory}
                </button>
            </div>
        </div>
    }
}

/// Keeps the size of the canvas known, and looks at everything as soon as there is one.
fn watch_size(canvas: NodeRef<leptos::svg::Svg>, editor: Editor) {
    let watched = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(element) = canvas.get() else { return };
        let measured = element.clone();
        let on_resize = Closure::<dyn Fn()>::new(move || {
            let rect = measured.get_bounding_client_rect();
            let size = [rect.width(), rect.height()];
            let before = editor.size.try_update(|known| std::mem::replace(known, size));
            if before == Some([0.0; 2]) {
                editor.fit();
            }
        });
        if let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watched.set_value(Some((observer, on_resize)));
        }
    });
    on_cleanup(move || {
        if let Some(Some((observer, _))) = watched.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
    // Another network of the gallery is looked at as a whole.
    Effect::new(move |before: Option<()>| {
        editor.player.entry.track();
        if before.is_some() {
            request_animation_frame(move || editor.fit());
        }
    });
}
