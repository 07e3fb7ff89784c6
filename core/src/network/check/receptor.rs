//! Checks the receptor that a projection names, and what weights it takes.

use alloc::format;

use super::Check;
use crate::{
    error::{Mistake, Named, clipped},
    neuron,
    param::Range,
    spec::ProjectionSpec,
    stimulus,
    units::Unit,
};

impl Check<'_> {
    /// The weights that a projection may have, and their unit where that matters; any, where it names no receptor.
    pub(super) fn receptor(&mut self, at: &str, p: &ProjectionSpec, from_stimulus: bool) -> (Range, Unit) {
        const ANY: (Range, Unit) = (Range::ANY, Unit::One);
        let Some(name) = &p.receptor else { return ANY };
        let at = format!("{at}.receptor");
        let stimulus = self.spec.stimuli.iter().find(|s| from_stimulus && s.name == p.source);
        if stimulus.and_then(|s| stimulus::find(&s.model)).is_some_and(|model| model.sends.is_current()) {
            self.fail(at, Mistake::ReceptorOfCurrent { name: clipped(&p.source) });
            return ANY;
        }
        let target = self.spec.populations.iter().find(|population| population.name == p.target);
        // A target or a model that is unknown is mistake enough.
        let Some(model) = target.and_then(|population| neuron::find(&population.model)) else { return ANY };
        let Some(receptor) = model.receptors.iter().find(|receptor| receptor.name == name) else {
            self.unknown(at, Named::Receptor, name, model.receptors.iter().map(|receptor| receptor.name));
            return ANY;
        };
        (receptor.weights, model.weight_unit)
    }

    /// The weights that plasticity may reach must be those of the receptor.
    pub(super) fn learned(&mut self, at: &str, bounds: (f64, f64), (weights, unit): (Range, Unit)) -> bool {
        let at = format!("{at}.synapse_params");
        self.number(&at, bounds.0, weights, unit) && self.number(&at, bounds.1, weights, unit)
    }
}
