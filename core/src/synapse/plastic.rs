//! The one loop in which a plastic rule, whichever it is, meets the spikes of a step.

/// What spikes of the source (`pre`) and of the target (`post`) leave behind: two traces each, which decay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traces<T> {
    /// Of a source neuron.
    pub pre: [T; 2],
    /// Of a target neuron.
    pub post: [T; 2],
}

/// How a modulator turns an eligibility into a weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Modulation {
    /// Time constant of the eligibility, ms.
    pub tau_c: f64,
    /// Time constant of the modulator's concentration, ms.
    pub tau_n: f64,
    /// Concentration at which weights stay.
    pub baseline: f64,
}

/// The synapses of a projection, from either side.
#[derive(Clone, Copy)]
pub struct Synapses<'a> {
    /// Where the synapses of each source begin.
    pub offsets: &'a [usize],
    /// Slot of the target of each synapse.
    pub targets: &'a [u32],
    /// Slot of the first target.
    pub first_slot: u32,
    /// Where the synapses onto each target begin.
    pub incoming_offsets: &'a [usize],
    /// Number and source of each synapse, by target.
    pub incoming: &'a [[u32; 2]],
}

/// A plastic projection in a step. Neurons are numbered in their populations.
///
/// The weight of a modulated synapse moves by its eligibility times the modulator, which all synapses share: between two
/// spikes at a synapse it moves by its scaled eligibility times what an integral, kept once for all, has grown meanwhile.
pub struct Learning<'a> {
    /// Constants of the rule.
    pub constants: &'a [f32],
    /// Least and largest weight.
    pub bounds: (f32, f32),
    /// Weight of each synapse.
    pub weights: &'a mut [f32],
    /// Of each synapse the eligibility times `growth`, and the integral up to which its weight is due; empty without a
    /// modulator.
    pub eligibility: &'a mut [[f32; 2]],
    /// What the eligibility is scaled by now.
    pub growth: f32,
    /// The integral of modulation now.
    pub integral: f32,
    /// Traces of the sources.
    pub pre: &'a [[f32; 2]],
    /// Traces of the targets.
    pub post: &'a [[f32; 2]],
    /// The synapses.
    pub synapses: Synapses<'a>,
    /// Sources that fire in this step.
    pub fired: &'a [u32],
    /// Targets whose spikes reach the synapses in this step.
    pub arrived: &'a [u32],
}

/// A rule: what a spike on one side makes of a weight (or, with a modulator, of an eligibility). The traces are those just
/// before the spike.
pub trait Rule: Copy {
    /// The rule with these constants.
    fn new(constants: &[f32]) -> Self;
    /// After a spike of the source.
    fn pre(self, value: f32, traces: Traces<f32>) -> f32;
    /// After a spike of the target.
    fn post(self, value: f32, traces: Traces<f32>) -> f32;
}

/// Lets the spikes of a step change their synapses: those of targets first, as in NEST.
pub fn learn<R: Rule>(mut learning: Learning) {
    let rule = R::new(learning.constants);
    let Synapses { offsets, targets, first_slot, incoming_offsets, incoming } = learning.synapses;
    for &target in learning.arrived {
        let post = learning.post[target as usize];
        for &[synapse, source] in &incoming[incoming_offsets[target as usize]..incoming_offsets[target as usize + 1]] {
            let traces = Traces { pre: learning.pre[source as usize], post };
            learning.change(synapse as usize, |value| rule.post(value, traces));
        }
    }
    for &source in learning.fired {
        let pre = learning.pre[source as usize];
        let own = offsets[source as usize]..offsets[source as usize + 1];
        for (synapse, slot) in own.clone().zip(&targets[own]) {
            let traces = Traces { pre, post: learning.post[(slot - first_slot) as usize] };
            learning.change(synapse, |value| rule.pre(value, traces));
        }
    }
}

impl Learning<'_> {
    #[inline(always)]
    fn change(&mut self, synapse: usize, change: impl FnOnce(f32) -> f32) {
        let weight = &mut self.weights[synapse];
        match self.eligibility.get_mut(synapse) {
            None => *weight = change(*weight),
            Some(eligibility) => {
                settle(weight, eligibility, self.integral, self.bounds);
                eligibility[0] = change(eligibility[0] / self.growth) * self.growth;
            }
        }
    }
}

/// Brings the weight of a modulated synapse up to the present integral.
pub fn settle(weight: &mut f32, eligibility: &mut [f32; 2], integral: f32, (least, largest): (f32, f32)) {
    let [scaled, since] = *eligibility;
    *weight = (*weight + scaled * (integral - since)).max(least).min(largest);
    eligibility[1] = integral;
}
