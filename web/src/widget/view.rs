//! What a widget looks like: the page's own parts in a small frame.

use leptos::prelude::*;

use super::settings::Settings;
use crate::{
    components::{
        icon::{Glyph, Icon, Logo},
        inspector::{FirstControls, Inspector},
        keys,
        messages::{Messages, Voice, WiringProgress},
        sheet::{OpenSheet, Sheet},
        transport::{Reached, Reset, Run, Speed, Step, Time},
    },
    i18n::{lang, t, words},
    plot::Restyle,
    state::link::Link,
};

/// How many of the network's sliders there is room for.
const MOST_SLIDERS: usize = 2;

/// The widget.
#[component]
pub fn WidgetView(
    /// What its author wants.
    settings: Settings,
    /// Where the whole of Spikeground is.
    page_url: String,
) -> impl IntoView {
    let player = settings.player;
    let sheet: OpenSheet = expect_context();
    let is_open = settings.is_open;
    let shows = move |part| move || settings.shows(part);
    let title = move || match player.entry.get() {
        _ if !is_open.get() => String::new(),
        Some(entry) => entry.title.get(lang()).to_owned(),
        None => player.spec.with(|spec| spec.name.clone()),
    };
    let is_loaded = move || player.loaded.get() > 0;
    let is_at_start =
        Memo::new(move |_| is_loaded() && !player.playing.get() && player.clock.with(|c| c.time_ms == 0.0));
    let is_starting =
        move || !is_loaded() && player.problems.with(Vec::is_empty) && player.notice.with(Option::is_none);
    let has_top = move || settings.shows("title") || settings.shows("link");
    let has_transport = move || settings.shows("transport") && is_open.get();
    let has_sliders =
        move || settings.shows("sliders") && is_open.get() && player.spec.with(|spec| !spec.controls.is_empty());
    let page_url = StoredValue::new(page_url);
    // The whole of Spikeground opens what is seen here.
    let link = Memo::new(move |_| {
        player.undo.track();
        let page = page_url.get_value();
        if is_open.get() { format!("{page}#{}", Link::write(&player.document(), None)) } else { page }
    });
    // The theme stands on the root before the plots read their colours anew.
    let root: NodeRef<leptos::html::Div> = NodeRef::new();
    let restyle = RwSignal::new(());
    provide_context(Restyle(restyle.into()));
    Effect::new(move |_| {
        let (theme, Some(root)) = (settings.theme(), root.get()) else { return };
        // Setting an attribute with a plain name cannot fail.
        let _ = root.set_attribute("data-theme", theme.name());
        restyle.set(());
    });
    // What is meant for the widget stays in it: the host's page may have keys of its own, such as the next slide's.
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if !keys::is_taken(&event) && keys::obey(&event, player) {
            event.prevent_default();
            event.stop_propagation();
        } else if keys::is_at(&event, "input, select") || event.key() == " " {
            event.stop_propagation();
        }
    };
    view! {
        <div
            node_ref=root
            class="widget"
            class:plain=move || !settings.shows("enlarge") || settings.views.with(|views| views.len() < 2)
            lang=move || words(lang()).language
            on:keydown=on_key
        >
            <Show when=has_top>
                <header class="widget-top">
                    <Show when=shows("title")>
                        <h2>{title}</h2>
                    </Show>
                    <Show when=shows("link")>
                        <a href=link target="_blank" rel="noopener" title=move || t().open_page>
                            <Logo />
                            "Spikeground"
                        </a>
                    </Show>
                </header>
            </Show>
            <div class="stage" class:empty=move || !is_open.get()>
                <Messages />
                <WiringProgress />
                {move || settings.panels().into_iter().map(|view| (view.panel)()).collect_view()}
                <Show when=is_starting>
                    <p class="starting" role="status">{move || t().loading}</p>
                </Show>
                <Show when=move || is_at_start.get()>
                    <button type="button" class="start" id="start" on:click=move |_| player.play()>
                        <Glyph icon=Icon::Play />
                        {move || t().run}
                    </button>
                </Show>
                <Show when=move || sheet.is(Sheet::Inspector)>
                    <button type="button" class="scrim" aria-label=move || t().close on:click=move |_| sheet.0.set(None)></button>
                    <Inspector />
                </Show>
            </div>
            <Show when=has_sliders>
                <div class="widget-sliders">
                    <FirstControls most=MOST_SLIDERS />
                </div>
            </Show>
            <Show when=has_transport>
                <div class="transport" role="toolbar" aria-label=move || t().run>
                    <Show when=shows("reset")><Reset /></Show>
                    <Show when=shows("run")><Run /></Show>
                    <Show when=shows("step")><Step /></Show>
                    <Show when=shows("time")><Time /></Show>
                    <Show when=shows("speed")>
                        <Speed />
                        <Reached />
                    </Show>
                </div>
            </Show>
            <Voice />
        </div>
    }
}
