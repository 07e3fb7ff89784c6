//! The time axis that all views of a run share: window, following, and the linked cursor, as signals.

use leptos::prelude::*;

use super::animation;
use super::follow::Follower;
use super::time_window::TimeWindow;

/// Share of the window that an arrow key moves.
const KEY_PAN: f64 = 0.1;
/// Factor by which a key zooms.
const KEY_ZOOM: f64 = 1.5;

/// A handle to one axis; copy it to every view that is to move along.
#[derive(Clone, Copy, Debug)]
pub struct TimeAxis {
    window: RwSignal<TimeWindow>,
    /// Where in the window the cursor is, 0 at the left edge to 1: it stays under the pointer while data scrolls by.
    cursor: RwSignal<Option<f64>>,
    follower: StoredValue<Follower>,
    /// True while an animation frame is awaited.
    is_moving: StoredValue<bool>,
}

impl Default for TimeAxis {
    fn default() -> Self {
        Self::new()
    }
}

impl TimeAxis {
    /// An axis at 0 ms that follows with the default span.
    pub fn new() -> Self {
        Self {
            window: RwSignal::new(TimeWindow::default()),
            cursor: RwSignal::new(None),
            follower: StoredValue::new(Follower::default()),
            is_moving: StoredValue::new(false),
        }
    }

    /// Tells the newest model time, in ms. Call it whenever it changes; the views then scroll there evenly. An earlier
    /// time than before means a new run.
    pub fn tell(self, newest_ms: f64) {
        self.follower.update_value(|follower| follower.tell(newest_ms));
        if !self.is_moving.get_value() {
            self.is_moving.set_value(true);
            self.await_frame();
        }
    }

    /// First and last time shown, in ms. Tracked.
    pub fn range_ms(self) -> (f64, f64) {
        self.window.with(TimeWindow::range_ms)
    }

    /// Length of the window, in ms. Tracked.
    pub fn span_ms(self) -> f64 {
        self.window.with(TimeWindow::span_ms)
    }

    /// Whether the window follows the newest time. Tracked.
    pub fn is_following(self) -> bool {
        self.window.with(TimeWindow::is_following)
    }

    /// The time at the cursor, in ms, if there is one. Tracked.
    pub fn cursor_ms(self) -> Option<f64> {
        let (t0_ms, t1_ms) = self.range_ms();
        self.cursor.get().map(|fraction| t0_ms + fraction * (t1_ms - t0_ms))
    }

    /// Puts the cursor at a time, in ms, or takes it away.
    pub fn set_cursor_ms(self, t_ms: Option<f64>) {
        let (t0_ms, t1_ms) = self.window.with_untracked(TimeWindow::range_ms);
        let fraction = t_ms.map(|t| (t - t0_ms) / (t1_ms - t0_ms)).filter(|f| (0.0..=1.0).contains(f));
        self.set_cursor_fraction(fraction);
    }

    /// Puts the cursor at a place in the window, from 0 (left) to 1 (right), or takes it away.
    pub fn set_cursor_fraction(self, fraction: Option<f64>) {
        if self.cursor.get_untracked() != fraction {
            self.cursor.set(fraction);
        }
    }

    /// Freezes at a window, in ms.
    pub fn show(self, t0_ms: f64, t1_ms: f64) {
        self.change(|window| window.show(t0_ms, t1_ms));
    }

    /// Follows the newest time, keeping the span.
    pub fn follow(self) {
        self.change(TimeWindow::follow);
    }

    /// Follows the newest time with the default span.
    pub fn reset(self) {
        self.change(TimeWindow::reset);
    }

    /// Moves the window by a share of its span; negative is into the past.
    pub fn pan(self, spans: f64) {
        self.change(|window| window.pan(spans * window.span_ms()));
    }

    /// Multiplies the span by `factor` about a place in the window, from 0 to 1. While data pours in and the window
    /// follows, the newest end stays in place instead.
    pub fn zoom(self, factor: f64, fraction: f64) {
        let is_live = self.follower.with_value(Follower::is_live);
        self.change(|window| {
            if is_live && window.is_following() { window.zoom_following(factor) } else { window.zoom(factor, fraction) }
        });
    }

    /// Obeys a key, named as in `KeyboardEvent.key`; false when it means nothing here.
    pub fn obey_key(self, key: &str) -> bool {
        let fraction = self.cursor.get_untracked().unwrap_or(0.5);
        match key {
            "ArrowLeft" => self.pan(-KEY_PAN),
            "ArrowRight" => self.pan(KEY_PAN),
            "+" | "=" => self.zoom(1.0 / KEY_ZOOM, fraction),
            "-" | "_" => self.zoom(KEY_ZOOM, fraction),
            "Home" | "0" => self.reset(),
            "End" => self.follow(),
            _ => return false,
        }
        true
    }

    fn change(self, change: impl FnOnce(&mut TimeWindow)) {
        let before = self.window.get_untracked();
        let mut after = before;
        change(&mut after);
        if after != before {
            self.window.set(after);
        }
    }

    fn await_frame(self) {
        animation::next_frame(move |wall_ms| {
            // The axis may have been disposed of while the frame was awaited.
            let Some(span_ms) = self.window.try_with_untracked(TimeWindow::span_ms) else {
                return;
            };
            let moved =
                self.follower.try_update_value(|follower| (follower.step(wall_ms, span_ms), follower.is_settled()));
            let Some((edge_ms, is_settled)) = moved else {
                return;
            };
            self.change(|window| window.set_newest(edge_ms));
            self.is_moving.set_value(!is_settled);
            if !is_settled {
                self.await_frame();
            }
        });
    }
}
