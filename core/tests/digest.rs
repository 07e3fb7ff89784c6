//! Same specification and seed, same state: in debug and in release, on either engine, however the run is cut.
//!
//! The golden digests stand in `tests/golden/digests.json`; the wasm tests compare with the same file. After a change that
//! is meant to change results, `BLESS=1 cargo test -p spikeground-core --test digest` writes it anew.

use serde_json::{Value, json};
use spikeground_core::{
    engine::{self, LoadError, Pulse, Simulation},
    gallery::{Entry, GALLERY},
    network::Network,
    spec::NetworkSpec,
};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/digests.json");
const STEPS: u64 = 2500;
/// Larger networks are scaled down to so many neurons.
const NEURONS: u64 = 200;

/// The number of neurons that the network is asked to have; rounding may give it a few more.
fn asked(entry: &Entry) -> u64 {
    NEURONS.min(entry.spec().neurons())
}

fn small(entry: &Entry) -> NetworkSpec {
    entry.spec().scaled(asked(entry))
}

fn start(spec: NetworkSpec, engine: &str) -> Simulation {
    let network = Network::new(spec, 1e9).expect("a good specification");
    Simulation::new(network, engine::find(engine).expect("an engine")).expect("memory")
}

fn hex(digest: u64) -> String {
    format!("{digest:016x}")
}

#[test]
fn the_gallery_runs_as_it_always_did() {
    let digests: Vec<(String, Value)> = GALLERY
        .iter()
        .map(|entry| {
            let spec = small(entry);
            let mut run = start(spec, "scalar");
            run.advance(STEPS).expect("no NaN");
            (entry.id.to_owned(), json!({ "neurons": asked(entry), "steps": STEPS, "digest": hex(run.digest()) }))
        })
        .collect();
    let now = Value::Object(digests.into_iter().collect());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(GOLDEN, serde_json::to_string_pretty(&now).unwrap() + "\n")
            .expect("the golden file can be written");
    }
    let golden: Value = serde_json::from_str(&std::fs::read_to_string(GOLDEN).expect("the golden file")).expect("JSON");
    assert_eq!(golden, now);
}

#[test]
fn lanes_equal_scalar_and_a_cut_changes_nothing() {
    for entry in GALLERY {
        let whole = {
            let mut run = start(small(entry), "scalar");
            run.advance(STEPS).expect("no NaN");
            run.digest()
        };
        for cuts in [vec![STEPS], vec![1, 2, 61, 64, 65, 307, 2000], vec![1249, 1251]] {
            let mut run = start(small(entry), "lanes");
            for (i, &steps) in cuts.iter().enumerate() {
                // Changing engine on the way changes nothing either.
                run.set_engine(engine::find(if i % 2 == 0 { "lanes" } else { "scalar" }).expect("an engine"));
                run.advance(steps).expect("no NaN");
            }
            assert_eq!(run.steps(), STEPS);
            assert_eq!(hex(run.digest()), hex(whole), "{} cut {cuts:?}", entry.id);
        }
    }
}

/// Pokes, new weights and new delays are part of the contract too.
#[test]
fn live_changes_are_the_same_on_both_engines() {
    let run = |name: &str| {
        let mut run = start(GALLERY[0].spec(), name);
        run.advance(700).expect("no NaN");
        run.poke(Pulse { population: 0, from: 3, to: 1000, amplitude_pa: 900.0, duration_ms: 5.0 });
        let mut spec = run.spec().clone();
        assert!(spec.set("projections[0].weight", 33.0) && spec.set("projections[2].delay_ms", 1.7));
        run.apply(spec.clone()).expect("good numbers");
        run.advance(333).expect("no NaN");
        assert!(spec.set("projections[2].delay_ms", 0.4) && spec.set("projections[0].weight", 0.01));
        run.apply(spec).expect("good numbers");
        run.advance(333).expect("no NaN");
        (run.digest(), run.recorder().totals().to_vec())
    };
    assert_eq!(run("scalar"), run("lanes"));
}

#[test]
fn another_seed_is_another_run_and_reset_is_the_same_run() {
    let mut run = start(GALLERY[0].spec(), "lanes");
    run.advance(500).expect("no NaN");
    let first = run.digest();
    run.reset().expect("memory");
    run.advance(500).expect("no NaN");
    assert_eq!(run.digest(), first);
    let mut spec = GALLERY[0].spec();
    spec.seed += 1;
    let mut other = start(spec, "lanes");
    other.advance(500).expect("no NaN");
    assert_ne!(other.digest(), first);
}

/// Also with pulses and numbers that were changed on the way.
#[test]
fn a_saved_run_goes_on_to_the_bit() {
    for entry in GALLERY {
        let mut run = start(entry.spec(), "lanes");
        run.advance(500).expect("no NaN");
        run.poke(Pulse { population: 0, from: 0, to: 9, amplitude_pa: 90.0, duration_ms: 70.0 });
        let mut spec = run.spec().clone();
        if let Some(projection) = spec.projections.last_mut() {
            projection.weight = projection.weight.with_middle(projection.weight.middle() * 0.75);
        }
        run.apply(spec).expect("good numbers");
        run.advance(123).expect("no NaN");
        let saved = run.save();
        let mut again = Simulation::load(&saved, run.engine(), 1e9).expect("what was saved");
        assert_eq!((again.steps(), again.digest()), (run.steps(), run.digest()), "{}", entry.id);
        for run in [&mut run, &mut again] {
            run.advance(777).expect("no NaN");
        }
        assert_eq!(again.digest(), run.digest(), "{}", entry.id);
    }
}

#[test]
fn what_is_no_saved_run_is_refused() {
    let mut run = start(GALLERY[0].spec().scaled(100), "lanes");
    run.advance(50).expect("no NaN");
    let saved = run.save();
    let load = |bytes: &[u8]| Simulation::load(bytes, engine::ENGINES[0], 1e9).map(|run| run.digest());
    assert_eq!(load(&saved), Ok(run.digest()));
    assert!(matches!(load(b"PNG"), Err(LoadError::Bytes(why)) if why.en.contains("no saved run")));
    for cut in [20, 100, saved.len() / 2, saved.len() - 1] {
        assert!(matches!(load(&saved[..cut]), Err(LoadError::Bytes(why)) if why.en.contains("damaged")), "{cut}");
    }
    for place in (30..saved.len()).step_by(997) {
        let mut damaged = saved.clone();
        damaged[place] ^= 4;
        assert!(matches!(load(&damaged), Err(LoadError::Bytes(_))), "{place}");
    }
    let refused = Simulation::load(&saved, engine::ENGINES[0], 1e3).map(|run| run.digest());
    assert!(matches!(refused, Err(LoadError::Spec(mistakes)) if mistakes.len() == 1));
}
