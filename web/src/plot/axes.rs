//! The axes of a view: grid lines, tick labels, and the cursor that the views share.

use super::format;
use super::frame::Frame;
use super::pen::{Align, Pen, fade, faded};
use super::scale::Scale;

/// Room for one label of the time axis, in css px.
const TIME_LABEL_PX: f64 = 105.0;
/// Over this distance, in css px, a label fades away.
const FADE_PX: f64 = 16.0;
/// Room for one label of the y axis, in css px.
const Y_LABEL_PX: f64 = 44.0;

/// Between a label of the y axis and the data, in css px.
pub const LABEL_GAP_PX: f64 = 8.0;

/// How many ticks suit a y axis of this frame.
pub fn n_y_ticks(frame: &Frame) -> usize {
    let least = if frame.height() >= Y_LABEL_PX { 2.0 } else { 1.0 };
    (frame.height() / Y_LABEL_PX).floor().clamp(least, 6.0) as usize
}

/// What the cursor reads: where it is, in px, and a text.
pub type Reading = (f64, String);

/// Labels below the plot, in ms, that fade in and out at the ends as they scroll by, and what the cursor reads, before
/// which they give way.
pub fn time(pen: &Pen, frame: &Frame, x: &Scale, reading: Option<&Reading>) {
    let ticks = x.ticks((frame.width() / TIME_LABEL_PX).floor().max(1.0) as usize);
    let decimals = step_decimals(&ticks);
    let taken = reading.map(|(x_px, text)| pen.chip_span(text, *x_px, (2.0, pen.width - 2.0)));
    for t_ms in ticks {
        let px = x.px_from_data(t_ms);
        pen.vertical(px, frame.bottom, frame.bottom + 4.0, &pen.grid_css());
        let text = format::with_unit(&format::fixed(t_ms, decimals), "ms");
        let half = 0.5 * pen.text_width(&text);
        let within = fade(px, (half - 4.0, pen.width - half + 4.0), FADE_PX);
        let beside = taken.map_or(1.0, |(x0, x1)| ((x0 - px).max(px - x1) - half).clamp(0.0, FADE_PX) / FADE_PX);
        let opacity = within.min(beside);
        if opacity > 0.0 {
            pen.text(&text, px, frame.bottom + 15.0, Align::Middle, &faded(pen.palette.muted, opacity));
        }
    }
    if let (Some((_, text)), Some(span)) = (reading, taken) {
        pen.chip(text, span, frame.bottom + 13.0);
    }
}

/// Grid lines and labels of a y axis whose ticks carry a unit.
pub fn y(pen: &Pen, frame: &Frame, y: &Scale, unit: &str) {
    let ticks = y.ticks(n_y_ticks(frame));
    let decimals = step_decimals(&ticks);
    for value in ticks {
        let px = y.px_from_data(value);
        pen.horizontal(px, frame.left, frame.right, &pen.grid_css());
        y_label(pen, frame, px, &format::with_unit(&format::fixed(value, decimals), unit));
    }
}

/// A label left of the plot, held on the canvas.
pub fn y_label(pen: &Pen, frame: &Frame, y_px: f64, text: &str) {
    pen.text(text, frame.left - LABEL_GAP_PX, y_px.max(6.0), Align::End, &pen.palette.muted.css());
}

/// The vertical line of the linked cursor.
pub fn cursor(pen: &Pen, frame: &Frame, x_px: f64) {
    pen.vertical(x_px, frame.top, frame.bottom, &pen.palette.muted.css_alpha(0.7));
}

fn step_decimals(ticks: &[f64]) -> usize {
    match ticks {
        [first, second, ..] => format::decimals_for(second - first),
        [only] => format::decimals_for(if only.fract() == 0.0 { 1.0 } else { 0.1 }),
        [] => 0,
    }
}
