//! Power spectrum of the rate of a population, by Welch's method: segments that overlap by half, each without its mean
//! and under a Hann window, their periodograms averaged (Welch 1967, doi:10.1109/TAU.1967.1161901).
//!
//! The rate is that of a neuron, the mean over the population, so the spectrum is in (1/s)²/Hz = 1/s. It is the
//! two-sided one, shown for positive frequencies: n independent Poisson neurons of rate r have r/n at every frequency.

use alloc::vec::Vec;

use super::fft::Fft;

/// Width of a bin of the rate, ms: frequencies reach 500 Hz.
pub const SPECTRUM_BIN_MS: f64 = 1.0;
/// Bins of a segment: frequencies are about 1 Hz apart.
pub const SPECTRUM_SEGMENT: usize = 1024;

/// Spike counts of every population in bins, and the mean of their periodograms.
#[derive(Clone, Debug)]
pub struct Spectrum {
    fft: Fft,
    window: Vec<f64>,
    bin_s: f64,
    /// Bins in the present segment.
    filled: usize,
    segments: u64,
    populations: Vec<Power>,
}

#[derive(Clone, Debug)]
struct Power {
    neurons: f64,
    counts: Vec<u32>,
    sum: Vec<f64>,
}

impl Spectrum {
    /// Bytes for each population.
    pub const BYTES_PER_POPULATION: usize =
        core::mem::size_of::<Power>() + SPECTRUM_SEGMENT * 4 + (SPECTRUM_SEGMENT / 2 + 1) * 8;

