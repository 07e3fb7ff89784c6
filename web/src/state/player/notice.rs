//! What the visitor must know, and what a screen reader is told.

use spikeground_core::{engine::Halt, error::SpecError};
use spikeground_worker::protocol::{GpuProblem, Rejection};

use crate::{
    i18n::{Lang, words},
    state::shelf::NotKept,
};

/// Something the visitor must know.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The run stopped.
    Halted(Halt),
    /// The worker was lost and replaced.
    Lost(String),
    /// No worker can be had.
    Unavailable(String),
    /// The worker did not follow a message.
    Rejected(Rejection),
    /// The GPU cannot be used, or no longer.
    Gpu(GpuProblem),
    /// A link does not work.
    Link(Vec<SpecError>),
    /// Changes are not kept.
    NotKept(NotKept),
    /// A file is no text.
    NotText(String),
    /// A network could not be fetched.
    Unreachable {
        /// The address.
        url: String,
        /// What is known of the cause.
        reason: String,
    },
    /// Something that is possible was asked for by a name or value that is not.
    Unknown {
        /// What was to be set.
        place: String,
        /// To what.
        value: String,
        /// What would have been possible.
        possible: String,
    },
}

impl Notice {
    /// What it says, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let t = words(lang);
        match self {
            Notice::Halted(halt) => {
                format!("{}{} {}", t.halted, if lang == Lang::Zh { "：" } else { ":" }, halt.message(lang))
            }
            Notice::Lost(reason) => crate::i18n::fill(t.lost, &[reason]),
            Notice::Unavailable(reason) => crate::i18n::fill(t.unavailable, &[reason]),
            Notice::Rejected(rejection) => rejection.message(lang),
            Notice::Gpu(problem) => problem.message(lang),
            Notice::Link(errors) => {
                let lines = errors.iter().map(|error| format!("{}: {}", error.at, error.message(lang)));
                crate::i18n::fill(t.bad_link, &[&lines.collect::<Vec<_>>().join(" ")])
            }
            Notice::NotKept(NotKept::Forbidden) => t.not_kept.to_owned(),
            Notice::NotKept(NotKept::Full) => t.not_room.to_owned(),
            Notice::NotText(name) => crate::i18n::fill(t.not_text, &[name]),
            Notice::Unreachable { url, reason } => crate::i18n::fill(t.unreachable, &[url, reason]),
            Notice::Unknown { place, value, possible } => crate::i18n::fill(t.unknown, &[place, value, possible]),
        }
    }
}

/// What a screen reader is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// It runs.
    Running,
    /// It stands still at this time, ms.
    Paused(f64),
    /// So many neurons were poked.
    Poked(usize),
    /// So many neurons were destroyed.
    Destroyed(u64),
    /// So many neurons were healed.
    Healed(u64),
    /// This network was opened.
    Opened(String),
}
