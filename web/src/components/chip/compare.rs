//! What the run costs on each piece of hardware: a bar and its interval on one logarithmic axis.

use leptos::prelude::*;
use spikeground_core::chip::{
    quantity::{Evidence, Interval},
    report::Report,
};

use super::{quantity, range, value};
use crate::{
    i18n::{fill, lang, t},
    plot::format,
    state::reporter::Reporter,
};

/// Labels of the axis at most.
const LABELS: i32 = 6;

/// The decades that are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Decades {
    from: i32,
    to: i32,
}

impl Decades {
    /// Those that hold every number above zero; none if there is no such number.
    fn of(numbers: impl Iterator<Item = f64>) -> Option<Decades> {
        let logs = numbers.filter(|number| *number > 0.0 && number.is_finite()).map(f64::log10);
        let (lo, hi) = logs.map(|log| (log, log)).reduce(|(lo, hi), (log, _)| (lo.min(log), hi.max(log)))?;
        let (from, to) = (lo.floor() as i32, hi.ceil() as i32);
        Some(Decades { from, to: to.max(from + 1) })
    }

    /// Where a number stands, from 0 to 100.
    fn percent(self, number: f64) -> f64 {
        let share = (number.max(f64::MIN_POSITIVE).log10() - f64::from(self.from)) / f64::from(self.to - self.from);
        100.0 * share.clamp(0.0, 1.0)
    }

    /// The powers of ten that are labelled.
    fn labels(self) -> impl Iterator<Item = f64> {
        let step = (self.to - self.from).div_euclid(LABELS) + 1;
        (self.from..=self.to).step_by(step as usize).map(|exponent| 10_f64.powi(exponent))
    }
}

/// What is shown of a report: the total, or the least that it is.
fn shown(report: &Report) -> Option<(Interval, bool)> {
    let price = report.price()?;
    Some(price.total.map_or((price.known, false), |total| (total, true)))
}

fn at(percent: f64) -> String {
    format!("{percent:.3}%")
}

/// The bars. The names choose which report stands below.
#[component]
pub fn Compare(
    /// The report that is looked at.
    picked: RwSignal<usize>,
) -> impl IntoView {
    let reporter: Reporter = expect_context();
    let decades = Memo::new(move |_| {
        reporter.reports.with(|reports| {
            let ends = reports.iter().filter_map(shown).flat_map(|(of, _)| [of.lo, of.middle(), of.hi]);
            Decades::of(ends.collect::<Vec<_>>().into_iter())
        })
    });
    let axis = move || {
        decades.get().map(|decades| {
            let tick = |number: f64| {
                view! { <span style:left=at(decades.percent(number))>{quantity(number, "J")}</span> }
            };
            decades.labels().map(tick).collect_view()
        })
    };
    let rows = move || {
        let Some(decades) = decades.get() else {
            return reporter
                .reports
                .with(|all| all.iter().enumerate().map(|(i, r)| row(i, r, None, picked)).collect_view());
        };
        reporter
            .reports
            .with(|all| all.iter().enumerate().map(|(i, report)| row(i, report, Some(decades), picked)).collect_view())
    };
    let what = move || {
        let seconds = reporter.reports.with(|all| all.first().map_or(0.0, |report| report.counts.model_s));
        fill(t().chip_energy_of, &[&format::si(seconds, "s")])
    };
    view! {
        <section class="chip-card chip-compare" aria-label=what>
            <h3>{what}</h3>
            <ol>
                {rows}
                <li class="axis" aria-hidden="true"><i></i><div class="track">{axis}</div><i></i></li>
            </ol>
            <p class="chip-note">{move || t().chip_axis_note}</p>
        </section>
    }
}

fn row(i: usize, report: &Report, decades: Option<Decades>, picked: RwSignal<usize>) -> impl IntoView + use<> {
    let shown = shown(report);
    let bar = shown.zip(decades).filter(|((of, _), _)| of.hi > 0.0).map(|((of, is_whole), decades)| {
        let [lo, middle, hi] = [of.lo, of.middle(), of.hi].map(|x| decades.percent(x));
        view! {
            {(of.v.is_some() || !is_whole).then(|| view! { <i class="bar" class:open=!is_whole style:width=at(middle)></i> })}
            {(lo < hi).then(|| view! { <i class="whisker" style:left=at(lo) style:width=at(hi - lo)></i> })}
            {(of.v.is_some() && is_whole).then(|| view! { <i class="dot" style:left=at(middle)></i> })}
        }
    });
    let text = match (&report.price(), shown) {
        (Some(price), Some((of, true))) => {
            let ends = (of.lo < of.hi && of.v.is_some()).then(|| view! { <small>{range(of, "J")}</small> });
            let is_marked = price.evidence != Evidence::Measured;
            let title = price.evidence.title().get(lang());
            let mark = is_marked.then(|| view! { <button type="button" class="grounds" on:click=move |_| picked.set(i) title=t().chip_why>{title}</button> });
            view! { <strong>{value(of, "J")}</strong> {ends} {mark} }.into_any()
        }
        (Some(price), Some((of, false))) => {
            let missing: Vec<&str> = price.missing.iter().map(|missing| missing.at.as_str()).collect();
            let least =
                (of.lo > 0.0).then(|| view! { <strong>{fill(t().chip_at_least, &[&quantity(of.lo, "J")])}</strong> });
            view! { {least} <small>{fill(t().chip_no_total, &[&missing.join(", ")])}</small> }.into_any()
        }
        _ => view! { <small>{t().chip_no_price}</small> }.into_any(),
    };
    let is_refused = !report.fit.walls.is_empty();
    let total = shown.filter(|shown| shown.1).map(|(of, _)| of.middle().to_string());
    view! {
        <li data-chip=report.id.clone() data-joules=total>
            <button type="button" class="name" aria-pressed=move || (picked.get() == i).to_string() on:click=move |_| picked.set(i)>
                {report.name.get(lang()).to_owned()}
            </button>
            <div class="track">{bar}</div>
            <div class="number">
                {text}
                {is_refused.then(|| view! { <button type="button" class="grounds unfit" on:click=move |_| picked.set(i)>{t().chip_does_not_fit}</button> })}
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_hold_every_number() {
        let decades = Decades::of([2e-6, 0.0, 30.0].into_iter()).expect("numbers");
        assert_eq!(decades, Decades { from: -6, to: 2 });
        assert_eq!([1e-6, 1e-2, 100.0, 0.0].map(|x| decades.percent(x).round()), [0.0, 50.0, 100.0, 0.0]);
        assert_eq!(decades.labels().count(), 5);
        assert_eq!(Decades::of([1.0].into_iter()), Some(Decades { from: 0, to: 1 }));
        assert_eq!(Decades::of([0.0].into_iter()), None);
    }
}
