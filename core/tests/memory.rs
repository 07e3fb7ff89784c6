//! The ring of the gallery keeps a place in mind: the activity that a cue has called up stays where the cue was, long after
//! it (Compte et al. 2000).

mod reference;

use std::f64::consts::TAU;

use reference::start;
use spikeground_core::{gallery, spec::NetworkSpec};

const SEEDS: [u32; 3] = [1, 2, 3];
/// When the cue ends, s, and how long the ring must remember before it is looked at for [`LOOK_S`].
const CUE_END_S: f64 = 0.75;
const DELAY_S: f64 = 1.0;
const LOOK_S: f64 = 0.5;
/// Within this part of the ring around the cue the bump is inside; it is about a quarter of the ring wide at its foot.
const INSIDE: f64 = 0.1;
const OUTSIDE: f64 = 0.25;
/// How far the bump may have drifted, as a part of the ring: a few degrees a second, by the chance of wiring and input.
const DRIFT: f64 = 25.0 / 360.0;

/// What the excitatory neurons of the ring do.
#[derive(Debug)]
struct Activity {
    /// Where their population vector points, as a part of the ring, and its length: 1 where all fire at one place.
    place: f64,
    length: f64,
    /// Rates near the cue and far from it, Hz.
    inside_hz: f64,
    outside_hz: f64,
}

/// The distance of two places on the ring, as a part of it.
fn apart(a: f64, b: f64) -> f64 {
    let way = (a - b).rem_euclid(1.0);
    way.min(1.0 - way)
}

/// The ring some time after a cue at `cue`.
fn after_delay(mut spec: NetworkSpec, seed: u32, cue: f64) -> Activity {
    spec.seed = seed;
    spec.stimuli[0].lists[0].1 = vec![cue];
    let steps = |seconds: f64| (seconds * 1000.0 / spec.dt_ms).round() as u64;
    let (before, look) = (steps(CUE_END_S + DELAY_S), steps(LOOK_S));
    let n = spec.populations[0].size as usize;
    let mut run = start(spec, "lanes");
    run.advance(before).expect("no NaN");
    run.recorder_mut().take_spikes();
    run.advance(look).expect("no NaN");
    let place = |neuron: usize| neuron as f64 / n as f64;
    let spikes = run.recorder_mut().take_spikes().spikes;
    let fired: Vec<f64> = spikes.iter().map(|&(_, i)| i as usize).filter(|&i| i < n).map(place).collect();
    let sum = |part: fn(f64) -> f64| fired.iter().map(|place| part(place * TAU)).sum::<f64>();
    let (x, y) = (sum(f64::cos), sum(f64::sin));
    let rate_hz = |is: &dyn Fn(f64) -> bool| {
        let neurons = (0..n).filter(|&i| is(place(i))).count();
        fired.iter().filter(|&&place| is(place)).count() as f64 / neurons as f64 / LOOK_S
    };
    Activity {
        place: y.atan2(x) / TAU,
        length: x.hypot(y) / fired.len().max(1) as f64,
        inside_hz: rate_hz(&|place| apart(place, cue) < INSIDE),
        outside_hz: rate_hz(&|place| apart(place, cue) > OUTSIDE),
    }
}

fn ring() -> NetworkSpec {
    gallery::find("bump").expect("a network of the gallery").spec()
}

fn keeps(cue: f64) {
    for seed in SEEDS {
        let activity = after_delay(ring(), seed, cue);
        println!("seed {seed}, cue at {cue}: {activity:.3?}");
        let Activity { place, length, inside_hz, outside_hz } = activity;
        assert!(apart(place, cue) < DRIFT && length > 0.9, "seed {seed}: {activity:?}");
        assert!(inside_hz > 15.0 && outside_hz < 1.0, "seed {seed}: {activity:?}");
    }
}

#[test]
fn a_cue_in_the_middle_is_remembered() {
    keeps(0.5);
}

/// Also over the place where the neurons' numbers begin anew: a ring has no end.
#[test]
fn a_cue_at_the_seam_is_remembered() {
    keeps(0.98);
}

#[test]
fn nothing_is_remembered_that_was_not_shown() {
    let mut without = ring();
    assert!(without.set("stimuli[0].params.rate", 0.0));
    for &seed in &SEEDS[..2] {
        let activity = after_delay(without.clone(), seed, 0.5);
        println!("seed {seed}, no cue: {activity:.3?}");
        assert!(
            activity.length < 0.5 && activity.inside_hz.max(activity.outside_hz) < 2.0,
            "seed {seed}: {activity:?}"
        );
    }
}

/// It is the slowness of the receptor that holds the memory: with the same charge through the fast one the ring bursts as a
/// whole and forgets.
#[test]
fn a_fast_receptor_does_not_hold_it() {
    let mut fast = ring();
    let taus =
        ["tau_syn_3", "tau_syn_1"].map(|tau| fast.get(&format!("populations[0].params.{tau}")).expect("a number"));
    let excitation = &mut fast.projections[0];
    assert_eq!(excitation.receptor.as_deref(), Some("3"));
    excitation.receptor = Some("1".into());
    excitation.weight = (excitation.weight.middle() * taus[0] / taus[1]).into();
    let activity = after_delay(fast, 1, 0.5);
    println!("fast: {activity:.3?}");
    assert!(activity.length < 0.5, "{activity:?}");
}
