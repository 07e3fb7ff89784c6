//! A map of values over two quantities: a coloured cell for each pair.

use leptos::prelude::*;

use super::axes;
use super::format;
use super::frame::Frame;
use super::pen::{Align, Pen};
use super::surface::{Surface, Tap};
use super::table::{Table, named};

/// Room for one label of the x axis, in css px.
const X_LABEL_PX: f64 = 64.0;
/// Room for one label of the y axis, in css px.
const Y_LABEL_PX: f64 = 24.0;
/// Width of the colour scale and the room beside it, in css px.
const SCALE_PX: f64 = 10.0;
const SCALE_ROOM_PX: f64 = 64.0;
/// Pieces that the colour scale is drawn in.
const SCALE_PIECES: usize = 40;

/// The map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// The values of x and of y that the cells are at, and their units.
    pub axes: [(Vec<f64>, &'static str); 2],
    /// A value for each pair, x running fastest; `None` where there is none. Those at the end may be missing yet.
    pub cells: Vec<Option<f64>>,
    /// Unit of the values.
    pub unit: &'static str,
}

impl Heat {
    fn ends(&self) -> Option<(f64, f64)> {
        let values = self.cells.iter().flatten();
        let ends = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(*v), hi.max(*v)));
        (ends.0 <= ends.1).then_some(ends)
    }

    /// Column and row of the cell at a place.
    fn cell_at(&self, frame: &Frame, (x, y): (f64, f64)) -> Option<[usize; 2]> {
        let [columns, rows] = [0, 1].map(|axis| self.axes[axis].0.len());
        let column = ((x - frame.left) / frame.width() * columns as f64).floor();
        let row = ((frame.bottom - y) / frame.height() * rows as f64).floor();
        let inside = (0.0..columns as f64).contains(&column) && (0.0..rows as f64).contains(&row);
        inside.then_some([column as usize, row as usize])
    }

    fn value(&self, [column, row]: [usize; 2]) -> Option<f64> {
        self.cells.get(row * self.axes[0].0.len() + column).copied().flatten()
    }
}

/// The plot.
#[component]
pub fn HeatView(
    /// The map.
    #[prop(into)]
    heat: Signal<Heat>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// Told of a click or tap on a cell: the indices of its x and its y.
    on_pick: Callback<[usize; 2]>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let scene = move || (heat.get(), pointer.get());
    let paint = move |pen: &Pen, (heat, pointer): &(Heat, Option<(f64, f64)>)| draw(pen, heat, *pointer);
    let on_tap = Callback::new(move |Tap { at, frame }| {
        let frame = beside_scale(frame);
        if let Some(cell) = heat.with_untracked(|heat| heat.cell_at(&frame, at)) {
            on_pick.run(cell);
        }
    });
    let data = |(heat, _): &(Heat, Option<(f64, f64)>)| {
        let [(xs, x_unit), (ys, y_unit)] = &heat.axes;
        let names = [named("x", x_unit), named("y", y_unit), named("value", heat.unit)];
        let pairs = ys.iter().flat_map(|y| xs.iter().map(move |x| (*x, *y)));
        let row = |(i, (x, y)): (usize, (f64, f64))| [x, y, heat.cells.get(i).copied().flatten().unwrap_or(f64::NAN)];
        Table::of_rows([&*names[0], &*names[1], &*names[2]], pairs.enumerate().map(row))
    };
    view! { <Surface label scene paint data pointer on_tap /> }
}

fn beside_scale(frame: Frame) -> Frame {
    Frame { right: (frame.right - SCALE_ROOM_PX).max(frame.left), ..frame }
}

