//! Imagined movement of the left or the right hand, in the EEG: the mu and beta rhythms of the other side grow weaker.

use alloc::{format, vec, vec::Vec};
use core::f64::consts::PI;

use super::{Activity, Generator, Origin, Recording, Segment, Split, Target, draw::Draw};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub static GENERATOR: Generator = Generator {
    name: "motor_imagery",
    title: text("Motor imagery (EEG)", "运动想象（脑电）"),
    doc: text(
        "The person imagines moving the left or the right hand: rhythms over the opposite hand area lose power.",
        "受试者想象移动左手或右手：对侧手区上方的节律功率下降。",
    ),
    source: "desynchronisation: Pfurtscheller & Lopes da Silva (1999), doi:10.1016/S1388-2457(99)00141-8; sources through a lead field: SEREEGA, Krol et al. (2018), doi:10.1016/j.jneumeth.2018.08.001",
    params: &[
        Param {
            name: "trials",
            unit: Unit::Count,
            default: 240.0,
            range: Range::between(20.0, 1000.0),
            slider: linear(20.0, 600.0),
            doc: text("Trials; the second half is for testing.", "试次数；后一半用于测试。"),
        },
        Param {
            name: "rhythm",
            unit: Unit::One,
            default: 1.0,
            range: Range::between(0.0, 10.0),
            slider: linear(0.0, 3.0),
            doc: text(
                "Amplitude of the rhythms, as a multiple of the background's.",
                "节律幅度，相对于背景活动的倍数。",
            ),
        },
    ],
    make,
};

/// Interval of samples, ms: 128 Hz.
const SAMPLE_MS: f64 = 7.8125;
/// Samples of a trial of 3.5 s after the cue.
const LENGTH: usize = 448;
/// Names and places of the electrodes, as parts of the head's radius: to the right, to the front.
const ELECTRODES: [[f64; 2]; 13] = [
    [-0.5, 0.4],
    [0.0, 0.4],
    [0.5, 0.4],
    [-0.7, 0.0],
    [-0.5, 0.0],
    [-0.25, 0.0],
    [0.0, 0.0],
    [0.25, 0.0],
    [0.5, 0.0],
    [0.7, 0.0],
    [-0.5, -0.4],
    [0.0, -0.4],
    [0.5, -0.4],
];
/// Sources: the two hand areas (each with mu and beta), the visual cortex, and the eyes.
const HANDS: [[f64; 2]; 2] = [[-0.45, 0.05], [0.45, 0.05]];
const VISUAL: [f64; 2] = [0.0, -0.9];
const EYES: [f64; 2] = [0.0, 1.1];
/// Spread of a source over the scalp, in radii.
const SPREAD: f64 = 0.45;
/// Background sources at random places.
const BACKGROUND: usize = 12;

