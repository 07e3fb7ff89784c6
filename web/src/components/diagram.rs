//! The network as a diagram: populations, stimuli and projections; a click on one opens its parameters.

use leptos::prelude::*;
use spikeground_core::spec::NetworkSpec;

use super::{
    graph::figure::{NODE, arrow, class_of, figure, heads},
    sheet::{OpenSheet, Sheet},
};
use crate::{
    i18n::{neurons, t},
    plot::format,
    state::{player::Player, sketch::Place},
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

/// Most nodes that stand in one row.
const ROW_OF: usize = 4;

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
    fn gap(&self) -> Place {
        if self.is_one_row() { [190.0, 150.0] } else { [112.0, 118.0] }
    }

    fn rows(&self) -> usize {
        let nodes = (self.stimuli + self.populations) as f64;
        if self.is_one_row() { 1 } else { ((nodes / ASPECT).sqrt().round() as usize).max(1) }
    }

    /// Columns of stimuli, and of populations.
    fn columns(&self) -> (usize, usize) {
        (self.stimuli.div_ceil(self.rows()), self.populations.div_ceil(self.rows()))
    }

    fn size(&self) -> Place {
        let ((stimuli, populations), [right, down]) = (self.columns(), self.gap());
        [(stimuli + populations).max(1) as f64 * right, self.rows() as f64 * down]
    }

    /// The middle of place `i` among those in `columns` columns from `first` on; `filled` rows stand in the middle.
    fn cell(&self, first: usize, columns: usize, i: usize, filled: usize) -> Place {
        let [right, down] = self.gap();
        let row = (self.rows() - filled) as f64 / 2.0 + (i / columns) as f64;
        // Loops and weights need more room above a node than its caption needs below.
        [(first + i % columns) as f64 * right + right / 2.0, (row + 0.56) * down]
    }

    fn stimulus(&self, i: usize) -> Place {
        let (columns, _) = self.columns();
        self.cell(0, columns, i, self.stimuli.div_ceil(columns))
    }

    fn population(&self, i: usize) -> Place {
        let (stimuli, columns) = self.columns();
        self.cell(stimuli, columns, i, self.populations.div_ceil(columns))
    }

    fn place(&self, spec: &NetworkSpec, name: &str) -> Place {
        let stimulus = spec.stimuli.iter().position(|s| s.name == name).map(|i| self.stimulus(i));
        let population = || spec.populations.iter().position(|p| p.name == name).map(|i| self.population(i));
        stimulus.or_else(population).unwrap_or_default()
    }
}

/// An arrow in one row: to the right above, to the left below, farther out the farther it goes.
fn arc([x0, y0]: Place, [x1, _]: Place) -> (String, Place) {
    let side = if x1 > x0 { -1.0 } else { 1.0 };
    let bend = 18.0 + 0.12 * (x1 - x0).abs();
    let (a, b) = (x0 - side * (NODE + 4.0), x1 + side * (NODE + 8.0));
    let y = y0 + side * 10.0;
    let middle = f64::midpoint(a, b);
    (format!("M{a} {y} Q{middle} {} {b} {y}", y + side * bend), [middle, y + side * (bend * 0.5 + 8.0) + 4.0])
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
            shape.populations.iter_mut().for_each(|p| {
                p.params.clear();
                p.lesions.clear();
            });
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
    let node = move |name: String, what: Selected, class: &'static str, caption: String, [x, y]: Place| {
        let label = format!("{name}, {caption}");
        let drawn = view! {
            {figure(class, [x, y])}
            <text x=x y=if class == "stim" { y - NODE } else { y + 9.0 } class="name">{name}</text>
            <text x=x y=y + NODE + 18.0 class="caption">{caption}</text>
        };
        part(format!("node {class}"), what, label, drawn.into_any())
    };
    let edge = move |i: usize, spec: &NetworkSpec| {
        let p = &spec.projections[i];
        let what = Selected::Projection(i);
        let layout = Layout::of(spec);
        let (from, to) = (layout.place(spec, &p.source), layout.place(spec, &p.target));
        let (path, [x, y]) = if from != to && from[1] == to[1] { arc(from, to) } else { arrow(from, to, 0) };
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
        let [width, height] = layout.size();
        let stimuli = spec.stimuli.iter().enumerate().map(|(i, s)| {
            node(s.name.clone(), Selected::Stimulus(i), "stim", s.model.replace('_', " "), layout.stimulus(i))
        });
        let populations = spec.populations.iter().enumerate().map(|(i, p)| {
            let caption = move || format!("{} {}", format::fixed(p.size as f64, 0), neurons(p.size as f64));
            let class = class_of(&spec, i);
            node(p.name.clone(), Selected::Population(i), class, caption(), layout.population(i))
        });
        view! {
            <svg viewBox=format!("0 0 {width} {height}") role="group" aria-label=move || t().network_label>
                <defs>{heads()}</defs>
                {(0..spec.projections.len()).map(|i| edge(i, &spec)).collect_view()}
                {stimuli.collect_view()}
                {populations.collect_view()}
            </svg>
        }
    };
    view! { <div class="diagram">{picture}</div> }
}
