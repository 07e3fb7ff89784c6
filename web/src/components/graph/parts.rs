//! The parts of the graph as they are drawn: nodes, arrows, notes and groups. Each redraws itself alone.

use leptos::prelude::*;
use spikeground_core::spec::Node;

use super::{
    editor::{Editor, Item},
    figure::{NODE, arrow, class_of, figure, free_side, loop_at},
    layout::Places,
};
use crate::{
    i18n::{fill, lang, neurons, t},
    plot::format,
    state::sketch::Place,
};

/// Distance of a group's line from the middles of its nodes.
const GROUP_ROOM: Place = [56.0, 62.0];
/// Distance of the handle from the middle of its node.
const HANDLE: f64 = NODE + 16.0;
/// Height of a line of a note.
const LINE: f64 = 17.0;

/// The `id` of a node's element, by which it can be focused.
pub fn node_id(name: &str) -> String {
    name.bytes().fold("node-".to_owned(), |id, byte| id + &format!("{byte:02x}"))
}

/// The first mistake in a part of the network, by its path. Tracked.
fn mistake_at(editor: Editor, at: &str) -> Option<String> {
    let lang = lang();
    let concerns = |place: &str| place.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    editor.player.problems.with(|all| all.iter().find(|e| concerns(&e.at)).map(|error| error.message(lang)))
}

