//! A range of the y axis that changes calmly: it grows at once when data would leave it, and shrinks only after the
//! data has needed much less for a while. Its ends lie on ticks, or between them by a fixed share of a tick.

use super::scale::tick_step;

/// Shrinks when less than this share of it is needed ...
const ROOMY: f64 = 0.55;
/// ... for this long, in ms of wall time.
const PATIENCE_MS: f64 = 2_500.0;

/// The range shown and how long it has been too wide.
#[derive(Clone, Copy, Debug)]
pub struct CalmRange {
    /// The ends are multiples of this share of the distance between ticks.
    grain: f64,
    shown: Option<(f64, f64)>,
    roomy_since_ms: Option<f64>,
}

impl CalmRange {
    /// A range without data yet; `grain` is 1 for ends on ticks, 0.5 for ends halfway between them as well.
    pub fn new(grain: f64) -> Self {
        Self { grain, shown: None, roomy_since_ms: None }
    }

    /// The range to show for data that needs `needed`, with about `n_ticks` ticks, at wall time `now_ms`.
    pub fn update(&mut self, needed: (f64, f64), n_ticks: usize, now_ms: f64) -> (f64, f64) {
        let fitting = self.widen(needed, n_ticks);
        let shown = match self.shown {
            Some(shown) if needed.0 <= shown.1 && needed.1 >= shown.0 => shown,
            // The first data, or data of another kind altogether.
            _ => fitting,
        };
        let is_cut = needed.0 < shown.0 || needed.1 > shown.1;
        let is_roomy = fitting.1 - fitting.0 < ROOMY * (shown.1 - shown.0);
        let shown = if is_cut {
            self.roomy_since_ms = None;
            self.widen((needed.0.min(shown.0), needed.1.max(shown.1)), n_ticks)
        } else if !is_roomy {
            self.roomy_since_ms = None;
            shown
        } else if now_ms - *self.roomy_since_ms.get_or_insert(now_ms) > PATIENCE_MS {
            self.roomy_since_ms = None;
            fitting
        } else {
            shown
        };
        self.shown = Some(shown);
        shown
    }

    fn widen(&self, (lo, hi): (f64, f64), n_ticks: usize) -> (f64, f64) {
        // A constant gets a little room, or its axis would have no extent.
        let (lo, hi) = if hi - lo > 1e-9 * hi.abs().max(lo.abs()) {
            (lo, hi)
        } else {
            let room = (0.05 * hi.abs()).max(1e-6);
            (hi - room, hi + room)
        };
        let step = self.grain * tick_step(hi - lo, n_ticks);
        ((lo / step + 1e-9).floor() * step, (hi / step - 1e-9).ceil() * step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_at_once_and_lands_on_ticks() {
        let mut range = CalmRange::new(1.0);
        assert_eq!(range.update((0.0, 7.3), 2, 0.0), (0.0, 10.0));
        assert_eq!(range.update((0.0, 9.9), 2, 16.0), (0.0, 10.0));
        assert_eq!(range.update((0.0, 10.1), 2, 32.0), (0.0, 20.0));
        assert_eq!(CalmRange::new(0.5).update((-60.2, -48.0), 3, 0.0), (-62.5, -47.5));
    }

    #[test]
    fn shrinks_only_after_patience() {
        let mut range = CalmRange::new(1.0);
        range.update((0.0, 95.0), 4, 0.0);
        for frame in 1..100 {
            assert_eq!(range.update((0.0, 9.0), 4, f64::from(frame) * 20.0).1, 100.0);
        }
        assert_eq!(range.update((0.0, 9.0), 4, 5_000.0).1, 10.0);
    }

    #[test]
    fn a_burst_starts_the_wait_anew() {
        let mut range = CalmRange::new(1.0);
        range.update((0.0, 95.0), 4, 0.0);
        range.update((0.0, 9.0), 4, 100.0);
        range.update((0.0, 90.0), 4, 2_000.0);
        assert_eq!(range.update((0.0, 9.0), 4, 3_000.0).1, 100.0);
    }

    #[test]
    fn another_variable_is_taken_at_once() {
        let mut range = CalmRange::new(1.0);
        range.update((-70.0, -50.0), 3, 0.0);
        assert_eq!(range.update((0.0, 1.0), 3, 16.0), (0.0, 1.0));
    }

    #[test]
    fn a_constant_has_an_axis() {
        let (lo, hi) = CalmRange::new(1.0).update((-65.0, -65.0), 3, 0.0);
        assert!(lo < -65.0 && hi > -65.0);
        let (lo, hi) = CalmRange::new(1.0).update((0.0, 0.0), 3, 0.0);
        assert!(lo < hi);
    }
}
