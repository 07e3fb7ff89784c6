//! The application: contexts, keys, dropped files, and the page.

use leptos::{ev, prelude::*};
use web_sys::KeyboardEvent;

use crate::{
    components::{
        diagram::{Selected, Selection},
        files::{self, open_file},
        header::Header,
        help::{Help, HelpOpen},
        keys::{self, Commanded},
        messages::Voice,
        modal::{Modals, OpenModal},
        nav::OpenPage,
        sheet::OpenSheet,
        stage::Shown,
    },
    i18n::{Language, t},
    pages::PAGES,
    plot::Restyle,
    state::{
        WorkerUrl,
        desk::Desk,
        player::Player,
        prefs::{self, Themed},
        reporter::Reporter,
    },
};

/// The application.
#[component]
pub fn App(
    /// Where the script of the worker lies, an absolute address.
    worker_url: String,
) -> impl IntoView {
    let player = Player::new();
    let language = Language(RwSignal::new(prefs::first_language()));
    let theme = Themed(RwSignal::new(prefs::first_theme()));
    let help = HelpOpen(RwSignal::new(false));
    let sheet = OpenSheet(RwSignal::new(None));
    let selection = Selection(RwSignal::new(Selected::Network));
    provide_context(player);
    provide_context(Reporter::new());
    provide_context(WorkerUrl(StoredValue::new(worker_url.clone())));
    let commanded = Commanded(RwSignal::new(player));
    provide_context(commanded);
    provide_context(language);
    provide_context(theme);
    provide_context(help);
    provide_context(sheet);
    provide_context(selection);
    let open = RwSignal::new(&PAGES[0]);
    provide_context(OpenPage(open));
    let shown = Shown::recalled(player);
    provide_context(shown);
    provide_context(OpenModal(RwSignal::new(None)));
    let names = PAGES.iter().map(|page| page.name).collect();
    let desk = Desk::new(player, language, theme, shown.of_project(player), names);
    provide_context(desk);
    Effect::new(move |_| {
        if let Some(page) = desk.asked_page.get().and_then(|name| PAGES.iter().find(|page| page.name == name)) {
            open.set(page);
        }
    });

    // The attributes are set before the plots read their colours anew.
    let restyle = RwSignal::new(());
    provide_context(Restyle(restyle.into()));
    Effect::new(move |_| {
        prefs::show(language.0.get(), theme.0.get());
        restyle.set(());
    });
    // Another network has other parts.
    Effect::new(move |_| {
        player.entry.track();
        selection.0.set(Selected::Network);
    });
    player.start(&worker_url, true);

    let keys = window_event_listener(ev::keydown, move |event| {
        if obey(&event, commanded.0.get_untracked(), language, theme, help) {
            event.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());

    let over = RwSignal::new(false);
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            open_file(player, desk, file);
        }
    };
    view! {
        <div
            class="app"
            data-hide=move || desk.hidden.with(|parts| parts.join(" "))
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <Header pages=PAGES />
            // Each page with contexts of its own, which end with it.
            <For each=move || [open.get()] key=|page| page.name children=|page| (page.view)() />
            <Help />
            <Modals content=files::content />
            <Voice />
            <Show when=move || over.get()>
                <div class="drop">{move || t().drop_here}</div>
            </Show>
        </div>
    }
}

/// Does what a key asks for and tells whether it did.
fn obey(event: &KeyboardEvent, player: Player, language: Language, theme: Themed, help: HelpOpen) -> bool {
    if files::obey(event, player) {
        return true;
    }
    if keys::is_taken(event) {
        return false;
    }
    match event.key().as_str() {
        "s" | "S" => player.toggle_sound(),
        "t" | "T" => theme.switch(),
        "l" | "L" => language.switch(),
        "?" => help.0.set(true),
        _ => return keys::obey(event, player),
    }
    true
}
