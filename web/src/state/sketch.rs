//! `Sketch`: how the author of a network lays out its graph and what is written beside it. It changes nothing that is
//! simulated.

/// A point of the graph: x to the right, y down, in units that are pixels at zoom 1.
pub type Place = [f64; 2];

/// The layout of a graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    /// Where populations and stimuli stand, by name; the others are laid out by themselves.
    pub places: Vec<(String, Place)>,
    /// What is written beside them.
    pub notes: Vec<Note>,
    /// Which of them belong together.
    pub groups: Vec<Group>,
}

/// Words on the graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// The words, one or several lines.
    pub text: String,
    /// Their upper left corner.
    pub place: Place,
}

/// Populations and stimuli that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// What they are called together.
    pub title: String,
    /// Their names.
    pub members: Vec<String>,
}

impl Sketch {
    /// Puts a node somewhere.
    pub fn put(&mut self, name: &str, place: Place) {
        match self.places.iter_mut().find(|(known, _)| known == name) {
            Some((_, slot)) => *slot = place,
            None => self.places.push((name.to_owned(), place)),
        }
    }

    /// Follows a node to its new name.
    pub fn rename(&mut self, from: &str, to: &str) {
        let places = self.places.iter_mut().map(|(name, _)| name);
        let members = self.groups.iter_mut().flat_map(|group| &mut group.members);
        places.chain(members).filter(|name| *name == from).for_each(|name| to.clone_into(name));
    }

    /// Forgets nodes that are gone, and groups without members.
    pub fn forget(&mut self, names: &[String]) {
        self.places.retain(|(name, _)| !names.contains(name));
        self.groups.iter_mut().for_each(|group| group.members.retain(|name| !names.contains(name)));
        self.groups.retain(|group| !group.members.is_empty());
    }
}
