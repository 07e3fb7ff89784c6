//! `Report`: everything that is said of a run on a piece of hardware, as the command line, the worker and the page show it.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use super::{
    counts::Counts,
    energy::Load,
    fit::{self, Limit, Refusal, Remedy},
    models::{
        self, MODELS,
        break_even::{self, BreakEven},
        neurobench::Metrics,
    },
    preset::{Kind, Mode, Preset, Words},
    thermal::{self, Junction, Plant, Scale},
    timing::CoreWork,
};
use crate::{network::Network, text::Lang};

mod csv;
mod floor;
mod job;
mod mapped;
mod pace;
mod priced;

pub use csv::csv;
pub use floor::Floor;
pub use job::{Doing, Failure, Job, Order};
pub use mapped::{CoreLoad, Laid, LinkLoad, Mapped, Share};
pub use pace::Pace;
pub use priced::{FITTED, Item, Lacking, Priced, priced};

/// A dense network is computed once in this time of the model, s: as for a camera of 100 Hz.
pub const FRAME_S: f64 = 0.01;

/// A run on a piece of hardware.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Name of the preset in links.
    pub id: String,
    /// Its name for people.
    pub name: Words,
    /// What it is, in a sentence.
    pub about: Words,
    /// What kind of thing it is.
    pub kind: Kind,
    /// What happened in the run.
    pub counts: Counts,
    /// Whether the network fits.
    pub fit: Fitting,
    /// Where its neurons go, if it was mapped.
    pub mapped: Option<Mapped>,
    /// Why it was not.
    pub unmapped: Option<Words>,
    /// How long it takes.
    pub pace: Pace,
    /// What it costs by each set of prices, the one to begin with first; none if the hardware computes nothing like it.
    pub prices: Vec<Priced>,
    /// What published models say, whatever the hardware.
    pub models: Vec<Estimate>,
    /// NeuroBench's metrics.
    pub neurobench: Metrics,
    /// Frames for which an equal dense network would be computed: one each [`FRAME_S`].
    pub frames: f64,
    /// The rate at which an equal dense network costs the same: by arithmetic, and with memory.
    pub break_even: [BreakEven; 2],
    /// Its heat, if there is a total.
    pub heat: Option<Heat>,
}

/// Whether a network fits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fitting {
    /// What cannot be mapped.
    pub walls: Vec<Advice>,
    /// What maps and misses the tick.
    pub budgets: Vec<Advice>,
    /// Paths of limits that are not known, so that they were not judged.
    pub unknown: Vec<String>,
    /// Cores that it takes at least, if their capacity is known.
    pub cores: Option<f64>,
}

/// A refusal in words, and what can be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// What runs out.
    pub limit: Limit,
    /// Path of the limit in the preset.
    pub at: String,
    /// What does not fit.
    pub message: Words,
    /// Two ways out.
    pub ways: [Way; 2],
}

/// A way out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// What it does.
    pub message: Words,
    /// The edit.
    pub remedy: Remedy,
}

/// What a published model says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Name of the model in exports.
    pub id: String,
    /// Its name for people.
    pub title: Words,
    /// What it holds and what it leaves out.
    pub about: Words,
    /// Where it was published.
    pub source: String,
    /// What it says, J.
    pub joules: f64,
    /// Its parts, J.
    pub parts: Vec<(Words, f64)>,
}

/// Power, and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// Mean power of the run, W.
    pub power_w: super::quantity::Interval,
    /// The junction at [`Plant`]'s usual surroundings, if its resistance is known.
    pub junction: Option<Junction>,
    /// As many of this network as a brain has neurons.
    pub scale: Option<Scale>,
}

