//! Neurons in their places, lit by their latest spikes.

use std::sync::Arc;

use leptos::prelude::*;

use super::axes;
use super::band::{Band, band_of, colours};
use super::brush::{BRUSH_PX, Brush, Stroke, stretches};
use super::colour::Rgb;
use super::format;
use super::frame::Frame;
use super::ink::Pixels;
use super::pen::{Align, Pen};
use super::scale::Scale;
use super::source::Source;
use super::surface::{Surface, Tap};
use super::table::{Table, as_time, as_written};
use super::time_axis::TimeAxis;

/// Time in which the light of a spike falls to 1/e, ms: about that of a synaptic current, so that a wave has a tail.
pub const FADE_MS: f64 = 20.0;
/// After so many times of [`FADE_MS`] a light is no longer to be seen.
const DARK: f64 = 5.0;
/// Share of the distance between neighbours that a neuron fills, and below which distance, in css px, it fills all: the
/// gaps would be uneven.
const FILLED: f64 = 0.86;
const APART_PX: f64 = 8.0;
/// How much of the muted colour neurons have that are destroyed, so that they differ from those that are silent.
const LESION: f64 = 0.6;
/// Most neurons that are shapes in a picture made of shapes; more become an image in it.
const MOST_SHAPES: usize = 20_000;
/// Room for one label of the x axis, in css px.
const X_LABEL_PX: f64 = 60.0;

/// Where the neurons stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// Number and place, mm to the right and upward, of each.
    pub neurons: Arc<Vec<(u32, [f32; 2])>>,
    /// Width and height of the sheet, mm; the origin is its middle.
    pub extent: [f64; 2],
}

struct Scene {
    now_ms: f64,
    places: Places,
    bands: Vec<Band>,
    picked: Option<u32>,
    lesions: Vec<[u32; 2]>,
    is_brush: bool,
    neuron_word: String,
    pointer: Option<(f64, f64)>,
}

/// Where a place is on a canvas.
struct Map {
    frame: Frame,
    x: Scale,
    y: Scale,
    /// Width of a neuron, css px.
    side: f64,
}

impl Map {
    /// The same scale to both sides, in the middle of the canvas.
    fn of(mut frame: Frame, places: &Places) -> Map {
        let [width, height] = places.extent;
        let scale = (frame.width() / width).min(frame.height() / height);
        let [dx, dy] = [0.5 * (frame.width() - scale * width), 0.5 * (frame.height() - scale * height)];
        (frame.left, frame.right, frame.top, frame.bottom) =
            (frame.left + dx, frame.right - dx, frame.top + dy, frame.bottom - dy);
        let room = (scale * width * scale * height / places.neurons.len().max(1) as f64).sqrt();
        Map {
            frame,
            x: Scale::linear((-0.5 * width, 0.5 * width), (frame.left, frame.right)),
            y: Scale::linear((-0.5 * height, 0.5 * height), (frame.bottom, frame.top)),
            side: if room < APART_PX { room } else { FILLED * room },
        }
    }

    fn px(&self, [x, y]: [f32; 2]) -> (f64, f64) {
        (self.x.px_from_data(f64::from(x)), self.y.px_from_data(f64::from(y)))
    }

    /// How far a brush reaches: at least over the neuron under it.
    fn reach(&self) -> f64 {
        BRUSH_PX.max(0.5 * self.side)
    }

    /// The stretches of neurons that a stroke touches.
    fn under_brush(&self, places: &Places, stroke: &Stroke) -> Vec<[u32; 2]> {
        let touched = places.neurons.iter().filter(|place| stroke.distance(self.px(place.1)) <= self.reach());
        stretches(touched.map(|place| place.0))
    }

    /// The neuron at a point on the canvas.
    fn neuron_at(&self, places: &Places, (px, py): (f64, f64)) -> Option<u32> {
        let distance = |at: [f32; 2]| (self.px(at).0 - px).hypot(self.px(at).1 - py);
        let nearest = places.neurons.iter().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))?;
        (distance(nearest.1) < 2.0 * self.side.max(4.0)).then_some(nearest.0)
    }
}

