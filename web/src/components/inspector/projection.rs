//! A projection: its ends, weight, delay, synapse model and connection rule.

use leptos::prelude::*;
use spikeground_core::{
    rule::{self, Needs},
    spec::{NetworkSpec, ProjectionSpec},
    synapse::{self, Kind},
};

use super::{
    edges::Edges,
    place::Place,
    rows::{Choice, ChoiceRow, Faults, Notes, Refused, attempt, described, told},
    value::ValueRow,
};
use crate::{
    components::{equation::Equations, switch::SwitchRow},
    i18n::t,
    state::player::Player,
};

/// Something of a projection, for what depends on it. Tracked.
fn of<T: PartialEq + Send + Sync + 'static>(
    player: Player,
    index: usize,
    read: impl Fn(&NetworkSpec, &ProjectionSpec) -> T + Send + Sync + 'static,
    none: fn() -> T,
) -> Memo<T> {
    Memo::new(move |_| player.spec.with(|spec| spec.projections.get(index).map_or_else(none, |p| read(spec, p))))
}

/// The projection.
#[component]
pub fn Projection(
    /// Its index.
    index: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let source = of(player, index, |_, p| p.source.clone(), String::new);
    let target = of(player, index, |_, p| p.target.clone(), String::new);
    let is_stimulated = of(player, index, |spec, p| !spec.populations.iter().any(|q| q.name == p.source), || false);
    let (refused, notes) = (Refused::new(Vec::new()), RwSignal::new(Vec::new()));
    let choose_source = move |source: String| {
        let before = player.spec.get_untracked();
        let mut dropped = Vec::new();
        let is_taken = attempt(player, refused, |spec| dropped = spec.choose_source(index, &source));
        notes.set(if is_taken { told(player, &before, &source, &dropped) } else { Vec::new() });
        is_taken
    };
    let choose_target = move |target: String| {
        let before = player.spec.get_untracked();
        let mut dropped = Vec::new();
        let is_taken = attempt(player, refused, |spec| dropped = spec.choose_target(index, &target));
        notes.set(if is_taken { told(player, &before, &target, &dropped) } else { Vec::new() });
        is_taken
    };
    let sources = Signal::derive(move || {
        player.spec.with(|spec| {
            let populations =
                spec.populations.iter().map(|p| Choice { group: t().population, ..Choice::plain(&p.name) });
            let stimuli = spec.stimuli.iter().map(|s| Choice { group: t().stimulus, ..Choice::plain(&s.name) });
            populations.chain(stimuli).collect::<Vec<_>>()
        })
    });
    let sources = Memo::new(move |_| sources.get());
    let targets = populations(player);
    // Made anew where the ends have changed, because units and what may differ follow from them.
    let numbers = move || {
        source.track();
        target.track();
        let may_choose = !is_stimulated.get();
        view! {
            <ReceptorRow index />
            <ValueRow place=Place::Weight(index) />
            <ValueRow place=Place::Delay(index) />
            {may_choose.then(|| view! {
                <Synapse index />
                <Rule index />
            })}
        }
    };
    view! {
        <h2><span class="kind">{t().projection}</span> <span>{source} " → " {target}</span></h2>
        <ChoiceRow label=t().from_node id="source" choices=sources value=source on_choose=choose_source />
        <ChoiceRow label=t().to_node id="target" choices=targets value=target on_choose=choose_target />
        <Faults path=format!("projections[{index}]") alone=true refused />
        <Notes lines=notes />
        {numbers}
    }
}

/// The receptor at which its spikes arrive, where the target has any.
#[component]
fn ReceptorRow(
    /// Index of the projection.
    index: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let refused = Refused::new(Vec::new());
    let choices = Memo::new(move |_| {
        let receptors = player.spec.with(|spec| spec.receptors(index));
        let by_sign = Choice { value: String::new(), words: t().receptor_by_sign.into(), group: "" };
        let named = receptors.iter().map(|receptor| Choice::of(receptor.name, receptor.doc, ""));
        std::iter::once(by_sign).chain(named).collect::<Vec<_>>()
    });
    let value = of(player, index, |_, p| p.receptor.clone().unwrap_or_default(), String::new);
    let choose = move |name: String| {
        let receptor = (!name.is_empty()).then_some(name);
        attempt(player, refused, |spec| spec.choose_receptor(index, receptor.as_deref()))
    };
    let has_any = Memo::new(move |_| choices.with(|choices| choices.len() > 1));
    move || {
        has_any.get().then(|| {
            view! {
                <ChoiceRow label=t().receptor id="receptor" choices value on_choose=choose />
                <Faults path=format!("projections[{index}].receptor") refused />
            }
        })
    }
}

/// The populations, as a menu. Tracked.
fn populations(player: Player) -> Memo<Vec<Choice>> {
    Memo::new(move |_| player.spec.with(|spec| spec.populations.iter().map(|p| Choice::plain(&p.name)).collect()))
}

