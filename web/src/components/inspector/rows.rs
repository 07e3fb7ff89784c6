//! The rows that the parts of the inspector share: a menu, a text, a number, and what is wrong with them.

use leptos::prelude::*;
use spikeground_core::{
    error::{Mistake, SpecError},
    network,
    spec::NetworkSpec,
    text::Text,
};

use crate::{
    components::slider::{NoNumber, NumberField, Unread},
    i18n::{fill, lang, t},
    plot::format,
    state::{player::Player, view::weight_unit},
};

/// Mistakes that a change would have made, which is why it was not made.
pub type Refused = RwSignal<Vec<SpecError>>;

/// Changes what the network is wired from, in one edit, unless that makes a mistake: then nothing changes, and the mistake is
/// told. Returns whether it was good.
pub fn attempt(player: Player, refused: Refused, change: impl FnOnce(&mut NetworkSpec)) -> bool {
    let before = player.spec.get_untracked();
    let mut after = before.clone();
    change(&mut after);
    let known = network::mistakes(&before);
    let new: Vec<_> = network::mistakes(&after).into_iter().filter(|mistake| !known.contains(mistake)).collect();
    let is_good = new.is_empty();
    if is_good && after != before {
        player.edit(|spec| *spec = after);
    }
    refused.set(new);
    is_good
}

/// Whether a mistake is about what stands at `path`.
pub fn concerns(mistake: &SpecError, path: &str) -> bool {
    match &mistake.mistake {
        // It has the place of all parameters, and names two.
        Mistake::NotOrdered { below, above, .. } => {
            let name = path.strip_prefix(&mistake.at).and_then(|rest| rest.strip_prefix('.'));
            name.is_some_and(|name| name == below || name == above)
        }
        _ => mistake.at.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])),
    }
}

/// The mistakes at a place, with their remedies, where they are made.
#[component]
pub fn Faults(
    /// Path of the place.
    path: String,
    /// Whether only mistakes of the place itself are told, not of what is in it.
    #[prop(optional)]
    alone: bool,
    /// Mistakes of a change that was refused, wherever they are.
    #[prop(optional)]
    refused: Option<Refused>,
) -> impl IntoView {
    let player: Player = expect_context();
    let own = move || {
        let of = |m: &SpecError| {
            if alone { m.at == path } else { concerns(m, &path) }
        };
        let here = player.problems.with(|all| all.iter().filter(|m| of(m)).cloned().collect::<Vec<_>>());
        let others = refused.map_or(Vec::new(), |refused| refused.get());
        let shown = here.iter().map(|m| (m.at.strip_prefix(&*path).unwrap_or_default().to_owned(), m));
        let shown = shown.chain(others.iter().map(|m| (m.at.strip_prefix(&*path).unwrap_or(&m.at).to_owned(), m)));
        // More than these nobody mends at a time.
        let lines = shown.take(3).map(|(at, mistake)| {
            let at = (!at.is_empty()).then(|| view! { <code>{at}</code> " " });
            view! { <p>{at} {mistake.message(lang())}</p> }
        });
        lines.collect_view()
    };
    view! { <div class="fault" role="alert">{own}</div> }
}

/// A choice of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What the specification calls it.
    pub value: String,
    /// What people read.
    pub words: String,
    /// The heading it stands under; empty for none.
    pub group: &'static str,
}

impl Choice {
    /// Something out of a registry: its title for people, and the name that papers and files know.
    pub fn of(name: &str, title: Text, group: &'static str) -> Choice {
        let title = title.get(lang());
        let words = if title == name { name.to_owned() } else { format!("{title} ({name})") };
        Choice { value: name.to_owned(), words, group }
    }

    /// A name that says all.
    pub fn plain(name: &str) -> Choice {
        Choice { value: name.to_owned(), words: name.to_owned(), group: "" }
    }
}

