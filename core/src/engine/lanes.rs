//! The fast engine: eight neurons side by side on SIMD lanes, equal to the reference to the bit.

use wide::{f32x8, u32x8};

use super::Engine;
use crate::{
    neuron::LANES,
    rng::{CountTable, Stream, normal_lanes},
    text::text,
};

pub(super) static ENGINE: Engine = Engine {
    name: "lanes",
    doc: text("eight neurons at a time on SIMD lanes", "SIMD 并行，每次八个神经元"),
    update: |model| model.update_lanes,
    drive,
    drive_likely,
    renew,
};

/// Numbers of the first targets.
const FIRST: u32x8 = u32x8::new([0, 1, 2, 3, 4, 5, 6, 7]);

fn drive(table: &CountTable, stream: Stream, step: u32, weight: i32, input: &mut [i32]) {
    let Some(least) = table.first() else { return };
    let mut targets = FIRST;
    for sums in input.chunks_mut(LANES) {
        let words = stream.word_lanes(targets, step).to_array();
        for (sum, word) in sums.iter_mut().zip(words) {
            if word >= least {
                *sum = sum.wrapping_add(table.count(word) as i32 * weight);
            }
        }
        targets += u32x8::splat(LANES as u32);
    }
}

fn drive_likely(chances: &[u32], stream: Stream, step: u32, weight: i32, input: &mut [i32]) {
    let mut targets = FIRST;
    for (sums, chances) in input.chunks_mut(LANES).zip(chances.chunks(LANES)) {
        let words = stream.word_lanes(targets, step).to_array();
        for ((sum, word), &chance) in sums.iter_mut().zip(words).zip(chances) {
            if word < chance {
                *sum = sum.wrapping_add(weight);
            }
        }
        targets += u32x8::splat(LANES as u32);
    }
}

fn renew([old, new]: [f32; 2], stream: Stream, step: u32, z: &mut [f32x8]) {
    let mut targets = FIRST;
    for z in z {
        *z = *z * f32x8::splat(old) + normal_lanes(stream.word_lanes(targets, step)) * f32x8::splat(new);
        targets += u32x8::splat(LANES as u32);
    }
}
