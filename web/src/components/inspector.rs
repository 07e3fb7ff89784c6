//! The inspector: the parameters of what is selected, made from the registries of core.

use leptos::prelude::*;
use spikeground_core::{
    error::size,
    network, neuron,
    param::{self, Param},
    rng, rule,
    space::Layout,
    spec::{ControlSpec, Distribution, NetworkSpec, ProjectionSpec},
    stimulus::{self, List},
    synapse,
    text::Text,
    units::Unit,
};

use super::{
    diagram::{Selected, Selection},
    equation::Equations,
    icon::{Icon, IconButton},
    sheet::{OpenSheet, Sheet},
    slider::{Quantity, SliderRow},
    stage::Shown,
    switch::SwitchRow,
};
use crate::{
    i18n::{fill, lang, t},
    plot::format,
    state::{player::Player, view::weight_unit},
};

/// The inspector.
#[component]
pub fn Inspector() -> impl IntoView {
    let player: Player = expect_context();
    let sheet: OpenSheet = expect_context();
    let Selection(selected) = expect_context();
    // Made anew for another network, another language or another selection, not for another number.
    let subject = Memo::new(move |_| {
        let shape = player.spec.with(|s| {
            let models: Vec<_> = s.populations.iter().map(|p| p.model.clone()).collect();
            let defaults = player.entry.get().map(|e| e.id);
            (models, s.stimuli.len(), s.projections.len(), s.controls.clone(), defaults, s.name.clone())
        });
        (shape, selected.get(), lang())
    });
    let body = move || {
        let (_, selected, _) = subject.get();
        let spec = player.spec.get_untracked();
        match selected {
            Selected::Population(i) if i < spec.populations.len() => population(player, &spec, i),
            Selected::Stimulus(i) if i < spec.stimuli.len() => stimulus_of(player, &spec, i),
            Selected::Projection(i) if i < spec.projections.len() => projection(player, &spec, i),
            _ => network(player, &spec),
        }
    };
    let is_part = move || selected.get() != Selected::Network;
    view! {
        <aside class="inspector side" class:open=move || sheet.is(Sheet::Inspector) aria-label=move || t().parameters>
            <Show when=is_part>
                <button type="button" class="text-button back" on:click=move |_| selected.set(Selected::Network)>
                    "← " {move || t().whole_network}
                </button>
            </Show>
            {body}
        </aside>
    }
}

/// The value at a path of the network as set, and whether something is wrong with it.
fn at_path(player: Player, path: String) -> (Signal<f64>, Signal<bool>) {
    let wrong = {
        let path = path.clone();
        // A mistake of two parameters together has the place of both.
        let concerns = move |at: &str| at == path || (at.ends_with(".params") && path.starts_with(at));
        Signal::derive(move || player.problems.with(|p| p.iter().any(|e| concerns(&e.at))))
    };
    (Signal::derive(move || player.spec.with(|s| s.get(&path).unwrap_or(0.0))), wrong)
}

fn param_row(
    player: Player,
    path: String,
    param: &'static Param,
    default: f64,
    lit: RwSignal<Option<String>>,
) -> AnyView {
    let quantity = Quantity {
        name: param.name.into(),
        doc: param.doc.get(lang()).into(),
        unit: param.unit.symbol(),
        default,
        slider: param.slider,
        whole: param.unit == Unit::Count,
    };
    let (value, wrong) = at_path(player, path.clone());
    let path = StoredValue::new(path);
    let on_change = move |new| {
        lit.set(Some(param.name.to_owned()));
        player.edit(|spec| {
            path.with_value(|path| spec.set(path, new));
        });
    };
    view! { <SliderRow quantity value wrong on_change /> }.into_any()
}

/// The value that the network came with, which a double click restores.
fn original(player: Player) -> NetworkSpec {
    player.entry.get_untracked().map_or_else(|| player.spec.get_untracked(), |entry| entry.spec())
}

fn heading(kind: &'static str, name: &str) -> impl IntoView + use<> {
    view! { <h2><span class="kind">{kind}</span> {name.to_owned()}</h2> }
}

fn described(title: Text, doc: Text) -> impl IntoView {
    view! {
        <p class="model"><strong>{title.get(lang())}</strong></p>
        <details><summary>{t().how}</summary><p>{doc.get(lang())}</p></details>
    }
}

