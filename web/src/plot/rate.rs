//! Population rates: one line a population, and the legend that names them.

use leptos::prelude::*;

use super::axes;
use super::band::{Band, Kind, colours, css_colours};
use super::calm::CalmRange;
use super::format;
use super::frame::Frame;
use super::pen::Pen;
use super::scale::Scale;
use super::source::Source;
use super::surface::Surface;
use super::table::{Table, as_written, named};
use super::thin::thin;
use super::time_axis::TimeAxis;
use crate::state::history::History;

/// Over how much of the past, in ms, the legend's current rate is averaged.
const LEGEND_MS: f64 = 250.0;
/// Width of a line, in css px.
const LINE_PX: f64 = 1.5;

struct Scene {
    range_ms: (f64, f64),
    cursor_ms: Option<f64>,
    bands: Vec<Band>,
}

/// Rates of all populations, from 0 Hz up.
#[component]
pub fn RateView(
    /// The record to draw from; its populations are in the order of `bands`.
    source: Source,
    /// The time axis it moves with.
    axis: TimeAxis,
    /// The populations.
    #[prop(into)]
    bands: Signal<Vec<Band>>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// Whether a `RateLegend` stands above the plot; false to put one elsewhere, as into the title.
    #[prop(default = true)]
    legend: bool,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || {
        source.track();
        Scene { range_ms: axis.range_ms(), cursor_ms: axis.cursor_ms(), bands: bands.get() }
    };
    let (mut range, mut points) = (CalmRange::new(1.0), Vec::new());
    let paint = move |pen: &Pen, scene: &Scene| {
        source.read(|history| draw(pen, history, scene, &mut range, &mut points));
    };
    let data = move |scene: &Scene| {
        let (t0_ms, t1_ms) = scene.range_ms;
        let bins = source.read(|history| {
            history.rates(t0_ms, t1_ms).map(|(t_ms, hz)| (t_ms, hz.collect::<Vec<_>>())).collect::<Vec<_>>()
        });
        let bins = bins.unwrap_or_default();
        let rate = |(i, band): (usize, &Band)| {
            let of = |hz: &Vec<f32>| hz.get(i).map_or(f64::NAN, |&hz| as_written(hz));
            (named(&band.name, "Hz"), bins.iter().map(|(_, hz)| of(hz)).collect())
        };
        let time = ("time_ms".to_owned(), bins.iter().map(|(t_ms, _)| *t_ms).collect());
        Table::new([time].into_iter().chain(scene.bands.iter().enumerate().map(rate)))
    };
    view! {
        <div
            style:display="flex"
            style:flex-direction="column"
            style:width="100%"
            style:height="100%"
            style:min-height="0"
        >
            {legend.then(|| view! { <div style:padding="0 14px"><RateLegend source axis bands /></div> })}
            <div style:flex="1 1 0" style:min-height="0">
                <Surface label scene paint data axis pointer />
            </div>
        </div>
    }
}

fn draw(pen: &Pen, history: &History, scene: &Scene, range: &mut CalmRange, points: &mut Vec<(f64, f64)>) {
    let frame = Frame::of(pen.width, pen.height);
    let (t0_ms, t1_ms) = scene.range_ms;
    let x = Scale::linear(scene.range_ms, (frame.left, frame.right));
    let bin_ms = history.bin_ms();
    let visible = || history.rates(t0_ms - bin_ms, t1_ms + bin_ms);
    let peak_hz = visible().flat_map(|(_, hz)| hz).filter(|hz| hz.is_finite()).fold(1.0, f32::max);
    let needed = (0.0, f64::from(peak_hz));
    let y = Scale::linear(range.update(needed, axes::n_y_ticks(&frame).min(4), pen.now_ms), (frame.bottom, frame.top));
    axes::y(pen, &frame, &y, "Hz");
    let holes = missing(history, t0_ms, t1_ms);
    let holes: Vec<(f64, f64)> = holes.iter().map(|hole| (x.px_from_data(hole.0), x.px_from_data(hole.1))).collect();
    pen.clipped(frame.left, 0.0, frame.right, frame.bottom + 1.0, || {
        for (i, colour) in colours(&scene.bands, pen.palette).into_iter().enumerate() {
            let line = visible().filter_map(|(t_ms, mut hz)| Some((t_ms, f64::from(hz.nth(i)?))));
            points.clear();
            thin(line.map(|(t_ms, hz)| (x.px_from_data(t_ms), y.px_from_data(hz))), 1.0 / pen.dpr, points);
            pen.polyline(points, LINE_PX, &colour.css());
        }
    });
    pen.hatch(&holes, frame.top, frame.bottom, x.px_from_data(0.0));
    let reading = scene.cursor_ms.map(|cursor_ms| {
        let px = x.px_from_data(cursor_ms);
        axes::cursor(pen, &frame, px);
        for (i, colour) in colours(&scene.bands, pen.palette).into_iter().enumerate() {
            if let Some(hz) = rate_at(history, i, cursor_ms, None) {
                pen.disc(px, y.px_from_data(hz), 3.0, &colour.css());
            }
        }
        (px, format::time(cursor_ms, (t1_ms - t0_ms) / frame.width().max(1.0)))
    });
    axes::time(pen, &frame, &x, reading.as_ref());
}

