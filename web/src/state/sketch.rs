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
