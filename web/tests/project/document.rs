//! Documents: what is written is read, of every version there was.

use std::{fs, path::Path};

use spikeground_core::{error::SpecError, gallery::GALLERY, spec::NetworkSpec, text::Lang};
use spikeground_web::state::{document::Document, player::checked};

use crate::dice::Dice;

/// Projects as they were saved once. They open for ever: a file is added here, and none is changed.
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/projects/v1");

#[test]
fn every_project_that_was_ever_saved_opens_with_all_that_is_in_it() {
    let mut count = 0;
    for file in fs::read_dir(Path::new(SAMPLES)).expect("there are samples") {
        let path = file.expect("a file").path();
        let text = fs::read_to_string(&path).expect("a text");
        let document = checked(&text).unwrap_or_else(|errors| panic!("{}: {errors:?}", path.display()));
        assert_eq!(document.to_json(), text, "{}", path.display());
        // Whatever reads networks alone reads projects too.
        assert_eq!(NetworkSpec::from_json(&text).expect("a network"), document.spec);
        count += 1;
    }
    assert!(count >= 3);
}

#[test]
fn any_project_is_read_as_it_was_written() {
    for seed in 0..200 {
        let document = Dice::new(seed).project();
        assert_eq!(Document::from_json(&document.to_json()).expect("what is written can be read"), document);
    }
    for entry in GALLERY {
        let document = Document::of(entry);
        assert_eq!(Document::from_json(&document.to_json()).as_ref(), Ok(&document));
    }
}

/// A wrong member of `page`: its text, its place, and the message in both languages.
const WRONG: &[(&str, &str, &str, &str)] = &[
    (
        "[]",
        "page",
        "expected an object { … }, found []. Write an object { … } here.",
        "这里应为对象 { … }，实为 []。请改为对象 { … }。",
    ),
    (
        r#"{"place":{}}"#,
        "page.place",
        "“place” is not known here. Did you mean “places”?",
        "不认识“place”。是否想写“places”？",
    ),
    (
        r#"{"places":[]}"#,
        "page.places",
        "expected an object { … }, found []. Write an object { … } here.",
        "这里应为对象 { … }，实为 []。请改为对象 { … }。",
    ),
    (
        r#"{"places":{"E":[1]}}"#,
        "page.places.E",
        "expected two numbers [x, y], found [1]. Write two numbers [x, y] here.",
        "这里应为两个数 [x, y]，实为 [1]。请改为两个数 [x, y]。",
    ),
    (
        r#"{"places":{"E":[1,"2"]}}"#,
        "page.places.E[1]",
        "expected a number, found \"2\". Write a number here.",
        "这里应为数，实为 \"2\"。请改为数。",
    ),
    (r#"{"notes":[{"text":"a"}]}"#, "page.notes[0]", "“place” is missing. Add it.", "缺少“place”。请补上。"),
    (
        r#"{"notes":[{"text":1,"place":[0,0]}]}"#,
        "page.notes[0].text",
        "expected a text in quotes, found 1. Write a text in quotes here.",
        "这里应为带引号的文本，实为 1。请改为带引号的文本。",
    ),
    (
        r#"{"groups":[{"title":"a","members":"E"}]}"#,
        "page.groups[0].members",
        "expected a list [ … ], found \"E\". Write a list [ … ] here.",
        "这里应为列表 [ … ]，实为 \"E\"。请改为列表 [ … ]。",
    ),
    (
        r#"{"views":"raster"}"#,
        "page.views",
        "expected a list [ … ], found \"raster\". Write a list [ … ] here.",
        "这里应为列表 [ … ]，实为 \"raster\"。请改为列表 [ … ]。",
    ),
    (
        r#"{"language":"fr"}"#,
        "page.language",
        "there is no language called “fr”. Use one of: en, zh.",
        "没有名为“fr”的语言。可用：en、zh。",
    ),
    (
        r#"{"theme":7}"#,
        "page.theme",
        "expected a text in quotes, found 7. Write a text in quotes here.",
        "这里应为带引号的文本，实为 7。请改为带引号的文本。",
    ),
    (
        r#"{"hide":["stepp"]}"#,
        "page.hide[0]",
        "there is no part of the page that can be hidden called “stepp”. Did you mean “step”?",
        "没有名为“stepp”的可隐藏的部分。是否想写“step”？",
    ),
];

#[test]
fn what_is_wrong_with_the_page_is_told_with_its_place_and_remedy() {
    for (page, at, english, chinese) in WRONG {
        let text = format!("{{\"version\":1,\"page\":{page}}}");
        let errors: Vec<SpecError> = Document::from_json(&text).expect_err("it is wrong");
        let told: Vec<_> = errors.iter().map(|e| (e.at.as_str(), e.message(Lang::En), e.message(Lang::Zh))).collect();
        assert_eq!(told, [(*at, english.to_string(), chinese.to_string())]);
    }
}

#[test]
fn a_gallery_may_change() {
    let document = Document::from_json(r#"{"version":1,"page":{"gallery":"gone","views":["gone","raster"]}}"#);
    let document = document.expect("what is gone is passed over");
    assert_eq!(document.gallery, None);
    assert_eq!(document.look.views.expect("a choice"), ["gone", "raster"]);
}
