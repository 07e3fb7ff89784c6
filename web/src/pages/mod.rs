//! The pages.

pub mod simulate;
