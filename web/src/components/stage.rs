//! The stage of the page: the views that the visitor has chosen, in rows.

use leptos::prelude::*;
use spikeground_core::{spec::NetworkSpec, synapse};

use super::{
    messages::{Messages, WiringProgress},
    panel::Enlarged,
    views::{First, Row, VIEWS, View},
};
use crate::state::{player::Player, prefs};

/// The names of the views that are shown, in their order; provided as a context by the page.
#[derive(Clone, Copy)]
pub struct Shown(pub RwSignal<Vec<&'static str>>);

impl Shown {
    /// Those that the visitor chose last, or the first ones of the network at hand.
    pub fn recalled(player: Player) -> Shown {
        let is_plastic = Memo::new(move |_| player.spec.with(is_plastic));
        let first = move |view: &View| match view.first {
            First::Always => true,
            First::WhenPlastic => is_plastic.get(),
            First::Never => false,
        };
        let shown = RwSignal::new(Vec::new());
        Effect::new(move |_| {
            let now = match prefs::chosen_views() {
                Some(chosen) => names(|view| chosen.iter().any(|name| name == view.name)),
                None => names(first),
            };
            shown.set(now);
        });
        Shown(shown)
    }

    /// Shows a view, or hides it, and remembers that.
    pub fn set(self, name: &str, is_shown: bool) {
        let now = self.0.get_untracked();
        let next = names(|view| if view.name == name { is_shown } else { now.contains(&view.name) });
        prefs::keep_views(&next);
        self.0.set(next);
    }
}

fn is_plastic(spec: &NetworkSpec) -> bool {
    let mut synapses = spec.projections.iter().filter_map(|p| synapse::find(&p.synapse));
    synapses.any(|model| model.plastic().is_some())
}

fn names(is_shown: impl Fn(&View) -> bool) -> Vec<&'static str> {
    VIEWS.iter().filter(|view| is_shown(view)).map(|view| view.name).collect()
}

/// The stage.
#[component]
pub fn Stage() -> impl IntoView {
    let Shown(shown) = expect_context();
    let enlarged = Enlarged(RwSignal::new(None));
    provide_context(enlarged);
    // What is hidden fills the stage no longer.
    Effect::new(move |_| {
        let names = shown.get();
        enlarged.0.update(|name| *name = name.filter(|name| names.contains(name)));
    });
    let rows = Memo::new(move |_| shown.with(|names| rows(names)));
    let views = move || -> Vec<&'static View> {
        shown.with(|names| VIEWS.iter().filter(|view| names.contains(&view.name)).collect())
    };
    view! {
        <div
            class="stage"
            id="stage"
            tabindex="-1"
            style:grid-template-areas=move || rows.with(|rows| areas(rows))
            style:grid-template-rows=move || rows.with(|rows| heights(rows))
        >
            <Messages />
            <WiringProgress />
            <For each=views key=|view| view.name children=|view| (view.panel)() />
        </div>
    }
}

/// Columns of the grid: they can be shared evenly by up to four views.
const COLUMNS: usize = 12;
/// Most views of a row below.
const MOST_IN_ROW: usize = 3;

/// Views that stand side by side.
type Views = (Row, Vec<&'static str>);

/// The rows of the stage, from above. Those below share their rows evenly.
fn rows(shown: &[&'static str]) -> Vec<Views> {
    let of = |row| VIEWS.iter().filter(move |view| view.row == row && shown.contains(&view.name)).map(|view| view.name);
    let mut rows = vec![(Row::Top, of(Row::Top).collect()), (Row::Middle, of(Row::Middle).collect())];
    let mut below: Vec<_> = of(Row::Bottom).collect();
    while !below.is_empty() {
        let n_rows = below.len().div_ceil(MOST_IN_ROW);
        let rest = below.split_off(below.len().div_ceil(n_rows));
        rows.push((Row::Bottom, std::mem::replace(&mut below, rest)));
    }
    rows.retain(|(_, names)| !names.is_empty());
    rows
}

/// The areas of the grid. What has the finer detail, or more to say above it, is the wider.
fn areas(rows: &[Views]) -> String {
    let areas = |(row, names): &Views| {
        let widths: &[usize] = match (row, names.len()) {
            (_, 2) => &[5, 7],
            (Row::Top, 3) => &[3, 5, 4],
            _ => &[],
        };
        let width = |i: usize| widths.get(i).copied().unwrap_or(COLUMNS / names.len());
        let cells = names.iter().enumerate().flat_map(|(i, name)| std::iter::repeat_n(*name, width(i)));
        format!("\"{}\"", cells.collect::<Vec<_>>().join(" "))
    };
    rows.iter().map(areas).collect::<Vec<_>>().join(" ")
}

/// The heights of the rows: shares of what there is, but never too low to be read.
fn heights(rows: &[Views]) -> String {
    let height = |(row, _): &Views| match row {
        Row::Top => "minmax(120px, 24fr)",
        Row::Middle => "minmax(160px, 52fr)",
        Row::Bottom => "minmax(130px, 22fr)",
    };
    rows.iter().map(height).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_fills_the_grid_whatever_is_chosen() {
        for choice in 0..1u32 << VIEWS.len() {
            let shown: Vec<_> =
                VIEWS.iter().enumerate().filter(|(i, _)| choice >> i & 1 == 1).map(|(_, v)| v.name).collect();
            let rows = rows(&shown);
            assert_eq!(rows.iter().map(|(_, names)| names.len()).sum::<usize>(), shown.len());
            for row in areas(&rows).split('"').filter(|row| !row.trim().is_empty()) {
                assert_eq!(row.split(' ').count(), COLUMNS, "{row}");
            }
        }
    }

    #[test]
    fn views_below_share_their_rows() {
        let rows = rows(&["raster", "rate", "interval", "measures", "spectrum"]);
        let lengths: Vec<_> = rows.iter().map(|(row, names)| (*row, names.len())).collect();
        assert_eq!(lengths, [(Row::Middle, 1), (Row::Bottom, 2), (Row::Bottom, 2)]);
    }
}
