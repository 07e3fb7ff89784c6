//! How the weights of a projection are spread, and where plasticity moves them.

use leptos::prelude::*;
use spikeground_core::spec::NetworkSpec;

use super::{
    diagram::{Selected, Selection},
    inspector::weight_unit,
    panel::{Empty, Panel},
};
use crate::{
    i18n::{fill, t},
    plot::{Bins, HistogramView, format},
    state::player::{Player, ProjectionWeights},
};

/// The weights of the projection that is selected, or else of the first that has weights of its own.
fn shown(weights: &[ProjectionWeights], selected: Selected) -> Option<ProjectionWeights> {
    let is_selected = |w: &&ProjectionWeights| selected == Selected::Projection(w.projection);
    weights.iter().find(is_selected).or(weights.first()).cloned()
}

fn name(spec: &NetworkSpec, projection: usize) -> String {
    spec.projections.get(projection).map_or_else(String::new, |p| format!("{} → {}", p.source, p.target))
}

/// Histogram of weights.
#[component]
pub fn WeightsPanel() -> impl IntoView {
    let player: Player = expect_context();
    let selection: Option<Selection> = use_context();
    let selected = move || selection.map_or(Selected::Network, |Selection(selected)| selected.get());
    let weights = Memo::new(move |_| player.measures.with(|m| shown(&m.weights, selected())));
    let unit = Signal::derive(move || {
        let projection = weights.with(|w| w.as_ref().map(|w| w.projection));
        player.spec.with(|spec| {
            let projection = projection.and_then(|i| spec.projections.get(i));
            projection.map_or("", |projection| weight_unit(spec, projection)).to_owned()
        })
    });
    let bins = Signal::derive(move || {
        weights.with(|weights| match weights {
            Some(w) => Bins::even(w.from, (w.to - w.from) / w.counts.len().max(1) as f64, w.counts.clone()),
            None => Bins::even(0.0, 1.0, Vec::new()),
        })
    });
    let of = move || weights.with(|w| w.as_ref().map(|w| player.spec.with(|spec| name(spec, w.projection))));
    let mean =
        move || weights.with(|w| w.as_ref().map(|w| format::with_unit(&format::significant(w.mean, 3), &unit.get())));
    let label = Signal::derive(move || {
        fill(t().weights_label, &[&of().unwrap_or_default(), &mean().unwrap_or_else(|| "–".to_owned())])
    });
    let aside = view! {
        <span id="mean-weight">{move || mean().map(|mean| view! { {t().mean} " " <strong>{mean}</strong> })}</span>
        <span class="hint">{of}</span>
    };
    let none = Signal::derive(|| t().weights_none.to_owned());
    view! {
        <Panel name="weights" title=Signal::derive(|| t().weights) help=Signal::derive(|| t().weights_help) aside>
            <Show when=move || weights.with(Option::is_some) fallback=move || view! { <Empty text=none /> }>
                <HistogramView bins unit label />
            </Show>
        </Panel>
    }
}
