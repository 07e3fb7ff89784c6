//! The layout that every format comes down to: a few named arrays, checked into a recording.
//!
//! `spikes` (counts) or `signal`: time × channel. `bin_ms`: one number. `target`: a row of numbers for every bin, or one class
//! for every segment. `segment`, where given: a number for every bin; where it changes, a segment begins. Without it, the
//! whole is cut into [`PARTS`] equal parts. `split`, where given: `train` or `test` (or 0 or 1) for every segment or bin.
//! Without it, the last fifth of the segments, at least one, is for testing. `source`, where given: text that says from whom it was recorded,
//! by whom and under what terms.

use alloc::{format, string::String, string::ToString, vec::Vec};

use super::error::{Fault, FileError, Place};
use crate::{
    bci::{Activity, Origin, Recording, Segment, Split, Target},
    text::{Text, text},
};

/// The names of the arrays.
pub const NAMES: [&str; 7] = ["spikes", "signal", "bin_ms", "target", "segment", "split", "source"];
/// Parts of a recording without segments: eight to learn from, two for testing.
const PARTS: usize = 10;
/// More classes than this are numbers that were taken for classes: a table of all pairs would fill the memory.
const MOST_CLASSES: usize = 256;

/// An array of a file, the last index fastest.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Its size in each dimension; none for a single value.
    pub shape: Vec<usize>,
    /// Its values.
    pub values: Values,
}

/// What an array holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Texts.
    Words(Vec<String>),
}

/// Arrays by their names; others than [`NAMES`] are only told of where one is missing.
pub type Arrays = Vec<(String, Array)>;

impl Array {
    /// Numbers in rows.
    pub fn rows(numbers: Vec<f64>, columns: usize) -> Array {
        Array { shape: [numbers.len() / columns.max(1), columns].to_vec(), values: Values::Numbers(numbers) }
    }

    /// Texts one after another.
    pub fn words(words: Vec<String>) -> Array {
        Array { shape: [words.len()].to_vec(), values: Values::Words(words) }
    }

    /// Number of values.
    fn len(&self) -> usize {
        match &self.values {
            Values::Numbers(numbers) => numbers.len(),
            Values::Words(words) => words.len(),
        }
    }

    /// Number of rows and of columns. A row of MATLAB's, 1 × n, is a column where a list is wanted.
    fn table(&self, name: &str) -> Result<(usize, usize), FileError> {
        match self.shape[..] {
            [] => Ok((1, 1)),
            [rows] => Ok((rows, 1)),
            [rows, columns] => Ok((rows, columns)),
            _ => Err(Place::Part(name.into()).fault(Fault::NotRead {
                what: format!("{:?}", self.shape),
                remedy: text(
                    "save it as time × channel, with `segment` for the trials",
                    "请存成 时间 × 通道，并用 `segment` 标出试次",
                ),
            })),
        }
    }

    /// The numbers, finite as f32.
    fn numbers(&self, name: &str) -> Result<Vec<f32>, FileError> {
        let wrong = |i: usize, said: String| {
            let columns = self.shape.get(1).copied().unwrap_or(1).max(1);
            let at = if self.shape.len() == 2 {
                format!("{name}[{}, {}]", i / columns, i % columns)
            } else {
                format!("{name}[{i}]")
            };
            Place::Part(at).fault(Fault::NotANumber { text: said })
        };
        let numbers = match &self.values {
            Values::Numbers(numbers) => numbers,
            Values::Words(words) => return Err(wrong(0, words.first().map_or(String::new(), |word| short(word)))),
        };
        let checked = numbers.iter().enumerate().map(|(i, &x)| match x as f32 {
            single if single.is_finite() => Ok(single),
            _ => Err(wrong(i, x.to_string())),
        });
        checked.collect()
    }

    /// Each value as a text.
    fn labels(&self) -> Vec<String> {
        match &self.values {
            Values::Numbers(numbers) => numbers.iter().map(ToString::to_string).collect(),
            Values::Words(words) => words.clone(),
        }
    }
}

