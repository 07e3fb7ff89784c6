//! Makes a [`Frame`] of what a simulation has recorded since the last one.

use spikeground_core::{
    engine::Simulation,
    record::{RATE_BIN_MS, Recorder},
    stats::{INTERVAL_BIN_MS, Psth, WeightHistogram, WeightMatrix},
    units::ms_from_steps,
};

use crate::{
    pace::Pace,
    protocol::{
        FieldSamples, Frame, Measures, PopulationMeasures, ProjectionWeights, RateBins, TraceSamples, Weighable,
        Weighed, Words,
    },
};

/// Weights that no step changes; `None` while they are to be counted anew.
pub type StaticWeights = Option<Vec<ProjectionWeights>>;

/// Takes what is new out of `simulation`. Measures are costly for large networks, so the caller gives what they need only
/// when they are due.
pub fn take(
    simulation: &mut Simulation,
    engine: &str,
    pace: &Pace,
    run: u32,
    measures_due: Option<&mut StaticWeights>,
) -> Frame {
    let spikes = simulation.recorder_mut().take_spikes();
    Frame {
        run,
        step: simulation.steps() as f64,
        dt_ms: simulation.network().dt_ms(),
        playing: pace.playing(),
        speed: pace.reached(),
        engine: engine.into(),
        lost: spikes.lost.map(|(from, to)| (from as f64, to as f64)),
        spikes: Words(spikes.spikes.iter().flat_map(|&(step, neuron)| [step, neuron]).collect()),
        rates: rates(simulation),
        trace: trace(simulation),
        field: field(simulation),
        measures: measures_due.map(|static_weights| measures(simulation, static_weights)),
    }
}

fn rates(simulation: &mut Simulation) -> RateBins {
    let rates = simulation.recorder_mut().take_rates();
    let seconds = ms_from_steps(rates.bin_steps, simulation.network().dt_ms()) / 1000.0;
    let per_spike = simulation.network().populations.iter().map(|p| 1.0 / (p.n as f64 * seconds));
    let hz =
        rates.counts.iter().zip(per_spike).map(|(bins, hz)| bins.iter().map(|&n| (f64::from(n) * hz) as f32).collect());
    RateBins { from: rates.from as f64, bin_steps: rates.bin_steps as f64, hz: hz.collect() }
}

fn trace(simulation: &mut Simulation) -> TraceSamples {
    let Some(probe) = simulation.recorder().probed().cloned() else { return TraceSamples::default() };
    let trace = simulation.recorder_mut().take_trace();
    TraceSamples {
        neuron: probe.neuron,
        variables: probe.variables,
        from: trace.from as f64,
        samples: Words::from_f32(&trace.samples.concat()),
    }
}

fn field(simulation: &mut Simulation) -> Option<FieldSamples> {
    let population = simulation.recorder().watched_field()?;
    let field = simulation.recorder_mut().take_field();
    let samples = Words::from_f32(field.samples.first()?);
    Some(FieldSamples { population, from: field.from as f64, every: field.every as f64, samples })
}

fn measures(simulation: &Simulation, static_weights: &mut StaticWeights) -> Measures {
    let recorder = simulation.recorder();
    let cv = recorder.mean_cv_of_all();
    let mut intervals: Vec<f64> = Vec::new();
    for population in 0..simulation.network().populations.len() {
        let counts = recorder.histogram(population).counts();
        intervals.resize(counts.len(), 0.0);
        intervals.iter_mut().zip(counts).for_each(|(sum, &count)| *sum += count as f64);
    }
    Measures {
        since_ms: ms_from_steps(recorder.since(), simulation.network().dt_ms()),
        rates_hz: recorder.rates_hz(simulation.steps()),
        cv: cv.map(|cv| cv.cv),
        cv_neurons: cv.map_or(0, |cv| cv.neurons as u32),
        intervals,
        interval_bin_ms: INTERVAL_BIN_MS,
        populations: (0..simulation.network().populations.len()).map(|p| of_population(recorder, p)).collect(),
        spectrum_step_hz: recorder.spectrum().step_hz(),
        spectrum_segments: recorder.spectrum().segments() as f64,
        lag_ms: RATE_BIN_MS,
        psth_bin_ms: recorder.psth().map_or(0.0, Psth::bin_ms),
        weights: weights(simulation, static_weights),
        weighed: None,
        gpu: None,
    }
}

fn weights(simulation: &Simulation, static_weights: &mut StaticWeights) -> Vec<ProjectionWeights> {
    let those = |plastic: bool| {
        let projections = simulation.network().projections.iter().enumerate();
        let indices = projections.filter(move |(_, p)| p.synapse.plastic().is_some() == plastic).map(|(p, _)| p);
        indices.filter_map(|p| of_projection(simulation, p))
    };
    let mut weights = static_weights.get_or_insert_with(|| those(false).collect()).clone();
    weights.extend(those(true));
    weights.sort_by_key(|w| w.projection);
    weights
}

fn of_projection(simulation: &Simulation, projection: usize) -> Option<ProjectionWeights> {
    let WeightHistogram { from, to, counts, mean } = simulation.weight_histogram(projection)?;
    Some(ProjectionWeights { projection, from, to, counts: counts.iter().map(|&n| n as f64).collect(), mean })
}

/// What is asked of the weights of a projection, if it has that.
pub fn weigh(simulation: &Simulation, what: Weighable) -> Option<Weighed> {
    match what {
        Weighable::Course(projection) => {
            let course = simulation.recorder().weight_course(projection)?;
            let dt_ms = simulation.network().dt_ms();
            Some(Weighed::Course {
                projection,
                times_ms: course.steps().iter().map(|&step| ms_from_steps(step, dt_ms)).collect(),
                followed: course.followed().to_vec(),
                lines: Words::from_f32(&course.lines().concat()),
            })
        }
        Weighable::Matrix(projection) => {
            let WeightMatrix { neurons, bins, counts, means } = simulation.weight_matrix(projection)?;
            Some(Weighed::Matrix { projection, neurons, bins, counts: Words(counts), means: Words::from_f32(&means) })
        }
    }
}

fn of_population(recorder: &Recorder, population: usize) -> PopulationMeasures {
    let words = |numbers: Vec<f64>| Words(numbers.iter().map(|&x| (x as f32).to_bits()).collect());
    PopulationMeasures {
        cv: recorder.mean_cv(population).map(|cv| cv.cv),
        cv2: recorder.mean_cv2(population),
        fano: recorder.fano(population).mean(),
        correlation: recorder.correlation(population).mean(),
        correlogram: recorder.correlation(population).correlogram().unwrap_or_default(),
        spectrum: words(recorder.spectrum().power(population)),
        psth: words(recorder.psth().map(|psth| psth.rates_hz(population)).unwrap_or_default()),
    }
}
