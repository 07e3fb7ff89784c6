//! A stimulus: its name, model, parameters and lists.

use leptos::prelude::*;
use spikeground_core::{spec::Node, stimulus};

use super::{
    list::ListRow,
    name::NameRow,
    place::Place,
    rows::{Choice, ChoiceRow, Faults, Notes, Refused, attempt, described, told},
    value::ValueRow,
};
use crate::{i18n::t, state::player::Player};

/// The stimulus.
#[component]
pub fn Stimulus(
    /// Its index.
    index: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let model =
        Memo::new(move |_| player.spec.with(|spec| spec.stimuli.get(index).map_or(String::new(), |s| s.model.clone())));
    let refused = Refused::new(Vec::new());
    let notes = RwSignal::new(Vec::new());
    let choose = move |model: String| {
        let before = player.spec.get_untracked();
        let mut dropped = Vec::new();
        let is_taken = attempt(player, refused, |spec| dropped = spec.choose_stimulus(index, &model));
        notes.set(if is_taken { told(player, &before, &model, &dropped) } else { Vec::new() });
        is_taken
    };
    let of_kind = |is_current: bool, group: &'static str| {
        let models = stimulus::STIMULI.iter().filter(move |model| model.sends.is_current() == is_current);
        models.map(move |model| Choice::of(model.name, model.title, group))
    };
    let choices: Vec<_> = of_kind(false, t().spikes).chain(of_kind(true, t().currents)).collect();
    let section = move || {
        let model = stimulus::find(&model.get())?;
        let rows = model.params.iter().map(|param| view! { <ValueRow place=Place::Stimulus(index, param) /> });
        Some(view! {
            {described(model.title, model.doc)}
            {rows.collect_view()}
            {model.lists.iter().map(|list| view! { <ListRow index list /> }).collect_view()}
        })
    };
    view! {
        <NameRow kind=t().stimulus node=Node::Stimulus(index) />
        <ChoiceRow label=t().model id="model" choices value=model on_choose=choose />
        <Faults path=format!("stimuli[{index}].model") refused />
        <Notes lines=notes />
        {section}
    }
}
