//! What the views need to know of a network: its populations as bands, and neurons by name. Plain functions of a
//! specification.

use spikeground_core::{
    neuron::{self, NeuronModel},
    spec::{NetworkSpec, PopulationSpec, ProjectionSpec},
    stimulus, synapse,
};

use super::player::Traced;
use crate::plot::{Band, Kind};

/// The populations of a network as bands of neurons.
pub fn bands(spec: &NetworkSpec) -> Vec<Band> {
    let mut first = 0;
    let mut band = |(i, p): (usize, &PopulationSpec)| {
        let band = Band { name: p.name.clone(), first, count: p.size as u32, kind: kind(spec, i) };
        first += band.count;
        band
    };
    spec.populations.iter().enumerate().map(&mut band).collect()
}

/// The stretches of neurons that are destroyed, numbered throughout the network.
pub fn lesions(spec: &NetworkSpec) -> Vec<[u32; 2]> {
    spec.destroyed().into_iter().map(|lesion| lesion.map(|neuron| neuron as u32)).collect()
}

/// What a population does to others: by the signs of the weights that leave it. Zero has no sign.
pub fn kind(spec: &NetworkSpec, population: usize) -> Kind {
    let name = &spec.populations[population].name;
    let weights = || spec.projections.iter().filter(|p| &p.source == name).map(|p| p.weight.middle());
    match (weights().any(|w| w > 0.0), weights().any(|w| w < 0.0)) {
        (true, false) => Kind::Excitatory,
        (false, true) => Kind::Inhibitory,
        _ => Kind::Other,
    }
}

/// Index of the population that a neuron belongs to, and its number in it.
pub fn place(spec: &NetworkSpec, neuron: u32) -> Option<(usize, usize)> {
    let mut number = u64::from(neuron);
    for (i, p) in spec.populations.iter().enumerate() {
        if number < p.size {
            return Some((i, number as usize));
        }
        number -= p.size;
    }
    None
}

/// Whether the synapses of a projection change their weights for good.
pub fn learns(projection: &ProjectionSpec) -> bool {
    synapse::find(&projection.synapse).is_some_and(|model| model.plastic().is_some())
}

/// The neuron that is picked first: the first that computes. One without parameters only passes spikes on.
pub fn first_neuron(spec: &NetworkSpec) -> u32 {
    let computes = |population: &PopulationSpec| neuron::find(&population.model).is_some_and(|m| !m.params.is_empty());
    let before = spec.populations.iter().take_while(|population| !computes(population));
    let first = before.map(|population| population.size).sum::<u64>();
    if first < spec.neurons() { first as u32 } else { 0 }
}

/// The model of a neuron.
pub fn model(spec: &NetworkSpec, neuron: u32) -> Option<&'static NeuronModel> {
    let (population, _) = place(spec, neuron)?;
    neuron::find(&spec.populations[population].model)
}

/// The current of a poke of a model: the strongest that its slider offers, or 1000 pA, which charge a membrane of 200 pF by
/// 5 mV a ms.
pub fn poke(model: &NeuronModel) -> f64 {
    model.params.iter().find(|p| p.name == "I_e").map_or(1000.0, |p| p.slider.max)
}

/// The unit of the weight of a projection: that of the model it acts on, or none where it scales a current.
pub fn weight_unit(spec: &NetworkSpec, projection: &ProjectionSpec) -> &'static str {
    let source = spec.stimuli.iter().find(|s| s.name == projection.source).and_then(|s| stimulus::find(&s.model));
    if source.is_some_and(|model| model.sends.is_current()) {
        return "";
    }
    let target = spec.populations.iter().find(|p| p.name == projection.target).and_then(|p| neuron::find(&p.model));
    target.map_or("", |model| model.weight_unit.symbol())
}

/// Number of the state variable that is shown over time of a neuron of `model`.
pub fn traced_index(model: Option<&NeuronModel>, traced: Traced) -> usize {
    match (model, traced) {
        (Some(model), Traced::Variable(name)) => model.state_index(name).unwrap_or(0),
        _ => 0,
    }
}

/// The neurons that a poke around a neuron reaches: a twentieth of its population on either side, at least itself.
pub fn neighbours(size: u64, neuron: usize) -> (usize, usize) {
    let reach = size as usize / 20;
    (neuron.saturating_sub(reach), (neuron + reach + 1).min(size as usize))
}

#[cfg(test)]
mod tests {
    use spikeground_core::{
        engine::{self, Pulse, Simulation},
        gallery,
        network::Network,
        neuron::MODELS,
    };

    use super::*;

    #[test]
    fn cuba_has_an_excitatory_and_an_inhibitory_band() {
        let spec = gallery::find("cuba").expect("CUBA is in the gallery").spec();
        let bands = bands(&spec);
        assert_eq!((bands[0].kind, bands[0].first, bands[0].count), (Kind::Excitatory, 0, 3200));
        assert_eq!((bands[1].kind, bands[1].first, bands[1].count), (Kind::Inhibitory, 3200, 800));
        assert_eq!(place(&spec, 3199), Some((0, 3199)));
        assert_eq!(place(&spec, 3200), Some((1, 0)));
        assert_eq!(place(&spec, 4000), None);
    }

    #[test]
    fn a_poke_stays_in_its_population() {
        assert_eq!(neighbours(1, 0), (0, 1));
        assert_eq!(neighbours(800, 10), (0, 51));
        assert_eq!(neighbours(800, 799), (759, 800));
    }

    /// A poke makes a neuron of any model fire, but for those that are there to be read, and breaks none.
    #[test]
    fn a_poke_makes_every_model_fire() {
        for model in MODELS {
            let mut spec = gallery::find("one-neuron").expect("it is in the gallery").spec();
            spec.stimuli.clear();
            spec.projections.clear();
            spec.controls.clear();
            spec.populations[0].model = model.name.into();
            spec.populations[0].params.clear();
            spec.populations[0].init.clear();
            let network = Network::new(spec, 1e9).expect("a good specification");
            let mut run = Simulation::new(network, engine::find("lanes").expect("an engine")).expect("memory");
            run.poke(Pulse { population: 0, from: 0, to: 1, amplitude_pa: poke(model), duration_ms: 5.0 });
            run.advance(1000).expect("no NaN");
            let is_read = ["nir_li", "nir_cubali", "nir_i"].contains(&model.name);
            assert_eq!(run.recorder().totals()[0] > 0, !is_read, "{}", model.name);
        }
    }
}