/// The stretches of a window, in ms and cut to it, for which there ought to be rates and are none.
fn missing(history: &History, t0_ms: f64, t1_ms: f64) -> Vec<(f64, f64)> {
    let half = 0.5 * history.bin_ms();
    let mut holes: Vec<(f64, f64)> = Vec::new();
    let mut known_to_ms = t0_ms.max(0.0);
    for (middle_ms, mut hz) in history.rates(t0_ms, t1_ms) {
        if hz.any(f32::is_finite) {
            if middle_ms - half > known_to_ms + 1e-6 {
                holes.push((known_to_ms, middle_ms - half));
            }
            known_to_ms = known_to_ms.max(middle_ms + half);
        }
    }
    holes
}

/// The rate of a population, in Hz, in the bin at `t_ms` or, with `past_ms`, averaged over that much before it.
fn rate_at(history: &History, population: usize, t_ms: f64, past_ms: Option<f64>) -> Option<f64> {
    let half = 0.5 * history.bin_ms();
    let from_ms = past_ms.map_or(t_ms - half, |past_ms| t_ms - past_ms);
    let to_ms = if past_ms.is_some() { t_ms } else { t_ms + half };
    let (mut sum, mut count) = (0.0, 0);
    for (middle_ms, mut hz) in history.rates(from_ms, to_ms) {
        let hz = hz.nth(population).map_or(f64::NAN, f64::from);
        if (from_ms..=to_ms).contains(&middle_ms) && hz.is_finite() {
            sum += hz;
            count += 1;
        }
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// A mark, a name and a rate for each population: the rate at the cursor, or else of late.
#[component]
pub fn RateLegend(
    /// The record to read from.
    source: Source,
    /// The time axis whose cursor it reads.
    axis: TimeAxis,
    /// The populations.
    #[prop(into)]
    bands: Signal<Vec<Band>>,
) -> impl IntoView {
    let reading = move |population: usize| {
        source.track();
        let cursor_ms = axis.cursor_ms();
        let hz = source.read(|history| match cursor_ms {
            Some(t_ms) => rate_at(history, population, t_ms, None),
            None => rate_at(history, population, history.now_ms(), Some(LEGEND_MS)),
        });
        let digits = |hz: f64| if hz < 100.0 { format::fixed(hz, 1) } else { format::fixed(hz, 0) };
        format::with_unit(&hz.flatten().map_or_else(|| "\u{2013}".into(), digits), "Hz")
    };
    let items = move || {
        let bands = bands.get();
        let fills = css_colours(&bands);
        bands
            .into_iter()
            .zip(fills)
            .enumerate()
            .map(|(i, (band, fill))| {
                let text = Memo::new(move |_| reading(i));
                let shape = match band.kind {
                    Kind::Excitatory => "M5 0.5 L10 9.5 L0 9.5 Z",
                    Kind::Inhibitory => "M5 0.5 A4.5 4.5 0 1 1 5 9.5 A4.5 4.5 0 1 1 5 0.5 Z",
                    Kind::Other => "M1 1 H9 V9 H1 Z",
                };
                view! {
                    <span class="plot-key" style:white-space="nowrap">
                        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" style:margin-right="4px">
                            <path d=shape style:fill=fill></path>
                        </svg>
                        {band.name}
                        " "
                        <span style:font-variant-numeric="tabular-nums">{move || text.get()}</span>
                    </span>
                }
            })
            .collect_view()
    };
    view! {
        <span class="plot-legend">
            {items}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history() -> History {
        let mut history = History::default();
        history.clear(0.1, 1, 5.0);
        for bin in [0, 1, 2, 5, 6] {
            history.push_rates(bin, &[bin as f32]);
        }
        history
    }

    #[test]
    fn bins_left_out_are_missing_and_the_future_is_not() {
        assert_eq!(missing(&history(), 0.0, 100.0), [(15.0, 25.0)]);
        assert_eq!(missing(&history(), 17.0, 100.0), [(17.0, 25.0)]);
        assert_eq!(missing(&history(), -50.0, 12.0), []);
    }

    #[test]
    fn a_rate_is_that_of_its_bin_or_a_mean() {
        assert_eq!(rate_at(&history(), 0, 7.0, None), Some(1.0));
        assert_eq!(rate_at(&history(), 0, 17.0, None), None);
        assert_eq!(rate_at(&history(), 0, 35.0, Some(100.0)), Some(14.0 / 5.0));
        assert_eq!(rate_at(&history(), 3, 7.0, None), None);
    }
}
