//! Something that is allowed or not: a box to tick, with a name and a few words.

use leptos::prelude::*;

/// The switch.
#[component]
pub fn SwitchRow(
    /// Its name.
    name: &'static str,
    /// A few words on it.
    doc: &'static str,
    /// Whether it is on. Tracked.
    is_on: Signal<bool>,
    /// Told of a change.
    on_change: impl Fn(bool) + 'static,
    /// A name for tests.
    id: &'static str,
) -> impl IntoView {
    view! {
        <label class="switch-row">
            <input type="checkbox" id=id prop:checked=is_on on:change=move |event| on_change(event_target_checked(&event)) />
            <span class="word">{name}</span>
            <span class="slider-doc">{doc}</span>
        </label>
    }
}
