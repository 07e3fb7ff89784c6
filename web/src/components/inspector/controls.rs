//! The sliders that the author of a network puts in front of the reader: to turn, and to name, bound and take away.

use leptos::prelude::*;
use spikeground_core::{
    param,
    spec::{ControlSpec, NetworkSpec},
};

use super::{
    place::Original,
    rows::{Faults, NumberRow, Refused, TextRow, attempt, concerns},
};
use crate::{
    components::{
        icon::{Glyph, Icon},
        slider::{Quantity, SliderRow},
        switch::SwitchRow,
    },
    i18n::{fill, lang, t},
    state::{player::Player, view::weight_unit},
};

/// The first few of them, to turn.
#[component]
pub fn FirstControls(
    /// How many.
    most: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let original = Original::of(player);
    // Made anew for other controls, another network or another language, not for another number.
    let subject = Memo::new(move |_| {
        let controls = player.spec.with(|spec| spec.controls.iter().take(most).cloned().collect::<Vec<_>>());
        (controls, player.entry.get().map(|entry| entry.id), lang())
    });
    move || subject.get().0.iter().map(|control| control_row(player, original, control)).collect_view()
}

/// All of them, to turn and to change.
#[component]
pub fn Controls() -> impl IntoView {
    let player: Player = expect_context();
    let count = Memo::new(move |_| player.spec.with(|spec| spec.controls.len()));
    let rows = move || match count.get() {
        0 => view! { <p class="hint-line">{t().controls_none}</p> }.into_any(),
        count => (0..count).map(|index| view! { <Control index /> }).collect_view().into_any(),
    };
    view! { {rows} }
}

/// One of them.
#[component]
fn Control(
    /// Its index.
    index: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let original: Original = expect_context();
    let control = Memo::new(move |_| player.spec.with(|spec| spec.controls.get(index).cloned()));
    let is_open = RwSignal::new(false);
    let refused = Refused::new(Vec::new());
    let change = move |change: &dyn Fn(&mut ControlSpec)| {
        attempt(player, refused, |spec| {
            if let Some(control) = spec.controls.get_mut(index) {
                change(control);
            }
        })
    };
    let name = Memo::new(move |_| control.with(|c| c.as_ref().map_or(String::new(), |c| c.name.clone())));
    let end = move |read: fn(&ControlSpec) -> f64| Signal::derive(move || control.with(|c| c.as_ref().map(read)));
    let log = Memo::new(move |_| control.with(|c| c.as_ref().is_some_and(|c| c.log)));
    let paths = move || control.with(|c| c.as_ref().map_or(String::new(), |c| c.paths.join(t().and_so_on)));
    let set_end = move |set: fn(&mut ControlSpec, f64)| {
        move |number: Option<f64>| {
            if let Some(number) = number {
                change(&|control| set(control, number));
            }
        }
    };
    let remove = move |_| player.edit(|spec| _ = spec.controls.remove(index));
    let more = move || {
        is_open.get().then(|| {
            view! {
                <div class="more">
                    <p class="range"><code>{paths}</code></p>
                    <TextRow
                        label=t().name
                        id=format!("control-name-{index}")
                        value=name
                        on_change=move |name| change(&|control| control.name.clone_from(&name))
                    />
                    <NumberRow label=t().from value=end(|c| c.min) on_number=set_end(|c, x| c.min = x) />
                    <NumberRow label=t().to value=end(|c| c.max) on_number=set_end(|c, x| c.max = x) />
                    <SwitchRow
                        name=t().logarithmic
                        doc=t().logarithmic_help
                        is_on=log
                        on_change=move |log| change(&|control| control.log = log)
                        id=format!("control-log-{index}")
                    />
                    <button type="button" class="text-button" on:click=remove>{t().remove_control}</button>
                </div>
            }
        })
    };
    let label = move || fill(t().more_of, &[&name.get()]);
    view! {
        <div class="value-row">
            {move || control.get().map(|control| control_row(player, original, &control))}
            <button
                type="button"
                class="icon-button more-button"
                title=label
                aria-label=label
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <Glyph icon=Icon::More />
            </button>
            {more}
            <Faults path=format!("controls[{index}]") refused />
        </div>
    }
}

/// The slider of a control; a double click brings back its value in `original`.
pub fn control_row(player: Player, original: Original, control: &ControlSpec) -> AnyView {
    let Some(first) = control.paths.first().cloned() else { return ().into_any() };
    let (doc, unit, now) = player.spec.with_untracked(|spec| {
        let (doc, unit) = what(spec, &first);
        (doc, unit, spec.get(&first))
    });
    let before = original.0.with_untracked(|original| original.as_ref().and_then(|original| original.get(&first)));
    let quantity = Quantity {
        name: control.name.clone(),
        doc: doc.into(),
        unit,
        default: before.or(now).unwrap_or(control.min),
        slider: param::Slider { min: control.min, max: control.max, log: control.log },
        whole: false,
    };
    let id = format!("control-{}", control.name.replace(' ', "-"));
    let wrong = {
        let first = first.clone();
        Signal::derive(move || player.problems.with(|all| all.iter().any(|mistake| concerns(mistake, &first))))
    };
    let value = Signal::derive(move || player.spec.with(|spec| spec.get(&first).unwrap_or(0.0)));
    let paths = StoredValue::new(control.paths.clone());
    let on_change = move |new| {
        player.edit(|spec| {
            paths.with_value(|paths| paths.iter().for_each(|path| _ = spec.set(path, new)));
        });
    };
    view! { <SliderRow quantity value wrong on_change id /> }.into_any()
}

/// What the number at a path is, and its unit.
fn what(spec: &NetworkSpec, path: &str) -> (&'static str, &'static str) {
    match spec.param_at(path) {
        Some(param) => (param.doc.get(lang()), param.unit.symbol()),
        None if path.ends_with("delay_ms") => (t().delay_help, "ms"),
        None => {
            let mut projections = spec.projections.iter().enumerate();
            let projection = projections.find(|(i, _)| path.starts_with(&format!("projections[{i}]")));
            (t().weight, projection.map_or("", |(_, p)| weight_unit(spec, p)))
        }
    }
}
