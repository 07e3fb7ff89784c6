//! `Priced`: what a run costs by one set of prices, in the same form for chips that spike, for dense machines and for boards.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use serde::{Deserialize, Serialize};

use crate::{
    chip::{
        baseline::{Cost, Gpu, Spinnaker, WITHIN},
        counts::Counts,
        energy::{self, Bill, Boundary, Load, Term},
        preset::{Kind, Mode, Preset, Scope, Words},
        quantity::{Evidence, Interval, Quantity},
    },
    text::text,
};

/// What a run costs by one set of prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Priced {
    /// Name of the prices.
    pub profile: String,
    /// What a total by them holds.
    pub holds: Words,
    /// The terms that are known.
    pub items: Vec<Item>,
    /// What is missing for the rest.
    pub missing: Vec<Lacking>,
    /// What all known terms cost, J: at least this.
    pub known: Interval,
    /// What everything costs, J; none while something is missing.
    pub total: Option<Interval>,
    /// The weakest evidence behind a term that costs anything.
    pub evidence: Evidence,
    /// Time that the hardware takes, s.
    pub wall_s: f64,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What costs.
    pub term: Term,
    /// Its name for people.
    pub title: Words,
    /// How many of it; seconds for power.
    pub count: f64,
    /// What one costs: J, or W for power.
    pub price: Quantity,
    /// Path of the price in the preset; empty if it is none of its numbers.
    pub at: String,
    /// Where the price was read; empty if it was not.
    pub source: String,
    /// What it costs, J.
    pub joules: Interval,
}

/// A number that is missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lacking {
    /// What would cost.
    pub term: Term,
    /// Its name for people.
    pub title: Words,
    /// Path of the number in the preset; `hops` if it is what a mapping would count.
    pub at: String,
}

/// Where the two fitted models come from.
pub const FITTED: &str =
    "Fitted to runs of the cortical microcircuit in Senk et al. (2026), doi:10.1088/2634-4386/ae379a";

/// What a run costs on a preset by each set of prices, the one to begin with first.
pub fn priced(preset: &Preset, load: &Load, frames: f64) -> Vec<Priced> {
    let counts = &load.counts;
    if preset.kind == Kind::Gpu {
        return vec![gpu(preset, counts)];
    }
    if !preset.computes(Mode::Spiking) {
        return energy::dense_bill(preset, counts, frames).map(|bill| of_bill(preset, bill)).into_iter().collect();
    }
    let mut profiles: Vec<_> = preset.energy.iter().collect();
    profiles.sort_by_key(|profile| !profile.default);
    let bills = profiles.into_iter().filter_map(|p| energy::bill(preset, &p.profile, load, Boundary::Chip));
    let mut all: Vec<Priced> = bills.map(|bill| of_bill(preset, bill)).collect();
    if preset.id == "spinnaker1" {
        all.push(spinnaker(counts, load.wall_s.unwrap_or(counts.model_s)));
    }
    all
}

fn of_bill(preset: &Preset, bill: Bill) -> Priced {
    let source = |price: &Quantity| preset.sources.get(&price.src).cloned().unwrap_or_default();
    let item = |line: energy::Line| Item {
        term: line.term,
        title: line.term.title().into(),
        count: line.count,
        source: source(&line.price),
        price: line.price,
        at: line.at,
        joules: line.joules,
    };
    let (known, total, evidence) = (bill.known(), bill.total().ok(), bill.evidence());
    let holds = match bill.scope {
        _ if !preset.computes(Mode::Spiking) => {
            text("an equal dense network, computed once for each frame", "同等规模的稠密网络，每帧计算一次")
        }
        Scope::PerTerm => text("each kind of event by itself, on the chip", "芯片内逐类事件计价"),
        Scope::AllIn => text("all of the chip in the price of an event", "事件单价已含芯片全部能耗"),
    };
    let lacking = |missing: energy::Missing| Lacking {
        term: missing.term,
        title: missing.term.title().into(),
        at: if missing.at.is_empty() { "hops".to_owned() } else { missing.at },
    };
    Priced {
        profile: bill.profile,
        holds: holds.into(),
        items: bill.lines.into_iter().map(item).collect(),
        missing: bill.missing.into_iter().map(lacking).collect(),
        known,
        total,
        evidence,
        wall_s: bill.wall_s,
    }
}

/// By the fitted model of a GPU, or what it lacks.
fn gpu(preset: &Preset, counts: &Counts) -> Priced {
    let holds = text("the whole board while it runs, by a fitted model", "运行期间的整板能耗，按拟合模型").into();
    let profile = "fitted".to_owned();
    match Gpu::calibrated().cost(preset, counts) {
        Some(cost) => board(profile, holds, cost, vec![on(Term::Board, cost, cost.joules)]),
        None => {
            let (t, peak_w) = (&preset.throughput, &preset.power.peak_w);
            let needs = [
                ("throughput.launch_s", &t.launch_s),
                ("throughput.fp32_per_s", &t.fp32_per_s),
                ("throughput.mem_b_per_s", &t.mem_b_per_s),
                ("power.peak_w", peak_w),
            ];
            let unknown = needs.into_iter().filter(|(_, quantity)| quantity.interval().is_none());
            let title = Words::from(Term::Board.title());
            let lacking = |(at, _): (&str, _)| Lacking { term: Term::Board, title: title.clone(), at: at.to_string() };
            Priced {
                profile,
                holds,
                items: Vec::new(),
                missing: unknown.map(lacking).collect(),
                known: Interval::ZERO,
                total: None,
                evidence: Evidence::Unknown,
                wall_s: 0.0,
            }
        }
    }
}

/// By the fitted model of a board of SpiNNaker.
fn spinnaker(counts: &Counts, wall_s: f64) -> Priced {
    let model = Spinnaker::calibrated();
    let cost = model.cost(counts, 1.0, wall_s);
    let events = |term: Term, count: f64, each: f64| {
        let price = derived(each, "the price of the preset, in the model that was fitted");
        item(term, count, price)
    };
    let items = vec![
        on(Term::Board, cost, model.idle_w * wall_s),
        events(Term::NeuronUpdates, counts.updates(), model.update_j),
        events(Term::SynapticEvents, counts.events(), model.event_j),
    ];
    board(
        "board_model".to_owned(),
        text("one board of 48 chips, by a fitted model", "一块 48 芯片的板，按拟合模型").into(),
        cost,
        items,
    )
}

fn derived(v: f64, why: &str) -> Quantity {
    Quantity {
        v: Some(v),
        lo: Some(v / WITHIN),
        hi: Some(v * WITHIN),
        ev: Evidence::Derived,
        why: why.into(),
        ..Quantity::default()
    }
}

fn item(term: Term, count: f64, price: Quantity) -> Item {
    let joules = price.interval().unwrap_or(Interval::ZERO).times(count);
    Item { term, title: term.title().into(), count, price, at: String::new(), source: FITTED.to_owned(), joules }
}

/// A board that takes `joules` for as long as a run takes.
fn on(term: Term, cost: Cost, joules: f64) -> Item {
    let watts = if cost.wall_s > 0.0 { joules / cost.wall_s } else { 0.0 };
    item(term, cost.wall_s, derived(watts, "mean power of the model; other runs were within a factor of 2"))
}

fn board(profile: String, holds: Words, cost: Cost, items: Vec<Item>) -> Priced {
    let (missing, wall_s) = (Vec::new(), cost.wall_s);
    let known: Interval = items.iter().map(|item| item.joules).sum();
    Priced { profile, holds, items, missing, known, total: Some(known), evidence: Evidence::Derived, wall_s }
}
