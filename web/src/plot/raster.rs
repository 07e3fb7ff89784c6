//! The raster: a dot a spike, neurons upwards, time to the right.

use leptos::prelude::*;

use super::axes;
use super::band::{Band, band_of, colours, n_neurons};
use super::brush::{BRUSH_PX, Brush, Stroke};
use super::dots::Ground;
use super::format;
use super::frame::Frame;
use super::ink::Pixels;
use super::pen::{Align, Pen};
use super::raster_image::{RasterImage, RasterMap, dot_css_px, spike_near};
use super::scale::Scale;
use super::source::Source;
use super::surface::{Surface, Tap};
use super::table::{Table, as_time};
use super::time_axis::TimeAxis;
use crate::state::history::History;

/// With more bands than this, their names stand at the axis instead of neuron indices.
const MAX_BANDS_WITH_INDICES: usize = 2;
/// Most spikes that are shapes in a picture made of shapes, about 1 MB; more become an image in it.
const MOST_SHAPES: usize = 20_000;
/// Least height of a band, in css px, that has room for its name.
const NAME_PX: f64 = 11.0;

/// Width of the bar at the axis beside neurons that are destroyed, css px.
const LESION_PX: f64 = 3.0;

struct Scene {
    range_ms: (f64, f64),
    cursor_ms: Option<f64>,
    pointer: Option<(f64, f64)>,
    bands: Vec<Band>,
    picked: Option<u32>,
    lesions: Vec<[u32; 2]>,
    is_brush: bool,
    neuron_word: String,
}

/// Spikes of all neurons.
#[component]
pub fn RasterView(
    /// The record to draw from.
    source: Source,
    /// The time axis it moves with.
    axis: TimeAxis,
    /// The populations, lowest index first.
    #[prop(into)]
    bands: Signal<Vec<Band>>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// The word for a neuron, put before its index.
    #[prop(into)]
    neuron_word: Signal<String>,
    /// The neuron that is picked: a pointer at the axis marks it.
    #[prop(into, optional)]
    picked: Signal<Option<u32>>,
    /// Told of a click or tap: the neuron there (of the nearest spike, if one is near) and the time, in ms.
    #[prop(into, optional)]
    on_pick: Option<Callback<(u32, f64)>>,
    /// The stretches of neurons that are destroyed.
    #[prop(into, optional)]
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
            range_ms: axis.range_ms(),
            cursor_ms: axis.cursor_ms(),
            pointer: pointer.get(),
            bands: bands.get(),
            picked: picked.get(),
            lesions: lesions.get(),
            is_brush: brush.is_held.get(),
            neuron_word: neuron_word.get(),
        }
    };
    let mut image = RasterImage::default();
    let paint = move |pen: &Pen, scene: &Scene| {
        source.read(|history| {
            let frame = Frame::of(pen.width, pen.height);
            let map = map_on(&frame, scene);
            let ticks = neuron_ticks(&frame, &scene.bands);
            put_dots(pen, &frame, &map, &mut image, history, scene, &ticks);
            label_bands(pen, &frame, &map, &scene.bands, &ticks);
            mark(pen, &frame, &map, history, scene);
            let reading = read_cursor(pen, &frame, &map, history, scene);
            axes::time(pen, &frame, &Scale::linear(scene.range_ms, (frame.left, frame.right)), reading.as_ref());
        });
    };
    let on_tap = Callback::new(move |Tap { at: (x, y), frame }| {
        let bands = bands.get_untracked();
        let map = map_of(&frame, untrack(|| axis.range_ms()), &bands);
        let (x, y) = (x - frame.left, y - frame.top);
        let inside = (0.0..=map.width).contains(&x) && (0.0..=map.height).contains(&y);
        if let (true, Some(on_pick)) = (inside, on_pick) {
            let spike = source.read(|history| spike_near(history, &map, x, y)).flatten();
            let under = || map.neuron_from_px(y).map(|neuron| (map.ms_from_px(x), neuron));
            if let Some((t_ms, neuron)) = spike.or_else(under) {
                on_pick.run((neuron, t_ms));
            }
        }
    });
    let brush = brush.map(move |stroke: Stroke| {
        let map = map_of(&stroke.frame, untrack(|| axis.range_ms()), &bands.get_untracked());
        under_brush(&map, &stroke).into_iter().collect()
    });
    let data = move |scene: &Scene| {
        let (t0_ms, t1_ms) = scene.range_ms;
        let spikes = source.read(|history| {
            let row = |(t_ms, neuron): (f64, u32)| [as_time(t_ms), f64::from(neuron)];
            history.spikes(t0_ms, t1_ms).map(row).collect::<Vec<_>>()
        });
        Table::of_rows(["time_ms", "neuron"], spikes.unwrap_or_default())
    };
    view! { <Surface label scene paint data axis pointer on_tap brush on_key /> }
}

