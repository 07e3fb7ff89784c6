//! How well it goes: what has learned, on the whole test side, with baseline and chance; and what is played, so far.

use leptos::prelude::*;
use spikeground_core::{
    decode::{DECODERS, Score},
    param::Param,
};

use super::{Badge, decoder::title, headline, percent};
use crate::{
    components::panel::Empty,
    i18n::{fill, t},
    plot::format,
    state::{
        lab::{Disturbance, Lab},
        tape::Learned,
    },
};

/// R² of each number, by name.
fn by_number(score: &Score, names: &[String]) -> Option<String> {
    let Score::R2(each) = score else { return None };
    let part = |(name, r2): (&String, &f64)| format!("{name}: {}", format::fixed(*r2, 3));
    Some(names.iter().zip(each).map(part).collect::<Vec<_>>().join(" · "))
}

/// The parameters of a decoder, as they were set.
fn settings(learned: &Learned) -> String {
    let params =
        DECODERS.iter().find(|decoder| decoder.name == learned.decoder).map_or(&[][..], |decoder| decoder.params);
    let set = |(param, value): (&Param, &f64)| {
        format!("{} {}", param.name, format::with_unit(&format::significant(*value, 4), param.unit.symbol()))
    };
    params.iter().zip(&learned.values).map(set).collect::<Vec<_>>().join(" · ")
}

/// The scores.
#[component]
pub fn Scores() -> impl IntoView {
    let lab: Lab = expect_context();
    let names = move || lab.tape.with(|tape| tape.as_ref().map_or_else(Vec::new, |tape| tape.told.names.clone()));
    let row = move |(i, learned): (usize, Learned)| {
        let score = learned.score.headline().to_string();
        let is_watched = move || lab.watched.get() == Some(i);
        view! {
            <li>
                <button type="button" class="score-row" id=format!("score-{i}") data-score=score aria-pressed=move || is_watched().to_string() title=t().bci_watch on:click=move |_| lab.watch(i)>
                    <strong>{title(&learned.decoder)}</strong>
                    <span class="number">{headline(&learned.score)}</span>
                    <span class="doc">
                        {learned.is_baseline.then(|| view! { <em>{t().bci_baseline}</em> " · " })}
                        {settings(&learned)} " · "
                        {fill(t().bci_learned_in, &[&format::with_unit(&format::significant(learned.seconds, 2), "s")])}
                    </span>
                    {by_number(&learned.score, &names()).map(|text| view! { <span class="doc">{text}</span> })}
                </button>
            </li>
        }
    };
    let rows = move || lab.learned.get().into_iter().enumerate().map(row).collect_view();
    let chance = move || {
        lab.learned.with(|all| {
            all.first().map(|learned| match learned.score {
                Score::R2(_) => format::fixed(learned.score.chance(), 3),
                Score::Confusion(_) => percent(learned.score.chance()),
            })
        })
    };
    let none = Signal::derive(|| t().bci_no_score.to_owned());
    let is_empty = move || lab.learned.with(Vec::is_empty);
    let measure = move || {
        let classes = lab.tape.with(|tape| tape.as_ref().is_some_and(|tape| tape.is_of_classes()));
        if classes { t().bci_accuracy } else { t().bci_r2 }
    };
    let split = move || {
        lab.tape.with(|tape| {
            tape.as_ref().map(|tape| {
                let [train, test] = tape.told.segments.map(|n| n.to_string());
                fill(t().bci_terms, &[&train, &test])
            })
        })
    };
    view! {
        <section class="decode-part" aria-label=move || t().bci_scores>
            <h2>{move || t().bci_scores} " " <Badge /></h2>
            <Show when=move || !is_empty() fallback=move || view! { <Empty text=none /> }>
                <p class="hint-line">{measure}</p>
                <ul class="score-list" id="scores">
                    {rows}
                    <li class="score-row chance">
                        <strong title=move || t().bci_chance_help>{move || t().bci_chance}</strong>
                        <span class="number" id="chance">{chance}</span>
                    </li>
                </ul>
                <p class="hint-line">{split}</p>
                <Now />
            </Show>
        </section>
    }
}

/// What is played, so far.
#[component]
fn Now() -> impl IntoView {
    let lab: Lab = expect_context();
    let score = Memo::new(move |_| lab.live.with(|live| live.score.clone()));
    let number = move || score.with(|score| score.as_ref().map_or_else(|| "–".to_owned(), headline));
    let raw = move || score.with(|score| score.as_ref().map(|score| score.headline().to_string()));
    let parts = move || {
        let names = lab.tape.with(|tape| tape.as_ref().map_or_else(Vec::new, |tape| tape.told.names.clone()));
        score.with(|score| score.as_ref().and_then(|score| by_number(score, &names)))
    };
    let of = move || {
        let scored = lab.live.with(|live| live.scored);
        lab.tape.with(|tape| {
            tape.as_ref().map(|tape| {
                let classes = tape.is_of_classes();
                let all = if classes { tape.told.segments[1] } else { tape.bins() };
                let words = if classes { t().bci_so_far_segments } else { t().bci_so_far_bins };
                fill(words, &[&format::fixed(scored as f64, 0), &format::fixed(all as f64, 0)])
            })
        })
    };
    let spoiled = move || (lab.disturbance.get() != Disturbance::default()).then(|| t().bci_spoiled);
    view! {
        <div class="score-now">
            <h3>{move || t().bci_now} " " <Badge /></h3>
            <strong class="large" id="live-score" data-score=raw data-scored=move || lab.live.with(|live| live.scored).to_string()>{number}</strong>
            <p class="hint-line">{of} <em>{spoiled}</em></p>
            <p class="hint-line">{parts}</p>
        </div>
    }
}
