//! The stimuli: each the same on every engine; the currents against NEST 3.10; of what is random the mean, variance and
//! correlations within five standard errors. `tests/reference/make_stimuli.py` made the reference.

#[allow(dead_code, reason = "the networks of a single neuron are for the tests of models")]
mod reference;

use reference::{number, numbers, start};
use serde_json::{Value, json};
use spikeground_core::{
    engine::Simulation,
    spec::{NetworkSpec, ProjectionSpec},
    stimulus::{STIMULI, Sends},
};

const DT_MS: f64 = 0.1;
/// What comes from outside, for stimuli that are fed.
const FED: [f32; 3] = [0.2, 1.0, 0.6];

/// Each stimulus with numbers that make it do something, for eleven targets.
fn examples() -> Vec<Value> {
    let values: Vec<f64> = (0..22).map(|i| f64::from(i * 7 % 22) / 22.0).collect();
    vec![
        json!({ "model": "poisson_generator", "params": { "rate": 2000, "start": 20, "stop": 150 } }),
        json!({ "model": "inhomogeneous_poisson_generator", "rate_times": [20, 90], "rate_values": [3000, 500] }),
        json!({ "model": "sinusoidal_poisson_generator", "params": { "rate": 2000, "amplitude": 2500, "frequency": 13 } }),
        json!({ "model": "mip_generator", "params": { "rate": 5000, "p_copy": 0.3 } }),
        json!({ "model": "pulsepacket_generator", "params": { "activity": 50, "sdev": 3 }, "pulse_times": [40, 120] }),
        json!({ "model": "spike_generator", "spike_times": [5, 5, 77.7] }),
        json!({ "model": "rate_encoder", "params": { "rate": 3000, "interval": 30 }, "values": values }),
        json!({ "model": "latency_encoder", "params": { "interval": 70, "start": 3 }, "values": values }),
        json!({ "model": "population_encoder", "params": { "rate": 3000, "interval": 20 }, "values": [0.2, 0.9, 0.5] }),
        json!({ "model": "delta_encoder", "params": { "interval": 11, "polarity": 1 }, "values": values }),
        json!({ "model": "dc_generator", "params": { "amplitude": 300, "stop": 150 } }),
        json!({ "model": "ac_generator", "params": { "amplitude": 200, "offset": 250, "frequency": 30 } }),
        json!({ "model": "step_current_generator", "amplitude_times": [10, 50], "amplitude_values": [400, -50] }),
        json!({ "model": "noise_generator", "params": { "mean": 300, "std": 500, "std_mod": 300, "frequency": 20, "start": 2.5 } }),
        json!({ "model": "ou_current", "params": { "mean": 300, "std": 200, "tau": 5 } }),
        json!({ "model": "live_input", "params": { "rate": 3000 } }),
    ]
}

/// A stimulus onto neurons of one kind.
fn network(stimulus: &Value, neurons: usize, neuron: Value, weight: f64, delay_ms: f64) -> NetworkSpec {
    let mut stimulus = stimulus.clone();
    stimulus["name"] = json!("S");
    let mut population = neuron;
    population["name"] = json!("N");
    population["size"] = json!(neurons);
    let wire = json!({ "source": "S", "target": "N", "rule": "all_to_all", "weight": weight, "delay_ms": delay_ms });
    let network = json!({ "version": 1, "dt_ms": DT_MS, "populations": [population], "stimuli": [stimulus], "projections": [wire] });
    NetworkSpec::from_json(&network.to_string()).unwrap_or_else(|e| panic!("{}", e[0]))
}

fn lif(params: Value) -> Value {
    json!({ "model": "iaf_psc_exp", "params": params })
}

/// Neurons whose potential is the number of spikes that they have received.
fn counter() -> Value {
    let params = json!({ "tau_m": 1e9, "E_L": 0, "V_reset": -1, "V_th": 1e9, "t_ref": 0 });
    json!({ "model": "iaf_psc_delta", "params": params })
}

