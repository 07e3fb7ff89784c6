//! The bar below: from the beginning, play, time, speed, and how long it takes.

use leptos::prelude::*;

use crate::{
    components::icon::{Icon, IconButton},
    i18n::t,
    plot::format,
    state::lab::Lab,
};

/// Times of the recording per time to choose from; the last stands for as fast as it can.
const SPEEDS: [Option<f64>; 6] = [Some(0.1), Some(0.25), Some(1.0), Some(4.0), Some(16.0), None];

/// The bar.
#[component]
pub fn Bar() -> impl IntoView {
    let lab: Lab = expect_context();
    let is_playing = Memo::new(move |_| lab.live.with(|live| live.is_playing));
    let icon = Signal::derive(move || if is_playing.get() { Icon::Pause } else { Icon::Play });
    let label = Signal::derive(move || if is_playing.get() { t().pause } else { t().bci_play });
    let nothing = Signal::derive(move || lab.watched.get().is_none());
    let seconds = |bins: usize, bin_ms: f64| format::fixed(bins as f64 * bin_ms / 1000.0, 1);
    let time = move || {
        let at = lab.live.with(|live| live.at);
        lab.tape.with(|tape| {
            tape.as_ref().map(|tape| {
                let bin_ms = tape.told.bin_ms;
                format::with_unit(&format!("{} / {}", seconds(at, bin_ms), seconds(tape.bins(), bin_ms)), "s")
            })
        })
    };
    let asked = |speed: Option<f64>| speed.map_or_else(|| t().fastest.to_owned(), |speed| format!("×{speed}"));
    let options = move || {
        let option = |(i, speed): (usize, Option<f64>)| {
            let is_chosen = lab.speed.get_untracked() == speed;
            view! { <option value=i.to_string() selected=is_chosen>{asked(speed)}</option> }
        };
        SPEEDS.into_iter().enumerate().map(option).collect_view()
    };
    let reached = move || match lab.live.with(|live| live.reached) {
        0.0 => "–".to_owned(),
        reached => format!("×{}", format::fixed(reached, if reached < 10.0 { 2 } else { 0 })),
    };
    let drawn = move || match lab.latency.get().drawn_ms {
        Some([median, p99]) => {
            format!("{} · {}", format::fixed(median, 1), format::with_unit(&format::fixed(p99, 1), "ms"))
        }
        None => "–".to_owned(),
    };
    let decode = move || match lab.latency.get().decode_us {
        0.0 => "–".to_owned(),
        us => format::si(us * 1e-6, "s"),
    };
    view! {
        <footer class="transport decode-bar" role="toolbar" aria-label=move || t().bci_play>
            <IconButton icon=Icon::Reset label=Signal::derive(|| t().bci_rewind) id="decode-rewind" disabled=nothing on_press=move || lab.rewind() />
            <IconButton icon label id="decode-run" class="run" disabled=nothing on_press=move || lab.toggle() />
            <span class="decode-time" id="decode-time">{time}</span>
            <select id="decode-speed" aria-label=move || t().speed title=move || t().speed on:change=move |event| {
                if let Some(speed) = event_target_value(&event).parse().ok().and_then(|i: usize| SPEEDS.get(i)) {
                    lab.set_speed(*speed);
                }
            }>{options}</select>
            <span class="reached" title=move || t().reached><span>{move || t().reached_word} " "</span><strong>{reached}</strong></span>
            <span class="spring"></span>
            <span class="timing" title=move || t().bci_decode_time_help>{move || t().bci_decode_time} " " <strong id="decode-us">{decode}</strong></span>
            <span class="timing" title=move || t().bci_latency_help>{move || t().bci_latency} " " <strong id="latency">{drawn}</strong></span>
        </footer>
    }
}
