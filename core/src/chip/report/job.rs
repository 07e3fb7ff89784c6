//! `Job`: the whole way from a network to its reports, in slices: it is wired, run from t = 0, and mapped onto each chip.

use alloc::{
    boxed::Box,
    collections::VecDeque,
    string::{String, ToString},
    vec::Vec,
};
use serde::{Deserialize, Serialize};

use super::{Floor, Laid, Report, report};
use crate::{
    chip::{
        counts::Counts,
        hypergraph::Hypergraph,
        limits::{Limits, Unmappable},
        mapping::Mapper,
        preset::{Mode, Preset, Words},
        presets,
    },
    engine::{ENGINES, Simulation},
    error::SpecError,
    network::{OutOfMemory, Wiring},
    spec::NetworkSpec,
    text::{Lang, text},
    units::steps_from_ms,
};

/// Synapses that are wired in one go: a few milliseconds.
const WIRING_CHUNK: usize = 1 << 17;
/// Steps of the run in one go, and looks at a count while mapping.
const STEPS: u64 = 16;
const LOOKS: u64 = 1 << 20;
/// Most synapses of a network that is mapped here: its hypergraph then takes some hundred megabytes.
const MOST_SYNAPSES: usize = 6_000_000;
/// The part of the work that wiring and running take, as it is told.
const RUN_PART: f64 = 0.3;
/// Time for annealing, over what would be best: mappings differ by a few percent at most, and nobody waits for that.
const EFFORT: f64 = 0.2;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The hardware.
    pub presets: Vec<String>,
    /// Time of the model that is run and counted, ms.
    pub ms: f64,
}

/// What is being done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Doing {
    /// The network is wired.
    Wiring,
    /// It is run.
    Running,
    /// It is mapped onto this preset.
    Mapping(String),
    /// Everything is done.
    Nothing,
}

/// Why it came to nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Failure {
    /// The network has mistakes.
    Refused(Vec<SpecError>),
    /// There is no hardware of this name.
    NoPreset(String),
    /// That is no time.
    NoTime(f64),
    /// The machine has no memory for it.
    NoMemory,
    /// A number was lost in the run; why, in both languages.
    Halted(Words),
}

impl From<OutOfMemory> for Failure {
    fn from(_: OutOfMemory) -> Failure {
        Failure::NoMemory
    }
}

enum Stage {
    Wire(Box<Wiring>),
    Run(Box<Simulation>),
    Begin,
    Map(Box<Placing>),
}

/// A preset onto which the network is being mapped.
struct Placing {
    preset: Preset,
    floor: Floor,
    graph: Hypergraph,
    mapper: Mapper,
}

/// The work.
pub struct Job {
    ms: f64,
    left: VecDeque<Preset>,
    all: usize,
    stage: Stage,
    /// The run when it is over, what it counted, and the spikes of each neuron.
    ran: Option<(Simulation, Counts, Vec<u64>)>,
    reports: Vec<Report>,
}

