//! `Undo`: every change of the project since the page was opened, to be undone and redone without limit.
//!
//! A step holds what changed in the text of the project, so memory follows the changes, and going back restores the project
//! to the byte.

use super::{
    difference::{Change, difference},
    document::Document,
    patch::Patch,
};

/// Changes of the same thing without a new touch between them are one step if they are no further apart than this, ms:
/// longer than a key's repetition, shorter than a thought.
pub const PAUSE_MS: f64 = 800.0;

/// When a change came, and in which touch of a pointer or press of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Any clock that only goes forward, ms.
    pub at_ms: f64,
    /// Number of the touch or press.
    pub touch: u32,
    /// Whether the touch still lasts.
    pub is_held: bool,
}

impl Moment {
    /// Whether a change now goes on with one before.
    fn continues(&self, before: &Moment) -> bool {
        self.touch == before.touch && (self.is_held || self.at_ms - before.at_ms < PAUSE_MS)
    }
}

/// The visitor's hand: whether it touches the page, and how often it did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hand {
    touch: u32,
    is_held: bool,
}

impl Hand {
    /// A pointer goes down, or a key that presses a button.
    pub fn touch(&mut self, is_held: bool) {
        self.touch += 1;
        self.is_held = is_held;
    }

    /// The pointer goes up.
    pub fn release(&mut self) {
        self.is_held = false;
    }

    /// The moment that is now.
    pub fn moment(&self) -> Moment {
        let at_ms = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
        Moment { at_ms, touch: self.touch, is_held: self.is_held }
    }
}

/// What a step was.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// The project was changed so.
    Changed(Vec<Change>),
    /// Another project was opened, which is called so.
    Opened(String),
}

/// A step of the history.
#[derive(Clone, Debug)]
struct Step {
    patch: Patch,
    deed: Deed,
    moment: Moment,
    /// Number of the project after it.
    project: usize,
}

/// The history of the project.
#[derive(Clone, Debug)]
pub struct Undo {
    /// The project as it is, as text.
    text: String,
    now: Document,
    /// The project before the last step, as long as that can go on.
    base: Option<Document>,
    past: Vec<Step>,
    /// The next one last.
    future: Vec<Step>,
    /// How many projects were opened.
    opened: usize,
}

impl Undo {
    /// A history that begins with a project.
    pub fn new(document: Document) -> Undo {
        let text = document.to_json();
        Undo { text, now: document, base: None, past: Vec::new(), future: Vec::new(), opened: 0 }
    }

    /// Takes in that the project was changed. Changes of the same things that follow each other are one step, and none if
    /// they come back to where they began.
    pub fn change(&mut self, document: Document, moment: Moment) {
        let text = document.to_json();
        if text == self.text {
            return;
        }
        let changes = difference(&self.now, &document);
        let goes_on = self.past.last().is_some_and(|last| match &last.deed {
            Deed::Changed(before) => moment.continues(&last.moment) && same_places(before, &changes),
            Deed::Opened(_) => false,
        });
        match self.base.take().filter(|_| goes_on) {
            Some(base) => {
                self.past.pop();
                self.text = base.to_json();
                self.now = base;
                if text != self.text {
                    let changes = difference(&self.now, &document);
                    self.push(document, text, Deed::Changed(changes), moment);
                }
            }
            None => self.push(document, text, Deed::Changed(changes), moment),
        }
    }

    /// Takes in that another project was opened.
    pub fn open(&mut self, document: Document, title: String) {
        let text = document.to_json();
        self.opened += 1;
        self.push(document, text, Deed::Opened(title), Moment::default());
    }

    fn push(&mut self, document: Document, text: String, deed: Deed, moment: Moment) {
        let project = if matches!(deed, Deed::Opened(_)) { self.opened } else { self.project() };
        self.past.push(Step { patch: Patch::between(&self.text, &text), deed, moment, project });
        self.base = Some(std::mem::replace(&mut self.now, document));
        self.text = text;
        self.future.clear();
    }

    /// The project before the last step.
    pub fn undo(&mut self) -> Option<&Document> {
        self.go_to(self.past.len().checked_sub(1)?)
    }

    /// The project after the step that was undone last.
    pub fn redo(&mut self) -> Option<&Document> {
        self.go_to(self.past.len() + 1)
    }

    /// The project after so many steps; nothing if there are not so many, or it is there already.
    pub fn go_to(&mut self, steps: usize) -> Option<&Document> {
        if steps == self.past.len() || steps > self.len() {
            return None;
        }
        while self.past.len() > steps {
            let step = self.past.pop()?;
            self.text = step.patch.revert(&self.text);
            self.future.push(step);
        }
        while self.past.len() < steps {
            let step = self.future.pop()?;
            self.text = step.patch.apply(&self.text);
            self.past.push(step);
        }
        self.base = None;
        self.now = Document::from_json(&self.text).ok()?;
        Some(&self.now)
    }

    /// Goes back to the last step after which the project was so, if there was any; the steps since can be redone.
    pub fn back_to(&mut self, is_it: impl Fn(&Document) -> bool) -> Option<&Document> {
        let mut text = self.text.clone();
        for steps in (0..self.past.len()).rev() {
            text = self.past[steps].patch.revert(&text);
            if Document::from_json(&text).is_ok_and(|document| is_it(&document)) {
                return self.go_to(steps);
            }
        }
        None
    }

    /// What the steps were, the first one first, those that can be redone at the end.
    pub fn deeds(&self) -> impl Iterator<Item = &Deed> {
        self.past.iter().chain(self.future.iter().rev()).map(|step| &step.deed)
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.past.len() + self.future.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of the steps are done.
    pub fn done(&self) -> usize {
        self.past.len()
    }

    /// The project as text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Which project it is: how many were opened before it.
    pub fn project(&self) -> usize {
        self.past.last().map_or(0, |step| step.project)
    }

    /// The number of the project that is opened next.
    pub fn next_project(&self) -> usize {
        self.opened + 1
    }

    /// Whether anything of this project was changed since it was opened.
    pub fn is_changed(&self) -> bool {
        self.past.last().is_some_and(|step| matches!(step.deed, Deed::Changed(_)))
    }

    /// Memory that the steps take, bytes of text.
    pub fn bytes(&self) -> usize {
        self.past.iter().chain(&self.future).map(|step| step.patch.bytes()).sum()
    }
}

fn same_places(a: &[Change], b: &[Change]) -> bool {
    let within = |a: &[Change], b: &[Change]| a.iter().all(|a| b.iter().any(|b| a.same_place(b)));
    within(a, b) && within(b, a)
}
