//! What is not wrong in a specification, but may not be meant: told beside the numbers, and never in the way of a run.

use alloc::{format, string::String, vec::Vec};

use super::values;
use crate::{
    neuron,
    spec::{Distribution, NetworkSpec},
    text::Lang,
};

/// One thing to look at, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// Path of what it is about, such as `populations[0]`.
    pub at: String,
    /// What it is.
    pub caution: Caution,
}

/// What a specification can be warned of.
#[derive(Clone, Debug, PartialEq)]
pub enum Caution {
    /// The step is longer than the largest at which a model can be trusted with its parameters.
    StepTooLong {
        /// The model.
        model: &'static str,
        /// The step.
        dt_ms: f64,
        /// The largest step.
        largest_ms: f64,
    },
}

impl Warning {
    /// The message in `lang`, without the place.
    pub fn message(&self, lang: Lang) -> String {
        let Caution::StepTooLong { model, dt_ms, largest_ms } = self.caution;
        match lang {
            Lang::En => format!(
                "A step of {dt_ms} ms is long for {model} with these parameters: spikes may come early, late or not at all. \
                 Set dt_ms to {largest_ms} or less, or choose slower time constants."
            ),
            Lang::Zh => format!(
                "对于采用这组参数的 {model}，{dt_ms} ms 的步长偏长，脉冲可能偏早、偏迟或缺失。\
                 请将 dt_ms 设为 {largest_ms} 以下，或取更慢的时间常数。"
            ),
        }
    }
}

/// Everything to look at in a specification. Models that are unknown are mistakes, and told as such.
pub fn warnings(spec: &NetworkSpec) -> Vec<Warning> {
    let dt_ms = spec.dt_ms;
    let of = |(i, p): (usize, &crate::spec::PopulationSpec)| {
        let model = neuron::find(&p.model)?;
        let params = values(model.params, &p.params);
        // Where neurons differ, those at the ends are judged for all.
        let ends = [|p: Distribution| p.bounds().0, Distribution::middle, |p: Distribution| p.bounds().1];
        let steps = ends.map(|end| (model.largest_dt)(&params.iter().copied().map(end).collect::<Vec<_>>()));
        let largest = steps.into_iter().fold(f64::INFINITY, f64::min);
        // What rounding adds to a step that is just as long is no reason to warn.
        (dt_ms > largest * (1.0 + 1e-9)).then(|| Warning {
            at: format!("populations[{i}]"),
            caution: Caution::StepTooLong { model: model.name, dt_ms, largest_ms: rounded_down(largest) },
        })
    };
    spec.populations.iter().enumerate().filter_map(of).collect()
}

/// The largest number of two digits that is not above a positive one.
fn rounded_down(x: f64) -> f64 {
    let digits = 1 - libm::floor(libm::log10(x)) as i32;
    let power = libm::pow(10.0, f64::from(digits.abs()));
    // The quotient of whole numbers is what people write; the product with 0.01 would not be.
    if digits >= 0 { libm::floor(x * power + 1e-9) / power } else { libm::floor(x / power + 1e-9) * power }
}
