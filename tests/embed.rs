//! The widget's interface is the same wherever it is told: the program, `embed.js`, its types and the README. What each
//! of them says is read from its text, so each reader is also shown a text that says something else.
#![cfg(not(target_arch = "wasm32"))]

use spikeground_web::components::views::VIEWS;
use spikeground_web::{state::look::PARTS, widget::settings::ATTRIBUTES};

const SCRIPT: &str = include_str!("../static/embed.js");
const TYPES: &str = include_str!("../static/embed.d.ts");
const README: &str = include_str!("../README.md");
const EVENTS: &str = include_str!("../web/src/widget/events.rs");

/// What stands between two marks of a text; empty where they are missing.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(inside, _)| inside)
}

/// Every text in quotation marks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// The name at the beginning of each line that is no comment and has `mark` behind the name.
fn names_before<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let name = |line: &'a str| {
        let (name, _) = line.trim().split_once(mark)?;
        (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(name)
    };
    text.lines().filter_map(name).collect()
}

/// What is in backticks in the first column of the README's table whose head begins with `head`, without brackets.
fn rows<'a>(text: &'a str, head: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| !line.starts_with(&format!("| {head} |"))).skip(2);
    let first = lines.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
    first
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(|word| word.split('(').next().unwrap_or(word))
        .collect()
}

/// The words in backticks in the README's row of an attribute that are not its own name.
fn words_of<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    let row = text.lines().find(|line| line.starts_with(&format!("| `{attribute}` |"))).unwrap_or_default();
    row.split('|').nth(2).unwrap_or_default().split('`').skip(1).step_by(2).collect()
}

fn attributes_of_types(text: &str) -> Vec<&str> {
    names_before(between(text, "interface SpikegroundAttributes {", "\n}"), "?:")
}

fn attributes_of_script(text: &str) -> Vec<&str> {
    let forwarded = quoted(between(text, "const FORWARDED = [", "]"));
    [quoted(between(text, "static observedAttributes = [", "...FORWARDED]")), forwarded].concat()
}

fn methods_of_types(text: &str) -> Vec<&str> {
    let class = between(text, "export class SpikegroundNetwork", "addEventListener");
    names_before(class, "(").into_iter().collect()
}

fn methods_of_script(text: &str) -> Vec<&str> {
    let asking = text.lines().filter(|line| line.contains("{ return this.#ask("));
    asking.filter_map(|line| line.trim().split('(').next()).collect()
}

#[test]
fn attributes_are_the_same_everywhere() {
    let expected = rows(README, "attribute");
    assert_eq!(attributes_of_types(TYPES), expected);
    assert_eq!(attributes_of_script(SCRIPT), expected);
    let of_program: Vec<_> = ATTRIBUTES.iter().map(|attribute| attribute.name).collect();
    assert_eq!(quoted(between(SCRIPT, "const FORWARDED = [", "]")), of_program);
}

#[test]
fn the_words_of_attributes_are_those_that_the_program_knows() {
    for attribute in ATTRIBUTES {
        assert_eq!(sorted(words_of(README, attribute.name)), sorted((attribute.possible)()), "{}", attribute.name);
    }
    let views: Vec<_> = VIEWS.iter().map(|view| view.name).collect();
    assert_eq!(quoted(between(TYPES, "type View =", ";")), views);
    assert_eq!(quoted(between(TYPES, "type Part =", ";")), PARTS);
    for (name, mark) in [("language", "language?:"), ("theme", "theme?:"), ("autoplay", "autoplay?:")] {
        let possible = ATTRIBUTES.iter().find(|attribute| attribute.name == name).map(|a| (a.possible)());
        let typed = quoted(between(TYPES, mark, ";")).into_iter().filter(|word| !word.is_empty()).collect();
        assert_eq!(Some(sorted(typed)), possible.map(sorted), "{name}");
    }
}

#[test]
fn methods_are_the_same_everywhere() {
    let expected = rows(README, "method");
    assert_eq!(methods_of_types(TYPES), expected);
    assert_eq!(methods_of_script(SCRIPT), expected);
}

#[test]
fn events_and_their_details_are_the_same_everywhere() {
    let events = rows(README, "event");
    assert_eq!(names_before(between(TYPES, "interface SpikegroundEvents {", "\n}"), ":"), events);
    for event in events {
        assert!(EVENTS.contains(&format!("\"{event}\"")), "{event} is never told of");
        let upper = format!("{}{}", event[..1].to_uppercase(), &event[1..]);
        let typed = between(TYPES, &format!("interface {upper}Detail {{"), "\n}");
        assert_eq!(names_before(typed, ":"), words_of(README, event), "{event}");
        for word in words_of(README, event) {
            assert!(EVENTS.contains(&format!("(\"{word}\", ")), "{word} of {event} is never told");
        }
    }
}

#[test]
fn the_version_is_the_same_everywhere() {
    let version = between(SCRIPT, "export const API_VERSION = ", ";");
    assert!(!version.is_empty());
    assert_eq!(between(TYPES, "export const API_VERSION: ", ";"), version);
    assert!(README.contains(&format!("\nversion {version} of the interface")));
}

#[test]
fn a_text_that_says_something_else_is_read_so() {
    assert_eq!(between("a [b] c", "[", "]"), "b");
    assert_eq!(between("a b", "[", "]"), "");
    assert_eq!(
        attributes_of_types("interface SpikegroundAttributes {\n  /** Some: thing. */\n  one?: string;\n}\n two?: x"),
        ["one"]
    );
    assert_eq!(
        attributes_of_script("const FORWARDED = [\"b\"]; static observedAttributes = [\"a\", ...FORWARDED]"),
        ["a", "b"]
    );
    assert_eq!(
        methods_of_types("export class SpikegroundNetwork {\n /** go(now) */\n fly(high: x): y;\n addEventListener("),
        ["fly"]
    );
    assert_eq!(methods_of_script("  fly(high) { return this.#ask(x) }\n  other() {}"), ["fly"]);
    let table = "| x | y |\n\n| attribute | says |\n|---|---|\n| `one(a)`, `two` | `p`, `q` |\n\n| `three` | |";
    assert_eq!(rows(table, "attribute"), ["one", "two"]);
    assert_eq!(rows(table, "method"), [""; 0]);
    assert_eq!(words_of("| `one` | `p`, `q` | `r` |", "one"), ["p", "q"]);
}

fn sorted(mut words: Vec<&str>) -> Vec<&str> {
    words.sort_unstable();
    words
}
