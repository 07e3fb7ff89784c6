//! The terms of a bill, each with what stands behind it one click away.

use leptos::prelude::*;
use spikeground_core::chip::{
    energy::Term,
    report::{Item, Lacking, Priced, Report},
};

use super::{count, quantity, range, value};
use crate::{
    i18n::{fill, lang, t},
    plot::format,
};

/// The prices to begin with, and the others.
pub fn bill(report: &Report) -> impl IntoView + use<> {
    let others: Vec<_> = report.prices.iter().skip(1).map(other).collect();
    let first = report.price().map(|price| view! { <p class="chip-note">{holds(price)}</p> {table(price)} });
    view! {
        {first}
        {report.price().is_none().then(|| view! { <p>{t().chip_no_price}</p> })}
        {(!others.is_empty()).then(|| view! { <h5>{t().chip_other_prices}</h5> })}
        {others}
    }
}

fn holds(price: &Priced) -> String {
    fill(t().chip_holds, &[&price.profile, price.holds.get(lang())])
}

fn total(price: &Priced) -> String {
    match price.total {
        Some(total) => value(total, "J"),
        None => fill(t().chip_at_least, &[&quantity(price.known.lo, "J")]),
    }
}

fn other(price: &Priced) -> impl IntoView + use<> {
    view! {
        <details class="other-price">
            <summary>{price.profile.clone()} <strong>{total(price)}</strong></summary>
            <p class="chip-note">{holds(price)}</p>
            {table(price)}
        </details>
    }
}

fn table(price: &Priced) -> impl IntoView + use<> {
    let ends = price.total.filter(|total| total.lo < total.hi && total.v.is_some());
    view! {
        <table class="chip-terms">
            <thead>
                <tr>
                    <th scope="col">{t().chip_term}</th>
                    <th scope="col">{t().chip_count}</th>
                    <th scope="col">{t().chip_price}</th>
                    <th scope="col">{t().chip_energy}</th>
                    <th scope="col">{t().chip_basis}</th>
                </tr>
            </thead>
            <tbody>
                {price.items.iter().map(item).collect_view()}
                {price.missing.iter().map(lacking).collect_view()}
            </tbody>
            <tfoot>
                <tr>
                    <th scope="row">{t().chip_total}</th>
                    <td></td>
                    <td></td>
                    <td>{total(price)}{ends.map(|ends| view! { <small>{range(ends, "J")}</small> })}</td>
                    <td></td>
                </tr>
            </tfoot>
        </table>
    }
}

/// Whether a term is paid by the second.
fn is_power(term: Term) -> bool {
    matches!(term, Term::Static | Term::Host | Term::Board)
}

fn item(item: &Item) -> impl IntoView + use<> {
    let (unit, how_many) = match is_power(item.term) {
        true => ("W", format::si(item.count, "s")),
        false => ("J", count(item.count)),
    };
    let price = item.price.interval().map_or_else(|| "–".to_owned(), |price| value(price, unit));
    let source = (!item.source.is_empty()).then(|| view! { <p>{item.source.clone()}</p> });
    let why = (!item.price.why.is_empty()).then(|| view! { <p>{item.price.why.clone()}</p> });
    let path = (!item.at.is_empty()).then(|| view! { <p><code>{item.at.clone()}</code></p> });
    let ends = (item.joules.lo < item.joules.hi && item.joules.v.is_some()).then(|| range(item.joules, "J"));
    view! {
        <tr>
            <th scope="row">{item.title.get(lang()).to_owned()}</th>
            <td data-label=t().chip_count>{how_many}</td>
            <td data-label=t().chip_price>{price}</td>
            <td data-label=t().chip_energy>{value(item.joules, "J")}{ends.map(|ends| view! { <small>{ends}</small> })}</td>
            <td><details><summary>{item.price.ev.title().get(lang())}</summary>{source}{why}{path}</details></td>
        </tr>
    }
}

fn lacking(missing: &Lacking) -> impl IntoView + use<> {
    view! {
        <tr class="missing">
            <th scope="row">{missing.title.get(lang()).to_owned()}</th>
            <td colspan="4">{fill(t().chip_not_known, &[&missing.at])}</td>
        </tr>
    }
}
