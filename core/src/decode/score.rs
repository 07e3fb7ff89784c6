//! `Score`: how well a decoder did, in the field's measures.

use alloc::{vec, vec::Vec};
use serde::{Deserialize, Serialize};

use super::Trained;
use crate::bci::{Recording, Target};

/// How well a decoder did on segments that it had not seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Score {
    /// R² of each number, 1 - residual / variance about the mean (population variance, as NeuroBench).
    R2(Vec<f64>),
    /// Segments by true class (row) and decoded class (column).
    Confusion(Vec<Vec<u32>>),
}

impl Score {
    /// The mean of R², or the accuracy.
    pub fn headline(&self) -> f64 {
        match self {
            Score::R2(each) => each.iter().sum::<f64>() / each.len().max(1) as f64,
            Score::Confusion(counts) => {
                let right: u32 = counts.iter().enumerate().map(|(class, row)| row[class]).sum();
                f64::from(right) / f64::from(counts.iter().flatten().sum::<u32>().max(1))
            }
        }
    }

    /// What the best constant answer would score: 0, or the share of the largest class.
    pub fn chance(&self) -> f64 {
        match self {
            Score::R2(_) => 0.0,
            Score::Confusion(counts) => {
                let largest = counts.iter().map(|row| row.iter().sum::<u32>()).max().unwrap_or_default();
                f64::from(largest) / f64::from(counts.iter().flatten().sum::<u32>().max(1))
            }
        }
    }
}

/// Runs a decoder through every segment of `recording` and scores it.
pub fn score(trained: &mut dyn Trained, recording: &Recording) -> Score {
    let outputs = recording.outputs();
    match &recording.target {
        Target::Values { .. } => {
            let mut pairs = vec![Vec::new(); outputs];
            for segment in &recording.segments {
                trained.reset();
                for bin in segment.bins.clone() {
                    trained.push(recording.bin(bin));
                    let decoded = trained.output();
                    for (k, &x) in recording.values(bin).iter().enumerate() {
                        pairs[k].push((f64::from(x), decoded[k]));
                    }
                }
            }
            Score::R2(pairs.iter().map(|pairs| r2(pairs)).collect())
        }
        Target::Classes { classes, .. } => {
            let mut counts = vec![vec![0; outputs]; outputs];
            for (segment, &class) in recording.segments.iter().zip(classes) {
                trained.reset();
                segment.bins.clone().for_each(|bin| trained.push(recording.bin(bin)));
                counts[class][largest(&trained.output())] += 1;
            }
            Score::Confusion(counts)
        }
    }
}

/// Where the largest number stands.
fn largest(scores: &[f64]) -> usize {
    (1..scores.len()).fold(0, |best, k| if scores[k] > scores[best] { k } else { best })
}

fn r2(pairs: &[(f64, f64)]) -> f64 {
    let mean = pairs.iter().map(|p| p.0).sum::<f64>() / pairs.len().max(1) as f64;
    let variance: f64 = pairs.iter().map(|p| (p.0 - mean) * (p.0 - mean)).sum();
    let residual: f64 = pairs.iter().map(|p| (p.0 - p.1) * (p.0 - p.1)).sum();
    1.0 - residual / variance.max(f64::MIN_POSITIVE)
}
