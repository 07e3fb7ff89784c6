//! `Progress`: which steps of the lessons the reader has done, also on another day.

use leptos::prelude::*;

use super::prefs;
use crate::lessons::Lesson;

/// The steps done, by lesson.
#[derive(Clone, Copy)]
pub struct Progress(RwSignal<Vec<(String, Vec<bool>)>>);

impl Progress {
    /// What was done up to now.
    pub fn recalled() -> Progress {
        Progress(RwSignal::new(read(&prefs::lessons_done())))
    }

    /// Whether each step of a lesson is done. Tracked.
    pub fn of(self, lesson: &Lesson) -> Vec<bool> {
        let kept = self.0.with(|all| all.iter().find(|(id, _)| id == lesson.id).map(|(_, done)| done.clone()));
        let mut done = kept.unwrap_or_default();
        done.resize(lesson.steps.len(), false);
        done
    }

    /// How many steps of a lesson are done. Tracked.
    pub fn count(self, lesson: &Lesson) -> usize {
        self.of(lesson).iter().filter(|done| **done).count()
    }

    /// Notes that a step is done.
    pub fn mark(self, lesson: &Lesson, step: usize) {
        let mut done = untrack(|| self.of(lesson));
        done[step] = true;
        self.keep(lesson, done);
    }

    /// Forgets what was done of a lesson.
    pub fn forget(self, lesson: &Lesson) {
        self.keep(lesson, Vec::new());
    }

    fn keep(self, lesson: &Lesson, done: Vec<bool>) {
        self.0.update(|all| {
            all.retain(|(id, _)| id != lesson.id);
            all.push((lesson.id.to_owned(), done));
        });
        prefs::keep_lessons_done(&self.0.with_untracked(|all| written(all)));
    }
}

/// Such as `first-spike:1100 synapse:1`.
fn written(all: &[(String, Vec<bool>)]) -> String {
    let digits = |done: &[bool]| done.iter().map(|d| if *d { '1' } else { '0' }).collect::<String>();
    all.iter().map(|(id, done)| format!("{id}:{}", digits(done))).collect::<Vec<_>>().join(" ")
}

fn read(text: &str) -> Vec<(String, Vec<bool>)> {
    let lessons = text.split_whitespace().filter_map(|lesson| lesson.split_once(':'));
    lessons.map(|(id, digits)| (id.to_owned(), digits.chars().map(|digit| digit == '1').collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let all = vec![("a".to_owned(), vec![true, false]), ("b".to_owned(), vec![])];
        assert_eq!(read(&written(&all)), all);
        assert!(read("nonsense :").iter().all(|(_, done)| done.is_empty()));
    }
}
