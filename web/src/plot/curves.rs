//! Lines over any axis but time: spectra, correlograms, tuning curves. Straight from a signal, drawn anew when it changes.

use leptos::prelude::*;

use super::axes;
use super::band::{Band, colours};
use super::calm::CalmRange;
use super::format;
use super::frame::Frame;
use super::pen::{Align, Pen};
use super::scale::{Scale, Spread};
use super::surface::Surface;
use super::table::{Table, named};

/// Width of a line, in css px.
const LINE_PX: f64 = 1.5;
/// Room for one label of the x axis, in css px.
const X_LABEL_PX: f64 = 80.0;
/// Most decades below the highest value that a logarithmic y axis shows: what is lower is noise.
const DECADES: f64 = 4.0;

/// Lines in the colours of populations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// The populations, for names and colours; one a line.
    pub bands: Vec<Band>,
    /// Points of each line, x rising, at the same x as those of the others; a line may be empty.
    pub lines: Vec<Vec<(f64, f64)>>,
    /// A point to stand out, with its line's colour: index of the line and place.
    pub mark: Option<(usize, (f64, f64))>,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Its unit.
    pub unit: &'static str,
    /// How data is spread over it. A logarithmic axis shows what is positive.
    pub spread: Spread,
}

impl Axis {
    /// Equal steps are equally far apart.
    pub const fn linear(unit: &'static str) -> Axis {
        Axis { unit, spread: Spread::Linear }
    }
}

struct Scene {
    curves: Curves,
    axes: [Axis; 2],
    pointer: Option<(f64, f64)>,
}

/// The plot. A linear y axis includes zero.
#[component]
pub fn CurvesView(
    /// The lines.
    #[prop(into)]
    curves: Signal<Curves>,
    /// The axes of x and y.
    #[prop(into)]
    axes: Signal<[Axis; 2]>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || Scene { curves: curves.get(), axes: axes.get(), pointer: pointer.get() };
    let mut range = CalmRange::new(1.0);
    let paint = move |pen: &Pen, scene: &Scene| draw(pen, scene, &mut range);
    let data = |scene: &Scene| {
        let lines = || scene.curves.lines.iter().zip(&scene.curves.bands).filter(|(line, _)| !line.is_empty());
        let xs = lines().next().map(|(line, _)| line.iter().map(|p| p.0).collect()).unwrap_or_default();
        let [x, y] = &scene.axes;
        let column =
            |(line, band): (&Vec<(f64, f64)>, &Band)| (named(&band.name, y.unit), line.iter().map(|p| p.1).collect());
        Table::new([(named("x", x.unit), xs)].into_iter().chain(lines().map(column)))
    };
    view! { <Surface label scene paint data pointer /> }
}

