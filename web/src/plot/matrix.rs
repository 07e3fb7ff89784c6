//! A matrix as an image: sources to the right, targets upward, the mean weight as a colour.

use leptos::prelude::*;

use super::axes;
use super::format;
use super::frame::Frame;
use super::ink::Pixels;
use super::pen::{Align, Pen};
use super::scale::Scale;
use super::surface::Surface;
use super::table::{Table, as_written, named};

/// Room at the right for the colours and what they mean, in css px.
const KEY_PX: f64 = 72.0;
/// Width of the bar of colours, in css px.
const BAR_PX: f64 = 10.0;
/// Room for one label of the x axis, in css px.
const X_LABEL_PX: f64 = 60.0;

/// Mean weights between groups of sources and of targets; see `spikeground_core::stats::WeightMatrix`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// Number of sources, and of targets.
    pub neurons: [usize; 2],
    /// Number of bins of each.
    pub bins: [usize; 2],
    /// Synapses in each bin, all of a bin of sources side by side.
    pub counts: Vec<u32>,
    /// Mean weights; not a number where there is no synapse.
    pub means: Vec<f32>,
}

impl Matrix {
    /// First neuron of a bin of sources (axis 0) or targets (axis 1).
    fn first(&self, axis: usize, bin: usize) -> usize {
        (bin * self.neurons[axis]).div_ceil(self.bins[axis].max(1))
    }

    fn ends(&self) -> (f64, f64) {
        let means = self.means.iter().filter(|w| w.is_finite());
        let (lo, hi) = means.fold((f32::INFINITY, f32::NEG_INFINITY), |(lo, hi), &w| (lo.min(w), hi.max(w)));
        (f64::from(lo), f64::from(hi))
    }
}

/// The words that a reading needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatrixWords {
    /// What sends.
    pub source: &'static str,
    /// What receives.
    pub target: &'static str,
    /// What is between them.
    pub synapses: &'static str,
}

struct Scene {
    matrix: Matrix,
    unit: String,
    words: MatrixWords,
    pointer: Option<(f64, f64)>,
}

/// The image.
#[component]
pub fn MatrixView(
    /// The matrix.
    #[prop(into)]
    matrix: Signal<Matrix>,
    /// The unit of the weights.
    #[prop(into)]
    unit: Signal<String>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// The words of a reading.
    #[prop(into)]
    words: Signal<MatrixWords>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || Scene { matrix: matrix.get(), unit: unit.get(), words: words.get(), pointer: pointer.get() };
    let mut pixels = Vec::new();
    let paint = move |pen: &Pen, scene: &Scene| draw(pen, scene, &mut pixels);
    let data = |Scene { matrix, unit, .. }: &Scene| {
        let row = |(i, (&n, &mean)): (usize, (&u32, &f32))| {
            let [source, target] = [i / matrix.bins[1], i % matrix.bins[1]];
            [matrix.first(0, source) as f64, matrix.first(1, target) as f64, f64::from(n), as_written(mean)]
        };
        let rows = matrix.counts.iter().zip(&matrix.means).enumerate().map(row);
        Table::of_rows(["from_source", "from_target", "synapses", &named("mean_weight", unit)], rows)
    };
    view! { <Surface label scene paint data pointer /> }
}

