//! An open lesson: its words on one side, its network with the views and controls that it needs on the other.
//!
//! It runs in a player of its own, so that the visitor's network stays as it is.

use leptos::prelude::*;

use super::{
    diagram::{Selected, Selection},
    icon::{Glyph, Icon},
    inspector::{Original, control_row},
    keys::Commanded,
    lessons::StepDots,
    messages::Voice,
    panel::Pointed,
    stage::{Shown, Stage},
    symbol::Symbol,
    transport::{Reached, Reset, Run, Speed, Step as OneStep, Time},
};
use crate::{
    i18n::{fill, lang, t},
    lessons::{LESSONS, Lesson, Seen, Step},
    plot::format,
    state::{WorkerUrl, player::Player, progress::Progress},
};

/// The lesson.
#[component]
pub fn LessonView(
    /// Which one.
    lesson: &'static Lesson,
    /// Told where the reader goes: to another lesson, or to the list.
    on_leave: Callback<Option<&'static Lesson>>,
) -> impl IntoView {
    let WorkerUrl(worker_url) = expect_context();
    let Commanded(commanded) = expect_context();
    let progress: Progress = expect_context();
    let player = Player::new();
    provide_context(player);
    provide_context(Selection(RwSignal::new(Selected::Network)));
    provide_context(Shown::of_lesson(lesson.views));
    player.speed.set(Some(lesson.speed));
    let begin = move || {
        player.open_text(lesson.json);
        player.pick(lesson.picked);
    };
    begin();
    worker_url.with_value(|url| player.start(url, true));
    let before = commanded.get_untracked();
    commanded.set(player);
    on_cleanup(move || commanded.set(before));

    let first = progress_at(&untrack(|| progress.of(lesson)));
    let at = RwSignal::new(first);
    let step = move || &lesson.steps[at.get()];
    provide_context(Pointed(Signal::derive(move || step().lit)));
    let gauge = watch(player, lesson, at, progress);
    let restart = move || {
        progress.forget(lesson);
        at.set(0);
        player.set_speed(Some(lesson.speed));
        begin();
    };
    view! {
        <main class="lesson">
            <Words lesson at gauge on_leave on_restart=Callback::new(move |()| restart()) />
            <section class="lesson-stage" aria-label=move || t().lesson_stage>
                <Controls lesson step=Signal::derive(step) />
                <Stage />
            </section>
            <Voice />
        </main>
        <footer class="transport" role="toolbar" aria-label=move || t().run>
            <Reset />
            <Run />
            <OneStep />
            <Time />
            <Speed />
            <Reached />
        </footer>
    }
}

/// The first step that is not done, or the first one of all.
fn progress_at(done: &[bool]) -> usize {
    done.iter().position(|done| !done).unwrap_or(0)
}

/// Watches the run: marks the step at hand when it is done, and tells its gauge.
fn watch(player: Player, lesson: &'static Lesson, at: RwSignal<usize>, progress: Progress) -> Signal<Option<f64>> {
    let gauge = RwSignal::new(None);
    let now_ms = move || player.clock.with_untracked(|clock| clock.time_ms);
    // Model times at which the step began and a number changed last; a run that starts anew is earlier than both.
    let began_ms = StoredValue::new(0.0);
    let changed_ms = StoredValue::new(0.0);
    Effect::new(move |_| {
        at.track();
        began_ms.set_value(now_ms());
    });
    Effect::new(move |_| {
        player.spec.track();
        changed_ms.set_value(now_ms());
    });
    Effect::new(move |_| {
        let now_ms = player.clock.with(|clock| clock.time_ms);
        for time_ms in [began_ms, changed_ms] {
            time_ms.update_value(|t| *t = t.min(now_ms));
        }
        let i = at.get();
        let step = &lesson.steps[i];
        let look = |spec: &_, weights: &_| {
            player.source.read(|history| {
                let (began_ms, changed_ms) = (began_ms.get_value(), changed_ms.get_value());
                let seen = Seen { spec, history, weights, began_ms, changed_ms };
                (step.gauge.as_ref().and_then(|gauge| (gauge.value)(&seen)), (step.done)(&seen))
            })
        };
        let seen = player.spec.with_untracked(|spec| player.measures.with_untracked(|m| look(spec, &m.weights)));
        let Some((value, is_done)) = seen else { return };
        gauge.set(value);
        if is_done && !untrack(|| progress.of(lesson))[i] {
            progress.mark(lesson, i);
        }
    });
    gauge.into()
}

