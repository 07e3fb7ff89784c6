//! The shelf: every tab its own, and always some room.

use std::{cell::RefCell, collections::BTreeMap};

use spikeground_web::state::shelf::{NotKept, Store, keep, list, read, remove};

/// A browser's storage: with so much room, and sometimes none at all.
struct Fake {
    entries: RefCell<BTreeMap<String, String>>,
    room: usize,
}

impl Fake {
    fn with_room(room: usize) -> Fake {
        Fake { entries: RefCell::default(), room }
    }
}

impl Store for Fake {
    fn keys(&self) -> Vec<String> {
        self.entries.borrow().keys().cloned().collect()
    }

    fn get(&self, key: &str) -> Option<String> {
        self.entries.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, text: &str) -> bool {
        let mut entries = self.entries.borrow_mut();
        let others: usize = entries.iter().filter(|(k, _)| *k != key).map(|(k, v)| k.len() + v.len()).sum();
        let fits = others + key.len() + text.len() <= self.room;
        if fits {
            entries.insert(key.into(), text.into());
        }
        fits
    }

    fn remove(&self, key: &str) {
        self.entries.borrow_mut().remove(key);
    }
}

fn ids(store: &Fake) -> Vec<String> {
    list(store).into_iter().map(|kept| kept.id).collect()
}

#[test]
fn what_is_kept_is_listed_the_newest_first_and_read_again() {
    let store = Fake::with_room(10_000);
    assert!(store.set("someone else's", "4"));
    assert!(store.set("spikeground.project.broken", "no number\nx"));
    keep(&store, "a-0", 1.0, "Mine\nand\tyours", None, "{\n}\n").expect("there is room");
    keep(&store, "b-0", 2.0, "CUBA", Some("cuba"), "{}").expect("there is room");
    keep(&store, "a-0", 3.0, "Mine\nand\tyours", None, "{\n \n}\n").expect("there is room");
    assert_eq!(ids(&store), ["a-0", "b-0"]);
    let kept = list(&store).swap_remove(0);
    assert_eq!((kept.name.as_str(), kept.letters, kept.time_ms), ("Mine and yours", 6, 3.0));
    assert_eq!(read(&store, "a-0").expect("it is kept"), "{\n \n}\n");
    remove(&store, "a-0");
    assert_eq!(ids(&store), ["b-0"]);
    assert_eq!(store.get("someone else's").as_deref(), Some("4"));
}

#[test]
fn of_many_the_oldest_without_a_name_of_its_own_goes_first() {
    let store = Fake::with_room(1_000_000);
    keep(&store, "named", 0.0, "Mine", None, "{}").expect("there is room");
    keep(&store, "renamed", 0.5, "Better", Some("cuba"), "{}").expect("there is room");
    for i in 0..40 {
        keep(&store, &format!("tab-{i}"), 1.0 + f64::from(i), "CUBA", Some("cuba"), "{}").expect("there is room");
    }
    let ids = ids(&store);
    assert_eq!((ids.len(), ids[0].as_str()), (24, "tab-39"));
    assert!(ids.contains(&"named".into()) && ids.contains(&"renamed".into()));
}

#[test]
fn where_there_is_no_room_the_unnamed_make_some() {
    let store = Fake::with_room(1000);
    let text = "x".repeat(310);
    keep(&store, "old", 1.0, "", None, &text).expect("there is room");
    keep(&store, "named", 2.0, "Mine", None, &text).expect("there is room");
    keep(&store, "new", 3.0, "", None, &text).expect("there is room after the oldest went");
    assert_eq!(ids(&store), ["new", "named"]);
    // What the visitor has named stays, and what would not make room enough does too.
    assert_eq!(keep(&store, "large", 4.0, "", None, &"x".repeat(900)), Err(NotKept::Full));
    assert_eq!(ids(&store), ["new", "named"]);
}

#[test]
fn a_browser_that_keeps_nothing_is_told_from_a_full_one() {
    assert_eq!(keep(&Fake::with_room(0), "a", 1.0, "", None, "{}"), Err(NotKept::Forbidden));
    assert_eq!(keep(&Fake::with_room(100), "a", 1.0, "", None, &"x".repeat(200)), Err(NotKept::Full));
}
