//! The f–I curve: how fast the neurons of a population fire under a constant current and nothing else.
//!
//! One run of unconnected neurons, each with a current of its own, gives the whole curve. Another before it, with currents
//! of all sizes, finds out where the neurons begin to fire, and so which currents are of interest.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::{
    engine::{ENGINES, Pulse, Simulation},
    network::{Network, OutOfMemory},
    neuron,
    spec::{NetworkSpec, PopulationSpec},
    units::{ms_from_steps, steps_from_ms},
};

/// Currents of the curve.
pub const CURRENTS: usize = 120;
/// Time that is let pass before spikes count, ms.
pub const SETTLE_MS: f64 = 300.0;
/// Time in which spikes count, ms.
pub const COUNT_MS: f64 = 1000.0;
/// Currents of either sign that are tried at first, evenly spread in their logarithm.
const TRIED: usize = 60;
/// The smallest and the largest of them, pA.
const SMALLEST_PA: f64 = 1.0;
const LARGEST_PA: f64 = 1e5;
/// How far the curve goes beyond the current at which neurons begin to fire.
const BEYOND: f64 = 4.0;

/// Firing rates by current.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The currents, rising, pA.
    pub currents_pa: Vec<f64>,
    /// The rate under each, Hz: the inverse of the mean interval, or where there is none, spikes by time.
    pub rates_hz: Vec<f64>,
}

/// What a sweep has come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Swept {
    /// It goes on; this part of it is done, from 0 to 1.
    Going(f64),
    /// The curve.
    Curve(Curve),
    /// No current up to this one, in pA, makes the neurons fire.
    Silent(f64),
}

/// A sweep over currents.
pub struct Sweep {
    neurons: PopulationSpec,
    dt_ms: f64,
    /// The population's own constant current, pA.
    own_pa: f64,
    run: Run,
    is_trial: bool,
}

/// Neurons with a current each.
struct Run {
    simulation: Simulation,
    currents_pa: Vec<f64>,
    /// First and last step at which each fired, and how often.
    trains: Vec<(u32, u32, u32)>,
}

impl Sweep {
    /// A sweep for the neurons of a population of `spec`, a network that runs.
    ///
    /// # Errors
    /// That the machine has no memory for it.
    pub fn new(spec: &NetworkSpec, population: usize) -> Result<Sweep, OutOfMemory> {
        let mut neurons = spec.populations[population].clone();
        let own = |model: &neuron::NeuronModel| model.value(&neurons.middles(model), "I_e");
        let own_pa = neuron::find(&neurons.model).and_then(own);
        // Where neurons differ, the curve is that of the one in their middle.
        neurons.params.iter_mut().for_each(|(_, value)| *value = value.middle().into());
        if own_pa.is_some() {
            neurons.params.push((String::from("I_e"), 0.0.into()));
        }
        neurons.init.clear();
        (neurons.positions, neurons.lesions) = (None, Vec::new());
        let own_pa = own_pa.unwrap_or(0.0);
        let run = Run::new(&neurons, spec.dt_ms, trial(LARGEST_PA))?;
        Ok(Sweep { neurons, dt_ms: spec.dt_ms, own_pa, run, is_trial: true })
    }

    /// Makes `steps` steps, or as many as are left.
    ///
    /// # Errors
    /// That the machine has no memory to go on.
    pub fn advance(&mut self, steps: u64) -> Result<Swept, OutOfMemory> {
        let finite = self.run.advance(steps);
        let largest = self.run.currents_pa[self.run.currents_pa.len() - 1];
        // A current so strong that a step is too coarse for it says nothing; weaker ones may.
        let next = match (finite, self.run.progress()) {
            (false, _) if largest <= SMALLEST_PA => return Ok(Swept::Silent(largest)),
            (false, _) if self.is_trial => trial(largest / 10.0),
            (false, _) => self.run.currents_pa.iter().map(|current| current / 2.0).collect(),
            (true, done) if done < 1.0 => {
                return Ok(Swept::Going(0.5 * done + if self.is_trial { 0.0 } else { 0.5 }));
            }
            (true, _) if !self.is_trial => return Ok(Swept::Curve(self.run.curve())),
            (true, _) => match self.run.range_pa() {
                None => return Ok(Swept::Silent(largest)),
                Some(range) => {
                    self.is_trial = false;
                    even(range.0.min(self.own_pa), range.1.max(1.25 * self.own_pa))
                }
            },
        };
        self.run = Run::new(&self.neurons, self.dt_ms, next)?;
        Ok(Swept::Going(if self.is_trial { 0.0 } else { 0.5 }))
    }
}