/// The controls of the network; those that the step is about are pointed at.
#[component]
fn Controls(
    /// The lesson.
    lesson: &'static Lesson,
    /// The step at hand.
    step: Signal<&'static Step>,
) -> impl IntoView {
    let player: Player = expect_context();
    let original = Original(Memo::new(move |_| Some(lesson.spec())));
    let rows = move || {
        // Made anew for another language.
        lang();
        let row = |control| {
            let name = StoredValue::new(control_name(control));
            let is_pointed = move || name.with_value(|name| step.get().lit.contains(&name.as_str()));
            view! { <div class:pointed=is_pointed>{control_row(player, original, control)}</div> }
        };
        lesson.spec().controls.iter().map(row).collect_view()
    };
    view! { <div class="lesson-controls">{rows}</div> }
}

fn control_name(control: &spikeground_core::spec::ControlSpec) -> String {
    control.name.clone()
}

/// What the lesson says, and where to go from here.
#[component]
fn Words(
    /// The lesson.
    lesson: &'static Lesson,
    /// Number of the step at hand.
    at: RwSignal<usize>,
    /// The value of its gauge.
    gauge: Signal<Option<f64>>,
    /// Told where the reader goes.
    on_leave: Callback<Option<&'static Lesson>>,
    /// Told that the reader starts again.
    on_restart: Callback<()>,
) -> impl IntoView {
    let progress: Progress = expect_context();
    let step = move || &lesson.steps[at.get()];
    let is_done = Memo::new(move |_| progress.of(lesson)[at.get()]);
    let is_last = move || at.get() + 1 == lesson.steps.len();
    let next_lesson = LESSONS.iter().skip_while(|other| other.id != lesson.id).nth(1).copied();
    let hinted = RwSignal::new(false);
    let go = move |to: usize| {
        hinted.set(false);
        at.set(to);
    };
    let heading: NodeRef<leptos::html::H2> = NodeRef::new();
    // A reader who does not see the page is taken to where the lesson begins.
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // It cannot fail on a heading of the document.
            let _ = heading.focus();
        }
    });
    let reading = move || {
        let shown = step().gauge.as_ref()?;
        let number =
            gauge.get().map_or("–".to_owned(), |x| format::with_unit(&format::fixed(x, shown.decimals), shown.unit));
        Some(view! { <p class="gauge">{shown.name.get(lang())} " " <strong>{number}</strong></p> })
    };
    let forward = move || match (is_last(), next_lesson) {
        (false, _) if is_done.get() => t().lesson_next.to_owned(),
        (false, _) => t().lesson_skip.to_owned(),
        (true, Some(next)) => fill(t().lesson_next_lesson, &[next.title.get(lang())]),
        (true, None) => t().lesson_end.to_owned(),
    };
    let go_on = move |_| if is_last() { on_leave.run(next_lesson) } else { go(at.get_untracked() + 1) };
    view! {
        <section class="lesson-words" aria-label=move || lesson.title.get(lang())>
            <button type="button" class="text-button back" id="all-lessons" on:click=move |_| on_leave.run(None)>
                "← " {move || t().lesson_end}
            </button>
            <h2 node_ref=heading tabindex="-1">{move || lesson.title.get(lang())}</h2>
            <StepDots lesson at=Signal::derive(move || Some(at.get())) />
            <div class="task" aria-live="polite">{move || view! { <p>{prose(step().task.get(lang()))}</p> }}</div>
            {reading}
            <details class="lesson-hint" prop:open=move || hinted.get()>
                <summary on:click=move |event| {
                    event.prevent_default();
                    hinted.update(|is_open| *is_open = !*is_open);
                }>{move || t().lesson_hint}</summary>
                <p>{move || prose(step().hint.get(lang()))}</p>
            </details>
            <div class="told" role="status">
                {move || is_done.get().then(|| view! {
                    <h3><Glyph icon=Icon::Check /> {t().lesson_done}</h3>
                    <p>{prose(step().told.get(lang()))}</p>
                })}
            </div>
            <div class="lesson-ways">
                <button type="button" class="text-button" id="lesson-back" disabled=move || at.get() == 0 on:click=move |_| go(at.get_untracked() - 1)>
                    {move || t().lesson_back}
                </button>
                <button type="button" class="text-button" id="lesson-restart" on:click=move |_| on_restart.run(())>
                    {move || t().lesson_restart}
                </button>
                <button type="button" class="text-button forward" class:ready=move || is_done.get() id="lesson-next" on:click=go_on>
                    {forward}
                </button>
            </div>
        </section>
    }
}

/// Text with its terms and symbols marked.
fn prose(text: &'static str) -> Vec<AnyView> {
    let symbols = |(i, piece): (usize, &'static str)| match i % 2 {
        0 => piece.into_any(),
        _ => view! { <Symbol name=piece.to_owned() /> }.into_any(),
    };
    let terms = |(i, part): (usize, &'static str)| match i % 2 {
        0 => part.split('`').enumerate().map(symbols).collect(),
        _ => vec![view! { <dfn>{part}</dfn> }.into_any()],
    };
    text.split('*').enumerate().flat_map(terms).collect()
}
