//! Reaching, in units of the primary motor cortex: cosine tuning to velocity, with leads and a shared slow drift.

use alloc::{format, vec, vec::Vec};
use core::f64::consts::PI;

use super::{Activity, Generator, Origin, Recording, Segment, Split, Target, draw::Draw};
use crate::{
    param::{Param, Range, linear},
    text::{Text, text},
    units::Unit,
};

pub static GENERATOR: Generator = Generator {
    name: "m1_reaching",
    title: text("Reaching (motor cortex)", "伸手运动（运动皮层）"),
    doc: text(
        "Reaches to random targets, and Poisson units of the motor cortex tuned to direction and speed.",
        "手伸向随机目标；运动皮层的泊松单元对方向和速度调谐。",
    ),
    source: "minimum jerk: Flash & Hogan (1985), doi:10.1523/JNEUROSCI.05-07-01688.1985; tuning: Georgopoulos et al. (1982), Moran & Schwartz (1999), doi:10.1152/jn.1999.82.5.2676; shared latents: Benyamini & Zacksenhouse (2015), doi:10.3389/fnsys.2015.00071",
    params: &[
        count("units", 96.0, 256.0, text("Recorded units.", "记录的单元数。")),
        count(
            "reaches",
            300.0,
            2000.0,
            text(
                "Reaches in the session; the last fifth is for testing.",
                "整段记录的伸手次数；最后五分之一用于测试。",
            ),
        ),
        Param {
            name: "baseline",
            unit: Unit::Hertz,
            default: 15.0,
            range: Range::between(0.1, 100.0),
            slider: linear(1.0, 60.0),
            doc: text("Median rate at rest.", "静息发放率的中位数。"),
        },
        plain(
            "depth",
            0.35,
            2.0,
            text("Median depth of tuning, as a part of the baseline.", "调谐深度的中位数，相对于基线。"),
        ),
        plain("shared", 0.15, 1.0, text("Strength of the drift that units share.", "各单元共享的慢漂移强度。")),
    ],
    make,
};

const fn count(name: &'static str, default: f64, most: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Count, default, range: Range::between(10.0, most), slider: linear(10.0, most), doc }
}

const fn plain(name: &'static str, default: f64, most: f64, doc: Text) -> Param {
    Param { name, unit: Unit::One, default, range: Range::between(0.0, most), slider: linear(0.0, most), doc }
}

/// Width of a bin, ms.
const BIN_MS: f64 = 20.0;
/// Reaches in a segment.
const REACHES: usize = 10;
/// Side of the square of targets, cm.
const SIDE: f64 = 20.0;
/// Speed at which tuning has its full depth, cm/s: about the mean peak of these reaches.
const SPEED: f64 = 30.0;
/// Spread (sigma of the log-normal) of baselines and of depths between units.
const SPREADS: [f64; 2] = [0.7, 0.6];
/// Shared latents, and the time constant of each in bins (1 s).
const LATENTS: usize = 3;
const LATENT_BINS: f64 = 50.0;
/// Bins by which the movement is known beyond its end, for the leads of 50 to 150 ms.
const LEAD_BINS: usize = 8;

fn make(values: &[f64], seed: u32) -> Recording {
    let draw = Draw(seed);
    let (velocity, segments) = movement(draw, values[1] as usize);
    let bins = velocity.len() - LEAD_BINS;
    let units: Vec<Tuning> = (0..values[0] as usize).map(|unit| Tuning::draw(draw, unit, values)).collect();
    let mut latents = [0.0; LATENTS];
    let keep = libm::exp(-1.0 / LATENT_BINS);
    let mut samples = Vec::with_capacity(bins * units.len());
    for bin in 0..bins {
        for (k, latent) in latents.iter_mut().enumerate() {
            *latent = keep * *latent + libm::sqrt(1.0 - keep * keep) * draw.normal(3, k, bin);
        }
        for (i, unit) in units.iter().enumerate() {
            let mean = unit.rate(velocity[bin + unit.lead], &latents) * BIN_MS / 1000.0;
            samples.push(draw.count(4, i, bin, mean) as f32);
        }
    }
    let flat = velocity[..bins].iter().flatten().map(|&v| v as f32).collect();
    Recording {
        name: format!("M1 reaching, {} units", units.len()),
        origin: Origin::Synthetic(format!("m1_reaching, seed {seed}, {values:?}")),
        activity: Activity::Spikes,
        channels: units.len(),
        bin_ms: BIN_MS,
        samples,
        target: Target::Values { names: vec!["v_x (cm/s)".into(), "v_y (cm/s)".into()], values: flat },
        segments,
    }
}

