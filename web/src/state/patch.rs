//! `Patch`: what changed from one text to another, in the memory that the change takes.

/// A piece of a text that was put in the place of another piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Bytes before the piece.
    at: usize,
    was: String,
    is: String,
}

impl Patch {
    /// What makes `after` of `before`: what is left of both without the beginning and the end that they share.
    pub fn between(before: &str, after: &str) -> Patch {
        let shared = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
        let at = floor(before, shared).min(floor(after, shared));
        let (was, is) = (&before[at..], &after[at..]);
        let shared = was.bytes().rev().zip(is.bytes().rev()).take_while(|(a, b)| a == b).count();
        let end = |text: &str, mut length: usize| {
            while !text.is_char_boundary(text.len() - length) {
                length -= 1;
            }
            length
        };
        let tail = end(was, shared).min(end(is, shared));
        Patch { at, was: was[..was.len() - tail].to_owned(), is: is[..is.len() - tail].to_owned() }
    }

    /// The text after the change, of that before it.
    pub fn apply(&self, before: &str) -> String {
        replaced(before, self.at, &self.was, &self.is)
    }

    /// The text before the change, of that after it.
    pub fn revert(&self, after: &str) -> String {
        replaced(after, self.at, &self.is, &self.was)
    }

    /// Memory that it takes, bytes.
    pub fn bytes(&self) -> usize {
        self.was.len() + self.is.len()
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn replaced(text: &str, at: usize, old: &str, new: &str) -> String {
    [&text[..at], new, &text[at + old.len()..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_goes_both_ways_and_is_no_larger_than_the_change() {
        for (before, after, bytes) in [
            ("", "", 0),
            ("weight 16.2", "weight 20.0", 8),
            ("aaa", "aaaa", 1),
            ("名称甲", "名称乙", 6),
            // Two letters that begin, or end, with the same byte.
            ("é", "è", 4),
            ("\u{4e00}", "\u{5e00}", 6),
            ("abc", "", 3),
        ] {
            let patch = Patch::between(before, after);
            assert_eq!(patch.apply(before), after);
            assert_eq!(patch.revert(after), before);
            assert_eq!(patch.bytes(), bytes, "{before} {after}");
        }
    }
}
