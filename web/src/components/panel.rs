//! A panel of the stage: a title, a small toolbar, and a view that can fill the whole stage; and what stands in a view
//! that has nothing to show.

use leptos::{context::Provider, prelude::*};

use super::{
    icon::{Icon, IconButton},
    panel_menu::PanelMenu,
    panel_title::{Aimed, PanelTitle},
    stage::Shown,
};
use crate::{i18n::t, plot::Exhibit};

/// Which panel fills the stage, by its name; provided as a context by the stage.
#[derive(Clone, Copy)]
pub struct Enlarged(pub RwSignal<Option<&'static str>>);

/// The names of the panels that are pointed at; provided as a context by a page that points.
#[derive(Clone, Copy)]
pub struct Pointed(pub Signal<&'static [&'static str]>);

/// The panel.
#[component]
pub fn Panel(
    /// Its name: a class for its place on the stage.
    name: &'static str,
    /// Its title.
    #[prop(into)]
    title: Signal<&'static str>,
    /// What it is, on hover of the title.
    #[prop(into, optional)]
    help: Option<Signal<&'static str>>,
    /// What stands behind the title.
    aside: impl IntoView + 'static,
    /// The view.
    children: Children,
) -> impl IntoView {
    let Enlarged(enlarged) = expect_context();
    let stage: Option<Shown> = use_context();
    let aimed: Option<Aimed> = use_context();
    let exhibit = Exhibit::default();
    let pointed: Option<Pointed> = use_context();
    let is_enlarged = move || enlarged.get() == Some(name);
    let icon = Signal::derive(move || if is_enlarged() { Icon::Shrink } else { Icon::Enlarge });
    let label = Signal::derive(move || if is_enlarged() { t().shrink } else { t().enlarge });
    let toggle = move || enlarged.update(|e| *e = if *e == Some(name) { None } else { Some(name) });
    let area = move || match is_enlarged() {
        true => "1 / 1 / -1 / -1".to_owned(),
        false => stage.map_or_else(String::new, |Shown { arrangement, .. }| arrangement.with(|stage| stage.area(name))),
    };
    let section: NodeRef<leptos::html::Section> = NodeRef::new();
    let is_paused = exhibit.is_paused;
    view! {
        <section
            node_ref=section
            class=format!("panel panel-{name}")
            class:enlarged=is_enlarged
            class:aimed=move || aimed.is_some_and(|Aimed(aimed)| aimed.with(|aimed| *aimed == name))
            class:pointed=move || pointed.is_some_and(|Pointed(names)| names.get().contains(&name))
            class:hidden=move || enlarged.get().is_some_and(|e| e != name)
            style:grid-area=area
            data-view=name
            aria-label=move || title.get()
        >
            <header>
                <PanelTitle name title help />
                <div class="aside">{aside}</div>
                <div class="tools">
                    <Show when=move || is_paused.get()>
                        <button type="button" class="text-button paused" title=move || t().view_go_on on:click=move |_| is_paused.set(false)>
                            {move || t().view_paused}
                        </button>
                    </Show>
                    {stage.map(|stage| view! { <PanelMenu name title stage exhibit section /> })}
                    <IconButton icon label on_press=toggle />
                </div>
            </header>
            <div class="view">
                <Provider value=exhibit>{children()}</Provider>
            </div>
        </section>
    }
}

/// A view that has nothing to show: what would fill it, and how to get that.
#[component]
pub fn Empty(
    /// What would fill it.
    text: Signal<String>,
    /// A button that does, or how far it is.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="nothing">
            <p>{move || text.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}
