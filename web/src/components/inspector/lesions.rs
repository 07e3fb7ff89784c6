//! The neurons that are destroyed, and the way to heal them all.

use leptos::prelude::*;

use crate::{
    i18n::{fill, t},
    plot::format,
    state::player::Player,
};

/// How many neurons are destroyed, of a population or of all; nothing where none is.
#[component]
pub fn Lesions(
    /// Index of the population.
    #[prop(optional)]
    population: Option<usize>,
) -> impl IntoView {
    let player: Player = expect_context();
    let is_meant = move |i: usize| population.is_none_or(|population| population == i);
    let counts = Memo::new(move |_| {
        player.spec.with(|spec| {
            let meant = spec.populations.iter().enumerate().filter(|(i, _)| is_meant(*i)).map(|(_, p)| p);
            meant.fold((0, 0), |(destroyed, all), p| {
                let own = p.lesions.iter().map(|[first, last]| last.saturating_sub(*first) + 1).sum::<u64>();
                (destroyed + own, all + p.size)
            })
        })
    });
    let told = move || {
        let (destroyed, all) = counts.get();
        fill(t().destroyed, &[destroyed, all].map(|n| format::fixed(n as f64, 0)).each_ref().map(String::as_str))
    };
    let heal = move |_| {
        player.edit(|spec| {
            let all = spec.populations.iter_mut().enumerate();
            all.filter(|(i, _)| is_meant(*i)).for_each(|(_, p)| p.lesions.clear());
        });
    };
    view! {
        <Show when=move || counts.get().0 != 0>
            <p class="lesions">
                <span>{told}</span>
                <button type="button" class="text-button" id="heal-all" on:click=heal>{move || t().heal_all}</button>
            </p>
        </Show>
    }
}
