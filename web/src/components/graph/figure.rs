//! How nodes and arrows look, wherever a network is drawn: an excitatory population is a triangle and sends arrows, an
//! inhibitory one is a circle and sends round heads, a stimulus is a diamond.

use leptos::prelude::*;
use spikeground_core::spec::NetworkSpec;

use crate::{
    plot::Kind,
    state::{sketch::Place, view},
};

/// Half the size of a node.
pub const NODE: f64 = 26.0;
/// Distance from an arrow's head to the middle of the node that it points at.
const RIM: f64 = NODE + 6.0;
/// Foot of the caption below a node, and half its width where arrows pass it.
const CAPTION: [f64; 2] = [40.0, NODE + 24.0];
/// How far the middle of an arrow stands off the straight line, so that there and back are two.
const BEND: f64 = 12.0;
/// How much farther off the next arrow of the same way stands.
const FAN: f64 = 16.0;

/// The class of a population, which gives it figure and colour: by what it sends; if it sends nothing yet, by its name.
pub fn class_of(spec: &NetworkSpec, population: usize) -> &'static str {
    match view::kind(spec, population) {
        Kind::Excitatory => "exc",
        Kind::Inhibitory => "inh",
        Kind::Other => {
            let name = &spec.populations[population].name;
            match name.chars().next() {
                _ if spec.projections.iter().any(|p| &p.source == name) => "other",
                Some('E' | 'e') => "exc",
                _ if spec.inhibits(name) => "inh",
                _ => "other",
            }
        }
    }
}

/// The figure of a class of node.
pub fn figure(class: &str, [x, y]: Place) -> AnyView {
    let n = NODE;
    match class {
        "exc" => view! { <path d=format!("M{x} {} L{} {} L{} {} Z", y - n, x + n, y + n * 0.8, x - n, y + n * 0.8) /> }
            .into_any(),
        "inh" => view! { <circle cx=x cy=y r=n * 0.94 /> }.into_any(),
        "stim" => {
            view! { <path d=format!("M{} {y} L{x} {} L{} {y} L{x} {} Z", x - n, y - n * 0.8, x + n, y + n * 0.8) /> }
                .into_any()
        }
        _ => view! { <rect x=x - n * 0.85 y=y - n * 0.85 width=n * 1.7 height=n * 1.7 rx="4" /> }.into_any(),
    }
}

/// The figure alone, as a mark in a line of text.
#[component]
pub fn Mark(
    /// The class of node.
    #[prop(into)]
    class: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <svg class=move || format!("mark {}", class.get()) viewBox="-30 -30 60 60" aria-hidden="true">
            {move || figure(class.get(), [0.0, 0.0])}
        </svg>
    }
}

/// The heads of arrows, for the `<defs>` of a picture.
pub fn heads() -> impl IntoView {
    view! {
        <marker id="head-exc" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="14" markerHeight="14" markerUnits="userSpaceOnUse" orient="auto">
            <path d="M0 0 L8 4 L0 8 Z" />
        </marker>
        <marker id="head-inh" viewBox="0 0 8 8" refX="5" refY="4" markerWidth="12" markerHeight="12" markerUnits="userSpaceOnUse">
            <circle cx="4" cy="4" r="3.4" />
        </marker>
    }
}

/// The path of an arrow and the place of its label. `nth` counts the arrows that go the same way.
pub fn arrow(from: Place, to: Place, nth: usize) -> (String, Place) {
    if from == to { loop_at(from, nth, [0.0, -1.0]) } else { between(from, to, nth) }
}

/// From a node to itself, on the side to which the unit vector `way` points.
pub fn loop_at([x, y]: Place, nth: usize, way: Place) -> (String, Place) {
    let out = FAN * nth as f64;
    // A point `aside` to the right of one who looks outward, and `far` from the middle of the node.
    let at = |aside: f64, far: f64| [x + way[0] * far - way[1] * aside, y + way[1] * far + way[0] * aside];
    let (wide, high) = (37.0 + out, NODE + 44.0 + out);
    let [[a, b], [c, d], [e, f], [g, h]] = [at(-15.0, NODE), at(-wide, high), at(wide, high), at(15.0, NODE + 3.0)];
    (format!("M{a} {b} C{c} {d} {e} {f} {g} {h}"), at(0.0, NODE + 36.0 + 0.75 * out))
}

