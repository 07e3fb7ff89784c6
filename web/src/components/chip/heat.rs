//! Heat, and as many neurons as a brain has.

use leptos::prelude::*;
use spikeground_core::chip::{
    baseline::{BRAIN_NEURONS, BRAIN_W},
    report::Report,
    thermal::{DIGITAL_BRAIN_W, Junction, Scale},
};

use super::{count, preset, quantity, range, value};
use crate::{
    i18n::{fill, t},
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
    let ends = (power.lo < power.hi && power.v.is_some()).then(|| range(power, "W"));
    view! {
        <dl class="facts">
            <div><dt>{t().chip_power}</dt><dd>{value(power, "W")} <small>{ends}</small></dd></div>
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

fn scale(of: Scale, is_wafer: bool) -> impl IntoView + use<> {
    let times = |share: f64| match share {
        share if share < 1e-3 => format!("1 / {}", format::significant(1.0 / share, 2)),
        share => format!("{} ×", format::significant(share, 2)),
    };
    let (brain, digital) = (times(of.over_brain.middle()), times(of.over_digital.middle()));
    let ends = (of.power_w.lo < of.power_w.hi).then(|| range(of.power_w, "W"));
    let hold = if is_wafer { t().chip_wafers } else { t().chip_chips };
    let chips = of.chips.map(|chips| view! { <div><dt>{hold}</dt><dd>{count(chips)}</dd></div> });
    view! {
        <div><dt>{fill(t().chip_as_brain, &[&quantity(BRAIN_NEURONS, "")])}</dt><dd>{value(of.power_w, "W")} <small>{ends}</small></dd></div>
        <div><dt>{fill(t().chip_over_brain, &[&quantity(BRAIN_W, "W")])}</dt><dd>{brain}</dd></div>
        <div><dt>{fill(t().chip_over_digital, &[&quantity(DIGITAL_BRAIN_W, "W")])}</dt><dd>{digital}</dd></div>
        {chips}
    }
}
