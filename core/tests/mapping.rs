//! Mapping onto a many-core chip: what holds for every network and chip, and what is refused.

use spikeground_core::{
    chip::{
        expected::{Expected, ExpectedMapper},
        hypergraph::Hypergraph,
        limits::{Grid, Limits, Resource, Unmappable},
        mapping::{self, Mapper, Mapping, Outcome},
        route::traffic,
        timing::{Bottleneck, CoreWork, Times, core_work, step_time},
    },
    gallery,
    network::Network,
    rng::{Purpose, Stream, below},
    spec::NetworkSpec,
    text::Lang,
};

/// Time for annealing: little, since what is tested holds however long it takes.
const EFFORT: f64 = 0.02;

struct Dice(Stream, u32);

impl Dice {
    fn new(seed: u32) -> Dice {
        Dice(Stream::new(seed, Purpose::Wire, 0), 0)
    }

    fn below(&mut self, n: u32) -> u32 {
        self.1 += 1;
        below(self.0.words(self.1, 0)[0], n)
    }
}

/// A random network of up to 120 neurons, some of them silent, some with many synapses.
fn network(dice: &mut Dice, limits: &Limits) -> (Hypergraph, Vec<Vec<u32>>, Vec<u64>) {
    let n = 1 + dice.below(120);
    let spikes: Vec<u64> = (0..n).map(|_| u64::from(dice.below(20).saturating_sub(4))).collect();
    let targets: Vec<Vec<u32>> = (0..n)
        .map(|_| {
            let degree = if dice.below(10) == 0 { dice.below(n) } else { dice.below(8) };
            (0..degree).map(|_| dice.below(n)).collect()
        })
        .collect();
    let graph = Hypergraph::new(&spikes, limits, |neuron, list| list.extend(&targets[neuron as usize]));
    (graph, targets, spikes)
}

fn map(graph: Hypergraph, grid: Grid, limits: &Limits, seed: u32, slice: u64) -> Result<Outcome, Unmappable> {
    let mut mapper = Mapper::new(graph, grid, limits, seed, EFFORT)?;
    let mut progress = 0.0;
    while !mapper.advance(slice) {
        assert!((0.0..=1.0).contains(&mapper.progress()), "progress {}", mapper.progress());
        progress = mapper.progress().max(progress);
    }
    assert_eq!(mapper.progress(), 1.0);
    Ok(mapper.finish())
}

/// Links of a tree that is walked link by link, over all spikes: the definition.
fn hops_by_hand(targets: &[Vec<u32>], spikes: &[u64], grid: Grid, core_of: &[u32]) -> u64 {
    let place = |core: u32| (core % grid.width, core / grid.width);
    let mut hops = 0;
    for (neuron, list) in targets.iter().enumerate() {
        let mut links = std::collections::BTreeSet::new();
        for &target in list {
            let ((mut x, mut y), (tx, ty)) = (place(core_of[neuron]), place(core_of[target as usize]));
            while (x, y) != (tx, ty) {
                let from = (x, y);
                if x != tx {
                    x = if x < tx { x + 1 } else { x - 1 };
                } else {
                    y = if y < ty { y + 1 } else { y - 1 };
                }
                links.insert((from, (x, y)));
            }
        }
        hops += links.len() as u64 * spikes[neuron];
    }
    hops
}

#[test]
fn every_neuron_has_a_core_no_wall_is_broken_and_ours_lies_between_the_bound_and_the_baselines() {
    let (mut mapped, mut refused) = (0, 0);
    for seed in 0..120 {
        let mut dice = Dice::new(seed);
        let limits = Limits {
            neurons: (dice.below(3) > 0).then(|| u64::from(1 + dice.below(20))),
            synapses: (dice.below(2) > 0).then(|| u64::from(20 + dice.below(200))),
            memory_bits: (dice.below(2) > 0).then(|| u64::from(600 + dice.below(8_000))),
            neuron_bits: 64,
            synapse_bits: 16,
            fewest_neurons: 0,
        };
        let (graph, targets, spikes) = network(&mut dice, &limits);
        let grid = Grid { width: 1 + dice.below(9), height: 1 + dice.below(9) };
        let outcome = match map(graph.clone(), grid, &limits, seed, u64::MAX) {
            Ok(outcome) => outcome,
            Err(error) => {
                assert!(!error.message(Lang::En).is_empty() && !error.message(Lang::Zh).is_empty());
                refused += 1;
                continue;
            }
        };
        mapped += 1;
        let others = [&outcome.sequential, &outcome.shuffled, &outcome.random];
        let kernighan_lin = mapping::kernighan_lin(&graph, grid, &limits, seed, EFFORT).expect("it fits");
        for mapping in others.into_iter().chain([&outcome.ours, &kernighan_lin]) {
            holds(mapping, grid, &limits, &targets, &spikes);
        }
        let (ours, least) =
            (&outcome.ours.traffic, others.map(|m| m.traffic.hops).into_iter().fold(f64::MAX, f64::min));
        assert!(ours.hops <= least, "seed {seed}: {} against {least}", ours.hops);
    }
    assert!(mapped > 50 && refused > 20, "{mapped} mapped, {refused} refused: the networks test too little");
}

