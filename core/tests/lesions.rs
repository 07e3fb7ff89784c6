//! Neurons that are destroyed: they stand still and send nothing, the others go on, and whoever is healed lives again.

use spikeground_core::{
    engine::{ENGINES, Simulation},
    gallery::GALLERY,
    network::Network,
    spec::NetworkSpec,
};

/// Steps of a run between two changes.
const STEPS: u64 = 1000;
/// Neurons that are destroyed, of the first population; the stretches overlap.
const LESIONS: [[u64; 2]; 2] = [[10, 29], [25, 39]];

/// The same network with other lesions.
fn with(spec: &NetworkSpec, lesions: &[[u64; 2]]) -> NetworkSpec {
    let mut spec = spec.clone();
    spec.populations[0].lesions = lesions.to_vec();
    spec
}

/// Spikes of the destroyed and of all others since it was asked last.
fn spikes(run: &mut Simulation) -> [usize; 2] {
    let spikes = run.recorder_mut().take_spikes().spikes;
    let is_dead = |neuron: u32| LESIONS.iter().any(|[first, last]| (*first..=*last).contains(&u64::from(neuron)));
    let dead = spikes.iter().filter(|(_, neuron)| is_dead(*neuron)).count();
    [dead, spikes.len() - dead]
}

#[test]
fn the_destroyed_are_silent_until_they_are_healed() {
    let whole = GALLERY[0].spec().scaled(200);
    let digests = ENGINES.iter().map(|engine| {
        let network = Network::new(whole.clone(), 1e9).expect("a good network");
        let mut run = Simulation::new(network, engine).expect("memory");
        run.advance(STEPS).expect("finite");
        let [before, _] = spikes(&mut run);
        assert!(before > 0, "they lived");

        let hurt = with(&whole, &LESIONS);
        assert!(hurt.same_wiring(&whole), "a lesion acts on a network that runs");
        run.apply(hurt).expect("good lesions");
        assert_eq!(run.network().beyond_plain(), Some("lesions"));
        run.advance(STEPS).expect("finite");
        let v = run.value(15, 0);
        run.advance(STEPS).expect("finite");
        assert_eq!(run.value(15, 0), v, "the dead stand still");
        let [dead, others] = spikes(&mut run);
        assert!(dead == 0 && others > 0, "{dead}, {others}");
        let hurt = run.digest();

        run.apply(whole.clone()).expect("a good network");
        run.advance(STEPS).expect("finite");
        let [healed, _] = spikes(&mut run);
        assert!(healed > 0 && run.network().beyond_plain().is_none(), "they live again");
        (hurt, run.digest())
    });
    let digests: Vec<_> = digests.collect();
    assert_eq!(digests[0], digests[1]);
}

/// As sets of numbers would do it, for many strokes of a brush over both populations.
#[test]
fn strokes_destroy_and_heal_what_they_touch() {
    let mut spec = GALLERY[0].spec().scaled(100);
    let mut destroyed = [false; 100];
    for stroke in 0..400_u64 {
        let first = stroke * 37 % 100;
        let last = (first + stroke * 13 % 17).min(99);
        spec.set_destroyed([first, last], stroke % 3 != 0);
        destroyed[first as usize..=last as usize].fill(stroke % 3 != 0);
        let stretches = spec.destroyed();
        let is_in = |neuron: u64| stretches.iter().any(|[first, last]| (*first..=*last).contains(&neuron));
        assert!((0..100).all(|neuron| is_in(neuron) == destroyed[neuron as usize]), "stroke {stroke}: {stretches:?}");
        for population in &spec.populations {
            let apart = population.lesions.windows(2).all(|pair| pair[0][1] + 1 < pair[1][0]);
            assert!(apart && population.lesions.iter().all(|[first, last]| first <= last), "{:?}", population.lesions);
        }
    }
    assert_eq!(spec.destroyed().iter().filter(|[first, last]| *first < 80 && *last >= 80).count(), 0);
    spec.populations[0].resize(40);
    assert!(Network::new(spec, 1e9).is_ok(), "a smaller population has no lesion beyond its end");
}

#[test]
fn lesions_are_saved_and_keep_their_share() {
    let hurt = with(&GALLERY[0].spec(), &[[0, 319], [3199, 3199]]);
    assert_eq!(NetworkSpec::from_json(&hurt.to_json()), Ok(hurt.clone()));
    assert_eq!(hurt.scaled(400).populations[0].lesions, [[0, 31], [319, 319]]);
    assert_eq!(hurt.scaled(40_000).populations[0].lesions, [[0, 3199], [31_990, 31_999]]);
}
