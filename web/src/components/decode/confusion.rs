//! Which classes are taken for which, so far.

use leptos::prelude::*;
use spikeground_core::decode::Score;

use crate::{i18n::t, state::lab::Lab};

/// The table.
#[component]
pub fn Confusion() -> impl IntoView {
    let lab: Lab = expect_context();
    let names =
        Memo::new(move |_| lab.tape.with(|tape| tape.as_ref().map_or_else(Vec::new, |tape| tape.told.names.clone())));
    let counts = Memo::new(move |_| {
        lab.live.with(|live| match &live.score {
            Some(Score::Confusion(counts)) => counts.clone(),
            _ => vec![vec![0; names.with(Vec::len)]; names.with(Vec::len)],
        })
    });
    let row = move |(class, name): (usize, String)| {
        let cell = move |decoded: usize| {
            let count =
                move || counts.with(|all| all.get(class).and_then(|row| row.get(decoded)).copied().unwrap_or(0));
            let share = move || {
                let all: u32 = counts.with(|all| all.get(class).map_or(0, |row| row.iter().sum()));
                format!("{}%", 100.0 * f64::from(count()) / f64::from(all.max(1)))
            };
            view! { <td class:right=class == decoded style:--share=share>{count}</td> }
        };
        let n = names.with_untracked(Vec::len);
        view! { <tr><th scope="row">{name}</th>{(0..n).map(cell).collect_view()}</tr> }
    };
    let head = move || names.get().into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let rows = move || names.get().into_iter().enumerate().map(row).collect_view();
    view! {
        <div class="confusion">
            <table>
                <caption>{move || t().bci_confusion_help}</caption>
                <thead><tr><td></td>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