/// The synapse model and what it knows.
#[component]
fn Synapse(
    /// Index of the projection.
    index: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let model = of(player, index, |_, p| p.synapse.clone(), String::new);
    let modulator = of(player, index, |_, p| p.modulator.clone().unwrap_or_default(), String::new);
    let (refused, notes) = (Refused::new(Vec::new()), RwSignal::new(Vec::new()));
    let choose = move |model: String| {
        let before = player.spec.get_untracked();
        let mut dropped = Vec::new();
        let is_taken = attempt(player, refused, |spec| dropped = spec.choose_synapse(index, &model));
        notes.set(if is_taken { told(player, &before, &model, &dropped) } else { Vec::new() });
        is_taken
    };
    let modulate = move |name: String| attempt(player, refused, |spec| spec.projections[index].modulator = Some(name));
    let group = |kind: &Kind| match kind {
        Kind::Static => "",
        Kind::ShortTerm(_) => t().short_term,
        Kind::Plastic(plastic) if plastic.modulation.is_some() => t().modulated,
        Kind::Plastic(_) => t().learning,
    };
    let choices: Vec<_> = synapse::SYNAPSES.iter().map(|s| Choice::of(s.name, s.title, group(&s.kind))).collect();
    let populations = populations(player);
    let section = move || {
        let model = synapse::find(&model.get()).filter(|model| !model.params.is_empty())?;
        let lit = RwSignal::new(None);
        let names = model.params.iter().map(|p| p.name).collect();
        let is_modulated = model.plastic().is_some_and(|plastic| plastic.modulation.is_some());
        let rows = model.params.iter().map(|param| view! { <ValueRow place=Place::Synapse(index, param) lit /> });
        Some(view! {
            {described(model.title, model.doc)}
            {is_modulated.then(|| view! {
                <ChoiceRow label=t().modulator id="modulator" choices=populations value=modulator on_choose=modulate />
            })}
            <Equations lines=model.equations names lit />
            <p class="cite">{t().source} ": " {model.source}</p>
            {rows.collect_view()}
            <Faults path=format!("projections[{index}].synapse_params") alone=true />
        })
    };
    view! {
        <div class="part">
            <ChoiceRow label=t().synapse id="synapse" choices value=model on_choose=choose />
            <Faults path=format!("projections[{index}].synapse") alone=true refused />
            <Notes lines=notes />
            {section}
        </div>
    }
}

/// The connection rule and what it knows.
#[component]
fn Rule(
    /// Index of the projection.
    index: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let rule = of(player, index, |_, p| p.rule.clone(), String::new);
    let is_recurrent = of(player, index, |_, p| p.source == p.target, || false);
    let (refused, notes) = (Refused::new(Vec::new()), RwSignal::new(Vec::new()));
    let choose = move |rule: String| {
        let before = player.spec.get_untracked();
        let mut dropped = Vec::new();
        let is_taken = attempt(player, refused, |spec| dropped = spec.choose_rule(index, &rule));
        notes.set(if is_taken { told(player, &before, &rule, &dropped) } else { Vec::new() });
        is_taken
    };
    let group = |needs: Needs| match needs {
        Needs::Nothing => t().by_chance,
        Needs::Positions(_) => t().by_distance,
        Needs::Edges => t().by_list,
    };
    let mut rules = rule::RULES.to_vec();
    rules.sort_by_key(|rule| match rule.needs {
        Needs::Nothing => 0,
        Needs::Positions(_) => 1,
        Needs::Edges => 2,
    });
    let choices: Vec<_> = rules.iter().map(|r| Choice::of(r.name, r.title, group(r.needs))).collect();
    let section = move || {
        let rule = rule::find(&rule.get())?;
        let rows = rule.params.iter().map(|param| view! { <ValueRow place=Place::Rule(index, param) /> });
        Some(view! {
            {described(rule.title, rule.doc)}
            {rows.collect_view()}
            {matches!(rule.needs, Needs::Edges).then(|| view! { <Edges index /> })}
        })
    };
    let allow = move |set: fn(&mut ProjectionSpec, bool)| {
        move |allow| attempt(player, refused, |spec| set(&mut spec.projections[index], allow))
    };
    let autapses = of(player, index, |_, p| p.allow_autapses, || true);
    let multapses = of(player, index, |_, p| p.allow_multapses, || true);
    let allow_autapses = allow(|p, allow| p.allow_autapses = allow);
    let allow_multapses = allow(|p, allow| p.allow_multapses = allow);
    view! {
        <div class="part">
            <ChoiceRow label=t().rule id="rule" choices value=rule on_choose=choose />
            <Faults path=format!("projections[{index}].rule") refused />
            <Notes lines=notes />
            {section}
            {move || is_recurrent.get().then(|| view! {
                <SwitchRow name=t().autapses doc=t().autapses_help is_on=autapses on_change=allow_autapses id="autapses" />
            })}
            <SwitchRow name=t().multapses doc=t().multapses_help is_on=multapses on_change=allow_multapses id="multapses" />
        </div>
    }
}
