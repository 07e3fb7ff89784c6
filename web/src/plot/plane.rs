//! A phase plane: the nullclines, where the neuron fires, and where it has been lately.

use leptos::prelude::*;
use spikeground_core::neuron::Plane;

use super::axes;
use super::calm::CalmRange;
use super::colour::Rgb;
use super::format;
use super::frame::Frame;
use super::pen::{Align, Pen};
use super::scale::Scale;
use super::source::Source;
use super::surface::Surface;
use super::table::{Table, named};

/// Width of a line, in css px.
const LINE_PX: f64 = 1.5;
/// Distance in px between the points of a nullcline.
const STEP_PX: f64 = 2.0;
/// Room for one label of the x axis, in css px.
const X_LABEL_PX: f64 = 80.0;
/// A jump over this part of the plane is a reset, and no way that was gone.
const JUMP: f64 = 0.25;

/// What a phase plane shows.
#[derive(Clone)]
pub struct PlaneScene {
    /// The model's plane.
    pub plane: &'static Plane,
    /// Values of the model's parameters, by name.
    pub params: Vec<(&'static str, f64)>,
    /// Units of x and y.
    pub units: [&'static str; 2],
}

impl PlaneScene {
    fn value(&self, name: &str) -> f64 {
        self.params.iter().find(|(own, _)| *own == name).map_or(f64::NAN, |(_, value)| *value)
    }
}

/// The plot.
#[component]
pub fn PlaneView(
    /// The record, which has the trajectory.
    source: Source,
    /// The plane; nothing is drawn without one.
    #[prop(into)]
    plane: Signal<Option<PlaneScene>, LocalStorage>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || {
        source.track();
        (plane.get(), pointer.get())
    };
    let mut range = CalmRange::new(0.5);
    let paint = move |pen: &Pen, (plane, pointer): &(Option<PlaneScene>, Option<(f64, f64)>)| {
        if let Some(plane) = plane {
            let way = source.read(|history| history.plane().collect::<Vec<_>>()).unwrap_or_default();
            draw(pen, plane, &way, *pointer, &mut range);
        }
    };
    let data = move |(plane, _): &(Option<PlaneScene>, Option<(f64, f64)>)| {
        let Some(plane) = plane else { return Table::default() };
        let names = [0, 1].map(|i| named(plane.plane.variables[i], plane.units[i]));
        let way = source.read(|history| history.plane().map(|(x, y)| [x, y]).collect::<Vec<_>>());
        Table::of_rows([&*names[0], &*names[1]], way.unwrap_or_default())
    };
    view! { <Surface label scene paint data pointer /> }
}

fn draw(pen: &Pen, scene: &PlaneScene, way: &[(f64, f64)], pointer: Option<(f64, f64)>, range: &mut CalmRange) {
    let frame = Frame::of(pen.width, pen.height);
    let value = |name: &str| scene.value(name);
    let [xs, (bottom, top)] = (scene.plane.window)(&value);
    let finite = way.iter().filter(|(_, y)| y.is_finite());
    let (low, high) = finite.fold((bottom, top), |(low, high), (_, y)| (low.min(*y), high.max(*y)));
    let x = Scale::linear(xs, (frame.left, frame.right));
    let y = Scale::linear(range.update((low, high), axes::n_y_ticks(&frame), pen.now_ms), (frame.bottom, frame.top));
    axes::y(pen, &frame, &y, scene.units[1]);
    let muted = pen.palette.muted.css();
    for at in x.ticks((frame.width() / X_LABEL_PX).floor().max(1.0) as usize) {
        let px = x.px_from_data(at);
        pen.vertical(px, frame.bottom, frame.bottom + 4.0, &pen.grid_css());
        let text = format::with_unit(&format::significant(at, 4), scene.units[0]);
        let half = 0.5 * pen.text_width(&text);
        pen.text(&text, px.min(pen.width - half - 2.0), frame.bottom + 15.0, Align::Middle, &muted);
    }
    let threshold = value(scene.plane.threshold);
    if (xs.0..=xs.1).contains(&threshold) {
        let px = x.px_from_data(threshold);
        pen.dashed_down(px, frame.top, frame.bottom, &muted);
        pen.text(scene.plane.threshold, px - 6.0, frame.top + 6.0, Align::End, &muted);
    }
    let lines = scene.plane.nullclines.map(|nullcline| {
        let n = (frame.width() / STEP_PX).ceil() as usize;
        let points = (0..=n).map(|i| frame.left + frame.width() * i as f64 / n.max(1) as f64);
        points.map(|px| (px, y.px_from_data(nullcline(&value, x.data_from_px(px))))).collect::<Vec<_>>()
    });
    let colours = nullcline_colours(pen);
    pen.clipped(frame.left, frame.top - 1.0, frame.right, frame.bottom + 1.0, || {
        for (line, colour) in lines.iter().zip(colours) {
            pen.polyline(line, LINE_PX, &colour.css());
        }
        trajectory(pen, way, &x, &y, JUMP * (xs.1 - xs.0));
    });
    if let Some((px, py)) = pointer.filter(|at| frame.contains(at.0, at.1)) {
        let at = [x.data_from_px(px), y.data_from_px(py)];
        let [a, b] = [0, 1].map(|i| format::with_unit(&format::significant(at[i], 3), scene.units[i]));
        let text = format!("{a}, {b}");
        let span = pen.chip_span(&text, px, (2.0, pen.width - 2.0));
        pen.chip(&text, span, frame.bottom + 13.0);
    }
}

/// The colours of the two nullclines.
fn nullcline_colours(pen: &Pen) -> [Rgb; 2] {
    [pen.palette.accent, pen.palette.cat[4]]
}

/// The way gone, the last fifth of it in ink, and where it has led.
fn trajectory(pen: &Pen, way: &[(f64, f64)], x: &Scale, y: &Scale, jump: f64) {
    let mut points = Vec::with_capacity(way.len() + 16);
    let mut before = f64::NAN;
    for &(a, b) in way {
        let px = (x.px_from_data(a), y.px_from_data(b));
        if (a - before).abs() > jump {
            points.push((px.0, f64::NAN));
        }
        points.push(px);
        before = a;
    }
    let lately = points.len() - points.len() / 5;
    pen.polyline(&points[..lately], 1.0, &pen.palette.muted.css_alpha(0.55));
    pen.polyline(&points[lately.saturating_sub(1)..], 1.25, &pen.palette.ink.css());
    if let Some(&(px, py)) = points.last() {
        pen.disc(px, py, 5.0, &pen.palette.panel.css());
        pen.disc(px, py, 3.5, &pen.palette.ink.css());
    }
}
