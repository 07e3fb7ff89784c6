//! `Mapped`: a mapping of a network onto the cores of a preset, as numbers that can be shown.

use alloc::{vec, vec::Vec};
use serde::{Deserialize, Serialize};

use super::floor::Floor;
use crate::{
    chip::{
        hypergraph::Hypergraph,
        limits::{Limits, Resource, Unmappable},
        mapping::{Mapping, Outcome},
        models,
        preset::Preset,
        route::{self, Traffic},
        timing::{self, CoreWork},
    },
    network::Network,
};

/// A network on a chip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mapped {
    /// Cores in a row and in a column of the whole mesh.
    pub mesh: [u32; 2],
    /// Columns and rows of cores that share a router; hops are counted between routers.
    pub at_router: [u32; 2],
    /// Whether a packet reaches several cores; otherwise each core is sent its own.
    pub is_multicast: bool,
    /// Spikes times links.
    pub hops: f64,
    /// Of these, hops from chip to chip.
    pub offchip_hops: f64,
    /// The least that `hops` could be for this division into cores.
    pub lower_bound: f64,
    /// Hops if cores are filled in the order of the neurons.
    pub sequential: f64,
    /// The same division, its cores in random places.
    pub shuffled: f64,
    /// Hops if each core has random neurons.
    pub random: f64,
    /// Hops along rows and along columns.
    pub hops_along: [f64; 2],
    /// Packets that cores send, and that cores receive from others.
    pub packets: [f64; 2],
    /// The cores that are used, in their order.
    pub cores: Vec<CoreLoad>,
    /// Links that carry spikes.
    pub links: Vec<LinkLoad>,
}

/// What a core holds and does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoreLoad {
    /// Its number; cores are numbered row by row.
    pub core: u32,
    /// How full it is by what it has least of: 1 is full. None if no limit is known.
    pub fullness: Option<f64>,
    /// Synapses onto its neurons.
    pub synapses: f64,
    /// Neurons of each population.
    pub neurons: Vec<Share>,
    /// Spikes of its neurons in a step.
    pub spikes: f64,
    /// Spikes that arrive at its synapses in a step.
    pub events: f64,
}

/// Neurons of a population in a core.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Index of the population.
    pub population: u32,
    /// How many.
    pub count: u32,
    /// The first and the last of them, counted in the population.
    pub ends: [u32; 2],
}

/// What a link carries.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkLoad {
    /// Number of its router.
    pub router: u32,
    /// Direction of [`Traffic::LINKS`].
    pub direction: u32,
    /// Spikes in the run.
    pub spikes: f64,
}

/// What mapping leads to on a preset: what is shown of it, and the work of each core in a step.
pub struct Laid {
    /// What is shown.
    pub mapped: Mapped,
    /// Work of each core, those without any left out.
    pub work: Vec<CoreWork>,
}

