//! The receptor at which the spikes of a projection arrive: chosen by name, or left to the sign of the weight.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{Distribution, NetworkSpec, ProjectionSpec};
use crate::{
    neuron::{self, Receptor},
    param::values,
    stimulus, synapse,
};

impl NetworkSpec {
    /// The receptors that a projection may name: those of its target, but none for a current, which goes past them.
    pub fn receptors(&self, index: usize) -> &'static [Receptor] {
        let Some(p) = self.projections.get(index) else { return &[] };
        let source = self.stimuli.iter().find(|s| s.name == p.source).and_then(|s| stimulus::find(&s.model));
        if source.is_some_and(|model| model.sends.is_current()) {
            return &[];
        }
        let target = self.populations.iter().find(|population| population.name == p.target);
        target.and_then(|population| neuron::find(&population.model)).map_or(&[], |model| model.receptors)
    }

    /// Lets the spikes of a projection arrive at a receptor, or by none's name at that of the weight's sign. One weight that is
    /// of the other sign than the receptor takes is turned round.
    pub fn choose_receptor(&mut self, index: usize, receptor: Option<&str>) {
        let receptors = self.receptors(index);
        let Some(projection) = self.projections.get_mut(index) else { return };
        projection.receptor = receptor.map(ToOwned::to_owned);
        if let (Some(weight), false) = (projection.weight.constant(), fits(projection, receptors)) {
            projection.weight = Distribution::Constant(-weight);
            if !fits(projection, receptors) {
                projection.weight = Distribution::Constant(weight);
            }
        }
    }

    /// Lets a projection go to another population. Returns the names of what had to go.
    pub fn choose_target(&mut self, index: usize, target: &str) -> Vec<String> {
        let Some(projection) = self.projections.get_mut(index) else { return Vec::new() };
        target.clone_into(&mut projection.target);
        self.drop_lost_receptors()
    }

    /// Leaves the receptor to the sign of the weight where the one that is named is no longer there or takes no such weight.
    pub(super) fn drop_lost_receptors(&mut self) -> Vec<String> {
        let mut dropped = Vec::new();
        for index in 0..self.projections.len() {
            if self.projections[index].receptor.is_some() && !fits(&self.projections[index], self.receptors(index)) {
                self.projections[index].receptor = None;
                dropped.push("receptor".to_owned());
            }
        }
        dropped
    }
}

/// Whether one of the receptors, or any by its sign, takes the weights of a projection and those that it may learn.
fn fits(projection: &ProjectionSpec, receptors: &[Receptor]) -> bool {
    let Some(name) = &projection.receptor else { return true };
    let learned = synapse::find(&projection.synapse)
        .and_then(|model| Some((model.plastic()?.bounds)(&values(model.params, &projection.synapse_params))));
    let ends = [Some(projection.weight.bounds()), learned].into_iter().flatten().flat_map(|(lo, hi)| [lo, hi]);
    receptors.iter().find(|receptor| receptor.name == *name).is_some_and(|receptor| {
        let mut ends = ends;
        ends.all(|weight| receptor.weights.contains(weight))
    })
}
