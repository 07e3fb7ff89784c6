//! Makes a [`Frame`] of what a simulation has recorded since the last one.

use spikeground_core::{engine::Simulation, stats::INTERVAL_BIN_MS, units::ms_from_steps};

use crate::{
    pace::Pace,
    protocol::{Frame, Measures, RateBins, TraceSamples, Words},
};

/// Takes what is new out of `simulation`. Measures are costly for large networks, so the caller says when they are due.
pub fn take(simulation: &mut Simulation, engine: &str, pace: &Pace, run: u32, with_measures: bool) -> Frame {
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
        measures: with_measures.then(|| measures(simulation)),
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
    let Some((neuron, _)) = simulation.recorder().probed() else { return TraceSamples::default() };
    let trace = simulation.recorder_mut().take_trace();
    TraceSamples { neuron, from: trace.from as f64, samples: Words::from_f32(&trace.samples) }
}

fn measures(simulation: &Simulation) -> Measures {
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
        gpu: None,
    }
}
