//! Common spatial patterns: mixtures of channels whose power tells the classes apart, and LDA on its logarithm.

use alloc::{boxed::Box, vec, vec::Vec};

use super::{Butterworth, Decoder, Decodes, Discriminant, Learned, Trained, Training, matrix::Matrix};
use crate::{
    bci::Recording,
    param::{Param, Range, linear},
    text::{Text, text},
    units::Unit,
};

pub static DECODER: Decoder = Decoder {
    name: "csp_lda",
    title: text("CSP + LDA", "CSP + LDA"),
    doc: text(
        "Mixes channels so that the power of the mixtures differs most between the classes.",
        "把通道线性组合，使组合信号的功率在类别之间差别最大。",
    ),
    source: "Blankertz et al. (2008), doi:10.1109/MSP.2008.4408441",
    decodes: Decodes::Classes,
    params: &[
        hertz("from", 8.0, text("Lower end of the band.", "频带下限。")),
        hertz("to", 30.0, text("Upper end of the band.", "频带上限。")),
        Param {
            name: "begin",
            unit: Unit::Millisecond,
            default: 500.0,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 4000.0),
            doc: text("What comes before in a trial is not counted.", "试次中此前的部分不计入。"),
        },
        Param {
            name: "patterns",
            unit: Unit::Count,
            default: 3.0,
            range: Range::between(1.0, 16.0),
            slider: linear(1.0, 8.0),
            doc: text("Mixtures for each class.", "每个类别的组合数。"),
        },
    ],
    choices: &[(3, &[1.0, 2.0, 3.0])],
    start,
};

const fn hertz(name: &'static str, default: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Hertz, default, range: Range::NON_NEGATIVE, slider: linear(0.0, 100.0), doc }
}

fn start(recording: &Recording, values: &[f64], _seed: u32) -> Box<dyn Training> {
    let (channels, rate) = (recording.channels, 1000.0 / recording.bin_ms);
    let mut csp = CspLda {
        filters: [
            Butterworth::new(channels, rate, values[0], false),
            Butterworth::new(channels, rate, values[1], true),
        ],
        begin: libm::round(values[2] / recording.bin_ms) as usize,
        at: 0,
        covariance: Matrix::zeros(channels, channels),
        patterns: Matrix::zeros(0, channels),
        discriminant: Discriminant { weights: Matrix::zeros(0, 0), offsets: Vec::new() },
    };
    let mut trials = Vec::new();
    for (i, segment) in recording.segments.iter().enumerate() {
        csp.reset();
        segment.bins.clone().for_each(|bin| csp.push(recording.bin(bin)));
        trials.extend(recording.class(i).map(|class| (csp.normed(), class)));
    }
    let of_class = |class: usize| {
        let own = trials.iter().filter(|(_, c)| *c == class);
        let count = own.clone().count().max(1) as f64;
        own.fold(Matrix::zeros(channels, channels), |sum, (trial, _)| sum.plus(1.0 / count, trial))
    };
    let means: Vec<Matrix> = (0..recording.outputs()).map(of_class).collect();
    let all = means.iter().fold(Matrix::zeros(channels, channels), |sum, mean| sum.plus(1.0, mean));
    let wanted = (values[3] as usize).clamp(1, channels);
    for mean in &means {
        let (_, vectors) = mean.eigen_in(&all);
        csp.patterns.data.extend_from_slice(&vectors.data[..wanted * channels]);
        csp.patterns.rows += wanted;
    }
    let rows: Vec<Vec<f64>> = trials.iter().map(|(trial, _)| csp.features(trial)).collect();
    let features = Matrix::from_fn(rows.len(), csp.patterns.rows, |r, c| rows[r][c]);
    let classes: Vec<usize> = trials.iter().map(|(_, class)| *class).collect();
    csp.discriminant = Discriminant::new(&features, &classes, recording.outputs());
    csp.reset();
    Box::new(Learned(csp))
}

struct CspLda {
    filters: [Butterworth; 2],
    begin: usize,
    at: usize,
    /// Sum over the trial so far.
    covariance: Matrix,
    patterns: Matrix,
    discriminant: Discriminant,
}

impl CspLda {
    /// The covariance of the trial so far, with trace 1.
    fn normed(&self) -> Matrix {
        let trace = self.covariance.trace().max(f64::MIN_POSITIVE);
        Matrix::zeros(self.covariance.rows, self.covariance.cols).plus(1.0 / trace, &self.covariance)
    }

    /// The logarithm of the power of every mixture.
    fn features(&self, covariance: &Matrix) -> Vec<f64> {
        let mixed = self.patterns.times(covariance);
        let power = |r: usize| super::matrix::dot(mixed.row(r), self.patterns.row(r));
        (0..self.patterns.rows).map(|r| libm::log(power(r).max(1e-300))).collect()
    }
}

impl Trained for CspLda {
    fn reset(&mut self) {
        self.filters.iter_mut().for_each(Butterworth::reset);
        self.at = 0;
        self.covariance.data.fill(0.0);
    }

    fn push(&mut self, bin: &[f32]) {
        let mut filtered: Vec<f64> = bin.iter().map(|&x| f64::from(x)).collect();
        self.filters.iter_mut().for_each(|filter| filter.step(&mut filtered));
        if self.at >= self.begin {
            self.covariance.add_outer(&filtered, &filtered);
        }
        self.at += 1;
    }

    fn output(&self) -> Vec<f64> {
        if self.at <= self.begin {
            return vec![0.0; self.discriminant.offsets.len()];
        }
        self.discriminant.scores(&self.features(&self.normed()))
    }
}
