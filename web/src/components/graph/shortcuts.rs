//! The keys of the graph. They count while the focus is on it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use spikeground_core::spec::Node;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    editor::{Editor, Item, Ware},
    parts::node_id,
};
use crate::state::sketch::Place;

/// What a key adds: the neuron of most textbook networks, and the drive that most of them have.
pub const MODEL: &str = "iaf_psc_exp";
const STIMULUS: &str = "poisson_generator";
/// How far an arrow key moves, in the world; with shift a tenth of it.
const NUDGE: f64 = 10.0;
/// Zoom of a key or a button.
pub const ZOOM: f64 = 1.25;

/// The name of the node that has the focus.
fn focused(event: &KeyboardEvent) -> Option<Item> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let index = |attribute: &str| target.get_attribute(attribute)?.parse().ok();
    let node = target.get_attribute("data-node").map(Item::Node);
    let edge = || index("data-edge").map(Item::Projection);
    node.or_else(edge).or_else(|| index("data-note").map(Item::Note)).or_else(|| index("data-group").map(Item::Group))
}

/// Gives a node the focus, as soon as it is drawn.
pub fn focus_node(name: &str) {
    let id = node_id(name);
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            // An element that is drawn can have the focus.
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    });
}

/// Does what a key asks for and tells whether it did.
pub fn obey(event: &KeyboardEvent, editor: Editor) -> bool {
    let key = event.key();
    if event.ctrl_key() || event.meta_key() {
        return chord(&key.to_lowercase(), editor);
    }
    if event.alt_key() {
        return false;
    }
    let item = focused(event);
    let node = match &item {
        Some(Item::Node(name)) => Some(name.clone()),
        _ => untrack(|| editor.chosen_nodes()).first().cloned(),
    };
    let add = |ware| focus_node(&editor.add(ware, None));
    match (key.as_str(), item) {
        ("Enter" | " ", Some(item)) => match (editor.source.get_untracked(), &item) {
            (Some(source), Item::Node(target)) => editor.connect(&source, target),
            _ if event.shift_key() => editor.toggle(item),
            _ => editor.choose(vec![item]),
        },
        ("c" | "C", _) => node.into_iter().for_each(|name| editor.connect_from(name)),
        ("Escape", _) if untrack(|| editor.source.get()).is_some() => editor.give_up(),
        ("Escape", _) => editor.choose(Vec::new()),
        ("Delete" | "Backspace", item) => {
            if let Some(item) = item.filter(|_| editor.chosen.with_untracked(Vec::is_empty)) {
                editor.choose(vec![item]);
            }
            editor.remove();
        }
        ("F2", item) => {
            let chosen = editor.chosen.with_untracked(|chosen| chosen.first().cloned());
            let item = item.or(chosen).filter(|item| !matches!(item, Item::Projection(_)));
            editor.typing.set(item);
        }
        ("e" | "E", _) => add(Ware::Population(MODEL, false)),
        ("i" | "I", _) => add(Ware::Population(MODEL, true)),
        ("d" | "D", _) => add(Ware::Stimulus(STIMULUS)),
        ("n" | "N", _) => editor.note(editor.middle()),
        ("g" | "G", _) => editor.group(),
        ("a" | "A", _) => editor.lay_out(),
        ("f" | "F" | "0", _) => editor.fit(),
        ("+" | "=", _) => editor.zoom(ZOOM),
        ("-", _) => editor.zoom(1.0 / ZOOM),
        ("ArrowLeft", _) => arrow(event, editor, node, [-1.0, 0.0]),
        ("ArrowRight", _) => arrow(event, editor, node, [1.0, 0.0]),
        ("ArrowUp", _) => arrow(event, editor, node, [0.0, -1.0]),
        ("ArrowDown", _) => arrow(event, editor, node, [0.0, 1.0]),
        _ => return false,
    }
    true
}

fn chord(key: &str, editor: Editor) -> bool {
    match key {
        "a" => editor.choose_all(),
        "c" => editor.copy(),
        "x" => editor.cut(),
        "v" => editor.paste(),
        "d" => editor.duplicate(),
        _ => return false,
    }
    true
}

/// Moves what is chosen; if nothing is, or while a connection is made, goes to the next node in that direction.
fn arrow(event: &KeyboardEvent, editor: Editor, node: Option<String>, [dx, dy]: Place) {
    let is_connecting = editor.source.with_untracked(Option::is_some);
    if !is_connecting && !editor.chosen.with_untracked(Vec::is_empty) {
        let far = if event.shift_key() { NUDGE / 10.0 } else { NUDGE };
        return editor.shift([dx * far, dy * far]);
    }
    let next = editor.places.with_untracked(|places| {
        let [x, y] = *node.as_ref().and_then(|name| places.get(name)).unwrap_or(&[0.0; 2]);
        // The nearest one that lies more that way than aside.
        let ahead = places.iter().filter_map(|(name, p)| {
            let (along, aside) = ((p[0] - x) * dx + (p[1] - y) * dy, ((p[0] - x) * dy).abs() + ((p[1] - y) * dx).abs());
            (along > 1.0 && aside <= 2.0 * along).then_some((along + 2.0 * aside, name.clone()))
        });
        ahead.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
    });
    let first = || editor.player.spec.with_untracked(|spec| spec.node_name(Node::Population(0)).map(str::to_owned));
    let next = if node.is_none() { first() } else { next };
    next.into_iter().for_each(|name| focus_node(&name));
}
