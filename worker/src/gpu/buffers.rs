//! Buffers and kernels on a device: made, written, read back, and counted.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use bytemuck::{Pod, cast_slice};
use wgpu::{
    BindGroup, BindGroupDescriptor, BindGroupEntry, BindGroupLayoutDescriptor, BindGroupLayoutEntry, BindingResource,
    BindingType, Buffer, BufferBinding, BufferBindingType, BufferDescriptor, BufferSize, BufferUsages as Usage,
    CommandEncoder, ComputePass, ComputePipeline, ComputePipelineDescriptor, MapMode, PipelineLayoutDescriptor,
    ShaderModuleDescriptor, ShaderSource, ShaderStages,
};

use super::{device::Gpu, layout::STEP_STRIDE};

/// Bytes that are written at once: a browser keeps a copy of them for a while.
const PIECE: usize = 16 << 20;
/// Least size of a buffer in bytes: one element of any table, which a binding must have, even of an empty one.
const LEAST_BYTES: u64 = 64;
/// Bytes of a step's uniform.
const STEP_BYTES: Option<BufferSize> = BufferSize::new(16);

/// Makes what a run needs and keeps account of it.
pub(super) struct Factory<'a> {
    gpu: &'a Gpu,
    buffers: Vec<Buffer>,
}

/// A compute pipeline with what it is bound to.
pub(super) struct Kernel {
    pipeline: ComputePipeline,
    bindings: BindGroup,
    /// Workgroups to start.
    groups: u32,
}

impl Kernel {
    /// Starts it for a step of the batch.
    pub fn dispatch(&self, pass: &mut ComputePass, step: u32) {
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &self.bindings, &[step * STEP_STRIDE]);
        pass.dispatch_workgroups(self.groups, 1, 1);
    }
}

/// The buffers of a kernel, in the order of its bindings, which begin with the step.
pub(super) struct Bound<'a> {
    pub step: &'a Buffer,
    pub uniforms: &'a [&'a Buffer],
    pub read: &'a [&'a Buffer],
    pub written: &'a [&'a Buffer],
}

/// Tells whether a buffer can be read by now.
#[derive(Clone)]
pub(super) struct Ticket(Arc<AtomicU8>);

const WAITING: u8 = 0;
const READY: u8 = 1;
const FAILED: u8 = 2;

impl Ticket {
    /// Whether the buffer can be read; `None` while that is not known.
    pub fn ready(&self) -> Option<bool> {
        match self.0.load(Ordering::Acquire) {
            WAITING => None,
            state => Some(state == READY),
        }
    }
}

