//! The network as the visitor sets it: changed, opened, written.

use leptos::prelude::*;
use spikeground_core::{
    error::SpecError,
    gallery::{self, Entry},
    network::{Memory, Wiring},
    spec::NetworkSpec,
};

use super::{Player, Said};
use crate::state::{
    document::Document,
    look::Look,
    sketch::Sketch,
    undo::{Hand, Undo},
    view,
};

/// A project from its JSON text, as far as it can be judged here: the worker knows how much memory there is.
///
/// # Errors
/// Every mistake in it.
pub fn checked(text: &str) -> Result<Document, Vec<SpecError>> {
    let document = Document::from_json(text)?;
    Wiring::new(document.spec.clone(), f64::INFINITY)?;
    Ok(document)
}

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
        self.record();
    }

    /// Changes how the graph of the network is laid out.
    pub fn arrange(self, change: impl FnOnce(&mut Sketch)) {
        self.sketch.update(change);
        self.record();
    }

    fn record(self) {
        let (document, moment) = (self.document(), self.hand.with_value(Hand::moment));
        self.undo.update(|undo| undo.change(document, moment));
    }

    /// The project, without how the page shows it.
    pub fn document(self) -> Document {
        Document {
            spec: self.spec.get_untracked(),
            sketch: self.sketch.get_untracked(),
            gallery: self.entry.get_untracked().map(|entry| entry.id),
            look: Look::default(),
        }
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
        self.entry.set(None);
        self.change(|spec, sketch| (*spec, *sketch) = (NetworkSpec::empty(), Sketch::default()));
    }

    /// Opens a network of the gallery and plays it.
    pub fn open_entry(self, entry: &'static Entry) {
        let _ = self.adopt(Document::of(entry));
    }

    /// Opens a project from its JSON text and tells how it wants to be shown. A wrong one is told about, and changes
    /// nothing.
    pub fn open_text(self, text: &str) -> Option<Look> {
        let opened = checked(text);
        opened.map(|document| self.adopt(document)).map_err(|errors| self.problems.set(errors)).ok()
    }

    /// Opens a project that was [`checked`], and tells how it wants to be shown.
    pub fn adopt(self, document: Document) -> Look {
        let (title, look) = (document.spec.name.clone(), document.look.clone());
        let document = Document { look: Look::default(), ..document };
        self.said.set(Said::Opened(title.clone()));
        self.undo.update(|undo| undo.open(document.clone(), title));
        self.show(document, true);
        self.play();
        look
    }

    /// Begins with another project than the first of the gallery; before it has started.
    pub fn begin_with(self, document: Document) -> Look {
        let look = document.look.clone();
        let document = Document { look: Look::default(), ..document };
        self.undo.set(Undo::new(document.clone()));
        self.bands.set(view::bands(&document.spec));
        self.show(document, true);
        look
    }

    /// Puts a project in the place of the one that is open, from t = 0 on or as it runs.
    fn show(self, document: Document, restart: bool) {
        self.spec.set(document.spec);
        self.sketch.set(document.sketch);
        let is_same = self.entry.with_untracked(|entry| entry.map(|entry| entry.id)) == document.gallery;
        // Whoever hears of an entry takes it for another network.
        if restart || !is_same {
            self.entry.set(document.gallery.and_then(gallery::find));
        }
        if restart {
            self.picked.set(self.spec.with_untracked(view::first_neuron));
            self.axis.reset();
            self.send_spec(true);
        } else {
            self.link.update_value(|link| link.dirty = true);
        }
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.travel(Undo::undo);
    }

    /// Makes the step again that was taken back last.
    pub fn redo(self) {
        self.travel(Undo::redo);
    }

    /// Goes to where so many steps of the history are done.
    pub fn go_to(self, steps: usize) {
        self.travel(|undo| undo.go_to(steps));
    }

    /// After the network could not be wired: goes back to the one that runs, as it was.
    pub(super) fn go_back_to(self, running: NetworkSpec) {
        let is_known = self.travel(|undo| undo.back_to(|document| document.spec == running));
        if !is_known {
            self.spec.set(running);
            self.record();
        }
    }

    fn travel(self, go: impl FnOnce(&mut Undo) -> Option<&Document>) -> bool {
        let Some((document, is_other)) = self
            .undo
            .try_update(|undo| {
                let before = undo.project();
                let document = go(undo)?.clone();
                Some((document, undo.project() != before))
            })
            .flatten()
        else {
            return false;
        };
        self.show(document, is_other);
        true
    }

    /// The memory that the network as set would take, bytes.
    pub fn estimate_bytes(self, neurons: u64) -> f64 {
        self.spec.with(|spec| Memory::of(&self.scaled(spec, neurons)).bytes())
    }

    /// `spec` with so many neurons; a network of the gallery knows how it scales.
    pub fn scaled(self, spec: &NetworkSpec, neurons: u64) -> NetworkSpec {
        self.entry
            .with_untracked(|entry| entry.map_or_else(|| spec.scaled(neurons), |entry| entry.scaled(spec, neurons)))
    }
}