/// How many spikes each target gets in each step: a row for each step, the first of them step 1.
fn spikes(stimulus: &Value, targets: usize, steps: usize) -> Vec<Vec<f64>> {
    let mut run = start(network(stimulus, targets, counter(), 1.0, DT_MS), "lanes");
    let mut before = vec![0.0; targets];
    // What is sent in a step arrives in the next.
    run.advance(1).expect("no NaN");
    let row = |_| {
        run.advance(1).expect("no NaN");
        let now: Vec<f64> = (0..targets).map(|i| f64::from(run.value(i as u32, 0))).collect();
        let row = now.iter().zip(&before).map(|(now, before)| now - before).collect();
        before = now;
        row
    };
    (0..steps).map(row).collect()
}

/// The current that reaches each of some neurons in each step, found from how their potentials move, pA.
fn currents(stimulus: &Value, targets: usize, steps: usize) -> Vec<Vec<f64>> {
    let (c_m, tau_m) = (1.0, 10.0);
    let params = json!({ "C_m": c_m, "tau_m": tau_m, "E_L": 0, "V_reset": -1, "V_th": 1e9 });
    let mut run = start(network(stimulus, targets, lif(params), 1.0, DT_MS), "lanes");
    let decay = (-DT_MS / tau_m).exp();
    let gain = tau_m / c_m * (1.0 - decay);
    let mut before = vec![0.0; targets];
    run.advance(2).expect("no NaN");
    let row = |_| {
        run.advance(1).expect("no NaN");
        let now: Vec<f64> = (0..targets).map(|i| f64::from(run.value(i as u32, 0))).collect();
        let row = now.iter().zip(&before).map(|(now, before)| (now - before * decay) / gain).collect();
        before = now;
        row
    };
    (0..steps).map(row).collect()
}

/// Mean, and standard error of the mean.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// Holds independent estimates of something to what it should be.
fn check(name: &str, estimates: &[f64], want: f64) {
    let (mean, error) = mean(estimates);
    println!("{name}: {mean:.5} ± {error:.5}, should be {want:.5}");
    assert!((mean - want).abs() <= 5.0 * error + 1e-9, "{name} is {mean} ± {error}, should be {want}");
}

/// For each target an estimate from its row over time.
fn of_each(rows: &[Vec<f64>], estimate: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let column = |i: usize| rows.iter().map(|row| row[i]).collect::<Vec<f64>>();
    (0..rows[0].len()).map(|i| estimate(&column(i))).collect()
}

fn average(values: &[f64]) -> f64 {
    mean(values).0
}

#[test]
fn every_stimulus_is_the_same_on_both_engines_and_however_the_run_is_cut() {
    let examples = examples();
    for model in STIMULI {
        let example = examples.iter().find(|example| example["model"] == model.name);
        let example = example.unwrap_or_else(|| panic!("no example of {}", model.name));
        let weight = if model.sends.is_current() { 1.0 } else { 300.0 };
        let spec = network(example, 11, lif(json!({})), weight, 0.7);
        assert_eq!(NetworkSpec::from_json(&spec.to_json()).as_ref(), Ok(&spec), "{}", model.name);
        let digest = |engine: &str, cuts: &[u64]| {
            let mut run = start(spec.clone(), engine);
            run.feed(0, &FED);
            cuts.iter().for_each(|&steps| run.advance(steps).expect("no NaN"));
            run.digest()
        };
        let whole = digest("scalar", &[2000]);
        assert_eq!(digest("lanes", &[2000]), whole, "{}", model.name);
        assert_eq!(digest("lanes", &[1, 30, 69, 899, 1001]), whole, "{}", model.name);
        let mut silent = spec.clone();
        assert!(silent.set("projections[0].weight", 0.0));
        let mut silent = start(silent, "lanes");
        silent.advance(2000).expect("no NaN");
        let mut run = start(spec, "lanes");
        run.feed(0, &FED);
        run.advance(2000).expect("no NaN");
        assert_ne!(run.value(0, 0), silent.value(0, 0), "{} does nothing", model.name);
        // Neurons differ exactly where each gets its own.
        let listed = ["pulsepacket_generator", "spike_generator"].contains(&model.name);
        let are_alike = (1..11).all(|i| run.value(i, 0) == run.value(0, 0));
        assert_eq!(are_alike, model.sends == Sends::Current || listed, "{}", model.name);
    }
}

