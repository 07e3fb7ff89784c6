//! What a run costs on a preset: a list of terms, each a count times a price, and their sum; or a refusal that names what is
//! not known, with what is known of the rest as the least that it costs.
//!
//! A `per_term` price is for one kind of event, so all terms are added; an `all_in` price of a synaptic event already holds
//! neurons, hops, memory and leakage, so that it stands alone. Host and cooling are outside both. What is not known is never
//! zero; what does not happen costs nothing, whatever its price.

use alloc::{format, string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use super::{
    counts::Counts,
    names,
    preset::{Clocking, Mode, Preset, Profile, Scope},
    quantity::{Evidence, Interval, Quantity},
};
use crate::text::{Text, text};

/// A run, and what a mapping says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Load {
    /// What happened.
    pub counts: Counts,
    /// Hops of all packets on a chip; none without a mapping.
    pub hops: Option<f64>,
    /// Hops of all packets between chips; none without a mapping.
    pub offchip_hops: Option<f64>,
    /// Bits that memory moved beside what other prices hold; none if the hardware reads nothing so.
    pub memory_bits: Option<f64>,
    /// Chips that work; none: as many as the preset has.
    pub chips: Option<f64>,
    /// Time that the hardware takes, s; none: real time, or as much faster as the preset must run.
    pub wall_s: Option<f64>,
}

names! {
    /// What is inside the bill.
    #[derive(Default)]
    pub enum Boundary {
        /// The chip.
        #[default]
        Chip = "chip",
        /// The chip and the machine that it needs beside it.
        System = "system",
        /// All that, and what cools it.
        Facility = "facility",
    }
}

names! {
    /// What costs energy.
    pub enum Term {
        /// A spike arrives at a synapse.
        SynapticEvents = "synaptic_events",
        /// A neuron is updated.
        NeuronUpdates = "neuron_updates",
        /// A neuron sends a spike.
        SpikesOut = "spikes_out",
        /// A packet goes on to the next router.
        Hops = "hops",
        /// A packet goes on to the next chip.
        OffchipHops = "offchip_hops",
        /// Memory is read and written.
        Memory = "memory",
        /// A weight changes.
        Learning = "learning",
        /// A dense network multiplies or adds.
        Operations = "operations",
        /// The chip is on.
        Static = "static",
        /// The machine beside it is on.
        Host = "host",
        /// Heat is carried away.
        Cooling = "cooling",
        /// A whole board is on, whatever it does.
        Board = "board",
    }
}

impl Term {
    /// Its name for people.
    pub fn title(self) -> Text {
        match self {
            Term::SynapticEvents => text("Synaptic events", "突触事件"),
            Term::NeuronUpdates => text("Neuron updates", "神经元更新"),
            Term::SpikesOut => text("Spikes sent", "发出脉冲"),
            Term::Hops => text("Hops", "片内跳转"),
            Term::OffchipHops => text("Hops between chips", "片间跳转"),
            Term::Memory => text("Memory", "存储"),
            Term::Learning => text("Learning", "学习"),
            Term::Operations => text("Operations", "稠密运算"),
            Term::Static => text("Static power", "静态功耗"),
            Term::Host => text("Host", "主机"),
            Term::Cooling => text("Cooling", "散热"),
            Term::Board => text("Board", "整板"),
        }
    }

    /// Whether it grows with the number of spikes.
    pub fn is_dynamic(self) -> bool {
        matches!(
            self,
            Term::SynapticEvents | Term::SpikesOut | Term::Hops | Term::OffchipHops | Term::Memory | Term::Learning
        )
    }
}

/// A term of the bill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What costs.
    pub term: Term,
    /// How many of it; seconds for power, J for cooling.
    pub count: f64,
    /// What one costs: J, W for power, a factor for cooling.
    pub price: Quantity,
    /// Path of the price in the preset.
    pub at: String,
    /// What it costs, J.
    pub joules: Interval,
}

/// A number that is missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// What would cost.
    pub term: Term,
    /// Path of the number in the preset; empty if it is what a mapping would count.
    pub at: String,
}

/// What a run costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bill {
    /// Name of the prices.
    pub profile: String,
    /// What they hold.
    pub scope: Scope,
    /// The terms that are known.
    pub lines: Vec<Line>,
    /// What is missing for the rest.
    pub missing: Vec<Missing>,
    /// Time that the hardware takes, s; of a dense network at peak rate, and zero if that is not known.
    pub wall_s: f64,
}

impl Bill {
    /// What all known terms cost, J: at least this.
    pub fn known(&self) -> Interval {
        self.lines.iter().map(|line| line.joules).sum()
    }

    /// What everything costs, J.
    ///
    /// # Errors
    /// What is missing.
    pub fn total(&self) -> Result<Interval, &[Missing]> {
        if self.missing.is_empty() { Ok(self.known()) } else { Err(&self.missing) }
    }

    /// The weakest evidence that stands behind a term that costs anything.
    pub fn evidence(&self) -> Evidence {
        let costs = self.lines.iter().filter(|line| line.joules.hi > 0.0);
        costs.map(|line| line.price.ev).max().unwrap_or(Evidence::Unknown)
    }

    /// A term, if it is known.
    pub fn line(&self, term: Term) -> Option<&Line> {
        self.lines.iter().find(|line| line.term == term)
    }
}

/// The bill so far.
struct Sum {
    lines: Vec<Line>,
    missing: Vec<Missing>,
}

