//! `Floor`: where the cores of a preset stand, as the mapping takes them, and what each holds.
//!
//! A router serves a rectangle of cores, so that spikes between them take no link. What is not a mesh of routers has no floor.

use crate::chip::{
    limits::{Grid, Limits},
    preset::{Core, Preset, Topology},
    quantity::Quantity,
};

impl Limits {
    /// What a core of a preset holds, as far as it is known.
    pub fn of(core: &Core) -> Limits {
        let most = |quantity: &Quantity| quantity.v.or(quantity.hi).map(|most| most as u64);
        // Without the size of a synapse nothing can be said of memory.
        let synapse_bits = most(&core.synapse_bit);
        Limits {
            neurons: most(&core.neurons_max),
            synapses: most(&core.synapses_max),
            memory_bits: synapse_bits.and(most(&core.memory_bit)),
            neuron_bits: most(&core.neuron_bit).unwrap_or(0),
            synapse_bits: synapse_bits.unwrap_or(0),
            fewest_neurons: 0,
        }
    }
}

/// The cores and routers of a preset, each as a mesh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// All cores.
    pub cores: Grid,
    /// All routers.
    pub routers: Grid,
    /// Columns and rows of cores at a router.
    pub block: Grid,
    /// Columns and rows of routers on a chip.
    pub chip: Grid,
}

/// As many places as `n` or a few more, as square as it can be.
fn square(n: f64) -> Grid {
    let width = libm::ceil(libm::sqrt(n.max(1.0)));
    Grid { width: width as u32, height: libm::ceil(n.max(1.0) / width) as u32 }
}

fn times(a: Grid, b: Grid) -> Grid {
    Grid { width: a.width * b.width, height: a.height * b.height }
}

impl Floor {
    /// The floor of a preset; none if its cores are not known or its routers are no mesh. A torus counts as a mesh, on which
    /// ways are as long or longer.
    pub fn of(preset: &Preset) -> Option<Floor> {
        use Topology::{HierarchicalMesh, Mesh2d, Torus2d, TorusTri};
        if !matches!(preset.noc.topology, Mesh2d | Torus2d | TorusTri | HierarchicalMesh) {
            return None;
        }
        let (cores, on_chip) = (preset.cores()?, preset.cores_per_chip()?);
        let at_router = preset.noc.cores_per_router.v.unwrap_or(1.0).min(on_chip);
        let block = square(at_router);
        let (chip, of_chip) = match preset.noc.dims[..] {
            [width, height] => (Grid { width, height }, f64::from(width) * f64::from(height) * at_router),
            _ => (square(on_chip / at_router), on_chip),
        };
        let routers = times(square(libm::ceil(cores / of_chip)), chip);
        Some(Floor { cores: times(routers, block), routers, block, chip })
    }

    /// The router of a core.
    pub fn router_of(self, core: u32) -> u32 {
        let [x, y] = self.cores.place(core);
        y / self.block.height * self.routers.width + x / self.block.width
    }

    /// Whether the link of a router in a direction of [`crate::chip::route::Traffic::LINKS`] leads to another chip.
    pub fn leaves_chip(self, router: u32, direction: usize) -> bool {
        let [x, y] = self.routers.place(router);
        match direction {
            0 => x % self.chip.width == 0,
            1 => (x + 1) % self.chip.width == 0,
            2 => y % self.chip.height == 0,
            _ => (y + 1) % self.chip.height == 0,
        }
    }
}
