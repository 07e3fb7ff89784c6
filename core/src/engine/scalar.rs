//! The reference engine: one neuron after the other, one draw after the other.

use super::Engine;
use crate::{
    rng::{CountTable, Stream},
    text::text,
};

pub(super) static ENGINE: Engine = Engine {
    name: "scalar",
    doc: text("one neuron at a time: the reference", "逐个神经元计算：参考实现"),
    update: |model| model.update_scalar,
    drive,
};

fn drive(table: &CountTable, stream: Stream, step: u32, weight: i32, input: &mut [i32]) {
    for (target, sum) in input.iter_mut().enumerate() {
        let [word, _] = stream.words(target as u32, step);
        *sum = sum.wrapping_add(table.count(word) as i32 * weight);
    }
}
