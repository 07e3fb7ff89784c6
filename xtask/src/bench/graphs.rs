//! The networks that `bench map` maps, with the spikes of a run.

use anyhow::{Result, anyhow};
use spikeground_core::{
    chip::{
        expected::Expected,
        hypergraph::Hypergraph,
        limits::{Grid, Limits},
    },
    engine::{self, Simulation},
    gallery,
    network::Network,
    rng::{self, Purpose, Stream},
    text::Lang,
};

/// What is mapped.
pub enum Subject {
    /// A list of axons.
    Exact(Hypergraph),
    /// Counts.
    Counts(Expected),
}

/// A network and the chip that it is mapped to.
pub struct Case {
    /// Its name in the table.
    pub name: String,
    /// Neurons.
    pub neurons: usize,
    /// What is mapped.
    pub subject: Subject,
    /// The chip.
    pub grid: Grid,
    /// What a core holds.
    pub limits: Limits,
    /// Spikes times links are divided by this in the table.
    pub unit: f64,
}

/// Neurons in a core, as in TrueNorth, ODIN and Tianjic (hardware pages of Open Neuromorphic).
const CORE_NEURONS: u64 = 256;
/// Memory that wiring may take: a machine that builds this has it.
const MEMORY: f64 = 4e9;

fn chip(neurons: usize) -> (Grid, Limits) {
    let side = (neurons as f64 / CORE_NEURONS as f64).sqrt().ceil() as u32;
    (Grid { width: side, height: side }, Limits { neurons: Some(CORE_NEURONS), ..Limits::default() })
}

/// A network of the gallery at its own size, with the spikes that each neuron fires in `ms` after 500 ms.
pub fn of_gallery(id: &str, ms: f64) -> Result<Case> {
    let entry = gallery::find(id).ok_or_else(|| anyhow!("the gallery has no {id}"))?;
    let network = Network::new(entry.spec(), MEMORY).map_err(|errors| anyhow!("{id}: {}", errors[0]))?;
    let lanes = engine::find("lanes").ok_or_else(|| anyhow!("there is no engine called lanes"))?;
    let mut simulation = Simulation::new(network, lanes).map_err(|_| anyhow!("{id} does not fit into memory"))?;
    let neurons = simulation.network().neurons();
    let mut spikes = vec![0; neurons];
    let steps = |ms: f64| (ms / simulation.network().dt_ms()).round() as u64;
    let (before, after) = (steps(500.0), steps(ms));
    simulation.advance(before).map_err(|halt| anyhow!(halt.message(Lang::En)))?;
    simulation.recorder_mut().take_spikes();
    for _ in 0..after.div_ceil(SLICE) {
        simulation.advance(SLICE).map_err(|halt| anyhow!(halt.message(Lang::En)))?;
        for (_, neuron) in simulation.recorder_mut().take_spikes().spikes {
            spikes[neuron as usize] += 1;
        }
    }
    let (grid, limits) = chip(neurons);
    let graph = Hypergraph::of(simulation.network(), &spikes, &limits);
    let title = entry.title.get(Lang::En).to_string();
    Ok(Case { name: title, neurons, subject: Subject::Exact(graph), grid, limits, unit: 1.0 })
}

/// Steps after which spikes are taken out, before there are too many to keep.
const SLICE: u64 = 100;

/// The whole microcircuit of Potjans & Diesmann (2014) from its counts, for 10 s with the rates that the authors' model
/// has in NEST (`full_mean_rates`, Hz).
pub fn microcircuit() -> Result<Case> {
    const RATES: [f64; 8] = [0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829];
    let entry = gallery::find("microcircuit").ok_or_else(|| anyhow!("the gallery has no microcircuit"))?;
    let spec = entry.scaled(&entry.spec(), 77_169);
    let fired = |(p, rate): (&spikeground_core::spec::PopulationSpec, f64)| (p.size as f64 * rate * 10.0) as u64;
    let spikes: Vec<u64> = spec.populations.iter().zip(RATES).map(fired).collect();
    let expected = Expected::of(&spec, &spikes).map_err(|error| anyhow!(error.message(Lang::En)))?;
    let neurons = spec.neurons() as usize;
    let (grid, limits) = chip(neurons);
    let name = "Cortical microcircuit, whole, from counts".to_string();
    Ok(Case { name, neurons, subject: Subject::Counts(expected), grid, limits, unit: 1.0 })
}

/// Uniform numbers.
struct Dice(Stream, u32);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.1 += 1;
        rng::unit_open(self.0.words(self.1, 0)[0])
    }

    fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        self.1 += 1;
        median * (sigma * f64::from(rng::normal(self.0.words(self.1, 0)[0]))).exp()
    }
}

