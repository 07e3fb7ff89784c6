//! How Python is laid out: numbers, strings, and lists that break before the margin.

use alloc::{format, string::String, vec::Vec};

/// Characters of a line.
const WIDTH: usize = 118;

/// A string.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string can be written")
}

/// A number.
pub(super) fn number(x: f64) -> String {
    format!("{x:?}")
}

/// A number of things.
pub(super) fn count(x: f64) -> String {
    format!("{x:.0}")
}

/// Items between two brackets, on lines of their own where one does not hold them.
pub(super) fn wrapped(open: &str, items: impl IntoIterator<Item = String>, close: &str) -> String {
    let items: Vec<String> = items.into_iter().collect();
    let line = items.join(", ");
    if open.len() + line.len() + close.len() <= WIDTH {
        return format!("{open}{line}{close}");
    }
    let mut text = format!("{open}\n   ");
    let mut column = 3;
    for item in &items {
        if column + item.len() + 2 > WIDTH {
            text += "\n   ";
            column = 3;
        }
        text = text + " " + item + ",";
        column += item.len() + 2;
    }
    text + "\n" + close
}

/// A list of numbers.
pub(super) fn list(numbers: &[f64]) -> String {
    wrapped("[", numbers.iter().map(|&x| number(x)), "]")
}

/// Entries of a dictionary whose values are written already.
pub(super) fn entry(key: &str, value: &str) -> String {
    format!("{}: {value}", quoted(key))
}
