//! Whether the network fits: what does not, and the ways out, those that change the network at a press.

use leptos::prelude::*;
use spikeground_core::chip::report::{Advice, Report, Way};

use super::{count, preset};
use crate::{
    i18n::{fill, lang, t},
    state::{player::Player, reporter::Reporter},
};

/// The report of it.
pub fn fit(report: &Report) -> impl IntoView + use<> {
    let fit = &report.fit;
    let is_good = fit.walls.is_empty() && fit.budgets.is_empty();
    let id = report.id.clone();
    let advice = move |advice: &Advice| {
        let ways = advice.ways.iter().map(|one| way(&id, one)).collect_view();
        view! {
            <li>
                <p>{advice.message.get(lang()).to_owned()} " " <code>{advice.at.clone()}</code></p>
                <ul class="ways">{ways}</ul>
            </li>
        }
    };
    let unknown = (!fit.unknown.is_empty()).then(|| {
        view! {
            <details>
                <summary>{fill(t().chip_unjudged, &[&fit.unknown.len().to_string()])}</summary>
                <p><code>{fit.unknown.join(", ")}</code></p>
            </details>
        }
    });
    let cores = fit.cores.map(|cores| fill(t().chip_least_cores, &[&count(cores)]));
    let good = is_good.then(|| if fit.unknown.is_empty() { t().chip_fits } else { t().chip_fits_as_known });
    view! {
        {good.map(|good| view! { <p class="good">{good} " " {cores}</p> })}
        <ul class="advices">{fit.walls.iter().map(&advice).collect_view()}</ul>
        {(!fit.budgets.is_empty()).then(|| view! { <p>{t().chip_too_slow}</p> })}
        <ul class="advices">{fit.budgets.iter().map(&advice).collect_view()}</ul>
        {unknown}
    }
}

fn way(id: &str, way: &Way) -> impl IntoView + use<> {
    let (player, reporter): (Player, Reporter) = (expect_context(), expect_context());
    let apply = way.remedy.is_of_network().then(|| {
        let (remedy, preset) = (way.remedy.clone(), preset(id));
        let press = move |_| {
            let Some(mut preset) = preset.clone() else { return };
            player.edit(|spec| remedy.apply(spec, &mut preset));
            reporter.start(player);
        };
        view! { <button type="button" class="text-button" data-apply=id.to_owned() on:click=press>{t().chip_apply}</button> }
    });
    view! { <li><span>{way.message.get(lang()).to_owned()}</span>{apply}</li> }
}