/// A convolutional network with the layers of the DVS-gesture network of SANA-FE (Boyle et al. 2025): 15·15·16 inputs, then
/// kernels of 3·3 to 32, 64 and 11 channels, then 11 outputs. Numbered channel by channel, as tensors are. Spikes are
/// drawn: most where something moves, in the middle, and in some channels.
pub fn convolutional() -> Case {
    const LAYERS: [(u32, u32); 5] = [(15, 16), (13, 32), (11, 64), (9, 11), (1, 11)];
    let mut dice = Dice(Stream::new(1, Purpose::Map, 0), 0);
    let mut spikes = Vec::new();
    for (side, channels) in LAYERS {
        for _ in 0..channels {
            let busy = dice.lognormal(20.0, 1.0);
            for y in 0..side {
                for x in 0..side {
                    let from_middle = |i: u32| (f64::from(i) + 0.5) / f64::from(side) - 0.5;
                    let near = (-8.0 * (from_middle(x).powi(2) + from_middle(y).powi(2))).exp();
                    spikes.push((busy * near * dice.lognormal(1.0, 0.5)) as u64);
                }
            }
        }
    }
    let firsts: Vec<u32> = LAYERS
        .iter()
        .scan(0, |next, (side, channels)| {
            let first = *next;
            *next += side * side * channels;
            Some(first)
        })
        .collect();
    let (grid, limits) = chip(spikes.len());
    let graph = Hypergraph::new(&spikes, &limits, |neuron, targets| {
        let layer = firsts.partition_point(|&first| first <= neuron) - 1;
        let Some(&(side_out, channels_out)) = LAYERS.get(layer + 1) else { return };
        let side = LAYERS[layer].0;
        let at = (neuron - firsts[layer]) % (side * side);
        let (x, y) = (at % side, at / side);
        let kernel = side - side_out + 1;
        let reach = |i: u32| (i + 1).saturating_sub(kernel)..=i.min(side_out - 1);
        for channel in 0..channels_out {
            for ty in reach(y) {
                targets.extend(reach(x).map(|tx| firsts[layer + 1] + (channel * side_out + ty) * side_out + tx));
            }
        }
    });
    let name = "Convolutional, 5 layers".to_string();
    Case { name, neurons: spikes.len(), subject: Subject::Exact(graph), grid, limits, unit: 1.0 }
}

/// A population of HySMap's graphs: its part of the neurons, its mean rate (Hz), and the probabilities that it reaches a
/// neuron of each population. The values are HySMap's (amineux/HySMap, MIT), after Potjans & Diesmann (2014).
type Layer = (f64, f64, [f64; 8]);
#[rustfmt::skip]
const LAYERS: [Layer; 8] = [
    (0.2681,  5.5, [0.101, 0.135, 0.008, 0.069, 0.100, 0.055, 0.016, 0.036]),
    (0.0756, 11.0, [0.169, 0.137, 0.006, 0.003, 0.062, 0.027, 0.007, 0.001]),
    (0.2840,  8.5, [0.088, 0.032, 0.079, 0.100, 0.051, 0.009, 0.003, 0.000]),
    (0.0710, 14.0, [0.082, 0.052, 0.080, 0.130, 0.007, 0.000, 0.000, 0.000]),
    (0.0629,  7.0, [0.032, 0.075, 0.007, 0.006, 0.083, 0.060, 0.004, 0.015]),
    (0.0138, 12.0, [0.000, 0.000, 0.001, 0.000, 0.000, 0.000, 0.000, 0.000]),
    (0.1865,  3.5, [0.008, 0.004, 0.045, 0.000, 0.028, 0.000, 0.016, 0.007]),
    (0.0382,  9.0, [0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000, 0.000]),
];

/// A random graph as HySMap draws them, with its balance: each core has from 85 to 115 percent of its share. Rates are kept
/// in thousandths.
pub fn hysmap(neurons: u32, side: u32, seed: u32) -> Case {
    const SPREAD: f64 = 0.35;
    const THOUSANDTHS: f64 = 1e3;
    let total = f64::from(neurons);
    let mut sizes = LAYERS.map(|(part, ..)| ((part * total).round() as u32).max(1));
    sizes[2] = (sizes[2] + neurons).saturating_sub(sizes.iter().sum()).max(1);
    let layer_of: Vec<usize> = (0..8).flat_map(|layer| vec![layer; sizes[layer] as usize]).collect();
    let mut dice = Dice(Stream::new(seed, Purpose::Map, neurons as usize), 0);
    let rate = |dice: &mut Dice, layer: usize| dice.lognormal(LAYERS[layer].1, SPREAD).max(0.05);
    let spikes: Vec<u64> = layer_of.iter().map(|&layer| (rate(&mut dice, layer) * THOUSANDTHS) as u64).collect();
    let denser = (18.0 / total.sqrt()).clamp(1.0, 8.0);
    let cores = f64::from(side * side);
    let share = layer_of.len() as f64 / cores;
    let limits = Limits {
        neurons: Some((1.15 * share).ceil() as u64),
        fewest_neurons: (0.85 * share).floor() as u64,
        ..Limits::default()
    };
    let graph = Hypergraph::new(&spikes, &limits, |neuron, targets| {
        let chances = LAYERS[layer_of[neuron as usize]].2;
        for (target, &layer) in layer_of.iter().enumerate() {
            let is_self = target == neuron as usize;
            if !is_self && dice.unit() < chances[layer] * denser {
                targets.push(target as u32);
            }
        }
    });
    let grid = Grid { width: side, height: side };
    let name = format!("HySMap's, {neurons} neurons, {side}×{side}");
    Case { name, neurons: layer_of.len(), subject: Subject::Exact(graph), grid, limits, unit: THOUSANDTHS }
}