fn population(player: Player, spec: &NetworkSpec, i: usize) -> AnyView {
    let p = &spec.populations[i];
    let Some(model) = neuron::find(&p.model) else { return ().into_any() };
    let lit = RwSignal::new(None);
    let original = original(player);
    let rows = model.params.iter().map(|param| {
        let path = format!("populations[{i}].params.{}", param.name);
        let default = original.get(&path).unwrap_or(param.default);
        view! {
            {param_row(player, path, param, default, lit)}
            {own_row(player, i, param)}
        }
    });
    view! {
        {heading(t().population, &p.name)}
        <CurveButton population=i />
        <Equations model lit />
        {described(model.title, model.doc)}
        <p class="cite">{t().source} ": " {model.source}</p>
        {p.positions.map(|layout| view! { <p class="positions">{positions(&layout)}</p> })}
        {rows.collect_view()}
        <Warnings at=format!("populations[{i}]") />
    }
    .into_any()
}

/// How the neurons of population `i` differ in a parameter, if they do; its slider moves the middle.
fn own_row(player: Player, i: usize, param: &'static Param) -> impl IntoView {
    let given = move |spec: &NetworkSpec| {
        let params = &spec.populations.get(i)?.params;
        params.iter().find(|(name, _)| name == param.name).map(|(_, value)| *value)
    };
    let line = move || {
        let (form, a, b) = match player.spec.with(given)? {
            Distribution::Constant(_) => return None,
            Distribution::Uniform { lo, hi } => (t().drawn_uniform, lo, hi),
            Distribution::Normal { mean, std, .. } => (t().drawn_normal, mean, std),
            Distribution::Lognormal { median, sigma, .. } => (t().drawn_lognormal, median, sigma),
        };
        let [a, b] = [a, b].map(|x| format::significant(x, 4));
        Some(view! { <p class="positions">{fill(form, &[param.name, &a, &b])}</p> })
    };
    view! { {line} }
}