/// A menu.
#[component]
pub fn ChoiceRow(
    /// What is chosen.
    label: &'static str,
    /// A name for tests.
    #[prop(into)]
    id: String,
    /// The choices; those of a group follow each other.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The present one. Tracked.
    #[prop(into)]
    value: Signal<String>,
    /// Told of another one; returns whether it was taken.
    on_choose: impl Fn(String) -> bool + 'static,
) -> impl IntoView {
    // What is refused goes back to what is.
    let again = Trigger::new();
    let chosen = move |event: leptos::ev::Event| {
        if !on_choose(event_target_value(&event)) {
            again.notify();
        }
    };
    let options = move || {
        let all = choices.get();
        let groups = all.chunk_by(|a, b| a.group == b.group);
        let option = |choice: &Choice| {
            let (own, words) = (choice.value.clone(), choice.words.clone());
            let is_chosen = value.with_untracked(|value| *value == own);
            view! { <option value=own selected=is_chosen>{words}</option> }
        };
        let groups = groups.map(|group| {
            let options = group.iter().map(option).collect_view();
            match group[0].group {
                "" => options.into_any(),
                heading => view! { <optgroup label=heading>{options}</optgroup> }.into_any(),
            }
        });
        groups.collect_view()
    };
    let shown = move || {
        again.track();
        // Set again once the choices are there.
        _ = choices.with(Vec::len);
        value.get()
    };
    view! {
        <label class="choice-row">
            <span>{label}</span>
            <select id=id prop:value=shown on:change=chosen>{options}</select>
        </label>
    }
}

/// A text, such as a name.
#[component]
pub fn TextRow(
    /// What it is.
    label: &'static str,
    /// A name for tests.
    #[prop(into)]
    id: String,
    /// The text. Tracked.
    #[prop(into)]
    value: Signal<String>,
    /// Told of another one; returns whether it was taken. One that was not stays to be mended.
    on_change: impl Fn(String) -> bool + 'static,
) -> impl IntoView {
    let draft = RwSignal::new(None::<String>);
    let typed = move |event: leptos::ev::Event| {
        let text = event_target_value(&event).trim().to_owned();
        let is_taken = on_change(text.clone());
        draft.set((!is_taken).then_some(text));
    };
    view! {
        <label class="choice-row">
            <span>{label}</span>
            <input
                type="text"
                class="words"
                id=id
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || draft.with(Option::is_some).to_string()
                prop:value=move || draft.get().unwrap_or_else(|| value.get())
                on:change=typed
            />
        </label>
    }
}

/// A number without a slider.
#[component]
pub fn NumberRow(
    /// What it is.
    #[prop(into)]
    label: String,
    /// Its unit; may be empty.
    #[prop(optional)]
    unit: &'static str,
    /// The number, if there is one. Tracked.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// Told of another one.
    on_number: impl Fn(Option<f64>) + 'static,
    /// Whether there may be none.
    #[prop(optional)]
    may_be_empty: bool,
) -> impl IntoView {
    let unread = Unread::new(None);
    let shown = Signal::derive(move || value.get().map_or(String::new(), plain));
    view! {
        <div class="number-row">
            <span aria-hidden="true">{label.clone()}</span>
            <span class="slider-value">
                <NumberField label shown unread on_number may_be_empty />
                <span class="unit">{unit}</span>
            </span>
        </div>
        <NoNumber unread />
    }
}

/// A number with every digit that it has, as in a file.
pub fn plain(value: f64) -> String {
    format!("{value}").replace('-', &format::MINUS.to_string())
}

/// What something of a registry is, and how it works.
pub fn described(title: Text, doc: Text) -> impl IntoView {
    view! {
        <p class="model"><strong>{title.get(lang())}</strong></p>
        <details><summary>{t().how}</summary><p>{doc.get(lang())}</p></details>
    }
}

/// What a visitor should know of a choice: what went with it, and which weights mean something else now.
pub fn told(player: Player, before: &NetworkSpec, chosen: &str, dropped: &[String]) -> Vec<String> {
    let after = player.spec.get_untracked();
    let gone = (!dropped.is_empty()).then(|| fill(t().dropped, &[chosen, &dropped.join(t().and_so_on)]));
    let changed = after.projections.iter().zip(&before.projections).filter_map(|(new, old)| {
        let unit = weight_unit(&after, new);
        (unit != weight_unit(before, old)).then(|| (format!("{} → {}", new.source, new.target), unit))
    });
    let changed: Vec<_> = changed.collect();
    let units = changed.first().map(|(_, unit)| {
        let names = changed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(t().and_so_on);
        if unit.is_empty() { fill(t().weights_plain, &[&names]) } else { fill(t().weights_unit, &[&names, unit]) }
    });
    gone.into_iter().chain(units).collect()
}

/// What a choice brought with it, until the next one.
#[component]
pub fn Notes(
    /// Its lines.
    lines: RwSignal<Vec<String>>,
) -> impl IntoView {
    view! { <div class="notes" role="status">{move || lines.get().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}</div> }
}
