//! The palette: what can be put onto the graph, by a click or by dragging it there, and what can be recorded.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use spikeground_core::{
    neuron::MODELS,
    spec::Node,
    stimulus::{STIMULI, Sends},
    text::Text,
    units::Unit,
};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    editor::{Editor, Ware},
    figure::Mark,
    hand::point,
    shortcuts::MODEL,
};
use crate::{
    components::{
        sheet::OpenSheet,
        stage::Shown,
        views::{VIEWS, View},
    },
    i18n::{Words, lang, t},
};

/// Movement that turns a press into a drag, px.
const SLOP_PX: f64 = 6.0;

/// A group of wares: its title, and which neuron models are in it by the unit of a weight.
type Family = (fn(&Words) -> &'static str, Unit);

const NEURONS: &[Family] = &[
    (|t| t.family_current, Unit::Picoampere),
    (|t| t.family_conductance, Unit::Nanosiemens),
    (|t| t.family_jump, Unit::Millivolt),
    (|t| t.family_plain, Unit::One),
];

/// A group of stimuli: its title, and what they send.
type Drive = (fn(&Words) -> &'static str, &'static [Sends]);

const DRIVES: &[Drive] = &[
    (|t| t.family_spikes, &[Sends::Spikes]),
    (|t| t.family_code, &[Sends::Code]),
    (|t| t.family_injected, &[Sends::Current, Sends::Noise]),
];

/// The palette.
#[component]
pub fn Palette() -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let inhibitory = RwSignal::new(false);
    let sign = move |is: bool, class: &'static str, id: &'static str| {
        view! {
            <label class="sign" class:on=move || inhibitory.get() == is>
                <input type="radio" name="sign" id=id prop:checked=move || inhibitory.get() == is on:change=move |_| inhibitory.set(is) />
                <Mark class=Signal::stored(class) />
                {move || if is { t().inhibitory } else { t().excitatory }}
            </label>
        }
    };
    let neurons = move |(title, unit): &'static Family| {
        let models = MODELS.iter().filter(move |model| model.weight_unit == *unit);
        let wares = models.map(|m| (m.name, m.title, m.doc)).collect();
        let ware = Signal::derive(move || if inhibitory.get() { "inh" } else { "exc" });
        let open = MODELS.iter().any(|model| model.name == MODEL && model.weight_unit == *unit);
        family(*title, wares, ware, wanted, open, move |name| Ware::Population(name, inhibitory.get_untracked()))
    };
    let drives = move |(title, sends): &'static Drive| {
        let models = STIMULI.iter().filter(|model| sends.contains(&model.sends));
        let wares = models.map(|m| (m.name, m.title, m.doc)).collect();
        let open = sends.contains(&Sends::Spikes);
        family(*title, wares, Signal::stored("stim"), wanted, open, Ware::Stimulus)
    };
    view! {
        <section class="palette" aria-labelledby="palette-title">
            <h2 id="palette-title">{move || t().palette}</h2>
            <input
                type="search"
                id="palette-search"
                placeholder=move || t().palette_search
                aria-label=move || t().palette_search
                prop:value=wanted
                on:input=move |event| wanted.set(event_target_value(&event))
            />
            <h3>{move || t().populations}</h3>
            <div class="signs" role="radiogroup" aria-label=move || t().sign>
                {sign(false, "exc", "excitatory")}
                {sign(true, "inh", "inhibitory")}
            </div>
            {NEURONS.iter().map(neurons).collect_view()}
            <h3>{move || t().stimuli}</h3>
            {DRIVES.iter().map(drives).collect_view()}
            <h3>{move || t().record}</h3>
            <Record />
        </section>
    }
}

