//! Peristimulus time histogram: the rate of each population by the time since a stimulus last began (Gerstein & Kiang
//! 1960, doi:10.1016/S0006-3495(60)86872-5).
//!
//! Each bin is divided by the time that was spent in it, so that an unfinished period and a period that is no multiple of
//! the step weigh right. A rate that does not follow the stimulus is flat.

use alloc::vec::Vec;

use crate::{
    param,
    spec::NetworkSpec,
    stimulus,
    units::{ms_from_steps, steps_from_ms},
};

/// Bins from one beginning to the end of what is shown.
pub const PSTH_BINS: usize = 50;
/// Time that is shown after each of listed beginnings, ms.
pub const PSTH_WINDOW_MS: f64 = 200.0;

/// The lists of stimuli whose times are beginnings.
const ONSETS: [&str; 2] = ["spike_times", "pulse_times"];

/// When a stimulus begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Onsets {
    /// Again and again, first at t = 0.
    Every {
        /// The period, ms.
        period_ms: f64,
    },
    /// At these steps, rising.
    At(Vec<u64>),
}

impl Onsets {
    /// Those of the first stimulus that has any: a frequency, or listed times.
    pub fn of(spec: &NetworkSpec) -> Option<Onsets> {
        spec.stimuli.iter().find_map(|stimulus| {
            let model = stimulus::find(&stimulus.model)?;
            let set = stimulus.params.iter().find(|(name, _)| name == "frequency").map(|(_, hz)| *hz);
            let default = || param::index_of(model.params, "frequency").map(|i| model.params[i].default);
            let period_ms = set.or_else(default).filter(|hz| *hz > 0.0).map(|hz| 1000.0 / hz);
            let listed = stimulus.lists.iter().filter(|(name, _)| ONSETS.contains(&name.as_str()));
            let steps = listed.flat_map(|(_, times)| times.iter().map(|&ms| steps_from_ms(ms, spec.dt_ms)));
            let mut steps: Vec<u64> = steps.collect();
            steps.sort_unstable();
            let listed = (!steps.is_empty()).then_some(Onsets::At(steps));
            period_ms.map(|period_ms| Onsets::Every { period_ms }).or(listed)
        })
    }

    /// Time that is shown after each, ms.
    pub fn window_ms(&self) -> f64 {
        match self {
            Onsets::Every { period_ms } => *period_ms,
            Onsets::At(_) => PSTH_WINDOW_MS,
        }
    }

    /// Time in ms at the end of `step` since the last one.
    fn since_ms(&self, step: u64, dt_ms: f64) -> Option<f64> {
        match self {
            // Half a step is added, so that a step at an edge falls into the bin above it whatever the rounding of dt.
            Onsets::Every { period_ms } => Some(libm::fmod((step as f64 + 0.5) * dt_ms, *period_ms)),
            Onsets::At(steps) => {
                let last = steps.partition_point(|&at| at <= step).checked_sub(1)?;
                Some(ms_from_steps(step - steps[last], dt_ms) + 0.5 * dt_ms)
            }
        }
    }
}

/// Spikes of every population by the time since the last onset.
#[derive(Clone, Debug)]
pub struct Psth {
    onsets: Onsets,
    dt_ms: f64,
    neurons: Vec<f64>,
    /// Steps spent in each bin.
    steps: Vec<u64>,
    /// Spikes of each population in each bin.
    spikes: Vec<Vec<u64>>,
}

impl Psth {
    /// For populations of so many neurons.
    pub fn new(onsets: Onsets, neurons: impl Iterator<Item = usize>, dt_ms: f64) -> Psth {
        let neurons: Vec<f64> = neurons.map(|n| n as f64).collect();
        let spikes = alloc::vec![alloc::vec![0; PSTH_BINS]; neurons.len()];
        Psth { onsets, dt_ms, neurons, steps: alloc::vec![0; PSTH_BINS], spikes }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.steps.fill(0);
        self.spikes.iter_mut().for_each(|spikes| spikes.fill(0));
    }

    /// Takes in a step: how many neurons of each population fired.
    pub fn step(&mut self, step: u64, fired: &[u32]) {
        let since = self.onsets.since_ms(step, self.dt_ms);
        let bin = since.map(|ms| (ms / self.bin_ms()) as usize).filter(|&bin| bin < PSTH_BINS);
        let Some(bin) = bin else { return };
        self.steps[bin] += 1;
        self.spikes.iter_mut().zip(fired).for_each(|(spikes, &count)| spikes[bin] += u64::from(count));
    }

    /// Width of a bin, ms.
    pub fn bin_ms(&self) -> f64 {
        self.onsets.window_ms() / PSTH_BINS as f64
    }

    /// The rate of a population in each bin, Hz; not a number where no time was spent yet.
    pub fn rates_hz(&self, population: usize) -> Vec<f64> {
        let seconds = |&steps: &u64| steps as f64 * self.dt_ms / 1000.0;
        let bins = self.spikes[population].iter().zip(self.steps.iter().map(seconds));
        bins.map(|(&spikes, seconds)| spikes as f64 / self.neurons[population] / seconds).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::trains;

    #[test]
    fn a_clock_fires_in_its_bin_and_a_poisson_process_in_all() {
        // 10 Hz stimulus, steps of 0.1 ms: bins of 2 ms. Spikes 31 ms after each onset.
        let mut psth = Psth::new(Onsets::Every { period_ms: 100.0 }, [2, 20].into_iter(), 0.1);
        let until = 200_000;
        let mut noise = alloc::vec![0; until];
        for number in 0..20 {
            trains::gamma(1, 500.0, until as u64, number).iter().for_each(|&step| noise[step as usize] += 1);
        }
        (0..until as u64).for_each(|step| psth.step(step, &[u32::from(step % 1000 == 310), noise[step as usize]]));
        let clock = psth.rates_hz(0);
        // One of two neurons, once in the 2 ms.
        assert!((clock[15] - 250.0).abs() < 1e-9);
        assert!(clock.iter().enumerate().all(|(bin, &hz)| bin == 15 || hz == 0.0));
        assert!(psth.rates_hz(1).iter().all(|hz| (hz - 20.0).abs() < 20.0), "{:?}", psth.rates_hz(1));
        let mean = psth.rates_hz(1).iter().sum::<f64>() / PSTH_BINS as f64;
        assert!((mean - 20.0).abs() < 0.8, "{mean}");
    }

    #[test]
    fn listed_onsets_have_a_window_each() {
        let mut psth = Psth::new(Onsets::At(alloc::vec![100, 5_000]), [1].into_iter(), 0.1);
        (0..10_000).for_each(|step| psth.step(step, &[u32::from(step == 50 || step == 145 || step == 9_000)]));
        // Two windows with bins of 4 ms: a spike 4.5 ms after the first onset.
        let rates = psth.rates_hz(0);
        assert!((rates[1] - 125.0).abs() < 1e-9, "{rates:?}");
        assert_eq!(rates.iter().filter(|hz| **hz > 0.0).count(), 1);
    }

    #[test]
    fn a_network_has_the_onsets_of_its_stimulus() {
        let mut spec = NetworkSpec::empty();
        assert_eq!(Onsets::of(&spec), None);
        spec.stimuli.push(crate::spec::StimulusSpec {
            name: "in".into(),
            model: "spike_generator".into(),
            params: Vec::new(),
            lists: alloc::vec![("spike_times".into(), alloc::vec![30.0, 10.0])],
        });
        assert_eq!(Onsets::of(&spec), Some(Onsets::At(alloc::vec![100, 300])));
    }
}
