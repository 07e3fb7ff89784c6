//! The checker: one file's text against every rule.

use std::fmt;

use crate::code::{code, lines_with, mentions, without_tests};
use crate::rules::{DOORS, LAYERS, MUSTS, TEXTS, WORDS};

/// What is wrong, and where.
#[derive(Debug)]
pub struct Problem {
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message)
    }
}

/// Every problem of one file, given by its path from the root.
pub fn problems(file: &str, text: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut add = |line: usize, message: String| found.push(Problem { line, message });
    let ending = file.rsplit('.').next().unwrap_or_default();
    if TEXTS.contains(&ending) {
        white_space(text, &mut add);
    }
    if ending == "rs" {
        let code = code(text);
        if !text.starts_with("//!") {
            add(1, "a module opens with `//!`: what it owns and what it promises".into());
        }
        words(file, &code, &mut add);
        doors(file, &code, &mut add);
        layers(file, &code, &mut add);
        for rule in MUSTS.iter().filter(|rule| rule.file == file && !code.contains(rule.holds)) {
            add(1, rule.reason.into());
        }
    }
    found
}

fn white_space(text: &str, add: &mut impl FnMut(usize, String)) {
    for (at, line) in text.split('\n').enumerate() {
        if line.ends_with(char::is_whitespace) {
            add(at + 1, "white space at the end of the line".into());
        }
        if line.contains('\t') {
            add(at + 1, "a tab; use spaces".into());
        }
    }
}

fn words(file: &str, code: &str, add: &mut impl FnMut(usize, String)) {
    for rule in WORDS.iter().filter(|rule| below(file, rule.within)) {
        if rule.except.is_some_and(|except| below(file, except)) {
            continue;
        }
        for word in rule.words {
            for line in lines_with(code, word) {
                add(line, format!("`{word}`: {}", rule.reason));
            }
        }
    }
}

fn doors(file: &str, code: &str, add: &mut impl FnMut(usize, String)) {
    for rule in DOORS.iter().filter(|rule| below(file, rule.within)) {
        for mention in mentions(code, rule.of) {
            if !rule.doors.contains(&mention.name.as_str()) {
                add(mention.line, format!("`{}::{}`: {}", rule.of, mention.name, rule.reason));
            }
        }
    }
}

/// The order of the core's modules.
fn layers(file: &str, code: &str, add: &mut impl FnMut(usize, String)) {
    let Some(path) = file.strip_prefix("core/src/").and_then(|path| path.strip_suffix(".rs")) else { return };
    let path: Vec<_> = path.split('/').filter(|part| !["mod", "lib"].contains(part)).collect();
    let Some(own) = path.first() else { return };
    let Some(own_layer) = layer(own) else {
        add(1, format!("the core's module `{own}` has no layer; give it one in tests/tidy/rules.rs"));
        return;
    };
    let code = without_tests(code);
    for mention in mentions(&code, "crate").into_iter().chain(mentions(&code, "super")) {
        // `super` leads to the core's top only from as deep as it is repeated.
        if mention.head[0] == "super" && mention.head.len() != path.len() {
            continue;
        }
        let Some(layer) = layer(&mention.name).filter(|_| mention.name != *own) else { continue };
        if layer > own_layer {
            add(mention.line, format!("`{own}` imports `{}`, which is above it: {ORDER}", mention.name));
        } else if layer == own_layer && !LAYERS[layer].mutual {
            add(mention.line, format!("`{own}` imports `{}`, which is beside it: {ORDER}", mention.name));
        }
    }
}

const ORDER: &str = "the core is layered as tests/tidy/rules.rs tells";

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.modules.contains(&module))
}

/// Whether a file lies in a folder, or is the module file beside it.
fn below(file: &str, folder: &str) -> bool {
    let rest = file.strip_prefix(folder);
    rest.is_some_and(|rest| folder.is_empty() || rest.starts_with('/') || rest == ".rs")
}