fn map_on(frame: &Frame, scene: &Scene) -> RasterMap {
    map_of(frame, scene.range_ms, &scene.bands)
}

fn map_of(frame: &Frame, range_ms: (f64, f64), bands: &[Band]) -> RasterMap {
    RasterMap { range_ms, n_neurons: n_neurons(bands), width: frame.width(), height: frame.height() }
}

/// How far a brush reaches up and down: over the row of the pointer alone where rows are high.
fn reach(map: &RasterMap) -> f64 {
    if map.row_px() > BRUSH_PX { 0.0 } else { BRUSH_PX }
}

/// The stretch of neurons that a stroke touches.
fn under_brush(map: &RasterMap, stroke: &Stroke) -> Option<[u32; 2]> {
    let ends = [stroke.from.1, stroke.to.1].map(|y| y - stroke.frame.top);
    let (top, bottom) = (ends[0].min(ends[1]) - reach(map), ends[0].max(ends[1]) + reach(map));
    let is_over = bottom >= 0.0 && top <= map.height;
    is_over.then(|| Some([map.neuron_from_px(bottom)?, map.neuron_from_px(top)?])).flatten()
}

/// Neuron indices at which there is a grid line.
fn neuron_ticks(frame: &Frame, bands: &[Band]) -> Vec<u32> {
    if bands.len() > MAX_BANDS_WITH_INDICES {
        return bands.iter().map(|band| band.first).chain([n_neurons(bands)]).collect();
    }
    let scale = Scale::linear((0.0, f64::from(n_neurons(bands))), (frame.bottom, frame.top));
    scale.ticks(axes::n_y_ticks(frame)).into_iter().filter(|tick| tick.fract() == 0.0).map(|tick| tick as u32).collect()
}

fn put_dots(
    pen: &Pen,
    frame: &Frame,
    map: &RasterMap,
    image: &mut RasterImage,
    history: &History,
    scene: &Scene,
    ticks: &[u32],
) {
    let dpr = pen.dpr;
    let (left, top) = ((frame.left * dpr).round(), (frame.top * dpr).round());
    let device =
        RasterMap { width: (frame.right * dpr).round() - left, height: (frame.bottom * dpr).round() - top, ..*map };
    if device.width < 1.0 || device.height < 1.0 {
        return;
    }
    let thickness = dpr.floor().max(1.0) as usize;
    let edge = |neuron: u32| (device.height - f64::from(neuron) * device.row_px()).round().max(0.0) as usize;
    let boundaries = scene.bands.iter().map(|band| band.first);
    let lines = ticks.iter().copied().chain(boundaries).map(edge).flat_map(|y| y..y + thickness).collect();
    if pen.ink.is_vector() && history.spike_count(map.range_ms.0, map.range_ms.1) <= MOST_SHAPES {
        return put_shapes(pen, frame, map, history, scene, ticks);
    }
    let ground = Ground { colour: pen.palette.panel, line: pen.palette.line, lines };
    let dots = image.render(history, &scene.bands, colours(&scene.bands, pen.palette), ground, device, dpr);
    pen.image(Pixels { bytes: dots.bytes(), width: dots.width() as u32 }, left, top);
}

/// The same as shapes, which can be enlarged and taken apart.
fn put_shapes(pen: &Pen, frame: &Frame, map: &RasterMap, history: &History, scene: &Scene, ticks: &[u32]) {
    let (t0_ms, t1_ms) = map.range_ms;
    for neuron in ticks.iter().copied().chain(scene.bands.iter().map(|band| band.first)) {
        let y = frame.bottom - f64::from(neuron) * map.row_px();
        pen.horizontal(y, frame.left, frame.right, &pen.grid_css());
    }
    let (width, height) = dot_css_px(map, history.spike_count(t0_ms, t1_ms));
    let colours = colours(&scene.bands, pen.palette);
    for (t_ms, neuron) in history.spikes(t0_ms, t1_ms) {
        let band = scene.bands.iter().position(|band| neuron >= band.first && neuron - band.first < band.count);
        let Some(css) = band.map(|band| colours[band].css()) else { continue };
        let (x, y) = (frame.left + map.x_px(t_ms), frame.top + map.y_px(f64::from(neuron)));
        if width == height {
            pen.disc(x, y, 0.5 * width, &css);
        } else {
            pen.fill(x - 0.5 * width, y - 0.5 * height, width, height, &css);
        }
    }
}