fn holds(mapping: &Mapping, grid: Grid, limits: &Limits, targets: &[Vec<u32>], spikes: &[u64]) {
    assert_eq!(mapping.core_of.len(), spikes.len());
    let mut synapses_onto = vec![0; spikes.len()];
    targets.iter().flatten().for_each(|&target| synapses_onto[target as usize] += 1);
    let mut cores = vec![[0_u64; 2]; grid.cores() as usize];
    for (neuron, &core) in mapping.core_of.iter().enumerate() {
        cores[core as usize][0] += 1;
        cores[core as usize][1] += synapses_onto[neuron];
    }
    for [neurons, synapses] in cores {
        let bits = neurons * limits.neuron_bits + synapses * limits.synapse_bits;
        assert!(limits.neurons.is_none_or(|limit| neurons <= limit), "{neurons} neurons");
        assert!(limits.synapses.is_none_or(|limit| synapses <= limit), "{synapses} synapses");
        assert!(limits.memory_bits.is_none_or(|limit| bits <= limit), "{bits} bits");
        assert!(neurons >= limits.fewest_neurons, "{neurons} neurons");
    }
    let traffic = &mapping.traffic;
    assert_eq!(traffic.hops, hops_by_hand(targets, spikes, grid, &mapping.core_of) as f64);
    assert_eq!(traffic.links.iter().sum::<f64>(), traffic.hops, "each hop is a spike on a link");
    assert!(traffic.deliveries <= traffic.hops && traffic.hops <= traffic.unicast_hops.iter().sum());
    assert!(traffic.packets <= traffic.deliveries);
}

#[test]
fn a_mapping_depends_on_the_seed_alone_and_not_on_how_it_is_cut() {
    let limits = Limits { neurons: Some(7), ..Limits::default() };
    let grid = Grid { width: 6, height: 5 };
    let (graph, ..) = network(&mut Dice::new(8), &limits);
    let of = |seed, slice| map(graph.clone(), grid, &limits, seed, slice).expect("it fits").ours.core_of;
    assert_eq!(of(3, u64::MAX), of(3, 10_000));
    assert_eq!(of(3, 777), of(3, 10_000));
    assert_ne!(of(3, u64::MAX), of(4, u64::MAX));
}

#[test]
fn it_can_be_left_at_any_slice() {
    let limits = Limits { neurons: Some(16), ..Limits::default() };
    let (graph, ..) = network(&mut Dice::new(8), &limits);
    let mut mapper = Mapper::new(graph, Grid { width: 9, height: 9 }, &limits, 1, 1.0).expect("it fits");
    for _ in 0..20 {
        assert!(!mapper.advance(1_000), "a slice is a small part of the work");
    }
    assert!(mapper.progress() < 0.9);
}

#[test]
fn every_core_keeps_the_fewest_neurons() {
    let (mut graphs, grid) = (0, Grid { width: 4, height: 3 });
    for seed in 0..40 {
        let probe = network(&mut Dice::new(seed), &Limits::default());
        let n = probe.2.len() as u64;
        let limits = Limits { neurons: Some(n / 12 + 2), fewest_neurons: n / 12, ..Limits::default() };
        let Ok(outcome) = map(probe.0, grid, &limits, seed, u64::MAX) else { continue };
        holds(&outcome.ours, grid, &limits, &probe.1, &probe.2);
        graphs += 1;
    }
    assert!(graphs > 30, "{graphs}");
}

/// Groups of neurons that talk among themselves, shuffled: the groups are found, each fits a core, and nothing is sent.
#[test]
fn what_belongs_together_is_found() {
    let (groups, each) = (30_u32, 24_u32);
    let n = groups * each;
    let limits = Limits { neurons: Some(u64::from(each)), ..Limits::default() };
    let group = |neuron: u32| neuron * 7 % n / each;
    let graph = Hypergraph::new(&vec![5; n as usize], &limits, |neuron, list| {
        list.extend((0..n).filter(|&other| group(other) == group(neuron)));
    });
    let grid = Grid { width: 6, height: 5 };
    let outcome = map(graph, grid, &limits, 1, u64::MAX).expect("it fits");
    assert!(outcome.sequential.traffic.hops > 0.0);
    assert_eq!(outcome.ours.traffic.hops, 0.0);
}

