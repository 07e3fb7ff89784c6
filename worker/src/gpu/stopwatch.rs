//! `Stopwatch`: how long the first step of a batch takes the device, kernel by kernel.

use wgpu::{
    Buffer, BufferUsages as Usage, CommandEncoder, ComputePassTimestampWrites, Features, QuerySet, QuerySetDescriptor,
    QueryType,
};

use super::{buffers::Factory, device::Gpu};

/// Words of the readings: begin and end of two passes, of 64 bits each.
pub(super) const READING_WORDS: usize = 8;

/// A stopwatch on a device.
pub(super) struct Stopwatch {
    queries: QuerySet,
    readings: Buffer,
    /// Nanoseconds of a tick.
    tick_ns: f64,
}

/// Microseconds that a step took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StepTimes {
    /// Updating the neurons.
    pub update_us: f64,
    /// Delivering the spikes.
    pub delivery_us: f64,
}

impl Stopwatch {
    /// A stopwatch, if the device has one.
    pub fn new(gpu: &Gpu, factory: &mut Factory) -> Option<Stopwatch> {
        if !gpu.device.features().contains(Features::TIMESTAMP_QUERY) {
            return None;
        }
        let descriptor = QuerySetDescriptor { label: None, ty: QueryType::Timestamp, count: 4 };
        Some(Stopwatch {
            queries: gpu.device.create_query_set(&descriptor),
            readings: factory.buffer("times", READING_WORDS * 4, Usage::QUERY_RESOLVE | Usage::COPY_SRC),
            tick_ns: gpu.queue.get_timestamp_period().into(),
        })
    }

    /// What makes pass number `pass` (0 or 1) be timed.
    pub fn timed(&self, pass: u32) -> ComputePassTimestampWrites<'_> {
        ComputePassTimestampWrites {
            query_set: &self.queries,
            beginning_of_pass_write_index: Some(2 * pass),
            end_of_pass_write_index: Some(2 * pass + 1),
        }
    }

    /// Copies the readings to byte `at` of a buffer.
    pub fn copy(&self, encoder: &mut CommandEncoder, to: &Buffer, at: u64) {
        encoder.resolve_query_set(&self.queries, 0..4, &self.readings, 0);
        encoder.copy_buffer_to_buffer(&self.readings, 0, to, at, READING_WORDS as u64 * 4);
    }

    /// The times of a step from the words that [`Stopwatch::copy`] wrote. A device may reset its clock; what would then
    /// be negative counts as nothing.
    pub fn times(&self, words: &[u32]) -> StepTimes {
        let tick = |i: usize| u64::from(words[2 * i]) | u64::from(words[2 * i + 1]) << 32;
        let us = |pass: usize| tick(2 * pass + 1).saturating_sub(tick(2 * pass)) as f64 * self.tick_ns / 1000.0;
        StepTimes { update_us: us(0), delivery_us: us(1) }
    }
}
