//! The way from page to page.

use leptos::prelude::*;

use crate::i18n::{Word, t};

/// A page.
pub struct Page {
    /// Its name in addresses.
    pub name: &'static str,
    /// Its name for people.
    pub title: Word,
    /// Makes it.
    pub view: fn() -> AnyView,
}

/// The page that is open; provided as a context by the app.
#[derive(Clone, Copy)]
pub struct OpenPage(pub RwSignal<&'static Page>);

/// The pages by name. There is nothing to choose from one.
#[component]
pub fn Nav(
    /// The pages, in order.
    pages: &'static [Page],
) -> impl IntoView {
    let OpenPage(open) = expect_context();
    let item = move |page: &'static Page| {
        let is_open = move || open.get().name == page.name;
        view! {
            <button
                type="button"
                class="text-button"
                data-page=page.name
                aria-current=move || is_open().then_some("page")
                on:click=move |_| open.set(page)
            >
                {move || (page.title)(t())}
            </button>
        }
    };
    (pages.len() > 1).then(|| {
        view! { <nav class="pages" aria-label=move || t().pages>{pages.iter().map(item).collect_view()}</nav> }
    })
}
