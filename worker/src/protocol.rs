//! Every message between page and worker. A change here that an older side would misread raises [`VERSION`].
//!
//! The worker sends at most one [`FromWorker::Frame`], or [`Decoded::Played`], for each [`ToWorker::Drawn`], so that a slow
//! page never piles up frames: what happens in between is merged into the next one. No other message is ever dropped or merged.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use spikeground_core::{
    chip::report::{Doing, Failure, Order, Report},
    engine::{ENGINES, Halt},
    error::{SpecError, size},
    network::Memory,
    scan::{Plan, Point},
    sweep::Swept,
    text::{Lang, Text, text},
};

mod decoding;

pub use decoding::{Decode, Decoded, Disturbance, Learned, Played, Recorded, Source, Truth};

/// Version of the messages. Both sides name theirs first; they must be the same.
pub const VERSION: u32 = 4;

/// The engine that is chosen by size and adapter.
pub const AUTO: &str = "auto";
/// The engine on a GPU; the others are those of [`spikeground_core::engine::ENGINES`].
pub const GPU: &str = "gpu";

/// Every engine that can be chosen, in the order of menus, and what it is.
pub fn engines() -> impl Iterator<Item = (&'static str, Text)> {
    const CHOICE: Text =
        text("the GPU for large networks if there is one, otherwise lanes", "大型网络使用 GPU（如有），否则使用 lanes");
    const ON_GPU: Text = text("WebGPU: every neuron a thread", "WebGPU：每个神经元一个线程");
    let here = ENGINES.iter().map(|engine| (engine.name, engine.doc));
    [(AUTO, CHOICE)].into_iter().chain(here).chain([(GPU, ON_GPU)])
}

/// What the page tells the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// The page speaks this version.
    Hello {
        /// The page's [`VERSION`].
        version: u32,
    },
    /// Simulate this network. If the one that runs has the same wiring, it takes over the numbers and goes on;
    /// otherwise the new one is wired, while the old one stands still, and starts at t = 0.
    Load {
        /// The specification as JSON.
        json: String,
        /// Whatever the page calls it; comes back in the answer.
        id: u32,
        /// Start at t = 0 even if the wiring is the same.
        restart: bool,
    },
    /// Give up wiring; the old network goes on.
    Cancel,
    /// Run.
    Play,
    /// Stand still.
    Pause,
    /// Make one step, then stand still.
    Step,
    /// Run to this time, then stand still.
    RunTo {
        /// Model time in ms.
        time_ms: f64,
    },
    /// Back to t = 0.
    Reset,
    /// Model seconds per second; `None`: as fast as it can.
    Speed {
        /// The factor, above zero.
        factor: Option<f64>,
    },
    /// Go on with this engine.
    Engine {
        /// Its name, [`AUTO`] or [`GPU`].
        name: String,
    },
    /// Record state variables of this neuron, step by step.
    Probe {
        /// Its number in the network.
        neuron: u32,
        /// Numbers of its variables, at most [`spikeground_core::record::MOST_VARIABLES`].
        variables: Vec<usize>,
        /// Record the field of its population too.
        field: bool,
    },
    /// Send this of the weights with every measures from now on, or nothing.
    Weigh {
        /// What.
        what: Option<Weighable>,
    },
    /// Measure how fast the neurons of a population fire by themselves under currents of all sizes, while the network goes
    /// on; answered by [`FromWorker::Swept`] until it is done or another one is asked for.
    Sweep {
        /// Index of the population.
        population: usize,
    },
    /// Run a network at every point of a grid; answered by [`FromWorker::Scanned`] until it is done or another one is asked
    /// for. It has nothing to do with the network that is loaded, but takes the worker's time from it.
    Scan {
        /// The specification as JSON.
        json: String,
        /// What to run and to measure.
        plan: Plan,
    },
    /// Run a network and tell what that costs on hardware; answered by [`FromWorker::Reported`] until it is done or another
    /// one is asked for. Like [`ToWorker::Scan`] it has nothing to do with the network that is loaded.
    Report {
        /// The specification as JSON.
        json: String,
        /// On what, and for how long.
        order: Order,
    },
    /// Inject a current.
    Poke {
        /// Index of the population.
        population: usize,
        /// First neuron in it.
        from: usize,
        /// One behind the last neuron.
        to: usize,
        /// Current in pA.
        amplitude_pa: f64,
        /// Duration in ms.
        duration_ms: f64,
    },
    /// Values from outside for a stimulus that is fed: see [`spikeground_core::engine::Simulation::feed`].
    Feed {
        /// Index of the stimulus.
        stimulus: usize,
        /// The values, from 0 to 1.
        values: Vec<f32>,
    },
    /// Decode a recording. It has nothing to do with the network that is loaded.
    Decode(Decode),
    /// The last frame is on the screen; another may come.
    Drawn,
    /// Answer with [`FromWorker::Alive`].
    Ping,
}

