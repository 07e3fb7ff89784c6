//! The reference engine: one neuron after the other, one draw after the other.

use wide::f32x8;

use super::Engine;
use crate::{
    neuron::LANES,
    rng::{CountTable, Stream, normal},
    text::text,
};

pub(super) static ENGINE: Engine = Engine {
    name: "scalar",
    doc: text("one neuron at a time: the reference", "逐个神经元计算：参考实现"),
    update: |model| model.update_scalar,
    drive,
    drive_likely,
    renew,
};

fn drive(table: &CountTable, stream: Stream, step: u32, weight: i32, input: &mut [i32]) {
    for (target, sum) in input.iter_mut().enumerate() {
        let [word, _] = stream.words(target as u32, step);
        *sum = sum.wrapping_add(table.count(word) as i32 * weight);
    }
}

fn drive_likely(chances: &[u32], stream: Stream, step: u32, weight: i32, input: &mut [i32]) {
    for (target, (sum, &chance)) in input.iter_mut().zip(chances).enumerate() {
        let [word, _] = stream.words(target as u32, step);
        if word < chance {
            *sum = sum.wrapping_add(weight);
        }
    }
}

fn renew([old, new]: [f32; 2], stream: Stream, step: u32, z: &mut [f32x8]) {
    for target in 0..z.len() * LANES {
        let [word, _] = stream.words(target as u32, step);
        let z = &mut z[target / LANES].as_mut_array()[target % LANES];
        *z = *z * old + normal(word) * new;
    }
}
