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
/// Most nodes that stand in one row.
const ROW_OF: usize = 4;

/// A point of the picture.
type Point = (f64, f64);

/// How much wider than high the picture's place is, in distances between nodes.
const ASPECT: f64 = 2.6;

/// How the nodes stand: a few in a row, the stimuli first; more of them in as many rows as fill the place, the stimuli in
/// columns of their own to the left.
struct Layout {
    stimuli: usize,
    populations: usize,
}

impl Layout {
    fn of(spec: &NetworkSpec) -> Layout {
        Layout { stimuli: spec.stimuli.len(), populations: spec.populations.len() }
    }

    fn is_one_row(&self) -> bool {
        self.stimuli + self.populations <= ROW_OF
    }

    /// Distance between nodes, to the right and down.
    fn gap(&self) -> Point {
        if self.is_one_row() { (190.0, 150.0) } else { (112.0, 118.0) }
    }

    fn rows(&self) -> usize {
        let nodes = (self.stimuli + self.populations) as f64;
        if self.is_one_row() { 1 } else { ((nodes / ASPECT).sqrt().round() as usize).max(1) }
    }

    /// Columns of stimuli, and of populations.
    fn columns(&self) -> (usize, usize) {
        (self.stimuli.div_ceil(self.rows()), self.populations.div_ceil(self.rows()))
    }

    fn size(&self) -> Point {
        let ((stimuli, populations), (right, down)) = (self.columns(), self.gap());
        ((stimuli + populations).max(1) as f64 * right, self.rows() as f64 * down)
    }

    /// The middle of place `i` among those in `columns` columns from `first` on; `filled` rows stand in the middle.
    fn cell(&self, first: usize, columns: usize, i: usize, filled: usize) -> Point {
        let (right, down) = self.gap();
        let row = (self.rows() - filled) as f64 / 2.0 + (i / columns) as f64;
        // Loops and weights need more room above a node than its caption needs below.
        ((first + i % columns) as f64 * right + right / 2.0, (row + 0.56) * down)
    }

    fn stimulus(&self, i: usize) -> Point {
        let (columns, _) = self.columns();
        self.cell(0, columns, i, self.stimuli.div_ceil(columns))
    }

    fn population(&self, i: usize) -> Point {
        let (stimuli, columns) = self.columns();
        self.cell(stimuli, columns, i, self.populations.div_ceil(columns))
    }

    fn place(&self, spec: &NetworkSpec, name: &str) -> Point {
        let stimulus = spec.stimuli.iter().position(|s| s.name == name).map(|i| self.stimulus(i));
        let population = || spec.populations.iter().position(|p| p.name == name).map(|i| self.population(i));
        stimulus.or_else(population).unwrap_or_default()
    }
}

/// An arrow from node to node and the place of its label.
fn arrow((x0, y0): Point, (x1, y1): Point) -> (String, f64, f64) {
    if (x0, y0) == (x1, y1) {
        let (l, r, y) = (x0 - 15.0, x0 + 15.0, y0 - NODE);
        return (
            format!("M{l} {y} C{} {} {} {} {r} {}", l - 22.0, y - 44.0, r + 22.0, y - 44.0, y - 3.0),
            x0,
            y - 38.0,
        );
    }
    if y0 != y1 {
        // From rim to rim, a little bent, so that there and back are two.
        let length = (x1 - x0).hypot(y1 - y0);
        let (dx, dy) = ((x1 - x0) / length, (y1 - y0) / length);
        let ((a, b), (c, d)) = ((x0 + dx * NODE, y0 + dy * NODE), (x1 - dx * (NODE + 6.0), y1 - dy * (NODE + 6.0)));
        let (x, y) = (f64::midpoint(a, c) - dy * 12.0, f64::midpoint(b, d) + dx * 12.0);
        return (format!("M{a} {b} Q{x} {y} {c} {d}"), f64::midpoint(x, c), f64::midpoint(y, d));
    }
    // Arrows to the right pass above, arrows to the left below, farther out the farther they go.
    let side = if x1 > x0 { -1.0 } else { 1.0 };
    let bend = 18.0 + 0.12 * (x1 - x0).abs();
    let (a, b) = (x0 - side * (NODE + 4.0), x1 + side * (NODE + 8.0));
    let y = y0 + side * 10.0;
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
                p.weight = p.weight.middle().signum().into();
                p.delay_ms = 1.0.into();
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
    let node = move |name: String, what: Selected, class: &'static str, caption: String, (x, y): Point| {
        let label = format!("{name}, {caption}");
        let figure = match class {
            "exc" => view! { <path d=format!("M{x} {} L{} {} L{} {} Z", y - NODE, x + NODE, y + NODE * 0.8, x - NODE, y + NODE * 0.8) /> }.into_any(),
            "inh" => view! { <circle cx=x cy=y r=NODE * 0.94 /> }.into_any(),
            "stim" => view! { <path d=format!("M{} {y} L{x} {} L{} {y} L{x} {} Z", x - NODE, y - NODE * 0.8, x + NODE, y + NODE * 0.8) /> }.into_any(),
            _ => view! { <rect x=x - NODE * 0.85 y=y - NODE * 0.85 width=NODE * 1.7 height=NODE * 1.7 rx="4" /> }.into_any(),
        };
        let drawn = view! {
            {figure}
            <text x=x y=if class == "stim" { y - NODE } else { y + 9.0 } class="name">{name}</text>
            <text x=x y=y + NODE + 18.0 class="caption">{caption}</text>
        };
        part(format!("node {class}"), what, label, drawn.into_any())
    };
    let edge = move |i: usize, spec: &NetworkSpec| {
        let p = &spec.projections[i];
        let what = Selected::Projection(i);
        let layout = Layout::of(spec);
        let (path, x, y) = arrow(layout.place(spec, &p.source), layout.place(spec, &p.target));
        let class = if p.weight.middle() < 0.0 { "inh" } else { "exc" };
        let weight =
            move || player.spec.with(|s| s.projections.get(i).map(|p| format::significant(p.weight.middle(), 3)));
        let label = format!("{} → {}", p.source, p.target);
        let drawn = view! {
            <path class="hit" d=path.clone() />
            <path d=path marker-end=format!("url(#head-{class})") />
            {layout.is_one_row().then(|| view! { <text x=x y=y class="caption">{weight}</text> })}
        };
        part(format!("edge {class}"), what, label, drawn.into_any())
    };
    let picture = move || {
        let spec = shape.get();
        let layout = Layout::of(&spec);
        let (width, height) = layout.size();
        let stimuli = spec.stimuli.iter().enumerate().map(|(i, s)| {
            node(s.name.clone(), Selected::Stimulus(i), "stim", s.model.replace('_', " "), layout.stimulus(i))
        });
        let populations = spec.populations.iter().enumerate().map(|(i, p)| {
            let caption = move || format!("{} {}", format::fixed(p.size as f64, 0), neurons(p.size as f64));
            let class = class_of(view::kind(&spec, i));
            node(p.name.clone(), Selected::Population(i), class, caption(), layout.population(i))
        });
        view! {
            <svg viewBox=format!("0 0 {width} {height}") role="group" aria-label=move || t().network_label>
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