    /// For populations of so many neurons, in bins of `bin_ms`.
    pub fn new(neurons: impl Iterator<Item = usize>, bin_ms: f64) -> Spectrum {
        let turn = |k| core::f64::consts::TAU * k as f64 / SPECTRUM_SEGMENT as f64;
        let power = |neurons: usize| Power {
            neurons: neurons as f64,
            counts: alloc::vec![0; SPECTRUM_SEGMENT],
            sum: alloc::vec![0.0; SPECTRUM_SEGMENT / 2 + 1],
        };
        Spectrum {
            fft: Fft::new(SPECTRUM_SEGMENT),
            window: (0..SPECTRUM_SEGMENT).map(|k| 0.5 - 0.5 * libm::cos(turn(k))).collect(),
            bin_s: bin_ms / 1000.0,
            filled: 0,
            segments: 0,
            populations: neurons.map(power).collect(),
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        (self.filled, self.segments) = (0, 0);
        for population in &mut self.populations {
            population.counts.fill(0);
            population.sum.fill(0.0);
        }
    }

    /// Notes a spike in the present bin.
    pub fn spike(&mut self, population: usize) {
        self.populations[population].counts[self.filled] += 1;
    }

    /// Ends the present bin.
    pub fn finish_bin(&mut self) {
        self.filled += 1;
        if self.filled < SPECTRUM_SEGMENT {
            return;
        }
        self.segments += 1;
        let half = SPECTRUM_SEGMENT / 2;
        let mut points = Vec::with_capacity(SPECTRUM_SEGMENT);
        for Power { counts, sum, .. } in &mut self.populations {
            let mean = counts.iter().map(|&count| f64::from(count)).sum::<f64>() / SPECTRUM_SEGMENT as f64;
            points.clear();
            points.extend(counts.iter().zip(&self.window).map(|(&count, w)| ((f64::from(count) - mean) * w, 0.0)));
            self.fft.transform(&mut points);
            sum.iter_mut().zip(&points).for_each(|(sum, (re, im))| *sum += re * re + im * im);
            counts.copy_within(half.., 0);
            counts[half..].fill(0);
        }
        self.filled = half;
    }

    /// Segments measured.
    pub fn segments(&self) -> u64 {
        self.segments
    }

    /// From one frequency to the next, Hz; the first is zero.
    pub fn step_hz(&self) -> f64 {
        1.0 / (SPECTRUM_SEGMENT as f64 * self.bin_s)
    }

    /// The spectrum of a population, 1/s, at multiples of [`Spectrum::step_hz`]; empty before the first segment is full.
    pub fn power(&self, population: usize) -> Vec<f64> {
        let Power { neurons, sum, .. } = &self.populations[population];
        let squares = self.window.iter().map(|w| w * w).sum::<f64>();
        let scale = neurons * neurons * self.bin_s * squares * self.segments as f64;
        if self.segments == 0 { Vec::new() } else { sum.iter().map(|sum| sum / scale).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::trains;

    /// The spectrum of trains with steps of 0.1 ms.
    fn measured(trains: &[Vec<u64>], until: u64) -> Spectrum {
        let mut spectrum = Spectrum::new([trains.len()].into_iter(), 1.0);
        let counts: Vec<_> = trains.iter().map(|train| trains::counts(train, 10, (until / 10) as usize)).collect();
        for bin in 0..(until / 10) as usize {
            for train in &counts {
                (0..train[bin]).for_each(|_| spectrum.spike(0));
            }
            spectrum.finish_bin();
        }
        spectrum
    }

    fn mean(power: &[f64]) -> f64 {
        power.iter().sum::<f64>() / power.len() as f64
    }

    /// Ten Poisson neurons of 20 Hz: 2/s at every frequency.
    #[test]
    fn poisson_trains_are_flat_at_rate_over_neurons() {
        let trains: Vec<_> = (0..10).map(|i| trains::gamma(1, 500.0, 2_000_000, i)).collect();
        let spectrum = measured(&trains, 2_000_000);
        assert_eq!(spectrum.segments(), 389);
        let power = spectrum.power(0);
        for band in [2..50, 50..200, 200..500] {
            let got = mean(&power[band.clone()]);
            assert!((got / 2.0 - 1.0).abs() < 0.03, "{band:?}: {got}");
        }
    }

    /// A gamma process of order k fires at rate r; at frequencies far below r its spectrum is r·CV² = r/k.
    #[test]
    fn gamma_trains_have_less_power_at_low_frequencies() {
        let trains: Vec<_> = (0..10).map(|i| trains::gamma(4, 50.0, 1_000_000, i)).collect();
        let power = measured(&trains, 1_000_000).power(0);
        let got = mean(&power[2..15]);
        assert!((got / 5.0 - 1.0).abs() < 0.06, "{got}");
    }

    /// A rate r·(1 + sin 2πft) has all its power but the flat part at f: r²/4, spread by the window over its equivalent
    /// noise bandwidth, 1.5 steps.
    #[test]
    fn a_rhythm_stands_at_its_frequency() {
        let mut spectrum = Spectrum::new([1].into_iter(), 1.0);
        let step = spectrum.step_hz();
        for bin in 0..SPECTRUM_SEGMENT * 4 {
            let phase = core::f64::consts::TAU * 40.0 * step * bin as f64 / 1000.0;
            (0..libm::round(1000.0 * (1.0 + libm::sin(phase))) as u32).for_each(|_| spectrum.spike(0));
            spectrum.finish_bin();
        }
        let power = spectrum.power(0);
        let highest = (0..power.len()).max_by(|&a, &b| power[a].total_cmp(&power[b])).unwrap();
        assert_eq!(highest, 40);
        let (rate, got) = (1e6, power[38..43].iter().sum::<f64>() * step);
        assert!((got / (rate * rate / 4.0) - 1.0).abs() < 1e-3, "{got}");
    }

    #[test]
    fn nothing_is_said_before_a_segment_is_full() {
        let mut spectrum = Spectrum::new([1].into_iter(), 1.0);
        (1..SPECTRUM_SEGMENT).for_each(|_| spectrum.finish_bin());
        assert!(spectrum.power(0).is_empty());
        spectrum.finish_bin();
        assert_eq!(spectrum.power(0).len(), SPECTRUM_SEGMENT / 2 + 1);
    }
}
