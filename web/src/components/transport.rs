//! The transport: run, pause, step, reset, time, speed, and the truth about engine, size and memory.

use leptos::prelude::*;
use spikeground_core::error::size;

use super::{
    engine::Engine,
    icon::{Icon, IconButton},
    sheet::{OpenSheet, Sheet},
};
use crate::{
    i18n::{neurons, t},
    plot::format,
    state::player::{Player, Size},
};

/// Speeds to choose from, model time per time; the last stands for as fast as it can.
pub const SPEEDS: [Option<f64>; 14] = [
    Some(0.001),
    Some(0.002),
    Some(0.005),
    Some(0.01),
    Some(0.02),
    Some(0.05),
    Some(0.1),
    Some(0.2),
    Some(0.5),
    Some(1.0),
    Some(2.0),
    Some(5.0),
    Some(10.0),
    None,
];

/// The place of a speed among [`SPEEDS`].
pub fn notch(speed: Option<f64>) -> usize {
    SPEEDS.iter().position(|s| *s == speed).unwrap_or(9)
}

/// The bar.
#[component]
pub fn Transport() -> impl IntoView {
    let player: Player = expect_context();
    let sheet: OpenSheet = expect_context();
    let sound_icon = Signal::derive(move || if player.audible.get() { Icon::Sound } else { Icon::Mute });
    let chip = move |value: fn(&Size) -> String, word: fn(&Size) -> &'static str| {
        view! {
            <span class="chip">
                <strong>{move || player.size.with(|s| s.as_ref().map_or_else(|| "–".into(), value))}</strong>
                " "
                {move || player.size.with(|s| s.as_ref().map(word))}
            </span>
        }
    };
    view! {
        <footer class="transport" role="toolbar" aria-label=move || t().run>
            <Reset />
            <Run />
            <Step />
            <Time />
            <Speed />
            <Reached />
            <IconButton icon=sound_icon label=Signal::derive(|| t().sound) id="sound" pressed=Signal::from(player.audible) on_press=move || player.toggle_sound() />
            <span class="spring"></span>
            {chip(|s| format::fixed(s.neurons, 0), |s| neurons(s.neurons))}
            {chip(|s| format::si(s.synapses, ""), |_| t().synapses)}
            <Engine />
            <span class="chip" title=move || t().memory_help id="memory">
                <strong>{move || player.size.with(|s| s.map_or_else(|| "–".into(), |s| size(s.bytes)))}</strong>
            </span>
            <IconButton icon=Icon::Grid label=Signal::derive(|| t().gallery) class="narrow" id="open-gallery" on_press=move || sheet.toggle(Sheet::Gallery) />
            <IconButton icon=Icon::Sliders label=Signal::derive(|| t().parameters) class="narrow" id="open-inspector" on_press=move || sheet.toggle(Sheet::Inspector) />
        </footer>
    }
}

/// Back to t = 0.
#[component]
pub fn Reset() -> impl IntoView {
    let player: Player = expect_context();
    view! { <IconButton icon=Icon::Reset label=Signal::derive(|| t().reset) id="reset" on_press=move || player.reset() /> }
}

/// Run, or pause.
#[component]
pub fn Run() -> impl IntoView {
    let player: Player = expect_context();
    let icon = Signal::derive(move || if player.playing.get() { Icon::Pause } else { Icon::Play });
    let label = Signal::derive(move || if player.playing.get() { t().pause } else { t().run });
    view! { <IconButton icon label id="run" class="run" on_press=move || player.toggle() /> }
}

/// One step.
#[component]
pub fn Step() -> impl IntoView {
    let player: Player = expect_context();
    view! { <IconButton icon=Icon::Step label=Signal::derive(|| t().step) id="step" on_press=move || player.step() /> }
}

/// How fast it shall run.
#[component]
pub fn Speed() -> impl IntoView {
    let player: Player = expect_context();
    let asked = move || match player.speed.get() {
        Some(speed) => format!("×{speed}"),
        None => t().fastest.to_owned(),
    };
    view! {
        <label class="speed" title=move || t().speed>
            <span class="speed-word">{move || t().speed}</span>
            <input
                type="range"
                id="speed"
                min="0"
                max=SPEEDS.len() - 1
                step="1"
                aria-label=move || t().speed
                aria-valuetext=asked
                prop:value=move || notch(player.speed.get())
                style:--fill=move || format!("{}%", notch(player.speed.get()) as f64 / (SPEEDS.len() - 1) as f64 * 100.0)
                on:input=move |event| {
                    if let Some(speed) = event_target_value(&event).parse().ok().and_then(|i: usize| SPEEDS.get(i)) {
                        player.set_speed(*speed);
                    }
                }
                on:dblclick=move |_| player.set_speed(Some(1.0))
            />
            <output class="asked">{asked}</output>
        </label>
    }
}

/// How fast it does run.
#[component]
pub fn Reached() -> impl IntoView {
    let player: Player = expect_context();
    let reached = move || match player.clock.with(|c| c.reached) {
        0.0 => "–".to_owned(),
        r if r < 0.1 => format!("×{}", format::significant(r, 2)),
        r => format!("×{}", format::fixed(r, if r < 10.0 { 2 } else { 0 })),
    };
    view! {
        <span class="reached" title=move || t().reached id="reached">
            <span>{move || t().reached_word} " "</span>
            <strong>{reached}</strong>
        </span>
    }
}

/// Model time; a time that is typed in is run to.
#[component]
pub fn Time() -> impl IntoView {
    let player: Player = expect_context();
    let editing = RwSignal::new(false);
    let shown = Memo::new(move |_| player.clock.with(|c| format::fixed(c.time_ms, 1)));
    let field: NodeRef<leptos::html::Input> = NodeRef::new();
    // While the visitor types, the field is the visitor's.
    Effect::new(move |_| {
        let (text, Some(field)) = (shown.get(), field.get()) else { return };
        if !editing.get() {
            field.set_value(&text);
        }
    });
    let run_to = move |event: leptos::ev::Event| {
        let digits: String = event_target_value(&event).chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        if let Ok(time_ms) = digits.parse::<f64>() {
            player.run_to(time_ms);
        }
        editing.set(false);
    };
    view! {
        <label class="time" title=move || t().run_to>
            <span>"t"</span>
            <input
                node_ref=field
                id="time"
                type="text"
                inputmode="decimal"
                aria-label=move || t().run_to
                on:focus=move |_| editing.set(true)
                on:blur=move |_| editing.set(false)
                on:change=run_to
            />
            <span class="unit">"ms"</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_speed_has_its_notch() {
        for (i, speed) in SPEEDS.iter().enumerate() {
            assert_eq!(notch(*speed), i);
        }
        assert_eq!(SPEEDS[notch(Some(3.0))], Some(1.0));
    }
}