/// The report of a run on a preset: of the network, what the run counted, and where the neurons go there, or why they do not.
pub fn report(network: &Network, counts: &Counts, preset: &Preset, laid: Result<Laid, Words>) -> Report {
    let (mapped, work, unmapped) = match laid {
        Ok(Laid { mapped, work }) => (Some(mapped), work, None),
        Err(why) => (None, Vec::<CoreWork>::new(), Some(why)),
    };
    let frames = (counts.model_s / FRAME_S).max(1.0);
    let core_pace = Pace::of_cores(preset, counts, &work);
    let load = Load {
        counts: counts.clone(),
        hops: mapped.as_ref().map(|m| m.hops - m.offchip_hops),
        offchip_hops: mapped.as_ref().map(|m| m.offchip_hops),
        // What is faster than the model's time waits for it.
        wall_s: core_pace.wall_s.and_then(|wall| wall.v).map(|wall_s| wall_s.max(counts.model_s)),
        ..Load::default()
    };
    let prices = priced(preset, &load, frames);
    let pace = match (preset.kind, prices.first()) {
        (Kind::Gpu, Some(fitted)) => Pace::of_board(counts, fitted),
        _ => core_pace,
    };
    let traffic = mapped.as_ref().map(Mapped::traffic);
    let estimate = |model: &&'static models::Model| {
        let parts = (model.parts)(counts, traffic.as_ref());
        Estimate {
            id: model.id.into(),
            title: model.title.into(),
            about: model.about.into(),
            source: model.source.into(),
            joules: model.joules(counts, traffic.as_ref()),
            parts: parts.into_iter().map(|part| (part.name.into(), part.joules)).collect(),
        }
    };
    Report {
        id: preset.id.clone(),
        name: preset.name.clone(),
        about: preset.about.clone(),
        kind: preset.kind,
        counts: counts.clone(),
        fit: fitting(network, preset, counts),
        mapped,
        unmapped,
        pace,
        heat: heat(preset, counts, &prices),
        prices,
        models: MODELS.iter().map(estimate).collect(),
        neurobench: Metrics::of(counts),
        frames,
        break_even: [break_even::arithmetic(counts, frames), break_even::with_memory(counts, frames)],
    }
}

impl Report {
    /// What it costs by the prices to begin with.
    pub fn price(&self) -> Option<&Priced> {
        self.prices.first()
    }

    /// Every source that a number of it comes from, each once.
    pub fn citations(&self) -> Vec<String> {
        let items = self.prices.iter().flat_map(|priced| &priced.items).map(|item| &item.source);
        let mut all: Vec<String> = Vec::new();
        for source in items.chain(self.models.iter().map(|model| &model.source)) {
            if !source.is_empty() && !all.contains(source) {
                all.push(source.clone());
            }
        }
        all
    }
}

/// What dense machines compute holds no neurons, and does not have to fit them.
fn fitting(network: &Network, preset: &Preset, counts: &Counts) -> Fitting {
    if !preset.computes(Mode::Spiking) {
        return Fitting::default();
    }
    let in_both = |of: &dyn Fn(Lang) -> String| Words { en: of(Lang::En), zh: of(Lang::Zh) };
    let way =
        |remedy: Remedy| Way { message: in_both(&|lang| remedy.message(&network.spec, lang)), remedy: remedy.clone() };
    let advice = |refusal: Refusal| Advice {
        limit: refusal.limit,
        message: in_both(&|lang| refusal.message(lang)),
        at: refusal.at,
        ways: refusal.remedies.map(way),
    };
    let fit = fit::fit(network, preset, Some(counts));
    Fitting {
        walls: fit.walls.into_iter().map(advice).collect(),
        budgets: fit.budgets.into_iter().map(advice).collect(),
        unknown: fit.unknown,
        cores: fit.cores,
    }
}

fn heat(preset: &Preset, counts: &Counts, prices: &[Priced]) -> Option<Heat> {
    let first = prices.first()?;
    let power_w = first.total.filter(|_| first.wall_s > 0.0)?.times(1.0 / first.wall_s);
    Some(Heat {
        power_w,
        junction: thermal::junction(preset, power_w, Plant::default().ambient_k),
        scale: thermal::scale(preset, counts.neurons(), power_w),
    })
}
