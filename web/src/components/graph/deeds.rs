//! What the visitor does to the graph. Each deed is one change of the player's network, of its sketch, or of both.

use leptos::prelude::*;
use spikeground_core::{
    error::SpecError,
    spec::{NetworkSpec, Node},
};

use super::{
    editor::{Editor, Item, Ware},
    layout::{COLUMN, Line, free_place, layered, lined_up},
};
use crate::{
    i18n::words,
    state::sketch::{Group, Note, Place, Sketch},
};

/// How far a copy stands from what it is a copy of.
const COPY_SHIFT: f64 = 48.0;

impl Editor {
    /// Changes both; what stands somewhere stays there.
    fn change(self, change: impl FnOnce(&mut NetworkSpec, &mut Sketch)) {
        let places = self.places.get_untracked();
        self.player.change(|spec, sketch| {
            spec.node_names().for_each(|name| sketch.put(name, places.get(name).copied().unwrap_or_default()));
            change(spec, sketch);
        });
    }

    /// Adds a node at a place, or at a free one in sight, and chooses it.
    pub fn add(self, ware: Ware, at: Option<Place>) -> String {
        // A stimulus stands to the left of what it drives.
        let aside = if matches!(ware, Ware::Stimulus(_)) { COLUMN } else { 0.0 };
        let near = self.middle();
        let near = [near[0] - aside, near[1]];
        let place = at.unwrap_or_else(|| self.places.with_untracked(|places| free_place(places, near)));
        let mut name = String::new();
        self.change(|spec, sketch| {
            let node = match ware {
                Ware::Population(model, inhibitory) => Node::Population(spec.add_population(model, inhibitory)),
                Ware::Stimulus(model) => Node::Stimulus(spec.add_stimulus(model)),
            };
            name = spec.node_name(node).unwrap_or_default().to_owned();
            sketch.put(&name, place);
        });
        self.tell(|t| t.said_added, &[&name]);
        self.choose(vec![Item::Node(name.clone())]);
        let [x, y] = self.camera.get_untracked().screen(place);
        let [width, height] = self.size.get_untracked();
        if !(0.0..=width).contains(&x) || !(0.0..=height).contains(&y) {
            self.fit();
        }
        name
    }

    /// Connects two nodes and chooses the projection.
    pub fn connect(self, source: &str, target: &str) {
        let mut made = None;
        let is_possible =
            self.player.spec.with_untracked(|spec| matches!(spec.node(target), Some(Node::Population(_))));
        if is_possible {
            self.change(|spec, _| made = spec.connect(source, target));
        }
        match made {
            Some(index) => {
                self.give_up();
                self.tell(|t| t.said_connected, &[source, target]);
                self.choose(vec![Item::Projection(index)]);
            }
            // Another target may be chosen.
            None => {
                self.loose_end.set(None);
                self.tell(|t| t.no_target, &[target]);
            }
        }
    }

    /// Begins a connection at a node.
    pub fn connect_from(self, source: String) {
        self.tell(|t| t.connecting, &[&source]);
        self.source.set(Some(source));
    }

    /// Makes no connection.
    pub fn give_up(self) {
        self.source.set(None);
        self.loose_end.set(None);
    }

    /// Removes what is chosen.
    pub fn remove(self) {
        let chosen = self.chosen.get_untracked();
        if chosen.is_empty() {
            return;
        }
        let names = untrack(|| self.chosen_nodes());
        let gone = |item: fn(usize) -> Item| move |i: usize, chosen: &[Item]| chosen.contains(&item(i));
        let (note, group) = (gone(Item::Note), gone(Item::Group));
        let projections: Vec<usize> =
            chosen.iter().filter_map(|item| if let Item::Projection(i) = item { Some(*i) } else { None }).collect();
        self.change(|spec, sketch| {
            // A projection of a node that goes too has gone with it; its index is of the list before.
            spec.remove_projections(&projections);
            spec.remove_nodes(&names);
            let mut i = 0..;
            sketch.notes.retain(|_| !note(i.next().unwrap_or_default(), &chosen));
            let mut i = 0..;
            sketch.groups.retain(|_| !group(i.next().unwrap_or_default(), &chosen));
            sketch.forget(&names);
        });
        self.tell(|t| t.said_removed, &[&chosen.len().to_string()]);
        self.choose(Vec::new());
    }

    /// Gives a node another name; tells why it cannot have it.
    pub fn rename(self, from: &str, to: &str) -> Result<(), String> {
        let lang = self.language.0.get_untracked();
        let possible = self.player.spec.with_untracked(|spec| spec.clone().rename(from, to));
        possible.map_err(|mistake| SpecError { at: String::new(), mistake }.message(lang))?;
        self.change(|spec, sketch| {
            // It was possible a moment ago.
            let _ = spec.rename(from, to);
            sketch.rename(from, to);
        });
        self.choose(vec![Item::Node(to.to_owned())]);
        Ok(())
    }

    /// Keeps a copy of the chosen nodes.
    pub fn copy(self) {
        let names = untrack(|| self.chosen_nodes());
        if names.is_empty() {
            return;
        }
        let part = self.player.spec.with_untracked(|spec| spec.part(&names));
        let places = self.places.with_untracked(|places| {
            names.iter().filter_map(|name| Some((name.clone(), *places.get(name)?))).collect()
        });
        self.copied.set_value((part, places));
    }

