//! The tree keeps its own rules: which crate and module may use which (the table in `tidy/rules.rs`), how a file opens,
//! what no file holds. Each rule is also shown a file that breaks it: a checker that cannot fail is worth nothing.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tidy/check.rs"]
mod check;
#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/rules.rs"]
mod rules;

use std::fs;

use check::problems;
use xtask::tree;

#[test]
fn the_tree_is_tidy() {
    let files = tree::sources(rules::TEXTS).expect("the tree can be listed");
    assert!(!files.is_empty(), "no file was found to check");
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(tree::root().join(&file)).expect("a source is a readable UTF-8 file");
        let name = file.to_str().expect("a source has a UTF-8 name").replace('\\', "/");
        found.extend(problems(&name, &text).into_iter().map(|problem| format!("{name}:{problem}")));
    }
    assert!(found.is_empty(), "{} problems\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_rules_are_about_folders_that_exist() {
    let places = rules::WORDS.iter().map(|rule| rule.within).chain(rules::DOORS.iter().map(|rule| rule.within));
    for place in places.chain(rules::MUSTS.iter().map(|rule| rule.file)) {
        assert!(tree::root().join(place).exists(), "{place} is gone: say in tests/tidy/rules.rs where its rule moved");
    }
}

#[test]
fn every_forbidden_word_is_found() {
    for rule in rules::WORDS {
        let lines = |folder: &str, text: &str| -> Vec<usize> {
            let file = format!("{folder}/somewhere/new.rs");
            let found = problems(file.trim_start_matches('/'), &format!("//! New.\n{text}\n"));
            found.iter().filter(|problem| problem.message.contains(rule.reason)).map(|problem| problem.line).collect()
        };
        for word in rule.words {
            let code = format!("fn f() {{}}\n{word} ;");
            assert_eq!(lines(rule.within, &code), [3], "{word} in {}", rule.within);
            assert_eq!(lines("elsewhere", &code).is_empty(), !rule.within.is_empty(), "{word} elsewhere");
            assert_eq!(
                rule.except.map(|folder| lines(folder, &code)).unwrap_or_default(),
                [0; 0],
                "{word} where it may"
            );
            let talk = format!("// {word} is only talked about\nconst S: &str = \"{word}\";");
            assert_eq!(lines(rule.within, &talk), [0; 0], "{word} in {}", rule.within);
        }
    }
    finds("web/src/new.rs", "//! N.\nuse OffscreenHtmlCanvasElementLike;\n", &[]);
}

#[test]
fn every_crate_is_entered_by_its_doors_alone() {
    for rule in rules::DOORS {
        let (file, head, door) = (format!("{}/new.rs", rule.within), rule.of, rule.doors[0]);
        finds(&file, &format!("//! New.\nuse {head}::{door}::Thing;\nuse {head}::{{{door}, {door}::Other}};\n"), &[]);
        finds(&file, &format!("//! New.\nuse {head}::inside::Thing;\n"), &[(2, rule.reason)]);
        finds(
            &file,
            &format!("//! New.\nuse {head}::{{\n    {door}::{{a, b}},\n    inside,\n}};\n"),
            &[(4, rule.reason)],
        );
        finds(&file, &format!("//! New.\nuse {head} as short;\n"), &[(2, rule.reason)]);
    }
}

#[test]
fn a_module_of_the_core_may_not_import_upwards_or_sideways() {
    let up = "is above it";
    finds("core/src/spec.rs", "//! S.\nuse crate::neuron::Model;\nuse crate::units::Ms;\n", &[]);
    finds("core/src/spec.rs", "//! S.\nuse crate::network::Network;\n", &[(2, up)]);
    finds("core/src/units.rs", "//! U.\nuse super::gallery;\n", &[(2, up)]);
    finds("core/src/neuron/mod.rs", "//! N.\nuse super::lif;\nuse super::spec::Spec;\n", &[(3, up)]);
    finds("core/src/neuron/lif.rs", "//! L.\nuse super::spec;\nuse super::super::engine::Step;\n", &[(3, up)]);
    finds("core/src/neuron/lif.rs", "//! L.\nuse crate::stimulus::Noise;\n", &[(2, "beside it")]);
    finds("core/src/rule/all.rs", "//! R.\nfn f() -> crate::neuron::Model { todo!() }\n", &[(2, "beside it")]);
    finds("core/src/real.rs", "//! R.\nuse crate::text::Text;\n", &[]);
    finds("core/src/real.rs", "//! R.\nmacro_rules! m { () => { $crate::spec::S } }\n", &[(2, up)]);
    let braces =
        "//! E.\nuse crate::{\n    network::{Network, gallery},\n    gallery::DEMOS,\n    record::Recorder,\n};\n";
    finds("core/src/engine/mod.rs", braces, &[(4, up)]);
    let tests = "//! S.\n#[cfg(test)]\nmod tests {\n    use crate::network::Network;\n}\nuse crate::engine::Step;\n";
    finds("core/src/spec.rs", tests, &[(6, up)]);
    finds("core/src/lib.rs", "//! C.\n#![no_std]\n#![forbid(unsafe_code)]\npub use crate::network::Network;\n", &[]);
    finds("core/tests/digest.rs", "//! D.\nuse super::gallery;\n", &[]);
    finds("core/src/newcomer.rs", "//! N.\n", &[(1, "has no layer")]);
    finds("core/src/newcomer/mod.rs", "//! N.\n", &[(1, "has no layer")]);
}

#[test]
fn the_core_must_say_what_it_promises() {
    let reasons: Vec<_> = rules::MUSTS.iter().map(|rule| (1, rule.reason)).collect();
    finds("core/src/lib.rs", "//! C.\n// #![no_std] #![forbid(unsafe_code)]\n", &reasons);
}

#[test]
fn untidy_text_is_found() {
    finds("a.rs", "use x;\n", &[(1, "opens with `//!`")]);
    finds("a.rs", "", &[(1, "opens with `//!`")]);
    finds("a.md", "no module\n", &[]);
    for ending in rules::TEXTS {
        let file = format!("a.{ending}");
        finds(&file, "//! a\nb \n", &[(2, "at the end of the line")]);
        finds(&file, "//! a\n\tb\n", &[(2, "tab")]);
        finds(&file, "//! a\r\n", &[(1, "at the end of the line")]);
    }
}

/// The checker finds exactly these problems in a file, by line and a part of the message.
#[track_caller]
fn finds(file: &str, text: &str, expected: &[(usize, &str)]) {
    let found = problems(file, text);
    let same = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(problem, (line, part))| problem.line == *line && problem.message.contains(part));
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert!(same, "in {file}:\n{text}expected {expected:?}\nfound {found:#?}");
}
