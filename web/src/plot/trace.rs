//! One neuron's variable over time, with its spikes and its threshold.

use leptos::prelude::*;

use super::axes;
use super::calm::CalmRange;
use super::format;
use super::frame::Frame;
use super::pen::{Align, Pen};
use super::scale::Scale;
use super::source::Source;
use super::surface::Surface;
use super::table::{Table, as_time, as_written, named};
use super::thin::thin;
use super::time_axis::TimeAxis;
use crate::state::history::History;

/// Width of the line, in css px.
const LINE_PX: f64 = 1.25;
/// Share of the range that is left free on top for the spikes.
const SPIKE_ROOM: f64 = 0.18;

struct Scene {
    range_ms: (f64, f64),
    cursor_ms: Option<f64>,
    unit: String,
    threshold_label: String,
}

/// The trace of the record. Spikes rise to the top of the plot, since many models have none of their own.
#[component]
pub fn TraceView(
    /// The record to draw from.
    source: Source,
    /// The time axis it moves with.
    axis: TimeAxis,
    /// The unit of the variable, such as `mV`.
    #[prop(into)]
    unit: Signal<String>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// Stands at the dashed line of the threshold, such as `V_th`.
    #[prop(into, optional)]
    threshold_label: Signal<String>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || {
        source.track();
        Scene {
            range_ms: axis.range_ms(),
            cursor_ms: axis.cursor_ms(),
            unit: unit.get(),
            threshold_label: threshold_label.get(),
        }
    };
    let (mut range, mut points) = (CalmRange::new(0.5), Vec::new());
    let paint = move |pen: &Pen, scene: &Scene| {
        source.read(|history| draw(pen, history, scene, &mut range, &mut points));
    };
    let data = move |scene: &Scene| {
        let (t0_ms, t1_ms) = scene.range_ms;
        let rows = source.read(|history| {
            let pieces = history.trace(t0_ms, t1_ms);
            let row = |t_ms: f64, value: &f32| [as_time(t_ms), as_written(*value)];
            let rows = pieces.flat_map(|piece| {
                piece.values.iter().enumerate().map(move |(i, value)| row(piece.t0_ms + piece.dt_ms * i as f64, value))
            });
            rows.collect::<Vec<_>>()
        });
        Table::of_rows(["time_ms", &named("value", &scene.unit)], rows.unwrap_or_default())
    };
    view! { <Surface label scene paint data axis pointer /> }
}

fn draw(pen: &Pen, history: &History, scene: &Scene, range: &mut CalmRange, points: &mut Vec<(f64, f64)>) {
    let frame = Frame::of(pen.width, pen.height);
    let (t0_ms, t1_ms) = scene.range_ms;
    let x = Scale::linear(scene.range_ms, (frame.left, frame.right));
    let Some(needed) = needed_range(history, t0_ms, t1_ms) else {
        axes::time(pen, &frame, &x, None);
        return;
    };
    let shown = range.update(needed, axes::n_y_ticks(&frame), pen.now_ms);
    let y = Scale::linear(shown, (frame.bottom, frame.top));
    axes::y(pen, &frame, &y, &scene.unit);
    if let Some(level) = history.threshold() {
        let px = y.px_from_data(level);
        pen.dashed(px, frame.left, frame.right, &pen.palette.muted.css());
        pen.text(&scene.threshold_label, frame.right, px - 8.0, Align::End, &pen.palette.muted.css());
    }
    let ink = pen.palette.ink.css();
    pen.clipped(frame.left, 0.0, frame.right, frame.bottom + 1.0, || {
        points.clear();
        thin(line(history, t0_ms, t1_ms, &x, &y), 1.0 / pen.dpr, points);
        pen.polyline(points, LINE_PX, &ink);
        points.clear();
        for t_ms in history.trace_spikes(t0_ms, t1_ms) {
            let foot = history.threshold().or_else(|| value_at(history, t_ms)).unwrap_or(shown.0);
            let px = x.px_from_data(t_ms);
            points.extend([(px, f64::NAN), (px, y.px_from_data(foot)), (px, frame.top)]);
        }
        pen.polyline(points, LINE_PX, &ink);
    });
    pen.hatch(&breaks(history, t0_ms, t1_ms, &x), frame.top, frame.bottom, x.px_from_data(0.0));
    let reading = scene.cursor_ms.map(|cursor_ms| {
        let px = x.px_from_data(cursor_ms);
        axes::cursor(pen, &frame, px);
        let mut text = format::time(cursor_ms, (t1_ms - t0_ms) / frame.width().max(1.0));
        if let Some(value) = value_at(history, cursor_ms) {
            pen.disc(px, y.px_from_data(value), 3.0, &ink);
            let decimals = format::decimals_for((shown.1 - shown.0) / frame.height().max(1.0));
            text = format!("{text}, {}", format::with_unit(&format::fixed(value, decimals), &scene.unit));
        }
        (px, text)
    });
    axes::time(pen, &frame, &x, reading.as_ref());
}

