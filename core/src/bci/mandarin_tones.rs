//! The four tones of Mandarin: contours of the voice's pitch, said by several speakers, in units tuned to pitch.

use alloc::{format, vec::Vec};

use super::{Activity, Generator, Origin, Recording, Segment, Split, Target, draw::Draw};
use crate::{
    param::{Param, Range, linear},
    text::{Text, text},
    units::Unit,
};

pub static GENERATOR: Generator = Generator {
    name: "mandarin_tones",
    title: text("Mandarin tones", "普通话声调"),
    doc: text(
        "Syllables in four tones by twelve speakers, and Poisson units tuned to the height of the pitch and its movement; three speakers are for testing.",
        "十二位说话人以四个声调说出的音节；泊松单元对音高及其变化调谐。其中三位说话人用于测试。",
    ),
    source: "contours 55, 35, 214, 51: Chao (1930); tuning to relative pitch and its change: Li et al. (2021), doi:10.1038/s41467-021-21430-x",
    params: &[
        number("units", 32.0, text("Recorded units.", "记录的单元数。")),
        number("syllables", 40.0, text("Syllables of each speaker.", "每位说话人的音节数。")),
    ],
    make,
};

const fn number(name: &'static str, default: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Count, default, range: Range::between(8.0, 256.0), slider: linear(8.0, 128.0), doc }
}

/// Width of a bin, ms.
const BIN_MS: f64 = 20.0;
/// Speakers, and those of them that decoders learn from.
const SPEAKERS: [usize; 2] = [12, 9];
/// Pitch on Chao's five levels at the beginning, the middle and the end of a syllable.
const CONTOURS: [[f64; 3]; 4] = [[5.0, 5.0, 5.0], [3.0, 3.6, 5.0], [2.0, 1.0, 4.0], [5.0, 3.6, 1.0]];
/// Rate at rest, Hz.
const BASELINE_HZ: f64 = 20.0;

fn make(values: &[f64], seed: u32) -> Recording {
    let draw = Draw(seed);
    let (units, syllables) = (values[0] as usize, values[1] as usize);
    let (mut samples, mut segments, mut classes) = (Vec::new(), Vec::new(), Vec::new());
    let mut bins = 0;
    for speaker in 0..SPEAKERS[0] {
        // What a speaker's voice adds after it is normed: a shift, and how far the tones lie apart.
        let shift = 0.3 * draw.normal(1, speaker, 0);
        let range = libm::exp(0.2 * draw.normal(1, speaker, 1));
        for syllable in 0..syllables {
            let trial = speaker * syllables + syllable;
            let tone = syllable % CONTOURS.len();
            let length = libm::round((300.0 + 150.0 * draw.uniform(2, trial, 0)) / BIN_MS) as usize;
            let wobble = 0.3 * draw.normal(2, trial, 1);
            let pitch = |bin: usize| shift + wobble + range * (contour(tone, bin as f64 / (length - 1) as f64) - 3.0);
            for bin in 0..length {
                let change = (pitch((bin + 1).min(length - 1)) - pitch(bin.saturating_sub(1))) * length as f64 / 8.0;
                for unit in 0..units {
                    let tuned = 0.3 * draw.normal(3, unit, 0) * pitch(bin) + 0.3 * draw.normal(3, unit, 1) * change;
                    let mean = BASELINE_HZ * libm::exp(tuned.clamp(-3.0, 2.0)) * BIN_MS / 1000.0;
                    samples.push(draw.count(4, unit, bins + bin, mean) as f32);
                }
            }
            let split = if speaker < SPEAKERS[1] { Split::Train } else { Split::Test };
            segments.push(Segment { bins: bins..bins + length, split });
            classes.push(tone);
            bins += length;
        }
    }
    Recording {
        name: "Mandarin tones".into(),
        origin: Origin::Synthetic(format!("mandarin_tones, seed {seed}, {values:?}")),
        activity: Activity::Spikes,
        channels: units,
        bin_ms: BIN_MS,
        samples,
        target: Target::Classes { names: ["55", "35", "214", "51"].map(Into::into).to_vec(), classes },
        segments,
    }
}

/// The pitch of a tone at `t` from 0 to 1, on the parabola through its three points.
fn contour(tone: usize, t: f64) -> f64 {
    let [a, b, c] = CONTOURS[tone];
    a * (1.0 - t) * (1.0 - 2.0 * t) + 4.0 * b * t * (1.0 - t) + c * t * (2.0 * t - 1.0)
}