fn draw(pen: &Pen, heat: &Heat, pointer: Option<(f64, f64)>) {
    let frame = beside_scale(Frame::of(pen.width, pen.height));
    let [(xs, x_unit), (ys, y_unit)] = &heat.axes;
    if xs.is_empty() || ys.is_empty() {
        return;
    }
    let muted = pen.palette.muted.css();
    let (width, height) = (frame.width() / xs.len() as f64, frame.height() / ys.len() as f64);
    let ends = heat.ends();
    let colour = |value: f64| {
        let (lo, hi) = ends.unwrap_or((0.0, 1.0));
        pen.palette.sequential(if hi > lo { (value - lo) / (hi - lo) } else { 0.5 }).css()
    };
    for (i, value) in heat.cells.iter().enumerate() {
        let (column, row) = ((i % xs.len()) as f64, (i / xs.len()) as f64);
        let (x, y) = (frame.left + column * width, frame.bottom - (row + 1.0) * height);
        match value {
            // Half a pixel more, so that no seam shows between cells.
            Some(value) => pen.fill(x, y, width + 0.5, height + 0.5, &colour(*value)),
            None => pen.hatch(&[(x, x + width)], y, y + height, 0.0),
        }
    }
    let every = |n: usize, room: f64, px: f64| ((n as f64 * px / room).ceil() as usize).max(1);
    for (i, value) in xs.iter().enumerate().step_by(every(xs.len(), frame.width(), X_LABEL_PX)) {
        let px = frame.left + (i as f64 + 0.5) * width;
        pen.vertical(px, frame.bottom, frame.bottom + 4.0, &pen.grid_css());
        let text = format::with_unit(&format::significant(*value, 3), x_unit);
        pen.text(&text, px, frame.bottom + 15.0, Align::Middle, &muted);
    }
    for (i, value) in ys.iter().enumerate().step_by(every(ys.len(), frame.height(), Y_LABEL_PX)) {
        let text = format::with_unit(&format::significant(*value, 3), y_unit);
        axes::y_label(pen, &frame, frame.bottom - (i as f64 + 0.5) * height, &text);
    }
    if let Some((lo, hi)) = ends {
        let left = frame.right + 10.0;
        let piece = frame.height() / SCALE_PIECES as f64;
        // Values that are all the same have one colour.
        let pieces = if lo < hi { 0..SCALE_PIECES } else { 0..0 };
        for i in pieces {
            let share = (i as f64 + 0.5) / SCALE_PIECES as f64;
            let y = frame.bottom - (i + 1) as f64 * piece;
            pen.fill(left, y, SCALE_PX, piece + 0.5, &pen.palette.sequential(share).css());
        }
        if lo == hi {
            pen.fill(left, frame.top, SCALE_PX, SCALE_PX, &colour(lo));
        }
        let labels = [(hi, frame.top + 5.0), (lo, frame.bottom - 5.0)];
        for (value, y) in labels.into_iter().take(if lo < hi { 2 } else { 1 }) {
            pen.text(&format::significant(value, 3), left + SCALE_PX + 5.0, y, Align::Start, &muted);
        }
        pen.text(heat.unit, left + SCALE_PX + 5.0, f64::midpoint(frame.top, frame.bottom), Align::Start, &muted);
    }
    if let Some(cell) = pointer.and_then(|at| heat.cell_at(&frame, at)) {
        let [column, row] = cell.map(|i| i as f64);
        let (x, y) = (frame.left + column * width, frame.bottom - (row + 1.0) * height);
        let ink = pen.palette.ink.css();
        [y, y + height].iter().for_each(|y| pen.horizontal(*y, x, x + width, &ink));
        [x, x + width].iter().for_each(|x| pen.vertical(*x, y, y + height, &ink));
        let value = heat.value(cell).map_or("–".to_owned(), |v| format::significant(v, 3));
        let [a, b] = [0, 1].map(|axis| {
            let (values, unit) = &heat.axes[axis];
            format::with_unit(&format::significant(values[cell[axis]], 3), unit)
        });
        let text = format!("{a}, {b}: {}", format::with_unit(&value, heat.unit));
        let span = pen.chip_span(&text, x + 0.5 * width, (2.0, pen.width - 2.0));
        pen.chip(&text, span, frame.bottom + 13.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_belongs_to_one_cell() {
        let heat = Heat {
            axes: [(vec![1.0, 2.0, 3.0], "pA"), (vec![1.0, 2.0], "ms")],
            cells: vec![Some(1.0), None, Some(3.0), Some(-4.0)],
            unit: "Hz",
        };
        let frame = Frame { left: 10.0, right: 40.0, top: 0.0, bottom: 20.0 };
        assert_eq!(heat.cell_at(&frame, (10.0, 19.9)), Some([0, 0]));
        assert_eq!(heat.cell_at(&frame, (39.9, 0.1)), Some([2, 1]));
        assert_eq!(heat.cell_at(&frame, (40.0, 5.0)), None);
        assert_eq!(heat.cell_at(&frame, (5.0, 5.0)), None);
        assert_eq!([[0, 0], [1, 0], [0, 1], [2, 1]].map(|cell| heat.value(cell)), [Some(1.0), None, Some(-4.0), None]);
        assert_eq!(heat.ends(), Some((-4.0, 3.0)));
    }
}
