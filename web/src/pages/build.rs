//! The Build page: the palette and the outline, the graph with the running views below it, the inspector and the transport.

use leptos::prelude::*;

use crate::{
    components::{
        arrangement::Arrangement,
        graph::{
            canvas::Canvas,
            editor::Editor,
            palette::{Carried, Palette},
            tools::Tools,
        },
        icon::{Icon, IconButton},
        inspector::Inspector,
        outline::Outline,
        panel::{Empty, Enlarged},
        sheet::{OpenSheet, Sheet},
        stage::Shown,
        transport::Transport,
        views::{VIEWS, View},
    },
    i18n::t,
    state::player::Player,
};

/// The page.
#[component]
pub fn Build() -> impl IntoView {
    let sheet: OpenSheet = expect_context();
    provide_context(Editor::of_page());
    provide_context(Enlarged(RwSignal::new(None)));
    let some_sheet = move || sheet.is(Sheet::Outline) || sheet.is(Sheet::Inspector);
    view! {
        <main class="workplace build">
            <aside class="side gallery" class:open=move || sheet.is(Sheet::Outline) aria-label=move || t().outline>
                <Palette />
                <Outline />
            </aside>
            <div class="build-stage" id="stage" tabindex="-1">
                <div class="graph-bar">
                    <IconButton icon=Icon::Plus class="narrow" id="open-outline" label=Signal::derive(|| t().palette) on_press=move || sheet.toggle(Sheet::Outline) />
                    <Tools />
                </div>
                <Canvas />
                <Strip />
            </div>
            <Inspector />
            <Carried />
            <Show when=some_sheet>
                <button type="button" class="scrim" aria-label=move || t().close on:click=move |_| sheet.0.set(None)></button>
            </Show>
        </main>
        <Transport />
    }
}

/// The views that the visitor has chosen, side by side below the graph, of which they need not show the network.
#[component]
fn Strip() -> impl IntoView {
    let player: Player = expect_context();
    let Shown { arrangement: shown, .. } = expect_context();
    let is_empty = Memo::new(move |_| player.spec.with(|spec| spec.populations.is_empty()));
    let nothing = Signal::derive(|| t().strip_empty.to_owned());
    let views = move || -> Vec<&'static View> {
        let names = shown.with(Arrangement::names);
        let views = names.into_iter().filter_map(|name| VIEWS.iter().find(|view| view.name == name));
        views.filter(|view| view.name != "network").collect()
    };
    view! {
        <div class="strip">
            <Show when=move || !is_empty.get() fallback=move || view! { <Empty text=nothing /> }>
                <For each=views key=|view| view.name children=|view| (view.panel)() />
            </Show>
        </div>
    }
}