impl Job {
    /// Checks what is asked for. A run may take `memory_limit` bytes.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn new(spec: NetworkSpec, order: &Order, memory_limit: f64) -> Result<Job, Failure> {
        if !(order.ms > 0.0 && order.ms.is_finite()) {
            return Err(Failure::NoTime(order.ms));
        }
        let find = |id: &String| presets::find(id).map(presets::Entry::preset).ok_or(Failure::NoPreset(id.clone()));
        let left: VecDeque<Preset> = order.presets.iter().map(find).collect::<Result<_, _>>()?;
        let wiring = Wiring::new(spec, memory_limit).map_err(Failure::Refused)?;
        Ok(Job {
            ms: order.ms,
            all: left.len(),
            left,
            stage: Stage::Wire(Box::new(wiring)),
            ran: None,
            reports: Vec::new(),
        })
    }

    /// The reports that are ready, in the order of the hardware.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// Whether all is done.
    pub fn is_done(&self) -> bool {
        self.reports.len() == self.all
    }

    /// The part that is done, from 0 to 1, as far as it can be told.
    pub fn progress(&self) -> f64 {
        let of_run = match &self.stage {
            Stage::Wire(wiring) => return 0.1 * RUN_PART * wiring.progress(),
            Stage::Run(run) => return RUN_PART * (0.1 + 0.9 * run.time_ms() / self.ms).min(1.0),
            Stage::Begin => 0.0,
            Stage::Map(placing) => placing.mapper.progress(),
        };
        let share = (self.reports.len() as f64 + of_run) / self.all.max(1) as f64;
        (RUN_PART + (1.0 - RUN_PART) * share).min(1.0)
    }

    /// What is being done.
    pub fn doing(&self) -> Doing {
        match &self.stage {
            Stage::Wire(_) => Doing::Wiring,
            Stage::Run(_) => Doing::Running,
            Stage::Map(placing) => Doing::Mapping(placing.preset.id.clone()),
            Stage::Begin => self.left.front().map_or(Doing::Nothing, |preset| Doing::Mapping(preset.id.clone())),
        }
    }

    /// Works for a slice of some milliseconds.
    ///
    /// # Errors
    /// Why it comes to nothing.
    pub fn advance(&mut self) -> Result<(), Failure> {
        if self.is_done() {
            return Ok(());
        }
        self.stage = match core::mem::replace(&mut self.stage, Stage::Begin) {
            Stage::Wire(mut wiring) => match wiring.advance(WIRING_CHUNK).map_err(Failure::Refused)? {
                true => Stage::Run(Box::new(Simulation::new(wiring.finish(), ENGINES[0])?)),
                false => Stage::Wire(wiring),
            },
            Stage::Run(run) => self.run(run)?,
            Stage::Begin => self.begin(),
            Stage::Map(mut placing) => match placing.mapper.advance(LOOKS) {
                true => self.map(*placing),
                false => Stage::Map(placing),
            },
        };
        Ok(())
    }

    fn run(&mut self, mut run: Box<Simulation>) -> Result<Stage, Failure> {
        let end = steps_from_ms(self.ms, run.network().dt_ms()).max(1);
        let made = run.advance(STEPS.min(end - run.steps()));
        // Nobody looks at single spikes and rates.
        run.recorder_mut().take_spikes();
        run.recorder_mut().take_rates();
        if let Err(halt) = made {
            let message = |lang| halt.message(lang);
            return Err(Failure::Halted(Words { en: message(Lang::En), zh: message(Lang::Zh) }));
        }
        if run.steps() < end {
            return Ok(Stage::Run(run));
        }
        let counts = Counts::of(&run);
        let spikes = (0..run.network().neurons() as u32).map(|neuron| u64::from(run.recorder().spikes_of(neuron)));
        let spikes = spikes.collect();
        self.ran = Some((*run, counts, spikes));
        Ok(Stage::Begin)
    }

    fn map(&mut self, Placing { preset, floor, graph, mapper }: Placing) -> Stage {
        let (run, counts, _) = self.ran.as_ref().expect("a network is run before it is mapped");
        let laid = Laid::new(run.network(), &preset, floor, &graph, &mapper.finish(), counts.steps);
        self.tell(&preset, laid.map_err(|why| words(&why)));
        Stage::Begin
    }

    /// Begins with the next preset, or tells at once why it is not mapped.
    fn begin(&mut self) -> Stage {
        let Some(preset) = self.left.pop_front() else { return Stage::Begin };
        let (run, _, spikes) = self.ran.as_ref().expect("a network is run before it is mapped");
        let network = run.network();
        let floor = Floor::of(&preset).filter(|_| preset.computes(Mode::Spiking));
        let why = match floor {
            None => Words::from(text("It is no mesh of cores of a known number.", "它不是核数已知的网格，无法映射。")),
            Some(_) if network.synapses() > MOST_SYNAPSES => {
                let [found, most] = [network.synapses(), MOST_SYNAPSES].map(|n| n.to_string());
                Words {
                    en: alloc::format!(
                        "{found} synapses are more than are mapped here, {most}. Make the network smaller."
                    ),
                    zh: alloc::format!("{found} 个突触超过此处可映射的 {most} 个。请缩小网络。"),
                }
            }
            Some(floor) => {
                let limits = Limits::of(&preset.core);
                let graph = Hypergraph::of(network, spikes, &limits);
                match Mapper::new(graph.clone(), floor.cores, &limits, network.spec.seed, EFFORT) {
                    Ok(mapper) => return Stage::Map(Box::new(Placing { preset, floor, graph, mapper })),
                    Err(why) => words(&why),
                }
            }
        };
        self.tell(&preset, Err(why));
        Stage::Begin
    }

    fn tell(&mut self, preset: &Preset, laid: Result<Laid, Words>) {
        let (run, counts, _) = self.ran.as_ref().expect("a network is run before it is mapped");
        self.reports.push(report(run.network(), counts, preset, laid));
    }
}

fn words(why: &Unmappable) -> Words {
    Words { en: why.message(Lang::En), zh: why.message(Lang::Zh) }
}
