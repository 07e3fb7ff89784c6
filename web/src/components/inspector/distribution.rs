//! How a number differs between neurons or synapses: the form of its distribution, and the numbers of that.

use leptos::prelude::*;
use spikeground_core::{
    param::Range,
    spec::{Distribution, Shape},
};

use super::{
    place::Place,
    rows::{Choice, ChoiceRow, NumberRow, Refused, attempt},
};
use crate::{i18n::t, state::player::Player};

/// A number of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    First,
    Second,
    Min,
    Max,
}

/// The form and its numbers.
#[component]
pub fn Spread(
    /// What differs.
    place: Place,
    /// Where mistakes are told.
    refused: Refused,
    /// Unit of the number.
    unit: &'static str,
) -> impl IntoView {
    let player: Player = expect_context();
    let given = move || player.spec.with(|spec| place.get(spec)).unwrap_or(Distribution::Constant(0.0));
    let shape = Memo::new(move |_| given().shape());
    let words = |shape| match shape {
        Shape::Constant => t().same_for_all,
        Shape::Uniform => t().uniform,
        Shape::Normal => t().normal,
        Shape::Lognormal => t().lognormal,
    };
    let choices: Vec<_> =
        Shape::ALL.map(|shape| Choice { value: shape.name().into(), words: words(shape).into(), group: "" }).into();
    let choose = move |name: String| {
        let Some(shape) = Shape::ALL.into_iter().find(|shape| shape.name() == name) else { return false };
        attempt(player, refused, |spec| {
            let range = place.range(spec);
            let before = place.get(spec).unwrap_or(Distribution::Constant(0.0));
            place.set(spec, before.shaped(shape, range));
        })
    };
    let number = move |part: Part, label: &'static str, unit: &'static str| {
        let value = Signal::derive(move || part_of(given(), part));
        let may_be_empty = matches!(part, Part::Min | Part::Max);
        let on_number = move |number: Option<f64>| {
            player.edit(|spec| {
                let before = place.get(spec).unwrap_or(Distribution::Constant(0.0));
                place.set(spec, with_part(before, part, number));
            });
        };
        view! { <NumberRow label unit value on_number may_be_empty /> }.into_any()
    };
    let numbers = move || {
        let limits = || [number(Part::Min, t().at_least, unit), number(Part::Max, t().at_most, unit)];
        match shape.get() {
            Shape::Constant => Vec::new(),
            Shape::Uniform => vec![number(Part::First, t().from, unit), number(Part::Second, t().to, unit)],
            Shape::Normal => {
                let own = [number(Part::First, t().mean, unit), number(Part::Second, t().deviation, unit)];
                own.into_iter().chain(limits()).collect()
            }
            Shape::Lognormal => {
                let own = [number(Part::First, t().median, unit), number(Part::Second, t().log_deviation, "")];
                own.into_iter().chain(limits()).collect()
            }
        }
    };
    let value = Signal::derive(move || shape.get().name().to_owned());
    let label = if matches!(place, Place::Weight(_) | Place::Delay(_)) { t().each_synapse } else { t().each_neuron };
    view! {
        <ChoiceRow label id=format!("spread-{}", place.name()) choices value on_choose=choose />
        {numbers}
    }
}

fn part_of(given: Distribution, part: Part) -> Option<f64> {
    let limit = |limits: Range| match part {
        Part::Min if limits.lo > -Range::LARGEST => Some(limits.lo),
        Part::Max if limits.hi < Range::LARGEST => Some(limits.hi),
        _ => None,
    };
    match (given, part) {
        (Distribution::Constant(value), _) => Some(value),
        (Distribution::Uniform { lo, .. }, Part::First) => Some(lo),
        (Distribution::Uniform { hi, .. }, _) => Some(hi),
        (Distribution::Normal { mean: first, .. } | Distribution::Lognormal { median: first, .. }, Part::First) => {
            Some(first)
        }
        (Distribution::Normal { std: second, .. } | Distribution::Lognormal { sigma: second, .. }, Part::Second) => {
            Some(second)
        }
        (Distribution::Normal { limits, .. } | Distribution::Lognormal { limits, .. }, _) => limit(limits),
    }
}

/// The same with one number changed; a limit without a number is none.
fn with_part(mut given: Distribution, part: Part, number: Option<f64>) -> Distribution {
    match (&mut given, part, number) {
        (
            Distribution::Constant(slot)
            | Distribution::Uniform { lo: slot, .. }
            | Distribution::Normal { mean: slot, .. }
            | Distribution::Lognormal { median: slot, .. },
            Part::First,
            Some(number),
        )
        | (
            Distribution::Uniform { hi: slot, .. }
            | Distribution::Normal { std: slot, .. }
            | Distribution::Lognormal { sigma: slot, .. },
            Part::Second,
            Some(number),
        ) => *slot = number,
        (Distribution::Normal { limits, .. } | Distribution::Lognormal { limits, .. }, Part::Min, number) => {
            limits.lo = number.unwrap_or(-Range::LARGEST);
        }
        (Distribution::Normal { limits, .. } | Distribution::Lognormal { limits, .. }, Part::Max, number) => {
            limits.hi = number.unwrap_or(Range::LARGEST);
        }
        _ => {}
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_set_and_read_by_itself() {
        for shape in [Shape::Uniform, Shape::Normal, Shape::Lognormal] {
            let mut given = Distribution::Constant(2.0).shaped(shape, Range::ANY);
            let parts = if shape == Shape::Uniform {
                vec![Part::First, Part::Second]
            } else {
                vec![Part::First, Part::Second, Part::Min, Part::Max]
            };
            for (i, part) in parts.iter().enumerate() {
                given = with_part(given, *part, Some(i as f64));
            }
            let read: Vec<_> = parts.iter().map(|part| part_of(given, *part)).collect();
            assert_eq!(read, (0..parts.len()).map(|i| Some(i as f64)).collect::<Vec<_>>(), "{shape:?}");
        }
        let normal = Distribution::Constant(2.0).shaped(Shape::Normal, Range::ANY);
        assert_eq!(part_of(with_part(normal, Part::Min, None), Part::Min), None);
    }
}