#[test]
fn a_chain_of_cores_is_laid_side_by_side() {
    let limits = Limits { neurons: Some(1), ..Limits::default() };
    let graph = Hypergraph::new(&[1; 25], &limits, |neuron, list| {
        // A ring in an order of its own.
        let place = neuron * 7 % 25;
        list.extend((0..25).filter(|other| other * 7 % 25 == (place + 1) % 25));
    });
    let outcome = map(graph, Grid { width: 5, height: 5 }, &limits, 1, u64::MAX).expect("it fits");
    assert!(outcome.ours.traffic.hops <= 28.0, "{} of 25 at best", outcome.ours.traffic.hops);
}

#[test]
fn what_cannot_be_mapped_is_told_with_numbers() {
    let refuse = |limits: Limits, grid: Grid| {
        let graph = Hypergraph::new(&[1; 10], &limits, |neuron, list| list.extend((0..neuron).map(|_| 9)));
        Mapper::new(graph, grid, &limits, 1, EFFORT).err().expect("it does not fit")
    };
    let four = Grid { width: 2, height: 2 };
    let limits = Limits { synapses: Some(44), ..Limits::default() };
    let too_large = Unmappable::NeuronTooLarge { neuron: 9, resource: Resource::Synapses, takes: 45, limit: 44 };
    assert_eq!(refuse(limits, four), too_large);
    assert!(too_large.message(Lang::En).contains("neuron 9 takes 45 synapses, and a core has 44"));
    let limits = Limits { neurons: Some(2), ..Limits::default() };
    assert_eq!(refuse(limits, four), Unmappable::TooFewCores { cores: 4, needed: 5, resource: Resource::Neurons });
    assert_eq!(refuse(limits, Grid { width: 0, height: 4 }), Unmappable::NoCores);
    let limits = Limits { fewest_neurons: 3, ..Limits::default() };
    assert_eq!(refuse(limits, four), Unmappable::CannotSpread { fewest: 3, cores: 4, neurons: 10 });
}

/// Neurons of sizes that no order fills in, but packing does.
#[test]
fn cores_are_packed_where_filling_them_in_order_does_not_do() {
    let limits = Limits { synapses: Some(10), ..Limits::default() };
    let onto = [6_u32, 6, 6, 4, 4, 4];
    let graph = Hypergraph::new(&[1; 6], &limits, |neuron, list| {
        if neuron == 0 {
            list.extend(onto.iter().enumerate().flat_map(|(target, &n)| (0..n).map(move |_| target as u32)));
        }
    });
    let outcome = map(graph, Grid { width: 3, height: 1 }, &limits, 1, u64::MAX);
    assert!(outcome.is_ok(), "6 + 4 fill a core");
}

#[test]
fn nothing_to_map_and_a_silent_run_cost_nothing() {
    let limits = Limits { neurons: Some(4), ..Limits::default() };
    let grid = Grid { width: 5, height: 5 };
    for n in [0, 1, 60] {
        let graph = Hypergraph::new(&vec![0; n], &limits, |neuron, list| list.push((neuron + 1) % n as u32));
        let outcome = map(graph, grid, &limits, 1, u64::MAX).expect("it fits");
        assert_eq!(outcome.ours.core_of.len(), n);
        assert_eq!(outcome.ours.traffic.hops, 0.0);
        assert_eq!(outcome.ours.traffic.busiest(), None);
    }
}

#[test]
fn a_million_cores_are_no_trouble() {
    let grid = Grid { width: 1_000, height: 1_000 };
    let limits = Limits { neurons: Some(2), ..Limits::default() };
    let graph = Hypergraph::new(&[3; 2_000], &limits, |neuron, list| list.push((neuron * 3 + 1) % 2_000));
    let outcome = map(graph, grid, &limits, 1, u64::MAX).expect("it fits");
    assert!(outcome.ours.traffic.hops < 0.75 * outcome.shuffled.traffic.hops);
}

fn counted(spec: &NetworkSpec) -> Expected {
    let spikes: Vec<u64> = spec.populations.iter().map(|p| 3 * p.size).collect();
    Expected::of(spec, &spikes).unwrap_or_else(|error| panic!("{}", error.message(Lang::En)))
}