/// Currents from −`largest` to `largest`, pA, near zero the denser.
fn trial(largest: f64) -> Vec<f64> {
    let ratio = libm::log(largest / SMALLEST_PA) / (TRIED - 1) as f64;
    let positive = (0..TRIED).map(|i| SMALLEST_PA * libm::exp(ratio * i as f64));
    positive.clone().rev().map(|current| -current).chain(positive).collect()
}

fn even(from: f64, to: f64) -> Vec<f64> {
    (0..CURRENTS).map(|i| from + (to - from) * i as f64 / (CURRENTS - 1) as f64).collect()
}

impl Run {
    fn new(neurons: &PopulationSpec, dt_ms: f64, currents_pa: Vec<f64>) -> Result<Run, OutOfMemory> {
        let n = currents_pa.len();
        let population = PopulationSpec { size: n as u64, ..neurons.clone() };
        let spec = NetworkSpec { dt_ms, populations: alloc::vec![population], ..NetworkSpec::empty() };
        let network = Network::new(spec, f64::INFINITY).map_err(|_| OutOfMemory { bytes: 0 })?;
        let mut simulation = Simulation::new(network, ENGINES[0])?;
        for (neuron, &amplitude_pa) in currents_pa.iter().enumerate() {
            let duration_ms = 2.0 * (SETTLE_MS + COUNT_MS);
            simulation.poke(Pulse { population: 0, from: neuron, to: neuron + 1, amplitude_pa, duration_ms });
        }
        Ok(Run { simulation, currents_pa, trains: alloc::vec![(0, 0, 0); n] })
    }

    fn total(&self) -> u64 {
        steps_from_ms(SETTLE_MS + COUNT_MS, self.simulation.network().dt_ms())
    }

    /// Returns false if a number was lost.
    fn advance(&mut self, steps: u64) -> bool {
        let finite = self.simulation.advance(steps.min(self.total() - self.simulation.steps())).is_ok();
        let settled = steps_from_ms(SETTLE_MS, self.simulation.network().dt_ms());
        for (step, neuron) in self.simulation.recorder_mut().take_spikes().spikes {
            if u64::from(step) > settled {
                let (first, last, spikes) = &mut self.trains[neuron as usize];
                *first = if *spikes == 0 { step } else { *first };
                (*last, *spikes) = (step, *spikes + 1);
            }
        }
        finite
    }

    fn progress(&self) -> f64 {
        self.simulation.steps() as f64 / self.total() as f64
    }

    fn curve(&self) -> Curve {
        let dt_ms = self.simulation.network().dt_ms();
        let rate = |&(first, last, spikes): &(u32, u32, u32)| match spikes {
            0 | 1 => f64::from(spikes) * 1000.0 / COUNT_MS,
            _ => f64::from(spikes - 1) * 1000.0 / ms_from_steps(u64::from(last - first), dt_ms),
        };
        Curve { currents_pa: self.currents_pa.clone(), rates_hz: self.trains.iter().map(rate).collect() }
    }

