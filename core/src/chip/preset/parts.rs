//! The parts of a preset.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::{
    chip::{names, quantity::Quantity},
    text::{Lang, Text},
};

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Words {
    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Words {
        Words { en: text.en.into(), zh: text.zh.into() }
    }
}

names! {
    /// What kind of thing a preset is.
    #[derive(Default)]
    pub enum Kind {
        /// Digital, spiking.
        #[default]
        DigitalSnn = "digital_snn",
        /// Analog neurons, digital spikes.
        MixedSignalSnn = "mixed_signal_snn",
        /// Analog neurons that run faster than biology.
        AcceleratedSnn = "accelerated_snn",
        /// Spiking and dense on one chip.
        Hybrid = "hybrid",
        /// Dense networks only.
        DenseAccel = "dense_accel",
        /// Weights are conductances of devices.
        Memristor = "memristor",
        /// Programmable logic.
        Fpga = "fpga",
        /// Graphics processor.
        Gpu = "gpu",
        /// Tensor processor.
        Tpu = "tpu",
        /// Processor.
        Cpu = "cpu",
        /// Made by nature.
        Brain = "brain",
    }
}

names! {
    /// What is computed.
    #[derive(Default)]
    pub enum Mode {
        /// Events.
        #[default]
        Spiking = "spiking",
        /// Frames.
        Dense = "dense",
    }
}

/// A level of the hierarchy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Level {
    /// Its name, such as `chip`; the last is what a core is called.
    pub level: String,
    /// How many of it one of the level above has.
    pub per_parent: Quantity,
}

/// What one core holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Core {
    /// Most neurons.
    pub neurons_max: Quantity,
    /// Most synapses.
    pub synapses_max: Quantity,
    /// Memory for synapses and neurons together, bit.
    pub memory_bit: Quantity,
    /// Memory of a synapse, bit.
    pub synapse_bit: Quantity,
    /// Memory of a neuron, bit.
    pub neuron_bit: Quantity,
    /// Most synapses onto one neuron.
    pub fan_in_max: Quantity,
    /// Most synapses from one neuron.
    pub fan_out_max: Quantity,
    /// Most source neurons that reach the core.
    pub axons_in_max: Quantity,
    /// Most pairs of a neuron of the core and a core that it reaches.
    pub axons_out_max: Quantity,
    /// Bits that a weight may have, with its sign.
    pub weight_bit: Vec<Quantity>,
    /// Longest delay, in ticks.
    pub delay_max: Quantity,
    /// Kinds of neurons, by the names of [`crate::chip::class`]; `any` for programs. None: unknown.
    pub neuron_models: Vec<String>,
    /// Kinds of learning; `any` for programs, `none` for none. None: unknown.
    pub plasticity: Vec<String>,
}

/// How time goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Time {
    /// By ticks, by events, faster than biology, or by frames.
    pub mode: Clocking,
    /// Length of a tick in the time of the model, s.
    pub dt_s: Quantity,
    /// Clock, Hz.
    pub clock_hz: Quantity,
    /// Time to agree that a tick is over, s.
    pub barrier_s: Quantity,
    /// Time that a core takes for a synaptic event, s.
    pub synop_s: Quantity,
    /// Time that a core takes for the update of a neuron, s.
    pub neuron_update_s: Quantity,
    /// How many times faster than biology it runs, where it cannot choose.
    pub speedup: Quantity,
}

names! {
    /// What drives time.
    #[derive(Default)]
    pub enum Clocking {
        /// All cores agree that a step is over.
        #[default]
        Tick = "tick",
        /// Each event when it comes.
        Event = "event",
        /// Physics, faster than biology.
        Accelerated = "accelerated",
        /// Frames.
        Dense = "dense",
    }
}

