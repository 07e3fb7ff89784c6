//! The views of a network, each in its panel. A page shows those it wants, in the order it wants.

use leptos::prelude::*;
use spikeground_core::stats::INTERVAL_BINS;

use super::{
    diagram::Diagram,
    icon::{Icon, IconButton},
    panel::Panel,
};
use crate::{
    i18n::{fill, t},
    plot::{Bins, HistogramView, RasterView, RateLegend, RateView, TraceView, format},
    state::{player::Player, view},
};

/// A view.
pub struct View {
    /// Its name, for pages that choose.
    pub name: &'static str,
    /// Makes its panel.
    pub panel: fn() -> AnyView,
}

/// Every view, in the order of the page.
pub const VIEWS: &[View] = &[
    View { name: "network", panel: || view! { <NetworkPanel /> }.into_any() },
    View { name: "trace", panel: || view! { <TracePanel /> }.into_any() },
    View { name: "raster", panel: || view! { <RasterPanel /> }.into_any() },
    View { name: "rate", panel: || view! { <RatePanel /> }.into_any() },
    View { name: "interval", panel: || view! { <IntervalPanel /> }.into_any() },
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

#[component]
fn TracePanel() -> impl IntoView {
    let player: Player = expect_context();
    let aside = view! { <span id="picked">{move || t().neuron} " " {move || picked_name(player)}</span> };
    let label = Signal::derive(move || fill(t().trace_label, &[&picked_name(player)]));
    let unit = Signal::derive(move || {
        let neuron = player.picked.get();
        player.spec.with(|spec| view::model(spec, neuron)).map_or("", |model| model.state[0].unit.symbol()).to_owned()
    });
    view! {
        <Panel name="trace" title=Signal::derive(|| t().trace) aside>
            <TraceView source=player.source axis=player.axis unit label threshold_label=Signal::stored("V_th".to_owned()) />
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
    let aside = view! {
        <span class="hint">{move || t().spikes_hint}</span>
        <Show when=move || !axis.is_following()>
            <button type="button" class="text-button" id="to-now" on:click=move |_| axis.follow()>{move || t().to_now}</button>
        </Show>
        <IconButton icon=Icon::Poke label=Signal::derive(|| t().poke) id="poke" on_press=move || player.poke(player.picked.get_untracked()) />
    };
    let neuron_word = Signal::derive(|| t().neuron.to_owned());
    view! {
        <Panel name="raster" title=Signal::derive(|| t().spikes) aside>
            <RasterView source=player.source axis bands=player.bands label neuron_word picked=Signal::derive(move || Some(player.picked.get())) on_pick />
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
    let since = move || {
        let ms = player.measures.with(|m| m.since_ms);
        fill(t().since, &[&format::with_unit(&format::fixed(ms, 0), "ms")])
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
        <span class="hint">{since}</span>
    };
    view! {
        <Panel name="interval" title=Signal::derive(|| t().intervals) aside>
            <HistogramView bins unit=Signal::stored("ms".to_owned()) label />
        </Panel>
    }
}