impl<'a> Factory<'a> {
    pub fn new(gpu: &'a Gpu) -> Factory<'a> {
        Factory { gpu, buffers: Vec::new() }
    }

    /// A buffer of zeros.
    pub fn buffer(&mut self, label: &str, bytes: usize, usage: Usage) -> Buffer {
        let size = (bytes as u64).max(LEAST_BYTES);
        let descriptor = BufferDescriptor { label: Some(label), size, usage, mapped_at_creation: false };
        let buffer = self.gpu.device.create_buffer(&descriptor);
        self.buffers.push(buffer.clone());
        buffer
    }

    /// Bytes of the largest array.
    pub fn largest(&self) -> u64 {
        let arrays = self.buffers.iter().filter(|buffer| buffer.usage().contains(Usage::STORAGE));
        arrays.map(Buffer::size).max().unwrap_or(0)
    }

    /// Everything that it has made.
    pub fn into_buffers(self) -> Vec<Buffer> {
        self.buffers
    }

    /// A buffer that holds `content`.
    pub fn filled<T: Pod>(&mut self, label: &str, content: &[T], usage: Usage) -> Buffer {
        let buffer = self.buffer(label, size_of_val(content), usage | Usage::COPY_DST);
        self.gpu.write(&buffer, 0, content);
        buffer
    }

    /// A buffer that the host can read.
    pub fn readable(&mut self, bytes: u64) -> Buffer {
        self.buffer("readback", bytes as usize, Usage::MAP_READ | Usage::COPY_DST)
    }

    pub fn kernel(&self, label: &str, text: &str, groups: u32, bound: &Bound) -> Kernel {
        let device = &self.gpu.device;
        let uniform = BufferBindingType::Uniform;
        let kinds = (bound.uniforms.iter().map(|_| uniform))
            .chain(bound.read.iter().map(|_| BufferBindingType::Storage { read_only: true }))
            .chain(bound.written.iter().map(|_| BufferBindingType::Storage { read_only: false }));
        let entry = |binding, ty, has_dynamic_offset| BindGroupLayoutEntry {
            binding,
            visibility: ShaderStages::COMPUTE,
            ty: BindingType::Buffer { ty, has_dynamic_offset, min_binding_size: None },
            count: None,
        };
        let entries: Vec<_> = std::iter::once(entry(0, uniform, true))
            .chain((1..).zip(kinds).map(|(binding, kind)| entry(binding, kind, false)))
            .collect();
        let layout = BindGroupLayoutDescriptor { label: Some(label), entries: &entries };
        let layout = device.create_bind_group_layout(&layout);

        let step = BindingResource::Buffer(BufferBinding { buffer: bound.step, offset: 0, size: STEP_BYTES });
        let buffers = bound.uniforms.iter().chain(bound.read).chain(bound.written);
        let entries: Vec<_> = std::iter::once(step)
            .chain(buffers.map(|buffer| buffer.as_entire_binding()))
            .enumerate()
            .map(|(binding, resource)| BindGroupEntry { binding: binding as u32, resource })
            .collect();
        let bindings = BindGroupDescriptor { label: Some(label), layout: &layout, entries: &entries };
        let bindings = device.create_bind_group(&bindings);

        let module = ShaderModuleDescriptor { label: Some(label), source: ShaderSource::Wgsl(text.into()) };
        let module = device.create_shader_module(module);
        let pipeline =
            PipelineLayoutDescriptor { label: Some(label), bind_group_layouts: &[Some(&layout)], ..Default::default() };
        let pipeline = ComputePipelineDescriptor {
            label: Some(label),
            layout: Some(&device.create_pipeline_layout(&pipeline)),
            module: &module,
            entry_point: None,
            compilation_options: Default::default(),
            cache: None,
        };
        Kernel { pipeline: device.create_compute_pipeline(&pipeline), bindings, groups }
    }
}

/// The uniforms of `n` steps.
pub(super) fn steps(n: u32) -> Vec<[u32; STEP_STRIDE as usize / 4]> {
    let entry = |index| {
        let mut entry = [0; STEP_STRIDE as usize / 4];
        entry[0] = index;
        entry
    };
    (0..n).map(entry).collect()
}

impl Gpu {
    /// Writes to a buffer, from byte `at` on.
    pub(super) fn write<T: Pod>(&self, buffer: &Buffer, at: u64, content: &[T]) {
        for (i, piece) in cast_slice::<T, u8>(content).chunks(PIECE).enumerate() {
            self.queue.write_buffer(buffer, at + (i * PIECE) as u64, piece);
        }
    }

    /// Submits what copies to `buffer`, and asks to read it.
    pub(super) fn read(&self, encoder: CommandEncoder, buffer: &Buffer) -> Ticket {
        self.queue.submit([encoder.finish()]);
        let ticket = Ticket(Arc::new(AtomicU8::new(WAITING)));
        let (tell, wake) = (ticket.0.clone(), self.wake.clone());
        buffer.map_async(MapMode::Read, .., move |outcome| {
            tell.store(if outcome.is_ok() { READY } else { FAILED }, Ordering::Release);
            wake();
        });
        ticket
    }

    /// Words of a buffer whose ticket is ready, or nothing if the device has been lost meanwhile.
    pub(super) fn words(&self, buffer: &Buffer, from: u64, words: usize) -> Option<Vec<u32>> {
        if words == 0 {
            return Some(Vec::new());
        }
        let range = from..from + words as u64 * 4;
        let view = buffer.get_mapped_range(range).ok()?;
        Some(bytemuck::pod_collect_to_vec(&view))
    }
}
