//! A population: its name, size, model, parameters, where its state starts and where its neurons stand.

use leptos::prelude::*;
use spikeground_core::{
    network,
    neuron::{self, NeuronModel},
    param::{self, Param},
    space::Layout,
    spec::{NetworkSpec, Node},
    units::Unit,
};

use super::{
    lesions::Lesions,
    name::NameRow,
    place::Place,
    rows::{Choice, ChoiceRow, Faults, Notes, NumberRow, Refused, attempt, described, told},
    value::ValueRow,
};
use crate::{
    components::{
        equation::Equations,
        slider::{Quantity, SliderRow},
        stage::Shown,
        switch::SwitchRow,
    },
    i18n::{lang, t},
    state::player::Player,
};

/// The population.
#[component]
pub fn Population(
    /// Its index.
    index: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let model = Memo::new(move |_| {
        player.spec.with(|spec| spec.populations.get(index).map_or(String::new(), |p| p.model.clone()))
    });
    let refused = Refused::new(Vec::new());
    let notes = RwSignal::new(Vec::new());
    let choose = move |model: String| {
        let before = player.spec.get_untracked();
        let mut dropped = Vec::new();
        let is_taken = attempt(player, refused, |spec| dropped = spec.choose_model(index, &model));
        notes.set(if is_taken { told(player, &before, &model, &dropped) } else { Vec::new() });
        is_taken
    };
    let section = move || neuron::find(&model.get()).map(|model| view! { <OfModel index model /> });
    view! {
        <NameRow kind=t().population node=Node::Population(index) />
        <CurveButton population=index />
        <SizeRow index />
        <Lesions population=index />
        <ChoiceRow label=t().model id="model" choices=models() value=model on_choose=choose />
        <Faults path=format!("populations[{index}].model") refused />
        <Notes lines=notes />
        {section}
        <Positions index />
        <Warnings at=format!("populations[{index}]") />
    }
}

/// The models, by what a synapse does to a neuron.
fn models() -> Vec<Choice> {
    let groups = [
        (Some(Unit::Picoampere), t().by_current),
        (Some(Unit::Nanosiemens), t().by_conductance),
        (Some(Unit::Millivolt), t().by_jump),
        (None, t().without_units),
    ];
    let group_of = |model: &NeuronModel| {
        groups.iter().position(|(unit, _)| unit.is_none_or(|unit| unit == model.weight_unit)).unwrap_or_default()
    };
    let of_group = |group: usize| neuron::MODELS.iter().filter(move |model| group_of(model) == group);
    let choices = (0..groups.len()).flat_map(|g| of_group(g).map(move |m| Choice::of(m.name, m.title, groups[g].1)));
    choices.collect()
}

/// What the model of a population knows.
#[component]
fn OfModel(
    /// Index of the population.
    index: usize,
    /// The model.
    model: &'static NeuronModel,
) -> impl IntoView {
    let lit = RwSignal::new(None);
    let names = model.params.iter().map(|p| p.name).chain(model.state.iter().map(|s| s.name)).collect();
    let row = |param: &'static Param| view! { <ValueRow place=Place::Param(index, param) lit /> };
    let start = |variable| view! { <ValueRow place=Place::Start(index, variable) lit /> };
    view! {
        {described(model.title, model.doc)}
        <Equations lines=model.equations names lit />
        <p class="cite">{t().source} ": " {model.source}</p>
        {model.params.iter().map(row).collect_view()}
        <details class="part" id="starts">
            <summary>{t().starts}</summary>
            {model.state.iter().map(start).collect_view()}
        </details>
    }
}

/// Number of neurons.
#[component]
fn SizeRow(
    /// Index of the population.
    index: usize,
) -> impl IntoView {
    /// What a slider offers; more can be typed.
    const MOST: f64 = 100_000.0;
    let player: Player = expect_context();
    let refused = Refused::new(Vec::new());
    let size = move |spec: &NetworkSpec| spec.populations.get(index).map_or(0, |p| p.size) as f64;
    let quantity = Quantity {
        name: t().size.into(),
        doc: String::new(),
        unit: "",
        default: player.spec.with_untracked(size),
        slider: param::log(1.0, MOST),
        whole: true,
    };
    let value = Signal::derive(move || player.spec.with(size));
    let on_change = move |new: f64| {
        attempt(player, refused, |spec| spec.populations[index].resize(new.max(1.0) as u64));
    };
    view! {
        <div class="value-row">
            <SliderRow quantity value on_change late=true id="population-size".to_owned() />
            <Faults path=format!("populations[{index}].size") refused />
        </div>
    }
}

