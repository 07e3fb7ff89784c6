//! Izhikevich's twenty types of firing (2004): each neuron of the gallery shows its own type, and none of the others'.

mod reference;

use spikeground_core::{engine::Simulation, gallery, spec::NetworkSpec};

/// What is looked at: each stimulus comes once in it.
const SEEN_MS: f64 = 500.0;
/// Where the one step of current ends that begins at 50 ms.
const STEP: std::ops::Range<f64> = 50.0..350.0;

/// What one neuron does in the first 500 ms.
struct Seen {
    /// Times of its spikes, ms.
    spikes: Vec<f64>,
    /// Its membrane potential after each step, mV.
    v: Vec<f32>,
}

impl Seen {
    /// Membrane potential at a time.
    fn v(&self, ms: f64) -> f32 {
        self.v[(ms * 10.0) as usize]
    }

    /// Membrane potential at a time, above the one before any stimulus.
    fn above_rest(&self, ms: f64) -> f32 {
        self.v(ms) - self.v(37.0)
    }

    fn count(&self, times: std::ops::Range<f64>) -> usize {
        self.spikes.iter().filter(|ms| times.contains(ms)).count()
    }

    /// The time of the only spike.
    fn only(&self) -> Option<f64> {
        if let [ms] = self.spikes[..] { Some(ms) } else { None }
    }

    /// Whether there is one spike, and in this time.
    fn only_in(&self, times: std::ops::Range<f64>) -> bool {
        self.only().is_some_and(|ms| times.contains(&ms))
    }

