//! Which vertices share a core: the two baselines, and a first division that follows the traffic.

use alloc::{vec, vec::Vec};

use super::{
    coarsen::Dice,
    hypergraph::Hypergraph,
    limits::{Grid, Limits, RESOURCES, Resource, Size, Unmappable, add, fits},
};

/// The core of each vertex, and how many cores have any.
pub(super) type Parts = (Vec<u32>, usize);

/// Whether each neuron fits into a core and all could fit into the grid.
pub(super) fn check(graph: &Hypergraph, grid: Grid, limits: &Limits) -> Result<(), Unmappable> {
    let (room, cores) = (limits.room(), grid.cores());
    if cores == 0 {
        return Err(Unmappable::NoCores);
    }
    for (neuron, size) in graph.sizes.iter().enumerate() {
        if let Some(i) = (0..3).find(|&i| size[i] > room[i]) {
            let (neuron, resource) = (neuron as u32, RESOURCES[i]);
            return Err(Unmappable::NeuronTooLarge { neuron, resource, takes: size[i], limit: room[i] });
        }
    }
    let (needed, resource) = needed(&graph.total(), &room);
    if needed > cores {
        return Err(Unmappable::TooFewCores { cores, needed, resource });
    }
    let (fewest, neurons) = (limits.fewest_neurons, graph.vertices() as u64);
    if fewest.saturating_mul(cores) > neurons || fewest > room[0] {
        return Err(Unmappable::CannotSpread { fewest, cores, neurons });
    }
    Ok(())
}

/// Cores that any mapping needs, and what decides it.
pub(super) fn needed(total: &Size, room: &Size) -> (u64, Resource) {
    let cores = |i: usize| if room[i] == 0 { 0 } else { total[i].div_ceil(room[i]) };
    (0..3).map(|i| (cores(i), RESOURCES[i])).max_by_key(|(cores, _)| *cores).expect("there are three resources")
}

/// Fills core after core in the order of the neurons, as toolkits do that do not look at traffic. Where every core shall
/// have some neurons, each gets its share of them.
pub(super) fn sequential(graph: &Hypergraph, grid: Grid, limits: &Limits) -> Result<Parts, Unmappable> {
    filled(graph, (0..graph.vertices() as u32).collect(), grid, limits)
}

/// The same in a random order.
pub(super) fn random(graph: &Hypergraph, grid: Grid, limits: &Limits, dice: &mut Dice) -> Result<Parts, Unmappable> {
    filled(graph, dice.order(graph.vertices()), grid, limits)
}

fn filled(graph: &Hypergraph, order: Vec<u32>, grid: Grid, limits: &Limits) -> Result<Parts, Unmappable> {
    if limits.fewest_neurons > 0 {
        return spread(graph, &order, grid, limits);
    }
    let (room, cores) = (limits.room(), grid.cores());
    let mut part = vec![0; order.len()];
    let (mut core, mut load) = (0, [0; 3]);
    for &v in &order {
        let size = &graph.sizes[v as usize];
        if !fits(&load, size, &room) {
            (core, load) = (core + 1, [0; 3]);
        }
        add(&mut load, size);
        part[v as usize] = core;
    }
    if u64::from(core) < cores { Ok((part, core as usize + 1)) } else { packed(graph, order, cores, &room) }
}

/// The largest first, each into the first core with room: fills cores better than any order does.
fn packed(graph: &Hypergraph, mut order: Vec<u32>, cores: u64, room: &Size) -> Result<Parts, Unmappable> {
    let share = |v: &u32| {
        let size = &graph.sizes[*v as usize];
        (0..3).filter(|&i| room[i] != u64::MAX).map(|i| size[i].saturating_mul(1 << 20) / room[i].max(1)).max()
    };
    order.sort_by_key(|v| core::cmp::Reverse(share(v)));
    let mut part = vec![0; order.len()];
    let mut loads: Vec<Size> = Vec::new();
    for &v in &order {
        let size = &graph.sizes[v as usize];
        let core = loads.iter().position(|load| fits(load, size, room)).unwrap_or_else(|| {
            loads.push([0; 3]);
            loads.len() - 1
        });
        add(&mut loads[core], size);
        part[v as usize] = core as u32;
    }
    if loads.len() as u64 > cores {
        let resource = needed(&graph.total(), room).1;
        return Err(Unmappable::TooFewCores { cores, needed: loads.len() as u64, resource });
    }
    Ok((part, loads.len()))
}

/// As many neurons in each core of the grid.
fn spread(graph: &Hypergraph, order: &[u32], grid: Grid, limits: &Limits) -> Result<Parts, Unmappable> {
    let (cores, n) = (grid.cores() as usize, order.len());
    let (mut part, mut loads) = (vec![0; n], vec![[0; 3]; cores]);
    for (i, &v) in order.iter().enumerate() {
        let core = i * cores / n;
        part[v as usize] = core as u32;
        add(&mut loads[core], &graph.sizes[v as usize]);
    }
    let room = limits.room();
    let is_over = loads.iter().any(|load| !fits(load, &[0; 3], &room));
    if is_over || loads.iter().any(|load| load[0] < limits.fewest_neurons) {
        return Err(Unmappable::CannotSpread { fewest: limits.fewest_neurons, cores: grid.cores(), neurons: n as u64 });
    }
    Ok((part, cores))
}

/// Fills core after core, each time with the vertex that shares most traffic with those already there. `None` where more
/// than `cores` would be filled.
pub(super) fn grown(graph: &Hypergraph, cores: usize, room: &Size, dice: &mut Dice) -> Option<Vec<u32>> {
    let n = graph.vertices();
    let mut part = vec![u32::MAX; n];
    let mut shared = vec![0_u64; n];
    let mut left: Vec<u32> = dice.order(n);
    // Whether the core that is being filled has heard of an axon.
    let mut heard = vec![u32::MAX; graph.sources.len()];
    for core in 0..cores as u32 {
        if left.is_empty() {
            break;
        }
        let mut load = [0; 3];
        left.iter().for_each(|&v| shared[v as usize] = 0);
        loop {
            let open = left.iter().enumerate().filter(|(_, v)| fits(&load, &graph.sizes[**v as usize], room));
            let Some((at, &v)) = open.max_by_key(|(_, v)| shared[**v as usize]) else { break };
            left.swap_remove(at);
            part[v as usize] = core;
            add(&mut load, &graph.sizes[v as usize]);
            for &edge in graph.incoming.of(v).iter().chain(graph.outgoing.of(v)) {
                if heard[edge as usize] != core {
                    heard[edge as usize] = core;
                    let pins = graph.pins.of(edge);
                    let weight = (graph.spikes[edge as usize] << 16) / pins.len().max(1) as u64;
                    pins.iter().for_each(|&u| shared[u as usize] += weight);
                    shared[graph.sources[edge as usize] as usize] += weight;
                }
            }
        }
    }
    left.is_empty().then_some(part)
}