fn draw(pen: &Pen, scene: &Scene, range: &mut CalmRange) {
    let Scene { curves, axes: [x_axis, y_axis], pointer } = scene;
    let frame = Frame::of(pen.width, pen.height);
    let shown = |&(x, y): &(f64, f64)| {
        y.is_finite() && (x_axis.spread == Spread::Linear || x > 0.0) && (y_axis.spread == Spread::Linear || y > 0.0)
    };
    let points = || curves.lines.iter().flatten().copied().chain(curves.mark.map(|(_, at)| at)).filter(shown);
    let (Some(xs), Some((lowest, highest))) = (ends(points().map(|p| p.0)), ends(points().map(|p| p.1))) else {
        return;
    };
    let x = Scale::new(x_axis.spread, xs, (frame.left, frame.right));
    let ys = match y_axis.spread {
        Spread::Linear => range.update((lowest.min(0.0), highest.max(0.0)), axes::n_y_ticks(&frame).min(4), pen.now_ms),
        Spread::Log10 => decades(lowest, highest),
    };
    let y = Scale::new(y_axis.spread, ys, (frame.bottom, frame.top));
    match y_axis.spread {
        Spread::Linear => axes::y(pen, &frame, &y, y_axis.unit),
        Spread::Log10 => {
            for value in y.ticks(axes::n_y_ticks(&frame)) {
                pen.horizontal(y.px_from_data(value), frame.left, frame.right, &pen.grid_css());
                let text = format::with_unit(&format::power_of_ten(value), y_axis.unit);
                axes::y_label(pen, &frame, y.px_from_data(value), &text);
            }
        }
    }
    for value in x.ticks((frame.width() / X_LABEL_PX).floor().max(1.0) as usize) {
        let px = x.px_from_data(value);
        pen.vertical(px, frame.bottom, frame.bottom + 4.0, &pen.grid_css());
        let text = format::with_unit(&format::significant(value, 4), x_axis.unit);
        let half = 0.5 * pen.text_width(&text);
        pen.text(&text, px.min(pen.width - half - 2.0), frame.bottom + 15.0, Align::Middle, &pen.palette.muted.css());
    }
    let colours = colours(&curves.bands, pen.palette);
    pen.clipped(frame.left, frame.top - 1.0, frame.right, frame.bottom + 1.0, || {
        for (line, colour) in curves.lines.iter().zip(&colours) {
            let place = |p: &(f64, f64)| {
                let height = if shown(p) { y.px_from_data(p.1) } else { f64::NAN };
                (x.px_from_data(p.0), height)
            };
            pen.polyline(&line.iter().map(place).collect::<Vec<_>>(), LINE_PX, &colour.css());
        }
    });
    if let Some((line, at)) = curves.mark.filter(|(line, at)| *line < colours.len() && shown(at)) {
        let (px, py) = (x.px_from_data(at.0), y.px_from_data(at.1));
        pen.dashed_down(px, frame.top, frame.bottom, &pen.palette.muted.css());
        pen.disc(px, py, 4.5, &pen.palette.panel.css());
        pen.disc(px, py, 3.5, &colours[line].css());
    }
    if let Some((px, _)) = pointer.filter(|at| frame.contains(at.0, at.1)) {
        read(pen, curves, &frame, [&x, &y], [x_axis, y_axis], px);
    }
}

/// Names the values of all lines at the point nearest to the pointer.
fn read(pen: &Pen, curves: &Curves, frame: &Frame, [x, y]: [&Scale; 2], [x_axis, y_axis]: [&Axis; 2], px: f64) {
    let Some(first) = curves.lines.iter().find(|line| !line.is_empty()) else { return };
    let Some(at) = nearest(first, |p| (x.px_from_data(p.0) - px).abs()).map(|i| first[i].0) else { return };
    let px = x.px_from_data(at);
    axes::cursor(pen, frame, px);
    let mut text = format!("{}:", format::with_unit(&format::significant(at, 4), x_axis.unit));
    let colours = colours(&curves.bands, pen.palette);
    for ((line, band), colour) in curves.lines.iter().zip(&curves.bands).zip(colours) {
        if let Some((_, value)) = nearest(line, |p| (p.0 - at).abs()).map(|i| line[i]).filter(|p| p.1.is_finite()) {
            pen.disc(px, y.px_from_data(value).clamp(frame.top, frame.bottom), 3.0, &colour.css());
            let value = format::with_unit(&format::significant(value, 3), y_axis.unit);
            text.push_str(&format!(" {} {value}", band.name));
        }
    }
    let span = pen.chip_span(&text, px, (2.0, pen.width - 2.0));
    pen.chip(&text, span, frame.bottom + 13.0);
}

/// Index of the point with the least distance.
fn nearest(line: &[(f64, f64)], distance: impl Fn(&(f64, f64)) -> f64) -> Option<usize> {
    (0..line.len()).min_by(|&a, &b| distance(&line[a]).total_cmp(&distance(&line[b])))
}

fn ends(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (lo, hi) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)));
    (lo <= hi).then_some((lo, hi))
}

/// Whole decades around positive values, but no more than are worth showing.
fn decades(lowest: f64, highest: f64) -> (f64, f64) {
    let top = highest.log10().ceil();
    let bottom = lowest.log10().floor().max(top - DECADES).min(top - 1.0);
    (10f64.powf(bottom), 10f64.powf(top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_are_whole_and_few() {
        assert_eq!(decades(0.3, 40.0), (0.1, 100.0));
        assert_eq!(decades(1e-9, 40.0), (1e-2, 100.0));
        assert_eq!(decades(1.0, 1.0), (0.1, 1.0));
    }

    #[test]
    fn the_nearest_point_is_found() {
        let line = [(0.0, 1.0), (2.0, 5.0), (4.0, 2.0)];
        assert_eq!(nearest(&line, |p| (p.0 - 2.9).abs()), Some(1));
        assert_eq!(nearest(&[], |p| p.0), None);
    }
}