/// As much of a text as a message can hold.
pub fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Checks the arrays and makes a recording of them.
pub fn recording(name: &str, arrays: &Arrays) -> Result<Recording, FileError> {
    let find = |name: &str| arrays.iter().find(|(own, _)| own == name).map(|(_, array)| array);
    let wanted = |what: &'static str| {
        find(what).ok_or_else(|| {
            let found: Vec<String> = arrays.iter().take(8).map(|(name, _)| format!("`{}`", short(name))).collect();
            Place::File.fault(Fault::Missing { what, found: found.join(", ") })
        })
    };
    let (activity, what, array) = match find("spikes") {
        Some(array) => (Activity::Spikes, "spikes", array),
        None => (Activity::Signal, "signal", wanted("signal")?),
    };
    let (bins, channels) = array.table(what)?;
    if bins * channels == 0 {
        return Err(Place::Part(what.into()).fault(Fault::Empty));
    }
    let samples = array.numbers(what)?;
    let bin_ms = match &wanted("bin_ms")?.values {
        Values::Numbers(numbers) if matches!(numbers[..], [width] if width > 0.0 && width.is_finite()) => numbers[0],
        _ => {
            let value = short(&wanted("bin_ms")?.labels().join(", "));
            return Err(Place::Part("bin_ms".into()).fault(Fault::NotPositive { value }));
        }
    };
    let starts = match find("segment") {
        Some(array) => changes(&list("segment", array, &[bins], BINS)?),
        None => (0..PARTS.min(bins)).map(|part| part * bins / PARTS.min(bins)).collect(),
    };
    let splits = match find("split") {
        Some(array) => splits(array, bins, &starts)?,
        None => {
            let last = starts.len() - 1;
            let side = |i: usize| if i == last || i * 5 >= starts.len() * 4 { Split::Test } else { Split::Train };
            (0..=last).map(side).collect()
        }
    };
    if [Split::Train, Split::Test].iter().any(|side| !splits.contains(side)) {
        return Err(Place::File.fault(Fault::OneSide));
    }
    let target = target(wanted("target")?, bins, &starts)?;
    let ends = starts.iter().skip(1).copied().chain([bins]);
    let segments =
        starts.iter().zip(ends).zip(splits).map(|((&start, end), split)| Segment { bins: start..end, split }).collect();
    let origin = match find("source").map(Array::labels) {
        Some(words) if words.iter().any(|word| !word.trim().is_empty()) => Origin::Real(words.join("\n")),
        _ => Origin::Unknown,
    };
    Ok(Recording { name: name.into(), origin, activity, channels, bin_ms, samples, target, segments })
}

const BINS: Text = text("entries for the bins", "与时间仓对应的项");
const SEGMENTS: Text = text("entries for the segments", "与各段对应的项");

/// The values of a list, which must have one of these lengths.
fn list(name: &str, array: &Array, lengths: &[usize], what: Text) -> Result<Vec<String>, FileError> {
    let found = array.len();
    if lengths.contains(&found) {
        return Ok(array.labels());
    }
    Err(Place::Part(name.into()).fault(Fault::Ragged { what, found, wanted: lengths[0] }))
}

/// Where a list begins or changes.
fn changes(list: &[String]) -> Vec<usize> {
    (0..list.len()).filter(|&i| i == 0 || list[i] != list[i - 1]).collect()
}

fn splits(array: &Array, bins: usize, starts: &[usize]) -> Result<Vec<Split>, FileError> {
    let list = list("split", array, &[starts.len(), bins], SEGMENTS)?;
    let side = |(segment, &start): (usize, &usize)| {
        let at = if list.len() == starts.len() { segment } else { start };
        match list[at].trim().to_ascii_lowercase().as_str() {
            "train" | "0" => Ok(Split::Train),
            "test" | "1" => Ok(Split::Test),
            other => Err(Place::Part(format!("split[{at}]"))
                .fault(Fault::UnknownClass { text: short(other), known: "train, test".into() })),
        }
    };
    starts.iter().enumerate().map(side).collect()
}

fn target(array: &Array, bins: usize, starts: &[usize]) -> Result<Target, FileError> {
    let (rows, columns) = array.table("target")?;
    if rows == bins && matches!(array.values, Values::Numbers(_)) {
        let names = (1..=columns).map(|k| format!("target {k}")).collect();
        return Ok(Target::Values { names, values: array.numbers("target")? });
    }
    if let Values::Numbers(_) = array.values {
        array.numbers("target")?;
    }
    let labels = list("target", array, &[starts.len(), bins], SEGMENTS)?;
    let of_bins = labels.len() != starts.len();
    if of_bins {
        let inside = (1..bins).filter(|bin| starts.binary_search(bin).is_err());
        if let Some(bin) = inside.into_iter().find(|&bin| labels[bin] != labels[bin - 1]) {
            let (first, other) = (short(&labels[bin - 1]), short(&labels[bin]));
            return Err(Place::Part(format!("target[{bin}]")).fault(Fault::MixedClasses { first, other }));
        }
    }
    let of_segments: Vec<&String> =
        starts.iter().enumerate().map(|(i, &start)| &labels[if of_bins { start } else { i }]).collect();
    let mut names: Vec<String> = of_segments.iter().map(ToString::to_string).collect();
    names.sort();
    names.dedup();
    let place = || Place::Part("target".into());
    if let [name] = &names[..] {
        return Err(place().fault(Fault::OneClass { name: short(name) }));
    }
    if names.len() > MOST_CLASSES {
        return Err(place().fault(Fault::TooManyClasses { found: names.len(), limit: MOST_CLASSES }));
    }
    let classes = of_segments.iter().map(|label| names.binary_search(label).unwrap_or_default()).collect();
    Ok(Target::Classes { names, classes })
}