/// The ends of every range, set while the network runs, are refused or followed, by both engines alike.
#[test]
fn every_parameter_can_be_turned_to_its_ends() {
    let examples = examples();
    for model in STIMULI {
        let example = examples.iter().find(|example| example["model"] == model.name).expect("an example");
        let spec = network(example, 11, lif(json!({ "V_th": 1e9 })), 1.0, 0.3);
        let mut runs = ["scalar", "lanes"].map(|engine| start(spec.clone(), engine));
        runs.iter_mut().for_each(|run| run.feed(0, &FED));
        for param in model.params {
            for value in [param.range.lo, param.range.hi, param.default, param.slider.min, param.slider.max] {
                let mut edited = spec.clone();
                assert!(edited.set(&format!("stimuli[0].params.{}", param.name), value));
                let answers = runs.each_mut().map(|run| run.apply(edited.clone()));
                assert_eq!(answers[0], answers[1]);
                let ends = runs.each_mut().map(|run| run.advance(40).map_err(|halt| halt.variable));
                assert_eq!(ends[0], ends[1]);
                assert_eq!(runs[0].digest(), runs[1].digest(), "{} {} = {value}", model.name, param.name);
                if ends[0].is_err() {
                    runs.iter_mut().for_each(|run| run.reset().expect("memory"));
                }
            }
        }
    }
}

#[test]
fn a_current_can_be_turned_while_it_flows() {
    let mut run = start(network(&examples()[10], 11, lif(json!({ "V_th": 1e9 })), 1.0, 0.5), "lanes");
    run.advance(500).expect("no NaN");
    let mut spec = run.spec().clone();
    assert!(spec.set("stimuli[0].params.amplitude", -300.0) && spec.same_wiring(run.spec()));
    let before = run.value(3, 0);
    run.apply(spec.clone()).expect("good numbers");
    run.advance(1).expect("no NaN");
    assert!(run.value(3, 0) < before, "it acts in the next step");
    spec.stimuli[0].model = "step_current_generator".into();
    assert!(!spec.same_wiring(run.spec()));
}

#[test]
fn currents_are_nests_to_the_step() {
    let reference = reference::read("stimuli");
    for protocol in reference["traces"].as_array().expect("traces") {
        let mut stimulus = json!({ "model": protocol["model"], "params": protocol["params"] });
        for (name, list) in protocol["lists"].as_object().into_iter().flatten() {
            stimulus[name] = list.clone();
        }
        let (weight, delay_ms) = (number(&protocol["weight"]), number(&protocol["delay_ms"]));
        let mut run = start(network(&stimulus, 9, lif(protocol["neuron"].clone()), weight, delay_ms), "lanes");
        let mut worst: f64 = 0.0;
        for want in numbers(&protocol["V_m_mV"]) {
            run.advance((number(&reference["interval_ms"]) / DT_MS).round() as u64).expect("no NaN");
            worst = worst.max((f64::from(run.value(8, 0)) - want).abs());
        }
        println!("{}: {worst:.1e} mV", protocol["model"]);
        assert!(worst < 1e-3, "{}: {worst} mV", protocol["model"]);
        let spikes = run.recorder_mut().take_spikes().spikes;
        let own: Vec<u32> = spikes.iter().filter(|(_, neuron)| *neuron == 8).map(|&(step, _)| step).collect();
        let theirs = numbers(&protocol["spike_times_ms"]);
        assert_eq!(own, theirs.iter().map(|t| (t / DT_MS).round() as u32).collect::<Vec<_>>(), "{}", protocol["model"]);
    }
}

/// Potentials of many neurons under noise of their own, a row for each of some times.
fn potentials(params: &Value, neurons: usize, times_ms: &[f64]) -> Vec<Vec<f64>> {
    let stimulus = json!({ "model": "noise_generator", "params": params });
    let mut run = start(network(&stimulus, neurons, lif(json!({ "V_th": 1e6 })), 1.0, DT_MS), "lanes");
    let row = |ms: &f64| {
        run.advance((ms / DT_MS).round() as u64 - run.steps()).expect("no NaN");
        (0..neurons).map(|i| f64::from(run.value(i as u32, 0))).collect()
    };
    times_ms.iter().map(row).collect()
}

