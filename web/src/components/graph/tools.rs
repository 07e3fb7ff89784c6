//! The tools of the graph: what is done to what is chosen, and how one looks at it.

use leptos::prelude::*;

use super::{
    editor::{Editor, Item},
    layout::Line,
    shortcuts::ZOOM,
};
use crate::{
    components::icon::{Glyph, Icon, IconButton},
    i18n::{Words, t},
    plot::format,
};

/// A tool: its icon, its words, and what it does.
type Tool = (Icon, fn(&Words) -> &'static str, fn(Editor));

const LINES: &[Tool] = &[
    (Icon::AlignLeft, |t| t.align_left, |e| e.line_up(Line::Left)),
    (Icon::AlignCentre, |t| t.align_centre, |e| e.line_up(Line::Centre)),
    (Icon::AlignTop, |t| t.align_top, |e| e.line_up(Line::Top)),
    (Icon::Across, |t| t.distribute_across, |e| e.line_up(Line::Across)),
    (Icon::Down, |t| t.distribute_down, |e| e.line_up(Line::Down)),
];

const NODES: &[Tool] =
    &[(Icon::Group, |t| t.group_chosen, Editor::group), (Icon::Duplicate, |t| t.duplicate, Editor::duplicate)];

fn buttons(tools: &'static [Tool], editor: Editor) -> impl IntoView {
    let button = move |(icon, label, act): &'static Tool| {
        view! { <IconButton icon=*icon label=Signal::derive(move || label(t())) on_press=move || act(editor) /> }
    };
    tools.iter().map(button).collect_view()
}

/// The tools above the graph.
#[component]
pub fn Tools() -> impl IntoView {
    let editor: Editor = expect_context();
    let nodes = Memo::new(move |_| editor.chosen_nodes().len());
    let any = move || editor.chosen.with(|chosen| !chosen.is_empty());
    let connect = move |_| {
        if let Some(Item::Node(name)) = editor.chosen.with_untracked(|chosen| chosen.first().cloned()) {
            editor.connect_from(name);
        }
    };
    view! {
        <div class="graph-tools" role="toolbar" aria-label=move || t().tools>
            <button type="button" class="text-button" id="new-network" on:click=move |_| editor.player.clear()>
                <Glyph icon=Icon::New />
                <span>{move || t().new_network}</span>
            </button>
            <IconButton icon=Icon::Layout id="lay-out" label=Signal::derive(|| t().lay_out) on_press=move || editor.lay_out() />
            <IconButton icon=Icon::Note id="add-note" label=Signal::derive(|| t().add_note) on_press=move || editor.note(editor.middle()) />
            <span class="spring"></span>
            <Show when=move || { nodes.get() > 1 }>{buttons(LINES, editor)}</Show>
            <Show when=move || nodes.get() == 1>
                <button type="button" class="text-button" id="connect" on:click=connect>
                    <Glyph icon=Icon::Connect />
                    <span>{move || t().connect}</span>
                </button>
            </Show>
            <Show when=move || { nodes.get() > 0 }>{buttons(NODES, editor)}</Show>
            <Show when=any>
                <IconButton icon=Icon::Remove id="remove" label=Signal::derive(|| t().remove) on_press=move || editor.remove() />
            </Show>
        </div>
    }
}

/// How near one looks.
#[component]
pub fn Zoom() -> impl IntoView {
    let editor: Editor = expect_context();
    let percent = move || format!("{}\u{2009}%", format::fixed(editor.camera.get().zoom * 100.0, 0));
    view! {
        <div class="zoom" role="group" aria-label=move || t().zoom>
            <IconButton icon=Icon::Minus label=Signal::derive(|| t().zoom_out) on_press=move || editor.zoom(1.0 / ZOOM) />
            <output>{percent}</output>
            <IconButton icon=Icon::Plus label=Signal::derive(|| t().zoom_in) on_press=move || editor.zoom(ZOOM) />
            <IconButton icon=Icon::Fit id="fit" label=Signal::derive(|| t().fit) on_press=move || editor.fit() />
        </div>
    }
}