fn draw(pen: &Pen, scene: &Scene, pixels: &mut Vec<u8>) {
    let Scene { matrix, unit, words, pointer } = scene;
    let [columns, rows] = matrix.bins;
    if columns == 0 || rows == 0 {
        return;
    }
    let mut frame = Frame::of(pen.width, pen.height);
    frame.right = (frame.right - KEY_PX).max(frame.left);
    let (lo, hi) = matrix.ends();
    let share = |mean: f64| if hi > lo { (mean - lo) / (hi - lo) } else { 0.5 };
    let dpr = pen.dpr;
    let [left, right, top, bottom] = [frame.left, frame.right, frame.top, frame.bottom].map(|at| (at * dpr).round());
    let (width, height) = ((right - left) as usize, (bottom - top) as usize);
    if width == 0 || height == 0 {
        return;
    }
    if pen.ink.is_vector() {
        let (w, h) = (frame.width() / columns as f64, frame.height() / rows as f64);
        for (i, &mean) in matrix.means.iter().enumerate().filter(|(_, mean)| mean.is_finite()) {
            let (x, y) = (frame.left + (i / rows) as f64 * w, frame.bottom - (i % rows + 1) as f64 * h);
            pen.fill(x, y, w, h, &pen.palette.sequential(share(f64::from(mean))).css());
        }
    } else {
        let colours: Vec<[u8; 4]> = matrix
            .means
            .iter()
            .map(|&mean| {
                let [r, g, b] =
                    if mean.is_finite() { pen.palette.sequential(share(f64::from(mean))) } else { pen.palette.panel }.0;
                [r, g, b, 255]
            })
            .collect();
        pixels.clear();
        for y in 0..height {
            let row = (height - 1 - y) * rows / height;
            pixels.extend((0..width).flat_map(|x| colours[x * columns / width * rows + row]));
        }
        pen.image(Pixels { bytes: pixels, width: width as u32 }, left, top);
    }
    let x = Scale::linear((0.0, matrix.neurons[0] as f64), (frame.left, frame.right));
    let y = Scale::linear((0.0, matrix.neurons[1] as f64), (frame.bottom, frame.top));
    let muted = pen.palette.muted.css();
    for tick in y.ticks(axes::n_y_ticks(&frame)).into_iter().filter(|tick| tick.fract() == 0.0) {
        axes::y_label(pen, &frame, y.px_from_data(tick), &format::fixed(tick, 0));
    }
    for (x, y) in [(frame.left, frame.top), (frame.right, frame.bottom)] {
        pen.horizontal(y, frame.left, frame.right, &pen.grid_css());
        pen.vertical(x, frame.top, frame.bottom, &pen.grid_css());
    }
    let pointed = pointer.filter(|at| frame.contains(at.0, at.1)).map(|(px, py)| {
        let neuron = |value: f64, axis: usize| (value.max(0.0) as usize).min(matrix.neurons[axis] - 1);
        let [source, target] = [neuron(x.data_from_px(px), 0), neuron(y.data_from_px(py), 1)];
        let [column, row] = [source * columns / matrix.neurons[0], target * rows / matrix.neurons[1]];
        let members = |axis: usize, bin: usize| {
            let (first, next) = (matrix.first(axis, bin), matrix.first(axis, bin + 1));
            if next > first + 1 { format!("{first}\u{2013}{}", next - 1) } else { first.to_string() }
        };
        let (n, mean) = (matrix.counts[column * rows + row], matrix.means[column * rows + row]);
        let mean = format::with_unit(&format::significant(f64::from(mean), 3), unit);
        let (from, to) = (members(0, column), members(1, row));
        (px, format!("{} {from}, {} {to}: {mean} ({n} {})", words.source, words.target, words.synapses))
    });
    match pointed {
        Some((px, text)) => pen.chip(&text, pen.chip_span(&text, px, (2.0, pen.width - 2.0)), frame.bottom + 13.0),
        None => {
            for tick in x.ticks((frame.width() / X_LABEL_PX).floor().max(1.0) as usize) {
                let px = x.px_from_data(tick);
                pen.text(&format::fixed(tick, 0), px, frame.bottom + 15.0, Align::Middle, &muted);
            }
        }
    }
    if lo <= hi {
        key(pen, &frame, (lo, hi), unit);
    }
}

/// The bar of colours, with what its ends mean.
fn key(pen: &Pen, frame: &Frame, (lo, hi): (f64, f64), unit: &str) {
    let (left, steps) = (frame.right + 10.0, 32);
    let label = |value: f64, y: f64| {
        let text = format::with_unit(&format::significant(value, 3), unit);
        pen.text(&text, left + BAR_PX + 4.0, y, Align::Start, &pen.palette.muted.css());
    };
    if lo == hi {
        pen.fill(left, frame.top, BAR_PX, BAR_PX, &pen.palette.sequential(0.5).css());
        return label(lo, frame.top + 0.5 * BAR_PX);
    }
    let height = frame.height() / f64::from(steps);
    for i in 0..steps {
        let share = (f64::from(i) + 0.5) / f64::from(steps);
        let y = frame.bottom - f64::from(i + 1) * height;
        pen.fill(left, y, BAR_PX, height + 0.5, &pen.palette.sequential(share).css());
    }
    label(hi, frame.top + 5.0);
    label(lo, frame.bottom - 5.0);
}