fn label_bands(pen: &Pen, frame: &Frame, map: &RasterMap, bands: &[Band], ticks: &[u32]) {
    if bands.len() > MAX_BANDS_WITH_INDICES {
        for (band, colour) in bands.iter().zip(colours(bands, pen.palette)) {
            if f64::from(band.count) * map.row_px() >= NAME_PX {
                let middle = f64::from(band.first) + 0.5 * f64::from(band.count) - 0.5;
                let y = frame.top + map.y_px(middle);
                pen.mark(band.kind, frame.left - 12.0, y, &colour.css());
                let name = pen.shortened(&band.name, frame.left - 22.0);
                pen.text(&name, frame.left - 20.0, y, Align::End, &pen.palette.muted.css());
            }
        }
    } else {
        for &tick in ticks {
            let y = frame.bottom - f64::from(tick) * map.row_px();
            axes::y_label(pen, frame, y, &format::fixed(f64::from(tick), 0));
        }
    }
}

/// Gaps, pokes, lesions and the picked neuron.
fn mark(pen: &Pen, frame: &Frame, map: &RasterMap, history: &History, scene: &Scene) {
    let (t0_ms, t1_ms) = scene.range_ms;
    let x = |t_ms: f64| frame.left + map.x_px(t_ms).clamp(0.0, map.width);
    let gaps: Vec<(f64, f64)> = history.gaps(t0_ms, t1_ms).map(|gap| (x(gap.t0_ms), x(gap.t1_ms))).collect();
    pen.hatch(&gaps, frame.top, frame.bottom, frame.left + map.x_px(0.0));
    let accent = pen.palette.accent;
    for poke in history.pokes(t0_ms, t1_ms) {
        let (x0, x1) = (x(poke.when.t0_ms), x(poke.when.t1_ms));
        let bottom = frame.bottom - f64::from(poke.first) * map.row_px();
        let height = (f64::from(poke.count) * map.row_px()).max(2.0);
        pen.fill(x0, bottom - height, (x1 - x0).max(2.0), height, &accent.css_alpha(0.16));
        if poke.when.t0_ms >= t0_ms {
            pen.vertical(x0, bottom - height, bottom, &accent.css_alpha(0.6));
        }
    }
    for &[first, last] in &scene.lesions {
        let bottom = frame.bottom - f64::from(first) * map.row_px();
        let height = (f64::from(last - first + 1) * map.row_px()).max(1.0);
        let top = bottom - height;
        pen.fill(frame.left, top, frame.width(), height, &pen.palette.panel.css_alpha(0.6));
        pen.hatch(&[(frame.left, frame.right)], top, bottom, frame.left);
        pen.fill(frame.left, top, LESION_PX, height, &pen.palette.muted.css());
    }
    if let Some((x, y)) = scene.pointer.filter(|at| scene.is_brush && frame.contains(at.0, at.1)) {
        let half = reach(map).max(0.5 * map.row_px());
        let y = if reach(map) > 0.0 {
            y
        } else {
            map.neuron_from_px(y - frame.top).map_or(y, |n| frame.top + map.y_px(f64::from(n)))
        };
        pen.fill(x - BRUSH_PX, y - half, 2.0 * BRUSH_PX, 2.0 * half, &accent.css_alpha(0.3));
    }
    if let Some(neuron) = scene.picked.filter(|&neuron| neuron < map.n_neurons) {
        let y = frame.top + map.y_px(f64::from(neuron));
        pen.horizontal(y, frame.left, frame.right, &accent.css_alpha(0.3));
        pen.polygon(&[(frame.left - 1.0, y), (frame.left - 7.0, y - 4.0), (frame.left - 7.0, y + 4.0)], &accent.css());
    }
}

/// Draws the cursor and says what it reads: with the pointer here the spike or the neuron there, otherwise the time.
fn read_cursor(pen: &Pen, frame: &Frame, map: &RasterMap, history: &History, scene: &Scene) -> Option<axes::Reading> {
    let cursor_ms = scene.cursor_ms?;
    let cursor_px = frame.left + map.x_px(cursor_ms);
    axes::cursor(pen, frame, cursor_px);
    let ms_per_px = 1.0 / map.px_per_ms();
    let Some((x, y)) = scene.pointer.filter(|at| frame.contains(at.0, at.1)) else {
        return Some((cursor_px, format::time(cursor_ms, ms_per_px)));
    };
    let (x, y) = (x - frame.left, y - frame.top);
    let spike = spike_near(history, map, x, y);
    if let Some((t_ms, neuron)) = spike {
        let (x, y) = (frame.left + map.x_px(t_ms), frame.top + map.y_px(f64::from(neuron)));
        pen.ring(x, y, 5.0, &pen.palette.ink.css());
    }
    let (t_ms, neuron) = spike.or_else(|| Some((cursor_ms, map.neuron_from_px(y)?)))?;
    let band = band_of(&scene.bands, neuron).map_or(String::new(), |band| format!(" ({})", band.name));
    let index = format::fixed(f64::from(neuron), 0);
    Some((cursor_px, format!("{}, {} {index}{band}", format::time(t_ms, ms_per_px), scene.neuron_word)))
}
