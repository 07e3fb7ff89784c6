//! Rust text as the checker reads it: comments and the insides of literals blanked out, every line where it was.

/// One path in code, such as `crate::neuron::Model`: what it starts from, and the first name after that.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    pub line: usize,
    /// `crate`, `spikeground_worker`, or `super` as often as it stands there.
    pub head: Vec<String>,
    /// Empty if the head stands alone.
    pub name: String,
}

/// The text with comments and the insides of string and character literals as blanks.
pub fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let (end, is_code) = piece(&chars, at);
        out.extend(chars[at..end].iter().map(|&c| if is_code || c == '\n' { c } else { ' ' }));
        at = end;
    }
    out
}

/// Where the comment, literal or piece of code that starts at `at` ends, and whether it is code.
fn piece(chars: &[char], at: usize) -> (usize, bool) {
    let rest = &chars[at..];
    let until = |length: Option<usize>| (length.map_or(chars.len(), |length| at + length), false);
    let opens_word = at == 0 || !is_name(chars[at - 1]);
    match rest {
        ['/', '/', ..] => until(rest.iter().position(|&c| c == '\n')),
        ['/', '*', ..] => until(block_comment(rest)),
        ['"', ..] => until(quoted(rest, '"')),
        ['\'', '\\', ..] => until(quoted(rest, '\'')),
        ['\'', _, '\'', ..] => (at + 3, false),
        ['r', '"' | '#', ..] if opens_word => raw_string(rest).map_or((at + 1, true), |length| (at + length, false)),
        [first, ..] if is_name(*first) && *first != 'r' && *first != 'b' && *first != 'c' => {
            (at + rest.iter().position(|&c| !is_name(c)).unwrap_or(rest.len()), true)
        }
        // `b` and `c` may stand before a literal's `r` or quote: one step at a time.
        ['b' | 'c', 'r', '"' | '#', ..] if opens_word => {
            raw_string(&rest[1..]).map_or((at + 1, true), |length| (at + 1 + length, false))
        }
        _ => (at + 1, true),
    }
}

fn block_comment(rest: &[char]) -> Option<usize> {
    let (mut depth, mut at) = (0, 0);
    while at + 1 < rest.len() {
        match (rest[at], rest[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') if depth == 1 => return Some(at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    None
}

fn quoted(rest: &[char], quote: char) -> Option<usize> {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            c if c == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// The length of `r#"..."#`; `None` if it is no string (a raw name, `r#type`). An open end runs to the end.
fn raw_string(rest: &[char]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|&&c| c == '#').count();
    let open = 1 + hashes;
    if rest.get(open) != Some(&'"') {
        return None;
    }
    let closes =
        |at: &usize| rest[*at] == '"' && rest[at + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
    Some((open + 1..rest.len()).find(closes).map_or(rest.len(), |at| at + 1 + hashes))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Code with each `#[cfg(test)] mod name { ... }` blanked out: tests may use what they test with.
pub fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = code.to_string();
    let mut from = 0;
    while let Some(mark) = out[from..].find(MARK).map(|at| from + at) {
        let after = mark + MARK.len();
        from = after;
        let stop = out[after..].find(['{', ';']).map(|at| after + at);
        let Some(open) = stop.filter(|&at| out[at..].starts_with('{') && out[after..].trim_start().starts_with("mod "))
        else {
            continue;
        };
        let close = end_of_block(&out, open);
        let blank: String = out[open..close].chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
        out.replace_range(open..close, &blank);
    }
    out
}

fn end_of_block(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return open + at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// Every path in the code that starts with `head`; each name of a group `head::{a, b}` is one.
pub fn mentions(code: &str, head: &str) -> Vec<Mention> {
    let tokens = tokens(code);
    let word = |at: usize| tokens.get(at).map_or("", |(_, word)| *word);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if word(at) != head {
            at += 1;
            continue;
        }
        let (start, mut heads) = (at, vec![head.to_string()]);
        at += 1;
        while head == "super" && word(at) == "::" && word(at + 1) == "super" {
            heads.push(head.to_string());
            at += 2;
        }
        let mut add = |(line, name): (usize, &str)| {
            found.push(Mention { line, head: heads.clone(), name: name.to_string() });
        };
        match (word(at), word(at + 1)) {
            ("::", "{") => names_in_group(&tokens[at + 1..]).into_iter().for_each(add),
            ("::", _) => tokens.get(at + 1).copied().into_iter().for_each(add),
            _ => add((tokens[start].0, "")),
        }
    }
    found
}

/// The first names in `{a::b, c::{d}, e}`, which starts here: a, c and e.
fn names_in_group<'a>(tokens: &[(usize, &'a str)]) -> Vec<(usize, &'a str)> {
    let mut names = Vec::new();
    let mut depth = 0;
    for pair in tokens.windows(2) {
        let ((_, word), next) = (pair[0], pair[1]);
        depth += usize::from(word == "{");
        if word == "}" {
            depth -= 1;
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && (word == "{" || word == ",") && next.1 != "}" {
            names.push(next);
        }
    }
    names
}

/// Names, `::` and single signs, each with its line.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    for (line, mut rest) in code.lines().enumerate() {
        while let Some(first) = rest.chars().next() {
            let length = match first {
                c if is_name(c) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                c => c.len_utf8(),
            };
            if !first.is_whitespace() {
                tokens.push((line + 1, &rest[..length]));
            }
            rest = &rest[length..];
        }
    }
    tokens
}

/// The lines on which a word stands by itself, not inside a longer name.
pub fn lines_with(code: &str, word: &str) -> Vec<usize> {
    let inside = |c: Option<char>| c.is_some_and(is_name);
    let stands = |line: &str, at: usize| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        !(word.starts_with(is_name) && inside(before.chars().next_back())
            || word.ends_with(is_name) && inside(after.chars().next()))
    };
    let lines = code.lines().enumerate();
    lines.filter(|(_, line)| line.match_indices(word).any(|(at, _)| stands(line, at))).map(|(at, _)| at + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_left() {
        for (text, expected) in [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            (r#"f("b \" c") + d"#, r#"f(        ) + d"#),
            (r##"r#"b " c"# d"##, r##"           d"##),
            (r##"br"b" d"##, r##"      d"##),
            ("b\"x\" d", "b    d"),
            ("'x' '\\'' 'static &'a str", "         'static &'a str"),
            ("r#type + for_r\"x\"", "r#type + for_r   "),
            ("\"two\nlines\" d", "    \n       d"),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn paths_are_read_with_their_groups() {
        let read = |text: &str, head: &str| -> Vec<_> {
            mentions(text, head).into_iter().map(|found| (found.line, found.head.len(), found.name)).collect()
        };
        assert_eq!(read("use crate::a::b;\n$crate::c!()", "crate"), [(1, 1, "a".into()), (2, 1, "c".into())]);
        assert_eq!(
            read("crate::{a, b::{c, d},\n e}", "crate"),
            [(1, 1, "a".into()), (1, 1, "b".into()), (2, 1, "e".into())]
        );
        assert_eq!(read("super::super::a; super::b", "super"), [(1, 2, "a".into()), (1, 1, "b".into())]);
        assert_eq!(read("pub(crate) fn f()", "crate"), [(1, 1, String::new())]);
    }
}