/// From where to where, in px, samples are missing between others.
fn breaks(history: &History, t0_ms: f64, t1_ms: f64, x: &Scale) -> Vec<(f64, f64)> {
    let mut end_ms = None;
    let mut breaks = Vec::new();
    for piece in history.trace(t0_ms, t1_ms) {
        if let (Some(end_ms), false) = (end_ms, piece.joined) {
            breaks.push((x.px_from_data(end_ms), x.px_from_data(piece.t0_ms)));
        }
        end_ms = Some(piece.t0_ms + piece.dt_ms * piece.values.len() as f64);
    }
    breaks
}

/// The points of the line, in px, with a NaN wherever it breaks.
fn line<'a>(
    history: &'a History,
    t0_ms: f64,
    t1_ms: f64,
    x: &'a Scale,
    y: &'a Scale,
) -> impl Iterator<Item = (f64, f64)> + 'a {
    history.trace(t0_ms, t1_ms).flat_map(move |piece| {
        let start = (!piece.joined).then(|| (x.px_from_data(piece.t0_ms), f64::NAN));
        let points = piece.values.iter().enumerate().map(move |(i, &value)| {
            (x.px_from_data(piece.t0_ms + piece.dt_ms * i as f64), y.px_from_data(f64::from(value)))
        });
        start.into_iter().chain(points)
    })
}

/// What has to be seen: the samples, the threshold, and room above for spikes if there is a threshold to rise from.
fn needed_range(history: &History, t0_ms: f64, t1_ms: f64) -> Option<(f64, f64)> {
    let values = history.trace(t0_ms, t1_ms).flat_map(|piece| piece.values.iter().copied()).filter(|v| v.is_finite());
    let (mut lo, mut hi) = values.fold((f32::INFINITY, f32::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)));
    if let Some(level) = history.threshold() {
        let level = level as f32;
        (lo, hi) = (lo.min(level), hi.max(level));
        hi += SPIKE_ROOM as f32 * (hi - lo);
    }
    (lo <= hi).then_some((f64::from(lo), f64::from(hi)))
}

/// The sample nearest to a time, if there is one within a sample's distance.
fn value_at(history: &History, t_ms: f64) -> Option<f64> {
    let piece = history.trace(t_ms, t_ms).next()?;
    let i = ((t_ms - piece.t0_ms) / piece.dt_ms).round();
    (i >= 0.0).then_some(())?;
    piece.values.get(i as usize).map(|&value| f64::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_and_room_for_spikes_are_in_the_range() {
        let mut history = History::default();
        assert_eq!(needed_range(&history, 0.0, 10.0), None);
        history.push_trace(0.0, 1.0, &[-60.0, -55.0, f32::NAN, -58.0]);
        assert_eq!(needed_range(&history, 0.0, 10.0), Some((-60.0, -55.0)));
        history.set_threshold(Some(-50.0));
        let (lo, hi) = needed_range(&history, 0.0, 10.0).unwrap_or_default();
        assert!(lo == -60.0 && hi > -50.0 && hi < -45.0, "{lo} {hi}");
    }

    #[test]
    fn the_line_breaks_at_a_gap() {
        let mut history = History::default();
        history.push_trace(0.0, 1.0, &[1.0, 2.0]);
        history.push_trace(5.0, 1.0, &[3.0]);
        let scale = Scale::linear((0.0, 10.0), (0.0, 10.0));
        let points: Vec<(f64, f64)> = line(&history, 0.0, 10.0, &scale, &scale).collect();
        assert_eq!(points.iter().filter(|p| p.1.is_nan()).count(), 2);
        assert_eq!(points.len(), 5);
        assert_eq!(breaks(&history, 0.0, 10.0, &scale), [(2.0, 5.0)]);
    }

    #[test]
    fn a_value_is_read_only_where_there_is_one() {
        let mut history = History::default();
        history.push_trace(10.0, 0.5, &[1.0, 2.0, 3.0]);
        assert_eq!(value_at(&history, 10.6), Some(2.0));
        assert_eq!(value_at(&history, 20.0), None);
        assert_eq!(value_at(&history, 2.0), None);
    }
}
