//! The Simulate page: the gallery, the stage with its views, the inspector and the transport.

use leptos::prelude::*;

use crate::{
    components::{
        gallery::Gallery,
        inspector::Inspector,
        sheet::{OpenSheet, Sheet},
        stage::Stage,
        transport::Transport,
    },
    i18n::t,
};

/// The page.
#[component]
pub fn Simulate() -> impl IntoView {
    let sheet: OpenSheet = expect_context();
    let some_sheet = move || sheet.is(Sheet::Gallery) || sheet.is(Sheet::Inspector);
    view! {
        <main class="workplace">
            <Gallery />
            <Stage />
            <Inspector />
            <Show when=some_sheet>
                <button type="button" class="scrim" aria-label=move || t().close on:click=move |_| sheet.0.set(None)></button>
            </Show>
        </main>
        <Transport />
    }
}
