//! Files: bytes in, a checked recording or one clear error out.
//!
//! Memory taken is in proportion to the bytes given: what a file says of its own sizes is not believed. Adding a format costs
//! one file beside this one, which turns bytes into the arrays of [`layout`], and its line in [`FORMATS`].

use alloc::{format, string::String, vec::Vec};

use crate::{bci::Recording, text::Text};

mod csv;
mod edf;
mod error;
pub mod layout;
mod mat;
pub mod npz;
pub mod ts;
pub mod zip;

pub use error::{Fault, FileError, Place};
use layout::Arrays;

/// Every format, in the order menus show them.
pub static FORMATS: &[&Format] = &[&npz::FORMAT, &csv::FORMAT, &edf::FORMAT, &mat::FORMAT, &ts::FORMAT];

/// Everything the product knows of a format.
pub struct Format {
    /// Name for people.
    pub title: &'static str,
    /// Endings of its files, in small letters, without a dot.
    pub endings: &'static [&'static str],
    /// What a file must hold.
    pub doc: Text,
    /// Whether a file begins as this format does, whatever its name is.
    begins: fn(&[u8]) -> bool,
    /// The arrays of a file.
    read: fn(&[u8]) -> Result<Arrays, FileError>,
}

/// Reads a recording. The format follows from how the bytes begin, or else from the ending of `name`.
pub fn read(name: &str, bytes: &[u8]) -> Result<Recording, FileError> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let ends = |format: &&&Format| format.endings.contains(&ending.as_str());
    let format = FORMATS.iter().find(|format| (format.begins)(bytes)).or_else(|| FORMATS.iter().find(ends));
    let Some(format) = format else {
        let known: Vec<String> = FORMATS.iter().flat_map(|f| f.endings).map(|ending| format!(".{ending}")).collect();
        return Err(Place::File.fault(Fault::UnknownFormat { known: known.join(", ") }));
    };
    layout::recording(name, &(format.read)(bytes)?)
}
