//! `Counts`: what happened in a run that costs energy, whatever the hardware.
//!
//! Events are those of synapses between neurons. What stimuli send is not counted: on a chip it comes from outside, and
//! published figures per synaptic event leave it out too.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::{
    engine::Simulation,
    network::{From, Network},
};

/// Bits of a number in the simulator: of a weight, and of a state variable.
const WORD_BIT: f64 = 32.0;

/// What happened in a run, population by population.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// The populations.
    pub populations: Vec<PopulationCounts>,
    /// Steps that were counted.
    pub steps: f64,
    /// Time of the model that they took, s.
    pub model_s: f64,
    /// Weights that were changed by learning.
    pub plastic_updates: f64,
}

/// What happened in a population.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PopulationCounts {
    /// Its name.
    pub name: String,
    /// Its neurons.
    pub neurons: f64,
    /// Spikes that they sent.
    pub spikes: f64,
    /// Neurons that reach it by a synapse, over all projections onto it.
    pub sources: f64,
    /// Spikes of those.
    pub spikes_in: f64,
    /// Synapses onto it.
    pub synapses: f64,
    /// Pairs of neurons that could be connected, over all projections onto it.
    pub pairs: f64,
    /// Spikes that arrived at its synapses.
    pub events: f64,
    /// State variables of a neuron.
    pub variables: f64,
}

impl Counts {
    /// What was counted of a run since its statistics began.
    pub fn of(simulation: &Simulation) -> Counts {
        let (network, recorder) = (simulation.network(), simulation.recorder());
        let steps = (simulation.steps() - recorder.since()) as f64;
        Counts::with(network, steps, |neuron| f64::from(recorder.spikes_of(neuron)))
    }

    /// What a network counts in so many steps, if its neurons send so many spikes.
    pub fn with(network: &Network, steps: f64, spikes: impl Fn(u32) -> f64) -> Counts {
        let populations = network.populations.iter().map(|p| PopulationCounts {
            name: p.name.clone(),
            neurons: p.n as f64,
            spikes: (p.first..p.first + p.n as u32).map(&spikes).sum(),
            variables: p.model.state.len() as f64,
            ..PopulationCounts::default()
        });
        let mut counts = Counts {
            populations: populations.collect(),
            steps,
            model_s: steps * network.dt_ms() / 1000.0,
            plastic_updates: 0.0,
        };
        for p in &network.projections {
            let From::Population(source) = p.from else { continue };
            let source = &network.populations[source];
            let onto = &mut counts.populations[p.target];
            let before = onto.events;
            for neuron in 0..source.n {
                let (sent, synapses) = (spikes(source.first + neuron as u32), p.synapses.of(neuron).len() as f64);
                if synapses > 0.0 {
                    onto.sources += 1.0;
                    onto.spikes_in += sent;
                    onto.events += sent * synapses;
                }
            }
            onto.synapses += p.synapses.targets.len() as f64;
            onto.pairs += source.n as f64 * network.populations[p.target].n as f64;
            if p.synapse.plastic().is_some() {
                // A spike on either side of a synapse changes its weight.
                let first = network.populations[p.target].first;
                let onto_target = |target: usize| (p.incoming.offsets[target + 1] - p.incoming.offsets[target]) as f64;
                let targets = 0..network.populations[p.target].n;
                let backward: f64 = targets.map(|target| spikes(first + target as u32) * onto_target(target)).sum();
                counts.plastic_updates += onto.events - before + backward;
            }
        }
        counts
    }

    fn sum(&self, of: impl Fn(&PopulationCounts) -> f64) -> f64 {
        self.populations.iter().map(of).sum()
    }

    /// Neurons.
    pub fn neurons(&self) -> f64 {
        self.sum(|p| p.neurons)
    }

    /// Synapses.
    pub fn synapses(&self) -> f64 {
        self.sum(|p| p.synapses)
    }

    /// Spikes.
    pub fn spikes(&self) -> f64 {
        self.sum(|p| p.spikes)
    }

    /// Spikes that arrived at a synapse.
    pub fn events(&self) -> f64 {
        self.sum(|p| p.events)
    }

    /// Times that a neuron was updated: each, in each step.
    pub fn updates(&self) -> f64 {
        self.neurons() * self.steps
    }

    /// Mean rate of a neuron, Hz; zero for a run that took no time.
    pub fn rate_hz(&self) -> f64 {
        let neuron_s = self.neurons() * self.model_s;
        if neuron_s > 0.0 { self.spikes() / neuron_s } else { 0.0 }
    }

    /// Memory of the weights and of the neurons' state in the simulator, bit.
    pub fn memory_bit(&self) -> f64 {
        WORD_BIT * self.sum(|p| p.synapses + p.neurons * p.variables)
    }

    /// The same network for the same time with `factor` times as many spikes.
    #[must_use]
    pub fn faster(&self, factor: f64) -> Counts {
        let mut counts = self.clone();
        for p in &mut counts.populations {
            for count in [&mut p.spikes, &mut p.spikes_in, &mut p.events] {
                *count *= factor;
            }
        }
        counts.plastic_updates *= factor;
        counts
    }
}