/// What the worker tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker listens and speaks this version; it is the first message.
    Ready {
        /// The worker's [`VERSION`].
        version: u32,
    },
    /// A network is being wired.
    Wiring {
        /// The [`ToWorker::Load`] it comes from.
        id: u32,
        /// The part that is done, from 0 to 1.
        progress: f64,
        /// What it will take.
        size: Size,
    },
    /// A network is ready: another one, or the same with new numbers.
    Loaded {
        /// The [`ToWorker::Load`] it comes from.
        id: u32,
        /// Whether it went on from where it was.
        live: bool,
        /// What it takes.
        size: Size,
    },
    /// A network was refused; the old one goes on.
    Refused {
        /// The [`ToWorker::Load`] it comes from.
        id: u32,
        /// Every mistake in it.
        errors: Vec<SpecError>,
    },
    /// Wiring was given up.
    Cancelled {
        /// The [`ToWorker::Load`] it comes from.
        id: u32,
    },
    /// What happened since the last frame.
    Frame(Box<Frame>),
    /// How far a [`ToWorker::Sweep`] is, or what came out.
    Swept {
        /// Index of the population.
        population: usize,
        /// The news.
        news: Swept,
    },
    /// News of a [`ToWorker::Scan`].
    Scanned(Scanned),
    /// News of a [`ToWorker::Report`].
    Reported(Reported),
    /// News of a [`ToWorker::Decode`].
    Decoded(Decoded),
    /// The engine in use, or what is known of it, has changed.
    Engine(Box<EngineReport>),
    /// The run stopped because a number was lost; a reset starts it again.
    Halted(Halt),
    /// A message could not be followed.
    Rejected(Rejection),
    /// The answer to [`ToWorker::Ping`].
    Alive,
}

/// News of a parameter sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Scanned {
    /// The points that are new, in their order.
    Points {
        /// What they came to.
        points: Vec<Point>,
        /// The part that is done, from 0 to 1; 1 only when it is.
        progress: f64,
    },
    /// The network has mistakes.
    Refused(Vec<SpecError>),
    /// The plan is no good: see [`Plan::is_good`].
    NoPlan,
    /// The machine has no memory for it.
    NoMemory,
}

/// News of reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reported {
    /// How far it is.
    Going {
        /// The part that is done, from 0 to 1.
        progress: f64,
        /// What is being done.
        doing: Doing,
    },
    /// A report is ready; they come in the order of the hardware.
    Report(Box<Report>),
    /// Every report has been told.
    Done,
    /// It came to nothing.
    Failed(Failure),
}

/// Why a message could not be followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rejection {
    /// The page speaks another version of the protocol.
    Version {
        /// The page's.
        page: u32,
        /// The worker's.
        worker: u32,
    },
    /// The message was not understood.
    Unreadable {
        /// What the decoder said.
        reason: String,
    },
    /// There is no such engine.
    NoEngine {
        /// The name asked for.
        name: String,
    },
    /// A number in the message makes no sense.
    BadNumber {
        /// The value.
        value: f64,
    },
}