impl Sum {
    fn add(&mut self, term: Term, count: Option<f64>, price: &Quantity, at: String) {
        match (count, price.interval()) {
            (Some(count), Some(each)) => {
                let joules = if count == 0.0 { Interval::ZERO } else { each.times(count) };
                self.lines.push(Line { term, count, price: price.clone(), at, joules });
            }
            // What does not happen costs nothing.
            (Some(0.0), None) => {}
            (None, None) | (Some(_), None) => self.missing.push(Missing { term, at }),
            (None, Some(each)) if each.hi == 0.0 => {}
            (None, Some(_)) => self.missing.push(Missing { term, at: String::new() }),
        }
    }
}

/// What a run costs on a preset by one of its profiles, the default if `profile` is not one of them; none if the preset
/// does not spike.
pub fn bill(preset: &Preset, profile: &str, load: &Load, boundary: Boundary) -> Option<Bill> {
    if !preset.computes(Mode::Spiking) {
        return None;
    }
    let chosen = preset.energy.iter().position(|p| p.profile == profile);
    let index = chosen.or_else(|| preset.energy.iter().position(|p| p.default))?;
    let prices = &preset.energy[index];
    let wall_s = load.wall_s.unwrap_or_else(|| load.counts.model_s / speedup(preset));
    let mut sum = Sum { lines: Vec::new(), missing: Vec::new() };
    let at = |name: &str| format!("energy[{index}].{name}");
    sum.add(Term::SynapticEvents, Some(load.counts.events()), &prices.synop_j, at("synop_j"));
    let chips = load.chips.unwrap_or_else(|| preset.chips());
    if prices.scope == Scope::PerTerm {
        add_terms(&mut sum, prices, load, at);
        let seconds = Some(chips * wall_s);
        sum.add(Term::Static, seconds, &preset.power.static_w, "power.static_w".into());
    } else {
        // What was measured did not learn, unless a price says so.
        sum.add(Term::Learning, Some(load.counts.plastic_updates), &prices.learn_j, at("learn_j"));
    }
    if boundary != Boundary::Chip {
        sum.add(Term::Host, Some(wall_s), &preset.power.host_w, "power.host_w".into());
    }
    if boundary == Boundary::Facility {
        add_cooling(&mut sum, &preset.thermal.pue);
    }
    let Sum { lines, missing } = sum;
    Some(Bill { profile: prices.profile.clone(), scope: prices.scope, lines, missing, wall_s })
}

/// What a dense network with the same synapses costs on a preset, computed once for each of so many frames: a multiplication
/// and an addition for each synapse. None if the preset computes no dense networks.
pub fn dense_bill(preset: &Preset, counts: &Counts, frames: f64) -> Option<Bill> {
    if !preset.computes(Mode::Dense) {
        return None;
    }
    let index = preset.energy.iter().position(|p| p.default)?;
    let prices = &preset.energy[index];
    let operations = 2.0 * counts.synapses() * frames;
    let mut sum = Sum { lines: Vec::new(), missing: Vec::new() };
    sum.add(Term::Operations, Some(operations), &prices.op_j, format!("energy[{index}].op_j"));
    let Sum { lines, missing } = sum;
    let wall_s = preset.throughput.op_per_s.v.map_or(0.0, |rate| operations / (rate * preset.chips()));
    Some(Bill { profile: prices.profile.clone(), scope: prices.scope, lines, missing, wall_s })
}

fn add_terms(sum: &mut Sum, prices: &Profile, load: &Load, at: impl Fn(&str) -> String) {
    let counts = &load.counts;
    sum.add(Term::NeuronUpdates, Some(counts.updates()), &prices.neuron_update_j, at("neuron_update_j"));
    sum.add(Term::SpikesOut, Some(counts.spikes()), &prices.spike_out_j, at("spike_out_j"));
    // Without spikes there is no packet, with or without a mapping.
    let packets = |count: Option<f64>| if counts.spikes() == 0.0 { Some(0.0) } else { count };
    sum.add(Term::Hops, packets(load.hops), &prices.hop_j, at("hop_j"));
    sum.add(Term::OffchipHops, packets(load.offchip_hops), &prices.offchip_hop_j, at("offchip_hop_j"));
    if let Some(bits) = load.memory_bits {
        sum.add(Term::Memory, Some(bits), &prices.memory_j_per_bit, at("memory_j_per_bit"));
    }
    sum.add(Term::Learning, Some(counts.plastic_updates), &prices.learn_j, at("learn_j"));
}

/// Cooling takes PUE − 1 of all the rest; without the rest it is not known either.
fn add_cooling(sum: &mut Sum, pue: &Quantity) {
    let it: Interval = sum.lines.iter().map(|line| line.joules).sum();
    match pue.interval() {
        Some(factor) => {
            let joules = it.by(factor.less(1.0));
            let count = it.middle();
            sum.lines.push(Line { term: Term::Cooling, count, price: pue.clone(), at: "thermal.pue".into(), joules });
        }
        None => sum.missing.push(Missing { term: Term::Cooling, at: "thermal.pue".into() }),
    }
}

/// How many times faster than the model's time the hardware runs if nobody says otherwise.
fn speedup(preset: &Preset) -> f64 {
    match preset.time.mode {
        Clocking::Accelerated => preset.time.speedup.v.unwrap_or(1.0),
        _ => 1.0,
    }
}
