//! Which stretch of model time the plots show: following the newest, or frozen. Plain arithmetic.

/// Shortest span that can be shown, in ms.
pub const SPAN_MIN_MS: f64 = 10.0;
/// Longest span that can be shown, in ms; a little less than `History` holds by default.
pub const SPAN_MAX_MS: f64 = 20_000.0;
/// Span at the start and after a reset, in ms.
pub const SPAN_DEFAULT_MS: f64 = 500.0;

/// The window shown. It never begins before 0 ms and never ends after the newest time, except that a run shorter
/// than the span fills the window from the left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeWindow {
    span_ms: f64,
    newest_ms: f64,
    /// Where a frozen window ends; none while it follows.
    frozen_end_ms: Option<f64>,
}

impl Default for TimeWindow {
    fn default() -> Self {
        Self { span_ms: SPAN_DEFAULT_MS, newest_ms: 0.0, frozen_end_ms: None }
    }
}

impl TimeWindow {
    /// First and last time shown, in ms.
    pub fn range_ms(&self) -> (f64, f64) {
        let end_ms = self.frozen_end_ms.unwrap_or(self.latest_end_ms());
        (end_ms - self.span_ms, end_ms)
    }

    /// Length of the window, in ms.
    pub fn span_ms(&self) -> f64 {
        self.span_ms
    }

    /// Whether new data moves the window.
    pub fn is_following(&self) -> bool {
        self.frozen_end_ms.is_none()
    }

    /// Sets the newest time there is to show. Going back (a new run) follows again.
    pub fn set_newest(&mut self, newest_ms: f64) {
        if newest_ms < self.newest_ms {
            self.frozen_end_ms = None;
        }
        self.newest_ms = newest_ms;
    }

    /// Follows the newest time, keeping the span.
    pub fn follow(&mut self) {
        self.frozen_end_ms = None;
    }

    /// Follows the newest time with the default span.
    pub fn reset(&mut self) {
        *self = Self { newest_ms: self.newest_ms, ..Self::default() };
    }

    /// Freezes at a window, as far as it is allowed.
    pub fn show(&mut self, t0_ms: f64, t1_ms: f64) {
        self.span_ms = (t1_ms - t0_ms).clamp(SPAN_MIN_MS, SPAN_MAX_MS);
        self.freeze_at(t1_ms);
    }

    /// Moves the window by `by_ms` (negative: into the past). At the newest end it follows again.
    pub fn pan(&mut self, by_ms: f64) {
        self.freeze_at(self.range_ms().1 + by_ms);
    }

    /// Multiplies the span by `factor`, holding what lies at `fraction` (0: left edge, 1: right edge) in place.
    pub fn zoom(&mut self, factor: f64, fraction: f64) {
        let (t0_ms, _) = self.range_ms();
        let held_ms = t0_ms + fraction * self.span_ms;
        self.span_ms = (self.span_ms * factor).clamp(SPAN_MIN_MS, SPAN_MAX_MS);
        self.freeze_at(held_ms + (1.0 - fraction) * self.span_ms);
    }

    /// Multiplies the span by `factor` and stays at the newest end: for zooming while data pours in.
    pub fn zoom_following(&mut self, factor: f64) {
        self.span_ms = (self.span_ms * factor).clamp(SPAN_MIN_MS, SPAN_MAX_MS);
    }

    fn latest_end_ms(&self) -> f64 {
        self.newest_ms.max(self.span_ms)
    }

    fn freeze_at(&mut self, end_ms: f64) {
        // A thousandth of the span is less than a pixel or two: close enough to count as reached.
        let is_newest = end_ms >= self.latest_end_ms() - 1e-3 * self.span_ms;
        self.frozen_end_ms = (!is_newest).then_some(end_ms.max(self.span_ms));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(newest_ms: f64) -> TimeWindow {
        let mut window = TimeWindow::default();
        window.set_newest(newest_ms);
        window
    }

    #[test]
    fn fills_from_the_left_then_scrolls() {
        assert_eq!(at(0.0).range_ms(), (0.0, 500.0));
        assert_eq!(at(300.0).range_ms(), (0.0, 500.0));
        assert_eq!(at(1_234.5).range_ms(), (734.5, 1_234.5));
    }

    #[test]
    fn zoom_holds_the_time_under_the_pointer() {
        let mut window = at(2_000.0);
        window.pan(-500.0);
        for (factor, fraction) in [(0.5, 0.25), (1.7, 0.9), (0.1, 0.5)] {
            let (t0, t1) = window.range_ms();
            let held = t0 + fraction * (t1 - t0);
            window.zoom(factor, fraction);
            let (t0, t1) = window.range_ms();
            assert!((t0 + fraction * (t1 - t0) - held).abs() < 1e-9);
            assert!(!window.is_following());
        }
    }

    #[test]
    fn the_span_has_ends() {
        let mut window = at(100_000.0);
        window.zoom(1e-9, 0.5);
        assert_eq!(window.span_ms(), SPAN_MIN_MS);
        window.zoom(1e9, 0.5);
        assert_eq!(window.span_ms(), SPAN_MAX_MS);
    }

    #[test]
    fn dragging_to_the_newest_end_follows_again() {
        let mut window = at(2_000.0);
        window.pan(-100.0);
        window.set_newest(2_050.0);
        assert_eq!(window.range_ms(), (1_400.0, 1_900.0));
        window.pan(149.0);
        assert!(!window.is_following());
        window.pan(20.0);
        assert!(window.is_following());
        assert_eq!(window.range_ms().1, 2_050.0);
    }

    #[test]
    fn never_before_zero() {
        let mut window = at(2_000.0);
        window.pan(-1e6);
        assert_eq!(window.range_ms(), (0.0, 500.0));
        window.zoom(2.0, 1.0);
        assert_eq!(window.range_ms(), (0.0, 1_000.0));
    }

    #[test]
    fn a_new_run_follows() {
        let mut window = at(2_000.0);
        window.pan(-100.0);
        window.set_newest(0.0);
        assert!(window.is_following());
        assert_eq!(window.range_ms(), (0.0, 500.0));
    }

    #[test]
    fn show_and_reset() {
        let mut window = at(5_000.0);
        window.show(1_000.0, 1_200.0);
        assert_eq!(window.range_ms(), (1_000.0, 1_200.0));
        window.reset();
        assert_eq!(window.range_ms(), (4_500.0, 5_000.0));
    }
}
