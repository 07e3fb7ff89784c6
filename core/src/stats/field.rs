//! A proxy of the local field potential of a population, whose neurons have no extent: the sum of the absolute values of
//! their synaptic currents, of those tried the best that needs no fit (Mazzoni et al. 2015,
//! doi:10.1371/journal.pcbi.1004584; 2008, doi:10.1371/journal.pcbi.1000239). Given is the mean over the neurons, so
//! that it does not depend on their number.
//!
//! A current is a state variable, or a conductance times the distance to its reversal potential. A model that has
//! neither is represented by its mean membrane potential, which is no good proxy and says so.

use alloc::vec::Vec;

use crate::{
    neuron::{LANES, NeuronModel},
    param::index_of,
    text::{Text, text},
    units::Unit,
};

/// How the field of a population is approximated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldProxy {
    /// Mean over neurons of the sum of |I_syn| over their receptors.
    Currents,
    /// The same from conductances: numbers of these state variables, and of the parameters with their reversal potentials.
    Conductances([(usize, usize); 2]),
    /// Mean over neurons of the membrane potential.
    Potential,
}

impl FieldProxy {
    /// That of a model.
    pub fn of(model: &NeuronModel) -> FieldProxy {
        let driven = |name, reversal| Some((model.state_index(name)?, index_of(model.params, reversal)?));
        match (driven("g_ex", "E_ex"), driven("g_in", "E_in")) {
            _ if currents(model).next().is_some() => FieldProxy::Currents,
            (Some(ex), Some(inh)) => FieldProxy::Conductances([ex, inh]),
            _ => FieldProxy::Potential,
        }
    }

    /// What it is.
    pub fn doc(self) -> Text {
        match self {
            FieldProxy::Potential => text("mean membrane potential", "平均膜电位"),
            _ => text("local field: mean |synaptic current|", "局部场电位近似：突触电流绝对值的均值"),
        }
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        match self {
            FieldProxy::Potential => Unit::Millivolt,
            _ => Unit::Picoampere,
        }
    }

    /// Its value for `n` neurons, from the values of the model's parameters and the state: blocks × variables × lanes.
    pub fn value(self, model: &NeuronModel, params: &[f64], state: &[f32], n: usize) -> f32 {
        let block = model.state.len() * LANES;
        let currents: Vec<usize> = currents(model).collect();
        let sum: f64 = (0..n)
            .map(|neuron| {
                let x = |variable: usize| f64::from(state[neuron / LANES * block + variable * LANES + neuron % LANES]);
                match self {
                    FieldProxy::Currents => currents.iter().map(|&i| libm::fabs(x(i))).sum(),
                    FieldProxy::Conductances(both) => {
                        both.map(|(g, e)| libm::fabs(x(g) * (x(0) - params[e]))).iter().sum()
                    }
                    FieldProxy::Potential => x(0),
                }
            })
            .sum();
        (sum / n as f64) as f32
    }
}

/// The synaptic currents of a model, by their numbers among its state variables.
fn currents(model: &NeuronModel) -> impl Iterator<Item = usize> + '_ {
    model.state.iter().enumerate().filter(|(_, variable)| variable.name.starts_with("I_syn_")).map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neuron;

    /// Nine neurons, so that a second block has idle lanes; variable v of neuron i is 10·v + i, but V_m is −60.
    fn value(name: &str) -> f32 {
        let model = neuron::find(name).unwrap();
        let params: Vec<f64> = model.params.iter().map(|p| p.default).collect();
        let mut state = alloc::vec![f32::NAN; 2 * model.state.len() * LANES];
        for i in 0..9 {
            for v in 0..model.state.len() {
                let at = i / LANES * model.state.len() * LANES + v * LANES + i % LANES;
                state[at] = if v == 0 { -60.0 } else { (10 * v + i) as f32 };
            }
        }
        FieldProxy::of(model).value(model, &params, &state, 9)
    }

    #[test]
    fn currents_conductances_or_else_the_potential() {
        // Currents 10 + i and 20 + i, i on average 4.
        assert_eq!(value("iaf_psc_exp"), 38.0);
        // Conductances 10 + i towards 0 mV and 20 + i towards −85 mV.
        assert_eq!(value("iaf_cond_exp"), 14.0 * 60.0 + 24.0 * 25.0);
        assert_eq!(value("izhikevich"), -60.0);
    }

    #[test]
    fn every_model_with_synaptic_currents_uses_them() {
        for model in neuron::MODELS {
            let has = model.state.iter().any(|s| s.name.starts_with("I_syn_") || s.name == "g_ex");
            assert_eq!(FieldProxy::of(model) != FieldProxy::Potential, has, "{}", model.name);
        }
    }
}