impl Rejection {
    /// What happened and what to do, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        const RELOAD: Text = text("Reload the page to get matching parts.", "请刷新页面以获取匹配的版本。");
        const PLEASE: Text = text("Please reload the page.", "请刷新页面。");
        let (what, remedy): (String, Text) = match (self, lang) {
            (Self::Version { page, worker }, Lang::En) => {
                (format!("The page speaks protocol {page}, its worker {worker}."), RELOAD)
            }
            (Self::Version { page, worker }, Lang::Zh) => {
                (format!("页面使用协议 {page}，工作线程使用协议 {worker}。"), RELOAD)
            }
            (Self::Unreadable { reason }, Lang::En) => (format!("A message was not understood ({reason})."), PLEASE),
            (Self::Unreadable { reason }, Lang::Zh) => (format!("无法解读一条消息（{reason}）。"), PLEASE),
            (Self::NoEngine { name }, Lang::En) => {
                (format!("There is no engine “{name}”."), text("Choose one from the menu.", "请从菜单中选择。"))
            }
            (Self::NoEngine { name }, Lang::Zh) => {
                (format!("没有名为“{name}”的引擎。"), text("Choose one from the menu.", "请从菜单中选择。"))
            }
            (Self::BadNumber { value }, Lang::En) => {
                (format!("{value} is not possible here."), text("Give another number.", "请换一个数。"))
            }
            (Self::BadNumber { value }, Lang::Zh) => {
                (format!("此处不能使用 {value}。"), text("Give another number.", "请换一个数。"))
            }
        };
        match lang {
            Lang::En => format!("{what} {}", remedy.en),
            Lang::Zh => format!("{what}{}", remedy.zh),
        }
    }
}

/// A GPU, as its driver tells of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adapter {
    /// Its name; browsers often tell the maker and the family only.
    pub name: String,
    /// Whether it is a program that computes on the processor.
    pub software: bool,
    /// The interface to it.
    pub backend: String,
    /// Bytes that one array can have.
    pub binding_bytes: f64,
    /// Bytes that one buffer can have.
    pub buffer_bytes: f64,
}

/// Which engine runs the network, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EngineReport {
    /// What was asked for.
    pub choice: String,
    /// What is in use.
    pub engine: String,
    /// Why.
    pub reason: EngineReason,
    /// The GPU, once it has been opened.
    pub adapter: Option<Adapter>,
    /// Bytes that the network takes on the GPU, if it is there.
    pub gpu_bytes: Option<f64>,
}

/// Why an engine is in use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum EngineReason {
    /// It was asked for.
    #[default]
    Chosen,
    /// The network is too small to be worth a GPU.
    Small {
        /// Its neurons.
        neurons: f64,
        /// Neurons from which it would be.
        least: f64,
    },
    /// The network is large enough for a GPU.
    Large {
        /// Its neurons.
        neurons: f64,
        /// Neurons from which it is.
        least: f64,
    },
    /// The GPU is a program on the processor, which is slower than the processor's own engine.
    Software,
    /// The GPU is being opened.
    Opening,
    /// The GPU cannot be used.
    Problem(GpuProblem),
}

impl EngineReason {
    /// The reason, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let number = |x: &f64| thousands(*x);
        match (self, lang) {
            (Self::Chosen, Lang::En) => "Chosen by hand.".into(),
            (Self::Chosen, Lang::Zh) => "手动选择。".into(),
            (Self::Small { neurons, least }, Lang::En) => {
                format!("{} neurons: a GPU is worth its while from {} on.", number(neurons), number(least))
            }
            (Self::Small { neurons, least }, Lang::Zh) => {
                format!("{} 个神经元：从 {} 个起使用 GPU 才划算。", number(neurons), number(least))
            }
            (Self::Large { neurons, least }, Lang::En) => {
                format!("{} neurons: from {} on the GPU is used.", number(neurons), number(least))
            }
            (Self::Large { neurons, least }, Lang::Zh) => {
                format!("{} 个神经元：从 {} 个起使用 GPU。", number(neurons), number(least))
            }
            (Self::Software, Lang::En) => {
                "The GPU is software on the processor; the processor's own engine is faster.".into()
            }
            (Self::Software, Lang::Zh) => "此 GPU 由处理器软件模拟，处理器自身的引擎更快。".into(),
            (Self::Opening, Lang::En) => "The GPU is being opened.".into(),
            (Self::Opening, Lang::Zh) => "正在打开 GPU。".into(),
            (Self::Problem(problem), lang) => problem.message(lang),
        }
    }
}