/// Mean and variance of independent numbers against those of as many others, whose errors are the same.
fn check_moments(name: &str, ours: &[f64], mean_mv: Option<f64>, variance: f64) {
    let n = ours.len() as f64;
    let (m, error) = mean(ours);
    let v = error * error * n;
    println!("{name}: mean {m:.4} ({mean_mv:?}), variance {v:.4} ({variance:.4})");
    let both = 2.0f64.sqrt();
    if let Some(want) = mean_mv {
        assert!((m - want).abs() <= 5.0 * both * error, "{name}: mean {m} against {want}");
    }
    assert!((v / variance - 1.0).abs() <= 5.0 * both * (2.0 / n).sqrt(), "{name}: variance {v} against {variance}");
}

/// What noise does to a membrane, which depends on how long a draw is held.
#[test]
fn noise_moves_the_membrane_as_in_nest() {
    let reference = reference::read("stimuli");
    let neurons = number(&reference["neurons"]) as usize;
    let samples = number(&reference["samples"]) as usize;
    let apart = number(&reference["apart_ms"]);
    let times: Vec<f64> = (1..=samples).map(|i| apart * i as f64).collect();
    for noise in reference["noise"].as_array().expect("noise") {
        let all = potentials(&noise["params"], neurons, &times).concat();
        let name = format!("dt = {} ms", noise["params"]["dt"]);
        check_moments(&name, &all, Some(number(&noise["mean_mV"])), number(&noise["variance_mV2"]));
    }
    let (phases, cycle) = (number(&reference["phases"]) as usize, number(&reference["cycle_ms"]));
    let swinging = &reference["swinging"];
    let at = |i: usize, k: usize| cycle * (2.0 * i as f64 + 1.0 + k as f64 / phases as f64);
    let times: Vec<f64> = (0..samples).flat_map(|i| (0..phases).map(move |k| at(i, k))).collect();
    let rows = potentials(&swinging["params"], neurons, &times);
    for (k, &variance) in numbers(&swinging["variance_mV2"]).iter().enumerate() {
        let own: Vec<f64> = rows.iter().skip(k).step_by(phases).flatten().copied().collect();
        check_moments(&format!("phase {k}"), &own, None, variance);
    }
}

/// Mean, standard deviation and exp(-t / tau); two neurons have nothing in common.
#[test]
fn an_ou_current_forgets_with_its_time_constant() {
    let stimulus = json!({ "model": "ou_current", "params": { "mean": 50, "std": 100, "tau": 5 } });
    let rows = currents(&stimulus, 200, 10_000);
    check("mean", &of_each(&rows, average), 50.0);
    let lagged = |lag: usize| {
        of_each(&rows, |i| average(&i.iter().zip(&i[lag..]).map(|(a, b)| (a - 50.0) * (b - 50.0)).collect::<Vec<_>>()))
    };
    for lag in [0, 1, 10, 50, 100, 200] {
        let want = 1e4 * (-(lag as f64) * DT_MS / 5.0).exp();
        check(&format!("covariance after {lag} steps"), &lagged(lag), want);
    }
    let pairs: Vec<f64> = (0..199)
        .step_by(2)
        .map(|i| average(&rows.iter().map(|r| (r[i] - 50.0) * (r[i + 1] - 50.0)).collect::<Vec<_>>()))
        .collect();
    check("covariance of two neurons", &pairs, 0.0);
    check("variance at the beginning", &rows[0].iter().map(|i| (i - 50.0).powi(2)).collect::<Vec<_>>(), 1e4);
}

