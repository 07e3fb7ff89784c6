//! Pointers into gestures: drag, pinch, tap, double tap. Plain arithmetic; positions are css px on the canvas.

/// Movement that turns a press of a mouse into a drag, in px.
const SLOP_FINE_PX: f64 = 4.0;
/// The same for a finger.
const SLOP_COARSE_PX: f64 = 10.0;
/// A second tap within this time, in ms, and this distance, in px, is a double tap.
const DOUBLE_MS: f64 = 350.0;
const DOUBLE_PX: f64 = 24.0;
/// Fingers closer than this, in px, pinch as if they were this far apart.
const PINCH_MIN_PX: f64 = 20.0;

/// What the pointers ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// Nothing yet.
    Idle,
    /// Move the picture to the right by this many px.
    Drag { dx_px: f64 },
    /// Move it, and multiply what the window spans by `factor` about `x_px`.
    Pinch { dx_px: f64, factor: f64, x_px: f64 },
    /// A press and release in one place.
    Tap { x_px: f64, y_px: f64 },
    /// The second of two quick taps.
    DoubleTap,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Pointer {
    id: i32,
    x: f64,
    y: f64,
}

/// The pointers that are down, at most two.
#[derive(Clone, Debug, Default)]
pub struct Pointers {
    down: Vec<Pointer>,
    start: (f64, f64),
    slop_px: f64,
    has_moved: bool,
    /// Time in ms and place of the last tap.
    last_tap: Option<(f64, f64, f64)>,
}

impl Pointers {
    /// A pointer touches; `is_coarse` for a finger.
    pub fn press(&mut self, id: i32, x: f64, y: f64, is_coarse: bool) {
        self.down.retain(|pointer| pointer.id != id);
        if self.down.len() == 2 {
            return;
        }
        if self.down.is_empty() {
            self.start = (x, y);
            self.slop_px = if is_coarse { SLOP_COARSE_PX } else { SLOP_FINE_PX };
            self.has_moved = false;
        } else {
            self.has_moved = true;
        }
        self.down.push(Pointer { id, x, y });
    }

    /// A pointer moves; those that are not down are ignored.
    pub fn drag(&mut self, id: i32, x: f64, y: f64) -> Gesture {
        let before = self.down.clone();
        let Some(moving) = self.down.iter_mut().find(|pointer| pointer.id == id) else {
            return Gesture::Idle;
        };
        if !self.has_moved && (x - self.start.0).hypot(y - self.start.1) < self.slop_px {
            return Gesture::Idle;
        }
        self.has_moved = true;
        (moving.x, moving.y) = (x, y);
        match (before.as_slice(), self.down.as_slice()) {
            ([was], [is]) => Gesture::Drag { dx_px: is.x - was.x },
            ([was_a, was_b], [a, b]) => Gesture::Pinch {
                dx_px: 0.5 * (a.x + b.x - was_a.x - was_b.x),
                factor: distance(was_a, was_b) / distance(a, b),
                x_px: 0.5 * (a.x + b.x),
            },
            _ => Gesture::Idle,
        }
    }

    /// A pointer lifts at wall time `now_ms`.
    pub fn release(&mut self, id: i32, now_ms: f64) -> Gesture {
        let is_last = self.down.len() == 1 && self.down[0].id == id;
        self.down.retain(|pointer| pointer.id != id);
        if !is_last || self.has_moved {
            return Gesture::Idle;
        }
        let (x, y) = self.start;
        let is_second = self.last_tap.is_some_and(|(at_ms, last_x, last_y)| {
            now_ms - at_ms < DOUBLE_MS && (x - last_x).hypot(y - last_y) < DOUBLE_PX
        });
        self.last_tap = (!is_second).then_some((now_ms, x, y));
        if is_second { Gesture::DoubleTap } else { Gesture::Tap { x_px: x, y_px: y } }
    }

    /// The browser took the pointer away, as for scrolling the page.
    pub fn cancel(&mut self, id: i32) {
        self.down.retain(|pointer| pointer.id != id);
        self.has_moved = true;
    }
}

fn distance(a: &Pointer, b: &Pointer) -> f64 {
    (a.x - b.x).hypot(a.y - b.y).max(PINCH_MIN_PX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_press_is_a_tap_and_two_are_a_double() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0, 50.0, false);
        assert_eq!(pointers.drag(1, 102.0, 51.0), Gesture::Idle);
        assert_eq!(pointers.release(1, 1_000.0), Gesture::Tap { x_px: 100.0, y_px: 50.0 });
        pointers.press(1, 101.0, 50.0, false);
        assert_eq!(pointers.release(1, 1_200.0), Gesture::DoubleTap);
        pointers.press(1, 101.0, 50.0, false);
        assert_eq!(pointers.release(1, 1_300.0), Gesture::Tap { x_px: 101.0, y_px: 50.0 });
    }

    #[test]
    fn a_drag_pans_by_all_of_its_way_and_is_no_tap() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0, 50.0, false);
        let mut total = 0.0;
        for x in [102.0, 105.0, 130.0, 90.0] {
            if let Gesture::Drag { dx_px } = pointers.drag(1, x, 50.0) {
                total += dx_px;
            }
        }
        assert_eq!(total, -10.0);
        assert_eq!(pointers.release(1, 0.0), Gesture::Idle);
    }

    #[test]
    fn two_fingers_pinch_about_their_middle() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0, 50.0, true);
        pointers.press(2, 200.0, 50.0, true);
        assert_eq!(pointers.drag(2, 300.0, 50.0), Gesture::Pinch { dx_px: 50.0, factor: 0.5, x_px: 200.0 });
        pointers.press(3, 0.0, 0.0, true);
        assert_eq!(pointers.drag(3, 9.0, 9.0), Gesture::Idle);
        assert_eq!(pointers.release(1, 0.0), Gesture::Idle);
        assert_eq!(pointers.drag(2, 310.0, 50.0), Gesture::Drag { dx_px: 10.0 });
        assert_eq!(pointers.release(2, 0.0), Gesture::Idle);
    }

    #[test]
    fn a_cancelled_pointer_does_nothing_more() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0, 50.0, true);
        pointers.cancel(1);
        assert_eq!(pointers.drag(1, 200.0, 50.0), Gesture::Idle);
        assert_eq!(pointers.release(1, 0.0), Gesture::Idle);
    }
}
