//! The whole graph in small, while it does not fit: where one looks, and a way to look elsewhere.

use leptos::ev::PointerEvent;
use leptos::prelude::*;

use super::{
    editor::Editor,
    hand::point,
    layout::{Camera, bounds},
};
use crate::i18n::t;

/// Its size, px.
const SIZE: [f64; 2] = [148.0, 96.0];
/// Half the size of a node in it, px.
const DOT: f64 = 2.5;

/// The map.
#[component]
pub fn Minimap() -> impl IntoView {
    let editor: Editor = expect_context();
    let map: NodeRef<leptos::svg::Svg> = NodeRef::new();
    let world = Memo::new(move |_| editor.places.with(|places| bounds(places.values().copied())));
    let seen = move || {
        let (camera, size) = (editor.camera.get(), editor.size.get());
        let ([x0, y0], [x1, y1]) = (camera.world([0.0; 2]), camera.world(size));
        [x0, y0, x1, y1]
    };
    let fits = Memo::new(move |_| {
        let (Some([x0, y0, x1, y1]), [a, b, c, d]) = (world.get(), seen()) else { return true };
        x0 >= a && y0 >= b && x1 <= c && y1 <= d
    });
    let look = move || Camera::fit(world.get().unwrap_or_default(), SIZE);
    let dots = move || {
        let camera = look();
        editor.places.with(|places| {
            let dot = |place: &[f64; 2]| {
                let [x, y] = camera.screen(*place);
                format!("M{:.1} {:.1}h{}v{}h-{}z", x - DOT, y - DOT, 2.0 * DOT, 2.0 * DOT, 2.0 * DOT)
            };
            places.values().map(dot).collect::<String>()
        })
    };
    let frame = move || {
        let ([a, b, c, d], camera) = (seen(), look());
        let ([x0, y0], [x1, y1]) = (camera.screen([a, b]), camera.screen([c, d]));
        format!("M{x0:.1} {y0:.1}H{x1:.1}V{y1:.1}H{x0:.1}Z")
    };
    let go = move |event: PointerEvent| {
        let Some(map) = map.get_untracked() else { return };
        if event.buttons() == 0 {
            return;
        }
        let [x, y] = untrack(look).world(point(&event, &map));
        let [width, height] = editor.size.get_untracked();
        editor.camera.update(|camera| {
            camera.shift = [width / 2.0 - x * camera.zoom, height / 2.0 - y * camera.zoom];
        });
    };
    view! {
        <Show when=move || !fits.get()>
            <svg
                node_ref=map
                class="minimap"
                viewBox=format!("0 0 {} {}", SIZE[0], SIZE[1])
                role="img"
                aria-label=move || t().minimap
                on:pointerdown=go
                on:pointermove=go
            >
                <path class="dots" d=dots />
                <path class="seen" d=frame />
            </svg>
        </Show>
    }
}