/// The sheet, at the time of the cursor or else of the newest data in the window.
#[component]
pub fn SheetView(
    /// The record to draw from.
    source: Source,
    /// The time axis whose cursor it follows.
    axis: TimeAxis,
    /// The places of the neurons.
    #[prop(into)]
    places: Signal<Places>,
    /// The populations.
    #[prop(into)]
    bands: Signal<Vec<Band>>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// The word for a neuron, put before its number.
    #[prop(into)]
    neuron_word: Signal<String>,
    /// The neuron that is picked: a ring is around it.
    #[prop(into)]
    picked: Signal<Option<u32>>,
    /// Told of a click or tap: the neuron there.
    on_pick: Callback<u32>,
    /// The stretches of neurons that are destroyed.
    #[prop(into)]
    lesions: Signal<Vec<[u32; 2]>>,
    /// A brush over neurons, which is told of stretches of them.
    brush: Brush<Vec<[u32; 2]>>,
    /// Told of keys; returns whether it was meant.
    on_key: Callback<String, bool>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || {
        source.track();
        Scene {
            now_ms: axis.cursor_ms().unwrap_or(axis.range_ms().1),
            places: places.get(),
            bands: bands.get(),
            picked: picked.get(),
            lesions: lesions.get(),
            is_brush: brush.is_held.get(),
            neuron_word: neuron_word.get(),
            pointer: pointer.get(),
        }
    };
    let mut pixels = Vec::new();
    let paint = move |pen: &Pen, scene: &Scene| draw(pen, scene, &lights(source, scene.now_ms), &mut pixels);
    let data = move |scene: &Scene| {
        let lights = lights(source, scene.now_ms);
        let row = |&(neuron, [x, y]): &(u32, [f32; 2])| {
            let latest = lights.iter().rev().find(|light| light.0 == neuron);
            [f64::from(neuron), as_written(x), as_written(y), latest.map_or(f64::NAN, |light| as_time(light.1))]
        };
        let names = ["neuron", "x_mm", "y_mm", "latest_spike_ms"];
        Table::of_rows(names, scene.places.neurons.iter().map(row))
    };
    let on_tap = Callback::new(move |Tap { at, frame }: Tap| {
        let neuron = places.with_untracked(|places| Map::of(frame, places).neuron_at(places, at));
        if let Some(neuron) = neuron {
            on_pick.run(neuron);
        }
    });
    let brush = brush.map(move |stroke: Stroke| {
        places.with_untracked(|places| Map::of(stroke.frame, places).under_brush(places, &stroke))
    });
    view! { <Surface label scene paint data pointer on_tap brush on_key /> }
}

/// The neurons that are lit at a time, and when they fired, ms, oldest first.
fn lights(source: Source, now_ms: f64) -> Vec<(u32, f64)> {
    let spikes = |from, to| {
        source.read(|history| history.spikes(from, to).map(|(t_ms, neuron)| (neuron, t_ms)).collect::<Vec<_>>())
    };
    spikes(now_ms - DARK * FADE_MS, now_ms).unwrap_or_default()
}

