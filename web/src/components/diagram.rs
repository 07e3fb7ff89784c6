//! The network as a diagram: populations, stimuli and projections; a click on one opens its parameters.

use leptos::prelude::*;
use spikeground_core::spec::NetworkSpec;

use super::sheet::{OpenSheet, Sheet};
use crate::{
    i18n::{neurons, t},
    plot::{Kind, format},
    state::{player::Player, view},
};

/// What the inspector shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selected {
    /// The network as a whole.
    #[default]
    Network,
    /// A population, by its index.
    Population(usize),
    /// A stimulus, by its index.
    Stimulus(usize),
    /// A projection, by its index.
    Projection(usize),
}

/// The selection; provided as a context by the page.
#[derive(Clone, Copy)]
pub struct Selection(pub RwSignal<Selected>);

/// Half the size of a node.
const NODE: f64 = 26.0;
/// Distance between nodes.
const GAP: f64 = 190.0;
/// Height of the row of populations.
const ROW: f64 = 84.0;

/// Where the node called `name` stands: stimuli to the left of the populations, all in a row.
fn x_of(spec: &NetworkSpec, name: &str) -> f64 {
    let column = spec.stimuli.iter().position(|s| s.name == name);
    let behind = || spec.populations.iter().position(|p| p.name == name).map(|i| i + spec.stimuli.len());
    column.or_else(behind).unwrap_or(0) as f64 * GAP + GAP / 2.0
}

/// An arrow from node to node and the place of its label.
fn arrow(x0: f64, x1: f64) -> (String, f64, f64) {
    if x0 == x1 {
        let (l, r, y) = (x0 - 15.0, x0 + 15.0, ROW - NODE);
        return (
            format!("M{l} {y} C{} {} {} {} {r} {}", l - 22.0, y - 44.0, r + 22.0, y - 44.0, y - 3.0),
            x0,
            y - 38.0,
        );
    }
    // Arrows to the right pass above, arrows to the left below, farther out the farther they go.
    let side = if x1 > x0 { -1.0 } else { 1.0 };
    let bend = 18.0 + 0.12 * (x1 - x0).abs();
    let (a, b) = (x0 - side * (NODE + 4.0), x1 + side * (NODE + 8.0));
    let y = ROW + side * 10.0;
    let middle = f64::midpoint(a, b);
    (format!("M{a} {y} Q{middle} {} {b} {y}", y + side * bend), middle, y + side * (bend * 0.5 + 8.0) + 4.0)
}

fn class_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Excitatory => "exc",
        Kind::Inhibitory => "inh",
        Kind::Other => "other",
    }
}

/// The diagram.
#[component]
pub fn Diagram() -> impl IntoView {
    let player: Player = expect_context();
    let Selection(selected) = expect_context();
    let sheet: OpenSheet = expect_context();
    let choose = move |what: Selected| {
        selected.update(|s| *s = if *s == what { Selected::Network } else { what });
        sheet.0.set((selected.get_untracked() != Selected::Network).then_some(Sheet::Inspector));
    };
    let on_key = move |event: leptos::ev::KeyboardEvent, what: Selected| {
        if event.key() == "Enter" || event.key() == " " {
            event.prevent_default();
            event.stop_propagation();
            choose(what);
        }
    };
    // Drawn anew when the shape of the network changes, not when a number does.
    let shape = Memo::new(move |_| {
        player.spec.with(|spec| {
            let mut shape = spec.clone();
            shape.populations.iter_mut().for_each(|p| p.params.clear());
            shape.stimuli.iter_mut().for_each(|s| s.params.clear());
            shape.projections.iter_mut().for_each(|p| {
                p.weight = p.weight.signum();
                p.delay_ms = 1.0;
            });
            shape
        })
    });
    // A node or an edge: what is drawn of it is its button.
    let part = move |class: String, what: Selected, label: String, drawn: AnyView| {
        view! {
            <g
                class=class
                class:selected=move || selected.get() == what
                role="button"
                tabindex="0"
                aria-label=label
                on:click=move |_| choose(what)
                on:keydown=move |event| on_key(event, what)
            >
                {drawn}
            </g>
        }
    };
    let node = move |name: String, what: Selected, class: &'static str, caption: String, x: f64| {
        let label = format!("{name}, {caption}");
        let figure = match class {
            "exc" => view! { <path d=format!("M{x} {} L{} {} L{} {} Z", ROW - NODE, x + NODE, ROW + NODE * 0.8, x - NODE, ROW + NODE * 0.8) /> }.into_any(),
            "inh" => view! { <circle cx=x cy=ROW r=NODE * 0.94 /> }.into_any(),
            "stim" => view! { <path d=format!("M{} {ROW} L{x} {} L{} {ROW} L{x} {} Z", x - NODE, ROW - NODE * 0.8, x + NODE, ROW + NODE * 0.8) /> }.into_any(),
            _ => view! { <rect x=x - NODE * 0.85 y=ROW - NODE * 0.85 width=NODE * 1.7 height=NODE * 1.7 rx="4" /> }.into_any(),
        };
        let drawn = view! {
            {figure}
            <text x=x y=if class == "stim" { ROW - NODE } else { ROW + 9.0 } class="name">{name}</text>
            <text x=x y=ROW + NODE + 18.0 class="caption">{caption}</text>
        };
        part(format!("node {class}"), what, label, drawn.into_any())
    };
    let edge = move |i: usize, spec: &NetworkSpec| {
        let p = &spec.projections[i];
        let what = Selected::Projection(i);
        let (path, x, y) = arrow(x_of(spec, &p.source), x_of(spec, &p.target));
        let class = if p.weight < 0.0 { "inh" } else { "exc" };
        let weight = move || player.spec.with(|s| s.projections.get(i).map(|p| format::significant(p.weight, 3)));
        let label = format!("{} → {}", p.source, p.target);
        let drawn = view! {
            <path class="hit" d=path.clone() />
            <path d=path marker-end=format!("url(#head-{class})") />
            <text x=x y=y class="caption">{weight}</text>
        };
        part(format!("edge {class}"), what, label, drawn.into_any())
    };
    let picture = move || {
        let spec = shape.get();
        let columns = (spec.stimuli.len() + spec.populations.len()).max(1) as f64;
        let stimuli = spec.stimuli.iter().enumerate().map(|(i, s)| {
            node(s.name.clone(), Selected::Stimulus(i), "stim", s.model.replace('_', " "), x_of(&spec, &s.name))
        });
        let populations = spec.populations.iter().enumerate().map(|(i, p)| {
            let caption = move || format!("{} {}", format::fixed(p.size as f64, 0), neurons(p.size as f64));
            let class = class_of(view::kind(&spec, i));
            node(p.name.clone(), Selected::Population(i), class, caption(), x_of(&spec, &p.name))
        });
        view! {
            <svg viewBox=format!("0 0 {} 150", columns * GAP) role="group" aria-label=move || t().network_label>
                <defs>
                    <marker id="head-exc" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
                        <path d="M0 0 L8 4 L0 8 Z" />
                    </marker>
                    <marker id="head-inh" viewBox="0 0 8 8" refX="5" refY="4" markerWidth="7" markerHeight="7">
                        <circle cx="4" cy="4" r="3.4" />
                    </marker>
                </defs>
                {(0..spec.projections.len()).map(|i| edge(i, &spec)).collect_view()}
                {stimuli.collect_view()}
                {populations.collect_view()}
            </svg>
        }
    };
    view! { <div class="diagram">{picture}</div> }
}
