//! Every connection rule of the registry: its degrees, its options, its estimate, and that slices change nothing. Moments
//! are within five standard errors of the law that the rule promises; seeds are fixed.

use spikeground_core::{
    engine::{self, Simulation},
    network::{Delay, Memory, Network, Wiring},
    neuron::LANES,
    rng::{Purpose, Stream},
    rule::{CHUNK, Edge, RULES},
    space::{Layout, Placed, distance},
    spec::{NetworkSpec, PopulationSpec, ProjectionSpec},
};

/// Neurons of the source and of the target, where they are two populations.
const SOURCES: u64 = 130;
const TARGETS: u64 = 110;
/// Networks of which moments are taken.
const SEEDS: u32 = 20;

/// How the number of synapses varies from neuron to neuron.
#[derive(Clone, Copy)]
enum Degree {
    /// It does not.
    Fixed(u64),
    /// With this mean and variance.
    Varies(f64, f64),
    /// Each neuron of the grid is a partner with a probability that depends on its distance.
    Near(fn(f64) -> f64),
}
use Degree::{Fixed, Near, Varies};

/// What a rule promises.
struct Law {
    rule: &'static str,
    params: &'static [(&'static str, f64)],
    /// What connects a population with itself here.
    recurrent: bool,
    /// Whether autapses and multapses arise when they are allowed.
    arise: [bool; 2],
    /// The only values of `allow_autapses` and `allow_multapses` that it takes, if it does not take both.
    needs: [Option<bool>; 2],
    indegree: Degree,
    outdegree: Degree,
}

/// The degree of a neuron that `trials` connections each reach with probability `p`.
const fn binomial(trials: f64, p: f64) -> Degree {
    Varies(trials * p, trials * p * (1.0 - p))
}

/// The grid of the sources, and the rectangle, whose edges meet, in which the targets stand at random, mm.
const GRID: [u64; 2] = [13, 10];
const EXTENT: [f64; 2] = [1.3, 1.0];

const S: f64 = SOURCES as f64;
const T: f64 = TARGETS as f64;

#[rustfmt::skip]
const LAWS: &[Law] = &[
    Law { rule: "fixed_indegree", params: &[("indegree", 15.0)], recurrent: false, arise: [true, true], needs: [None, None], indegree: Fixed(15), outdegree: binomial(15.0 * T, 1.0 / S) },
    Law { rule: "fixed_outdegree", params: &[("outdegree", 15.0)], recurrent: false, arise: [true, true], needs: [None, None], indegree: binomial(15.0 * S, 1.0 / T), outdegree: Fixed(15) },
    Law { rule: "fixed_total_number", params: &[("N", 5000.0)], recurrent: false, arise: [true, true], needs: [None, Some(true)], indegree: binomial(5000.0, 1.0 / T), outdegree: binomial(5000.0, 1.0 / S) },
    Law { rule: "pairwise_bernoulli", params: &[("p", 0.2)], recurrent: false, arise: [true, false], needs: [None, None], indegree: binomial(S, 0.2), outdegree: binomial(T, 0.2) },
    Law { rule: "symmetric_pairwise_bernoulli", params: &[("p", 0.2)], recurrent: true, arise: [false, true], needs: [Some(false), Some(true)], indegree: binomial(2.0 * (S - 1.0), 0.2), outdegree: binomial(2.0 * (S - 1.0), 0.2) },
    Law { rule: "all_to_all", params: &[], recurrent: false, arise: [true, false], needs: [None, None], indegree: Fixed(SOURCES), outdegree: Fixed(TARGETS) },
    Law { rule: "one_to_one", params: &[], recurrent: true, arise: [true, false], needs: [None, None], indegree: Fixed(1), outdegree: Fixed(1) },
    Law { rule: "spatial_gaussian", params: &[("p", 0.8), ("std", 0.15)], recurrent: true, arise: [true, false], needs: [None, None], indegree: Near(gaussian), outdegree: Near(gaussian) },
    Law { rule: "spatial_exponential", params: &[("p", 0.9), ("beta", 0.15)], recurrent: true, arise: [true, false], needs: [None, None], indegree: Near(exponential), outdegree: Near(exponential) },
    Law { rule: "spatial_disc", params: &[("p", 0.3), ("radius", 0.42)], recurrent: true, arise: [true, false], needs: [None, None], indegree: Near(disc), outdegree: Near(disc) },
    // Of its k = 8 targets on the ring a neuron keeps each with 0.7; each of the others takes it with 0.3 · 8 in 121.
    Law { rule: "small_world", params: &[("k", 8.0), ("p", 0.3)], recurrent: true, arise: [false, false], needs: [None, None], indegree: Fixed(8), outdegree: Varies(8.0, 8.0 * 0.21 + 2.4 * (1.0 - 2.4 / 121.0)) },
    Law { rule: "edges", params: &[], recurrent: false, arise: [true, true], needs: [None, Some(true)], indegree: Varies(5.0 / T, 9.0 / T - 25.0 / T / T), outdegree: Varies(5.0 / S, 9.0 / S - 25.0 / S / S) },
];

