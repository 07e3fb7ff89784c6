//! Which side sheet is open on a narrow screen.

use leptos::prelude::*;

/// A sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// The gallery.
    Gallery,
    /// The inspector.
    Inspector,
    /// The palette and the outline of the Build page.
    Outline,
}

/// The open sheet; provided as a context by the page.
#[derive(Clone, Copy)]
pub struct OpenSheet(pub RwSignal<Option<Sheet>>);

impl OpenSheet {
    /// Opens a sheet, or closes it if it is open.
    pub fn toggle(self, sheet: Sheet) {
        self.0.update(|open| *open = if *open == Some(sheet) { None } else { Some(sheet) });
    }

    /// Whether a sheet is open. Tracked.
    pub fn is(self, sheet: Sheet) -> bool {
        self.0.get() == Some(sheet)
    }
}
