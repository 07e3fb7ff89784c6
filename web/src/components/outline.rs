//! The outline: the network as a list, each projection under its source. It does all that the graph does, by keyboard and
//! screen reader too.

use leptos::prelude::*;
use spikeground_core::spec::Node;

use super::{
    graph::{
        editor::{Editor, Item},
        figure::{Mark, class_of},
    },
    icon::{Icon, IconButton},
};
use crate::{i18n::t, plot::format};

/// The outline.
#[component]
pub fn Outline() -> impl IntoView {
    let editor: Editor = expect_context();
    let spec = editor.player.spec;
    let names = Memo::new(move |_| spec.with(|spec| spec.node_names().map(str::to_owned).collect::<Vec<_>>()));
    view! {
        <nav class="outline" aria-labelledby="outline-title">
            <h2 id="outline-title">{move || t().outline}</h2>
            <Show when=move || names.with(Vec::is_empty)>
                <p class="hint">{move || t().outline_empty}</p>
            </Show>
            <ul>
                <For each=move || names.get() key=String::clone let(name)><NodeRow name /></For>
            </ul>
        </nav>
    }
}

/// A node, and what it sends.
#[component]
fn NodeRow(
    /// Its name.
    name: String,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let spec = editor.player.spec;
    let name = StoredValue::new(name);
    let item = move || Item::Node(name.get_value());
    let class = Signal::derive(move || {
        spec.with(|spec| match name.with_value(|name| spec.node(name)) {
            Some(Node::Population(i)) => class_of(spec, i),
            _ => "stim",
        })
    });
    let what = move || {
        spec.with(|spec| match name.with_value(|name| spec.node(name))? {
            Node::Population(i) => Some(format::fixed(spec.populations[i].size as f64, 0)),
            Node::Stimulus(i) => Some(spec.stimuli[i].model.replace('_', " ")),
        })
    };
    let sent = Memo::new(move |_| {
        spec.with(|spec| {
            let all = spec.projections.iter().enumerate();
            all.filter(|(_, p)| p.source == name.get_value()).map(|(i, p)| (i, p.target.clone())).collect::<Vec<_>>()
        })
    });
    let is_chosen = Memo::new(move |_| editor.is_chosen(&item()));
    view! {
        <li>
            <button type="button" class="row" data-row=name.get_value() aria-current=move || is_chosen.get().then_some("true") on:click=move |_| editor.choose(vec![item()])>
                <Mark class />
                <strong>{name.get_value()}</strong>
                <span>{what}</span>
            </button>
            <Show when=move || is_chosen.get()><NodeTools name=name.get_value() /></Show>
            <ul>
                <For each=move || sent.get() key=Clone::clone let((index, target))>
                    <ProjectionRow index target />
                </For>
            </ul>
        </li>
    }
}

/// What is done to the node that is chosen.
#[component]
fn NodeTools(
    /// Its name.
    name: String,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let name = StoredValue::new(name);
    let why = RwSignal::new(None::<String>);
    let renamed = move |event| why.set(editor.rename(&name.get_value(), event_target_value(&event).trim()).err());
    let targets =
        move || editor.player.spec.with(|spec| spec.populations.iter().map(|p| p.name.clone()).collect::<Vec<_>>());
    let connected = move |event| {
        let target = event_target_value(&event);
        if !target.is_empty() {
            editor.connect(&name.get_value(), &target);
        }
    };
    view! {
        <div class="row-tools">
            <label>
                <span>{move || t().name}</span>
                <input type="text" data-rename=name.get_value() prop:value=name.get_value() on:change=renamed />
            </label>
            {move || why.get().map(|why| view! { <p class="why" role="alert">{why}</p> })}
            <label>
                <span>{move || t().connect_to}</span>
                <select data-connect=name.get_value() on:change=connected>
                    <option value="">"–"</option>
                    {move || targets().into_iter().map(|target| view! { <option value=target.clone()>{target.clone()}</option> }).collect_view()}
                </select>
            </label>
            <button type="button" class="text-button" data-remove=name.get_value() on:click=move |_| editor.remove()>{move || t().remove}</button>
        </div>
    }
}

/// A projection.
#[component]
fn ProjectionRow(
    /// Its index.
    index: usize,
    /// The population that it reaches.
    target: String,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let is_chosen = Memo::new(move |_| editor.is_chosen(&Item::Projection(index)));
    let rule = move || editor.player.spec.with(|spec| spec.projections.get(index).map(|p| p.rule.replace('_', " ")));
    let remove = move || {
        editor.choose(vec![Item::Projection(index)]);
        editor.remove();
    };
    let shown = target.clone();
    view! {
        <li class="sent">
            <button type="button" class="row" data-projection=index.to_string() aria-current=move || is_chosen.get().then_some("true") on:click=move |_| editor.choose(vec![Item::Projection(index)])>
                <strong>"→ " {shown}</strong>
                <span>{rule}</span>
            </button>
            <Show when=move || is_chosen.get()>
                <IconButton icon=Icon::Remove label=Signal::derive(|| t().remove) on_press=remove />
            </Show>
        </li>
    }
}
