//! The gallery: networks that open in one click, each with what to look at and what to turn.
//!
//! Adding one costs its JSON and its file beside this one, and its line in [`GALLERY`].

use crate::{
    spec::NetworkSpec,
    text::{Text, text},
};

mod brunel;
mod brunel_hakim;
mod bump;
mod c_elegans;
mod coba;
mod cobahh;
mod cuba;
mod dopamine;
mod half_centre;
mod inhibitory_plasticity;
mod izhikevich;
mod izhikevich_types;
mod memristor;
mod microcircuit;
mod nearest_neighbours;
mod one_neuron;
mod polychrony;
mod population_bursts;
mod short_term;
mod stdp;
mod synfire;
mod triplets;
mod waves;
mod winner_takes_all;
mod zoo;

/// Every network, in the order the page shows them, those of a theme together; the first opens with the page.
pub static GALLERY: &[&Entry] = &[
    &cuba::ENTRY,
    &coba::ENTRY,
    &cobahh::ENTRY,
    &brunel::SR,
    &brunel::FAST,
    &brunel::AI,
    &brunel::SLOW,
    &brunel_hakim::ENTRY,
    &izhikevich::ENTRY,
    &synfire::ENTRY,
    &polychrony::ENTRY,
    &half_centre::ENTRY,
    &winner_takes_all::ENTRY,
    &bump::ENTRY,
    &microcircuit::ENTRY,
    &waves::ENTRY,
    &c_elegans::ENTRY,
    &short_term::ENTRY,
    &population_bursts::ENTRY,
    &stdp::ENTRY,
    &stdp::MULTIPLICATIVE,
    &nearest_neighbours::ENTRY,
    &triplets::ENTRY,
    &inhibitory_plasticity::ENTRY,
    &dopamine::ENTRY,
    &memristor::ENTRY,
    &one_neuron::ENTRY,
    &zoo::ENTRY,
    &izhikevich_types::ENTRY,
];

/// A network of the gallery.
pub struct Entry {
    /// Its name in links and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub title: Text,
    /// What it is an example of.
    pub theme: Theme,
    /// A few words.
    pub hint: Text,
    /// What to look at and what to turn.
    pub about: Text,
    /// Where it was published.
    pub source: &'static str,
    /// Its specification, which it may share with others,
    pub json: &'static str,
    /// and the numbers that it has otherwise, each with its path.
    pub changes: &'static [(&'static str, f64)],
}

/// What a network is an example of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Excitation and inhibition that nearly cancel.
    Balance,
    /// Between order and chance: what a large random network does as two numbers are turned.
    Regimes,
    /// When a spike comes, not how many.
    Timing,
    /// Networks that decide and remember.
    Choice,
    /// Pieces of brains, wired as anatomy found them.
    Anatomy,
    /// Synapses that change.
    Plasticity,
    /// Neurons by themselves.
    Neurons,
}

impl Theme {
    /// Its name for people.
    pub fn title(self) -> Text {
        match self {
            Theme::Balance => text("Balance", "平衡"),
            Theme::Regimes => text("Regimes", "状态"),
            Theme::Timing => text("Timing", "时序"),
            Theme::Choice => text("Choice and memory", "抉择与记忆"),
            Theme::Anatomy => text("Anatomy", "解剖结构"),
            Theme::Plasticity => text("Plasticity", "可塑性"),
            Theme::Neurons => text("Neurons", "神经元"),
        }
    }
}

impl Entry {
    /// Its specification.
    pub fn spec(&self) -> NetworkSpec {
        let mut spec = NetworkSpec::from_json(self.json).expect("a test reads every network of the gallery");
        for &(path, value) in self.changes {
            assert!(spec.set(path, value), "a test reads every network of the gallery");
        }
        spec
    }

    /// `spec`, which is this network or what somebody has made of it, with so many neurons.
    pub fn scaled(&self, spec: &NetworkSpec, neurons: u64) -> NetworkSpec {
        if self.id == microcircuit::ENTRY.id { microcircuit::scaled(spec, neurons) } else { spec.scaled(neurons) }
    }
}

/// The entry called `id`.
pub fn find(id: &str) -> Option<&'static Entry> {
    GALLERY.iter().copied().find(|e| e.id == id)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::{
        engine,
        network::{Network, Wiring},
    };

    /// Every network of the gallery is written as this program writes it, and runs.
    #[test]
    fn every_network_reads_writes_and_runs() {
        for entry in GALLERY {
            let spec = NetworkSpec::from_json(entry.json).unwrap_or_else(|e| panic!("{}: {}", entry.id, e[0]));
            let again = NetworkSpec::from_json(&spec.to_json()).expect("what is written can be read");
            assert_eq!(spec, again);
            for control in &spec.controls {
                for path in &control.paths {
                    let value = entry.spec().get(path).expect("a control sets a number");
                    assert!((control.min..=control.max).contains(&value), "{}: {path} is {value}", entry.id);
                }
            }
            assert!(Wiring::new(entry.spec(), 1e9).is_ok(), "{}", entry.id);
            let network = Network::new(entry.spec().scaled(200.min(spec.neurons())), 1e9).expect("a small one is good");
            let mut run = engine::Simulation::new(network, engine::ENGINES[0]).expect("there is memory");
            run.advance(3000).expect("the gallery is stable");
            assert!(run.recorder().totals()[0] > 0, "{} is silent", entry.id);
            assert!(!entry.about.zh.is_empty());
        }
    }

    /// The networks of a theme stand together.
    #[test]
    fn a_theme_comes_once() {
        let themes: Vec<Theme> = GALLERY.chunk_by(|a, b| a.theme == b.theme).map(|group| group[0].theme).collect();
        for (i, theme) in themes.iter().enumerate() {
            assert!(!themes[..i].contains(theme), "{theme:?}");
        }
    }
}
