//! Steady scrolling over unsteady news: model time arrives in lumps, the right edge of the plots moves evenly.
//!
//! The edge trails the newest time by a few frames' worth, never overtakes it, and reaches it exactly when the run
//! stops. The clock is an argument.

/// How far the edge trails, in ms of wall time: two frames of 60 Hz.
const TRAIL_MS: f64 = 33.0;
/// Time constant of the speed estimate, in ms of wall time.
const SPEED_TAU_MS: f64 = 250.0;
/// Time constant with which the trail is corrected, in ms of wall time.
const CORRECT_TAU_MS: f64 = 120.0;
/// No news for this long, in ms of wall time, means that the run stands still.
const STALL_MS: f64 = 120.0;
/// The edge trails by at most this share of the window.
const MAX_TRAIL_SPAN: f64 = 0.05;

/// The moving edge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Follower {
    newest_ms: f64,
    shown_ms: f64,
    /// Newest time at the previous step.
    seen_ms: f64,
    /// Wall times of the previous step and of the latest news, once there is one.
    stepped_at: Option<f64>,
    news_at: Option<f64>,
    /// Model ms per wall ms.
    speed: f64,
}

impl Follower {
    /// The newest time told, in ms. Going back, as at a new run, shows at once.
    pub fn tell(&mut self, newest_ms: f64) {
        if newest_ms < self.newest_ms {
            *self = Self { newest_ms, shown_ms: newest_ms, seen_ms: newest_ms, ..Self::default() };
        }
        self.newest_ms = newest_ms;
    }

    /// Moves the edge to where it belongs at wall time `wall_ms` and returns it, in ms of model time. `span_ms` is the
    /// length of the window.
    pub fn step(&mut self, wall_ms: f64, span_ms: f64) -> f64 {
        let elapsed_ms = self.stepped_at.map_or(16.7, |at| (wall_ms - at).clamp(0.0, 100.0));
        self.stepped_at = Some(wall_ms);
        let advance_ms = self.newest_ms - self.seen_ms;
        self.seen_ms = self.newest_ms;
        if advance_ms > 0.0 || self.news_at.is_none() {
            self.news_at = Some(wall_ms);
        }
        if elapsed_ms > 0.0 {
            self.speed += (advance_ms / elapsed_ms - self.speed) * blend(elapsed_ms, SPEED_TAU_MS);
        }
        let lag_ms = self.newest_ms - self.shown_ms;
        let is_stalled = self.news_at.is_some_and(|at| wall_ms - at > STALL_MS);
        let move_ms = if is_stalled {
            self.speed = 0.0;
            // Below a thousandth of the window nobody sees the last jump.
            if lag_ms < 1e-3 * span_ms { lag_ms } else { lag_ms * blend(elapsed_ms, 0.4 * CORRECT_TAU_MS) }
        } else {
            let trail_ms = self.speed * TRAIL_MS;
            self.speed * elapsed_ms + (lag_ms - trail_ms) * blend(elapsed_ms, CORRECT_TAU_MS)
        };
        let earliest_ms = self.newest_ms - MAX_TRAIL_SPAN * span_ms;
        self.shown_ms = (self.shown_ms + move_ms.max(0.0)).max(earliest_ms).min(self.newest_ms);
        self.shown_ms
    }

    /// True when the edge has reached the newest time and nothing is expected: no more steps are needed.
    pub fn is_settled(&self) -> bool {
        self.shown_ms >= self.newest_ms && self.speed == 0.0
    }

    /// True while news keeps coming.
    pub fn is_live(&self) -> bool {
        self.speed > 0.0
    }
}

/// Share of a distance covered in `elapsed_ms` by an exponential approach.
fn blend(elapsed_ms: f64, tau_ms: f64) -> f64 {
    1.0 - (-elapsed_ms / tau_ms).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME_MS: f64 = 1_000.0 / 60.0;

    /// Runs frames in which news comes as `advance(frame)` says; returns the edge after each.
    fn edges(n_frames: usize, advance: impl Fn(usize) -> f64) -> (Follower, Vec<f64>) {
        let mut follower = Follower::default();
        let mut newest_ms = 0.0;
        let edges = (0..n_frames)
            .map(|frame| {
                newest_ms += advance(frame);
                follower.tell(newest_ms);
                let edge = follower.step(frame as f64 * FRAME_MS, 500.0);
                assert!(edge <= newest_ms);
                edge
            })
            .collect();
        (follower, edges)
    }

    #[test]
    fn lumps_become_an_even_pace() {
        // Every second frame brings two frames' worth.
        let (_, edges) = edges(240, |frame| if frame % 2 == 0 { 2.0 * FRAME_MS } else { 0.0 });
        for pair in edges[120..].windows(2) {
            let pace = (pair[1] - pair[0]) / FRAME_MS;
            assert!((0.8..1.2).contains(&pace), "pace {pace}");
        }
    }

    #[test]
    fn stops_exactly_at_the_newest_time() {
        let (follower, edges) = edges(120, |frame| if frame < 60 { FRAME_MS } else { 0.0 });
        let newest_ms = (0..60).fold(0.0, |sum, _| sum + FRAME_MS);
        assert_eq!(edges[119], newest_ms);
        assert!(follower.is_settled() && !follower.is_live());
    }

    #[test]
    fn never_trails_by_more_than_its_share_of_the_window() {
        let (_, edges) = edges(100, |_| 100.0 * FRAME_MS);
        let newest_ms = 100.0 * 100.0 * FRAME_MS;
        assert!(newest_ms - edges[99] <= MAX_TRAIL_SPAN * 500.0 + 1e-9);
    }

    #[test]
    fn a_new_run_shows_at_once() {
        let (mut follower, _) = edges(60, |_| FRAME_MS);
        follower.tell(0.0);
        assert_eq!(follower.step(2_000.0, 500.0), 0.0);
    }
}