    /// The currents of interest: from zero to well beyond where neurons begin to fire, or on both sides of zero if they
    /// fire by themselves.
    fn range_pa(&self) -> Option<(f64, f64)> {
        let fires = |i: usize| self.trains[i].2 > 0;
        let positive = self.currents_pa.iter().position(|current| *current > 0.0)?;
        let onset = (positive..self.trains.len()).find(|&i| fires(i))?;
        let silent = (0..positive).rev().find(|&i| !fires(i));
        Some(match silent.filter(|_| onset == positive) {
            // The last current that holds the neurons back.
            Some(silent) => (2.0 * self.currents_pa[silent], -2.0 * self.currents_pa[silent]),
            None => (0.0, BEYOND * self.currents_pa[onset]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neuron::MODELS;

    fn swept(model: &str, params: &[(&str, f64)]) -> Swept {
        let population = PopulationSpec {
            params: params.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            ..PopulationSpec::new("N", 3, model)
        };
        let spec = NetworkSpec { populations: alloc::vec![population], ..NetworkSpec::empty() };
        let mut sweep = Sweep::new(&spec, 0).unwrap();
        loop {
            match sweep.advance(1000).unwrap() {
                Swept::Going(_) => {}
                done => return done,
            }
        }
    }

    /// Of a leaky integrate-and-fire neuron: 1/f = t_ref + τ ln((R·I + E_L − V_reset) / (R·I + E_L − V_th)), and as much
    /// as a step later, since spikes are at ends of steps.
    #[test]
    fn of_an_integrate_and_fire_neuron() {
        let Swept::Curve(curve) = swept("iaf_psc_exp", &[("I_e", 100.0)]) else { panic!("it fires") };
        let model = neuron::find("iaf_psc_exp").unwrap();
        let defaults: Vec<f64> = model.params.iter().map(|p| p.default).collect();
        let [tau, c_m, e_l, v_th, v_reset, t_ref] =
            ["tau_m", "C_m", "E_L", "V_th", "V_reset", "t_ref"].map(|name| model.value(&defaults, name).unwrap());
        assert_eq!((curve.currents_pa.len(), curve.currents_pa[0]), (CURRENTS, 0.0));
        let mut fired = 0;
        for (current, rate) in curve.currents_pa.iter().zip(&curve.rates_hz) {
            let drive = current * tau / c_m + e_l;
            if drive <= v_th {
                assert_eq!(*rate, 0.0, "{current} pA");
            } else if *rate > 2.0 {
                let interval = t_ref + tau * libm::log((drive - v_reset) / (drive - v_th));
                let late = 1000.0 / rate - interval;
                assert!((-1e-3..=0.101).contains(&late), "{current} pA: {late} ms");
                fired += 1;
            }
        }
        assert!(fired > CURRENTS / 2, "{fired} currents make it fire");
    }

    /// A rest above the threshold: the neurons fire by themselves until a current holds them back.
    #[test]
    fn of_a_neuron_that_fires_by_itself() {
        let Swept::Curve(curve) = swept("iaf_psc_exp", &[("E_L", -50.0)]) else { panic!("it fires") };
        let at = |pa: f64| curve.rates_hz[curve.currents_pa.iter().position(|current| *current >= pa).unwrap()];
        assert!(curve.currents_pa[0] < 0.0 && curve.rates_hz[0] == 0.0 && at(0.0) > 10.0);
    }

    #[test]
    fn models_have_a_curve_or_are_silent_whatever_the_current() {
        let mut silent = 0;
        for model in MODELS {
            match swept(model.name, &[]) {
                Swept::Curve(curve) => {
                    assert!(curve.rates_hz.iter().any(|hz| *hz > 0.0), "{} is silent", model.name);
                    assert!(curve.currents_pa.windows(2).all(|pair| pair[0] < pair[1]));
                }
                // Models without a threshold, and those that take no current.
                Swept::Silent(_) => silent += 1,
                Swept::Going(_) => unreachable!("swept() goes on until it is done"),
            }
        }
        assert!(2 * silent < MODELS.len(), "{silent} models are silent whatever the current");
    }
}
