//! Something that is allowed or not: a box to tick, with a name and a few words.

use leptos::{html, prelude::*};

/// The switch.
#[component]
pub fn SwitchRow(
    /// Its name.
    name: &'static str,
    /// A few words on it.
    doc: &'static str,
    /// Whether it is on. Tracked.
    #[prop(into)]
    is_on: Signal<bool>,
    /// Told of a change; returns whether it was taken.
    on_change: impl Fn(bool) -> bool + 'static,
    /// A name for tests.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let changed = move |event: leptos::ev::Event| {
        if !on_change(event_target_checked(&event))
            && let Some(field) = field.get_untracked()
        {
            field.set_checked(is_on.get_untracked());
        }
    };
    view! {
        <label class="switch-row">
            <input type="checkbox" id=id node_ref=field prop:checked=is_on on:change=changed />
            <span class="word">{name}</span>
            <span class="slider-doc">{doc}</span>
        </label>
    }
}
