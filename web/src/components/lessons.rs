//! The list of lessons, with what is done of each.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::{
    i18n::{fill, lang, t},
    lessons::{LESSONS, Lesson},
    state::progress::Progress,
};

/// The list.
#[component]
pub fn Lessons(
    /// Told of the lesson that the reader chooses.
    on_open: Callback<&'static Lesson>,
) -> impl IntoView {
    let card = move |(i, lesson): (usize, &'static Lesson)| {
        view! {
            <li>
                <button type="button" class="lesson-card" data-lesson=lesson.id on:click=move |_| on_open.run(lesson)>
                    <span class="lesson-number">{move || fill(t().lesson_number, &[&(i + 1).to_string()])}</span>
                    <strong>{move || lesson.title.get(lang())}</strong>
                    <span class="lesson-goal">{move || lesson.goal.get(lang())}</span>
                    <StepDots lesson at=Signal::stored(None) />
                </button>
            </li>
        }
    };
    view! {
        <main class="lessons" id="stage" tabindex="-1">
            <h2>{move || t().lessons}</h2>
            <p>{move || t().learn_intro}</p>
            <ol>{LESSONS.iter().copied().enumerate().map(card).collect_view()}</ol>
        </main>
    }
}

/// The steps of a lesson as a row of marks: done or not, and the one at hand.
#[component]
pub fn StepDots(
    /// The lesson.
    lesson: &'static Lesson,
    /// The step at hand.
    at: Signal<Option<usize>>,
) -> impl IntoView {
    let progress: Progress = expect_context();
    let done = Memo::new(move |_| progress.of(lesson));
    let count = Memo::new(move |_| progress.count(lesson));
    let dot = move |i: usize| {
        view! { <i class:done=move || done.with(|done| done[i]) class:here=move || at.get() == Some(i)></i> }
    };
    let words = move || match (at.get(), count.get(), lesson.steps.len()) {
        (Some(at), _, n) => fill(t().lesson_step, &[&(at + 1).to_string(), &n.to_string()]),
        (None, 0, _) => String::new(),
        (None, done, n) if done == n => t().lesson_done.to_owned(),
        (None, done, n) => fill(t().lesson_progress, &[&done.to_string(), &n.to_string()]),
    };
    view! {
        <span class="step-dots">
            {(0..lesson.steps.len()).map(dot).collect_view()}
            <span>{words}</span>
            <Show when=move || at.get().is_none() && count.get() == lesson.steps.len()>
                <Glyph icon=Icon::Check />
            </Show>
        </span>
    }
}