/// What stands in the palette: name, title and words of a model.
type Entry = (&'static str, Text, Text);

fn family(
    title: fn(&Words) -> &'static str,
    entries: Vec<Entry>,
    class: Signal<&'static str>,
    wanted: RwSignal<String>,
    open: bool,
    ware: impl Fn(&'static str) -> Ware + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let is_wanted = move |(name, title, _): &Entry| {
        wanted.with(|wanted| {
            let wanted = wanted.trim().to_lowercase();
            [name, title.en, title.zh].iter().any(|text| text.to_lowercase().contains(&wanted))
        })
    };
    let is_searched = move || wanted.with(|wanted| !wanted.trim().is_empty());
    let found = {
        let entries = entries.clone();
        Memo::new(move |_| entries.iter().filter(|entry| is_wanted(entry)).map(|entry| entry.0).collect::<Vec<_>>())
    };
    let items = entries.into_iter().map(move |(name, title, doc)| {
        let is_shown = move || found.with(|found| found.contains(&name));
        view! { <li class:hidden=move || !is_shown()><Item name title doc class ware=move || ware(name) /></li> }
    });
    view! {
        <details class="family" class:hidden=move || found.with(Vec::is_empty) prop:open=move || open || is_searched()>
            <summary>{move || title(t())}</summary>
            <ul>{items.collect_view()}</ul>
        </details>
    }
}

/// A ware: a click adds it where there is room, a drag where it is let go.
#[component]
fn Item(
    name: &'static str,
    title: Text,
    doc: Text,
    class: Signal<&'static str>,
    ware: impl Fn() -> Ware + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let sheet: OpenSheet = expect_context();
    let pressed = StoredValue::new(None::<[f64; 2]>);
    // The click that ends a drag adds nothing more.
    let was_dragged = StoredValue::new(false);
    let at = |event: &PointerEvent| [f64::from(event.client_x()), f64::from(event.client_y())];
    let press = move |event: PointerEvent| {
        pressed.set_value((event.button() == 0).then(|| at(&event)));
        was_dragged.set_value(false);
    };
    let drag = move |event: PointerEvent| {
        let (Some([x, y]), [to_x, to_y]) = (pressed.get_value(), at(&event)) else { return };
        if !was_dragged.get_value() && (to_x - x).hypot(to_y - y) > SLOP_PX {
            was_dragged.set_value(true);
            if let Some(item) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
                // Losing the pointer outside is all that can go wrong.
                let _ = item.set_pointer_capture(event.pointer_id());
            }
        }
        if was_dragged.get_value() {
            editor.carried.set(Some((ware(), [to_x, to_y])));
        }
    };
    let release = move |event: PointerEvent| {
        pressed.set_value(None);
        editor.carried.set(None);
        let Some(canvas) = document().get_element_by_id("graph") else { return };
        let ([x, y], [width, height]) = (point(&event, &canvas), editor.size.get_untracked());
        if was_dragged.get_value() && (0.0..=width).contains(&x) && (0.0..=height).contains(&y) {
            editor.add(ware(), Some(editor.camera.get_untracked().world([x, y])));
        }
    };
    let cancel = move |_| {
        pressed.set_value(None);
        editor.carried.set(None);
    };
    let click = move |_| {
        if !was_dragged.get_value() {
            editor.add(ware(), None);
            sheet.0.set(None);
        }
    };
    view! {
        <button
            type="button"
            class="ware"
            data-ware=name
            title=move || doc.get(lang())
            on:pointerdown=press
            on:pointermove=drag
            on:pointerup=release
            on:pointercancel=cancel
            on:click=click
        >
            <Mark class />
            <span>{move || title.get(lang())}<code>{name}</code></span>
        </button>
    }
}

/// What is carried over the page.
#[component]
pub fn Carried() -> impl IntoView {
    let editor: Editor = expect_context();
    let class = Signal::derive(move || match editor.carried.get() {
        Some((Ware::Population(_, true), _)) => "inh",
        Some((Ware::Stimulus(_), _)) => "stim",
        _ => "exc",
    });
    let place = move || {
        let [x, y] = editor.carried.get().map_or([0.0; 2], |(_, place)| place);
        format!("translate({x}px, {y}px)")
    };
    view! {
        <Show when=move || editor.carried.with(Option::is_some)>
            <div class="carried" style:transform=place aria-hidden="true"><Mark class /></div>
        </Show>
    }
}

/// The views below the graph. A trace is one of the population that is chosen.
#[component]
fn Record() -> impl IntoView {
    let editor: Editor = expect_context();
    let shown: Shown = expect_context();
    let of_chosen = move || {
        let name = untrack(|| editor.chosen_nodes()).first().cloned()?;
        let Some(Node::Population(i)) = editor.player.spec.with_untracked(|spec| spec.node(&name)) else { return None };
        editor.player.bands.with_untracked(|bands| bands.get(i).map(|band| band.first))
    };
    let choice = move |view: &'static View| {
        let is_on = move || shown.arrangement.with(|stage| stage.names().contains(&view.name));
        let press = move |_| match of_chosen() {
            Some(neuron) if view.name == "trace" => {
                editor.player.pick(neuron);
                shown.set(view.name, true);
            }
            _ => shown.set(view.name, !shown.arrangement.with_untracked(|stage| stage.names().contains(&view.name))),
        };
        view! {
            <button type="button" class="chip" data-view=view.name aria-pressed=move || is_on().to_string() on:click=press>
                {move || (view.title)(t())}
            </button>
        }
    };
    view! { <div class="record">{VIEWS.iter().filter(|view| view.name != "network").map(choice).collect_view()}</div> }
}
