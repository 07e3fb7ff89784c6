//! Population vector: every channel votes for its preferred direction, as loudly as it is above its baseline.

use alloc::{boxed::Box, vec::Vec};

use super::{
    Decoder, Decodes, Learned, Trained, Training,
    features::{History, bins_of, column_means, moments, targets},
    matrix::{Matrix, add_scaled, dot},
};
use crate::{
    bci::Recording,
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub static DECODER: Decoder = Decoder {
    name: "population_vector",
    title: text("Population vector", "群体向量"),
    doc: text(
        "Each channel votes for its preferred direction, as strongly as it is above its baseline.",
        "每个通道按其高于基线的程度，为自己的偏好方向投票。",
    ),
    source: "Georgopoulos et al. (1986), doi:10.1126/science.3749885",
    decodes: Decodes::Values,
    params: &[Param {
        name: "window",
        unit: Unit::Millisecond,
        default: 200.0,
        range: Range::between(1.0, 2000.0),
        slider: linear(20.0, 1000.0),
        doc: text("Time that activity is averaged over.", "对活动求平均的时长。"),
    }],
    choices: &[(0, &[100.0, 200.0, 300.0])],
    start,
};

fn start(recording: &Recording, values: &[f64], _seed: u32) -> Box<dyn Training> {
    let (mean, spread) = moments(recording);
    let mut history = History::new(mean, bins_of(values[0], recording.bin_ms));
    let (y, rows) = (targets(recording), history.rows(recording));
    let y_mean = column_means(&y);
    let (d, n) = (y.cols, recording.channels);
    let activity: Vec<Vec<f64>> = (0..rows.rows).map(|r| average(rows.row(r), n)).collect();
    let (mut yy, mut zy) = (Matrix::zeros(d, d), Matrix::zeros(n, d));
    for (r, z) in activity.iter().enumerate() {
        let centred: Vec<f64> = y.row(r).iter().zip(&y_mean).map(|(y, m)| y - m).collect();
        yy.add_outer(&centred, &centred);
        zy.add_outer(z, &centred);
    }
    // The tuning of each channel; its direction, of length one, divided by its spread.
    let mut votes = yy.solve_symmetric(&zy.transposed()).transposed();
    for (c, spread) in spread.iter().enumerate() {
        let length = libm::sqrt(dot(votes.row(c), votes.row(c)));
        let scale = if length > 0.0 { 1.0 / (length * spread * n as f64) } else { 0.0 };
        votes.row_mut(c).iter_mut().for_each(|x| *x *= scale);
    }
    let votes = votes.transposed();
    // One factor for each number turns votes into its unit.
    let mut sums = alloc::vec![(0.0, 0.0); d];
    for (r, z) in activity.iter().enumerate() {
        for (k, vote) in votes.times_column(z).into_iter().enumerate() {
            sums[k] = (sums[k].0 + vote * (y[(r, k)] - y_mean[k]), sums[k].1 + vote * vote);
        }
    }
    let factors = sums.iter().map(|(xy, xx)| if *xx > 0.0 { xy / xx } else { 0.0 }).collect();
    Box::new(Learned(PopulationVector { history, channels: n, votes, factors, y_mean }))
}

/// The mean over the bins kept.
fn average(row: &[f64], channels: usize) -> Vec<f64> {
    let mut sum = alloc::vec![0.0; channels];
    row.chunks(channels).for_each(|bin| add_scaled(&mut sum, channels as f64 / row.len() as f64, bin));
    sum
}

struct PopulationVector {
    history: History,
    channels: usize,
    votes: Matrix,
    factors: Vec<f64>,
    y_mean: Vec<f64>,
}

impl Trained for PopulationVector {
    fn reset(&mut self) {
        self.history.reset();
    }

    fn push(&mut self, bin: &[f32]) {
        self.history.push(bin);
    }

    fn output(&self) -> Vec<f64> {
        let votes = self.votes.times_column(&average(&self.history.row(), self.channels));
        (0..votes.len()).map(|k| votes[k] * self.factors[k] + self.y_mean[k]).collect()
    }
}
