//! The engine against NEST 3.10 and Brian2 2.9: one neuron under given spikes to 1e-3 mV and to the step, and the
//! statistics of networks within the spread of ten seeds. `make_reference.py` and `make_networks.py` in `tests/reference/`
//! made the reference.

mod reference;

use reference::{number, numbers, one_neuron, start};
use serde_json::Value;
use spikeground_core::{gallery, spec::NetworkSpec};

fn check_neuron(name: &str) {
    let reference = reference::read(name);
    let dt = number(&reference["dt_ms"]);
    let model = reference["model"].as_str().expect("a model");
    let mut run = start(one_neuron(model, dt, &reference), "lanes");
    let want = numbers(&reference["V_m_mV"]);
    assert!(want.len() > 4000, "the reference is long enough to mean something");
    let first = (number(&reference["v_first_ms"]) / dt).round() as u64;
    run.advance(first - 1).expect("no NaN");
    let mut worst: f64 = 0.0;
    for &v in &want {
        run.advance(1).expect("no NaN");
        worst = worst.max((f64::from(run.value(0, 0)) - v).abs());
    }
    let spikes: Vec<u64> = run.recorder_mut().take_spikes().spikes.iter().map(|&(step, _)| u64::from(step)).collect();
    let times: Vec<u64> = numbers(&reference["spike_times_ms"]).iter().map(|t| (t / dt).round() as u64).collect();
    assert!(times.len() >= 8);
    assert_eq!(spikes, times, "spike times of {name}, in steps");
    println!("{name}: largest |dV| = {worst:.2e} mV over {} samples", want.len());
    assert!(worst < 1e-3, "largest |dV| of {name} is {worst} mV");
}

#[test]
fn iaf_psc_exp_is_nests() {
    check_neuron("iaf_psc_exp");
}

#[test]
fn iaf_cond_exp_is_nests() {
    check_neuron("iaf_cond_exp");
}

/// What is compared of a network: rates and correlations of its populations, CV, and the whole interval histogram.
struct Statistics {
    rates_hz: Vec<f64>,
    correlations: Vec<f64>,
    mean_cv: f64,
    isi_fraction: Vec<f64>,
}

fn of_seed(seed: &Value) -> Statistics {
    Statistics {
        rates_hz: numbers(&seed["rates_hz"]),
        correlations: numbers(&seed["correlations"]),
        mean_cv: number(&seed["mean_cv"]),
        isi_fraction: numbers(&seed["isi_fraction"]),
    }
}

fn of_run(spec: NetworkSpec, reference: &Value) -> Statistics {
    let dt = spec.dt_ms;
    let steps = |key: &str| (number(&reference[key]) / dt).round() as u64;
    let mut run = start(spec, "lanes");
    run.advance(steps("discard_ms")).expect("no NaN");
    let first = run.steps();
    run.recorder_mut().restart_statistics(first);
    run.recorder_mut().take_spikes();
    let populations = run.network().populations.iter();
    let most = number(&reference["correlated_neurons"]) as usize;
    let groups: Vec<_> = populations.map(|p| p.first as usize..p.first as usize + p.n.min(most)).collect();
    let (bins, bin_steps) = (steps("measure_ms") / steps("count_bin_ms"), steps("count_bin_ms"));
    let mut counts: Vec<Vec<_>> = groups.iter().map(|g| vec![vec![0.0; bins as usize]; g.len()]).collect();
    for _ in 0..bins {
        run.advance(bin_steps).expect("no NaN");
        let spikes = run.recorder_mut().take_spikes();
        assert_eq!(spikes.lost, None);
        for (step, neuron) in spikes.spikes {
            if let Some(group) = groups.iter().position(|g| g.contains(&(neuron as usize))) {
                let bin = (u64::from(step) - first - 1) / bin_steps;
                counts[group][neuron as usize - groups[group].start][bin as usize] += 1.0;
            }
        }
    }
    let recorder = run.recorder();
    let intervals: Vec<u64> =
        (0..101).map(|b| (0..groups.len()).map(|p| recorder.histogram(p).counts()[b]).sum()).collect();
    let total = intervals.iter().sum::<u64>() as f64;
    Statistics {
        rates_hz: recorder.rates_hz(run.steps()),
        correlations: counts.into_iter().map(mean_correlation).collect(),
        mean_cv: recorder.mean_cv_of_all().expect("neurons fire").cv,
        isi_fraction: intervals.iter().map(|&c| c as f64 / total).collect(),
    }
}