fn gaussian(d: f64) -> f64 {
    0.8 * (-d * d / (2.0 * 0.15 * 0.15)).exp()
}

fn exponential(d: f64) -> f64 {
    0.9 * (-d / 0.15).exp()
}

fn disc(d: f64) -> f64 {
    if d <= 0.42 { 0.3 } else { 0.0 }
}

/// A list: two pairs twice, among them the last neurons, and an autapse.
const EDGES: &[(u32, u32)] = &[(7, 3), (129, 109), (7, 3), (129, 109), (5, 5)];

const LAYOUT: Layout = Layout { grid: Some(GRID), extent: EXTENT, edge_wrap: true };

/// The randomness of the places of a population.
fn places(seed: u32, population: usize) -> Stream {
    Stream::new(seed, Purpose::Place, population)
}

impl Law {
    /// A network of one projection.
    fn spec(&self, recurrent: bool) -> NetworkSpec {
        let population = |name: &str, size, grid| PopulationSpec {
            positions: Some(Layout { grid, extent: EXTENT, edge_wrap: true }),
            ..PopulationSpec::new(name, size, "iaf_psc_delta")
        };
        let mut spec = NetworkSpec::empty();
        spec.populations = vec![population("A", SOURCES, Some(GRID)), population("B", TARGETS, None)];
        spec.projections = vec![ProjectionSpec {
            rule: self.rule.into(),
            params: self.params.iter().map(|(name, value)| ((*name).into(), *value)).collect(),
            edges: EDGES.iter().map(|&(source, target)| Edge::new(source, target)).collect(),
            allow_autapses: self.needs[0].unwrap_or(true),
            allow_multapses: self.needs[1].unwrap_or(true),
            ..ProjectionSpec::all_to_all("A", if recurrent { "A" } else { "B" }, 1.0, 1.0)
        }];
        spec
    }
}

/// The pairs of the only projection, grouped by source.
fn pairs(network: &Network) -> Vec<(u32, u32)> {
    let projection = &network.projections[0];
    let first = (network.populations[projection.target].first_block * LANES) as u32;
    let sources = projection.synapses.offsets.len() - 1;
    let of = |s| projection.synapses.of(s).iter().map(move |slot| (s as u32, slot - first));
    (0..sources).flat_map(of).collect()
}

fn wired(spec: &NetworkSpec) -> Network {
    Network::new(spec.clone(), 1e9).unwrap_or_else(|e| panic!("{}", e[0]))
}

/// The networks of a law, one a seed.
fn networks(law: &Law) -> impl Iterator<Item = Network> {
    let mut spec = law.spec(law.recurrent);
    (1..=SEEDS).map(move |seed| {
        spec.seed = seed;
        wired(&spec)
    })
}

#[test]
fn every_rule_has_a_law() {
    let laws: Vec<&str> = LAWS.iter().map(|law| law.rule).collect();
    assert_eq!(laws, RULES.iter().map(|rule| rule.name).collect::<Vec<_>>());
}

