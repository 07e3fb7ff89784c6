//! The inspector: everything of what is selected, to be changed, made from the registries of core.

use leptos::prelude::*;

use super::{
    diagram::{Selected, Selection},
    sheet::{OpenSheet, Sheet},
};
use crate::{
    i18n::{lang, t},
    state::player::Player,
};

mod controls;
mod distribution;
mod edges;
mod lesions;
mod list;
mod name;
mod network;
mod place;
mod population;
mod projection;
mod rows;
mod stimulus;
mod value;

pub use controls::{FirstControls, control_row};
pub use place::Original;

/// The inspector.
#[component]
pub fn Inspector() -> impl IntoView {
    let player: Player = expect_context();
    let sheet: OpenSheet = expect_context();
    let Selection(selected) = expect_context();
    provide_context(place::Original::of(player));
    // Made anew for another selection, network or language, and where parts come or go; not for another number, name or choice.
    let subject = Memo::new(move |_| {
        let parts = player.spec.with(|s| [s.populations.len(), s.stimuli.len(), s.projections.len()]);
        (selected.get(), parts, player.entry.get().map(|entry| entry.id), lang())
    });
    let body = move || match subject.get() {
        (Selected::Population(index), [populations, ..], ..) if index < populations => {
            view! { <population::Population index /> }.into_any()
        }
        (Selected::Stimulus(index), [_, stimuli, _], ..) if index < stimuli => {
            view! { <stimulus::Stimulus index /> }.into_any()
        }
        (Selected::Projection(index), [.., projections], ..) if index < projections => {
            view! { <projection::Projection index /> }.into_any()
        }
        _ => view! { <network::Network /> }.into_any(),
    };
    let is_part = move || selected.get() != Selected::Network;
    view! {
        <aside class="inspector side" class:open=move || sheet.is(Sheet::Inspector) aria-label=move || t().parameters>
            <Show when=is_part>
                <button type="button" class="text-button back" on:click=move |_| selected.set(Selected::Network)>
                    "← " {move || t().whole_network}
                </button>
            </Show>
            {body}
        </aside>
    }
}
