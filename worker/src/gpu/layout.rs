//! What host and GPU agree on: the structs that both read, and where the marks of a batch lie.
//!
//! Each struct is written once, for Rust; its WGSL text is made from the same names. A test asks naga where the fields
//! lie.

use bytemuck::{Pod, Zeroable};
use spikeground_core::record::MOST_VARIABLES;

/// Threads of a workgroup that updates, a neuron each: as many as every adapter can have.
pub const UPDATE_WORKGROUP: u32 = 256;
/// Threads of a workgroup that delivers a spike: two warps of 32, or one wave of 64; a projection has about as many
/// synapses from a neuron.
pub const DELIVER_WORKGROUP: u32 = 64;
/// Most steps in a batch.
pub const MOST_STEPS: u32 = 1024;
/// Bytes from one step's uniform to the next: what every adapter can bind a uniform at.
pub const STEP_STRIDE: u32 = 256;

/// The mark of a halt: the first step of the batch in which a state variable stopped being a number.
pub const HALTED: u32 = 0;
/// The marks with the number of spikes of each step.
pub const COUNTS: u32 = 1;
/// The marks with the place in the list of spikes at which each step's begin, one more than there are steps.
pub const BASES: u32 = COUNTS + MOST_STEPS;
/// The marks with the bits of the sampled variables after each step: first of one variable, then of the next.
pub const SAMPLES: u32 = BASES + MOST_STEPS + 1;
/// Number of marks.
pub const MARKS: u32 = SAMPLES + MOST_VARIABLES as u32 * MOST_STEPS;
/// What the mark of a halt holds while there is none.
pub const NOT_HALTED: u32 = u32::MAX;
/// The slot of a sample that is not wanted.
pub const NO_SLOT: u32 = u32::MAX;

/// [`Drive::kind`]: independent Poisson spikes; `first` and `count` are its thresholds.
pub const POISSON: u32 = 0;
/// [`Drive::kind`]: listed spikes; from `first` on stands the number in each step of the batch.
pub const LISTED: u32 = 1;
/// [`Drive::kind`]: random spikes; from `first` on stand, for each step of the batch, the number of thresholds and room
/// for `count` of them.
pub const VARIED: u32 = 2;
/// [`Population::shared_current`] where there is no such current.
pub const NO_CURRENT: u32 = u32::MAX;

/// A struct that both sides read.
pub trait Shared: Pod {
    /// Its name in WGSL.
    const NAME: &'static str;
    /// Its fields: name, WGSL type, offset in bytes.
    const FIELDS: &'static [(&'static str, &'static str, usize)];

    /// Its declaration in WGSL.
    fn wgsl() -> String {
        let fields = Self::FIELDS.iter().map(|(name, kind, _)| format!("    {name}: {kind},\n")).collect::<String>();
        format!("struct {} {{\n{fields}}}\n", Self::NAME)
    }
}

macro_rules! shared {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[repr(C)]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)+
        }

        impl Shared for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [(&'static str, &'static str, usize)] =
                &[$((stringify!($field), stringify!($kind), std::mem::offset_of!($name, $field))),+];
        }
    };
}

shared! {
    /// Which step of the batch it is.
    Step {
        /// From zero.
        index: u32,
    }
}

shared! {
    /// A batch of steps.
    Batch {
        /// Number of steps made before it, its lower 32 bits.
        first_step: u32,
        /// The same modulo `rows`.
        first_row: u32,
        /// Steps in the ring.
        rows: u32,
        /// Sums of input of each slot.
        sums: u32,
        /// Slots of the network.
        slots: u32,
        /// Neurons of the network.
        neurons: u32,
        /// Spikes that the list has room for. A step begins only if there is room for a spike of every neuron.
        capacity: u32,
        /// Slot of the neuron that is sampled, or [`NO_SLOT`].
        sample_slot: u32,
        /// Numbers of its variables.
        sample_variable_0: u32,
        /// The second.
        sample_variable_1: u32,
        /// The third.
        sample_variable_2: u32,
    }
}

shared! {
    /// A model that is updated.
    Model {
        /// Its first population in the table.
        first_population: u32,
        /// One behind its last.
        end_population: u32,
        /// Neurons of them all.
        threads: u32,
    }
}

shared! {
    /// A population. Those of a model stand together in the table.
    Population {
        /// Thread of its first neuron.
        first_thread: u32,
        /// Its neurons.
        neurons: u32,
        /// Slot of its first neuron.
        first_slot: u32,
        /// Number of its first neuron in the network.
        first_neuron: u32,
        /// Where its state variables begin.
        variables: u32,
        /// Where its constants begin among the numbers.
        constants: u32,
        /// Where the values of one unit of each of its sums begin among the numbers.
        units: u32,
        /// Whether a current is injected.
        has_current: u32,
        /// Where the current that all its neurons get in each step of the batch stands, or [`NO_CURRENT`].
        shared_current: u32,
        /// Its first drive.
        first_drive: u32,
        /// One behind its last.
        end_drive: u32,
        /// Seed of the network.
        seed: u32,
        /// Number of the random stream of its neurons.
        stream: u32,
    }
}

shared! {
    /// What a stimulus sends along a projection.
    Drive {
        /// [`POISSON`], [`LISTED`] or [`VARIED`].
        kind: u32,
        /// Seed of the network.
        seed: u32,
        /// Number of the random stream.
        stream: u32,
        /// Weight in fixed point.
        weight: i32,
        /// Delay in steps.
        delay: u32,
        /// Number of the sum that its weight is added to.
        sum: u32,
        /// Where what it needs begins among the numbers.
        first: u32,
        /// How many of them there are.
        count: u32,
    }
}

shared! {
    /// A part of the synapses that fits one binding.
    Chunk {
        /// From zero.
        index: u32,
        /// Number of its routes.
        routes: u32,
    }
}

shared! {
    /// The synapses of some neighbouring neurons along one projection.
    Route {
        /// First neuron.
        first_neuron: u32,
        /// Number of neurons.
        neurons: u32,
        /// Where their offsets begin; one more than there are neurons.
        offsets: u32,
        /// Weight in fixed point.
        weight: i32,
        /// Delay in steps.
        delay: u32,
        /// Number of the sum that its weight is added to.
        sum: u32,
    }
}
