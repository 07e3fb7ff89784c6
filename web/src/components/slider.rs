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

/// What stands in a field and is no number, until it is one.
pub type Unread = RwSignal<Option<String>>;

/// The number that somebody typed.
pub fn number(text: &str) -> Option<f64> {
    // People type a comma, a true minus or a thin space as the page shows them, and the unit behind it.
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            format::MINUS => '-',
            ',' => '.',
            other => other,
        })
        .collect();
    plain.trim_end_matches(|c: char| c.is_alphabetic() || c == '°').parse().ok()
}

/// A field for a number. What is typed stays until it is one, and [`NoNumber`] says what is wrong with it.
#[component]
pub fn NumberField(
    /// What it is of, for those who do not see it.
    label: String,
    /// The number as it is shown. Tracked.
    #[prop(into)]
    shown: Signal<String>,
    /// Told of a number; of none where the field is emptied and `may_be_empty`.
    on_number: impl Fn(Option<f64>) + 'static,
    /// What is no number.
    unread: Unread,
    /// Whether the value is one that cannot be used.
    #[prop(into, optional)]
    wrong: Signal<bool>,
    /// Whether there may be no number.
    #[prop(optional)]
    may_be_empty: bool,
    /// A name for tests.
    #[prop(optional)]
    id: Option<String>,
) -> impl IntoView {
    let typed = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        let value = number(&text).filter(|number| number.is_finite());
        let is_none = may_be_empty && text.trim().is_empty();
        // Set in either case, so that a number is shown again as it is written here.
        unread.set((value.is_none() && !is_none).then_some(text));
        if value.is_some() || is_none {
            on_number(value);
        }
    };
    view! {
        <input
            type="text"
            inputmode="decimal"
            id=id
            aria-label=label
            aria-invalid=move || (wrong.get() || unread.with(Option::is_some)).to_string()
            prop:value=move || unread.get().unwrap_or_else(|| shown.get())
            on:change=typed
            on:dblclick=|event| event.stop_propagation()
        />
    }
}

/// Says that what stands in a field is no number.
#[component]
pub fn NoNumber(
    /// What stands there.
    unread: Unread,
) -> impl IntoView {
    let text =
        move || unread.get().map(|text| view! { <p class="fault" role="alert">{fill(t().no_number, &[&text])}</p> });
    view! { {text} }
}

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

    /// A value of it as it is written.
    pub fn shown(&self, value: f64) -> String {
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
    let unread = Unread::new(None);
    let typed = move |number: Option<f64>| {
        if let Some(number) = number {
            on_change(if quantity.with_value(|q| q.whole) { number.round() } else { number });
        }
    };
    let reset = move |_| {
        unread.set(None);
        on_change(quantity.with_value(|q| q.default));
    };
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
                    <NumberField label=label.clone() shown=Signal::derive(shown) wrong unread on_number=typed />
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
            <NoNumber unread />
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
    fn numbers_are_read_as_people_write_them() {
        let read = ["-60", "\u{2212}60\u{2009}mV", "1\u{2009}234,5", "2e-3", "", "twelve"].map(number);
        assert_eq!(read, [Some(-60.0), Some(-60.0), Some(1234.5), Some(2e-3), None, None]);
    }

    #[test]
    fn a_drag_gives_round_numbers() {
        let q = quantity(param::linear(0.0, 50.0));
        assert_eq!(q.value_at(324.0), 16.2);
        assert_eq!(rounded(12.345_678, 0.0, true), 12.3);
        assert_eq!(rounded(1234.0, 3.0, false), 1234.0);
    }
}