/// How spikes travel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Noc {
    /// Shape of the network on the chip.
    pub topology: Topology,
    /// Routers along each axis; empty if not known.
    pub dims: Vec<u32>,
    /// Whether one packet reaches several cores; none if not known.
    pub multicast: Option<bool>,
    /// Cores at one router.
    pub cores_per_router: Quantity,
    /// Bits of a flit.
    pub flit_bit: Quantity,
    /// Time of a hop, s.
    pub hop_s: Quantity,
    /// Rate of a link, bit/s.
    pub link_bit_per_s: Quantity,
    /// Time of a hop between chips, s.
    pub offchip_hop_s: Quantity,
}

names! {
    /// Shape of a network on a chip.
    #[derive(Default)]
    pub enum Topology {
        /// Rows and columns.
        #[default]
        Mesh2d = "mesh2d",
        /// Rows and columns whose ends meet.
        Torus2d = "torus2d",
        /// Rows, columns and diagonals whose ends meet.
        TorusTri = "torus_tri",
        /// A tree.
        Tree = "tree",
        /// Everything with everything.
        Crossbar = "crossbar",
        /// Meshes of meshes.
        HierarchicalMesh = "hierarchical_mesh",
        /// Through a memory that all share.
        SharedMemory = "shared_memory",
        /// One core, or none.
        Isolated = "none",
    }
}

/// A set of prices that were found together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Its name.
    pub profile: String,
    /// What a price holds.
    pub scope: Scope,
    /// Whether it is the one to begin with; exactly one is.
    pub default: bool,
    /// A synaptic event, J.
    pub synop_j: Quantity,
    /// The update of a neuron in a step, J.
    pub neuron_update_j: Quantity,
    /// A spike that a neuron sends, J.
    pub spike_out_j: Quantity,
    /// A packet over one hop, J.
    pub hop_j: Quantity,
    /// A packet over one hop between chips, J.
    pub offchip_hop_j: Quantity,
    /// The change of a weight by learning, J.
    pub learn_j: Quantity,
    /// A bit read from or written to memory beside what the other prices hold, J.
    pub memory_j_per_bit: Quantity,
    /// An operation of a dense network, J.
    pub op_j: Quantity,
}

names! {
    /// What a price holds.
    #[derive(Default)]
    pub enum Scope {
        /// Its own kind of event alone.
        #[default]
        PerTerm = "per_term",
        /// Everything on the chip: neurons, hops, memory and leakage too.
        AllIn = "all_in",
    }
}

/// Power, W.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Power {
    /// Of a chip at which nothing happens.
    pub static_w: Quantity,
    /// The most a chip takes.
    pub peak_w: Quantity,
    /// Of the machine that it needs beside it.
    pub host_w: Quantity,
}

/// The most that a chip does in a second.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Throughput {
    /// Synaptic events.
    pub synop_per_s: Quantity,
    /// Operations of dense networks.
    pub op_per_s: Quantity,
    /// Floating-point operations of 32 bits, outside matrix units.
    pub fp32_per_s: Quantity,
    /// Bytes from and to memory.
    pub mem_b_per_s: Quantity,
    /// Time that the launch of a kernel takes, s.
    pub launch_s: Quantity,
}

/// How it is cooled.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thermal {
    /// By what.
    pub cooling: Cooling,
    /// From the junction to what cools, K/W.
    pub r_th_k_per_w: Quantity,
    /// Hottest junction, K.
    pub t_max_k: Quantity,
    /// Power of the facility over that of what computes in it.
    pub pue: Quantity,
}

names! {
    /// What cools.
    #[derive(Default)]
    pub enum Cooling {
        /// Nothing is said or needed.
        #[default]
        Unsaid = "none",
        /// Air.
        Air = "air",
        /// A liquid that is pumped.
        Liquid = "liquid",
        /// A liquid that boils and returns by itself.
        TwoPhasePassive = "two_phase_passive",
        /// Blood.
        Biological = "biological",
    }
}

/// A number that was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Measured {
    /// On what.
    pub workload: String,
    /// What.
    pub metric: String,
    /// How much.
    pub v: f64,
    /// Key of its source.
    pub src: String,
}