/// Where the neurons of a population stand, in a line.
fn positions(layout: &Layout) -> String {
    let extent = layout.extent.map(|length| format::significant(length, 4));
    let counts = layout.grid.map(|counts| counts.map(|count| format::fixed(count as f64, 0)));
    let [width, height] = &extent;
    let line = match &counts {
        Some([columns, rows]) => fill(t().on_grid, &[columns, rows, width, height]),
        None => fill(t().at_random, &[width, height]),
    };
    if layout.edge_wrap { line + t().edges_meet } else { line }
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

fn stimulus_of(player: Player, spec: &NetworkSpec, i: usize) -> AnyView {
    let s = &spec.stimuli[i];
    let Some(model) = stimulus::find(&s.model) else { return ().into_any() };
    let original = original(player);
    let rows = model.params.iter().map(|param| {
        let path = format!("stimuli[{i}].params.{}", param.name);
        let default = original.get(&path).unwrap_or(param.default);
        param_row(player, path, param, default, RwSignal::new(None))
    });
    view! {
        {heading(t().stimulus, &s.name)}
        {described(model.title, model.doc)}
        {rows.collect_view()}
        {model.lists.iter().map(|list| list_row(player, i, list)).collect_view()}
    }
    .into_any()
}

/// A list of a stimulus: how many numbers it has, and the first of them. It is changed in the file.
fn list_row(player: Player, i: usize, list: &'static List) -> impl IntoView {
    /// As many as fill the inspector.
    const MOST: usize = 200;
    let numbers = move |spec: &NetworkSpec| {
        let lists = spec.stimuli.get(i).map(|s| &s.lists);
        let given = lists.and_then(|lists| lists.iter().find(|(name, _)| name == list.name));
        given.map_or(Vec::new(), |(_, numbers)| numbers.clone())
    };
    let numbers = Memo::new(move |_| player.spec.with(numbers));
    let count = move || format::fixed(numbers.with(Vec::len) as f64, 0);
    let text = move || {
        numbers.with(|numbers| {
            let first = numbers.iter().take(MOST).map(|x| format::significant(*x, 4));
            let rest = (numbers.len() > MOST).then(|| "…".to_owned());
            format::with_unit(&first.chain(rest).collect::<Vec<_>>().join(", "), list.unit.symbol())
        })
    };
    view! {
        <details title=list.doc.get(lang())>
            <summary>{list.name} " (" {count} ")"</summary>
            <p>{text}</p>
        </details>
    }
}

fn projection(player: Player, spec: &NetworkSpec, i: usize) -> AnyView {
    let p = &spec.projections[i];
    let unit = weight_unit(spec, p);
    let original = original(player);
    let weight_path = format!("projections[{i}].weight");
    let weight = original.get(&weight_path).unwrap_or(p.weight.middle());
    // Up to five times the strength it came with, on its side of zero.
    let reach = 5.0 * weight.abs().max(1.0);
    let slider = if weight < 0.0 { param::linear(-reach, 0.0) } else { param::linear(0.0, reach) };
    let delay_path = format!("projections[{i}].delay_ms");
    let delay = original.get(&delay_path).unwrap_or(p.delay_ms.middle());
    let dt_ms = spec.dt_ms;
    let rule = rule::find(&p.rule);
    let is_recurrent = p.source == p.target;
    let from_stimulus = !spec.populations.iter().any(|q| q.name == p.source);
    let rule_rows =
        rule.map(|rule| rule.params.iter().map(|param| rule_row(player, i, param, &original)).collect_view());
    view! {
        {heading(t().projection, &format!("{} → {}", p.source, p.target))}
        {number_row(player, weight_path, t().weight, t().weight_help, unit, weight, slider)}
        {p.weight.constant().is_none().then(|| view! { <p class="hint">{t().own_weights}</p> })}
        {number_row(player, delay_path, t().delay, t().delay_help, "ms", delay, param::log(dt_ms, 20.0_f64.max(dt_ms * 2.0)))}
        {p.delay_ms.constant().is_none().then(|| view! { <p class="hint">{t().own_delays}</p> })}
        {synapse_of(player, p, i, &original)}
        {rule.map(|rule| described(rule.title, rule.doc))}
        {rule_rows}
        {(!from_stimulus).then(|| option_rows(player, i, is_recurrent))}
    }
    .into_any()
}

/// The synapse model of a projection and its parameters, if it is more than a weight.
fn synapse_of(player: Player, p: &ProjectionSpec, i: usize, original: &NetworkSpec) -> Option<AnyView> {
    let model = synapse::find(&p.synapse).filter(|model| !model.params.is_empty())?;
    let lit = RwSignal::new(None);
    let rows = model.params.iter().map(|param| {
        let path = format!("projections[{i}].synapse_params.{}", param.name);
        let default = original.get(&path).unwrap_or(param.default);
        param_row(player, path, param, default, lit)
    });
    let modulator = p.modulator.as_ref().map(|name| view! { <p class="hint">{fill(t().modulated_by, &[name])}</p> });
    let parts = view! {
        <h3>{t().synapse}</h3>
        {described(model.title, model.doc)}
        <div class="equations">{model.equations.iter().map(|line| view! { <div class="equation">{*line}</div> }).collect_view()}</div>
        <p class="cite">{t().source} ": " {model.source}</p>
        {modulator}
        {rows.collect_view()}
    };
    Some(parts.into_any())
}

fn number_row(
    player: Player,
    path: String,
    name: &'static str,
    doc: &'static str,
    unit: &'static str,
    default: f64,
    slider: param::Slider,
) -> impl IntoView {
    let quantity = Quantity { name: name.into(), doc: doc.into(), unit, default, slider, whole: false };
    let (value, wrong) = at_path(player, path.clone());
    let path = StoredValue::new(path);
    let on_change = move |new| {
        player.edit(|spec| {
            path.with_value(|path| spec.set(path, new));
        });
    };
    view! { <SliderRow quantity value wrong on_change /> }
}

/// A parameter of a connection rule: the network is wired anew when the knob is let go.
fn rule_row(player: Player, i: usize, param: &'static Param, original: &NetworkSpec) -> AnyView {
    let value_in = move |spec: &NetworkSpec| {
        let params = spec.projections.get(i).map(|p| &p.params);
        params.and_then(|ps| ps.iter().find(|(name, _)| name == param.name)).map_or(param.default, |(_, v)| *v)
    };
    let quantity = Quantity {
        name: param.name.into(),
        doc: param.doc.get(lang()).into(),
        unit: param.unit.symbol(),
        default: value_in(original),
        slider: param.slider,
        whole: param.unit == Unit::Count,
    };
    let value = Signal::derive(move || player.spec.with(value_in));
    let on_change = move |new| {
        player.edit(|spec| {
            if let Some((_, slot)) = spec.projections[i].params.iter_mut().find(|(name, _)| name == param.name) {
                *slot = new;
            }
        });
    };
    view! { <SliderRow quantity value on_change late=true /> }.into_any()
}

/// What a connection rule may do; the network is wired anew.
fn option_rows(player: Player, i: usize, is_recurrent: bool) -> impl IntoView + use<> {
    let allows = move |of: fn(&ProjectionSpec) -> bool| {
        Signal::derive(move || player.spec.with(|spec| spec.projections.get(i).is_none_or(of)))
    };
    let autapses = allows(|projection| projection.allow_autapses);
    let allow_autapses = move |allow| player.edit(|spec| spec.projections[i].allow_autapses = allow);
    let multapses = allows(|projection| projection.allow_multapses);
    let allow_multapses = move |allow| player.edit(|spec| spec.projections[i].allow_multapses = allow);
    view! {
        {is_recurrent.then(|| view! {
            <SwitchRow name=t().autapses doc=t().autapses_help is_on=autapses on_change=allow_autapses id="autapses" />
        })}
        <SwitchRow name=t().multapses doc=t().multapses_help is_on=multapses on_change=allow_multapses id="multapses" />
    }
}

fn network(player: Player, spec: &NetworkSpec) -> AnyView {
    view! {
        <h2>{t().controls}</h2>
        {control_rows(player, spec, usize::MAX)}
        <SizeRow />
        <SeedRow />
    }
    .into_any()
}

/// The sliders that the author of the network puts in front of the reader: the first few of them.
#[component]
pub fn FirstControls(
    /// How many.
    most: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    // Made anew for other controls or another language, not for another number.
    let subject = Memo::new(move |_| {
        let controls = player.spec.with(|s| s.controls.clone());
        (controls, player.entry.get().map(|e| e.id), lang())
    });
    move || {
        subject.track();
        control_rows(player, &player.spec.get_untracked(), most)
    }
}

fn control_rows(player: Player, spec: &NetworkSpec, most: usize) -> Vec<AnyView> {
    let original = original(player);
    spec.controls.iter().take(most).map(|c| control_row(player, spec, c, &original)).collect()
}

fn control_row(player: Player, spec: &NetworkSpec, control: &ControlSpec, original: &NetworkSpec) -> AnyView {
    let Some(first) = control.paths.first().cloned() else { return ().into_any() };
    let (doc, unit) = match spec.param_at(&first) {
        Some(param) => (param.doc.get(lang()), param.unit.symbol()),
        None if first.ends_with("delay_ms") => (t().delay_help, "ms"),
        None => {
            let projection =
                spec.projections.iter().enumerate().find(|(i, _)| first.starts_with(&format!("projections[{i}]")));
            (t().weight, projection.map_or("", |(_, p)| weight_unit(spec, p)))
        }
    };
    let quantity = Quantity {
        name: control.name.clone(),
        doc: doc.into(),
        unit,
        default: original.get(&first).or_else(|| spec.get(&first)).unwrap_or(control.min),
        slider: param::Slider { min: control.min, max: control.max, log: control.log },
        whole: false,
    };
    let id = format!("control-{}", control.name.replace(' ', "-"));
    let (value, wrong) = at_path(player, first);
    let paths = StoredValue::new(control.paths.clone());
    let on_change = move |new| {
        player.edit(|spec| {
            paths.with_value(|paths| paths.iter().for_each(|path| _ = spec.set(path, new)));
        });
    };
    view! { <SliderRow quantity value wrong on_change id /> }.into_any()
}

/// Number of neurons, with the memory that it would take.
#[component]
fn SizeRow() -> impl IntoView {
    let player: Player = expect_context();
    let quantity = Quantity {
        name: t().size.into(),
        doc: t().size_help.into(),
        unit: "",
        default: original(player).neurons() as f64,
        slider: param::log(100.0, 100_000.0),
        whole: true,
    };
    let preview = RwSignal::new(None::<f64>);
    let value = Signal::derive(move || player.spec.with(NetworkSpec::neurons) as f64);
    let neurons = move || preview.get().unwrap_or_else(|| value.get()).max(1.0);
    let on_change = move |new: f64| player.edit(|spec| *spec = spec.scaled(new.max(1.0) as u64));
    view! {
        <SliderRow quantity value on_change late=true preview id="size".to_owned() />
        <p class="estimate" id="estimate">{move || t().memory} " ≈ " {move || size(player.estimate_bytes(neurons() as u64))}</p>
    }
}

/// The seed, shown and settable.
#[component]
fn SeedRow() -> impl IntoView {
    let player: Player = expect_context();
    let set = move |seed: u32| player.edit(|spec| spec.seed = seed);
    let typed = move |event: leptos::ev::Event| {
        if let Ok(seed) = event_target_value(&event).trim().parse::<u32>() {
            set(seed);
        } else {
            player.spec.update(|_| {});
        }
    };
    // The next seed is a function of this one, so that pressing the dice is reproducible too.
    let next = move || {
        let seed = player.spec.with_untracked(|s| s.seed);
        set(rng::Stream::new(seed, rng::Purpose::Init, 0).words(seed, 1)[0] % 1_000_000);
    };
    view! {
        <div class="seed-row">
            <label>
                <span>{move || t().seed}</span>
                <input
                    type="text"
                    inputmode="numeric"
                    id="seed"
                    prop:value=move || player.spec.with(|s| format::fixed(f64::from(s.seed), 0).replace('\u{2009}', ""))
                    on:change=typed
                />
            </label>
            <IconButton icon=Icon::Dice label=Signal::derive(|| t().new_seed) id="new-seed" on_press=next />
        </div>
    }
}
