//! A network as the tables that the kernels read.

use std::ops::Range;

use spikeground_core::{
    engine::State,
    network::{From, Network, Projection},
    neuron::{LANES, NeuronModel},
    rng::CountTable,
    stimulus::{Counts, Source},
};

use super::layout::{Chunk, Drive, LISTED, MOST_STEPS, Model, NO_CURRENT, POISSON, Population, Route, VARIED};

/// Everything that follows from the numbers of a network and may change while it runs. Its sizes follow from the wiring
/// alone, but for the thresholds of random spikes: there is room enough for those that stay the same.
pub struct Numbers {
    /// The populations, those of a model side by side.
    pub populations: Vec<Population>,
    /// The drives, those of a population side by side.
    pub drives: Vec<Drive>,
    /// Constants of the updates, units of their sums, thresholds of Poisson distributions, counts of listed spikes.
    pub numbers: Vec<u32>,
    /// What is written among the numbers for each batch, and where.
    pub feeds: Vec<(u32, Feed)>,
    /// Injected currents; empty if there are none at all.
    pub currents: Vec<f32>,
}

/// The models of a network, in the order of the table of populations.
pub fn models(network: &Network) -> Vec<(&'static NeuronModel, Model)> {
    let mut models: Vec<(&'static NeuronModel, Model)> = Vec::new();
    let mut first_population = 0;
    for p in &network.populations {
        if models.iter().any(|(model, _)| model.name == p.model.name) {
            continue;
        }
        let same = || network.populations.iter().filter(|q| q.model.name == p.model.name);
        let end_population = first_population + same().count() as u32;
        let threads = same().map(|q| q.n as u32).sum();
        models.push((p.model, Model { first_population, end_population, threads }));
        first_population = end_population;
    }
    models
}

/// Where the variables of each population begin, and their number in all.
pub fn places(network: &Network) -> (Vec<usize>, usize) {
    let mut all = 0;
    let starts = network.populations.iter().map(|p| {
        let start = all;
        all += p.blocks * p.model.state.len() * LANES;
        start
    });
    (starts.collect(), all)
}

/// Thresholds for which there is room for each drive: more than the table of the largest mean has.
const MOST_THRESHOLDS: usize = 256;

impl Numbers {
    /// The tables of a network in a state.
    pub fn new(network: &Network, state: &State) -> Numbers {
        let mut tables = Numbers {
            populations: Vec::new(),
            drives: Vec::new(),
            numbers: Vec::new(),
            feeds: Vec::new(),
            currents: Vec::new(),
        };
        let (places, _) = places(network);
        if (0..network.populations.len()).any(|p| !state.current(p).is_empty()) {
            tables.currents = vec![0.0; network.blocks * LANES];
        }
        for (model, _) in models(network) {
            let mut first_thread = 0;
            for p in network.populations.iter().filter(|p| p.model.name == model.name) {
                let first_drive = tables.drives.len() as u32;
                tables.add_drives(network, state, p.index);
                let shared_current = tables.add_current(network, p.index);
                let constants = tables.numbers.len() as u32;
                tables.numbers.extend(p.constants.iter().map(|c| c.to_bits()));
                let units = tables.numbers.len() as u32;
                tables.numbers.extend(p.exponents.iter().map(|e| (f64::powi(2.0, -e) as f32).to_bits()));
                let current = state.current(p.index);
                let [seed, stream] = p.stream.key();
                let first_slot = p.first_block * LANES;
                if !current.is_empty() {
                    tables.currents[first_slot..first_slot + current.len()].copy_from_slice(current);
                }
                tables.populations.push(Population {
                    first_thread,
                    neurons: p.n as u32,
                    first_slot: first_slot as u32,
                    first_neuron: p.first,
                    variables: places[p.index] as u32,
                    constants,
                    units,
                    has_current: u32::from(!current.is_empty()),
                    shared_current,
                    first_drive,
                    end_drive: tables.drives.len() as u32,
                    seed,
                    stream,
                });
                first_thread += p.n as u32;
            }
        }
        tables
    }

    /// Makes room for the current that all neurons of a population share, if one may come.
    fn add_current(&mut self, network: &Network, target: usize) -> u32 {
        let brings = |p: &Projection| {
            let From::Stimulus(stimulus) = p.from else { return false };
            p.target == target && matches!(network.stimuli[stimulus].source, Source::Current(_))
        };
        if !network.projections.iter().any(brings) {
            return NO_CURRENT;
        }
        self.add_feed(Feed::Current { target }, MOST_STEPS)
    }

    fn add_feed(&mut self, feed: Feed, words: u32) -> u32 {
        let first = self.numbers.len() as u32;
        self.feeds.push((first, feed));
        self.numbers.resize((first + words) as usize, 0);
        first
    }

    fn add_drives(&mut self, network: &Network, state: &State, target: usize) {
        for (i, projection) in network.projections.iter().enumerate().filter(|(_, p)| p.target == target) {
            let From::Stimulus(stimulus) = projection.from else { continue };
            let stimulus = &network.stimuli[stimulus];
            let always = stimulus.active.start <= 1 && stimulus.active.end > u64::from(u32::MAX);
            let (kind, first, count) = match &stimulus.source {
                Source::Random(Counts::Constant(table)) if always => {
                    let first = self.numbers.len() as u32;
                    self.numbers.extend(table.thresholds());
                    self.numbers.resize(first as usize + MOST_THRESHOLDS, u32::MAX);
                    (POISSON, first, table.largest())
                }
                Source::Random(counts) => {
                    let most = counts.largest();
                    (VARIED, self.add_feed(Feed::Tables { projection: i, most }, MOST_STEPS * (most + 1)), most)
                }
                Source::Listed(_) => (LISTED, self.add_feed(Feed::Counts { projection: i }, MOST_STEPS), 0),
                Source::Current(_) | Source::Own(_) | Source::Likely(_) | Source::Live(_) | Source::Noise(_) => {
                    continue;
                }
            };
            let [seed, stream] = projection.stream.key();
            let (weight, delay) = (state.fixed_weights()[i], projection.delay.longest() as u32);
            let sum = projection.sum() as u32;
            self.drives.push(Drive { kind, seed, stream, weight, delay, sum, first, count });
        }
    }
}

/// What a stimulus sends in the steps of a batch: written anew for each, since it is a function of time.
pub enum Feed {
    /// The number of spikes in each step that a projection brings every target.
    Counts {
        /// The projection.
        projection: usize,
    },
    /// The thresholds in each step for the number of spikes that a projection brings.
    Tables {
        /// The projection.
        projection: usize,
        /// Room for so many.
        most: u32,
    },
    /// The current in each step that every neuron of a population gets.
    Current {
        /// The population.
        target: usize,
    },
}

impl Feed {
    /// Its words for so many steps behind step `first`.
    pub fn words(&self, network: &Network, first: u64, steps: u32) -> Vec<u32> {
        let mut words = Vec::new();
        for step in first + 1..=first + u64::from(steps) {
            match *self {
                Feed::Counts { projection } => {
                    let count = match sent(network, projection, step) {
                        Some(Source::Listed(steps)) => count_of(steps, step),
                        _ => 0,
                    };
                    words.push(count);
                }
                Feed::Tables { projection, most } => {
                    let table = match sent(network, projection, step) {
                        Some(Source::Random(counts)) => counts.at(step),
                        _ => None,
                    };
                    let thresholds = table.as_deref().map_or(&[][..], CountTable::thresholds);
                    let end = words.len() + 1 + most as usize;
                    words.push(thresholds.len() as u32);
                    words.extend(thresholds);
                    words.resize(end, 0);
                }
                Feed::Current { target } => {
                    let onto = network.projections.iter().filter(|p| p.target == target);
                    let current: f64 = onto.map(|p| network.current(p, step)).sum();
                    words.push((current as f32).to_bits());
                }
            }
        }
        words
    }
}

/// What the stimulus of a projection sends in a step, if it sends spikes then.
fn sent(network: &Network, projection: usize, step: u64) -> Option<&Source> {
    let From::Stimulus(stimulus) = network.projections[projection].from else { return None };
    let stimulus = &network.stimuli[stimulus];
    stimulus.active.contains(&step).then_some(&stimulus.source)
}

/// How often a step is listed.
fn count_of(steps: &[u32], step: u64) -> u32 {
    let from = steps.partition_point(|&s| u64::from(s) < step);
    steps[from..].iter().take_while(|&&s| u64::from(s) == step).count() as u32
}

/// A part of the synapses of which each array fits one binding.
pub struct Part {
    /// What the kernel knows of it.
    pub chunk: Chunk,
    /// For each route the projection, and the sources in its population.
    pub sources: Vec<(usize, Range<usize>)>,
    /// Number of offsets.
    pub offsets: usize,
    /// Number of targets.
    pub targets: usize,
}

/// The synapses of a network in parts of at most `words` words an array; at least one part, so that there is a kernel to
/// count the spikes. `None` if the synapses of a single neuron are more than that.
pub fn parts(network: &Network, words: usize) -> Option<Vec<Part>> {
    let empty = |index| Part { chunk: Chunk { index, routes: 0 }, sources: Vec::new(), offsets: 0, targets: 0 };
    let mut parts = vec![empty(0)];
    for (index, projection) in network.projections.iter().enumerate() {
        let all = &projection.synapses.offsets;
        let mut from = 0;
        while from + 1 < all.len() {
            let last = parts.last_mut()?;
            let room = (words - last.targets, words - last.offsets);
            let fit = all[from..].partition_point(|&offset| offset - all[from] <= room.0).min(room.1);
            let n = fit.saturating_sub(1);
            if n == 0 {
                if last.sources.is_empty() {
                    return None;
                }
                let next = parts.len() as u32;
                parts.push(empty(next));
                continue;
            }
            last.sources.push((index, from..from + n));
            last.offsets += n + 1;
            last.targets += all[from + n] - all[from];
            last.chunk.routes += 1;
            from += n;
        }
    }
    Some(parts)
}

impl Part {
    /// Its routes, whose weights and delays may change while the network runs.
    pub fn routes(&self, network: &Network, state: &State) -> Vec<Route> {
        let mut offsets = 0;
        let route = |(index, sources): &(usize, Range<usize>)| {
            let projection = &network.projections[*index];
            let From::Population(source) = projection.from else { unreachable!("a stimulus has no synapses") };
            let own = offsets;
            offsets += sources.len() as u32 + 1;
            Route {
                first_neuron: network.populations[source].first + sources.start as u32,
                neurons: sources.len() as u32,
                offsets: own,
                weight: state.fixed_weights()[*index],
                delay: projection.delay.longest() as u32,
                sum: projection.sum() as u32,
            }
        };
        self.sources.iter().map(route).collect()
    }

    /// Where the targets of each source begin among those of this part.
    pub fn offsets(&self, network: &Network) -> Vec<u32> {
        let mut offsets = Vec::with_capacity(self.offsets);
        let mut base = 0;
        for (index, sources) in &self.sources {
            let all = &network.projections[*index].synapses.offsets;
            let here = &all[sources.start..=sources.end];
            offsets.extend(here.iter().map(|offset| (offset - here[0] + base) as u32));
            base += here[sources.len()] - here[0];
        }
        offsets
    }

    /// Its targets, a run for each route.
    pub fn targets<'a>(&'a self, network: &'a Network) -> impl Iterator<Item = &'a [u32]> {
        self.sources.iter().map(|(index, sources)| {
            let synapses = &network.projections[*index].synapses;
            &synapses.targets[synapses.offsets[sources.start]..synapses.offsets[sources.end]]
        })
    }
}

#[cfg(test)]
mod tests {
    use spikeground_core::{engine, gallery, network::Network};

    use super::*;

    /// However the synapses are cut, each neuron's targets are those of the network.
    #[test]
    fn parts_hold_every_synapse_once() {
        let spec = gallery::GALLERY[0].spec().scaled(500);
        let network = Network::new(spec, 1e9).expect("a good network");
        let run = engine::Simulation::new(network, engine::ENGINES[0]).expect("memory");
        let network = run.network();
        for words in [100, 137, 5000, 1 << 20] {
            let parts = parts(network, words).expect("room for a neuron");
            assert_eq!(parts.len() > 1, words < 1 << 20, "{words}");
            let mut found: Vec<(u32, u32, i32)> = Vec::new();
            for part in &parts {
                let (offsets, targets) = (part.offsets(network), part.targets(network).collect::<Vec<_>>().concat());
                assert!(offsets.len() == part.offsets && targets.len() == part.targets);
                assert!(offsets.len() <= words && targets.len() <= words);
                for route in part.routes(network, run.state()) {
                    for i in 0..route.neurons {
                        let at = (route.offsets + i) as usize;
                        let own = &targets[offsets[at] as usize..offsets[at + 1] as usize];
                        found.extend(own.iter().map(|&slot| (route.first_neuron + i, slot, route.weight)));
                    }
                }
            }
            let mut all: Vec<(u32, u32, i32)> = Vec::new();
            for (p, projection) in network.projections.iter().enumerate() {
                let From::Population(source) = projection.from else { continue };
                for i in 0..network.populations[source].n {
                    let neuron = network.populations[source].first + i as u32;
                    let weight = run.state().fixed_weights()[p];
                    all.extend(projection.synapses.of(i).iter().map(|&slot| (neuron, slot, weight)));
                }
            }
            found.sort_unstable();
            all.sort_unstable();
            assert_eq!(found, all, "{words}");
        }
        assert!(parts(network, 10).is_none());
    }
}
