//! The Learn page: the list of lessons, or the open one.

use leptos::prelude::*;

use crate::{
    components::{lesson::LessonView, lessons::Lessons},
    lessons::Lesson,
    state::{player::Player, progress::Progress},
};

/// The page.
#[component]
pub fn Learn() -> impl IntoView {
    let player: Player = expect_context();
    // The visitor's own network waits.
    player.set_seen(false);
    on_cleanup(move || player.set_seen(true));
    provide_context(Progress::recalled());
    let open = RwSignal::new(None::<&'static Lesson>);
    let on_leave = Callback::new(move |next| open.set(next));
    let on_open = Callback::new(move |lesson| open.set(Some(lesson)));
    // Each lesson, and the list, with contexts of its own, which end with it.
    let shown = move |lesson: Option<&'static Lesson>| match lesson {
        Some(lesson) => view! { <LessonView lesson on_leave /> }.into_any(),
        None => view! { <Lessons on_open /> }.into_any(),
    };
    view! { <For each=move || [open.get()] key=|lesson| lesson.map(|lesson| lesson.id) children=shown /> }
}