impl GpuProblem {
    /// What happened and what the run does instead, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let what = match (self, lang) {
            (Self::NoAdapter { reason }, Lang::En) => format!("There is no GPU to be had ({reason})."),
            (Self::NoAdapter { reason }, Lang::Zh) => format!("没有可用的 GPU（{reason}）。"),
            (Self::NotCarried { name }, Lang::En) => {
                format!("The network has {name}, which the GPU engine does not carry.")
            }
            (Self::NotCarried { name }, Lang::Zh) => format!("网络含有 {name}，GPU 引擎不支持。"),
            (Self::TooLarge { needed, limit }, Lang::En) => {
                format!("The network needs an array of {}; this GPU allows {}.", size(*needed), size(*limit))
            }
            (Self::TooLarge { needed, limit }, Lang::Zh) => {
                format!("网络需要 {} 的数组，此 GPU 最多允许 {}。", size(*needed), size(*limit))
            }
            (Self::TooManyNeurons { neurons, limit }, Lang::En) => {
                format!("{} neurons of one model; this GPU allows {}.", thousands(*neurons), thousands(*limit))
            }
            (Self::TooManyNeurons { neurons, limit }, Lang::Zh) => {
                format!("单一模型有 {} 个神经元，此 GPU 最多允许 {}。", thousands(*neurons), thousands(*limit))
            }
            (Self::OutOfMemory { bytes }, Lang::En) => format!("The GPU has no memory for {}.", size(*bytes)),
            (Self::OutOfMemory { bytes }, Lang::Zh) => format!("GPU 内存不足，需要 {}。", size(*bytes)),
            (Self::Lost { reason }, Lang::En) => format!("The GPU was lost ({reason})."),
            (Self::Lost { reason }, Lang::Zh) => format!("GPU 已丢失（{reason}）。"),
            (Self::Failed { reason }, Lang::En) => format!("The GPU refused the work ({reason})."),
            (Self::Failed { reason }, Lang::Zh) => format!("GPU 拒绝执行（{reason}）。"),
        };
        match lang {
            Lang::En => format!("{what} The processor goes on with the run."),
            Lang::Zh => format!("{what}由处理器继续运行。"),
        }
    }
}

/// A whole number with its digits in groups of three.
fn thousands(x: f64) -> String {
    let digits = format!("{x:.0}");
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",")
}

/// Why a network does not run on a GPU.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GpuProblem {
    /// There is none to be had.
    NoAdapter {
        /// What the browser or the driver said.
        reason: String,
    },
    /// The network has something that only the processor computes.
    NotCarried {
        /// Its name in a specification.
        name: String,
    },
    /// An array of the network is larger than the adapter allows.
    TooLarge {
        /// Bytes of the array.
        needed: f64,
        /// Bytes that are allowed.
        limit: f64,
    },
    /// One model has more neurons than the adapter can start threads at once.
    TooManyNeurons {
        /// Neurons of the model.
        neurons: f64,
        /// Neurons that are possible.
        limit: f64,
    },
    /// It has no memory for the network.
    OutOfMemory {
        /// Bytes that the network takes there.
        bytes: f64,
    },
    /// It was lost.
    Lost {
        /// What the browser or the driver said.
        reason: String,
    },
    /// It refused the work.
    Failed {
        /// What the browser or the driver said.
        reason: String,
    },
}

/// The size of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Neurons.
    pub neurons: f64,
    /// Synapses; an estimate from above while the network is being wired.
    pub synapses: f64,
    /// Bytes, an estimate from above.
    pub bytes: f64,
}

impl From<Memory> for Size {
    fn from(memory: Memory) -> Size {
        Size { neurons: memory.neurons, synapses: memory.synapses, bytes: memory.bytes() }
    }
}

