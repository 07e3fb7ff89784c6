//! A panel of the stage: a title, a small toolbar, and a view that can fill the whole stage; and what stands in a view
//! that has nothing to show.

use leptos::prelude::*;

use super::icon::{Icon, IconButton};
use crate::i18n::t;

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
    let pointed: Option<Pointed> = use_context();
    let is_enlarged = move || enlarged.get() == Some(name);
    let icon = Signal::derive(move || if is_enlarged() { Icon::Shrink } else { Icon::Enlarge });
    let label = Signal::derive(move || if is_enlarged() { t().shrink } else { t().enlarge });
    let toggle = move || enlarged.update(|e| *e = if *e == Some(name) { None } else { Some(name) });
    view! {
        <section
            class=format!("panel panel-{name}")
            class:enlarged=is_enlarged
            class:pointed=move || pointed.is_some_and(|Pointed(names)| names.get().contains(&name))
            class:hidden=move || enlarged.get().is_some_and(|e| e != name)
            aria-label=move || title.get()
        >
            <header>
                <h2 title=move || help.map(|help| help.get())>{move || title.get()}</h2>
                <div class="aside">{aside}</div>
                <div class="tools">
                    <IconButton icon label on_press=toggle />
                </div>
            </header>
            <div class="view">{children()}</div>
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