/// The mean over pairs of the correlation of their counts; neurons whose count never changes are left out.
fn mean_correlation(mut counts: Vec<Vec<f64>>) -> f64 {
    let mut sum = vec![0.0; counts[0].len()];
    let mut neurons = 0.0;
    for neuron in &mut counts {
        let mean = neuron.iter().sum::<f64>() / neuron.len() as f64;
        neuron.iter_mut().for_each(|c| *c -= mean);
        let norm = neuron.iter().map(|c| c * c).sum::<f64>().sqrt();
        if norm > 0.0 {
            sum.iter_mut().zip(neuron).for_each(|(sum, c)| *sum += *c / norm);
            neurons += 1.0;
        }
    }
    // The sum over all pairs is the square of the sum, less each neuron with itself.
    (sum.iter().map(|s| s * s).sum::<f64>() - neurons) / (neurons * (neurons - 1.0))
}

/// Mean and the largest distance from it that values of the same distribution leave plausible: with mean m and standard
/// deviation s of n seeds, another lies within 5 s·sqrt(1 + 1/n) in 99.93 % of draws for ten seeds and 99.6 % for six
/// (Student's t, n − 1 degrees of freedom), so that the measures below all do in 95 %.
fn mean_and_reach(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    (mean, 5.0 * sd * (1.0 + 1.0 / n).sqrt())
}

/// The Kolmogorov-Smirnov distance of two histograms.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    let (mut sum_a, mut sum_b, mut largest) = (0.0, 0.0, 0.0f64);
    for (x, y) in a.iter().zip(b) {
        sum_a += x;
        sum_b += y;
        largest = largest.max((sum_a - sum_b).abs());
    }
    largest
}

fn check_network(id: &str) {
    let reference = reference::read(id);
    let seeds: Vec<Statistics> = reference["seeds"].as_array().expect("seeds").iter().map(of_seed).collect();
    assert!(seeds.len() >= 6);
    let mut spec = gallery::find(id).expect("a network of the gallery").spec();
    spec.controls.clear();
    let simulated = NetworkSpec::from_json(&reference["network"].to_string()).expect("what was simulated");
    assert_eq!(spec, simulated, "the gallery's {id} is not the one of the reference: make_networks.py {id}");
    let ours = of_run(spec, &reference);
    let theirs = reference["simulator"].as_str().expect("a simulator");

    let check = |name: &str, measure: &dyn Fn(&Statistics) -> f64| {
        let (mean, reach) = mean_and_reach(&seeds.iter().map(measure).collect::<Vec<_>>());
        println!("{id}: {name} {:.4}, {theirs} {mean:.4} ± {reach:.4}", measure(&ours));
        assert!((measure(&ours) - mean).abs() <= reach, "{name} of {id}: {} against {mean} ± {reach}", measure(&ours));
    };
    check("mean CV", &|s| s.mean_cv);
    for (i, population) in simulated.populations.iter().enumerate() {
        check(&format!("rate of {}", population.name), &|s| s.rates_hz[i]);
        check(&format!("correlation in {}", population.name), &|s| s.correlations[i]);
    }
    // Distance of a histogram from the mean of the others: ours must not stick out of NEST's own.
    let mean_of = |left_out: Option<usize>| -> Vec<f64> {
        let kept: Vec<&Statistics> =
            seeds.iter().enumerate().filter(|(i, _)| Some(*i) != left_out).map(|(_, s)| s).collect();
        (0..101).map(|b| kept.iter().map(|s| s.isi_fraction[b]).sum::<f64>() / kept.len() as f64).collect()
    };
    let theirs: Vec<f64> = (0..seeds.len()).map(|i| distance(&seeds[i].isi_fraction, &mean_of(Some(i)))).collect();
    let (mean, reach) = mean_and_reach(&theirs);
    let d = distance(&ours.isi_fraction, &mean_of(None));
    println!("{id}: interval histogram {d:.4} from the reference's mean, its seeds {mean:.4} + {reach:.4}");
    assert!(d <= mean + reach, "interval histogram of {id} is {d} from the mean, its seeds {mean} + {reach}");
}

