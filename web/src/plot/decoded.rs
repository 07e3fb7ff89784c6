//! What is decoded over the last seconds, in the accent, against what is true, in ink: numbers as lines, classes as rows.

use leptos::prelude::*;

use super::activity::Strip;
use super::axes;
use super::format;
use super::frame::Frame;
use super::pen::{Align, Pen};
use super::scale::Scale;
use super::surface::Surface;
use super::table::Table;
use crate::state::tape::largest;

/// Width of a line, in css px.
const LINE_PX: f64 = 1.75;
/// Ticks of a row of numbers, at most.
const TICKS: usize = 3;
/// Between the rows of numbers, in css px.
const GAP_PX: f64 = 10.0;
/// Height of the bar of a true class, as a part of its row, and of the line of a decoded one, in css px.
const BAR: f64 = 0.5;
const CLASS_PX: f64 = 4.0;

/// The plot.
#[component]
pub fn DecodedView(
    /// What is shown.
    #[prop(into)]
    strip: Signal<Option<Strip>>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || (strip.get(), pointer.get());
    let paint = |pen: &Pen, (strip, pointer): &(Option<Strip>, Option<(f64, f64)>)| {
        if let Some(strip) = strip {
            draw(pen, strip, *pointer);
        }
    };
    let data = |(strip, _): &(Option<Strip>, Option<(f64, f64)>)| strip.as_ref().map(table).unwrap_or_default();
    view! { <Surface label scene paint data pointer /> }
}

fn table(strip: &Strip) -> Table {
    let Strip { tape, reel } = strip;
    let decoded = |k: usize| (0..reel.bins()).map(|i| reel.decoded(i).map_or(f64::NAN, |d| f64::from(d[k]))).collect();
    let truth = |k: usize| match tape.is_of_classes() {
        true => (0..reel.bins()).map(|i| f64::from(u8::from(tape.class(reel.from + i) == Some(k)))).collect(),
        false => {
            (0..reel.bins()).map(|i| tape.values(reel.from + i).get(k).map_or(f64::NAN, |&v| f64::from(v))).collect()
        }
    };
    let names = || tape.told.names.iter().enumerate();
    let columns =
        names().flat_map(|(k, name)| [(format!("true {name}"), truth(k)), (format!("decoded {name}"), decoded(k))]);
    Table::new([("time_ms".to_owned(), strip.times())].into_iter().chain(columns))
}

fn draw(pen: &Pen, strip: &Strip, pointer: Option<(f64, f64)>) {
    let frame = Frame::of(pen.width, pen.height);
    let x = strip.x(&frame);
    if strip.tape.is_of_classes() {
        classes(pen, &frame, &x, strip);
    } else {
        numbers(pen, &frame, &x, strip);
    }
    strip.draw_ends(pen, &frame, &x);
    let reading = pointer.filter(|at| frame.contains(at.0, at.1)).and_then(|(px, _)| {
        let bin = (x.data_from_px(px) / strip.tape.told.bin_ms) as usize;
        let i = bin.checked_sub(strip.reel.from).filter(|i| *i < strip.reel.bins())?;
        axes::cursor(pen, &frame, px);
        Some((px, read(strip, bin, i)))
    });
    axes::time(pen, &frame, &x, reading.as_ref());
}