fn draw(pen: &Pen, scene: &Scene, lights: &[(u32, f64)], pixels: &mut Vec<u8>) {
    let Scene { places, bands, .. } = scene;
    let whole = Frame::of(pen.width, pen.height);
    if places.neurons.is_empty() || whole.width() < 1.0 || whole.height() < 1.0 {
        return;
    }
    let map = Map::of(whole, places);
    let colours = colours(bands, pen.palette);
    let dark = pen.palette.panel.mix(pen.palette.line, 0.6);
    let grey = dark.mix(pen.palette.muted, LESION);
    let dead = |neuron: &u32| {
        let at = scene.lesions.partition_point(|lesion| lesion[1] < *neuron);
        scene.lesions.get(at).is_some_and(|lesion| lesion[0] <= *neuron)
    };
    let unlit = |neuron: &u32| if dead(neuron) { grey } else { dark };
    let lit = |&(neuron, t_ms): &(u32, f64)| {
        let band = bands.iter().position(|band| neuron >= band.first && neuron - band.first < band.count)?;
        let at = places.neurons.binary_search_by_key(&neuron, |place| place.0).ok()?;
        let light = (-(scene.now_ms - t_ms) / FADE_MS).exp();
        Some((places.neurons[at].1, dark.mix(colours[band], light)))
    };
    let all = places.neurons.iter().map(|&(neuron, at)| (at, unlit(&neuron))).chain(lights.iter().filter_map(lit));
    if pen.ink.is_vector() && places.neurons.len() <= MOST_SHAPES {
        for (at, colour) in all {
            let (x, y) = map.px(at);
            pen.fill(x - 0.5 * map.side, y - 0.5 * map.side, map.side, map.side, &colour.css());
        }
    } else {
        put_squares(pen, &map, all, pixels);
    }
    let frame = &map.frame;
    let muted = pen.palette.muted.css();
    let label = |value: f64| format::with_unit(&format::significant(value, 3), "mm");
    for tick in map.y.ticks(axes::n_y_ticks(frame)) {
        axes::y_label(pen, frame, map.y.px_from_data(tick), &label(tick));
    }
    if let Some((_, at)) = scene.picked.and_then(|picked| places.neurons.iter().find(|place| place.0 == picked)) {
        let (x, y) = map.px(*at);
        pen.ring(x, y, map.side.max(5.0), &pen.palette.accent.css());
    }
    if let Some((x, y)) = scene.pointer.filter(|at| scene.is_brush && frame.contains(at.0, at.1)) {
        pen.ring(x, y, map.reach(), &pen.palette.accent.css());
    }
    let pointed = scene.pointer.and_then(|at| Some((at, map.neuron_at(places, at)?)));
    if let Some(((px, _), neuron)) = pointed {
        let band = band_of(bands, neuron).map_or(String::new(), |band| format!(" ({})", band.name));
        let text = format!("{} {}{band}", scene.neuron_word, format::fixed(f64::from(neuron), 0));
        pen.chip(&text, pen.chip_span(&text, px, (2.0, pen.width - 2.0)), frame.bottom + 13.0);
    } else {
        for tick in map.x.ticks((frame.width() / X_LABEL_PX).floor().max(1.0) as usize) {
            let half = 0.5 * pen.text_width(&label(tick));
            let px = map.x.px_from_data(tick).min(pen.width - half - 2.0);
            pen.text(&label(tick), px, frame.bottom + 15.0, Align::Middle, &muted);
        }
    }
}

/// Squares as pixels, since so many calls would cost too much.
fn put_squares(pen: &Pen, map: &Map, squares: impl Iterator<Item = ([f32; 2], Rgb)>, pixels: &mut Vec<u8>) {
    let Frame { left, right, top, bottom } = map.frame;
    let margin = map.side;
    let device = |px: f64| (px * pen.dpr).round();
    let (left, top) = (device((left - margin).max(0.0)), device((top - margin).max(0.0)));
    let (width, height) = ((device(right + margin) - left) as usize, (device(bottom + margin) - top) as usize);
    let [r, g, b] = pen.palette.panel.0;
    pixels.clear();
    pixels.extend([r, g, b, 255].repeat(width * height));
    let side = (map.side * pen.dpr).ceil().max(1.0) as usize;
    for (at, Rgb([r, g, b])) in squares {
        let (x, y) = map.px(at);
        let corner = |px: f64, from: f64| (px * pen.dpr - 0.5 * side as f64 - from).round().max(0.0) as usize;
        let (x, y) = (corner(x, left), corner(y, top));
        for row in y..(y + side).min(height) {
            let run = (row * width + x.min(width)) * 4..(row * width + (x + side).min(width)) * 4;
            pixels[run].chunks_exact_mut(4).for_each(|pixel| pixel[..3].copy_from_slice(&[r, g, b]));
        }
    }
    pen.image(Pixels { bytes: pixels, width: width as u32 }, left, top);
}
