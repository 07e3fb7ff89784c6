//! What is written on the graph itself: the name of a node, the title of a group, the words of a note.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::editor::{Editor, Item};
use crate::i18n::t;

/// A field over the part that is written on.
#[component]
pub fn Typing() -> impl IntoView {
    let editor: Editor = expect_context();
    let why = RwSignal::new(None::<String>);
    let field: NodeRef<leptos::html::Textarea> = NodeRef::new();
    let is_note = move || matches!(editor.typing.get(), Some(Item::Note(_)));
    let place = move || {
        let world = match editor.typing.get()? {
            Item::Node(name) => editor.places.with(|places| places.get(&name).copied())?,
            Item::Note(i) => {
                editor.player.sketch.with(|s| s.notes.get(i).map(|n| n.place)).or(editor.loose_end.get())?
            }
            Item::Group(i) => {
                let members = editor.player.sketch.with(|s| s.groups.get(i).map(|g| g.members.clone()))?;
                editor.places.with(|places| {
                    let at = members.iter().filter_map(|name| places.get(name));
                    at.copied().reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1])]).map(|[x, y]| [x, y - 70.0])
                })?
            }
            Item::Projection(_) => return None,
        };
        Some(editor.camera.get().screen(world))
    };
    let write = move || {
        let Some(field) = field.get_untracked() else { return };
        match editor.written(&field.value()) {
            Ok(()) => why.set(None),
            Err(reason) => why.set(Some(reason)),
        }
    };
    let leave = move || {
        why.set(None);
        editor.loose_end.set(None);
        editor.typing.set(None);
    };
    let on_key = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Escape" => leave(),
            // A line break belongs to a note; Enter alone ends everything else.
            "Enter" if !(event.shift_key() && untrack(is_note)) => {
                event.prevent_default();
                write();
            }
            _ => {}
        }
    };
    // Whoever goes elsewhere has written; what cannot be is given up.
    let on_blur = move |_| {
        write();
        if why.get_untracked().is_some() {
            leave();
        }
    };
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let text = editor.typing.get_untracked().map_or_else(String::new, |item| editor.text_of(&item));
            field.set_value(&text);
            // It is in the document now.
            let _ = field.focus();
            field.select();
        }
    });
    view! {
        <Show when=move || editor.typing.with(Option::is_some)>
            <div
                class="typing"
                class:wide=is_note
                style:left=move || place().map(|[x, _]| format!("{x:.0}px"))
                style:top=move || place().map(|[_, y]| format!("{y:.0}px"))
            >
                <textarea
                    node_ref=field
                    rows=move || if is_note() { 3 } else { 1 }
                    aria-label=move || if is_note() { t().note } else { t().name }
                    placeholder=move || is_note().then(|| t().note_hint)
                    on:keydown=on_key
                    on:blur=on_blur
                ></textarea>
                {move || why.get().map(|why| view! { <p role="alert">{why}</p> })}
            </div>
        </Show>
    }
}
