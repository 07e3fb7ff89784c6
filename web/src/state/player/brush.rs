//! What a brush does to the neurons that it touches: a current for a moment, or a lesion for good.

use leptos::prelude::*;
use spikeground_worker::protocol::ToWorker;

use super::{Player, Said};
use crate::state::{
    history::{Interval, Poke},
    view,
};

/// Duration of a poke, ms: long enough for one or two spikes, short enough to be an event.
pub const POKE_MS: f64 = 5.0;

impl Player {
    /// Injects a short current into a neuron and its neighbours.
    pub fn poke(self, neuron: u32) {
        if let Some(stretch) = self.around(neuron) {
            self.inject(&[stretch]);
        }
    }

    /// The neurons that a poke around one reaches: the first and the last, numbered throughout the network that runs.
    pub fn around(self, neuron: u32) -> Option<[u32; 2]> {
        self.link.with_value(|link| {
            let spec = link.running.as_ref()?;
            let (population, number) = view::place(spec, neuron)?;
            let (from, to) = view::neighbours(spec.populations[population].size, number);
            let first = neuron - number as u32;
            Some([first + from as u32, first + to as u32 - 1])
        })
    }

    /// Injects a short current into stretches of neurons.
    pub fn inject(self, stretches: &[[u32; 2]]) {
        let Some(spec) = self.link.with_value(|link| link.running.clone()) else { return };
        let t0_ms = self.clock.with_untracked(|c| c.time_ms);
        let when = Interval { t0_ms, t1_ms: t0_ms + POKE_MS };
        let mut injected = 0;
        for &[first, last] in stretches {
            for (population, band) in view::bands(&spec).into_iter().enumerate() {
                let (from, to) = (first.max(band.first), (last + 1).min(band.first + band.count));
                let Some(model) = view::model(&spec, band.first).filter(|_| from < to) else { continue };
                let [own_from, own_to] = [from, to].map(|neuron| (neuron - band.first) as usize);
                let amplitude_pa = view::poke(model);
                let poke =
                    ToWorker::Poke { population, from: own_from, to: own_to, amplitude_pa, duration_ms: POKE_MS };
                self.send(poke);
                self.source.update(|h| h.push_poke(Poke { when, first: from, count: to - from }));
                injected += to - from;
            }
        }
        if injected > 0 {
            self.said.set(Said::Poked(injected as usize));
        }
    }

    /// Destroys stretches of neurons, or heals them.
    pub fn set_destroyed(self, stretches: &[[u32; 2]], destroyed: bool) {
        let count = |stretches: &[[u64; 2]]| stretches.iter().map(|[first, last]| last - first + 1).sum::<u64>();
        let mut next = self.spec.get_untracked();
        let before = count(&next.destroyed());
        for stretch in stretches {
            next.set_destroyed(stretch.map(u64::from), destroyed);
        }
        let changed = count(&next.destroyed()).abs_diff(before);
        if changed > 0 {
            self.edit(|spec| *spec = next);
            self.said.set(if destroyed { Said::Destroyed(changed) } else { Said::Healed(changed) });
        }
    }
}