/// Minimum-jerk reaches of 0.5 to 0.8 s with holds of 0.2 to 0.4 s: the velocity of every bin, and the segments.
fn movement(draw: Draw, reaches: usize) -> (Vec<[f64; 2]>, Vec<Segment>) {
    let mut velocity = Vec::new();
    let mut segments: Vec<Segment> = Vec::new();
    let mut place = [0.0; 2];
    for reach in 0..reaches {
        if reach % REACHES == 0 {
            let split = if reach * 5 < reaches * 4 { Split::Train } else { Split::Test };
            segments.push(Segment { bins: velocity.len()..velocity.len(), split });
        }
        let target = [0, 1].map(|k| SIDE * (draw.uniform(1, reach, k) - 0.5));
        let seconds = 0.5 + 0.3 * draw.uniform(1, reach, 2);
        let moving = libm::round(seconds * 1000.0 / BIN_MS) as usize;
        for bin in 0..moving {
            let t = (bin as f64 + 0.5) / moving as f64;
            let shape = 30.0 * t * t * (1.0 - t) * (1.0 - t) / seconds;
            velocity.push([0, 1].map(|k| (target[k] - place[k]) * shape));
        }
        let hold = libm::round((200.0 + 200.0 * draw.uniform(1, reach, 3)) / BIN_MS) as usize;
        velocity.resize(velocity.len() + hold, [0.0; 2]);
        place = target;
        if let Some(segment) = segments.last_mut() {
            segment.bins.end = velocity.len();
        }
    }
    velocity.resize(velocity.len() + LEAD_BINS, [0.0; 2]);
    (velocity, segments)
}

/// How one unit fires.
struct Tuning {
    baseline: f64,
    depth: f64,
    speed: f64,
    direction: [f64; 2],
    loads: [f64; LATENTS],
    lead: usize,
}

impl Tuning {
    fn draw(draw: Draw, unit: usize, values: &[f64]) -> Tuning {
        let angle = 2.0 * PI * draw.uniform(2, unit, 0);
        let baseline = values[2] * libm::exp(SPREADS[0] * draw.normal(2, unit, 1));
        let depth = values[3] * libm::exp(SPREADS[1] * draw.normal(2, unit, 2));
        Tuning {
            baseline,
            depth,
            speed: 0.3 * depth * draw.normal(2, unit, 3),
            direction: [libm::cos(angle), libm::sin(angle)],
            loads: core::array::from_fn(|k| values[4] / libm::sqrt(LATENTS as f64) * draw.normal(2, unit, 4 + k)),
            lead: libm::round((50.0 + 100.0 * draw.uniform(2, unit, 9)) / BIN_MS) as usize,
        }
    }

    /// The rate, in Hz, for the velocity that it leads to.
    fn rate(&self, v: [f64; 2], latents: &[f64]) -> f64 {
        let along = (v[0] * self.direction[0] + v[1] * self.direction[1]) / SPEED;
        let speed = libm::hypot(v[0], v[1]) / SPEED;
        let shared: f64 = self.loads.iter().zip(latents).map(|(load, latent)| load * latent).sum();
        f64::max(0.0, self.baseline * (1.0 + self.depth * along + self.speed * speed + shared))
    }
}
