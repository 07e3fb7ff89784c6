//! The stage of the page: the views that the visitor has chosen, arranged, with borders to be moved.

use leptos::{ev, prelude::*};
use spikeground_core::{space::Layout, spec::NetworkSpec};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    arrangement::{Arrangement, Border, COLUMNS},
    messages::{Messages, WiringProgress},
    panel::Enlarged,
    panel_title::Aimed,
    views::{First, VIEWS, View},
};
use crate::{
    i18n::{fill, t},
    state::{desk::Views, player::Player, prefs, view},
};

/// By how much, in shares, an arrow key moves a border.
const KEY_SHARES: f64 = 4.0;

/// The views that are shown and where; provided as a context by the page.
#[derive(Clone, Copy)]
pub struct Shown {
    /// How they stand.
    pub arrangement: RwSignal<Arrangement>,
    /// Whether it is the visitor's own, to be remembered.
    is_kept: bool,
}

impl Shown {
    /// Those that the visitor chose last, or the first ones of the network at hand.
    pub fn recalled(player: Player) -> Shown {
        let shown = Shown { arrangement: RwSignal::default(), is_kept: true };
        let first = Memo::new(move |_| player.spec.with(first_views));
        Effect::new(move |_| {
            let first = first.get();
            shown.arrangement.set(prefs::arrangement().map_or(first, |text| Arrangement::from_text(&text)));
        });
        shown
    }

    /// Those of a lesson, which leave the visitor's own as they are.
    pub fn of_lesson(views: &[&'static str]) -> Shown {
        Shown { arrangement: RwSignal::new(Arrangement::of(views)), is_kept: false }
    }

    /// The arrangement as a project keeps it: the words of its text, if it is not the page's own.
    pub fn of_project(self, player: Player) -> Views {
        let shown = self.arrangement;
        let first = Memo::new(move |_| player.spec.with(first_views));
        let words = |text: String| text.split_whitespace().map(str::to_owned).collect();
        Views {
            chosen: Signal::derive(move || {
                (shown.get() != first.get()).then(|| words(shown.with(Arrangement::to_text)))
            }),
            show: Callback::new(move |words: Vec<String>| shown.set(Arrangement::from_text(&words.join(" ")))),
        }
    }

    /// Shows a view, or hides it.
    pub fn set(self, name: &str, is_shown: bool) {
        self.change(|stage| stage.set(name, is_shown));
    }

    /// Changes the arrangement, and remembers it.
    pub fn change(self, change: impl FnOnce(&mut Arrangement)) {
        self.arrangement.update(change);
        self.keep();
    }

    /// Back to what the page shows by itself.
    pub fn reset(self, player: Player) {
        prefs::keep_arrangement(None);
        self.arrangement.set(player.spec.with_untracked(first_views));
    }

    fn keep(self) {
        if self.is_kept {
            prefs::keep_arrangement(Some(&self.arrangement.with_untracked(Arrangement::to_text)));
        }
    }
}

/// What the page shows of a network to a visitor who has not chosen.
fn first_views(spec: &NetworkSpec) -> Arrangement {
    let learns = spec.projections.iter().any(view::learns);
    // Neurons in a row are seen in the raster already.
    let is_sheet = |layout: &Layout| layout.grid.is_none_or(|grid| grid[0] > 1 && grid[1] > 1);
    let stands = spec.populations.iter().any(|p| p.positions.as_ref().is_some_and(is_sheet));
    let is_first = |view: &&View| match view.first {
        First::Always => true,
        First::WhenPlastic => learns,
        First::WhenSpatial => stands,
        First::Never => false,
    };
    Arrangement::of(&VIEWS.iter().filter(is_first).map(|view| view.name).collect::<Vec<_>>())
}

/// The stage.
#[component]
pub fn Stage() -> impl IntoView {
    let Shown { arrangement: shown, .. } = expect_context();
    let enlarged = Enlarged(RwSignal::new(None));
    provide_context(enlarged);
    provide_context(Aimed(RwSignal::default()));
    // What is hidden fills the stage no longer.
    Effect::new(move |_| {
        let names = shown.with(Arrangement::names);
        enlarged.0.update(|name| *name = name.filter(|name| names.contains(name)));
    });
    let views = move || -> Vec<&'static View> {
        let view = |name| VIEWS.iter().find(|view| view.name == name);
        shown.with(Arrangement::names).into_iter().filter_map(view).collect()
    };
    let borders = move || if enlarged.0.get().is_some() { Vec::new() } else { shown.with(Arrangement::borders) };
    view! {
        <div class="stage" id="stage" tabindex="-1" style:grid-template-rows=move || shown.with(Arrangement::rows)>
            <Messages />
            <WiringProgress />
            <For each=views key=|view| view.name children=|view| (view.panel)() />
            <For each=borders key=|border| *border children=|border| view! { <BorderLine border /> } />
        </div>
    }
}

