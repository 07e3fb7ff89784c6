//! The engine on a GPU against the reference: the same checks natively and in a browser's worker, on whatever adapter
//! there is. `later` lets some time pass until the device may have answered.

use spikeground_core::{
    engine::{self, Simulation},
    gallery,
    network::{From, Network},
    neuron::{LANES, MODELS},
    spec::{Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    stimulus::{Counts, Entries, List, STIMULI, Source},
    units::Unit,
};
use spikeground_worker::{
    gpu::{Gpu, GpuRun, MOST_STEPS, Outcome},
    protocol::GpuProblem,
};

/// Lets time pass.
pub trait Later {
    /// Until the device may have answered.
    async fn pass(&self);
}

fn network(name: &str) -> NetworkSpec {
    gallery::find(name).expect("a network of the gallery").spec()
}

fn simulation(spec: NetworkSpec, engine: &str) -> Simulation {
    let network = Network::new(spec, 4e9).expect("a good specification");
    Simulation::new(network, engine::find(engine).expect("an engine")).expect("memory")
}

async fn on(gpu: &Gpu, simulation: &Simulation) -> GpuRun {
    let (mut run, checked) = GpuRun::new(gpu, simulation).expect("within the limits");
    checked.await.expect("room and valid kernels");
    run.upload(simulation);
    run
}

async fn outcome(run: &mut GpuRun, later: &impl Later) -> Outcome {
    loop {
        later.pass().await;
        if let Some(outcome) = run.poll() {
            return outcome;
        }
    }
}

/// Makes steps and notes them; returns false if the run halted on the way.
async fn advance(run: &mut GpuRun, simulation: &mut Simulation, steps: u64, later: &impl Later) -> bool {
    let end = simulation.steps() + steps;
    while simulation.steps() < end {
        run.submit(simulation, (end - simulation.steps()).min(MOST_STEPS.into()) as u32);
        let Outcome::Steps(landed) = outcome(run, later).await else { panic!("steps were asked for") };
        landed.steps().for_each(|(spikes, samples)| simulation.note(spikes, samples));
        if landed.halted() {
            return false;
        }
    }
    true
}

async fn bring_home(run: &mut GpuRun, simulation: &mut Simulation, later: &impl Later) -> Result<(), engine::Halt> {
    run.fetch_state();
    let Outcome::State(variables, ring) = outcome(run, later).await else { panic!("the state was asked for") };
    simulation.restore(&variables, &ring, 1)
}

/// Every check, one after the other.
pub async fn all(gpu: &Gpu, later: &impl Later) {
    potentials_below_threshold_are_those_of_the_reference(gpu, later).await;
    sums_of_input_are_those_of_the_host_to_the_bit(gpu, later).await;
    stimuli_are_those_of_the_reference(gpu, later).await;
    spikes_are_as_many_and_as_regular(gpu, later).await;
    the_same_seed_gives_the_same_spikes_however_synapses_are_cut(gpu, later).await;
    no_spike_is_lost_when_all_fire_at_once(gpu, later).await;
    a_lost_number_halts_the_run_and_is_named(gpu, later).await;
    limits_that_are_too_small_are_told(gpu);
}

/// Every model under spikes too weak to make it fire, unless it is there to repeat or to add them: potentials differ by the
/// rounding of single operations, which does not grow.
async fn potentials_below_threshold_are_those_of_the_reference(gpu: &Gpu, later: &impl Later) {
    for model in MODELS {
        let mut spec = NetworkSpec::empty();
        let takes_current = model.params.iter().any(|p| p.name == "I_e" && p.unit == Unit::Picoampere);
        spec.populations.push(PopulationSpec {
            // Traub and Miles' neuron fires by itself without it.
            params: if takes_current { vec![("I_e".into(), (-100.0).into())] } else { Vec::new() },
            // Not a multiple of the number of lanes.
            ..PopulationSpec::new("N", 11, model.name)
        });
        let weight = match model.weight_unit {
            Unit::Millivolt => 0.1,
            Unit::Nanosiemens => 0.02,
            Unit::One => 0.6,
            _ => 10.0,
        };
        // To each receptor, or else by the sign.
        let named = model.receptors.iter().map(|receptor| Some(receptor.name.to_owned()));
        let receptors = if model.receptors.is_empty() { vec![None; 2] } else { named.collect() };
        for (i, receptor) in receptors.into_iter().enumerate() {
            let (name, weight) = (format!("input {i}"), if i % 2 == 0 { weight } else { -weight });
            let stimulus = &network("one-neuron").stimuli[0];
            spec.stimuli.push(StimulusSpec { name: name.clone(), ..stimulus.clone() });
            let projection = &network("one-neuron").projections[0];
            let (source, target) = (name, "N".into());
            let weight = Distribution::Constant(weight);
            spec.projections.push(ProjectionSpec { source, target, receptor, weight, ..projection.clone() });
        }
        let (mut here, mut there) = (simulation(spec.clone(), "scalar"), simulation(spec, "scalar"));
        let mut run = on(gpu, &there).await;
        for _ in 0..3 {
            here.advance(300).expect("no NaN");
            let (last, now) = (model.state.len() - 1, there.steps());
            there.recorder_mut().probe(10, &[0, last], now);
            assert!(advance(&mut run, &mut there, 300, later).await);
            bring_home(&mut run, &mut there, later).await.expect("no NaN");
            let samples = there.recorder_mut().take_trace().samples;
            assert_eq!(samples.iter().map(Vec::len).collect::<Vec<_>>(), [300, 300]);
            let sampled = samples.iter().map(|samples| samples[299]).collect::<Vec<_>>();
            assert_eq!(sampled, [there.value(10, 0), there.value(10, last)], "{}", model.name);
            let p = &here.network().populations[0];
            for (variable, neuron) in (0..model.state.len()).flat_map(|v| (0..p.n).map(move |n| (v, n))) {
                let [a, b] = [&here, &there].map(|run| run.state().value(p, neuron, variable));
                let close = (a - b).abs() <= 1e-4 * a.abs().max(0.01);
                assert!(close, "{}: {} of {neuron}: {a} here, {b} there", model.name, model.state[variable].name);
            }
        }
        assert_eq!(here.recorder().totals(), there.recorder().totals(), "{} fires otherwise", model.name);
        let fires = here.recorder().totals() != [0];
        assert!(fires || here.value(0, 0) != here.value(1, 0), "{} is not driven", model.name);
    }
}

/// The input on its way after some hundred steps, against sums made here, in whole numbers, of the spikes that came back.
async fn sums_of_input_are_those_of_the_host_to_the_bit(gpu: &Gpu, later: &impl Later) {
    let mut spec = network("cuba").scaled(1003);
    assert!(spec.set("projections[0].delay_ms", 0.7) && spec.set("projections[3].delay_ms", 2.3));
    spec.stimuli = network("one-neuron").stimuli;
    let mut drive = network("one-neuron").projections[0].clone();
    drive.target = spec.populations[0].name.clone();
    spec.projections.push(drive);
    let mut there = simulation(spec, "scalar");
    let mut run = on(gpu, &there).await;
    assert!(advance(&mut run, &mut there, 700, later).await);
    bring_home(&mut run, &mut there, later).await.expect("no NaN");

    let spikes = there.recorder_mut().take_spikes().spikes;
    assert!(spikes.len() > 100, "{} spikes", spikes.len());
    let (network, state) = (there.network(), there.state());
    let (rows, slots, steps) = (state.ring_steps(), network.blocks * LANES, there.steps() as u32);
    let mut ring = vec![0; network.sums * rows * slots];
    for (projection, &weight) in network.projections.iter().zip(state.fixed_weights()) {
        let mut add = |fired: u32, slot: usize, count: i32| {
            let arrives = fired + projection.delay.longest() as u32;
            // What arrived before now has been read.
            if arrives > steps {
                let row = (arrives as usize % rows) * network.sums + projection.sum();
                ring[row * slots + slot] += count * weight;
            }
        };
        match projection.from {
            From::Population(source) => {
                let source = &network.populations[source];
                let own = |neuron: &u32| (source.first..source.first + source.n as u32).contains(neuron);
                for (step, neuron) in spikes.iter().filter(|(_, neuron)| own(neuron)) {
                    let targets = projection.synapses.of((neuron - source.first) as usize);
                    targets.iter().for_each(|&slot| add(*step, slot as usize, 1));
                }
            }
            From::Stimulus(stimulus) => {
                let Source::Random(Counts::Constant(table)) = &network.stimuli[stimulus].source else { continue };
                let target = &network.populations[projection.target];
                for (step, neuron) in (1..=steps).flat_map(|step| (0..target.n).map(move |neuron| (step, neuron))) {
                    let [word, _] = projection.stream.words(neuron as u32, step);
                    add(step, target.first_block * LANES + neuron, table.count(word) as i32);
                }
            }
        }
    }
    assert!(ring.iter().filter(|&&sum| sum != 0).count() > 100);
    assert!(ring == state.ring(), "the sums of input differ");
}

/// Every stimulus that all targets share, over more steps than a batch has: spikes on their way equal to the bit, and
/// potentials within 1e-4. The others stay on the processor, by name.
async fn stimuli_are_those_of_the_reference(gpu: &Gpu, later: &impl Later) {
    for model in STIMULI {
        let known = |(name, _): &(&str, f64)| model.params.iter().any(|p| p.name == *name);
        let params = [
            ("rate", 3000.0),
            ("amplitude", 100.0),
            ("frequency", 20.0),
            ("p_copy", 0.4),
            ("start", 7.0),
            ("stop", 150.0),
            ("activity", 30.0),
            ("sdev", 5.0),
        ];
        let params = params.into_iter().filter(known).map(|(name, value)| (name.into(), value)).collect();
        let numbers = |list: &List| match list.entries {
            Entries::Rows | Entries::Any => vec![0.5; 11],
            Entries::Times | Entries::SpikeTimes => vec![10.0, 110.0],
            Entries::PerTime(_) => vec![120.0, 50.0],
        };
        let lists = model.lists.iter().map(|list| (list.name.into(), numbers(list))).collect();
        let mut spec = network("one-neuron");
        spec.populations[0].size = 11;
        spec.populations[0].params.retain(|(name, _)| name != "V_th");
        spec.populations[0].params.push(("V_th".into(), 1e6.into()));
        spec.projections.truncate(1);
        spec.stimuli = vec![StimulusSpec { name: "S".into(), model: model.name.into(), params, lists }];
        spec.controls.clear();
        spec.projections[0].source = "S".into();
        assert!(spec.set("projections[0].weight", 1.5) && spec.set("projections[0].delay_ms", 0.7));
        let (mut here, mut there) = (simulation(spec.clone(), "scalar"), simulation(spec, "scalar"));
        if model.sends.is_own() {
            assert_eq!(there.network().beyond_plain(), Some(model.name));
            continue;
        }
        let mut run = on(gpu, &there).await;
        let rest = here.value(0, 0);
        let mut moved: f32 = 0.0;
        for steps in [500, 700, 1100] {
            here.advance(steps).expect("no NaN");
            assert!(advance(&mut run, &mut there, steps, later).await);
            bring_home(&mut run, &mut there, later).await.expect("no NaN");
            assert!(here.state().ring() == there.state().ring(), "spikes of {} differ", model.name);
            moved = moved.max((here.value(0, 0) - rest).abs());
            for neuron in 0..11 {
                let [a, b] = [here.value(neuron, 0), there.value(neuron, 0)];
                assert!((a - b).abs() <= 1e-4 * a.abs(), "{}: V_m of {neuron}: {a} here, {b} there", model.name);
            }
        }
        assert!(moved > 1e-3, "{} does nothing", model.name);
    }
}

/// Rate and CV of CUBA, half a second after its start, within five standard deviations of those of ten seeds on lanes.
async fn spikes_are_as_many_and_as_regular(gpu: &Gpu, later: &impl Later) {
    const NEURONS: u64 = 1000;
    let steps = |run: &Simulation| (1500.0 / run.network().dt_ms()) as u64;
    let measures = |run: &Simulation| {
        let (rates, cv) = (run.recorder().rates_hz(run.steps()), run.recorder().mean_cv_of_all());
        [rates[0], rates[1], cv.expect("neurons with many spikes").cv]
    };
    let seeds: Vec<[f64; 3]> = (1..=10)
        .map(|seed| {
            let mut run = simulation(NetworkSpec { seed, ..network("cuba").scaled(NEURONS) }, "lanes");
            run.advance(steps(&run)).expect("no NaN");
            measures(&run)
        })
        .collect();
    let mut there = simulation(network("cuba").scaled(NEURONS), "lanes");
    let mut run = on(gpu, &there).await;
    let all = steps(&there);
    assert!(advance(&mut run, &mut there, all, later).await);
    let n = seeds.len() as f64;
    for (i, got) in measures(&there).into_iter().enumerate() {
        let mean = seeds.iter().map(|m| m[i]).sum::<f64>() / n;
        let spread = (seeds.iter().map(|m| (m[i] - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        assert!((got - mean).abs() <= 5.0 * spread, "measure {i}: {got}, lanes {mean} ± {spread}");
    }
}

async fn the_same_seed_gives_the_same_spikes_however_synapses_are_cut(gpu: &Gpu, later: &impl Later) {
    let spec = network("cuba").scaled(800);
    let small = gpu.clone().limited_to(60_000);
    let mut all = Vec::new();
    for gpu in [gpu, gpu, &small] {
        let mut there = simulation(spec.clone(), "lanes");
        let mut run = on(gpu, &there).await;
        assert_eq!(run.dispatches_per_step() > 2, std::ptr::eq(gpu, &small));
        for steps in [1, 700, 301] {
            assert!(advance(&mut run, &mut there, steps, later).await);
        }
        all.push(there.recorder_mut().take_spikes().spikes);
    }
    assert!(all[0].len() > 300, "{} spikes", all[0].len());
    assert!(all[0] == all[1] && all[1] == all[2], "other spikes");
}

/// The list of spikes has room for far fewer than a batch would bring.
async fn no_spike_is_lost_when_all_fire_at_once(gpu: &Gpu, later: &impl Later) {
    let mut spec = network("one-neuron").scaled(5000);
    spec.populations[0].params.retain(|(name, _)| !["I_e", "t_ref"].contains(&name.as_str()));
    spec.populations[0].params.extend([("I_e".into(), 1e6.into()), ("t_ref".into(), 0.0.into())]);
    let mut there = simulation(spec, "scalar");
    let mut run = on(gpu, &there).await;
    assert!(advance(&mut run, &mut there, 100, later).await);
    let spikes = there.recorder_mut().take_spikes().spikes;
    let expected = (1..=100).flat_map(|step| (0..5000).map(move |neuron| (step, neuron)));
    assert!(spikes.into_iter().eq(expected), "every neuron fires in every step");
}

async fn a_lost_number_halts_the_run_and_is_named(gpu: &Gpu, later: &impl Later) {
    // Conductances for which the step is far too long.
    let mut spec = network("coba").scaled(400);
    assert!(spec.set("projections[0].weight", 1e6));
    let mut here = simulation(spec.clone(), "scalar");
    let halt = here.advance(20_000).expect_err("potentials become infinite");
    let mut there = simulation(spec, "scalar");
    let mut run = on(gpu, &there).await;
    assert!(!advance(&mut run, &mut there, 20_000, later).await);
    let told = bring_home(&mut run, &mut there, later).await.expect_err("a number is lost");
    assert_eq!((&told.population, &told.variable), (&halt.population, &halt.variable));
    assert!(told.by_ms <= halt.by_ms && there.is_halted(), "{told:?} {halt:?}");
}

fn limits_that_are_too_small_are_told(gpu: &Gpu) {
    let there = simulation(network("cuba").scaled(800), "lanes");
    let refused = GpuRun::new(&gpu.clone().limited_to(10_000), &there).err();
    assert!(
        matches!(refused, Some(GpuProblem::TooLarge { needed, limit: 10_000.0 }) if needed > 10_000.0),
        "{refused:?}"
    );
}