#[test]
fn degrees_follow_the_law() {
    for law in LAWS {
        let [mut indegrees, mut outdegrees] = [Vec::new(), Vec::new()];
        for network in networks(law) {
            let targets = network.populations[network.projections[0].target].n;
            let [mut onto, mut from] = [vec![0; targets], vec![0; SOURCES as usize]];
            for (source, target) in pairs(&network) {
                onto[target as usize] += 1;
                from[source as usize] += 1;
            }
            assert_eq!(onto.iter().max(), Some(&network.projections[0].largest_indegree), "{}", law.rule);
            indegrees.extend(onto);
            outdegrees.extend(from);
        }
        follows(&indegrees, law.indegree, &format!("in-degree of {}", law.rule));
        follows(&outdegrees, law.outdegree, &format!("out-degree of {}", law.rule));
    }
}

/// Mean and variance of `degrees` are those of the law.
fn follows(degrees: &[u32], law: Degree, what: &str) {
    let n = degrees.len() as f64;
    let mean = degrees.iter().map(|&d| f64::from(d)).sum::<f64>() / n;
    let variance = degrees.iter().map(|&d| (f64::from(d) - mean).powi(2)).sum::<f64>() / n;
    match law {
        Near(probability) => {
            let grid = Placed { layout: LAYOUT, stream: places(1, 0) };
            let all = (0..SOURCES as u32).map(|n| probability(distance(grid.at(0), grid.at(n), Some(EXTENT))));
            let (mean, variance) = all.fold((0.0, 0.0), |(m, v), p| (m + p, v + p * (1.0 - p)));
            follows(degrees, Varies(mean, variance), what);
        }
        Fixed(degree) => assert!(degrees.iter().all(|&d| u64::from(d) == degree), "{what} is not always {degree}"),
        Varies(m, v) => {
            // The fourth moment of a binomial degree is at most 3 v² + v.
            let (of_mean, of_variance) = ((v / n).sqrt(), ((2.0 * v * v + v) / n).sqrt());
            assert!((mean - m).abs() <= 5.0 * of_mean, "{what}: mean {mean}, not {m} ± {of_mean}");
            assert!((variance - v).abs() <= 5.0 * of_variance, "{what}: variance {variance}, not {v} ± {of_variance}");
        }
    }
}

#[test]
fn autapses_and_multapses_arise_only_where_they_are_allowed() {
    for law in LAWS {
        for allowed in [[true, true], [true, false], [false, true], [false, false]] {
            let mut spec = law.spec(true);
            [spec.projections[0].allow_autapses, spec.projections[0].allow_multapses] = allowed;
            let takes = law.needs.iter().zip(allowed).all(|(needs, allow)| needs.is_none_or(|needs| needs == allow));
            let refused = Wiring::new(spec.clone(), 1e9).err();
            assert_eq!(refused.is_none(), takes, "{} {allowed:?}: {refused:?}", law.rule);
            if !takes {
                continue;
            }
            let pairs = pairs(&wired(&spec));
            let is = [pairs.iter().any(|(s, t)| s == t), pairs.windows(2).any(|two| two[0] == two[1])];
            for (kind, i) in [("autapses", 0), ("multapses", 1)] {
                assert_eq!(is[i], law.arise[i] && allowed[i], "{kind} of {} {allowed:?}", law.rule);
            }
            // A degree that is fixed stays so, but for rules that have nothing else to draw.
            if matches!(law.rule, "fixed_indegree" | "fixed_outdegree" | "fixed_total_number") {
                assert_eq!(pairs.len() as f64, Memory::of(&spec).synapses, "{} {allowed:?}", law.rule);
            }
        }
    }
}

/// Without autapses and multapses, what remains is drawn as often as the law says: from one neuron fewer.
#[test]
fn what_is_left_out_is_made_up_for_evenly() {
    for (law, degree) in [(&LAWS[0], 0), (&LAWS[1], 1)] {
        let mut spec = law.spec(true);
        [spec.projections[0].allow_autapses, spec.projections[0].allow_multapses] = [false, false];
        let mut degrees = Vec::new();
        for seed in 1..=SEEDS {
            spec.seed = seed;
            let mut of = [[0; SOURCES as usize]; 2];
            for (source, target) in pairs(&wired(&spec)) {
                of[1][source as usize] += 1;
                of[0][target as usize] += 1;
            }
            follows(&of[degree], Fixed(15), law.rule);
            degrees.extend(of[1 - degree]);
        }
        follows(&degrees, binomial(S - 1.0, 15.0 / (S - 1.0)), law.rule);
    }
}