/// A border between views: it is dragged, or moved with the arrow keys.
#[component]
fn BorderLine(border: Border) -> impl IntoView {
    let shown: Shown = expect_context();
    let is_row = matches!(border, Border::Below(_));
    let sides = move || shown.arrangement.with(|stage| stage.sides(border));
    // The first side's share and the pointer's place in px when the drag began.
    let drag = StoredValue::new(None::<(f64, f64)>);
    let place = move |event: &ev::PointerEvent| f64::from(if is_row { event.client_y() } else { event.client_x() });
    let on_down = move |event: ev::PointerEvent| {
        let target = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        if let (Some(target), Some((first, _))) = (target, sides()) {
            // It fails only when the pointer has just gone.
            let _ = target.set_pointer_capture(event.pointer_id());
            drag.set_value(Some((f64::from(first), place(&event))));
            event.prevent_default();
        }
    };
    let on_move = move |event: ev::PointerEvent| {
        let (Some((first, from)), Some(node)) = (drag.get_value(), document().get_element_by_id("stage")) else {
            return;
        };
        let (shares, px) = match border {
            Border::Below(_) => (shown.arrangement.with_untracked(Arrangement::height), node.client_height()),
            Border::After(..) => (COLUMNS, node.client_width()),
        };
        let by = (place(&event) - from) * f64::from(shares) / f64::from(px.max(1));
        shown.arrangement.update(|stage| stage.set_border(border, first + by));
    };
    let on_up = move |_: ev::PointerEvent| {
        drag.set_value(None);
        shown.keep();
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let by = match (event.key().as_str(), is_row) {
            ("ArrowUp", true) | ("ArrowLeft", false) => -KEY_SHARES,
            ("ArrowDown", true) | ("ArrowRight", false) => KEY_SHARES,
            _ => return,
        };
        event.prevent_default();
        if let Some((first, _)) = sides() {
            shown.change(|stage| stage.set_border(border, f64::from(first) + by));
        }
    };
    let even = move |_| {
        if let Some((a, b)) = sides() {
            shown.change(|stage| stage.set_border(border, f64::from(a + b) / 2.0));
        }
    };
    let share = move || sides().map_or(0, |(a, b)| 100 * a / (a + b).max(1));
    let label = move || {
        let names = shown.arrangement.with(|stage| match border {
            Border::Below(row) => [row, row + 1].map(|row| stage.0.get(row)?.cells.first().map(|cell| cell.0)),
            Border::After(row, i) => [i, i + 1].map(|i| stage.0.get(row)?.cells.get(i).map(|cell| cell.0)),
        });
        let title =
            |name: Option<&str>| VIEWS.iter().find(|view| Some(view.name) == name).map_or("", |view| (view.title)(t()));
        fill(t().border, &names.map(title))
    };
    view! {
        <div
            class=if is_row { "border below" } else { "border after" }
            role="separator"
            tabindex="0"
            aria-orientation=if is_row { "horizontal" } else { "vertical" }
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || share().to_string()
            title=move || t().border_help
            style:grid-area=move || shown.arrangement.with(|stage| stage.border_area(border))
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=on_up
            on:keydown=on_key
            on:dblclick=even
        ></div>
    }
}