/// A population or a stimulus.
#[component]
pub fn NodePart(
    /// Its name.
    name: String,
    /// Where every node stands now.
    at: Memo<Places>,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let spec = editor.player.spec;
    let name = StoredValue::new(name);
    let node = Memo::new(move |_| spec.with(|spec| name.with_value(|name| spec.node(name))));
    let place = Memo::new(move |_| at.with(|at| name.with_value(|name| at.get(name).copied().unwrap_or_default())));
    let class = Memo::new(move |_| match node.get() {
        Some(Node::Population(i)) => {
            spec.with(|spec| if i < spec.populations.len() { class_of(spec, i) } else { "other" })
        }
        _ => "stim",
    });
    let caption = Memo::new(move |_| {
        spec.with(|spec| match node.get() {
            Some(Node::Population(i)) => spec.populations.get(i).map_or_else(String::new, |p| {
                format!("{} {}", format::fixed(p.size as f64, 0), neurons(p.size as f64))
            }),
            Some(Node::Stimulus(i)) => spec.stimuli.get(i).map_or_else(String::new, |s| s.model.replace('_', " ")),
            None => String::new(),
        })
    });
    let mistake = Memo::new(move |_| match node.get()? {
        Node::Population(i) => mistake_at(editor, &format!("populations[{i}]")),
        Node::Stimulus(i) => mistake_at(editor, &format!("stimuli[{i}]")),
    });
    let is_chosen = Memo::new(move |_| editor.is_chosen(&Item::Node(name.get_value())));
    let is_source = move || editor.source.with(|source| source.as_ref() == Some(&name.get_value()));
    let label = move || {
        let parts = [Some(name.get_value()), Some(caption.get()), mistake.get()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    view! {
        <g
            class=move || format!("node {}", class.get())
            class:selected=is_chosen
            class:wrong=move || mistake.with(Option::is_some)
            class:source=is_source
            id=node_id(&name.get_value())
            data-node=name.get_value()
            transform=move || { let [x, y] = place.get(); format!("translate({x:.1} {y:.1})") }
            role="button"
            tabindex="0"
            aria-label=label
            aria-pressed=move || is_chosen.get().to_string()
        >
            <title>{move || mistake.get()}</title>
            <circle class="rim" r=NODE + 8.0 data-handle=name.get_value() />
            {move || figure(class.get(), [0.0, 0.0])}
            <text class="name" y=move || if class.get() == "stim" { -NODE } else { 9.0 }>{name.get_value()}</text>
            <text class="caption" y=NODE + 18.0>{caption}</text>
            <g class="handle" data-handle=name.get_value() transform=format!("translate({HANDLE} 0)")>
                <circle class="reach" r="18" />
                <circle r="7" />
                <path d="M-3 0 H3 M0.5 -2.5 L3 0 L0.5 2.5" />
            </g>
            <Show when=move || mistake.with(Option::is_some)>
                <path class="alarm" d=format!("M{} {} v6 m0 3.5 v0.2", -NODE - 6.0, -NODE - 2.0) />
            </Show>
        </g>
    }
}

/// A projection. Those between the same nodes fan out.
#[component]
pub fn EdgePart(
    /// Its index.
    index: usize,
    /// Where every node stands now.
    at: Memo<Places>,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let spec = editor.player.spec;
    // Its ends, and how many before it go the same way.
    let ends = Memo::new(move |_| {
        spec.with(|spec| {
            let p = spec.projections.get(index)?;
            let before = spec.projections[..index].iter().filter(|q| (&q.source, &q.target) == (&p.source, &p.target));
            Some((p.source.clone(), p.target.clone(), before.count()))
        })
    });
    // To whom a node with a loop is connected besides.
    let others = Memo::new(move |_| {
        spec.with(|spec| {
            let Some(own) = spec.projections.get(index).filter(|p| p.source == p.target) else { return Vec::new() };
            let ends = spec.projections.iter().filter_map(|p| match (p.source == own.source, p.target == own.source) {
                (true, false) => Some(p.target.clone()),
                (false, true) => Some(p.source.clone()),
                _ => None,
            });
            ends.collect::<Vec<_>>()
        })
    });
    let weight = Memo::new(move |_| spec.with(|spec| spec.projections.get(index).map_or(0.0, |p| p.weight.middle())));
    let class = move || if weight.get() < 0.0 { "inh" } else { "exc" };
    let drawn = Memo::new(move |_| {
        let (source, target, nth) = ends.get()?;
        at.with(|at| {
            let (from, to) = (*at.get(&source)?, *at.get(&target)?);
            if source != target {
                return Some(arrow(from, to, nth));
            }
            let others =
                others.with(|others| others.iter().filter_map(|name| at.get(name).copied()).collect::<Vec<_>>());
            Some(loop_at(from, nth, free_side(from, others.into_iter())))
        })
    });
    let path = move || drawn.with(|drawn| drawn.as_ref().map(|(path, _)| path.clone()));
    let place = move |axis: usize| move || drawn.with(|drawn| drawn.as_ref().map(|(_, place)| place[axis]));
    let mistake = Memo::new(move |_| mistake_at(editor, &format!("projections[{index}]")));
    let is_chosen = Memo::new(move |_| editor.is_chosen(&Item::Projection(index)));
    let label = move || {
        let ends = ends.get().map(|(source, target, _)| format!("{source} → {target}"));
        [ends, mistake.get()].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    view! {
        <g
            class=move || format!("edge {}", class())
            class:selected=is_chosen
            class:wrong=move || mistake.with(Option::is_some)
            data-edge=index.to_string()
            role="button"
            tabindex="0"
            aria-label=label
            aria-pressed=move || is_chosen.get().to_string()
        >
            <title>{move || mistake.get()}</title>
            <path class="hit" d=path />
            <path d=path marker-end=move || format!("url(#head-{})", class()) />
            <text class="caption" x=place(0) y=place(1) dy="4">{move || format::significant(weight.get(), 3)}</text>
        </g>
    }
}

/// A note, a line of text under the other.
#[component]
pub fn NotePart(
    /// Its index.
    index: usize,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let note =
        Memo::new(move |_| editor.player.sketch.with(|sketch| sketch.notes.get(index).cloned().unwrap_or_default()));
    let is_chosen = Memo::new(move |_| editor.is_chosen(&Item::Note(index)));
    let place = move || {
        let [dx, dy] = if is_chosen.get() { editor.moving.get() } else { [0.0; 2] };
        note.with(|note| format!("translate({:.1} {:.1})", note.place[0] + dx, note.place[1] + dy))
    };
    let lines = move || {
        let line = |(i, line): (usize, &str)| view! { <text y=i as f64 * LINE>{line.to_owned()}</text> };
        note.with(|note| note.text.lines().enumerate().map(line).collect_view())
    };
    view! {
        <g
            class="note"
            class:selected=is_chosen
            class:hidden=move || editor.typing.get() == Some(Item::Note(index))
            data-note=index.to_string()
            transform=place
            role="button"
            tabindex="0"
            aria-label=move || fill(t().note_label, &[&note.with(|note| note.text.clone())])
        >
            {lines}
        </g>
    }
}

/// A group: a hairline around its nodes, with its title above.
#[component]
pub fn GroupPart(
    /// Its index.
    index: usize,
    /// Where every node stands now.
    at: Memo<Places>,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let group = Memo::new(move |_| editor.player.sketch.with(|s| s.groups.get(index).cloned().unwrap_or_default()));
    let rect = Memo::new(move |_| {
        group.with(|group| {
            at.with(|at| {
                let places = group.members.iter().filter_map(|name| at.get(name));
                let [rx, ry] = GROUP_ROOM;
                let around = places.map(|[x, y]| [x - rx, y - ry, x + rx, y + ry]);
                around.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
            })
        })
    });
    let is_chosen = Memo::new(move |_| editor.is_chosen(&Item::Group(index)));
    view! {
        <g
            class="group"
            class:selected=is_chosen
            data-group=index.to_string()
            role="button"
            tabindex="0"
            aria-label=move || fill(t().group_label, &[&group.with(|group| group.title.clone())])
        >
            {move || rect.get().map(|[x0, y0, x1, y1]| view! {
                <rect x=x0 y=y0 width=x1 - x0 height=y1 - y0 rx="12" />
                <text x=x0 + 12.0 y=y0 - 6.0>{move || group.with(|group| group.title.clone())}</text>
            })}
        </g>
    }
}
