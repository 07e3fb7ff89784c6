//! The engine against NEST 3.10: one neuron under given spikes to 1e-3 mV and to the step, and the statistics of a
//! network within the spread of ten NEST seeds. `tests/reference/make_reference.py` made the reference.

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

/// What is compared of a network: rates, CV, and the whole interval histogram.
struct Statistics {
    rate_e_hz: f64,
    rate_i_hz: f64,
    mean_cv: f64,
    isi_fraction: Vec<f64>,
}

fn of_seed(seed: &Value) -> Statistics {
    Statistics {
        rate_e_hz: number(&seed["rate_e_hz"]),
        rate_i_hz: number(&seed["rate_i_hz"]),
        mean_cv: number(&seed["mean_cv"]),
        isi_fraction: numbers(&seed["isi_fraction"]),
    }
}

fn of_run(spec: NetworkSpec, discard_ms: f64, measure_ms: f64) -> Statistics {
    let dt = spec.dt_ms;
    let mut run = start(spec, "lanes");
    run.advance((discard_ms / dt).round() as u64).expect("no NaN");
    let step = run.steps();
    run.recorder_mut().restart_statistics(step);
    run.advance((measure_ms / dt).round() as u64).expect("no NaN");
    let recorder = run.recorder();
    let rates = recorder.rates_hz(run.steps());
    let counts: Vec<u64> = (0..101).map(|b| (0..2).map(|p| recorder.histogram(p).counts()[b]).sum()).collect();
    let total = counts.iter().sum::<u64>() as f64;
    Statistics {
        rate_e_hz: rates[0],
        rate_i_hz: rates[1],
        mean_cv: recorder.mean_cv_of_all().expect("neurons fire").cv,
        isi_fraction: counts.iter().map(|&c| c as f64 / total).collect(),
    }
}

/// Mean and the largest distance from it that ten values of the same distribution leave plausible: with mean m and
/// standard deviation s of ten seeds, an eleventh lies within 4 s·sqrt(1 + 1/10) in 99.7 % of draws (Student's t, 9
/// degrees of freedom).
fn mean_and_reach(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    (mean, 4.0 * sd * (1.0 + 1.0 / n).sqrt())
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
    assert_eq!(seeds.len(), 10);
    let spec = gallery::find(id).expect("a network of the gallery").spec();
    let ours = of_run(spec, number(&reference["discard_ms"]), number(&reference["measure_ms"]));

    type Measure = fn(&Statistics) -> f64;
    let measures: [(&str, Measure); 3] =
        [("rate of E", |s| s.rate_e_hz), ("rate of I", |s| s.rate_i_hz), ("mean CV", |s| s.mean_cv)];
    for (name, measure) in measures {
        let (mean, reach) = mean_and_reach(&seeds.iter().map(measure).collect::<Vec<_>>());
        println!("{id}: {name} {:.4}, NEST {mean:.4} ± {reach:.4}", measure(&ours));
        assert!((measure(&ours) - mean).abs() <= reach, "{name} of {id}: {} against {mean} ± {reach}", measure(&ours));
    }
    // Distance of a histogram from the mean of the others: ours must not stick out of NEST's own.
    let mean_of = |left_out: Option<usize>| -> Vec<f64> {
        let kept: Vec<&Statistics> =
            seeds.iter().enumerate().filter(|(i, _)| Some(*i) != left_out).map(|(_, s)| s).collect();
        (0..101).map(|b| kept.iter().map(|s| s.isi_fraction[b]).sum::<f64>() / kept.len() as f64).collect()
    };
    let theirs: Vec<f64> = (0..10).map(|i| distance(&seeds[i].isi_fraction, &mean_of(Some(i)))).collect();
    let (mean, reach) = mean_and_reach(&theirs);
    let d = distance(&ours.isi_fraction, &mean_of(None));
    println!("{id}: interval histogram {d:.4} from NEST's mean, NEST's seeds {mean:.4} + {reach:.4}");
    assert!(d <= mean + reach, "interval histogram of {id} is {d} from NEST's mean, its seeds {mean} + {reach}");
}

#[test]
fn cuba_has_nests_statistics() {
    check_network("cuba");
}

#[test]
fn coba_has_nests_statistics() {
    check_network("coba");
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
