//! A histogram, as of intervals between spikes.

use leptos::prelude::*;

use super::axes;
use super::calm::CalmRange;
use super::format;
use super::frame::Frame;
use super::pen::{Align, Pen};
use super::scale::{Scale, Spread};
use super::surface::Surface;
use super::table::{Table, named};

/// Room for one label of the x axis, in css px.
const X_LABEL_PX: f64 = 80.0;

/// Counts between edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bins {
    /// Edges of the bins, ascending, one more than there are counts.
    pub edges: Vec<f64>,
    /// What fell into each bin.
    pub counts: Vec<f64>,
}

impl Bins {
    /// Bins of equal width.
    pub fn even(first: f64, width: f64, counts: Vec<f64>) -> Self {
        Self { edges: (0..=counts.len()).map(|i| first + width * i as f64).collect(), counts }
    }

    /// The bin that a value falls into.
    pub fn bin_at(&self, value: f64) -> Option<usize> {
        let i = self.edges.partition_point(|&edge| edge <= value).checked_sub(1)?;
        (i < self.counts.len()).then_some(i)
    }

    fn range(&self) -> Option<(f64, f64)> {
        let (first, last) = (*self.edges.first()?, *self.edges.last()?);
        (first < last && self.edges.len() > self.counts.len()).then_some((first, last))
    }
}

struct Scene {
    bins: Bins,
    unit: String,
    spread: Spread,
    pointer: Option<(f64, f64)>,
}

/// Bars from zero up.
#[component]
pub fn HistogramView(
    /// The bins.
    #[prop(into)]
    bins: Signal<Bins>,
    /// The unit of the edges.
    #[prop(into)]
    unit: Signal<String>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// How the x axis is spread; logarithmic needs positive edges.
    #[prop(into, default = Signal::stored(Spread::Linear))]
    spread: Signal<Spread>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || Scene { bins: bins.get(), unit: unit.get(), spread: spread.get(), pointer: pointer.get() };
    let mut range = CalmRange::new(1.0);
    let paint = move |pen: &Pen, scene: &Scene| draw(pen, scene, &mut range);
    let data = |scene: &Scene| {
        let rows = scene.bins.edges.windows(2).zip(&scene.bins.counts);
        let names = ["from", "to"].map(|name| named(name, &scene.unit));
        Table::of_rows([&*names[0], &*names[1], "count"], rows.map(|(edges, &count)| [edges[0], edges[1], count]))
    };
    view! { <Surface label scene paint data pointer /> }
}

fn draw(pen: &Pen, scene: &Scene, range: &mut CalmRange) {
    let frame = Frame::of(pen.width, pen.height);
    let Some(ends) = scene.bins.range() else {
        return;
    };
    let x = Scale::new(scene.spread, ends, (frame.left, frame.right));
    let highest = scene.bins.counts.iter().copied().fold(1.0, f64::max);
    let n_ticks = axes::n_y_ticks(&frame).min(4);
    let y = Scale::linear(range.update((0.0, highest), n_ticks, pen.now_ms), (frame.bottom, frame.top));
    axes::y(pen, &frame, &y, "");
    for value in x.ticks((frame.width() / X_LABEL_PX).floor().max(1.0) as usize) {
        let px = x.px_from_data(value);
        pen.vertical(px, frame.bottom, frame.bottom + 4.0, &pen.grid_css());
        let text = format::with_unit(&format::significant(value, 4), &scene.unit);
        let half = 0.5 * pen.text_width(&text);
        pen.text(&text, px.min(pen.width - half - 2.0), frame.bottom + 15.0, Align::Middle, &pen.palette.muted.css());
    }
    let pointed = scene.pointer.filter(|at| frame.contains(at.0, at.1));
    let pointed = pointed.and_then(|at| scene.bins.bin_at(x.data_from_px(at.0)));
    let (plain, lit) = (pen.palette.accent.css_alpha(0.75), pen.palette.accent.css());
    for (i, (edges, &count)) in scene.bins.edges.windows(2).zip(&scene.bins.counts).enumerate() {
        let (x0, x1, top) = (x.px_from_data(edges[0]), x.px_from_data(edges[1]), y.px_from_data(count));
        // A px of ground between bars, where they are wide enough to spare it.
        let space = if x1 - x0 > 4.0 { 1.0 } else { 0.0 };
        pen.fill(x0, top, x1 - x0 - space, frame.bottom - top, if pointed == Some(i) { &lit } else { &plain });
    }
    if let Some(i) = pointed {
        let [from, to] = [scene.bins.edges[i], scene.bins.edges[i + 1]].map(|edge| format::significant(edge, 4));
        let interval = format::with_unit(&format!("{from}\u{2013}{to}"), &scene.unit);
        let text = format!("{interval}: {}", format::significant(scene.bins.counts[i], 6));
        let middle = 0.5 * (x.px_from_data(scene.bins.edges[i]) + x.px_from_data(scene.bins.edges[i + 1]));
        let span = pen.chip_span(&text, middle, (2.0, pen.width - 2.0));
        pen.chip(&text, span, frame.bottom + 13.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_find_their_bin() {
        let bins = Bins::even(0.0, 2.0, vec![1.0, 2.0, 3.0]);
        assert_eq!(bins.edges, [0.0, 2.0, 4.0, 6.0]);
        for (value, bin) in [(-0.1, None), (0.0, Some(0)), (1.99, Some(0)), (2.0, Some(1)), (5.9, Some(2)), (6.0, None)]
        {
            assert_eq!(bins.bin_at(value), bin, "{value}");
        }
    }

    #[test]
    fn no_bins_no_range() {
        assert_eq!(Bins::default().range(), None);
        assert_eq!(Bins::even(0.0, 0.0, vec![1.0]).range(), None);
        assert_eq!(Bins::even(1.0, 1.0, vec![1.0]).range(), Some((1.0, 2.0)));
    }
}
