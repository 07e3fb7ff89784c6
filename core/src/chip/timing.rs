//! How long a step takes: the slowest core, then the barrier; or the busiest link, if that is slower.

use alloc::{vec, vec::Vec};

use super::{hypergraph::Hypergraph, limits::Grid, route::Traffic};

/// Times of a chip, s. What is not known is zero, and then not part of the sum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Times {
    /// Update of a neuron.
    pub neuron_update_s: f64,
    /// What a neuron that fires takes beside its update.
    pub spike_s: f64,
    /// Sending a packet.
    pub packet_out_s: f64,
    /// Receiving a packet.
    pub packet_in_s: f64,
    /// Adding one synapse's weight.
    pub synapse_s: f64,
    /// One spike on a link.
    pub link_s: f64,
    /// Barrier at the end of a step.
    pub barrier_s: f64,
}

/// What one core does in a step, or on average in a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CoreWork {
    /// Neurons that are updated.
    pub neurons: f64,
    /// Neurons that fire.
    pub spikes: f64,
    /// Packets it sends.
    pub packets_out: f64,
    /// Packets it receives.
    pub packets_in: f64,
    /// Synapses that these packets reach.
    pub synapses: f64,
}

impl CoreWork {
    /// Update of its neurons and sending, s.
    pub fn sending_s(&self, times: &Times) -> f64 {
        self.neurons * times.neuron_update_s + self.spikes * times.spike_s + self.packets_out * times.packet_out_s
    }

    /// Receiving and adding, s.
    pub fn receiving_s(&self, times: &Times) -> f64 {
        self.packets_in * times.packet_in_s + self.synapses * times.synapse_s
    }
}

/// What a step waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bottleneck {
    /// The updates and packets of a core.
    Sending(u32),
    /// The packets and synapses that a core receives.
    Receiving(u32),
    /// A link: its core, and its direction of [`Traffic::LINKS`].
    Link(u32, usize),
    /// Nothing but the barrier.
    Barrier,
}

/// How long a step takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepTime {
    /// In all, s.
    pub seconds: f64,
    /// What it waits for.
    pub bottleneck: Bottleneck,
}

impl StepTime {
    /// Wall time over model time; below 1 is faster than real time.
    pub fn real_time_factor(&self, dt_ms: f64) -> f64 {
        self.seconds / (dt_ms * 1e-3)
    }
}

/// The time of a step: of the cores the one that sends or receives longest, since both go on at once, or of the links, given
/// by the spikes over each in a step, the busiest; and the barrier.
pub fn step_time(cores: &[CoreWork], links: &[f64], times: &Times) -> StepTime {
    let mut slowest = (0.0, Bottleneck::Barrier);
    let mut consider = |seconds: f64, bottleneck| {
        if seconds > slowest.0 {
            slowest = (seconds, bottleneck);
        }
    };
    for (core, work) in cores.iter().enumerate() {
        consider(work.sending_s(times), Bottleneck::Sending(core as u32));
        consider(work.receiving_s(times), Bottleneck::Receiving(core as u32));
    }
    for (link, spikes) in links.iter().enumerate() {
        let (core, direction) = (link / Traffic::LINKS, link % Traffic::LINKS);
        consider(spikes * times.link_s, Bottleneck::Link(core as u32, direction));
    }
    StepTime { seconds: slowest.0 + times.barrier_s, bottleneck: slowest.1 }
}

/// What each core does on average in one of `steps` steps. A spike that stays in its core is received there too; where
/// `multicast` is false, a core sends a packet for each core that it reaches.
pub fn core_work(graph: &Hypergraph, grid: Grid, core_of: &[u32], steps: u64, multicast: bool) -> Vec<CoreWork> {
    let mut cores = vec![CoreWork::default(); grid.cores() as usize];
    core_of.iter().for_each(|&core| cores[core as usize].neurons += 1.0);
    let mut reached: Vec<u32> = Vec::new();
    let mut beside = graph.beside.iter().peekable();
    for edge in graph.edges() {
        let home = core_of[graph.sources[edge as usize] as usize] as usize;
        let spikes = graph.spikes[edge as usize] as f64 / steps.max(1) as f64;
        reached.clear();
        reached.extend(graph.pins.of(edge).iter().map(|&pin| core_of[pin as usize]));
        while let Some([_, target]) = beside.next_if(|[source, _]| *source == edge) {
            reached.push(core_of[*target as usize]);
        }
        reached.iter().for_each(|&core| cores[core as usize].synapses += spikes);
        reached.sort_unstable();
        reached.dedup();
        reached.iter().for_each(|&core| cores[core as usize].packets_in += spikes);
        cores[home].spikes += spikes;
        let packets = if multicast { reached.len().min(1) } else { reached.len() };
        cores[home].packets_out += spikes * packets as f64;
    }
    cores
}
