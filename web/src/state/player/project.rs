//! The network as the visitor sets it: changed, opened, written.

use leptos::prelude::*;
use spikeground_core::{
    gallery::Entry,
    network::{Memory, Wiring},
    spec::NetworkSpec,
};

use super::{Player, Said};
use crate::state::sketch::Sketch;

impl Player {
    /// Sets every number that a control of the network stands for, or the one at a path; tells whether there is any.
    pub fn set(self, name: &str, value: f64) -> bool {
        let mut next = self.spec.get_untracked();
        let control = next.controls.iter().find(|control| control.name == name);
        let paths = control.map_or_else(|| vec![name.to_owned()], |control| control.paths.clone());
        let known = paths.iter().filter(|path| next.set(path, value)).count() > 0;
        if known {
            self.edit(|spec| *spec = next);
        }
        known
    }

    /// Changes the network. The worker takes over what it can while it runs, and wires anew what it must.
    pub fn edit(self, change: impl FnOnce(&mut NetworkSpec)) {
        self.spec.update(change);
        self.link.update_value(|link| link.dirty = true);
    }

    /// Changes how the graph of the network is laid out.
    pub fn arrange(self, change: impl FnOnce(&mut Sketch)) {
        self.sketch.update(change);
    }

    /// Changes both in one step.
    pub fn change(self, change: impl FnOnce(&mut NetworkSpec, &mut Sketch)) {
        let (mut spec, mut sketch) = (self.spec.get_untracked(), self.sketch.get_untracked());
        change(&mut spec, &mut sketch);
        self.sketch.set(sketch);
        self.edit(|now| *now = spec);
    }

    /// Begins with an empty network, in one step.
    pub fn clear(self) {
        self.change(|spec, sketch| (*spec, *sketch) = (NetworkSpec::empty(), Sketch::default()));
        self.entry.set(None);
    }

    /// Opens a network of the gallery and plays it.
    pub fn open_entry(self, entry: &'static Entry) {
        self.adopt(entry.spec(), Some(entry));
    }

    /// Opens a network from its JSON text. A wrong one is told about, and changes nothing.
    pub fn open_text(self, text: &str) {
        let spec = NetworkSpec::from_json(text);
        // The worker knows how much memory there is; everything else is judged here, before anything is replaced.
        match spec.and_then(|spec| Wiring::new(spec.clone(), f64::INFINITY).map(|_| spec)) {
            Ok(spec) => self.adopt(spec, None),
            Err(errors) => self.problems.set(errors),
        }
    }

    fn adopt(self, spec: NetworkSpec, entry: Option<&'static Entry>) {
        self.said.set(Said::Opened(spec.name.clone()));
        self.spec.set(spec);
        self.sketch.set(Sketch::default());
        self.entry.set(entry);
        self.picked.set(0);
        self.axis.reset();
        self.send_spec(true);
        self.play();
    }

    /// The network as a file.
    pub fn to_json(self) -> String {
        self.spec.with_untracked(NetworkSpec::to_json)
    }

    /// The memory that the network as set would take, bytes.
    pub fn estimate_bytes(self, neurons: u64) -> f64 {
        self.spec.with(|spec| Memory::of(&spec.scaled(neurons)).bytes())
    }
}
