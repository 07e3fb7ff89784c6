//! Undo: any changes, back to the first byte and forth to the last.

use spikeground_core::gallery;
use spikeground_web::{
    i18n::Lang,
    state::{
        document::Document,
        undo::{Deed, Moment, PAUSE_MS, Undo},
    },
};

use crate::dice::Dice;

fn cuba() -> Document {
    Document::of(gallery::find("cuba").expect("CUBA is in the gallery"))
}

fn at(at_ms: f64, touch: u32) -> Moment {
    Moment { at_ms, touch, is_held: false }
}

fn with_weight(weight: f64) -> Document {
    let mut document = cuba();
    assert!(document.spec.set("projections[0].weight", weight));
    document
}

fn first_line(deed: &Deed) -> String {
    match deed {
        Deed::Opened(title) => title.clone(),
        Deed::Changed(changes) => changes[0].message(Lang::En),
    }
}

#[test]
fn any_changes_can_be_undone_and_redone_to_the_byte() {
    for seed in 0..25 {
        let mut dice = Dice::new(seed);
        let mut document = cuba();
        let mut undo = Undo::new(document.clone());
        let mut texts = vec![document.to_json()];
        for i in 0..40 {
            if dice.below(8) == 0 {
                document = dice.project();
                document.look = Default::default();
                undo.open(document.clone(), "another".into());
            } else {
                dice.change(&mut document);
                undo.change(document.clone(), at(f64::from(i) * 2.0 * PAUSE_MS, 0));
            }
            assert_eq!(undo.text(), document.to_json());
            if undo.len() == texts.len() {
                texts.push(document.to_json());
            }
        }
        assert_eq!(undo.len() + 1, texts.len());
        for text in texts.iter().rev().skip(1) {
            assert_eq!(undo.undo().expect("there is a step").to_json(), *text, "seed {seed}");
            assert_eq!(undo.text(), text);
        }
        assert!(undo.undo().is_none());
        for text in &texts[1..] {
            assert_eq!(undo.redo().expect("there is a step").to_json(), *text, "seed {seed}");
        }
        assert!(undo.redo().is_none());
        for _ in 0..20 {
            let steps = dice.below(texts.len());
            undo.go_to(steps);
            assert_eq!((undo.text(), undo.done()), (texts[steps].as_str(), steps));
        }
    }
}

#[test]
fn a_drag_is_one_step_and_a_new_touch_or_a_pause_begins_another() {
    let mut undo = Undo::new(cuba());
    let held = |at_ms, touch| Moment { at_ms, touch, is_held: true };
    // However long the hand rests on the way.
    for (i, at_ms) in [0.0, 16.0, 32.0, 9000.0].into_iter().enumerate() {
        undo.change(with_weight(17.0 + i as f64), held(at_ms, 1));
    }
    assert_eq!(undo.len(), 1);
    assert_eq!(undo.deeds().map(first_line).collect::<Vec<_>>(), ["weight of E → E: 16.2 → 20\u{2009}pA"]);
    undo.change(with_weight(21.0), held(9010.0, 2));
    assert_eq!(undo.len(), 2);
    // Keys follow each other closely.
    undo.change(with_weight(22.0), at(9020.0, 2));
    undo.change(with_weight(23.0), at(9020.0 + PAUSE_MS - 1.0, 2));
    assert_eq!(undo.len(), 2);
    undo.change(with_weight(24.0), at(9020.0 + 3.0 * PAUSE_MS, 2));
    assert_eq!(undo.len(), 3);
    // Another thing is another step, however close.
    let mut other = with_weight(24.0);
    other.spec.seed = 9;
    undo.change(other, at(9021.0 + 3.0 * PAUSE_MS, 2));
    assert_eq!(undo.deeds().map(first_line).last().expect("a step"), "seed: 1 → 9");
    // After going back nothing goes on.
    undo.undo();
    undo.change(with_weight(25.0), at(9022.0 + 3.0 * PAUSE_MS, 2));
    assert_eq!((undo.len(), undo.done()), (4, 4));
}

#[test]
fn a_drag_that_comes_back_is_no_step() {
    let mut undo = Undo::new(cuba());
    undo.change(with_weight(17.0), at(0.0, 1));
    undo.change(cuba(), at(10.0, 1));
    assert!(undo.is_empty() && !undo.is_changed());
    assert_eq!(undo.text(), cuba().to_json());
}

#[test]
fn memory_follows_the_change() {
    let mut undo = Undo::new(cuba());
    for i in 0..1000 {
        undo.change(with_weight(100.0 + f64::from(i)), at(0.0, i));
    }
    assert_eq!(undo.len(), 1000);
    assert!(undo.bytes() < 1000 * 12, "{} bytes for a thousand weights", undo.bytes());
}

#[test]
fn every_opened_project_has_a_number_of_its_own() {
    let mut undo = Undo::new(cuba());
    undo.open(with_weight(1.0), "first".into());
    assert_eq!((undo.project(), undo.is_changed()), (1, false));
    undo.change(with_weight(2.0), at(0.0, 1));
    assert_eq!((undo.project(), undo.is_changed()), (1, true));
    undo.go_to(0);
    assert_eq!(undo.project(), 0);
    undo.open(with_weight(3.0), "second".into());
    assert_eq!(undo.project(), 2);
}

#[test]
fn a_network_that_cannot_be_wired_gives_way_to_the_one_before_and_can_be_redone() {
    let mut undo = Undo::new(cuba());
    undo.change(with_weight(17.0), at(0.0, 1));
    let running = undo.text().to_owned();
    for (touch, size) in [(2, 1_000_000_000), (3, 2_000_000_000)] {
        let mut large = with_weight(17.0);
        large.spec.populations[0].size = size;
        undo.change(large, at(0.0, touch));
    }
    let spec = with_weight(17.0).spec;
    assert!(undo.back_to(|document| document.spec == spec).is_some());
    assert_eq!((undo.text(), undo.done(), undo.len()), (running.as_str(), 1, 3));
    assert!(undo.back_to(|document| document.spec.seed == 77).is_none());
    assert_eq!(undo.done(), 1);
}
