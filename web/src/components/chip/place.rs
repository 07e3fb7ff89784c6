//! Where the neurons go: the cores with what each holds, the links between them, and how long a step takes.

use leptos::prelude::*;
use spikeground_core::chip::report::{CoreLoad, Mapped, Report};

use super::{count, quantity, value};
use crate::{
    i18n::{fill, lang, t},
    plot::{Cores, CoresView, format},
};

/// The map, or why there is none.
pub fn place(report: &Report) -> impl IntoView + use<> {
    let populations: Vec<String> = report.counts.populations.iter().map(|p| p.name.clone()).collect();
    let map = report.mapped.clone().map(|mapped| view! { <Map mapped populations /> });
    view! {
        {map}
        {report.unmapped.as_ref().map(|why| view! { <p>{why.get(lang()).to_owned()}</p> })}
    }
}

/// How long it takes, or what is missing to say so.
pub fn pace(report: &Report) -> impl IntoView + use<> {
    let pace = &report.pace;
    let known = pace.real_time_factor.zip(pace.step_s).map(|(factor, step)| {
        let faster = if factor.hi < 1.0 { t().chip_faster } else if factor.lo > 1.0 { t().chip_slower } else { "" };
        let ends = (factor.lo < factor.hi).then(|| {
            let [lo, hi] = [factor.lo, factor.hi].map(|end| format::significant(end, 3));
            view! { <small>{format!("{lo} – {hi}")}</small> }
        });
        view! {
            <dl class="facts">
                <div><dt title=t().chip_factor_help>{t().chip_factor}</dt><dd>{format::significant(factor.middle(), 3)}{ends}</dd></div>
                <div><dt>{t().chip_step}</dt><dd>{value(step, "s")}</dd></div>
                <div><dt>{t().chip_waits}</dt><dd>{pace.waits_for.as_ref().map(|why| why.get(lang()).to_owned())}</dd></div>
            </dl>
            <p class="chip-note">{faster}</p>
        }
    });
    let lacking = pace.lacking();
    view! {
        {known}
        {(!lacking.is_empty()).then(|| view! { <p>{fill(t().chip_not_known, &[&lacking])}</p> })}
    }
}

/// A core in words.
fn told(core: &CoreLoad, mesh: [u32; 2], populations: &[String]) -> String {
    let width = mesh[0].max(1);
    let place = [core.core % width, core.core / width].map(|n| (n + 1).to_string());
    let full = core.fullness.map_or_else(|| "–".to_owned(), |full| format::fixed(100.0 * full, 0));
    let share = |share: &spikeground_core::chip::report::Share| {
        let name = populations.get(share.population as usize).map_or("", String::as_str);
        format!("{name} {} ({}–{})", share.count, share.ends[0], share.ends[1])
    };
    let neurons: Vec<String> = core.neurons.iter().map(share).collect();
    let (synapses, spikes) = (count(core.synapses), format::significant(core.spikes, 3));
    let events = format::significant(core.events, 3);
    fill(t().chip_core, &[&place[0], &place[1], &full, &neurons.join(", "), &synapses, &spikes, &events])
}

#[component]
fn Map(
    /// What is shown.
    mapped: Mapped,
    /// Names of the populations.
    populations: Vec<String>,
) -> impl IntoView {
    let picked = RwSignal::new(mapped.cores.first().map(|core| core.core));
    let cores = Cores {
        mesh: mapped.mesh,
        at_router: mapped.at_router,
        used: mapped.cores.iter().map(|core| (core.core, core.fullness.unwrap_or(1.0))).collect(),
        links: mapped.links.iter().map(|link| (link.router, link.direction, link.spikes)).collect(),
    };
    let all = f64::from(mapped.mesh[0]) * f64::from(mapped.mesh[1]);
    let used = mapped.cores.len();
    let label = fill(t().chip_map_label, &[&count(used as f64), &count(all)]);
    let saved = |other: f64| {
        let percent = format!("{} %", format::fixed(-100.0 * (1.0 - mapped.hops / other), 1));
        (mapped.hops < other).then(|| view! { <small>{percent}</small> })
    };
    let against = [
        (t().chip_in_order, mapped.sequential),
        (t().chip_shuffled, mapped.shuffled),
        (t().chip_random, mapped.random),
    ];
    let against = against.map(|(name, hops)| {
        view! { <div><dt>{name}</dt><dd>{count(hops)}{saved(hops)}</dd></div> }
    });
    let facts = view! {
        <dl class="facts">
            <div><dt>{t().chip_cores}</dt><dd>{count(used as f64)}</dd></div>
            <div><dt title=t().chip_hops_help>{t().chip_hops}</dt><dd>{count(mapped.hops)}</dd></div>
            <div><dt>{t().chip_bound}</dt><dd>{count(mapped.lower_bound)}</dd></div>
            {against}
        </dl>
    };
    let busiest = mapped.links.iter().map(|link| link.spikes).fold(0.0, f64::max);
    let busiest = (busiest > 0.0).then(|| fill(t().chip_busiest, &[&quantity(busiest, "")]));
    let loads: StoredValue<Vec<CoreLoad>> = StoredValue::new(mapped.cores.clone());
    let mesh = mapped.mesh;
    let core = move || {
        let text = picked.get().and_then(|picked| {
            loads.with_value(|loads| {
                loads.iter().find(|load| load.core == picked).map(|load| told(load, mesh, &populations))
            })
        });
        text.unwrap_or_default()
    };
    view! {
        <div class="chip-map"><CoresView cores=Signal::stored(cores) picked label=Signal::stored(label) /></div>
        <p class="chip-core" role="status">{core}</p>
        {facts}
        <p class="chip-note">{busiest} " " {t().chip_links}</p>
    }
}