#[test]
fn a_symmetric_rule_connects_both_ways() {
    let law = LAWS.iter().find(|law| law.rule == "symmetric_pairwise_bernoulli").expect("a law");
    for network in networks(law) {
        let forth = pairs(&network);
        let mut back: Vec<_> = forth.iter().map(|&(source, target)| (target, source)).collect();
        back.sort_unstable();
        assert_eq!(forth, back);
    }
}

/// How far apart two neurons stand on the ring of all sources.
fn on_ring(&(source, target): &(u32, u32)) -> u32 {
    let way = source.abs_diff(target);
    way.min(SOURCES as u32 - way)
}

#[test]
fn a_small_world_is_a_ring_with_shortcuts() {
    let law = LAWS.iter().find(|law| law.rule == "small_world").expect("a law");
    let with = |k: f64, p: f64| {
        let mut spec = law.spec(true);
        spec.projections[0].params = vec![("k".into(), k), ("p".into(), p)];
        pairs(&wired(&spec))
    };
    for k in [0, 1, 2, 7, 8, 64] {
        let ring = with(f64::from(k), 0.0);
        let near = ring.iter().filter(|pair| on_ring(pair) <= k / 2).count();
        assert_eq!(ring.len(), (u64::from(k) * SOURCES) as usize);
        assert_eq!(near, (u64::from(k & !1) * SOURCES) as usize, "the neighbours of {k}");
        assert!(ring.iter().all(|pair| (1..=k.div_ceil(2)).contains(&on_ring(pair))), "beyond the neighbours of {k}");
        let random = with(f64::from(k), 1.0);
        assert_eq!(random.len(), ring.len());
        assert!(random.iter().all(|pair| on_ring(pair) > k / 2), "{k} neighbours, all rewired");
    }
}

/// Given where the neurons stand, each pair is drawn independently: in every ring of distances the number of synapses is
/// the sum of the probabilities, within five standard deviations.
#[test]
fn synapses_thin_out_with_distance_as_the_kernel_says() {
    let layouts = [
        (
            Layout { grid: None, extent: [2.0, 1.5], edge_wrap: true },
            Layout { grid: None, extent: [2.0, 1.5], edge_wrap: true },
        ),
        (
            Layout { grid: Some([40, 20]), extent: [2.0, 1.5], edge_wrap: false },
            Layout { grid: None, extent: [3.0, 0.5], edge_wrap: false },
        ),
        (
            Layout { grid: None, extent: [0.3, 0.3], edge_wrap: true },
            Layout { grid: Some([20, 40]), extent: [0.3, 0.3], edge_wrap: true },
        ),
        (
            Layout { grid: None, extent: [0.05, 9.0], edge_wrap: false },
            Layout { grid: None, extent: [9.0, 0.05], edge_wrap: false },
        ),
    ];
    for (rule, kernel) in
        [("spatial_gaussian", gaussian as fn(f64) -> f64), ("spatial_exponential", exponential), ("spatial_disc", disc)]
    {
        let law = LAWS.iter().find(|law| law.rule == rule).expect("a law");
        for (from, onto) in layouts {
            let mut spec = law.spec(false);
            for (population, layout) in spec.populations.iter_mut().zip([from, onto]) {
                (population.size, population.positions) = (800, Some(layout));
            }
            let [a, b] = [(0, from), (1, onto)].map(|(i, layout)| Placed { layout, stream: places(spec.seed, i) });
            let wrap = from.edge_wrap.then_some(from.extent);
            let between = |(source, target)| distance(a.at(source), b.at(target), wrap);
            const RING: f64 = 0.05;
            let mut rings = vec![(0.0, 0.0, 0.0); 200];
            for pair in (0..800).flat_map(|source| (0..800).map(move |target| (source, target))) {
                let (d, p) = (between(pair), kernel(between(pair)));
                let ring = &mut rings[(d / RING) as usize];
                (ring.1, ring.2) = (ring.1 + p, ring.2 + p * (1.0 - p));
            }
            let found = pairs(&wired(&spec));
            found.iter().for_each(|&pair| rings[(between(pair) / RING) as usize].0 += 1.0);
            for (i, (found, mean, variance)) in rings.into_iter().enumerate() {
                let close = 5.0 * f64::sqrt(variance).max(1.0);
                assert!((found - mean).abs() <= close, "{rule}, {from:?}, ring {i}: {found}, not {mean} ± {close}");
            }
            assert!(found.len() > 500, "{rule}, {from:?}: {} synapses", found.len());
            let estimate = Memory::of(&spec).synapses;
            assert!(found.len() as f64 <= estimate, "{rule}, {from:?}: {} of {estimate}", found.len());
        }
    }
}

