//! Measures of spike trains, taken while a network runs, in memory that does not grow with time.
//!
//! | file | measure | of a Poisson process |
//! |---|---|---|
//! | `interval` | CV and CV2 of the intervals between spikes | 1, 1 |
//! | `histogram` | histogram of the intervals | exponential |
//! | `fano` | Fano factor of counts in windows | 1 |
//! | `correlation` | correlation of the counts of two neurons, at once and at a lag | 0 |
//! | `spectrum` | power spectrum of the rate of a population | flat: rate / neurons |
//! | `psth` | rate by the time since a stimulus began | flat |
//! | `weights`, `weight_course`, `weight_matrix` | how the weights of a projection are spread, go over time, and lie | |
//! | `field` | a proxy of the local field potential | |
//!
//! What costs too much for every neuron is measured on a [`Sample`] of each population.

mod correlation;
mod fano;
mod fft;
mod field;
mod histogram;
mod interval;
mod psth;
mod sample;
mod spectrum;
mod weight_course;
mod weight_matrix;
mod weights;

pub use correlation::{CORRELOGRAM_LAGS, Correlation};
pub use fano::{FANO_WINDOW_MS, Fano};
pub use field::FieldProxy;
pub use histogram::{INTERVAL_BIN_MS, INTERVAL_BINS, IntervalHistogram};
pub use interval::{IntervalMeter, MeanCv};
pub use psth::{Onsets, PSTH_BINS, PSTH_WINDOW_MS, Psth};
pub use sample::{SAMPLED, Sample};
pub use spectrum::{SPECTRUM_BIN_MS, SPECTRUM_SEGMENT, Spectrum};
pub use weight_course::{COURSE_MS, FOLLOWED, QUANTILES, WeightCourse};
pub use weight_matrix::WeightMatrix;
pub use weights::{WEIGHT_BINS, WeightHistogram};

#[cfg(test)]
mod trains;
