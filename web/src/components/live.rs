//! Live input: what is listened to, and what is heard.

use leptos::{ev, prelude::*};
use spikeground_core::{neuron, stimulus};

use super::panel::{Empty, Panel};
use crate::{
    i18n::{Word, fill, t},
    plot::{Bins, HistogramView},
    state::{
        live::{FED, KEYS, Live, Sense, is_fed},
        player::Player,
    },
};

/// What can be listened to, with its name for tests and for people.
const SENSES: [(&str, Option<Sense>, Word); 4] = [
    ("off", None, |t| t.live_off),
    ("keys", Some(Sense::Keys), |t| t.live_keys),
    ("microphone", Some(Sense::Microphone), |t| t.live_microphone),
    ("camera", Some(Sense::Camera), |t| t.live_camera),
];

/// The key that an event is of, if it is a channel.
fn key_of(event: &ev::KeyboardEvent) -> Option<usize> {
    let code = event.code();
    let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    KEYS.iter().position(|key| code.strip_prefix("Key") == Some(key)).filter(|_| !has_modifier)
}

/// The panel.
#[component]
pub fn LivePanel() -> impl IntoView {
    let player: Player = expect_context();
    let live = Live::new(player);
    let has_input = Memo::new(move |_| {
        player.spec.with(|spec| spec.stimuli.iter().any(|s| stimulus::find(&s.model).is_some_and(is_fed)))
    });
    let first = move || player.spec.with(|spec| spec.populations.first().map(|p| p.name.clone()));
    let add = move |_| {
        player.edit(|spec| {
            let Some(target) = spec.populations.first().map(|p| p.name.clone()) else { return };
            let input = spec.add_stimulus(FED);
            let input = spec.stimuli[input].name.clone();
            spec.connect(&input, &target);
        });
    };
    let sense = move |(name, sense, title): (&'static str, Option<Sense>, Word)| {
        view! {
            <button
                type="button"
                class="text-button"
                data-sense=name
                aria-pressed=move || (live.sense.get() == sense).to_string()
                on:click=move |_| live.listen(sense)
            >
                {move || title(t())}
            </button>
        }
    };
    let aside = view! {
        <Show when=move || has_input.get()>
            <div class="senses" role="group" aria-label=move || t().live>{SENSES.map(sense).collect_view()}</div>
        </Show>
    };
    let pressed = move |event: ev::KeyboardEvent| {
        if let Some(key) = key_of(&event) {
            event.prevent_default();
            event.stop_propagation();
            live.press(key, true);
        }
    };
    // Wherever the hand is by then.
    let released = window_event_listener(ev::keyup, move |event| {
        if let Some(key) = key_of(&event) {
            live.press(key, false);
        }
    });
    let left = window_event_listener(ev::blur, move |_| (0..KEYS.len()).for_each(|key| live.press(key, false)));
    on_cleanup(move || {
        released.remove();
        left.remove();
    });
    let keys: NodeRef<leptos::html::Div> = NodeRef::new();
    Effect::new(move |_| {
        // A focus that fails leaves the keys to be touched.
        keys.get().map(|keys| keys.focus())
    });
    let key = move |(i, name): (usize, &'static str)| {
        let is_down = move || live.values.with(|values| values.get(i).is_some_and(|value| *value > 0.0));
        view! {
            <button
                type="button"
                class="live-key"
                aria-pressed=move || is_down().to_string()
                on:pointerdown=move |_| live.press(i, true)
                on:pointerup=move |_| live.press(i, false)
                on:pointerleave=move |_| live.press(i, false)
                on:pointercancel=move |_| live.press(i, false)
            >
                {name}
            </button>
        }
    };
    let bins = Signal::derive(move || {
        Bins::even(0.0, 1.0, live.values.with(|values| values.iter().map(|value| f64::from(*value)).collect()))
    });
    let label = Signal::derive(move || {
        let name = SENSES.iter().find(|(_, sense, _)| *sense == live.sense.get()).map_or("", |(.., title)| title(t()));
        fill(t().live_label, &[name])
    });
    let heard = move || match live.sense.get() {
        None => {
            let text = Signal::derive(move || match live.refused.get() {
                Some(reason) => fill(t().live_refused, &[&reason]),
                None => t().live_none.to_owned(),
            });
            view! { <div class="live-none" role="status"><Empty text /></div> }.into_any()
        }
        Some(Sense::Keys) => view! {
            <div
                node_ref=keys
                class="live-keys"
                tabindex="0"
                role="group"
                aria-label=move || t().live_keys_help
                on:keydown=pressed
            >
                {KEYS.into_iter().enumerate().map(key).collect_view()}
                <p class="hint">{move || t().live_keys_help}</p>
            </div>
        }
        .into_any(),
        Some(_) => view! { <HistogramView bins unit=Signal::stored(String::new()) label /> }.into_any(),
    };
    let can_add =
        move || player.spec.with(|spec| spec.populations.first().is_some_and(|p| neuron::find(&p.model).is_some()));
    let missing = move || {
        let text = Signal::derive(|| t().live_missing.to_owned());
        view! {
            <Empty text>
                <button type="button" class="text-button" id="add-live" disabled=move || !can_add() on:click=add>
                    {move || fill(t().live_add, &[&first().unwrap_or_default()])}
                </button>
            </Empty>
        }
    };
    view! {
        <Panel name="live" title=Signal::derive(|| t().live) help=Signal::derive(|| t().live_help) aside>
            <Show when=move || has_input.get() fallback=missing>
                {heard}
            </Show>
        </Panel>
    }
}