/// The expectation against the same division of wired networks: CUBA, whose targets are drawn at random.
#[test]
fn what_is_expected_from_counts_is_what_wired_networks_cost() {
    let entry = gallery::find("cuba").expect("CUBA is in the gallery");
    let spec = entry.spec().scaled(1_000);
    let limits = Limits { neurons: Some(50), ..Limits::default() };
    let grid = Grid { width: 5, height: 4 };
    let mut mapper = ExpectedMapper::new(&counted(&spec), grid, &limits, 1, 0.05).expect("it fits");
    while !mapper.advance(1_000) {}
    let expected = mapper.finish();
    assert!(expected.ours.deliveries <= expected.ours.hops && expected.ours.hops <= expected.sequential.hops);
    let network = Network::new(spec, 1e9).unwrap_or_else(|errors| panic!("{}", errors[0]));
    let graph = Hypergraph::of(&network, &[3; 1_000], &limits);
    let in_order: Vec<u32> = (0..1_000).map(|neuron| neuron / 50).collect();
    let real = traffic(&graph, grid, &in_order);
    // 20,000 connections of each of 1,000 neurons, so that what is left is well below a percent.
    let differ = |a: f64, b: f64| (a / b - 1.0).abs();
    assert!(differ(expected.sequential.hops, real.hops) < 0.01, "{} {}", expected.sequential.hops, real.hops);
    assert!(differ(expected.sequential.deliveries, real.deliveries) < 0.01);
}

#[test]
fn counts_map_the_whole_microcircuit_and_refuse_what_they_do_not_tell() {
    let entry = gallery::find("microcircuit").expect("the microcircuit is in the gallery");
    let whole = entry.scaled(&entry.spec(), 77_169);
    let limits = Limits { neurons: Some(256), ..Limits::default() };
    let grid = Grid { width: 18, height: 18 };
    let mut mapper = ExpectedMapper::new(&counted(&whole), grid, &limits, 1, 0.01).expect("it fits");
    while !mapper.advance(1_000) {}
    assert_eq!(mapper.progress(), 1.0);
    let outcome = mapper.finish();
    let neurons: f64 = outcome.cores.iter().flatten().map(|(_, n)| n).sum();
    assert_eq!(neurons, whole.neurons() as f64);
    let mut place = outcome.place.clone();
    place.sort_unstable();
    place.dedup();
    assert_eq!(place.len(), outcome.cores.len(), "no two cores share a place");
    assert!(outcome.ours.deliveries <= outcome.ours.hops && outcome.ours.hops <= outcome.shuffled.hops);
    let waves = gallery::find("waves").expect("the waves are in the gallery").spec();
    let spikes = vec![1; waves.populations.len()];
    let refused = Expected::of(&waves, &spikes).expect_err("waves spread by distance");
    assert!(matches!(refused, Unmappable::NotStatistical { .. }), "{refused:?}");
}

#[test]
fn a_step_waits_for_its_slowest_part() {
    let times = Times { neuron_update_s: 2e-9, synapse_s: 1e-9, link_s: 5e-9, barrier_s: 1e-7, ..Times::default() };
    let busy = CoreWork { neurons: 10.0, synapses: 30.0, ..CoreWork::default() };
    let step = step_time(&[CoreWork::default(), busy], &[], &times);
    assert_eq!(step.bottleneck, Bottleneck::Receiving(1));
    assert!((step.seconds - 1.3e-7).abs() < 1e-15);
    assert!((step.real_time_factor(0.1) - 1.3e-3).abs() < 1e-12);
    let step = step_time(&[busy], &[0.0, 0.0, 0.0, 0.0, 9.0], &times);
    assert_eq!(step.bottleneck, Bottleneck::Link(1, 0));
    assert_eq!(step_time(&[], &[], &times).bottleneck, Bottleneck::Barrier);
    // One spike in each of two steps from core 0 to two neurons of core 1.
    let limits = Limits::default();
    let graph = Hypergraph::new(&[2, 0, 0], &limits, |neuron, list| {
        list.extend((neuron == 0).then_some([1, 2]).iter().flatten())
    });
    let grid = Grid { width: 2, height: 1 };
    let work = core_work(&graph, grid, &[0, 1, 1], 2, true);
    assert_eq!(work[0], CoreWork { neurons: 1.0, spikes: 1.0, packets_out: 1.0, ..CoreWork::default() });
    assert_eq!(work[1], CoreWork { neurons: 2.0, packets_in: 1.0, synapses: 2.0, ..CoreWork::default() });
}
