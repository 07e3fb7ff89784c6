//! Two numbers as a place in the plane: where it truly is, in ink, and where it is decoded, in the accent, with the way
//! that each has come.

use leptos::prelude::*;

use super::activity::Strip;
use super::axes;
use super::format;
use super::frame::Frame;
use super::pen::{Align, Pen};
use super::scale::Scale;
use super::surface::Surface;
use super::table::Table;

/// How long a way is seen, ms.
const TRAIL_MS: f64 = 600.0;
/// Width of its line, in css px.
const LINE_PX: f64 = 1.5;

/// The plot.
#[component]
pub fn CursorView(
    /// What is shown.
    #[prop(into)]
    strip: Signal<Option<Strip>>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let scene = move || strip.get();
    let paint = |pen: &Pen, strip: &Option<Strip>| {
        if let Some(strip) = strip.as_ref().filter(|strip| strip.tape.ranges.len() > 1) {
            draw(pen, strip);
        }
    };
    let data = |strip: &Option<Strip>| strip.as_ref().map(table).unwrap_or_default();
    view! { <Surface label scene paint data pointer=RwSignal::new(None) /> }
}

/// The last places: true, and decoded where anything is.
fn places(strip: &Strip) -> [Vec<(f64, f64)>; 2] {
    let Strip { tape, reel } = strip;
    let last = if reel.n_decoded() > 0 { reel.bins() } else { 1.min(reel.bins()) };
    let trail = (TRAIL_MS / tape.told.bin_ms).ceil() as usize;
    let bins = last.saturating_sub(trail)..last;
    let pair = |xy: &[f32]| (xy.len() > 1).then(|| (f64::from(xy[0]), f64::from(xy[1])));
    let truth = bins.clone().filter_map(|i| pair(tape.values(reel.from + i)));
    [truth.collect(), bins.filter_map(|i| reel.decoded(i).and_then(pair)).collect()]
}

fn table(strip: &Strip) -> Table {
    let [truth, decoded] = places(strip);
    let column =
        |name: &str, of: &[(f64, f64)], part: fn(&(f64, f64)) -> f64| (name.to_owned(), of.iter().map(part).collect());
    let columns = [("true", &truth), ("decoded", &decoded)];
    Table::new(
        columns.into_iter().flat_map(|(name, of)| {
            [column(&format!("{name}_x"), of, |p| p.0), column(&format!("{name}_y"), of, |p| p.1)]
        }),
    )
}

fn draw(pen: &Pen, strip: &Strip) {
    let whole = Frame::of(pen.width, pen.height);
    let side = whole.width().min(whole.height());
    let left = whole.left + 0.5 * (whole.width() - side);
    let frame = Frame { left, right: left + side, top: whole.top, bottom: whole.top + side };
    let ranges = &strip.tape.ranges[..2];
    let reach = 1.08 * ranges.iter().fold(0.0_f64, |most, (lo, hi)| most.max(lo.abs()).max(hi.abs()));
    let x = Scale::linear((-reach, reach), (frame.left, frame.right));
    let y = Scale::linear((-reach, reach), (frame.bottom, frame.top));
    axes::y(pen, &frame, &y, "");
    for value in x.ticks(4) {
        let px = x.px_from_data(value);
        pen.vertical(px, frame.top, frame.bottom, &pen.grid_css());
        pen.text(&format::significant(value, 3), px, frame.bottom + 15.0, Align::Middle, &pen.palette.muted.css());
    }
    let muted = pen.palette.muted.css();
    let names = &strip.tape.told.names;
    pen.text(&names[1], frame.left + 6.0, frame.top + 8.0, Align::Start, &muted);
    pen.text(&names[0], frame.right - 6.0, frame.bottom - 10.0, Align::End, &muted);
    let colours = [pen.palette.ink, pen.palette.accent];
    pen.clipped(frame.left, frame.top, frame.right, frame.bottom, || {
        for (places, colour) in places(strip).iter().zip(colours) {
            let px: Vec<_> = places.iter().map(|p| (x.px_from_data(p.0), y.px_from_data(p.1))).collect();
            for (i, pair) in px.windows(2).enumerate() {
                pen.polyline(pair, LINE_PX, &colour.css_alpha((i + 1) as f64 / px.len() as f64));
            }
            if let Some(&(px, py)) = px.last() {
                pen.disc(px, py, 6.0, &pen.palette.panel.css());
                pen.disc(px, py, 4.5, &colour.css());
            }
        }
    });
}