impl Laid {
    /// The best of an outcome on the routers of a floor.
    ///
    /// # Errors
    /// That it takes more cores than there are, which a mesh with a few places to spare hides.
    pub fn new(
        network: &Network,
        preset: &Preset,
        floor: Floor,
        graph: &Hypergraph,
        outcome: &Outcome,
        steps: f64,
    ) -> Result<Laid, Unmappable> {
        let is_multicast = preset.noc.multicast != Some(false);
        let on_routers = |mapping: &Mapping| {
            let routers: Vec<u32> = mapping.core_of.iter().map(|&core| floor.router_of(core)).collect();
            route::traffic(graph, floor.routers, &routers)
        };
        let hops = |t: &Traffic| if is_multicast { t.hops } else { t.unicast_hops.iter().sum() };
        let [sequential, shuffled, random] = [&outcome.sequential, &outcome.shuffled, &outcome.random].map(on_routers);
        let others = [(&outcome.sequential, &sequential), (&outcome.shuffled, &shuffled), (&outcome.random, &random)];
        let ours = on_routers(&outcome.ours);
        // Between routers, one of the others may be shorter.
        let (mapping, traffic) = others
            .into_iter()
            .fold((&outcome.ours, &ours), |best, next| if hops(next.1) < hops(best.1) { next } else { best });

        let work = timing::core_work(graph, floor.cores, &mapping.core_of, steps as u64, is_multicast);
        let cores = core_loads(network, &Limits::of(&preset.core), graph, &mapping.core_of, &work);
        let there_are = preset.cores().unwrap_or(f64::INFINITY);
        if cores.len() as f64 > there_are {
            let needed = cores.len() as u64;
            return Err(Unmappable::TooFewCores { cores: there_are as u64, needed, resource: Resource::Neurons });
        }
        let loaded = traffic.links.iter().enumerate().filter(|(_, spikes)| **spikes > 0.0);
        let links: Vec<LinkLoad> = loaded
            .map(|(link, &spikes)| LinkLoad {
                router: (link / Traffic::LINKS) as u32,
                direction: (link % Traffic::LINKS) as u32,
                spikes,
            })
            .collect();
        let sum = |is_one: &dyn Fn(&LinkLoad) -> bool| -> f64 {
            links.iter().filter(|link| is_one(link)).map(|link| link.spikes).sum()
        };
        let along_rows = sum(&|link| link.direction < 2);
        let mapped = Mapped {
            mesh: [floor.cores.width, floor.cores.height],
            at_router: [floor.block.width, floor.block.height],
            is_multicast,
            hops: hops(traffic),
            offchip_hops: sum(&|link| floor.leaves_chip(link.router, link.direction as usize)),
            lower_bound: traffic.deliveries,
            sequential: hops(&sequential),
            shuffled: hops(&shuffled),
            random: hops(&random),
            hops_along: if is_multicast { [along_rows, traffic.hops - along_rows] } else { traffic.unicast_hops },
            packets: [if is_multicast { traffic.packets } else { traffic.deliveries }, traffic.deliveries],
            cores,
            links,
        };
        Ok(Laid { mapped, work: work.into_iter().filter(|work| work.neurons > 0.0).collect() })
    }
}

impl Mapped {
    /// What the published models take of it.
    pub fn traffic(&self) -> models::Traffic {
        let [hops_x, hops_y] = self.hops_along;
        let [packets_out, packets_in] = self.packets;
        models::Traffic { hops_x, hops_y, packets_out, packets_in }
    }
}

fn core_loads(
    network: &Network,
    limits: &Limits,
    graph: &Hypergraph,
    core_of: &[u32],
    work: &[CoreWork],
) -> Vec<CoreLoad> {
    let mut sizes = vec![[0; 3]; work.len()];
    let mut shares: Vec<Vec<Share>> = vec![Vec::new(); work.len()];
    for (neuron, &core) in core_of.iter().enumerate() {
        crate::chip::limits::add(&mut sizes[core as usize], &graph.sizes[neuron]);
        let population = network.population_of(neuron as u32);
        let own = neuron as u32 - network.populations[population].first;
        let shares = &mut shares[core as usize];
        match shares.iter_mut().find(|share| share.population == population as u32) {
            Some(share) => {
                share.count += 1;
                share.ends[1] = own;
            }
            None => shares.push(Share { population: population as u32, count: 1, ends: [own, own] }),
        }
    }
    let known = [limits.neurons, limits.synapses, limits.memory_bits];
    let fullness = |size: &[u64; 3]| {
        let shares = size.iter().zip(known).filter_map(|(&is, most)| Some(is as f64 / most?.max(1) as f64));
        shares.reduce(f64::max)
    };
    let used = shares.into_iter().enumerate().filter(|(_, shares)| !shares.is_empty());
    let load = |(core, neurons): (usize, Vec<Share>)| CoreLoad {
        core: core as u32,
        fullness: fullness(&sizes[core]),
        synapses: sizes[core][1] as f64,
        neurons,
        spikes: work[core].spikes,
        events: work[core].synapses,
    };
    used.map(load).collect()
}
