//! Heat, and as many neurons as a brain has.

use leptos::prelude::*;
use spikeground_core::chip::{
    baseline::{BRAIN_NEURONS, BRAIN_W},
    quantity::Interval,
    report::Report,
    thermal::{DIGITAL_BRAIN_W, Junction, Scale},
};

use super::{count, preset, quantity, range, value};
use crate::{
    i18n::{Lang, fill, lang, t},
    plot::format,
};

/// 0 °C in K.
const ZERO_CELSIUS_K: f64 = 273.15;

/// The panel.
pub fn heat(report: &Report) -> impl IntoView + use<> {
    let Some(heat) = &report.heat else {
        return view! { <p>{t().chip_no_heat}</p> }.into_any();
    };
    let is_wafer = preset(&report.id).and_then(|p| Some(p.hierarchy.first()?.level == "wafer")).unwrap_or(false);
    let power = heat.power_w;
    view! {
        <dl class="facts">
            <div><dt>{t().chip_power}</dt><dd>{value(power, "W")}{ends(power)}</dd></div>
            {heat.junction.map(junction)}
            {heat.scale.map(|of| scale(of, is_wafer))}
        </dl>
        {heat.scale.map(|_| view! { <p class="chip-note">{t().chip_caveat}</p> })}
    }
    .into_any()
}

fn junction(of: Junction) -> impl IntoView + use<> {
    let celsius = |kelvin: f64| format::with_unit(&format::fixed(kelvin - ZERO_CELSIUS_K, 0), "°C");
    let verdict = match of.is_feasible {
        Some(true) => t().chip_cool,
        Some(false) => t().chip_hot,
        None => t().chip_unsure,
    };
    let verdict = fill(verdict, &[&celsius(of.limit_k)]);
    view! { <div><dt>{t().chip_junction}</dt><dd>{celsius(of.junction_k.middle())} <small>{verdict}</small></dd></div> }
}

/// From where to where a power is, beside its value.
fn ends(of: Interval) -> Option<impl IntoView + use<>> {
    (of.lo < of.hi && of.v.is_some()).then(|| view! { <small>{range(of, "W")}</small> })
}

/// How many times as much, or what part.
fn times(of: Interval) -> String {
    let one = |share: f64| match share {
        share if share < 1e-3 => format!("1 / {}", count(1.0 / share)),
        share => format!("{} ×", count(share)),
    };
    of.v.map_or_else(|| format!("{} – {}", one(of.lo), one(of.hi)), one)
}

fn scale(of: Scale, is_wafer: bool) -> impl IntoView + use<> {
    // Chinese counts in units of 10⁸.
    let neurons = format::significant(BRAIN_NEURONS / if lang() == Lang::Zh { 1e8 } else { 1e9 }, 3);
    let hold = if is_wafer { t().chip_wafers } else { t().chip_chips };
    let chips = of.chips.map(|chips| view! { <div><dt>{hold}</dt><dd>{count(chips)}</dd></div> });
    view! {
        <div><dt>{fill(t().chip_as_brain, &[&neurons])}</dt><dd>{value(of.power_w, "W")}{ends(of.power_w)}</dd></div>
        <div><dt>{fill(t().chip_over_brain, &[&quantity(BRAIN_W, "W")])}</dt><dd>{times(of.over_brain)}</dd></div>
        <div><dt>{fill(t().chip_over_digital, &[&quantity(DIGITAL_BRAIN_W, "W")])}</dt><dd>{times(of.over_digital)}</dd></div>
        {chips}
    }
}
