//! The views of what is played: activity, what is decoded of it, the cursor or the confusions, and the court.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Badge, confusion::Confusion, is_narrow};
use crate::{
    components::panel::Empty,
    i18n::{Word, fill, t},
    plot::{ActivityView, CourtView, CursorView, DecodedView, Strip},
    state::{lab::Lab, tape::Tape},
};

/// A view with its title, and whether it shows a real recording.
#[component]
fn Frame(
    /// Its name: a class for its place.
    name: &'static str,
    /// Its title.
    title: Word,
    /// What stands behind the title.
    #[prop(optional, into)]
    aside: Option<AnyView>,
    /// The view.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("decode-panel decode-{name}") data-view=name aria-label=move || title(t())>
            <header>
                <h2>{move || title(t())}</h2>
                <div class="decode-aside">{aside}</div>
                <Badge />
            </header>
            <div class="view">{children()}</div>
        </section>
    }
}

/// The key of lines: what is true, and what is decoded.
fn key() -> AnyView {
    view! {
        <span class="key true">{move || t().bci_true}</span>
        <span class="key decoded">{move || t().bci_decoded}</span>
    }
    .into_any()
}

/// All of them.
#[component]
pub fn Panels() -> impl IntoView {
    let lab: Lab = expect_context();
    let strip = Signal::derive(move || lab.tape.get().map(|tape| Strip { tape, reel: lab.reel.get() }));
    let tape = move |words: fn(&Tape) -> String| {
        lab.tape.with(|tape| tape.as_ref().map(|tape| words(tape)).unwrap_or_default())
    };
    let activity =
        Signal::derive(move || fill(t().bci_activity_label, &[&tape(|tape| tape.told.channels.to_string())]));
    let decoded = Signal::derive(move || fill(t().bci_decoded_label, &[&tape(|tape| tape.told.names.join(", "))]));
    let cursor = Signal::derive(|| t().bci_cursor_label.to_owned());
    let many =
        Memo::new(move |_| lab.tape.with(|tape| tape.as_ref().map(|tape| (tape.is_of_classes(), tape.outputs()))));
    let second = move || match many.get() {
        Some((true, _)) => {
            Some(view! { <Frame name="confusion" title=|t| t.bci_confusion><Confusion /></Frame> }.into_any())
        }
        Some((false, 2..)) => Some(
            view! { <Frame name="cursor" title=|t| t.bci_cursor aside=key()><CursorView strip label=cursor /></Frame> }
                .into_any(),
        ),
        _ => None,
    };
    let before = Signal::derive(|| t().bci_before.to_owned());
    let is_empty = move || lab.watched.get().is_none();
    // On a narrow screen the views are far below the button that fills them.
    let stage: NodeRef<leptos::html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if let (Some(_), Some(stage), true) = (lab.watched.get(), stage.get_untracked(), is_narrow()) {
            stage.scroll_into_view();
        }
    });
    view! {
        <div class="decode-stage" node_ref=stage>
            <Frame name="activity" title=|t| t.bci_activity>
                <ActivityView strip label=activity />
            </Frame>
            <Frame name="decoded" title=|t| t.bci_over_time aside=key()>
                <DecodedView strip label=decoded />
                <Show when=is_empty>
                    <div class="decode-before"><Empty text=before /></div>
                </Show>
            </Frame>
            {second}
            <Frame name="court" title=|t| t.bci_court aside=view! { <Balls /> }.into_any()>
                <Court />
            </Frame>
        </div>
    }
}

/// The game, and who holds the paddle.
#[component]
fn Court() -> impl IntoView {
    let lab: Lab = expect_context();
    let label = Signal::derive(move || {
        let [hit, all] = lab.court.with(|court| court.hit).map(|n| n.to_string());
        fill(t().bci_court_label, &[&hit, &all])
    });
    let help = move || {
        let classes = lab.tape.with(|tape: &Option<Arc<Tape>>| tape.as_ref().is_some_and(|tape| tape.is_of_classes()));
        if classes { t().bci_court_classes } else { t().bci_court_values }
    };
    view! {
        <div class="court">
            <CourtView tape=lab.tape court=lab.court on_point=Callback::new(move |place| lab.mouse.set(place)) label />
            <label class="court-hand">
                <input type="checkbox" id="by-mouse" prop:checked=move || lab.by_mouse.get() on:change=move |event| lab.hold_by_mouse(event_target_checked(&event)) />
                <span>{move || t().bci_by_mouse}</span>
            </label>
            <p class="hint-line">{help}</p>
        </div>
    }
}

/// Which of the last balls were hit.
#[component]
fn Balls() -> impl IntoView {
    let lab: Lab = expect_context();
    let marks = move || {
        let mark = |hit: &bool| view! { <i class:hit=*hit></i> };
        lab.court.with(|court| court.balls.iter().rev().take(24).rev().map(mark).collect_view())
    };
    let words = move || {
        let [hit, all] = lab.court.with(|court| court.hit).map(|n| n.to_string());
        fill(t().bci_balls, &[&hit, &all])
    };
    view! {
        <span class="balls" aria-hidden="true">{marks}</span>
        <span class="hits" id="hits">{words}</span>
    }
}