/// A row for each number: true and decoded.
fn numbers(pen: &Pen, frame: &Frame, x: &Scale, strip: &Strip) {
    let Strip { tape, reel } = strip;
    let rows = tape.outputs();
    let height = (frame.height() - GAP_PX * (rows - 1) as f64) / rows as f64;
    for (k, (name, &(lo, hi))) in tape.told.names.iter().zip(&tape.ranges).enumerate() {
        let top = frame.top + k as f64 * (height + GAP_PX);
        let row = Frame { top, bottom: top + height, ..*frame };
        let room = 0.08 * (hi - lo);
        let y = Scale::linear((lo - room, hi + room), (row.bottom, row.top));
        for tick in y.ticks(TICKS) {
            pen.horizontal(y.px_from_data(tick), row.left, row.right, &pen.grid_css());
            axes::y_label(pen, &row, y.px_from_data(tick), &format::significant(tick, 3));
        }
        let px = |i: usize| x.px_from_data((reel.from + i) as f64 * tape.told.bin_ms);
        let truth = |i: usize| tape.values(reel.from + i).get(k).map(|&v| (px(i), y.px_from_data(f64::from(v))));
        let decoded = |i: usize| reel.decoded(i).map(|d| (px(i), y.px_from_data(f64::from(d[k]))));
        pen.clipped(row.left, row.top, row.right, row.bottom, || {
            pen.polyline(&(0..reel.bins()).filter_map(truth).collect::<Vec<_>>(), LINE_PX, &pen.palette.ink.css());
            let line: Vec<_> = (0..reel.bins()).filter_map(decoded).collect();
            pen.polyline(&line, LINE_PX, &pen.palette.accent.css());
            if let Some(&(x, y)) = line.last() {
                pen.disc(x, y, 3.0, &pen.palette.accent.css());
            }
        });
        let width = pen.text_width(name) + 8.0;
        pen.fill(row.left + 4.0, row.top, width, 16.0, &pen.palette.panel.css_alpha(0.8));
        pen.text(name, row.left + 8.0, row.top + 8.0, Align::Start, &pen.palette.muted.css());
    }
}

/// A row for each class: a bar where it is true, a line where it is decoded.
fn classes(pen: &Pen, frame: &Frame, x: &Scale, strip: &Strip) {
    let Strip { tape, reel } = strip;
    let row = frame.height() / tape.outputs() as f64;
    let middle = |class: usize| frame.top + (class as f64 + 0.5) * row;
    let px = |bin: usize| x.px_from_data(bin as f64 * tape.told.bin_ms);
    for (class, name) in tape.told.names.iter().enumerate() {
        pen.horizontal(middle(class), frame.left, frame.right, &pen.grid_css());
        axes::y_label(pen, frame, middle(class), &pen.shortened(name, frame.left - 2.0 * axes::LABEL_GAP_PX));
    }
    let bar = (row * BAR).min(26.0);
    let ink = pen.palette.ink.mix(pen.palette.panel, 0.15).css();
    let accent = pen.palette.accent.css();
    let last = reel.from + reel.bins();
    for segment in tape.segment(reel.from)..=tape.segment(last.saturating_sub(1)) {
        let (start, end) = tape.stretch(segment);
        let (start, end) = (start.max(reel.from), end.min(last));
        if let (Some(class), true) = (tape.class(start), start < end) {
            pen.fill(px(start), middle(class) - 0.5 * bar, (px(end) - px(start) - 2.0).max(1.0), bar, &ink);
        }
    }
    // On a ground of its own, so that it is seen on a bar too.
    let panel = pen.palette.panel.css();
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for i in 0..reel.n_decoded() {
        let Some(class) = reel.decoded(i).map(largest) else { continue };
        let bin = reel.from + i;
        match runs.last_mut() {
            Some(run) if run.2 == class && run.1 == bin => run.1 = bin + 1,
            _ => runs.push((bin, bin + 1, class)),
        }
    }
    for (start, end, class) in runs {
        let (left, width) = (px(start), (px(end) - px(start)).max(1.0));
        pen.fill(left, middle(class) - 0.5 * CLASS_PX - 1.5, width, CLASS_PX + 3.0, &panel);
        pen.fill(left, middle(class) - 0.5 * CLASS_PX, width, CLASS_PX, &accent);
    }
}

/// Time, what is true, and what is decoded.
fn read(strip: &Strip, bin: usize, i: usize) -> String {
    let Strip { tape, reel } = strip;
    let time = format::with_unit(&format::fixed(bin as f64 * tape.told.bin_ms, 0), "ms");
    let decoded = reel.decoded(i);
    if let Some(class) = tape.class(bin) {
        let name = |class: usize| tape.told.names[class].as_str();
        return format!("{time}, {} → {}", name(class), decoded.map_or("–", |d| name(largest(d))));
    }
    let number = |x: f32| format::significant(f64::from(x), 3);
    let pair = |(k, &x): (usize, &f32)| format!("{} → {}", number(x), decoded.map_or("–".into(), |d| number(d[k])));
    let pairs: Vec<String> = tape.values(bin).iter().enumerate().map(pair).collect();
    format!("{time}, {}", pairs.join("; "))
}
