//! The f–I curve of a population's neurons, with where the population is now.

use leptos::prelude::*;
use spikeground_core::sweep::Swept;

use super::{
    diagram::{Selected, Selection},
    panel::{Empty, Panel},
};
use crate::{
    i18n::{fill, t},
    plot::{Axis, Curves, CurvesView, format},
    state::player::Player,
};

/// Where a curve begins to rise and what it comes to. Tracked.
fn in_words(line: &[(f64, f64)]) -> Option<String> {
    let (onset, _) = line.iter().find(|(_, hz)| *hz > 0.0)?;
    let (end, hz) = line.last()?;
    let current = |pa: f64| format::with_unit(&format::significant(pa, 4), "pA");
    Some(fill(t().curve_words, &[&current(*onset), &format::with_unit(&format::fixed(*hz, 1), "Hz"), &current(*end)]))
}

/// The curve, its progress, or the button that begins it.
#[component]
pub fn CurvePanel() -> impl IntoView {
    let player: Player = expect_context();
    let Selection(selected) = expect_context();
    on_cleanup(move || player.sweep.set(None));
    let name = move |population: usize| {
        player.bands.with(|bands| bands.get(population).map_or_else(String::new, |band| band.name.clone()))
    };
    // The population that is selected, or the one that the curve is of, or the first.
    let wanted = move || match (selected.get(), player.sweep.get()) {
        (Selected::Population(i), _) => i,
        (_, Some(sweep)) => sweep.population,
        _ => 0,
    };
    let curves = Memo::new(move |_| {
        let Some(sweep) = player.sweep.get() else { return Curves::default() };
        let Some(Swept::Curve(curve)) = sweep.news else { return Curves::default() };
        let of = sweep.population;
        let own = player.spec.with(|spec| spec.get(&format!("populations[{of}].params.I_e")));
        let rate = player.measures.with(|m| m.rates_hz.get(of).copied());
        let bands = player.bands.get();
        let mut lines = vec![Vec::new(); bands.len().max(of + 1)];
        lines[of] = curve.currents_pa.into_iter().zip(curve.rates_hz).collect();
        Curves { bands, lines, mark: rate.map(|hz| (of, (own.unwrap_or(0.0), hz))) }
    });
    let has_curve = move || curves.with(|curves| !curves.lines.is_empty());
    let now = move || {
        curves.with(|curves| curves.mark).map(|(_, (pa, hz))| {
            let current = format::with_unit(&format::significant(pa, 4), "pA");
            fill(t().curve_now, &[&current, &format::with_unit(&format::fixed(hz, 1), "Hz")])
        })
    };
    let of = move || player.sweep.get().map(|sweep| name(sweep.population));
    let progress = move || player.sweep.with(|sweep| sweep.as_ref().and_then(|sweep| sweep.progress));
    let aside = view! {
        <strong id="curve-of">{of}</strong>
        <span class="hint">{now}</span>
        <Show when=move || progress().is_some() && has_curve()>
            <progress max="1" value=move || progress().unwrap_or(1.0).to_string()></progress>
        </Show>
        <Show when=move || player.sweep.with(|sweep| sweep.as_ref().is_some_and(|sweep| sweep.population != wanted()))>
            <button type="button" class="text-button" on:click=move |_| player.sweep(wanted())>{move || name(wanted())}</button>
        </Show>
    };
    let label = Signal::derive(move || {
        let words = curves.with(|curves| curves.lines.iter().find_map(|line| in_words(line))).unwrap_or_default();
        fill(t().curve_label, &[&of().unwrap_or_default(), &words, &now().unwrap_or_default()])
    });
    let axes = Signal::stored([Axis::linear("pA"), Axis::linear("Hz")]);
    let text = Signal::derive(move || match player.sweep.get().map(|sweep| (sweep.progress, sweep.news)) {
        None => t().curve_none.to_owned(),
        Some((None, Some(Swept::Silent(most)))) => fill(t().curve_silent, &[&format::si(most * 1e-12, "A")]),
        Some(_) => t().curve_running.to_owned(),
    });
    let empty = move || {
        view! {
            <Empty text>
                {move || match progress() {
                    Some(done) => view! { <progress max="1" value=done.to_string()></progress> }.into_any(),
                    None => view! {
                        <button type="button" class="text-button" id="measure-curve" on:click=move |_| player.sweep(wanted())>
                            {move || fill(t().curve_measure, &[&name(wanted())])}
                        </button>
                    }
                    .into_any(),
                }}
            </Empty>
        }
    };
    view! {
        <Panel name="curve" title=Signal::derive(|| t().curve) help=Signal::derive(|| t().curve_help) aside>
            <Show when=has_curve fallback=empty>
                <CurvesView curves axes label />
            </Show>
        </Panel>
    }
}