/// What happened since the last frame. Times are counted in steps of `dt_ms`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Counts the times that a network started at t = 0; what is of another run does not belong together.
    pub run: u32,
    /// Number of steps made.
    pub step: f64,
    /// Length of a step, ms.
    pub dt_ms: f64,
    /// Whether it runs.
    pub playing: bool,
    /// Model seconds per second that were reached lately; zero when it stands still.
    pub speed: f64,
    /// The engine in use.
    pub engine: String,
    /// The new spikes: step and neuron by turns, steps rising.
    pub spikes: Words,
    /// Steps from and to which spikes were dropped, because there were too many.
    pub lost: Option<(f64, f64)>,
    /// The new rate bins.
    pub rates: RateBins,
    /// The new samples of the recorded neuron.
    pub trace: TraceSamples,
    /// The new samples of the field, if it is recorded; none come from a GPU.
    pub field: Option<FieldSamples>,
    /// Measures since the last change; only now and then.
    pub measures: Option<Measures>,
}

/// Rates of every population in bins of equal width, Hz.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RateBins {
    /// Step at which the first bin begins.
    pub from: f64,
    /// Steps in a bin.
    pub bin_steps: f64,
    /// For each population, the rate in each bin, Hz.
    pub hz: Vec<Vec<f32>>,
}

/// State variables of one neuron, step by step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TraceSamples {
    /// The neuron's number in the network.
    pub neuron: u32,
    /// Numbers of its variables.
    pub variables: Vec<usize>,
    /// Step of the first sample.
    pub from: f64,
    /// The samples as the bits of f32 numbers, in the unit of their variable: all of the first one, then all of the next.
    pub samples: Words,
}

impl TraceSamples {
    /// The samples of a variable; none if it is not recorded.
    pub fn of(&self, variable: usize) -> &[f32] {
        let n = self.samples.0.len() / self.variables.len().max(1);
        let at = self.variables.iter().position(|v| *v == variable);
        at.map_or(&[], |at| &self.samples.as_f32()[at * n..(at + 1) * n])
    }
}

/// The field of a population: see [`spikeground_core::stats::FieldProxy`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldSamples {
    /// Index of the population.
    pub population: usize,
    /// Step of the first sample.
    pub from: f64,
    /// Steps from one to the next.
    pub every: f64,
    /// The samples as the bits of f32 numbers, in the proxy's unit.
    pub samples: Words,
}

/// Measures of the network since its numbers last changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// Time from which is measured, ms.
    pub since_ms: f64,
    /// Mean rate of each population, Hz.
    pub rates_hz: Vec<f64>,
    /// Mean CV of the inter-spike intervals over neurons; `None` before enough intervals.
    pub cv: Option<f64>,
    /// Number of neurons in that mean.
    pub cv_neurons: u32,
    /// Inter-spike intervals of all neurons, counted in bins of `interval_bin_ms`; the last counts all longer ones.
    pub intervals: Vec<f64>,
    /// Width of a bin, ms.
    pub interval_bin_ms: f64,
    /// Measures of each population.
    pub populations: Vec<PopulationMeasures>,
    /// From one frequency of the spectra to the next, Hz; the first is zero.
    pub spectrum_step_hz: f64,
    /// Segments that the spectra are the mean of.
    pub spectrum_segments: f64,
    /// From one lag of the correlograms to the next, ms; the first is zero.
    pub lag_ms: f64,
    /// Width of a bin of the rates by time since a stimulus began, ms; zero if there is no such stimulus.
    pub psth_bin_ms: f64,
    /// The weights of each projection whose synapses have their own.
    pub weights: Vec<ProjectionWeights>,
    /// What [`ToWorker::Weigh`] asks for.
    pub weighed: Option<Weighed>,
    /// Where the time goes on a GPU, the mean since the last measures.
    pub gpu: Option<GpuTimes>,
}

/// The present weights of a projection; see [`spikeground_core::stats::WeightHistogram`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProjectionWeights {
    /// Index of the projection.
    pub projection: usize,
    /// Left end of the first bin.
    pub from: f64,
    /// Right end of the last bin.
    pub to: f64,
    /// Synapses in each bin.
    pub counts: Vec<f64>,
    /// Mean weight.
    pub mean: f64,
}

/// What can be asked of the weights of a projection, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Weighable {
    /// How they went over the run.
    Course(usize),
    /// How they lie between sources and targets.
    Matrix(usize),
}

