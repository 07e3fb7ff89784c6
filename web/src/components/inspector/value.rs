//! A number of the network, with all that a visitor may do to it: slide, type, let neurons differ in it, and put it in front of the
//! reader.

use leptos::prelude::*;
use spikeground_core::spec::{ControlSpec, Distribution, NetworkSpec};

use super::{
    distribution::Spread,
    place::{Original, Place},
    rows::{Faults, Refused, attempt, concerns},
};
use crate::{
    components::{
        icon::{Glyph, Icon},
        slider::{Quantity, SliderRow},
        switch::SwitchRow,
    },
    i18n::{fill, t},
    plot::format,
    state::player::Player,
};

/// The row.
#[component]
pub fn ValueRow(
    /// The number.
    place: Place,
    /// Told the name of what was changed last, which lights it in the equations.
    #[prop(optional)]
    lit: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let player: Player = expect_context();
    let original: Original = expect_context();
    let (quantity, may_differ, is_control) = player.spec.with_untracked(|spec| {
        let quantity = original.0.with_untracked(|original| place.quantity(spec, original.as_ref()));
        (quantity, place.may_differ(spec), spec.get(&place.path()).is_some())
    });
    let path = place.path();
    let refused = Refused::new(Vec::new());
    let given = Memo::new(move |_| player.spec.with(|spec| place.get(spec)).unwrap_or(Distribution::Constant(0.0)));
    let value = Signal::derive(move || given.get().middle());
    let wrong = {
        let path = path.clone();
        Signal::derive(move || {
            player.problems.with(|all| all.iter().any(|m| concerns(m, &path))) || refused.with(|all| !all.is_empty())
        })
    };
    let name = quantity.name.clone();
    let on_change = move |new: f64| {
        if let Some(lit) = lit {
            lit.set(Some(place.name().to_owned()));
        }
        let change = |spec: &mut NetworkSpec| {
            let before = place.get(spec).unwrap_or(Distribution::Constant(new));
            place.set(spec, before.with_middle(new));
        };
        if place.is_wiring() {
            attempt(player, refused, change);
        } else {
            player.edit(change);
        }
    };
    let is_open = RwSignal::new(false);
    let differs = Memo::new(move |_| given.get().constant().is_none());
    let more = {
        let quantity = quantity.clone();
        move || {
            (is_open.get() || differs.get()).then(|| {
                view! {
                    <div class="more">
                        {is_open.get().then(|| view! { <p class="range">{range_words(&quantity)}</p> })}
                        {may_differ.then(|| view! { <Spread place refused unit=quantity.unit /> })}
                        {(is_control && is_open.get()).then(|| view! { <Front quantity=quantity.clone() place /> })}
                    </div>
                }
            })
        }
    };
    let more_label = StoredValue::new(fill(t().more_of, &[&name]));
    view! {
        <div class="value-row">
            <SliderRow quantity value wrong on_change late=place.is_wiring() />
            <button
                type="button"
                class="icon-button more-button"
                title=more_label.get_value()
                aria-label=more_label.get_value()
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <Glyph icon=Icon::More />
            </button>
            {more}
            <Faults path refused />
        </div>
    }
}

/// The ends of the slider and the default, for those who cannot hover.
fn range_words(quantity: &Quantity) -> String {
    let [low, high, default] = [quantity.slider.min, quantity.slider.max, quantity.default].map(|x| quantity.shown(x));
    let [high, default] = [high, default].map(|x| format::with_unit(&x, quantity.unit));
    fill(t().range_default, &[&low, &high, &default])
}

/// Whether a number stands among the sliders that the reader sees first.
#[component]
fn Front(
    /// What a slider shows of it.
    quantity: Quantity,
    /// The number.
    place: Place,
) -> impl IntoView {
    let player: Player = expect_context();
    let path = StoredValue::new(place.path());
    let has = move |control: &ControlSpec| path.with_value(|path| control.paths.contains(path));
    let is_on = Signal::derive(move || player.spec.with(|spec| spec.controls.iter().any(has)));
    let slider = quantity.slider;
    let name = StoredValue::new(quantity.name);
    let on_change = move |on: bool| {
        player.edit(|spec| {
            if on {
                let name = control_name(spec, &path.get_value(), &name.get_value());
                spec.controls.push(ControlSpec {
                    name,
                    paths: vec![path.get_value()],
                    min: slider.min,
                    max: slider.max,
                    log: slider.log,
                });
            } else {
                path.with_value(|path| {
                    spec.controls.iter_mut().for_each(|control| control.paths.retain(|p| p != path))
                });
                spec.controls.retain(|control| !control.paths.is_empty());
            }
        });
        true
    };
    view! { <SwitchRow name=t().in_front doc=t().in_front_help is_on on_change id=format!("front-{}", place.name()) /> }
}

/// What a new control is called: what it turns, and of which part.
fn control_name(spec: &NetworkSpec, path: &str, name: &str) -> String {
    let index = path.split(['[', ']']).nth(1).and_then(|index| index.parse::<usize>().ok()).unwrap_or_default();
    let part = if path.starts_with("populations") {
        spec.populations.get(index).map(|p| p.name.clone())
    } else if path.starts_with("stimuli") {
        spec.stimuli.get(index).map(|s| s.name.clone())
    } else {
        spec.projections.get(index).map(|p| format!("{} → {}", p.source, p.target))
    };
    format!("{name} {}", part.unwrap_or_default()).trim().to_owned()
}
