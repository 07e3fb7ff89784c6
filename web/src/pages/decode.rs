//! The Decode page: a recording, a decoder that learns from it, and what it makes of what it has never heard.

use leptos::{ev, prelude::*};

use crate::{
    components::decode::{
        bar::Bar,
        decoder::DecoderChoice,
        harder::Harder,
        panels::Panels,
        recording::{Made, RecordingChoice, dropped},
        scores::Scores,
    },
    i18n::t,
    state::{lab::Lab, player::Player},
};

/// The page.
#[component]
pub fn Decode() -> impl IntoView {
    let player: Player = expect_context();
    // The visitor's own network waits.
    player.set_seen(false);
    on_cleanup(move || player.set_seen(true));
    let lab = Lab::new(player);
    let made = Made::new();
    provide_context(lab);
    provide_context(made);
    made.open(lab);
    let over = RwSignal::new(false);
    let on_drop = move |event: ev::DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        over.set(false);
        dropped(lab, &event);
    };
    let on_over = move |event: ev::DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        over.set(true);
    };
    view! {
        <main class="decode" id="stage" tabindex="-1" on:dragover=on_over on:dragleave=move |_| over.set(false) on:drop=on_drop>
            <div class="decode-side">
                <RecordingChoice />
                <DecoderChoice />
            </div>
            <Panels />
            <div class="decode-side decode-results">
                <Scores />
                <Harder />
            </div>
            <Show when=move || over.get()>
                <div class="drop">{move || t().bci_drop}</div>
            </Show>
        </main>
        <Bar />
    }
}