/// What was asked of the weights of a projection; see [`spikeground_core::stats`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Weighed {
    /// How they went over the run.
    Course {
        /// Index of the projection.
        projection: usize,
        /// Times of the moments, ms.
        times_ms: Vec<f64>,
        /// Numbers of the synapses that are followed.
        followed: Vec<u32>,
        /// The bits of f32 numbers: at all moments the mean, then each quantile, then each synapse that is followed.
        lines: Words,
    },
    /// How they lie between sources and targets.
    Matrix {
        /// Index of the projection.
        projection: usize,
        /// Number of sources, and of targets.
        neurons: [usize; 2],
        /// Number of bins of sources, and of targets.
        bins: [usize; 2],
        /// Synapses in each bin, all of a bin of sources side by side.
        counts: Words,
        /// Mean weight of each bin, the bits of f32 numbers; not a number where there is no synapse.
        means: Words,
    },
}

/// Measures of a population; see [`spikeground_core::stats`]. `None` and empty before there is enough to measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PopulationMeasures {
    /// Mean CV of the inter-spike intervals.
    pub cv: Option<f64>,
    /// Mean CV2 of the inter-spike intervals.
    pub cv2: Option<f64>,
    /// Mean Fano factor of the counts of a sample of neurons.
    pub fano: Option<f64>,
    /// Mean correlation of the counts of pairs of a sample of neurons.
    pub correlation: Option<f64>,
    /// Correlogram of these counts, by lag.
    pub correlogram: Vec<f64>,
    /// Power spectrum of the rate, by frequency, as the bits of f32 numbers, 1/s.
    pub spectrum: Words,
    /// Rate by time since a stimulus began, Hz, as the bits of f32 numbers; not a number where nothing is known yet.
    pub psth: Words,
}

/// What a step takes on a GPU.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GpuTimes {
    /// Time in all, with the way there and back, µs.
    pub step_us: f64,
    /// Of it updating the neurons, µs; zero, like the next, if the device has no clock.
    pub update_us: f64,
    /// Of it delivering the spikes, µs.
    pub delivery_us: f64,
    /// Kernels started.
    pub dispatches: f64,
    /// Bytes that it must move at least.
    pub bytes: f64,
}

/// Bulk data: words that cross the boundary as one buffer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words(pub Vec<u32>);

impl Words {
    /// Words that hold the bits of f32 numbers.
    pub fn from_f32(numbers: &[f32]) -> Words {
        Words(bytemuck::cast_slice(numbers).to_vec())
    }

    /// The words as f32 numbers.
    pub fn as_f32(&self) -> &[f32] {
        bytemuck::cast_slice(&self.0)
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytemuck::cast_slice(&self.0))
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
        let Bytes(bytes) = Bytes::deserialize(deserializer)?;
        if !bytes.len().is_multiple_of(4) {
            return Err(de::Error::invalid_length(bytes.len(), &"a whole number of words"));
        }
        Ok(Words(bytes.chunks_exact(4).map(bytemuck::pod_read_unaligned).collect()))
    }
}

/// Bytes, such as those of a file, that cross the boundary as one buffer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Bytes;
            fn expecting(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
            fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Bytes, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    bytes.push(byte);
                }
                Ok(Bytes(bytes))
            }
        }
        deserializer.deserialize_bytes(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cross_as_bytes() {
        let words = Words::from_f32(&[1.5, -0.0, f32::NAN]);
        let json = serde_json::to_string(&words).expect("bytes can be written");
        let back: Words = serde_json::from_str(&json).expect("bytes can be read");
        assert_eq!(back, words);
        assert!(serde_json::from_str::<Words>("[1,2,3]").is_err());
    }

    #[test]
    fn rejections_speak_both_languages() {
        for rejection in [
            Rejection::Version { page: 1, worker: 2 },
            Rejection::Unreadable { reason: "x".into() },
            Rejection::NoEngine { name: "warp".into() },
            Rejection::BadNumber { value: -1.0 },
        ] {
            assert_ne!(rejection.message(Lang::En), rejection.message(Lang::Zh));
        }
    }
}
