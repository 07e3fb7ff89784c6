//! What a core holds, how many cores there are, and why a network cannot be mapped.

use alloc::{format, string::String};

use crate::text::Lang;

/// What one core holds; `None` sets no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Neurons, at most.
    pub neurons: Option<u64>,
    /// Synapses onto its neurons, at most.
    pub synapses: Option<u64>,
    /// Bits of neurons and synapses, at most.
    pub memory_bits: Option<u64>,
    /// Bits that a neuron takes.
    pub neuron_bits: u64,
    /// Bits that a synapse takes.
    pub synapse_bits: u64,
    /// Neurons that every core of the grid has at least; 0 lets cores be empty.
    pub fewest_neurons: u64,
}

/// The cores of a chip, a mesh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Cores in a row.
    pub width: u32,
    /// Cores in a column.
    pub height: u32,
}

impl Grid {
    /// Number of cores.
    pub fn cores(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Column and row of a core; cores are numbered row by row.
    pub fn place(self, core: u32) -> [u32; 2] {
        [core % self.width, core / self.width]
    }

    /// The corner of the grid that so many cores fill, as square as it can be: spikes then have short ways.
    pub(super) fn corner(self, cores: u64) -> Grid {
        let side = libm::ceil(libm::sqrt(cores as f64)) as u64;
        let width = side.min(u64::from(self.width)).max(cores.div_ceil(u64::from(self.height))).max(1);
        Grid { width: width as u32, height: cores.div_ceil(width).max(1) as u32 }
    }

    /// The number of a core of a corner in the grid itself.
    pub(super) fn of_corner(self, corner: Grid, core: u32) -> u32 {
        let [x, y] = corner.place(core);
        y * self.width + x
    }
}

/// What something takes of a core: neurons, synapses, bits.
pub type Size = [u64; 3];

impl Limits {
    /// What a neuron with so many synapses onto it takes.
    pub fn size(&self, synapses: u64) -> Size {
        [1, synapses, self.neuron_bits.saturating_add(synapses.saturating_mul(self.synapse_bits))]
    }

    /// What a core holds.
    pub fn room(&self) -> Size {
        [self.neurons, self.synapses, self.memory_bits].map(|limit| limit.unwrap_or(u64::MAX))
    }
}

/// Whether something still fits into a core that holds `load`.
pub(super) fn fits(load: &Size, more: &Size, room: &Size) -> bool {
    (0..3).all(|i| load[i].saturating_add(more[i]) <= room[i])
}

pub(super) fn add(load: &mut Size, more: &Size) {
    (0..3).for_each(|i| load[i] = load[i].saturating_add(more[i]));
}

pub(super) fn take(load: &mut Size, less: &Size) {
    (0..3).for_each(|i| load[i] -= less[i]);
}

/// What a core has too little of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Places of neurons.
    Neurons,
    /// Places of synapses.
    Synapses,
    /// Bits of memory.
    MemoryBits,
}

/// All of them, as they stand in a [`Size`].
pub(super) const RESOURCES: [Resource; 3] = [Resource::Neurons, Resource::Synapses, Resource::MemoryBits];

impl Resource {
    fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Resource::Neurons, Lang::En) => "neurons",
            (Resource::Synapses, Lang::En) => "synapses",
            (Resource::MemoryBits, Lang::En) => "bits of memory",
            (Resource::Neurons, Lang::Zh) => "个神经元",
            (Resource::Synapses, Lang::Zh) => "个突触",
            (Resource::MemoryBits, Lang::Zh) => "位存储",
        }
    }
}

/// Why a network cannot be mapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmappable {
    /// The grid has no core.
    NoCores,
    /// One neuron alone takes more than a core has.
    NeuronTooLarge {
        /// Its number in the network.
        neuron: u32,
        /// What it takes too much of.
        resource: Resource,
        /// How much.
        takes: u64,
        /// How much a core has.
        limit: u64,
    },
    /// All cores together hold less than the network.
    TooFewCores {
        /// Cores that there are.
        cores: u64,
        /// Cores that would do.
        needed: u64,
        /// What decides it.
        resource: Resource,
    },
    /// Every core shall have more neurons than there are, or than it may hold.
    CannotSpread {
        /// Neurons that each core shall have at least.
        fewest: u64,
        /// Cores that there are.
        cores: u64,
        /// Neurons that there are.
        neurons: u64,
    },
    /// The wiring of a projection follows no law of independent targets, so that counts alone do not tell its traffic.
    NotStatistical {
        /// Number of the projection.
        projection: usize,
        /// Its rule.
        rule: String,
    },
}

impl Unmappable {
    /// What is wrong, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Unmappable::NoCores, Lang::En) => {
                "the grid has no core; give it a width and a height of at least 1".into()
            }
            (Unmappable::NoCores, Lang::Zh) => "网格中没有核；宽和高都至少应为 1".into(),
            (Unmappable::NeuronTooLarge { neuron, resource, takes, limit }, Lang::En) => {
                let what = resource.name(lang);
                format!(
                    "neuron {neuron} takes {takes} {what}, and a core has {limit}; lower the inputs of each neuron, or split it"
                )
            }
            (Unmappable::NeuronTooLarge { neuron, resource, takes, limit }, Lang::Zh) => {
                let what = resource.name(lang);
                format!("神经元 {neuron} 需要 {takes} {what}，而每个核只有 {limit}；请减少每个神经元的输入，或将其拆分")
            }
            (Unmappable::TooFewCores { cores, needed, resource }, Lang::En) => {
                let what = resource.name(lang);
                format!(
                    "{cores} cores have too few {what}; {needed} would do: make the network smaller, or take more cores"
                )
            }
            (Unmappable::TooFewCores { cores, needed, resource }, Lang::Zh) => {
                let what = resource.name(lang);
                format!("{cores} 个核容纳不下所有的{what}，{needed} 个核才够；请缩小网络，或使用更多的核")
            }
            (Unmappable::CannotSpread { fewest, cores, neurons }, Lang::En) => format!(
                "{neurons} neurons do not spread over {cores} cores with {fewest} or more in each; lower fewest_neurons, or take fewer cores"
            ),
            (Unmappable::CannotSpread { fewest, cores, neurons }, Lang::Zh) => format!(
                "{neurons} 个神经元无法分布到 {cores} 个核上并使每核至少有 {fewest} 个；请降低 fewest_neurons，或减少核数"
            ),
            (Unmappable::NotStatistical { projection, rule }, Lang::En) => format!(
                "projections[{projection}]: counts do not tell who the targets of {rule} are; map the wired network instead"
            ),
            (Unmappable::NotStatistical { projection, rule }, Lang::Zh) => {
                format!("projections[{projection}]：仅凭数目无法得知 {rule} 的目标；请改为映射已连接的网络")
            }
        }
    }
}
