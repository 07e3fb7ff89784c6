//! Weights over the time of a run: the mean, the spread of all as bands, and single synapses.

use leptos::prelude::*;
use spikeground_core::stats::QUANTILES;

use super::axes;
use super::calm::CalmRange;
use super::format;
use super::frame::Frame;
use super::pen::Pen;
use super::scale::Scale;
use super::surface::Surface;
use super::table::{Table, as_written, named};

/// Width of the line of the mean, and of a synapse, in css px.
const MEAN_PX: f64 = 2.0;
const SYNAPSE_PX: f64 = 0.75;

/// The weights of a projection at moments of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// The moments, ms.
    pub times_ms: Vec<f64>,
    /// At each moment the mean, then each quantile, then each synapse that is followed.
    pub lines: Vec<Vec<f32>>,
    /// Numbers of the synapses that are followed.
    pub followed: Vec<u32>,
}

struct Scene {
    course: Course,
    unit: String,
    pointer: Option<(f64, f64)>,
}

/// The plot.
#[component]
pub fn CourseView(
    /// The weights.
    #[prop(into)]
    course: Signal<Course>,
    /// Their unit.
    #[prop(into)]
    unit: Signal<String>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || Scene { course: course.get(), unit: unit.get(), pointer: pointer.get() };
    let mut range = CalmRange::new(0.5);
    let paint = move |pen: &Pen, scene: &Scene| draw(pen, scene, &mut range);
    let data = |Scene { course, unit, .. }: &Scene| {
        let quantiles = QUANTILES.iter().map(|share| named(&format!("q{:02.0}", 100.0 * share), unit));
        let synapses = course.followed.iter().map(|synapse| named(&format!("synapse_{synapse}"), unit));
        let names = [named("mean", unit)].into_iter().chain(quantiles).chain(synapses);
        let lines = names.zip(&course.lines).map(|(name, line)| (name, line.iter().map(|&w| as_written(w)).collect()));
        Table::new([("time_ms".to_owned(), course.times_ms.clone())].into_iter().chain(lines))
    };
    view! { <Surface label scene paint data pointer /> }
}

fn draw(pen: &Pen, Scene { course, unit, pointer }: &Scene, range: &mut CalmRange) {
    let frame = Frame::of(pen.width, pen.height);
    let (Some(first), Some(last)) = (course.times_ms.first(), course.times_ms.last()) else { return };
    let ends = |(lo, hi): (f32, f32), &w: &f32| (lo.min(w), hi.max(w));
    let (lo, hi) = course.lines.iter().flatten().fold((f32::INFINITY, f32::NEG_INFINITY), ends);
    // A first moment alone gets a span too.
    let x = Scale::linear((*first, last.max(first + 1.0)), (frame.left, frame.right));
    let needed = range.update((f64::from(lo), f64::from(hi)), axes::n_y_ticks(&frame), pen.now_ms);
    let y = Scale::linear(needed, (frame.bottom, frame.top));
    axes::y(pen, &frame, &y, unit);
    let points = |line: &Vec<f32>| -> Vec<(f64, f64)> {
        course.times_ms.iter().zip(line).map(|(&t, &w)| (x.px_from_data(t), y.px_from_data(f64::from(w)))).collect()
    };
    let lines: Vec<_> = course.lines.iter().map(points).collect();
    let accent = pen.palette.accent;
    pen.clipped(frame.left, frame.top - 1.0, frame.right, frame.bottom + 1.0, || {
        for (below, above) in [(1, QUANTILES.len()), (2, QUANTILES.len() - 1)] {
            if let (Some(below), Some(above)) = (lines.get(below), lines.get(above)) {
                let corners: Vec<_> = below.iter().chain(above.iter().rev()).copied().collect();
                pen.polygon(&corners, &accent.css_alpha(0.14));
            }
        }
        for line in lines.iter().skip(1 + QUANTILES.len()) {
            pen.polyline(line, SYNAPSE_PX, &pen.palette.muted.css_alpha(0.45));
        }
        if let Some(mean) = lines.first() {
            pen.polyline(mean, MEAN_PX, &accent.css());
        }
    });
    let pointed = pointer.filter(|at| frame.contains(at.0, at.1)).and_then(|(px, _)| {
        let t_ms = x.data_from_px(px);
        let distance = |i: &usize| (course.times_ms[*i] - t_ms).abs();
        let i = (0..course.times_ms.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        let value = |line: usize| course.lines.get(line).map_or(f64::NAN, |line| f64::from(line[i]));
        let words = |line| format::significant(value(line), 3);
        let (mean, low, high) = (words(0), words(1), words(QUANTILES.len()));
        let at_px = x.px_from_data(course.times_ms[i]);
        axes::cursor(pen, &frame, at_px);
        pen.disc(at_px, y.px_from_data(value(0)), 3.0, &accent.css());
        let weight = format::with_unit(&format!("{mean} ({low} \u{2026} {high})"), unit);
        Some((at_px, format!("{}: {weight}", format::time(course.times_ms[i], 10.0))))
    });
    axes::time(pen, &frame, &x, pointed.as_ref());
}
