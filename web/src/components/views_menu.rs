//! The menu of views: which of them the page shows.

use leptos::prelude::*;

use super::{
    icon::{Glyph, Icon, IconButton},
    stage::Shown,
    views::{VIEWS, View},
};
use crate::{i18n::t, state::player::Player};

/// A button that opens the menu.
#[component]
pub fn ViewsMenu() -> impl IntoView {
    let (shown, player): (Shown, Player) = (expect_context(), expect_context());
    let menu: NodeRef<leptos::html::Div> = NodeRef::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            // It is open, or the button that calls this could not be pressed.
            let _ = menu.hide_popover();
        }
    };
    let choice = move |view: &'static View| {
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    name=view.name
                    prop:checked=move || shown.arrangement.with(|stage| stage.names().contains(&view.name))
                    on:change=move |event| shown.set(view.name, event_target_checked(&event))
                />
                <span>{move || (view.title)(t())}</span>
            </label>
        }
    };
    view! {
        <button type="button" class="text-button" id="views" popovertarget="views-menu" title=move || t().views>
            <Glyph icon=Icon::Panels />
            <span>{move || t().views}</span>
        </button>
        <div node_ref=menu class="popover views-menu" id="views-menu" popover="auto" role="dialog" aria-label=move || t().views>
            <header>
                <h2>{move || t().views}</h2>
                <IconButton icon=Icon::Close label=Signal::derive(|| t().close) on_press=close />
            </header>
            {VIEWS.iter().map(choice).collect_view()}
            <button type="button" class="text-button" id="views-reset" on:click=move |_| shown.reset(player)>
                {move || t().arrange_reset}
            </button>
        </div>
    }
}
