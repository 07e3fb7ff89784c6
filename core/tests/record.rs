//! What a recorder hands out is what happened, and what it measures of a network is what is known of that network.

use spikeground_core::{
    engine::{ENGINES, Simulation},
    gallery,
    network::Network,
    spec::{NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    stats::PSTH_BINS,
};

fn simulation(spec: NetworkSpec) -> Simulation {
    let network = Network::new(spec, f64::INFINITY).expect("the specification is right");
    Simulation::new(network, ENGINES[0]).expect("there is memory")
}

/// Neurons whose membrane stays far above its threshold for a step whenever a spike arrives, so that they fire with their
/// input: one step of refractory time, and weights that lift the membrane from rest past the threshold.
fn relays(size: u64, stimuli: Vec<StimulusSpec>) -> NetworkSpec {
    let params = [("V_th", -69.0), ("t_ref", 0.1), ("V_reset", -70.0), ("E_L", -70.0)];
    let population = PopulationSpec {
        params: params.map(|(name, value)| (name.to_owned(), value.into())).to_vec(),
        ..PopulationSpec::new("relay", size, "iaf_psc_delta")
    };
    let projection = |stimulus: &StimulusSpec| ProjectionSpec::all_to_all(&stimulus.name, "relay", 5.0, 0.1);
    let projections = stimuli.iter().map(projection).collect();
    NetworkSpec { populations: vec![population], stimuli, projections, ..NetworkSpec::empty() }
}

fn stimulus(model: &str, params: &[(&str, f64)], spike_times: Vec<f64>) -> StimulusSpec {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    let lists = if spike_times.is_empty() { Vec::new() } else { vec![("spike_times".to_owned(), spike_times)] };
    StimulusSpec { name: "input".into(), model: model.into(), params, lists }
}

#[test]
fn several_variables_are_sampled_side_by_side_and_handed_out_one_after_the_other() {
    let mut run = simulation(gallery::find("cuba").expect("CUBA is in the gallery").spec());
    run.advance(100).expect("numbers stay finite");
    let now = run.steps();
    run.recorder_mut().probe(17, &[0, 2], now);
    let mut want = [Vec::new(), Vec::new()];
    for _ in 0..50 {
        run.advance(1).expect("numbers stay finite");
        want[0].push(run.value(17, 0));
        want[1].push(run.value(17, 2));
    }
    let trace = run.recorder_mut().take_trace();
    assert_eq!((trace.from, trace.every), (101, 1));
    assert_eq!(trace.samples, want);
    run.advance(1).expect("numbers stay finite");
    assert_eq!(run.recorder_mut().take_trace().from, 151);
}

#[test]
fn a_field_is_the_mean_of_absolute_currents_once_a_millisecond() {
    let mut run = simulation(gallery::find("cuba").expect("CUBA is in the gallery").spec());
    run.recorder_mut().watch_field(Some(1));
    run.advance(30).expect("numbers stay finite");
    let p = &run.network().populations[1];
    let current =
        |neuron, name| run.state().value(p, neuron, p.model.state_index(name).expect("it has currents")).abs();
    let sum: f64 = (0..p.n).map(|i| f64::from(current(i, "I_syn_ex") + current(i, "I_syn_in"))).sum();
    let want = sum / p.n as f64;
    let field = run.recorder_mut().take_field();
    assert_eq!((field.from, field.every, field.samples[0].len()), (10, 10, 3));
    assert!(
        (f64::from(field.samples[0][2]) / want - 1.0).abs() < 1e-6 && want > 0.0,
        "{:?}, not {want}",
        field.samples
    );
    run.advance(15).expect("numbers stay finite");
    assert_eq!(run.recorder_mut().take_field().from, 40);
}

/// Poisson input of 40 Hz to relays: each fires like its own input, as a Poisson process but for one step of rest.
#[test]
fn relays_of_poisson_input_measure_as_poisson_processes() {
    let mut run = simulation(relays(400, vec![stimulus("poisson_generator", &[("rate", 40.0)], Vec::new())]));
    run.advance(200_000).expect("numbers stay finite");
    let recorder = run.recorder();
    let near = |name: &str, got: Option<f64>, want: f64, room: f64| {
        let got = got.unwrap_or(f64::NAN);
        assert!((got - want).abs() <= room, "{name}: {got}, not {want}");
    };
    near("rate", Some(recorder.rates_hz(run.steps())[0]), 40.0, 0.5);
    near("CV", recorder.mean_cv(0).map(|cv| cv.cv), 1.0, 0.02);
    near("CV2", recorder.mean_cv2(0), 1.0, 0.02);
    near("Fano factor", recorder.fano(0).mean(), 1.0, 0.04);
    near("correlation", recorder.correlation(0).mean(), 0.0, 2e-3);
    let power = recorder.spectrum().power(0);
    // The rest after a spike takes two in a hundred of it, and 38 segments tell no more than as much again.
    near("spectrum", Some(power[5..].iter().sum::<f64>() / (power.len() - 5) as f64), 0.098, 0.004);
}

/// Listed spikes every 20 ms: relays fire together like a clock, 50 times a second.
#[test]
fn relays_of_a_clock_measure_as_one_and_follow_their_stimulus() {
    let times = (1..500).map(|i| 20.0 * f64::from(i)).collect();
    let mut run = simulation(relays(400, vec![stimulus("spike_generator", &[], times)]));
    run.advance(99_000).expect("numbers stay finite");
    let recorder = run.recorder();
    assert_eq!((recorder.mean_cv(0).map(|cv| cv.cv), recorder.mean_cv2(0)), (Some(0.0), Some(0.0)));
    let correlation = recorder.correlation(0).mean().expect("they fire");
    assert!((correlation - 1.0).abs() < 1e-9, "{correlation}");
    let (power, step) = (recorder.spectrum().power(0), recorder.spectrum().step_hz());
    let highest = (2..power.len()).max_by(|&a, &b| power[a].total_cmp(&power[b])).expect("there is a spectrum");
    let cycles = highest as f64 * step / 50.0;
    assert!(
        (cycles - cycles.round()).abs() < 0.02 && cycles > 0.5,
        "the highest peak is at {} Hz",
        highest as f64 * step
    );
    let rates = recorder.psth().expect("the input has onsets").rates_hz(0);
    // The spike is a step late, so in the first bin of 4 ms: 250 Hz there, and nothing in the 16 ms behind.
    assert_eq!(rates.len(), PSTH_BINS);
    assert!((rates[0] - 250.0).abs() < 2.0 && rates[1..5].iter().all(|hz| *hz == 0.0), "{rates:?}");
}

#[test]
fn measures_start_anew_with_new_numbers() {
    let mut run = simulation(relays(50, vec![stimulus("poisson_generator", &[("rate", 40.0)], Vec::new())]));
    run.advance(30_000).expect("numbers stay finite");
    assert!(run.recorder().fano(0).mean().is_some() && run.recorder().spectrum().segments() > 0);
    let mut spec = run.spec().clone();
    assert!(spec.set("stimuli[0].params.rate", 20.0));
    run.apply(spec).expect("the rate is possible");
    let recorder = run.recorder();
    assert_eq!((recorder.fano(0).mean(), recorder.correlation(0).mean(), recorder.mean_cv2(0)), (None, None, None));
    assert_eq!((recorder.spectrum().segments(), recorder.spectrum().power(0).len()), (0, 0));
}

/// The same weights in three forms: histogram, course and matrix. The projection ends at the second population.
#[test]
fn histogram_course_and_matrix_tell_of_the_same_weights() {
    let mut run = simulation(gallery::find("stdp").expect("it is in the gallery").spec());
    let steps_in = |ms: f64| (ms / run.network().dt_ms()).round() as u64;
    let (second, moments) = (steps_in(1000.0), [250.0, 500.0, 750.0, 1000.0].map(steps_in));
    run.advance(second).expect("numbers stay finite");
    let plastic = (0..run.network().projections.len()).find(|&p| run.recorder().weight_course(p).is_some());
    let projection = plastic.expect("one learns");
    let mean = run.weight_histogram(projection).expect("it has weights").mean;
    let course = run.recorder().weight_course(projection).expect("it learns");
    assert_eq!(course.steps(), moments);
    assert!((f64::from(course.lines()[0][3]) - mean).abs() < 1e-6 * mean, "{:?} {mean}", course.lines()[0]);
    let matrix = run.weight_matrix(projection).expect("it comes from neurons");
    assert_eq!((matrix.neurons, matrix.bins), ([1000, 1], [100, 1]));
    let sum: f64 = matrix.counts.iter().zip(&matrix.means).map(|(&n, &mean)| f64::from(n) * f64::from(mean)).sum();
    let synapses: u32 = matrix.counts.iter().sum();
    assert_eq!(synapses as usize, run.weights(projection).len());
    assert!((sum / f64::from(synapses) - mean).abs() < 1e-6 * mean);
    run.reset().expect("there is memory");
    assert!(run.recorder().weight_course(projection).expect("it learns").steps().is_empty());
}