/// The side of a node that is farthest from the ways to its neighbours; above it, if there is a choice.
pub fn free_side(node: Place, neighbours: impl Iterator<Item = Place>) -> Place {
    const SIDES: [Place; 6] = [[0.0, -1.0], [-1.0, 0.0], [1.0, 0.0], [-0.71, -0.71], [0.71, -0.71], [0.0, 1.0]];
    let mut nearest = [-1.0_f64; 6];
    for [x, y] in neighbours {
        let (dx, dy) = (x - node[0], y - node[1]);
        let length = dx.hypot(dy).max(1.0);
        for (side, near) in SIDES.iter().zip(&mut nearest) {
            *near = near.max((dx * side[0] + dy * side[1]) / length);
        }
    }
    // What leaves at 50 degrees or more is out of the loop's way.
    SIDES.into_iter().zip(nearest).find(|(_, near)| *near < 0.64).map_or(SIDES[0], |(side, _)| side)
}

/// Where an arrow that meets a node from the direction of the unit vector `way` has its end: at the rim, or below the caption,
/// if there is room on its `length`.
fn clear(rim: f64, way: Place, length: f64) -> f64 {
    let [half, foot] = CAPTION;
    let is_below = way[1] > 0.0 && way[0].abs() * foot < way[1] * half;
    if is_below { (foot + rim - NODE).min(0.4 * length).max(rim) } else { rim }
}

/// From rim to rim, a little bent.
fn between(from: Place, to: Place, nth: usize) -> (String, Place) {
    let ([x0, y0], [x1, y1]) = (from, to);
    let length = (x1 - x0).hypot(y1 - y0).max(1.0);
    let (dx, dy) = ((x1 - x0) / length, (y1 - y0) / length);
    let bend = BEND + FAN * nth as f64 + 0.06 * length;
    // The ends lie a little to the side of the bend, so that there and back do not share a rim.
    let side = 7.0_f64.min(length / 8.0);
    let (start, end) = (clear(NODE, [dx, dy], length), clear(RIM, [-dx, -dy], length));
    let (a, b) = (x0 + dx * start - dy * side, y0 + dy * start + dx * side);
    let (c, d) = (x1 - dx * end - dy * side, y1 - dy * end + dx * side);
    let (x, y) = (f64::midpoint(a, c) - dy * bend, f64::midpoint(b, d) + dx * bend);
    let label = [f64::midpoint(x, f64::midpoint(a, c)), f64::midpoint(y, f64::midpoint(b, d))];
    (format!("M{a:.1} {b:.1} Q{x:.1} {y:.1} {c:.1} {d:.1}"), label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_and_twice_are_different_arrows() {
        let (a, b) = ([0.0, 0.0], [200.0, 0.0]);
        let paths = [arrow(a, b, 0).0, arrow(b, a, 0).0, arrow(a, b, 1).0, arrow(a, a, 0).0, arrow(a, a, 1).0];
        for (i, path) in paths.iter().enumerate() {
            assert!(!paths[..i].contains(path), "{path}");
        }
    }

    #[test]
    fn an_arrow_from_below_ends_below_the_caption() {
        assert_eq!(clear(RIM, [0.0, 1.0], 140.0), RIM + 24.0);
        assert_eq!(
            [clear(RIM, [0.0, -1.0], 140.0), clear(RIM, [1.0, 0.0], 140.0), clear(RIM, [0.0, 1.0], 10.0)],
            [RIM; 3]
        );
    }

    #[test]
    fn nodes_on_top_of_each_other_have_finite_arrows() {
        let (path, label) = arrow([1.0, 1.0], [1.0, 1.0 + 1e-9], 0);
        assert!(!path.contains("NaN") && label.iter().all(|x| x.is_finite()));
    }
}