#[test]
fn cuba_has_its_statistics() {
    check_network("cuba");
}

#[test]
fn coba_has_its_statistics() {
    check_network("coba");
}

#[test]
fn cobahh_has_its_statistics() {
    check_network("cobahh");
}

#[test]
fn brunels_neurons_in_step_have_their_statistics() {
    check_network("brunel-sr");
}

#[test]
fn brunels_fast_rhythm_has_its_statistics() {
    check_network("brunel-fast");
}

#[test]
fn brunels_asynchronous_state_has_its_statistics() {
    check_network("brunel-ai");
}

#[test]
fn brunels_slow_rhythm_has_its_statistics() {
    check_network("brunel-slow");
}

#[test]
fn the_microcircuit_has_its_statistics() {
    check_network("microcircuit");
}

/// Rates of the whole microcircuit in Hz, from L2/3E to L6I: those that NEST's example (`full_mean_rates`) compensates with.
const MICROCIRCUIT_HZ: [f64; 8] = [0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829];

/// Rates of the microcircuit with so many neurons, over two seconds.
fn microcircuit_hz(spec: NetworkSpec) -> Vec<f64> {
    let mut run = start(spec, "lanes");
    run.advance(5_000).expect("no NaN");
    run.recorder_mut().restart_statistics(5_000);
    run.advance(20_000).expect("no NaN");
    run.recorder().rates_hz(run.steps())
}

/// At any size the eight rates stay within half a Hertz and a quarter of those of the whole.
#[test]
fn the_microcircuit_keeps_its_rates_at_any_size() {
    let entry = gallery::find("microcircuit").expect("a network of the gallery");
    let spec = entry.spec();
    let tenth = spec.neurons();
    assert_eq!(entry.scaled(&spec, tenth), spec);
    for neurons in [772, 2_315, tenth, 15_434] {
        let rates = microcircuit_hz(entry.scaled(&spec, neurons));
        println!("{neurons} neurons: {rates:.2?} Hz");
        for ((hz, whole), population) in rates.iter().zip(MICROCIRCUIT_HZ).zip(&spec.populations) {
            assert!((hz - whole).abs() < 0.5 + whole / 4.0, "{neurons} neurons, {}: {hz} Hz", population.name);
        }
    }
    // There and back again: what was changed stays changed.
    let mut changed = spec.clone();
    assert!(changed.set("populations[3].params.I_e", 200.0) && changed.set("projections[55].weight", 100.0));
    let back = entry.scaled(&entry.scaled(&changed, 77_169), tenth);
    for path in
        ["populations[3].params.I_e", "projections[55].weight", "projections[1].weight", "stimuli[2].params.rate"]
    {
        let [before, after] = [&changed, &back].map(|spec| spec.get(path).expect("a number"));
        assert!((before - after).abs() < 1e-4 * before.abs(), "{path}: {before}, then {after}");
    }
}

/// Rates of Izhikevich's 1,000 neurons within the spread of ten seeds of his program in numpy, with both variables in half
/// steps; `tests/reference/make_izhikevich.py` made it. Each sign comes in two populations of the same size.
#[test]
fn izhikevich_has_the_rates_of_his_program() {
    let reference = reference::read("izhikevich");
    let spec = gallery::find("izhikevich").expect("a network of the gallery").spec();
    let dt = spec.dt_ms;
    let mut run = start(spec, "lanes");
    run.advance((number(&reference["discard_ms"]) / dt).round() as u64).expect("no NaN");
    let step = run.steps();
    run.recorder_mut().restart_statistics(step);
    run.advance((number(&reference["measure_ms"]) / dt).round() as u64).expect("no NaN");
    let rates = run.recorder().rates_hz(run.steps());
    let seeds = reference["seeds"].as_array().expect("seeds");
    for (name, ours) in [("rate_e_hz", &rates[..2]), ("rate_i_hz", &rates[2..])] {
        let ours = ours.iter().sum::<f64>() / 2.0;
        let theirs: Vec<f64> = seeds.iter().map(|seed| number(&seed[name])).collect();
        let (mean, reach) = mean_and_reach(&theirs);
        println!("izhikevich: {name} {ours:.3}, numpy {mean:.3} ± {reach:.3}");
        assert!((ours - mean).abs() <= reach, "{name}: {ours} against {mean} ± {reach}");
    }
}
