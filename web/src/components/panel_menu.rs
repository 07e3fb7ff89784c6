//! The menu of a panel: full screen, a pause, another place, and what the view gives away as files.

use leptos::{html::Section, prelude::*};
use web_sys::HtmlElement;

use super::{
    download::{download, download_blob},
    icon::{Glyph, Icon},
    stage::Shown,
};
use crate::{
    i18n::{Word, t},
    plot::Exhibit,
    state::player::Player,
};

/// A file that a view can be.
#[derive(Clone, Copy)]
enum Format {
    Png,
    Svg,
    Csv,
    Npz,
}

impl Format {
    /// The end of its name, and its media type.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Format::Png => ("png", "image/png"),
            Format::Svg => ("svg", "image/svg+xml"),
            Format::Csv => ("csv", "text/csv"),
            Format::Npz => ("npz", "application/zip"),
        }
    }
}

/// The button and its menu.
#[component]
pub fn PanelMenu(
    /// The view's name.
    name: &'static str,
    /// Its name for people.
    title: Signal<&'static str>,
    /// Where it stands.
    stage: Shown,
    /// What it gives away.
    exhibit: Exhibit,
    /// The panel.
    section: NodeRef<Section>,
) -> impl IntoView {
    let player: Player = expect_context();
    let menu: NodeRef<leptos::html::Div> = NodeRef::new();
    let button: NodeRef<leptos::html::Button> = NodeRef::new();
    let id = format!("menu-{name}");
    // A press is heard before the browser opens the menu: towards the middle of the page, where there is room.
    let place = move |_| {
        let (Some(menu), Some(button)) = (menu.get_untracked(), button.get_untracked()) else { return };
        let Some(root) = document().document_element() else { return };
        let (at, width, height) = (button.get_bounding_client_rect(), root.client_width(), root.client_height());
        let px = |length: f64| format!("{length}px");
        let (below, above) = (px(at.bottom()), px(f64::from(height) - at.top()));
        let is_low = at.top() > 0.5 * f64::from(height);
        let (top, bottom) = if is_low { ("auto".to_owned(), above) } else { (below, "auto".to_owned()) };
        let right = px(f64::from(width) - at.right());
        for (edge, length) in [("top", top), ("bottom", bottom), ("right", right)] {
            // Setting a property with a plain name cannot fail.
            let _ = HtmlElement::style(&menu).set_property(edge, &length);
        }
    };
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            // It is open, or its button could not be pressed.
            let _ = menu.hide_popover();
        }
    };
    let take = move |format| {
        let network = player.spec.with_untracked(|spec| spec.name.clone());
        give(&format!("{} {name}", network.trim()), exhibit, format);
    };
    let item = move |id: &'static str, label: Signal<&'static str>, act: Callback<()>| {
        let press = move |_| {
            close();
            act.run(());
        };
        view! { <button type="button" class="item" data-item=id on:click=press>{move || label.get()}</button> }
    };
    let file = move |id, label, format| item(id, label, Callback::new(move |()| take(format)));
    let fill_screen = Callback::new(move |()| match (document().fullscreen_element(), section.get_untracked()) {
        (Some(_), _) => document().exit_fullscreen(),
        // A browser that refuses leaves everything as it is.
        (None, Some(section)) => section.request_fullscreen().unwrap_or_default(),
        (None, None) => {}
    });
    let pause = Callback::new(move |()| exhibit.is_paused.update(|is| *is = !*is));
    let pause_label = Signal::derive(move || if exhibit.is_paused.get() { t().view_go_on } else { t().view_pause });
    let neighbour = move |by| stage.arrangement.with(|stage| stage.neighbour(name, by));
    let shift = move |by| {
        Callback::new(move |()| {
            if let Some(other) = stage.arrangement.with_untracked(|stage| stage.neighbour(name, by)) {
                stage.change(|stage| stage.swap(name, other));
            }
        })
    };
    let hide = Callback::new(move |()| stage.set(name, false));
    let label = move || format!("{}: {}", title.get(), t().view_menu);
    view! {
        <button node_ref=button type="button" class="icon-button menu-button" popovertarget=id.clone() title=move || t().view_menu aria-label=label on:click=place>
            <Glyph icon=Icon::More />
        </button>
        <div node_ref=menu class="popover panel-menu" id=id popover="auto" role="group" aria-label=label>
            <Show when=|| document().fullscreen_enabled()>{item("screen", word(|t| t.full_screen), fill_screen)}</Show>
            <Show when=move || exhibit.has_picture()>
                {item("pause", pause_label, pause)}
                {file("png", word(|t| t.take_png), Format::Png)}
                {file("svg", word(|t| t.take_svg), Format::Svg)}
            </Show>
            <Show when=move || exhibit.has_table()>
                {file("csv", word(|t| t.take_csv), Format::Csv)}
                {file("npz", word(|t| t.take_npz), Format::Npz)}
            </Show>
            <Show when=move || neighbour(-1).is_some()>{item("back", word(|t| t.move_back), shift(-1))}</Show>
            <Show when=move || neighbour(1).is_some()>{item("on", word(|t| t.move_on), shift(1))}</Show>
            {item("hide", word(|t| t.hide_view), hide)}
        </div>
    }
}

fn word(word: Word) -> Signal<&'static str> {
    Signal::derive(move || word(t()))
}

/// Hands what a view shows to the visitor as a file.
fn give(name: &str, exhibit: Exhibit, format: Format) {
    let (ending, media) = format.names();
    let file = format!("{}.{ending}", name.replace(['/', '\\'], "-"));
    let content = match format {
        Format::Png => {
            if let Some(picture) = exhibit.picture() {
                picture.png(Box::new(move |blob| download_blob(&file, &blob)));
            }
            return;
        }
        Format::Svg => exhibit.picture().and_then(|picture| picture.svg()).map(String::into_bytes),
        Format::Csv => exhibit.table().map(|table| table.to_csv().into_bytes()),
        Format::Npz => exhibit.table().map(|table| table.to_npz()),
    };
    if let Some(content) = content {
        download(&file, media, &content);
    }
}
