//! The engine on a GPU against the reference, natively on whatever adapter Vulkan offers (in CI: llvmpipe).

use std::sync::Arc;

use spikeground_core::{
    engine::{self, Simulation},
    gallery,
    network::{From, Network},
    spec::NetworkSpec,
    stimulus::Source,
};
use spikeground_worker::gpu::{Gpu, GpuRun};

fn gpu() -> Gpu {
    let wake = Arc::new(|| ());
    pollster::block_on(Gpu::open(wake)).expect("a Vulkan adapter; Debian's package mesa-vulkan-drivers brings one")
}

fn simulation(spec: NetworkSpec) -> Simulation {
    let network = Network::new(spec, 4e9).expect("a good specification");
    Simulation::new(network, engine::find("scalar").expect("an engine")).expect("memory")
}

fn on(gpu: &Gpu, simulation: &Simulation) -> GpuRun {
    let (run, checked) = GpuRun::new(gpu, simulation).expect("within the limits");
    pollster::block_on(checked).expect("room and valid kernels");
    run
}

fn network(name: &str) -> NetworkSpec {
    gallery::find(name).expect("a network of the gallery").spec()
}

/// The networks of the gallery, with thresholds that nobody reaches: potentials may differ by the rounding of single
/// operations, which does not grow.
#[test]
fn potentials_below_threshold_are_those_of_the_reference() {
    let gpu = gpu();
    for entry in gallery::GALLERY {
        let mut spec = entry.spec();
        for p in &mut spec.populations {
            p.params.retain(|(name, _)| name != "V_th");
            p.params.push(("V_th".into(), 1000.0));
        }
        let (mut here, mut there) = (simulation(spec.clone()), simulation(spec));
        let mut run = on(&gpu, &there);
        for _ in 0..4 {
            here.advance(500).expect("no NaN");
            run.advance(&mut there, 500).expect("no loss");
            run.bring_home(&mut there).expect("no loss");
            for p in &here.network().populations {
                let (a, b) = (here.state().variables(p.index), there.state().variables(p.index));
                for i in 0..p.n * p.model.state.len() {
                    let lane = i / (p.model.state.len() * 8) * 8 + i % 8;
                    if lane >= p.n {
                        continue;
                    }
                    let close = (a[i] - b[i]).abs() <= 1e-4 * a[i].abs().max(1e-3);
                    assert!(close, "{} {i}: {} here, {} there", entry.id, a[i], b[i]);
                }
            }
        }
        assert_eq!(there.steps(), 2000);
    }
}

/// Sums of input after some hundred steps of a network that fires, against sums made here of the spikes that came back,
/// in whole numbers.
#[test]
fn sums_of_input_are_those_of_the_host_to_the_bit() {
    let gpu = gpu();
    let mut spec = network("cuba").scaled(1003);
    assert!(spec.set("projections[0].delay_ms", 0.7) && spec.set("projections[3].delay_ms", 2.3));
    spec.stimuli = network("one-neuron").stimuli;
    let mut stimulus = network("one-neuron").projections[0].clone();
    stimulus.target = spec.populations[0].name.clone();
    spec.projections.push(stimulus);
    let mut there = simulation(spec);
    let mut run = on(&gpu, &there);
    run.advance(&mut there, 700).expect("no loss");
    run.bring_home(&mut there).expect("no loss");

    let spikes = there.recorder_mut().take_spikes().spikes;
    assert!(spikes.len() > 100, "{} spikes", spikes.len());
    let (network, state) = (there.network(), there.state());
    let (rows, slots) = (state.ring_steps(), network.blocks * 8);
    let mut ring = vec![0; 2 * rows * slots];
    let steps = there.steps() as u32;
    for (i, projection) in network.projections.iter().enumerate() {
        let weight = state.fixed_weights()[i];
        let mut add = |fired: u32, slot: usize, count: i32| {
            let arrives = fired + projection.delay as u32;
            // What arrived before now has been read.
            if arrives > steps {
                let row = (arrives as usize % rows) * 2 + projection.channel();
                ring[row * slots + slot] += count * weight;
            }
        };
        match projection.from {
            From::Population(source) => {
                let source = &network.populations[source];
                for &(step, neuron) in &spikes {
                    if (source.first..source.first + source.n as u32).contains(&neuron) {
                        let own = projection.synapses.of((neuron - source.first) as usize);
                        own.iter().for_each(|&slot| add(step, slot as usize, 1));
                    }
                }
            }
            From::Stimulus(stimulus) => {
                let Source::Poisson(table) = &network.stimuli[stimulus].source else { continue };
                let target = &network.populations[projection.target];
                for step in 1..=steps {
                    for neuron in 0..target.n {
                        let [word, _] = projection.stream.words(neuron as u32, step);
                        add(step, target.first_block * 8 + neuron, table.count(word) as i32);
                    }
                }
            }
        }
    }
    assert!(ring.iter().filter(|&&sum| sum != 0).count() > 100);
    assert_eq!(ring, state.ring());
}
