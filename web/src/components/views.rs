//! The views of a network, each in its panel. A page shows those it wants, in the order it wants.

use leptos::prelude::*;
use spikeground_core::{
    neuron,
    stats::{FieldProxy, INTERVAL_BINS},
    text::text,
    units::Unit,
};

use super::{
    brush::{ToolChoice, Tools},
    curve::CurvePanel,
    diagram::Diagram,
    live::LivePanel,
    measures::{MeasuresPanel, since},
    panel::{Empty, Panel},
    plane::PlanePanel,
    scan::ScanPanel,
    sheet_view::SheetPanel,
    spectrum::{CorrelationPanel, PsthPanel, SpectrumPanel},
    weights::WeightsPanel,
};
use crate::{
    i18n::{Word, fill, lang, t},
    plot::{Bins, HistogramView, RasterView, RateLegend, RateView, TraceView, format},
    state::{
        player::{GPU, Player, Traced},
        view,
    },
};

/// A view.
pub struct View {
    /// Its name, for pages that choose.
    pub name: &'static str,
    /// Its name for people.
    pub title: Word,
    /// Where the page puts it.
    pub row: Row,
    /// When the page shows it to a visitor who has not chosen.
    pub first: First,
    /// Makes its panel.
    pub panel: fn() -> AnyView,
}

/// When a view is shown to a visitor who has not chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// With every network.
    Always,
    /// With a network that learns.
    WhenPlastic,
    /// With a network whose neurons stand on a surface.
    WhenSpatial,
    /// Never.
    Never,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Above: what the network is and what a neuron of it does.
    Top,
    /// In the middle, as wide as there is room.
    Middle,
    /// Below: what is measured.
    Bottom,
}

/// Every view, in the order of the page.
#[rustfmt::skip]
pub const VIEWS: &[View] = &[
    View { name: "network", title: |t| t.network, row: Row::Top, first: First::Always, panel: || view! { <NetworkPanel /> }.into_any() },
    View { name: "trace", title: |t| t.trace, row: Row::Top, first: First::Always, panel: || view! { <TracePanel /> }.into_any() },
    View { name: "plane", title: |t| t.plane, row: Row::Top, first: First::Never, panel: || view! { <PlanePanel /> }.into_any() },
    View { name: "raster", title: |t| t.spikes, row: Row::Middle, first: First::Always, panel: || view! { <RasterPanel /> }.into_any() },
    View { name: "sheet", title: |t| t.sheet, row: Row::Middle, first: First::WhenSpatial, panel: || view! { <SheetPanel /> }.into_any() },
    View { name: "rate", title: |t| t.rates, row: Row::Bottom, first: First::Always, panel: || view! { <RatePanel /> }.into_any() },
    View { name: "interval", title: |t| t.intervals, row: Row::Bottom, first: First::Always, panel: || view! { <IntervalPanel /> }.into_any() },
    View { name: "measures", title: |t| t.measures, row: Row::Bottom, first: First::Never, panel: || view! { <MeasuresPanel /> }.into_any() },
    View { name: "spectrum", title: |t| t.spectrum, row: Row::Bottom, first: First::Never, panel: || view! { <SpectrumPanel /> }.into_any() },
    View { name: "correlation", title: |t| t.correlogram, row: Row::Bottom, first: First::Never, panel: || view! { <CorrelationPanel /> }.into_any() },
    View { name: "psth", title: |t| t.psth, row: Row::Bottom, first: First::Never, panel: || view! { <PsthPanel /> }.into_any() },
    View { name: "weights", title: |t| t.weights, row: Row::Bottom, first: First::WhenPlastic, panel: || view! { <WeightsPanel /> }.into_any() },
    View { name: "live", title: |t| t.live, row: Row::Bottom, first: First::Never, panel: || view! { <LivePanel /> }.into_any() },
    View { name: "scan", title: |t| t.scan, row: Row::Bottom, first: First::Never, panel: || view! { <ScanPanel /> }.into_any() },
    View { name: "curve", title: |t| t.curve, row: Row::Bottom, first: First::Never, panel: || view! { <CurvePanel /> }.into_any() },
];

#[component]
fn NetworkPanel() -> impl IntoView {
    let hint = view! { <span class="hint">{move || t().network_hint}</span> };
    view! {
        <Panel name="network" title=Signal::derive(|| t().network) aside=hint>
            <Diagram />
        </Panel>
    }
}

/// The neuron that is picked, as people say it: number in its population, and the population.
fn picked_name(player: Player) -> String {
    let neuron = player.picked.get();
    player.spec.with(|spec| match view::place(spec, neuron) {
        Some((population, number)) => {
            format!("{} ({})", format::fixed(number as f64, 0), spec.populations[population].name)
        }
        None => neuron.to_string(),
    })
}

/// What can be shown over time of the picked neuron and its population.
#[component]
fn TraceChoice() -> impl IntoView {
    let player: Player = expect_context();
    // Made anew for another model or another language, not for another number.
    let shown = Memo::new(move |_| (player.picked_model().map(|(_, model)| model.name), lang()));
    let options = move || {
        let model = neuron::find(shown.get().0?)?;
        let option = |name: &'static str, value: &'static str, doc: &'static str| {
            let is_chosen = move || match player.traced.get() {
                Traced::Variable(_) => value == model.state[view::traced_index(Some(model), player.traced.get())].name,
                Traced::Field => value == FIELD,
            };
            view! { <option value=value title=doc prop:selected=is_chosen>{name}</option> }
        };
        let variables = model.state.iter().map(|s| option(s.name, s.name, s.doc.get(lang()))).collect_view();
        let field = option(t().field, FIELD, FieldProxy::of(model).doc().get(lang()));
        Some(view! {
            <optgroup label=t().neuron>{variables}</optgroup>
            <optgroup label=t().population>{field}</optgroup>
        })
    };
    let chosen = move |event| {
        let value = event_target_value(&event);
        let model = untrack(|| player.picked_model()).map(|(_, model)| model);
        let variable = model.and_then(|model| model.state.iter().find(|s| s.name == value));
        player.trace(variable.map_or(Traced::Field, |s| Traced::Variable(s.name)));
    };
    view! {
        <select id="traced" aria-label=move || t().traced title=move || t().traced on:change=chosen>{options}</select>
    }
}