/// Where the neurons of a population stand.
#[component]
fn Positions(
    /// Index of the population.
    index: usize,
) -> impl IntoView {
    /// What a population that stood nowhere gets: about a cortical column, mm.
    const EXTENT_MM: [f64; 2] = [1.0, 1.0];
    let player: Player = expect_context();
    let refused = Refused::new(Vec::new());
    let layout = Memo::new(move |_| player.spec.with(|spec| spec.populations.get(index).and_then(|p| p.positions)));
    let kind = Memo::new(move |_| match layout.get() {
        None => "none",
        Some(Layout { grid: Some(_), .. }) => "grid",
        Some(Layout { grid: None, .. }) => "free",
    });
    let words = [("none", t().nowhere), ("grid", t().grid), ("free", t().free)];
    let choices = words.map(|(value, words)| Choice { value: value.into(), words: words.into(), group: "" }).to_vec();
    let choose = move |kind: String| {
        attempt(player, refused, |spec| {
            let population = &mut spec.populations[index];
            let before = population.positions.unwrap_or(Layout { grid: None, extent: EXTENT_MM, edge_wrap: false });
            population.place(match kind.as_str() {
                "grid" => Some(Layout { grid: Some(population.squarest_grid()), ..before }),
                "free" => Some(Layout { grid: None, ..before }),
                _ => None,
            });
        })
    };
    let extent = move |axis: usize, label: &'static str| {
        let value = Signal::derive(move || layout.get().map(|layout| layout.extent[axis]));
        let on_number = move |number: Option<f64>| {
            if let (Some(number), Some(mut layout)) = (number, layout.get_untracked()) {
                layout.extent[axis] = number;
                attempt(player, refused, |spec| spec.choose_surface(index, layout.extent, layout.edge_wrap));
            }
        };
        view! { <NumberRow label unit="mm" value on_number /> }
    };
    let count = move |axis: usize, label: &'static str| {
        let value = Signal::derive(move || Some(layout.get()?.grid?[axis] as f64));
        let on_number = move |number: Option<f64>| {
            if let (Some(number), Some(layout)) = (number, layout.get_untracked())
                && let Some(mut counts) = layout.grid
            {
                counts[axis] = number.max(1.0) as u64;
                attempt(player, refused, |spec| {
                    spec.populations[index].place(Some(Layout { grid: Some(counts), ..layout }))
                });
            }
        };
        view! { <NumberRow label value on_number /> }
    };
    let wraps = Signal::derive(move || layout.get().is_some_and(|layout| layout.edge_wrap));
    let set_wrap = move |wrap: bool| {
        let Some(layout) = layout.get_untracked() else { return false };
        attempt(player, refused, |spec| spec.choose_surface(index, layout.extent, wrap))
    };
    let numbers = move || {
        let kind = kind.get();
        (kind != "none").then(|| {
            view! {
                {(kind == "grid").then(|| view! { {count(0, t().columns)} {count(1, t().rows)} })}
                {extent(0, t().width)}
                {extent(1, t().height)}
                <SwitchRow name=t().edge_wrap doc=t().edge_wrap_help is_on=wraps on_change=set_wrap id="edge-wrap" />
            }
        })
    };
    let value = Signal::derive(move || kind.get().to_owned());
    view! {
        <div class="part">
            <ChoiceRow label=t().positions id="positions" choices value on_choose=choose />
            {numbers}
            <Faults path=format!("populations[{index}].positions") refused />
        </div>
    }
}

/// What a part of the network is warned of, in words.
#[component]
fn Warnings(
    /// The part's path.
    at: String,
) -> impl IntoView {
    let player: Player = expect_context();
    let told = move || {
        let all = player.spec.with(network::warnings);
        let own = all.into_iter().filter(|warning| warning.at == at);
        own.map(|warning| view! { <p>{warning.message(lang())}</p> }).collect_view()
    };
    view! { <div class="warnings" role="status">{told}</div> }
}

/// Opens the f–I curve of a population, where the page can show it.
#[component]
fn CurveButton(
    /// Index of the population.
    population: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let shown: Option<Shown> = use_context();
    shown.map(|shown| {
        let open = move |_| {
            shown.set("curve", true);
            player.sweep(population);
        };
        view! {
            <button type="button" class="text-button" id="open-curve" title=move || t().curve_help on:click=open>
                {move || t().curve}
            </button>
        }
    })
}