/// White noise is held for dt and then forgotten.
#[test]
fn a_noise_current_is_held_for_its_dt() {
    let stimulus = json!({ "model": "noise_generator", "params": { "mean": 10, "std": 100, "dt": 0.5, "start": 2 } });
    let rows = currents(&stimulus, 200, 5000);
    assert!(rows[..19].iter().flatten().all(|&i| i == 0.0), "nothing is sent before the start");
    let rows = &rows[19..];
    for (k, pair) in rows.windows(2).enumerate() {
        let moved = pair[0].iter().zip(&pair[1]).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert_eq!(moved < 1.0, k % 5 != 4, "the largest change after step {k} is {moved} pA");
    }
    let drawn: Vec<Vec<f64>> = rows.iter().step_by(5).cloned().collect();
    check("mean", &of_each(&drawn, average), 10.0);
    check("variance", &of_each(&drawn, |i| average(&i.iter().map(|x| (x - 10.0).powi(2)).collect::<Vec<_>>())), 1e4);
    let next = |i: &[f64]| average(&i.windows(2).map(|w| (w[0] - 10.0) * (w[1] - 10.0)).collect::<Vec<_>>());
    check("covariance of draws", &of_each(&drawn, next), 0.0);
}

/// The spikes of each target in some steps, numbered from 1.
fn totals(rows: &[Vec<f64>], from: usize, to: usize) -> Vec<f64> {
    of_each(&rows[from - 1..to], |counts| counts.iter().sum())
}

#[test]
fn spikes_come_between_start_and_stop() {
    let stimulus = json!({ "model": "poisson_generator", "params": { "rate": 20_000, "start": 5, "stop": 7 } });
    let rows = spikes(&stimulus, 300, 100);
    assert!(totals(&rows, 1, 50).iter().chain(&totals(&rows, 71, 100)).all(|&n| n == 0.0));
    check("spikes of 2 ms", &totals(&rows, 51, 70), 40.0);
    assert!(rows[50].iter().sum::<f64>() > 0.0 && rows[69].iter().sum::<f64>() > 0.0);
    let listed = json!({ "model": "spike_generator", "spike_times": [0.1, 3, 3] });
    let rows = spikes(&listed, 3, 40);
    let sent: Vec<(usize, f64)> = (1..).zip(&rows).map(|(k, row)| (k, row[2])).filter(|(_, n)| *n > 0.0).collect();
    assert_eq!(sent, [(1, 1.0), (30, 2.0)]);
}

#[test]
fn a_rate_follows_its_list_and_its_sine() {
    let listed = json!({ "model": "inhomogeneous_poisson_generator", "rate_times": [10, 30, 40], "rate_values": [2000, 500, 9000] });
    let rows = spikes(&listed, 400, 500);
    assert!(totals(&rows, 1, 99).iter().all(|&n| n == 0.0));
    check("first rate", &totals(&rows, 100, 299), 40.0);
    check("second rate", &totals(&rows, 300, 399), 5.0);
    check("third rate", &totals(&rows, 400, 499), 90.0);

    let params = json!({ "rate": 1000, "amplitude": 800, "frequency": 25, "phase": 60 });
    let rows = spikes(&json!({ "model": "sinusoidal_poisson_generator", "params": params }), 400, 4000);
    for part in 0..8 {
        // Every cycle of 400 steps in eight parts.
        let of_part = (1..=4000).filter(|k| k % 400 / 50 == part);
        let rate = |k: usize| 0.1 + 0.08 * (2.0 * std::f64::consts::PI * (k as f64 / 400.0 + 60.0 / 360.0)).sin();
        let want: f64 = of_part.clone().map(rate).sum();
        let own: Vec<Vec<f64>> = of_part.map(|k| rows[k - 1].clone()).collect();
        check(&format!("part {part} of the cycle"), &totals(&own, 1, own.len()), want);
    }
}

