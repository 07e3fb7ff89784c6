//! The record that the views draw from, with the signal that says it has changed.

use leptos::prelude::*;

use crate::state::history::History;

/// A handle to one `History`; copy it to every view.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    history: StoredValue<History, LocalStorage>,
    changes: RwSignal<u64>,
}

impl Source {
    /// Takes charge of a record.
    pub fn new(history: History) -> Self {
        Self { history: StoredValue::new_local(history), changes: RwSignal::new(0) }
    }

    /// Changes the record and tells the views. Call it once per animation frame with all that has arrived.
    pub fn update<T>(self, change: impl FnOnce(&mut History) -> T) -> Option<T> {
        let result = self.history.try_update_value(change);
        self.changes.update(|count| *count += 1);
        result
    }

    /// How often the record has changed. Tracked.
    pub fn track(self) -> u64 {
        self.changes.get()
    }

    /// Reads the record. Untracked; none when it has been disposed of.
    pub fn read<T>(self, read: impl FnOnce(&History) -> T) -> Option<T> {
        self.history.try_with_value(read)
    }
}