    /// Adds what was copied and chooses it.
    pub fn paste(self) {
        let (part, mut places) = self.copied.get_value();
        if places.is_empty() {
            return;
        }
        places.iter_mut().for_each(|(_, place)| place.iter_mut().for_each(|x| *x += COPY_SHIFT));
        let mut renamed = Vec::new();
        self.change(|spec, sketch| {
            renamed = spec.insert(&part);
            for (name, place) in &places {
                let new = renamed.iter().find(|(old, _)| old == name).map_or(name, |(_, new)| new);
                sketch.put(new, *place);
            }
        });
        // The next one stands beside this one.
        self.copied.set_value((part, places));
        self.choose(renamed.into_iter().map(|(_, new)| Item::Node(new)).collect());
    }

    /// Adds a copy of the chosen nodes.
    pub fn duplicate(self) {
        self.copy();
        if !untrack(|| self.chosen_nodes()).is_empty() {
            self.paste();
        }
    }

    /// Copies the chosen nodes and removes them.
    pub fn cut(self) {
        self.copy();
        self.remove();
    }

    /// Moves the chosen nodes and notes.
    pub fn shift(self, by: Place) {
        let (names, chosen) = (untrack(|| self.chosen_nodes()), self.chosen.get_untracked());
        let places = self.places.get_untracked();
        self.moving.set([0.0; 2]);
        self.player.arrange(|sketch| {
            for (name, [x, y]) in &places {
                let by = if names.contains(name) { by } else { [0.0; 2] };
                sketch.put(name, [x + by[0], y + by[1]]);
            }
            for (i, note) in sketch.notes.iter_mut().enumerate() {
                if chosen.contains(&Item::Note(i)) {
                    note.place = [note.place[0] + by[0], note.place[1] + by[1]];
                }
            }
        });
    }

    /// Lines up the chosen nodes.
    pub fn line_up(self, line: Line) {
        let (names, places) = (untrack(|| self.chosen_nodes()), self.places.get_untracked());
        let stand: Vec<_> =
            names.into_iter().filter_map(|name| places.get(&name).map(|p| (name.clone(), *p))).collect();
        self.player.arrange(|sketch| {
            places.iter().for_each(|(name, place)| sketch.put(name, *place));
            lined_up(&stand, line).iter().for_each(|(name, place)| sketch.put(name, *place));
        });
    }

    /// Lays out all nodes anew and looks at them.
    pub fn lay_out(self) {
        let places = self.player.spec.with_untracked(layered);
        self.player.arrange(|sketch| places.iter().for_each(|(name, place)| sketch.put(name, *place)));
        self.fit();
    }

    /// Makes a group of the chosen nodes, to be given a title.
    pub fn group(self) {
        let members = untrack(|| self.chosen_nodes());
        if members.is_empty() {
            return;
        }
        let lang = self.language.0.get_untracked();
        self.player.arrange(|sketch| sketch.groups.push(Group { title: words(lang).group.to_owned(), members }));
        let last = Item::Group(self.player.sketch.with_untracked(|sketch| sketch.groups.len() - 1));
        self.choose(vec![last.clone()]);
        self.typing.set(Some(last));
    }

    /// Begins a note at a place. It is kept when it says something.
    pub fn note(self, place: Place) {
        let next = self.player.sketch.with_untracked(|sketch| sketch.notes.len());
        self.loose_end.set(Some(place));
        self.typing.set(Some(Item::Note(next)));
    }

    /// Takes what was written; tells why it cannot be.
    pub fn written(self, text: &str) -> Result<(), String> {
        let text = text.trim();
        match self.typing.get_untracked() {
            Some(Item::Node(name)) => self.rename(&name, text)?,
            Some(Item::Group(i)) if self.text_of(&Item::Group(i)) != text => {
                self.player.arrange(|sketch| {
                    if let Some(group) = sketch.groups.get_mut(i) {
                        group.title = text.into()
                    }
                });
            }
            Some(Item::Note(i)) if self.text_of(&Item::Note(i)) != text => {
                let place = self.loose_end.get_untracked().unwrap_or_default();
                self.player.arrange(|sketch| match sketch.notes.get_mut(i) {
                    Some(_) if text.is_empty() => drop(sketch.notes.remove(i)),
                    Some(note) => note.text = text.into(),
                    None => sketch.notes.push(Note { text: text.into(), place }),
                });
            }
            _ => {}
        }
        self.loose_end.set(None);
        self.typing.set(None);
        Ok(())
    }

    /// What is written on a part.
    pub fn text_of(self, item: &Item) -> String {
        self.player.sketch.with_untracked(|sketch| match item {
            Item::Node(name) => name.clone(),
            Item::Group(i) => sketch.groups.get(*i).map_or_else(String::new, |group| group.title.clone()),
            Item::Note(i) => sketch.notes.get(*i).map_or_else(String::new, |note| note.text.clone()),
            Item::Projection(_) => String::new(),
        })
    }
}
