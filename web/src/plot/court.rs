//! The court: a ball that flies where the recording says, and the paddle that what is decoded holds, or the mouse.

use std::sync::Arc;

use leptos::prelude::*;

use super::pen::{Align, Pen};
use super::surface::Surface;
use super::table::Table;
use crate::state::{
    court::{Court, half},
    tape::Tape,
};

/// Room around the court and for the names of lanes, in css px.
const ROOM_PX: f64 = 14.0;
const NAMES_PX: f64 = 64.0;
/// Radius of the ball and thickness of the paddle, in css px.
const BALL_PX: f64 = 6.0;
const PADDLE_PX: f64 = 6.0;

type Scene = (Option<Arc<Tape>>, Court);

/// The court.
#[component]
pub fn CourtView(
    /// The recording.
    #[prop(into)]
    tape: Signal<Option<Arc<Tape>>>,
    /// The game.
    #[prop(into)]
    court: Signal<Court>,
    /// Told where the pointer is, from 0 at the bottom to 1.
    on_point: Callback<f64>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let size = StoredValue::new(1.0);
    Effect::new(move |_| {
        if let Some((_, y)) = pointer.get() as Option<(f64, f64)> {
            let height: f64 = size.get_value();
            on_point.run((1.0 - (y - ROOM_PX) / (height - 2.0 * ROOM_PX).max(1.0)).clamp(0.0, 1.0));
        }
    });
    let scene = move || (tape.get(), court.get());
    let paint = move |pen: &Pen, (tape, court): &Scene| {
        size.set_value(pen.height);
        if let Some(tape) = tape {
            draw(pen, tape, court);
        }
    };
    let data = |(_, court): &Scene| {
        Table::new([("hit".to_owned(), court.balls.iter().map(|hit| f64::from(u8::from(*hit))).collect())])
    };
    view! { <Surface label scene paint data pointer /> }
}

fn draw(pen: &Pen, tape: &Tape, court: &Court) {
    let names = if tape.is_of_classes() { NAMES_PX } else { ROOM_PX };
    let (left, right) = (ROOM_PX, (pen.width - names).max(ROOM_PX));
    let (top, bottom) = (ROOM_PX, (pen.height - ROOM_PX).max(ROOM_PX));
    let y = |place: f64| bottom - place * (bottom - top);
    let muted = pen.palette.muted.css();
    if tape.is_of_classes() {
        let lanes = tape.outputs();
        for (class, name) in tape.told.names.iter().enumerate() {
            let edge = top + (bottom - top) * class as f64 / lanes as f64;
            if class > 0 {
                pen.dashed(edge, left, right, &pen.grid_css());
            }
            let middle = edge + 0.5 * (bottom - top) / lanes as f64;
            pen.text(&pen.shortened(name, names - 18.0), right + 10.0, middle, Align::Start, &muted);
        }
    }
    for edge in [top, bottom] {
        pen.horizontal(edge, left, right, &muted);
    }
    let reach = half(tape) * (bottom - top);
    pen.fill(right - PADDLE_PX, y(court.paddle) - 0.9 * reach, PADDLE_PX, 1.8 * reach, &pen.palette.accent.css());
    let (way, place) = court.ball(tape);
    let x = left + BALL_PX + way * (right - PADDLE_PX - left - 2.0 * BALL_PX);
    pen.disc(x, y(place).clamp(top + BALL_PX, bottom - BALL_PX), BALL_PX, &pen.palette.ink.css());
}
