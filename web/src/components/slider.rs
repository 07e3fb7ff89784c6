//! A number that can be dragged, typed, stepped with the arrow keys, and set back with a double click.

use leptos::prelude::*;
use spikeground_core::param;

use super::symbol::Symbol;
use crate::{
    i18n::{fill, t},
    plot::format,
};

/// Positions of the knob: more than pixels of any slider.
const POSITIONS: f64 = 1000.0;

/// What a slider is of.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Its name; a symbol is shown as one.
    pub name: String,
    /// A few words on it.
    pub doc: String,
    /// Its unit; may be empty.
    pub unit: &'static str,
    /// Value that a double click sets.
    pub default: f64,
    /// Ends of the slider.
    pub slider: param::Slider,
    /// Whether only whole numbers make sense.
    pub whole: bool,
}

impl Quantity {
    fn value_at(&self, position: f64) -> f64 {
        let (param::Slider { min, max, log }, share) = (self.slider, position / POSITIONS);
        let value = if log { min * (max / min).powf(share) } else { min + (max - min) * share };
        if self.whole { value.round() } else { rounded(value, (max - min) / POSITIONS, log) }
    }

    fn position_of(&self, value: f64) -> f64 {
        let param::Slider { min, max, log } = self.slider;
        let value = value.clamp(min, max);
        let share = if log { (value / min).ln() / (max / min).ln() } else { (value - min) / (max - min) };
        share * POSITIONS
    }

    fn shown(&self, value: f64) -> String {
        if self.whole { format::fixed(value, 0) } else { format::significant(value, 4) }
    }
}

/// Rounds to three digits (logarithmic) or to the nearest round number within a step of the slider, so that a drag gives
/// numbers that people would type.
fn rounded(value: f64, step: f64, log: bool) -> f64 {
    let size = if log { value.abs().max(f64::MIN_POSITIVE) / 100.0 } else { step };
    let unit = 10f64.powf(size.log10().floor());
    // Dividing by a power of ten is exact where multiplying by its inverse is not.
    if unit < 1.0 { (value / unit).round() / (1.0 / unit).round() } else { (value / unit).round() * unit }
}

/// The slider.
#[component]
pub fn SliderRow(
    /// What it is of.
    quantity: Quantity,
    /// The value. Tracked.
    #[prop(into)]
    value: Signal<f64>,
    /// Told of a new value.
    on_change: impl Fn(f64) + Copy + Send + Sync + 'static,
    /// Whether the value is one that cannot be used.
    #[prop(into, optional)]
    wrong: Signal<bool>,
    /// Whether `on_change` waits until the knob is let go, for changes that take time.
    #[prop(optional)]
    late: bool,
    /// Told of the value under the knob while it is dragged and `late` is set.
    #[prop(optional)]
    preview: Option<RwSignal<Option<f64>>>,
    /// A name for tests.
    #[prop(optional)]
    id: String,
) -> impl IntoView {
    let quantity = StoredValue::new(quantity);
    let dragged = RwSignal::new(None::<f64>);
    let present = move || dragged.get().unwrap_or_else(|| value.get());
    let set = move |new: f64| {
        if late {
            dragged.set(Some(new));
        } else {
            on_change(new);
        }
        if let Some(preview) = preview {
            preview.set(Some(new));
        }
    };
    let let_go = move || {
        if let Some(new) = dragged.get_untracked() {
            dragged.set(None);
            on_change(new);
        }
        if let Some(preview) = preview {
            preview.set(None);
        }
    };
    let q = quantity.get_value();
    let position = move || quantity.with_value(|q| q.position_of(present()));
    let shown = move || quantity.with_value(|q| q.shown(present()));
    let text = {
        let unit = q.unit;
        move || format::with_unit(&shown(), unit)
    };
    let typed = move |event: leptos::ev::Event| {
        // People type a comma, a true minus or a thin space as the page shows them.
        let plain: String = event_target_value(&event)
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '\u{2212}' => '-',
                ',' => '.',
                other => other,
            })
            .collect();
        let number = plain.trim_end_matches(|c: char| c.is_alphabetic()).parse::<f64>();
        match number {
            Ok(number) if number.is_finite() => {
                on_change(if quantity.with_value(|q| q.whole) { number.round() } else { number })
            }
            _ => dragged.update(|_| {}),
        }
    };
    let reset = move |_| on_change(quantity.with_value(|q| q.default));
    let default_text = format::with_unit(&q.shown(q.default), q.unit);
    let hint = {
        let (doc, low, high) =
            (q.doc.clone(), q.shown(q.slider.min), format::with_unit(&q.shown(q.slider.max), q.unit));
        move || format!("{doc}\n{}\n{}", fill(t().range, &[&low, &high]), fill(t().to_default, &[&default_text]))
    };
    let label = format!("{} {}", q.name, q.doc);
    view! {
        <div class="slider-row" class:wrong=move || wrong.get() title=hint on:dblclick=reset>
            <div class="slider-text">
                <span class="slider-name">
                    <Symbol name=q.name.clone() />
                    <span class="slider-doc">{q.doc.clone()}</span>
                </span>
                <span class="slider-value">
                    <input
                        type="text"
                        inputmode="decimal"
                        aria-label=label.clone()
                        aria-invalid=move || wrong.get().to_string()
                        prop:value=shown
                        on:change=typed
                        on:dblclick=|event| event.stop_propagation()
                    />
                    <span class="unit">{q.unit}</span>
                </span>
            </div>
            <input
                type="range"
                id=id
                min="0"
                max=POSITIONS
                step="1"
                prop:value=position
                style:--fill=move || format!("{}%", position() / POSITIONS * 100.0)
                aria-label=label
                aria-valuetext=text
                on:input=move |event| {
                    if let Ok(position) = event_target_value(&event).parse::<f64>() {
                        set(quantity.with_value(|q| q.value_at(position)));
                    }
                }
                on:change=move |_| let_go()
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(slider: param::Slider) -> Quantity {
        Quantity { name: "x".into(), doc: String::new(), unit: "mV", default: 1.0, slider, whole: false }
    }

    #[test]
    fn positions_and_values_agree() {
        for q in
            [quantity(param::linear(-300.0, 0.0)), quantity(param::log(0.2, 50.0)), quantity(param::linear(0.0, 50.0))]
        {
            assert_eq!(q.value_at(0.0), q.slider.min);
            assert_eq!(q.value_at(POSITIONS), q.slider.max);
            for position in [1.0, 137.0, 500.0, 999.0] {
                assert!((q.position_of(q.value_at(position)) - position).abs() < 5.0, "{q:?} {position}");
            }
        }
    }

    #[test]
    fn a_drag_gives_round_numbers() {
        let q = quantity(param::linear(0.0, 50.0));
        assert_eq!(q.value_at(324.0), 16.2);
        assert_eq!(rounded(12.345_678, 0.0, true), 12.3);
        assert_eq!(rounded(1234.0, 3.0, false), 1234.0);
    }
}