    fn intervals(&self) -> Vec<f64> {
        self.spikes.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// Runs of spikes that follow each other within 16 ms.
    fn bursts(&self) -> Vec<&[f64]> {
        self.spikes.chunk_by(|a, b| b - a < 16.0).collect()
    }

    /// How many times the potential turns between two times, by at least 0.1 mV.
    fn turns(&self, times: std::ops::Range<f64>) -> usize {
        let (mut turns, mut sign, mut extreme) = (0, 1.0, self.v(times.start));
        for &v in &self.v[(times.start * 10.0) as usize..(times.end * 10.0) as usize] {
            if (v - extreme) * sign >= 0.0 {
                extreme = v;
            } else if (v - extreme).abs() > 0.1 {
                (turns, sign, extreme) = (turns + 1, -sign, v);
            }
        }
        turns
    }
}

/// A burst, not a spike or two.
fn is_burst(spikes: &[f64]) -> bool {
    spikes.len() >= 3
}

/// Whether the largest is at most so many times the smallest.
fn alike(intervals: &[f64], factor: f64) -> bool {
    let (least, most) = intervals.iter().fold((f64::MAX, 0.0f64), |(least, most), &ms| (least.min(ms), most.max(ms)));
    most <= factor * least
}

/// Whether the potential stays lifted to the end of a step that the neuron no longer answers.
fn is_lifted_in_silence(seen: &Seen) -> bool {
    seen.above_rest(340.0) > 0.5 && seen.count(150.0..SEEN_MS) == 0
}

/// Whether the first stimulus has pushed the membrane down and nothing was fired before it ended.
fn is_freed(seen: &Seen) -> bool {
    seen.above_rest(54.0) < -5.0 && seen.count(0.0..55.0) == 0
}

/// The types in the order of the paper: population, type and what makes it this one.
type Criterion = fn(&Seen) -> bool;
const TYPES: [(&str, &str, Criterion); 20] = [
    ("A", "tonic spiking: as many spikes in the second half of the step as in the first, and evenly", |s| {
        let (first, second) = (s.count(50.0..200.0), s.count(200.0..350.0));
        first.abs_diff(second) <= 1 && second >= 5 && alike(&s.intervals()[3..], 1.05) && s.count(355.0..SEEN_MS) == 0
    }),
    ("B", "phasic spiking: one spike at the onset of a step that lasts", |s| {
        s.only_in(50.0..100.0) && is_lifted_in_silence(s)
    }),
    ("C", "tonic bursting: bursts from the onset to the end of the step, alike and apart", |s| {
        let bursts = s.bursts();
        let gaps: Vec<f64> = bursts.windows(2).map(|pair| pair[1][0] - pair[0][0]).collect();
        bursts.len() >= 5
            && bursts.iter().all(|burst| is_burst(burst))
            && alike(&gaps, 1.25)
            && bursts[0][0] < STEP.start + 10.0
            && bursts[bursts.len() - 1][0] > STEP.end - 50.0
    }),
    ("D", "phasic bursting: one burst at the onset of a step that lasts", |s| {
        s.bursts().len() == 1 && is_burst(&s.spikes) && s.spikes[0] > STEP.start && is_lifted_in_silence(s)
    }),
    ("E", "mixed mode: a burst, then the longest interval, then single spikes evenly", |s| {
        let bursts = s.bursts();
        let later = s.intervals().split_off(bursts[0].len() - 1);
        is_burst(bursts[0])
            && bursts.len() >= 5
            && bursts[1..].iter().all(|burst| burst.len() == 1)
            && later[1..].iter().all(|&ms| ms < 0.9 * later[0])
            && alike(&later[1..], 1.05)
    }),
    ("F", "spike frequency adaptation: intervals that only grow, at least tenfold", |s| {
        let intervals = s.intervals();
        intervals.len() >= 5
            && intervals.windows(2).all(|pair| pair[1] > pair[0] - 0.2)
            && intervals[intervals.len() - 1] > 10.0 * intervals[0]
            && s.count(50.0..200.0) * 2 >= s.count(200.0..350.0) * 3
    }),
    ("G", "class 1: on a ramp it begins below 30 Hz and fires ever faster", |s| {
        let intervals = s.intervals();
        intervals.len() >= 8 && intervals.is_sorted_by(|a, b| a > b) && intervals[0] > 1000.0 / 30.0
    }),
    ("H", "class 2: on a ramp it begins above 40 Hz and fires ever faster", |s| {
        let intervals = s.intervals();
        intervals.len() >= 8 && alike(&intervals, 3.0) && intervals[0] < 25.0 && s.count(0.0..100.0) == 0
    }),
    ("I", "spike latency: one spike, more than 12 ms after the onset of a pulse of 2.8 ms", |s| {
        s.only_in(62.0..80.0)
            && s.above_rest(340.0) < 0.5
            && (0..20).all(|ms| s.above_rest(40.0 + f64::from(ms)) > -1.0)
    }),
    ("J", "subthreshold oscillations: one spike at once, then the potential swings", |s| {
        s.only_in(50.0..60.0) && s.turns(60.0..300.0) >= 4
    }),
    ("K", "resonator: pulses 40 ms apart make it fire, pulses 20 ms apart do not", |s| s.only_in(320.0..345.0)),
    ("L", "integrator: pulses 5 ms apart make it fire, pulses 10 ms apart do not", |s| {
        s.only_in(55.0..65.0) && s.above_rest(252.0) > 3.0 && s.above_rest(262.0) > 3.0
    }),
    ("M", "rebound spike: one, after inhibition has ended", |s| s.only_in(55.0..100.0) && is_freed(s)),
    ("N", "rebound burst: one, after inhibition has ended", |s| {
        s.bursts().len() == 1 && is_burst(&s.spikes) && s.spikes[0] < 100.0 && is_freed(s)
    }),
    ("O", "threshold variability: a pulse after inhibition makes it fire, the same pulse before does not", |s| {
        s.only_in(120.0..140.0)
    }),
    ("P", "bistability: one pulse switches even firing on, the next one off", |s| {
        s.spikes.len() >= 4 && alike(&s.intervals(), 1.05) && s.spikes[0] < 50.0 && s.count(212.0..SEEN_MS) == 0
    }),
    ("Q", "depolarising after-potential: one spike at once, then a hump of more than 10 mV", |s| {
        s.only_in(50.0..60.0)
            && s.only().is_some_and(|ms| s.above_rest(ms + 5.0) > 10.0 && s.above_rest(ms + 30.0).abs() < 1.0)
    }),
    ("R", "accommodation: a slow ramp is ignored, a fast one to a smaller current is not", |s| s.only_in(350.0..370.0)),
    ("S", "inhibition-induced spiking: single spikes while inhibited", |s| {
        s.count(70.0..250.0) >= 3
            && s.count(0.0..70.0) == 0
            && s.bursts().iter().all(|burst| burst.len() == 1)
            && s.count(260.0..SEEN_MS) == 0
    }),
    ("T", "inhibition-induced bursting: bursts while inhibited", |s| {
        let bursts = s.bursts();
        bursts.iter().filter(|burst| burst[0] < 250.0).count() >= 2
            && bursts.iter().all(|burst| is_burst(burst))
            && s.count(0.0..70.0) == 0
            && s.count(300.0..SEEN_MS) == 0
    }),
];

fn network() -> NetworkSpec {
    gallery::find("izhikevich-types").expect("a network of the gallery").spec()
}

fn look(spec: NetworkSpec) -> Vec<Seen> {
    let mut run = reference::start(spec, "lanes");
    let steps = (SEEN_MS / run.spec().dt_ms) as usize;
    let neurons = run.spec().neurons() as u32;
    let mut seen: Vec<Seen> = (0..neurons).map(|_| Seen { spikes: Vec::new(), v: Vec::with_capacity(steps) }).collect();
    for _ in 0..steps {
        run.advance(1).expect("no NaN");
        (0..).zip(&mut seen).for_each(|(neuron, seen)| seen.v.push(run.value(neuron, 0)));
    }
    for (step, neuron) in run.recorder_mut().take_spikes().spikes {
        seen[neuron as usize].spikes.push(f64::from(step) * run.spec().dt_ms);
    }
    seen
}

/// Every neuron shows its own type, and no criterion takes the spikes of another for it.
#[test]
fn each_neuron_has_its_type_and_no_other() {
    let spec = network();
    let letters = TYPES.map(|(letter, ..)| letter);
    assert!(spec.populations.iter().map(|p| p.name.as_str()).eq(letters));
    let all = look(spec);
    let mut wrong = Vec::new();
    for (letter, what, shows) in TYPES {
        for (other, seen) in letters.into_iter().zip(&all) {
            if !seen.spikes.is_empty() && shows(seen) != (letter == other) {
                wrong.push(format!("{other} against {letter} ({what}): spikes at {:.1?} ms", seen.spikes));
            }
        }
    }
    assert!(wrong.is_empty() && all.iter().all(|seen| !seen.spikes.is_empty()), "{}", wrong.join("\n"));
}

/// What each does, it does because of its current: without, none fires.
#[test]
fn without_their_currents_all_are_silent() {
    let mut spec = network();
    spec.projections.iter_mut().for_each(|projection| projection.weight = 0.0.into());
    for (seen, (letter, ..)) in look(spec).iter().zip(TYPES) {
        assert!(seen.spikes.is_empty(), "{letter} fires at {:.1?} ms", seen.spikes);
    }
}

/// The rate in Hz of a population under a constant current more than its own, when it has settled.
fn settled_rate(letter: &str, more_pa: f64) -> f64 {
    let mut spec = network();
    spec.projections.clear();
    spec.stimuli.clear();
    spec.populations.retain(|p| p.name == letter);
    let i_e = spec.get("populations[0].params.I_e").expect("it has one");
    assert!(spec.set("populations[0].params.I_e", i_e + more_pa));
    let mut run: Simulation = reference::start(spec, "lanes");
    run.advance(10_000).expect("no NaN");
    run.recorder_mut().restart_statistics(10_000);
    run.advance(20_000).expect("no NaN");
    run.recorder().rates_hz(run.steps())[0]
}

/// The slowest firing of class 1 is as slow as one likes; class 2 begins at a rate well above zero.
#[test]
fn class_1_begins_slowly_and_class_2_does_not() {
    let slowest = |letter| {
        let (mut silent, mut fires) = (0.0, 30.0);
        while fires - silent > 1e-3 {
            let middle = (silent + fires) / 2.0;
            if settled_rate(letter, middle) > 0.0 { fires = middle } else { silent = middle }
        }
        println!("{letter} fires from {fires:.3} pA on, with {:.1} Hz", settled_rate(letter, fires));
        settled_rate(letter, fires)
    };
    let (class_1, class_2) = (slowest("G"), slowest("H"));
    assert!(class_1 < 3.0 && class_2 > 20.0, "class 1 begins at {class_1} Hz, class 2 at {class_2} Hz");
}