/// Rate, Fano factor and pairwise correlation of the counts; also where the mother often sends several at once.
#[test]
fn copies_of_a_mother_train_are_correlated_by_their_probability() {
    for (rate, p_copy) in [(2000.0, 0.3), (30_000.0, 0.6), (500.0, 1.0)] {
        const TARGETS: usize = 16;
        let params = json!({ "rate": rate, "p_copy": p_copy });
        let rows = spikes(&json!({ "model": "mip_generator", "params": params }), TARGETS, 40_000);
        let want = rate * p_copy * DT_MS / 1000.0;
        // Blocks of 10 ms are independent.
        let blocks: Vec<Vec<f64>> = rows.chunks(100).map(|block| totals(block, 1, 100)).collect();
        check("rate", &blocks.iter().map(|b| average(b) / 100.0).collect::<Vec<_>>(), want);
        let n = TARGETS as f64;
        let squares = |b: &Vec<f64>| b.iter().map(|x| (x - 100.0 * want).powi(2)).sum::<f64>();
        let square = |b: &Vec<f64>| b.iter().map(|x| x - 100.0 * want).sum::<f64>().powi(2);
        let variance: Vec<f64> = blocks.iter().map(|b| squares(b) / n / (100.0 * want)).collect();
        check("Fano factor", &variance, 1.0);
        let covariance = |b: &Vec<f64>| (square(b) - squares(b)) / (n * (n - 1.0)) / (100.0 * want);
        check("correlation", &blocks.iter().map(covariance).collect::<Vec<_>>(), p_copy);
    }
}

#[test]
fn a_packet_has_its_spikes_around_its_time() {
    let packets =
        json!({ "model": "pulsepacket_generator", "params": { "activity": 800, "sdev": 4 }, "pulse_times": [60, 180] });
    let rows = spikes(&packets, 3, 2400);
    assert!(rows.iter().all(|row| row[0] == row[1] && row[0] == row[2]), "all targets get the same");
    for (centre, span) in [(60.0, 1..=1200), (180.0, 1201..=2400)] {
        let times: Vec<f64> = span.flat_map(|k| vec![k as f64 * DT_MS; rows[k - 1][0] as usize]).collect();
        assert_eq!(times.len(), 800);
        check("centre", &times, centre);
        let squares: Vec<f64> = times.iter().map(|t| (t - centre).powi(2)).collect();
        check("variance", &squares, 16.0);
    }
}

#[test]
fn values_become_rates_row_by_row() {
    let values: Vec<f64> = [[0.0, 0.2, 1.0], [0.5, 0.0, 0.1]].concat();
    let params = json!({ "rate": 2000, "interval": 50, "start": 10, "stop": 3010 });
    let rows = spikes(&json!({ "model": "rate_encoder", "params": params, "values": values }), 3, 30_200);
    assert!(rows.iter().flatten().all(|&n| n <= 1.0), "at most a spike a step");
    assert!(totals(&rows, 1, 100).iter().chain(&totals(&rows, 30_101, 30_200)).all(|&n| n == 0.0));
    for (i, value) in values.iter().enumerate() {
        let shown = rows[100..30_100].chunks(500).skip(i / 3).step_by(2);
        let counts: Vec<f64> = shown.map(|row| row.iter().map(|counts| counts[i % 3]).sum()).collect();
        check(&format!("value {value}"), &counts, value * 100.0);
    }
}

#[test]
fn values_become_latencies_and_changes_become_spikes() {
    let sent = |stimulus: Value, targets: usize, steps: usize| -> Vec<(usize, usize)> {
        let rows = spikes(&stimulus, targets, steps);
        let all = (0..steps).flat_map(|k| (0..targets).map(move |i| (k, i)));
        all.filter(|&(k, i)| rows[k][i] > 0.0).map(|(k, i)| (k + 1, i)).collect()
    };
    let params = json!({ "tau": 20, "threshold": 0.1, "interval": 40, "start": 5 });
    let latency = json!({ "model": "latency_encoder", "params": params, "values": [1.0, 0.5, 0.1, 0.101] });
    // After 2.1 and 4.5 ms, and again in the next round; the last would come after 92 ms.
    let want = [(50 + 21, 0), (50 + 45, 1), (450 + 21, 0), (450 + 45, 1)];
    assert_eq!(sent(latency, 4, 800), want);

    let values: Vec<f64> = [[0.0, 0.5], [0.3, 0.5], [0.2, 0.9]].concat();
    let delta = |polarity: i32| {
        let params = json!({ "threshold": 0.2, "interval": 10, "polarity": polarity });
        sent(json!({ "model": "delta_encoder", "params": params, "values": values }), 2, 400)
    };
    assert_eq!(delta(1), [(101, 0), (201, 1)]);
    assert_eq!(delta(-1), [(1, 0), (1, 1), (301, 0), (301, 1)]);
    assert_eq!(delta(0), [(1, 0), (1, 1), (101, 0), (201, 1), (301, 0), (301, 1)]);
}

