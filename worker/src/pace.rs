//! `Pace`: how many steps are due at a moment. It turns wall-clock time into model time and tells what was reached.

/// Wall-clock time in ms that may be owed at most. What is behind by more is forgiven, or a tab that slept would race.
const LARGEST_DEBT_MS: f64 = 100.0;
/// Wall-clock time in ms over which the reached speed is measured: long enough to be steady, short enough to follow.
const WINDOW_MS: f64 = 400.0;

/// When to step.
#[derive(Clone, Debug)]
pub struct Pace {
    speed: Option<f64>,
    playing: bool,
    until: Option<u64>,
    anchor: (f64, u64),
    window: (f64, u64),
    reached: f64,
    dt_ms: f64,
}

impl Pace {
    /// Standing still, at real time, for steps of `dt_ms`.
    pub fn new(dt_ms: f64) -> Pace {
        Pace { speed: Some(1.0), playing: false, until: None, anchor: (0.0, 0), window: (0.0, 0), reached: 0.0, dt_ms }
    }

    /// Starts a run of a network with steps of `dt_ms` at step zero; whether and how fast it plays stays.
    pub fn restart(&mut self, dt_ms: f64, now_ms: f64) {
        self.dt_ms = dt_ms;
        self.until = None;
        self.mark(now_ms, 0);
    }

    /// Whether it runs.
    pub fn playing(&self) -> bool {
        self.playing
    }

    /// Model time per time that was reached lately; zero when it stands still.
    pub fn reached(&self) -> f64 {
        if self.playing { self.reached } else { 0.0 }
    }

    /// Runs, until step `until` if there is one.
    pub fn play(&mut self, until: Option<u64>, now_ms: f64, step: u64) {
        self.until = until;
        self.playing = until.is_none_or(|until| until > step);
        self.mark(now_ms, step);
    }

    /// Stands still.
    pub fn pause(&mut self) {
        (self.playing, self.until) = (false, None);
    }

    /// Sets model time per time; `None` is as fast as it can.
    pub fn set_speed(&mut self, speed: Option<f64>, now_ms: f64, step: u64) {
        self.speed = speed;
        self.mark(now_ms, step);
    }

    /// The number of steps that are due; `u64::MAX` when there is no limit.
    pub fn due(&mut self, now_ms: f64, step: u64) -> u64 {
        if !self.playing {
            return 0;
        }
        let due = match self.speed {
            None => u64::MAX,
            Some(speed) => {
                let ms_per_step = self.dt_ms / speed;
                let target = self.anchor.1 as f64 + (now_ms - self.anchor.0) / ms_per_step;
                let owed = (target - step as f64).max(0.0);
                if owed * ms_per_step > LARGEST_DEBT_MS {
                    self.anchor = (now_ms - LARGEST_DEBT_MS, step);
                    (LARGEST_DEBT_MS / ms_per_step) as u64
                } else {
                    owed as u64
                }
            }
        };
        self.until.map_or(due, |until| due.min(until.saturating_sub(step)))
    }

    /// Notes that `step` steps have been made; stands still when the end of the run is reached.
    pub fn made(&mut self, now_ms: f64, step: u64) {
        let elapsed = now_ms - self.window.0;
        if elapsed >= WINDOW_MS {
            self.reached = (step - self.window.1) as f64 * self.dt_ms / elapsed;
            self.window = (now_ms, step);
        }
        if self.until.is_some_and(|until| step >= until) {
            self.pause();
        }
    }

    /// When a step ends at the speed that is asked for; `None` where there is no limit.
    pub fn end_ms(&self, step: u64) -> Option<f64> {
        self.speed.map(|speed| self.anchor.0 + (step as f64 - self.anchor.1 as f64) * self.dt_ms / speed)
    }

    /// Time in ms until the next step is due, when none is due now.
    pub fn wait_ms(&self, now_ms: f64, step: u64) -> f64 {
        let ms_per_step = self.speed.map_or(0.0, |speed| self.dt_ms / speed);
        let next = self.anchor.0 + (step + 1 - self.anchor.1) as f64 * ms_per_step;
        (next - now_ms).max(0.0)
    }

    fn mark(&mut self, now_ms: f64, step: u64) {
        self.anchor = (now_ms, step);
        self.window = (now_ms, step);
        // Until a window has passed, what is asked for is the best guess of what is reached.
        self.reached = self.speed.unwrap_or(self.reached);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_time_is_real_time() {
        let mut pace = Pace::new(0.1);
        assert_eq!(pace.due(50.0, 0), 0, "it stands still at first");
        pace.play(None, 1000.0, 0);
        let mut step = 0;
        for ms in 1..=2000 {
            let now = 1000.0 + f64::from(ms);
            step += pace.due(now, step);
            pace.made(now, step);
        }
        assert!((19_999..=20_000).contains(&step), "{step}");
        assert!((pace.reached() - 1.0).abs() < 0.01);
    }

    #[test]
    fn slow_motion_waits_for_the_next_step() {
        let mut pace = Pace::new(0.1);
        pace.set_speed(Some(0.001), 0.0, 0);
        pace.play(None, 0.0, 0);
        assert_eq!(pace.due(99.0, 0), 0);
        assert!((pace.wait_ms(99.0, 0) - 1.0).abs() < 1e-9);
        assert_eq!(pace.due(100.5, 0), 1);
    }

    #[test]
    fn a_sleep_is_forgiven() {
        let mut pace = Pace::new(0.1);
        pace.play(None, 0.0, 0);
        assert_eq!(pace.due(60_000.0, 0), 1000);
        assert!(pace.due(60_001.0, 1000) <= 11);
    }

    #[test]
    fn a_run_to_a_step_ends_there() {
        let mut pace = Pace::new(0.1);
        pace.set_speed(None, 0.0, 0);
        pace.play(Some(25), 0.0, 5);
        assert_eq!(pace.due(0.0, 5), 20);
        pace.made(1.0, 25);
        assert!(!pace.playing());
        pace.play(Some(20), 2.0, 25);
        assert!(!pace.playing(), "the past cannot be run to");
    }
}