#[test]
fn a_list_is_wired_as_it_stands() {
    let law = LAWS.iter().find(|law| law.rule == "edges").expect("a law");
    let mut listed = EDGES.to_vec();
    listed.sort_unstable();
    assert_eq!(pairs(&wired(&law.spec(false))), listed);
    // More than a chunk, backwards.
    let mut spec = law.spec(false);
    let all: Vec<_> = (0..SOURCES as u32).flat_map(|source| (0..TARGETS as u32).map(move |t| (source, t))).collect();
    spec.projections[0].edges = all.iter().rev().map(|&(source, target)| Edge::new(source, target)).collect();
    assert!(all.len() > CHUNK as usize);
    assert_eq!(pairs(&wired(&spec)), all);
    assert_eq!(NetworkSpec::from_json(&spec.to_json()).as_ref(), Ok(&spec));
    spec.projections[0].edges.clear();
    assert_eq!(pairs(&wired(&spec)), []);
    assert_eq!(NetworkSpec::from_json(&spec.to_json()), Ok(spec));
}

#[test]
fn slices_change_nothing_and_targets_rise() {
    for law in LAWS {
        let spec = law.spec(law.recurrent);
        let whole = pairs(&wired(&spec));
        assert!(whole.is_sorted(), "{}", law.rule);
        for slice in [1, 7, 1000] {
            let mut wiring = Wiring::new(spec.clone(), 1e9).expect("a good specification");
            let mut before = 0.0;
            while !wiring.advance(slice).expect("memory") {
                assert!((before..=1.0).contains(&wiring.progress()), "{}: {before}", law.rule);
                before = wiring.progress();
            }
            assert_eq!(pairs(&wiring.finish()), whole, "{} in slices of {slice}", law.rule);
        }
    }
}

#[test]
fn the_estimate_holds_every_synapse() {
    for law in LAWS {
        for network in networks(law) {
            let (estimate, synapses) = (Memory::of(&network.spec).synapses, network.synapses() as f64);
            assert!(synapses <= estimate && estimate <= 2.5 * synapses, "{}: {synapses} of {estimate}", law.rule);
        }
    }
}

/// Edges in any order, of which some have a weight or a delay of their own, and some are not allowed.
#[test]
fn an_edge_may_have_a_weight_and_a_delay() {
    let json = r#"{ "version": 1, "dt_ms": 0.1, "populations": [ { "name": "A", "size": 3, "model": "iaf_psc_delta" } ],
        "projections": [ { "source": "A", "target": "A", "rule": "edges", "allow_autapses": false, "weight": 5, "delay_ms": 1,
            "edges": [[2, 1, -3.5], [0, 2], [1, 1, 9, 9], [0, 1, null, 2.5], [2, 0, 4, 0.1]] } ] }"#;
    let spec = NetworkSpec::from_json(json).unwrap_or_else(|e| panic!("{}", e[0]));
    assert_eq!(NetworkSpec::from_json(&spec.to_json()).as_ref(), Ok(&spec));
    let network = Network::new(spec, 1e9).unwrap_or_else(|e| panic!("{}", e[0]));
    assert_eq!(pairs(&network), [(0, 1), (0, 2), (2, 0), (2, 1)]);
    assert_eq!(network.projections[0].delay, Delay::Each(vec![25, 10, 1, 10]));
    assert_eq!(network.projections[0].bounds(), (-3.5, 5.0));
    let run = Simulation::new(network, engine::ENGINES[0]).expect("memory");
    assert_eq!(run.weights(0), [5.0, 5.0, 4.0, -3.5]);
}