fn make(values: &[f64], seed: u32) -> Recording {
    let draw = Draw(seed);
    let trials = values[0] as usize;
    let (mut samples, mut classes, mut segments) = (Vec::new(), Vec::new(), Vec::new());
    let places: Vec<[f64; 2]> =
        (0..BACKGROUND).map(|k| [0, 1].map(|axis| 2.0 * draw.uniform(1, k, axis) - 1.0)).collect();
    for trial in 0..trials {
        let class = usize::from(draw.uniform(2, trial, 0) < 0.5);
        classes.push(class);
        segments.push(Segment {
            bins: trial * LENGTH..(trial + 1) * LENGTH,
            split: if trial * 2 < trials { Split::Train } else { Split::Test },
        });
        let mut sources: Vec<([f64; 2], Vec<f64>)> = Vec::new();
        for (side, place) in HANDS.into_iter().enumerate() {
            // A drop of power of 30 to 60 % on the other side of the imagined hand, of up to 25 % on its own, and trials that
            // differ in how strong the rhythm is at all.
            let chance = draw.uniform(2, trial, 1 + side);
            let drop = if side == class { 0.25 * chance } else { 0.3 + 0.3 * chance };
            let size = values[1] * libm::exp(0.35 * draw.normal(2, trial, 3 + side));
            for (band, hz) in [11.0, 22.0].into_iter().enumerate() {
                let wave = rhythm(draw, 3 + 2 * side + band, trial, hz);
                let amplitude = size / (1.0 + band as f64);
                let shaped = wave.iter().enumerate().map(|(i, x)| x * amplitude * libm::sqrt(1.0 - drop * onset(i)));
                sources.push((place, shaped.collect()));
            }
        }
        sources.push((VISUAL, rhythm(draw, 7, trial, 10.0).iter().map(|x| 1.5 * x).collect()));
        sources.push((EYES, blink(draw, trial)));
        sources.extend(places.iter().enumerate().map(|(k, &place)| (place, pink(draw, 20 + k, trial))));
        for i in 0..LENGTH {
            let line = 0.3 * libm::sin(2.0 * PI * 50.0 * i as f64 * SAMPLE_MS / 1000.0);
            for (e, electrode) in ELECTRODES.iter().enumerate() {
                let field: f64 = sources.iter().map(|(place, wave)| lead(*place, *electrode) * wave[i]).sum();
                samples.push((field + line + 0.2 * draw.normal(8, e, trial * LENGTH + i)) as f32);
            }
        }
    }
    Recording {
        name: "Motor imagery".into(),
        origin: Origin::Synthetic(format!("motor_imagery, seed {seed}, {values:?}")),
        activity: Activity::Signal,
        channels: ELECTRODES.len(),
        bin_ms: SAMPLE_MS,
        samples,
        target: Target::Classes { names: vec!["left".into(), "right".into()], classes },
        segments,
    }
}

/// What an electrode sees of a source.
fn lead(source: [f64; 2], electrode: [f64; 2]) -> f64 {
    let (x, y) = (source[0] - electrode[0], source[1] - electrode[1]);
    libm::exp(-(x * x + y * y) / (2.0 * SPREAD * SPREAD))
}

/// How far the drop of power has come: from 0 to 1 between 0.3 and 0.8 s after the cue.
fn onset(sample: usize) -> f64 {
    ((sample as f64 * SAMPLE_MS - 300.0) / 500.0).clamp(0.0, 1.0)
}

/// Noise through a resonance at `hz`, of variance about 1.
fn rhythm(draw: Draw, stream: usize, trial: usize, hz: f64) -> Vec<f64> {
    const RADIUS: f64 = 0.96;
    let w = 2.0 * PI * hz * SAMPLE_MS / 1000.0;
    let size = (1.0 - RADIUS) * 2.0 * libm::sin(w).max(0.3) * libm::sqrt(2.0 / (1.0 - RADIUS) / 2.0);
    let (mut one, mut two) = (0.0, 0.0);
    let mut next = |i: usize| {
        let x = 2.0 * RADIUS * libm::cos(w) * one - RADIUS * RADIUS * two + size * draw.normal(stream, trial, i);
        two = one;
        one = x;
        x
    };
    // The resonance has settled after its first second.
    (0..LENGTH + 128).map(&mut next).skip(128).collect()
}

/// Noise with a spectrum near 1/f, of variance about 1: the sum of three leaky sums.
fn pink(draw: Draw, stream: usize, trial: usize) -> Vec<f64> {
    let mut parts = [0.0; 3];
    let keep = [0.99, 0.9, 0.5];
    let mut next = |i: usize| {
        for k in 0..3 {
            let noise = draw.normal(stream + 100 * k, trial, i);
            parts[k] = keep[k] * parts[k] + libm::sqrt((1.0 - keep[k] * keep[k]) / 3.0) * noise;
        }
        parts.iter().sum::<f64>()
    };
    (0..LENGTH + 256).map(&mut next).skip(256).collect()
}

/// A blink of 0.3 s in every third trial or so, ten times as large as the background.
fn blink(draw: Draw, trial: usize) -> Vec<f64> {
    let begins = draw.uniform(9, trial, 0) * 3.0 * LENGTH as f64;
    let at = |i: usize| (i as f64 - begins) * SAMPLE_MS / 300.0;
    let shape = |t: f64| if (0.0..1.0).contains(&t) { 10.0 * libm::sin(PI * t) } else { 0.0 };
    (0..LENGTH).map(|i| shape(at(i))).collect()
}
