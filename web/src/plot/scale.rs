//! Linear and log10 scales between data and pixels, and ticks at 1, 2, 5 times a power of ten.

/// How data is spread over the pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Equal steps are equally far apart.
    Linear,
    /// Equal ratios are equally far apart; data must be positive.
    Log10,
}

/// A mapping of a data range onto a pixel range; either may run backwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    spread: Spread,
    /// Ends of the data range, as they were given.
    data: (f64, f64),
    /// Data at pixel 0 in the straightened unit (log10 of it when logarithmic).
    origin: f64,
    px_per_unit: f64,
}

impl Scale {
    /// Maps `data.0..data.1` evenly onto `px.0..px.1`. An empty data range is widened so that the mapping exists.
    pub fn linear(data: (f64, f64), px: (f64, f64)) -> Self {
        Self::new(Spread::Linear, data, px)
    }

    /// Maps the logarithm of `data.0..data.1` evenly onto `px.0..px.1`. Data must be positive.
    pub fn log10(data: (f64, f64), px: (f64, f64)) -> Self {
        Self::new(Spread::Log10, data, px)
    }

    /// Either of the two.
    pub fn new(spread: Spread, data: (f64, f64), px: (f64, f64)) -> Self {
        let mut ends = (straight(spread, data.0), straight(spread, data.1));
        if (ends.1 - ends.0).abs() < f64::MIN_POSITIVE {
            ends = (ends.0 - 0.5, ends.1 + 0.5);
        }
        // A range of no pixels (a hidden canvas) maps everything to one place and back to one value.
        let px_per_unit = if px.1 == px.0 { 1.0 } else { (px.1 - px.0) / (ends.1 - ends.0) };
        Self { spread, data, origin: ends.0 - px.0 / px_per_unit, px_per_unit }
    }

    /// Where a value lies, in px.
    pub fn px_from_data(&self, value: f64) -> f64 {
        (straight(self.spread, value) - self.origin) * self.px_per_unit
    }

    /// The value at a pixel.
    pub fn data_from_px(&self, px: f64) -> f64 {
        let unit = px / self.px_per_unit + self.origin;
        match self.spread {
            Spread::Linear => unit,
            Spread::Log10 => 10f64.powf(unit),
        }
    }

    /// About `n_wanted` ticks within the data range, ascending.
    pub fn ticks(&self, n_wanted: usize) -> Vec<f64> {
        let (lo, hi) = (self.data.0.min(self.data.1), self.data.0.max(self.data.1));
        match self.spread {
            Spread::Linear => linear_ticks(lo, hi, tick_step(hi - lo, n_wanted)),
            Spread::Log10 => log_ticks(lo, hi, n_wanted),
        }
    }
}

fn straight(spread: Spread, value: f64) -> f64 {
    match spread {
        Spread::Linear => value,
        Spread::Log10 => value.max(f64::MIN_POSITIVE).log10(),
    }
}

/// The step, 1, 2 or 5 times a power of ten, that gives at most `n_wanted` intervals in a range.
pub fn tick_step(range: f64, n_wanted: usize) -> f64 {
    let rough = range.abs() / n_wanted.max(1) as f64;
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    // 1e-9 forgives rounding in the logarithm.
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * power >= rough * (1.0 - 1e-9)).unwrap_or(10.0);
    factor * power
}

/// All multiples of `step` in `lo..=hi`, ascending; none when that would be more than a thousand.
pub fn linear_ticks(lo: f64, hi: f64, step: f64) -> Vec<f64> {
    let (first, last) = ((lo / step - 1e-9).ceil(), (hi / step + 1e-9).floor());
    if !(last - first).is_finite() || last - first > 1_000.0 || last < first {
        return Vec::new();
    }
    // Adding 0.0 turns -0.0 into 0.0.
    (0..=(last - first) as i64).map(|i| (first + i as f64) * step + 0.0).collect()
}

fn log_ticks(lo: f64, hi: f64, n_wanted: usize) -> Vec<f64> {
    let (first, last) =
        (lo.max(f64::MIN_POSITIVE).log10().floor() as i32, hi.max(f64::MIN_POSITIVE).log10().ceil() as i32);
    let n_decades = (last - first).max(1) as usize;
    let factors: &[f64] = if n_decades * 3 <= n_wanted.max(3) { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let every = n_decades.div_ceil(n_wanted.max(1)) as i32;
    (first..=last)
        .filter(|decade| decade.rem_euclid(every) == 0)
        .flat_map(|decade| factors.iter().map(move |factor| factor * 10f64.powi(decade)))
        .filter(|&tick| tick >= lo * (1.0 - 1e-9) && tick <= hi * (1.0 + 1e-9))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_and_data_are_inverse_both_ways_and_backwards() {
        for scale in [
            Scale::linear((-70.0, -50.0), (300.0, 10.0)),
            Scale::linear((1e6, 1e6 + 500.0), (50.0, 1_450.0)),
            Scale::log10((0.1, 1_000.0), (50.0, 450.0)),
        ] {
            for px in [50.0, 123.4, 299.0] {
                assert!((scale.px_from_data(scale.data_from_px(px)) - px).abs() < 1e-6, "{scale:?} at {px}");
            }
        }
    }

    #[test]
    fn ends_map_to_ends() {
        let scale = Scale::log10((1.0, 100.0), (0.0, 200.0));
        assert!((scale.px_from_data(10.0) - 100.0).abs() < 1e-9);
        let scale = Scale::linear((5.0, 5.0), (0.0, 10.0));
        assert!((scale.px_from_data(5.0) - 5.0).abs() < 1e-9);
        assert!(Scale::linear((0.0, 1.0), (7.0, 7.0)).data_from_px(7.0).is_finite());
    }

    #[test]
    fn steps_are_one_two_five() {
        for (range, n, step) in [
            (500.0, 5, 100.0),
            (500.0, 6, 100.0),
            (20.0, 5, 5.0),
            (0.03, 3, 0.01),
            (7.0, 5, 2.0),
            (0.0, 5, 1.0),
            (9.9, 1, 10.0),
        ] {
            assert!(
                (tick_step(range, n) - step).abs() < 1e-12 * step.max(1.0),
                "{range} in {n}: {}",
                tick_step(range, n)
            );
        }
    }

    #[test]
    fn ticks_stay_inside_and_include_the_ends() {
        assert_eq!(Scale::linear((0.0, 10.0), (0.0, 1.0)).ticks(2), [0.0, 5.0, 10.0]);
        assert_eq!(Scale::linear((-0.3, 0.3), (0.0, 1.0)).ticks(3).len(), 3);
        assert!(Scale::linear((-1.0, 1.0), (0.0, 1.0)).ticks(4).iter().all(|t| t.is_sign_positive() || *t < 0.0));
        assert!(linear_ticks(0.0, 1e9, 1.0).is_empty());
    }

    #[test]
    fn log_ticks_thin_out() {
        assert_eq!(Scale::log10((1.0, 100.0), (0.0, 1.0)).ticks(8).len(), 7);
        let decades = Scale::log10((1e-6, 1e6), (0.0, 1.0)).ticks(4);
        assert!(decades.len() <= 5 && decades.len() >= 3, "{decades:?}");
    }
}
