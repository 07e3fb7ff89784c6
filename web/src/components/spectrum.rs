//! What the rates of populations hold in frequency, in lag, and in the time since a stimulus began.

use leptos::prelude::*;

use super::{
    measures::since,
    panel::{Empty, Panel},
};
use crate::{
    i18n::{fill, t},
    plot::{Axis, Curves, CurvesView, Spread, format},
    state::player::{Measures, Player, PopulationMeasures},
};

/// A line for each population.
fn curves(player: Player, line: impl Fn(&Measures, &PopulationMeasures) -> Vec<(f64, f64)>) -> Curves {
    let bands = player.bands.get();
    let lines = player.measures.with(|m| m.populations.iter().map(|p| line(m, p)).collect());
    Curves { bands, lines, mark: None }
}

fn is_empty(curves: &Curves) -> bool {
    curves.lines.iter().all(|line| line.iter().all(|(_, y)| !y.is_finite()))
}

/// The highest peak of all populations: its frequency in Hz and the population's name. The two lowest frequencies are left
/// out, since the window spreads what is left of the mean over them.
fn peak(curves: &Curves) -> Option<(f64, String)> {
    let named = curves.lines.iter().zip(&curves.bands);
    let points = named.flat_map(|(line, band)| line.iter().skip(1).map(move |&(hz, power)| (hz, power, band)));
    let (hz, _, band) = points.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((hz, band.name.clone()))
}

/// Points of a logarithmic axis to an octave. Between them, the mean of the frequencies: by itself each is as noisy as at
/// the left end, and there are hundreds to the right.
const PER_OCTAVE: f64 = 12.0;

/// The means of points that are no more apart than is worth drawing on a logarithmic axis.
fn by_octave(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let place = |hz: f64| (hz.log2() * PER_OCTAVE).round();
    let mean = |group: &[(f64, f64)]| {
        let n = group.len() as f64;
        let (hz, power) = group.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
        (hz / n, power / n)
    };
    line.chunk_by(|a, b| place(a.0) == place(b.0)).map(mean).collect()
}

/// Power spectrum of the rates.
#[component]
pub fn SpectrumPanel() -> impl IntoView {
    let player: Player = expect_context();
    let is_log = RwSignal::new(true);
    let spectra = Memo::new(move |_| {
        curves(player, |m, p| {
            let hz = |i| m.spectrum_step_hz * i as f64;
            p.spectrum.as_f32().iter().enumerate().skip(1).map(|(i, &power)| (hz(i), f64::from(power))).collect()
        })
    });
    let shown = Memo::new(move |_| {
        let mut curves = spectra.get();
        if is_log.get() {
            curves.lines.iter_mut().for_each(|line| *line = by_octave(line));
        }
        curves
    });
    let axes = Signal::derive(move || {
        let spread = if is_log.get() { Spread::Log10 } else { Spread::Linear };
        [Axis { unit: "Hz", spread }, Axis { unit: "/s", spread }]
    });
    let in_words = move || {
        spectra.with(peak).map(|(hz, name)| fill(t().peak, &[&format::with_unit(&format::fixed(hz, 1), "Hz"), &name]))
    };
    let label = Signal::derive(move || fill(t().spectrum_label, &[&in_words().unwrap_or_default()]));
    let scale = move || if is_log.get() { t().logarithmic } else { t().linear };
    let aside = view! {
        <span id="peak">{move || in_words()}</span>
        <button type="button" class="text-button" id="spectrum-scale" title=move || t().scale_help on:click=move |_| is_log.update(|is| *is = !*is)>
            {scale}
        </button>
    };
    let wait = Signal::derive(|| t().spectrum_wait.to_owned());
    view! {
        <Panel name="spectrum" title=Signal::derive(|| t().spectrum) help=Signal::derive(|| t().spectrum_help) aside>
            <Show when=move || !spectra.with(is_empty) fallback=move || view! { <Empty text=wait /> }>
                <CurvesView curves=shown axes label />
            </Show>
        </Panel>
    }
}

/// Correlogram of the neurons of each population.
#[component]
pub fn CorrelationPanel() -> impl IntoView {
    let player: Player = expect_context();
    let correlograms = Memo::new(move |_| {
        curves(player, |m, p| {
            let at = |(lag, &r): (usize, &f64)| (m.lag_ms * lag as f64, r);
            let later = p.correlogram.iter().enumerate().map(at);
            // The pairs have no order, so that it is the same on either side.
            later.clone().skip(1).rev().map(|(ms, r)| (-ms, r)).chain(later).collect()
        })
    });
    let axes = Signal::stored([Axis::linear("ms"), Axis::linear("")]);
    let label = Signal::derive(|| t().correlogram.to_owned());
    let aside = view! { <span class="hint">{move || since(player)}</span> };
    let wait = Signal::derive(|| t().spectrum_wait.to_owned());
    view! {
        <Panel name="correlation" title=Signal::derive(|| t().correlogram) help=Signal::derive(|| t().correlogram_help) aside>
            <Show when=move || !correlograms.with(is_empty) fallback=move || view! { <Empty text=wait /> }>
                <CurvesView curves=correlograms axes label />
            </Show>
        </Panel>
    }
}

/// Rates by the time since a stimulus began.
#[component]
pub fn PsthPanel() -> impl IntoView {
    let player: Player = expect_context();
    let rates = Memo::new(move |_| {
        curves(player, |m, p| {
            let middle = |i| m.psth_bin_ms * (i as f64 + 0.5);
            p.psth.as_f32().iter().enumerate().map(|(i, &hz)| (middle(i), f64::from(hz))).collect()
        })
    });
    let axes = Signal::stored([Axis::linear("ms"), Axis::linear("Hz")]);
    let label = Signal::derive(|| t().psth_help.to_owned());
    let aside = view! { <span class="hint">{move || since(player)}</span> };
    let none = Signal::derive(move || {
        let has_onsets = player.measures.with(|m| m.psth_bin_ms > 0.0);
        if has_onsets { t().cv_none } else { t().psth_none }.to_owned()
    });
    view! {
        <Panel name="psth" title=Signal::derive(|| t().psth) help=Signal::derive(|| t().psth_help) aside>
            <Show when=move || !rates.with(is_empty) fallback=move || view! { <Empty text=none /> }>
                <CurvesView curves=rates axes label />
            </Show>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Band, Kind};

    #[test]
    fn an_octave_has_few_points_and_the_mean_stays() {
        let line: Vec<_> = (1..=512).map(|i| (f64::from(i), 3.0)).collect();
        let few = by_octave(&line);
        assert!(few.len() < 90 && few.iter().all(|(_, power)| *power == 3.0), "{}", few.len());
        assert_eq!(few[..3], [(1.0, 3.0), (2.0, 3.0), (3.0, 3.0)]);
    }

    #[test]
    fn the_highest_peak_is_named_and_the_lowest_frequencies_are_left_out() {
        let band = |name: &str| Band { name: name.into(), first: 0, count: 1, kind: Kind::Other };
        let lines = vec![vec![(1.0, 99.0), (2.0, 1.0), (3.0, 4.0)], vec![(1.0, 0.0), (2.0, 7.0), (3.0, 2.0)]];
        let curves = Curves { bands: vec![band("A"), band("B")], lines, mark: None };
        assert_eq!(peak(&curves), Some((2.0, "B".to_owned())));
        assert_eq!(peak(&Curves::default()), None);
    }
}