/// The value of the menu for the field; no state variable is called so.
const FIELD: &str = "(field)";

#[component]
fn TracePanel() -> impl IntoView {
    let player: Player = expect_context();
    // What is shown, and its unit.
    let subject = move || match (player.picked_model(), player.traced.get()) {
        (Some((_, model)), Traced::Field) => (FieldProxy::of(model).doc(), FieldProxy::of(model).unit()),
        (Some((_, model)), traced) => {
            let variable = &model.state[view::traced_index(Some(model), traced)];
            (variable.doc, variable.unit)
        }
        (None, _) => (text("", ""), Unit::One),
    };
    let of = move || match player.traced.get() {
        Traced::Variable(_) => format!("{} {}", t().neuron, picked_name(player)),
        Traced::Field => player.picked_model().map_or_else(String::new, |(population, _)| {
            player.spec.with(|spec| spec.populations[population].name.clone())
        }),
    };
    let title = Signal::derive(move || subject().0.get(lang()));
    let unit = Signal::derive(move || subject().1.symbol().to_owned());
    let aside = view! { <TraceChoice /> <span id="picked">{of}</span> };
    let label = Signal::derive(move || fill(t().trace_label, &[title.get(), &of()]));
    let has_field = move || player.traced.get() != Traced::Field || player.engine.with(|report| report.engine != GPU);
    let none = Signal::derive(|| t().field_on_gpu.to_owned());
    view! {
        <Panel name="trace" title aside>
            <Show when=has_field fallback=move || view! { <Empty text=none /> }>
                <TraceView source=player.source axis=player.axis unit label threshold_label=Signal::stored("V_th".to_owned()) />
            </Show>
        </Panel>
    }
}

/// The rates of the populations, in words.
fn rates_in_words(player: Player) -> String {
    let names = player.bands.with(|bands| bands.iter().map(|b| b.name.clone()).collect::<Vec<_>>());
    player.measures.with(|m| {
        let words = names.iter().zip(&m.rates_hz).map(|(name, hz)| format!("{name} {} Hz", format::fixed(*hz, 1)));
        words.collect::<Vec<_>>().join(", ")
    })
}

#[component]
fn RasterPanel() -> impl IntoView {
    let player: Player = expect_context();
    let axis = player.axis;
    let neurons = move || player.bands.with(|bands| bands.iter().map(|b| b.count).sum::<u32>());
    let label = Signal::derive(move || {
        fill(t().raster_label, &[&format::fixed(f64::from(neurons()), 0), &rates_in_words(player)])
    });
    let on_pick = Callback::new(move |(neuron, _): (u32, f64)| {
        player.pick(neuron);
        player.poke(neuron);
    });
    let tools = Tools::new(player);
    let lesions = Memo::new(move |_| player.spec.with(view::lesions));
    let aside = view! {
        <ToolChoice tools view="raster" />
        <Show when=move || !axis.is_following()>
            <button type="button" class="text-button" id="to-now" on:click=move |_| axis.follow()>{move || t().to_now}</button>
        </Show>
    };
    let neuron_word = Signal::derive(|| t().neuron.to_owned());
    view! {
        <Panel name="raster" title=Signal::derive(|| t().spikes) aside>
            <RasterView
                source=player.source axis bands=player.bands label neuron_word lesions on_pick
                picked=Signal::derive(move || Some(player.picked.get()))
                brush=tools.brush()
                on_key=tools.keys()
            />
        </Panel>
    }
}

#[component]
fn RatePanel() -> impl IntoView {
    let player: Player = expect_context();
    let label = Signal::derive(move || fill(t().rate_label, &[&rates_in_words(player)]));
    let aside =
        view! { <span id="rates"><RateLegend source=player.source axis=player.axis bands=player.bands /></span> };
    view! {
        <Panel name="rate" title=Signal::derive(|| t().rates) aside>
            <RateView source=player.source axis=player.axis bands=player.bands label legend=false />
        </Panel>
    }
}

#[component]
fn IntervalPanel() -> impl IntoView {
    let player: Player = expect_context();
    let cv = move || player.measures.with(|m| m.cv.map_or_else(|| "–".to_owned(), |cv| format::fixed(cv, 2)));
    let help = move || {
        player.measures.with(|m| match m.cv {
            Some(_) => fill(t().cv_help, &[&m.cv_neurons.to_string()]),
            None => t().cv_none.to_owned(),
        })
    };
    let bins = Signal::derive(move || {
        player.measures.with(|m| {
            // What is longer than the axis is not drawn; it is a tail of single neurons.
            let shown = m.intervals.iter().take(INTERVAL_BINS).copied().collect();
            Bins::even(0.0, if m.interval_bin_ms > 0.0 { m.interval_bin_ms } else { 1.0 }, shown)
        })
    });
    let label = Signal::derive(move || fill(t().interval_label, &[&format!("{} {}", t().cv, cv())]));
    let aside = view! {
        <span id="cv" title=help>{move || t().cv} " " <strong>{cv}</strong></span>
        <span class="hint">{move || since(player)}</span>
    };
    view! {
        <Panel name="interval" title=Signal::derive(|| t().intervals) aside>
            <HistogramView bins unit=Signal::stored("ms".to_owned()) label />
        </Panel>
    }
}