#[test]
fn a_population_is_tuned_to_values() {
    let params = json!({ "rate": 1000, "sigma": 0.4, "interval": 20 });
    let rows = spikes(&json!({ "model": "population_encoder", "params": params, "values": [0.25, 1.0] }), 5, 80_000);
    for (row, value) in [0.25, 1.0f64].iter().enumerate() {
        for target in 0..5 {
            let counts: Vec<f64> =
                rows.chunks(200).skip(row).step_by(2).map(|r| r.iter().map(|c| c[target]).sum()).collect();
            let distance = value - target as f64 / 4.0;
            check(&format!("{value} for {target}"), &counts, 20.0 * (-distance * distance / 0.32).exp());
        }
    }
}

/// What a stimulus sends along two projections is drawn for each, but the mother of copies is one.
#[test]
fn a_mother_is_shared_by_all_populations() {
    let mut spec = network(
        &json!({ "model": "mip_generator", "params": { "rate": 1000, "p_copy": 1 } }),
        2,
        counter(),
        1.0,
        DT_MS,
    );
    let mut other = spec.populations[0].clone();
    other.name = "M".into();
    spec.populations.push(other);
    let wire = ProjectionSpec { target: "M".into(), ..spec.projections[0].clone() };
    spec.projections.push(wire);
    let counts = |spec: &NetworkSpec| {
        let mut run: Simulation = start(spec.clone(), "lanes");
        run.advance(10_000).expect("no NaN");
        [0, 1, 2, 3].map(|i| run.value(i, 0))
    };
    let copies = counts(&spec);
    assert!(copies[0] > 800.0 && copies == [copies[0]; 4]);
    spec.stimuli[0].model = "poisson_generator".into();
    spec.stimuli[0].params.truncate(1);
    spec.stimuli[0].params[0] = ("rate".into(), 1000.0);
    let own = counts(&spec);
    assert!((1..4).all(|i| own[i] != own[0]));
}

/// Values are spread over the targets in their order, act from the next step on, and stay until others come.
#[test]
fn a_live_input_follows_what_comes() {
    let rate = 4000.0;
    let stimulus = json!({ "model": "live_input", "params": { "rate": rate } });
    let mut run = start(network(&stimulus, 6, counter(), 1.0, DT_MS), "lanes");
    let mut count = |values: Option<&[f32]>, steps: u64| {
        let of = |run: &Simulation| (0..6).map(|i| f64::from(run.value(i, 0))).collect::<Vec<f64>>();
        if let Some(values) = values {
            run.feed(0, values);
            // What was sent before arrives in this step.
            run.advance(1).expect("no NaN");
        }
        let before = of(&run);
        run.advance(steps).expect("no NaN");
        of(&run).iter().zip(before).map(|(now, before)| now - before).collect::<Vec<f64>>()
    };
    assert_eq!(count(None, 1000), [0.0; 6], "it is silent while nothing comes");
    let steps = 30_000;
    for (values, want) in [
        (&[0.0, 0.5, 1.0][..], [0.0, 0.0, 0.5, 0.5, 1.0, 1.0]),
        (&[0.25], [0.25; 6]),
        (&[2.0, f32::NAN], [1.0, 1.0, 1.0, 0.0, 0.0, 0.0]),
    ] {
        let counts = count(Some(values), steps);
        for (count, share) in counts.iter().zip(want) {
            let p = share * rate * DT_MS / 1000.0;
            let (mean, error) = (p * steps as f64, (p * (1.0 - p) * steps as f64).sqrt());
            assert!((count - mean).abs() <= 5.0 * error, "{values:?}: {count}, should be {mean} ± {error}");
        }
    }
    assert_eq!(count(Some(&[]), 1000), [0.0; 6], "and when nothing comes any more");
    run.feed(7, &FED);
}
