//! `SpecError`: one mistake of a user in a specification, as facts, with its message in both languages.
//!
//! A message names what is wrong, the value, and the remedy; the place stands beside it. The facts cross the worker
//! boundary as they are, so that the page can say the same mistake in either language.

use alloc::{format, string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// One mistake and where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpecError {
    /// Path of the value in the specification, such as `populations[0].params.tau_m`; empty for the whole of it.
    pub at: String,
    /// What is wrong there.
    pub mistake: Mistake,
}

/// What can be wrong with a specification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each variant is explained by its message below, and its fields by their names")]
pub enum Mistake {
    Syntax { line: usize, column: usize, reason: String },
    WrongType { expected: Kind, found: String },
    MissingKey { key: String },
    UnknownKey { key: String, known: Vec<String> },
    WrongVersion { found: String, supported: u32 },
    NotFinite { value: String },
    OutOfRange { value: f64, lo: f64, hi: f64, unit: String },
    NotWhole { value: f64 },
    EmptyName,
    LongName { length: usize, limit: usize },
    DuplicateName { name: String, first: String },
    NoPopulation,
    UnknownName { what: Named, name: String, known: Vec<String> },
    StimulusAsTarget { name: String },
    RuleForStimulus { rule: String, wanted: String },
    OptionNeeded { rule: String, option: String, wanted: bool },
    TooFewPartners { key: String, wanted: f64, limit: f64 },
    UnequalSizes { rule: String, sources: u64, targets: u64 },
    TwoPopulations { rule: String },
    NoPositions,
    TwoSurfaces,
    GridSize { columns: u64, rows: u64, size: u64 },
    NotOrdered { below: String, below_value: f64, above: String, above_value: f64 },
    ReversedRange { lo: f64, hi: f64 },
    DelayBelowStep { delay_ms: f64, dt_ms: f64 },
    DelayTooLong { delay_ms: f64, limit_ms: f64 },
    DelaysOfPlastic { synapse: String },
    DistributionForStimulus,
    DistributionOfCount,
    SynapseForStimulus { synapse: String },
    NoModulator { synapse: String },
    ModulatorNotTaken { synapse: String },
    ReceptorOfCurrent { name: String },
    TooManyEvents { rate_hz: f64, limit_hz: f64 },
    TimesNotRising { before_ms: f64, after_ms: f64 },
    TimeTooEarly { time_ms: f64, dt_ms: f64 },
    UnequalLists { length: usize, other: String, wanted: usize },
    NotRows { length: usize, name: String, neurons: u64 },
    TargetsDiffer { name: String, neurons: u64, wanted: u64 },
    TooLong { length: usize, limit: usize },
    LongText { bytes: usize, limit: usize },
    BrokenLink { length: usize },
    ControlWithoutTarget,
    NoSuchPlace { path: String },
    TooManyNeurons { neurons: f64, limit: f64 },
    TooMuchMemory { synapses: f64, bytes: f64, limit: f64 },
}

/// What a value should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are the words")]
pub enum Kind {
    Object,
    List,
    Number,
    Text,
    Boolean,
    NumberOrDistribution,
    Edge,
    Grid,
    Extent,
    Stretch,
    Place,
}

/// What kind of thing a name was looked up among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are the words")]
pub enum Named {
    NeuronModel,
    Stimulus,
    Rule,
    Synapse,
    Parameter,
    List,
    StateVariable,
    Source,
    Population,
    Placement,
    Receptor,
    Language,
    Theme,
    Part,
    Page,
    Network,
}

impl SpecError {
    /// The mistake at `at`.
    pub fn new(at: impl Into<String>, mistake: Mistake) -> SpecError {
        SpecError { at: at.into(), mistake }
    }

    /// The message in `lang`, without the place.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.mistake.english(),
            Lang::Zh => self.mistake.chinese(),
        }
    }
}

impl core::fmt::Display for SpecError {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        let place = if self.at.is_empty() { "specification" } else { &self.at };
        write!(f, "{place}: {}", self.mistake.english())
    }
}

impl core::error::Error for SpecError {}

impl Mistake {
    fn english(&self) -> String {
        use Mistake::*;
        match self {
            Syntax { line, column, reason } => {
                format!(
                    "not valid JSON at line {line}, column {column} ({reason}). Correct the text there, or save the file again."
                )
            }
            WrongType { expected, found } => format!("expected {}, found {found}. Write {0} here.", expected.english()),
            MissingKey { key } => format!("“{key}” is missing. Add it."),
            UnknownKey { key, known } => format!("“{key}” is not known here. {}", suggest_en(key, known)),
            WrongVersion { found, supported } => {
                format!(
                    "version {found} cannot be read; this program reads version {supported}. Set \"version\": {supported}, or use a newer program."
                )
            }
            NotFinite { value } => format!("{value} is not a finite number. Give a number."),
            OutOfRange { value, lo, hi, unit } => {
                let range = range_en(*lo, *hi, unit);
                format!("{}{} is out of range. Give a value {range}.", Shown(*value), spaced(unit))
            }
            NotWhole { value } => {
                format!("{} is not a whole number. Round it to {}.", Shown(*value), Shown(libm::round(*value)))
            }
            EmptyName => "the name is empty. Give it a name.".into(),
            LongName { length, limit } => format!("the name has {length} characters. Shorten it to {limit} or fewer."),
            DuplicateName { name, first } => format!("the name “{name}” is taken by {first}. Give it another one."),
            NoPopulation => "there is no population. Add at least one.".into(),
            UnknownName { what, name, known } => {
                format!("there is no {} called “{name}”. {}", what.english(), suggest_en(name, known))
            }
            StimulusAsTarget { name } => {
                format!("“{name}” is a stimulus and cannot receive spikes. Name a population.")
            }
            RuleForStimulus { rule, wanted } => {
                format!("the rule {rule} cannot connect a stimulus. Use {wanted}: each target gets its own spikes.")
            }
            OptionNeeded { rule, option, wanted } => {
                format!(
                    "the rule {rule} needs “{option}” to be {wanted}. Set \"{option}\": {wanted}, or use another rule."
                )
            }
            TooFewPartners { key, wanted, limit } => {
                let (wanted, limit) = (Shown(*wanted), Shown(*limit));
                format!(
                    "{key} = {wanted} is more than the {limit} there are to choose from. Give at most {limit}, or allow multapses and autapses."
                )
            }
            UnequalSizes { rule, sources, targets } => {
                format!(
                    "{rule} cannot connect {sources} neurons with {targets}. Give both populations the same size, or use another rule."
                )
            }
            TwoPopulations { rule } => {
                format!("{rule} connects a population with itself. Name the same one as source and target.")
            }
            NoPositions => "the neurons of this population stand nowhere. Give it “positions”, or use a rule that knows no distance.".into(),
            TwoSurfaces => "edges meet in one population and not in the other, or at another extent. Give both the same “extent” and “edge_wrap”.".into(),
            GridSize { columns, rows, size } => {
                format!("a grid of {columns} by {rows} does not hold {size} neurons. Change “grid” or “size” so that it does.")
            }
            NotOrdered { below, below_value, above, above_value } => {
                let (low, high) = (Shown(*below_value), Shown(*above_value));
                format!("{below} = {low} must be below {above} = {high}. Lower {below} or raise {above}.")
            }
            ReversedRange { lo, hi } if lo == hi => {
                format!("the range begins and ends at {}. Give two different numbers.", Shown(*lo))
            }
            ReversedRange { lo, hi } => {
                format!("the range runs from {} down to {}. Swap the two numbers.", Shown(*lo), Shown(*hi))
            }
            DelayBelowStep { delay_ms, dt_ms } => {
                let delay = Shown(*delay_ms);
                format!("a delay of {delay} ms is shorter than the step. Give at least dt_ms = {dt_ms} ms.")
            }
            DelayTooLong { delay_ms, limit_ms } => {
                let delay = Shown(*delay_ms);
                format!("a delay of {delay} ms is too long. Give at most {limit_ms} ms, or a longer dt_ms.")
            }
            DelaysOfPlastic { synapse } => {
                format!("synapses of {synapse} share one delay. Give a number, or make a projection for each delay.")
            }
            DistributionForStimulus => "a stimulus sends with one weight and one delay. Give a number.".into(),
            DistributionOfCount => "all neurons share a parameter that is a whole number. Give a number.".into(),
            SynapseForStimulus { synapse } => {
                format!("a stimulus cannot send through {synapse}. Let it drive parrot neurons, and connect those.")
            }
            NoModulator { synapse } => {
                format!("{synapse} needs a modulator. Add \"modulator\" with the name of a population.")
            }
            ModulatorNotTaken { synapse } => format!("{synapse} has no modulator. Remove it."),
            ReceptorOfCurrent { name } => {
                format!("“{name}” sends a current, which goes past the receptors. Remove “receptor”.")
            }
            TooManyEvents { rate_hz, limit_hz } => {
                format!(
                    "{rate_hz} Hz is more than the step can carry. Give at most {limit_hz} Hz and a larger weight, or a shorter dt_ms."
                )
            }
            TimesNotRising { before_ms, after_ms } => {
                format!("{} ms follows {} ms. Sort the times.", Shown(*after_ms), Shown(*before_ms))
            }
            TimeTooEarly { time_ms, dt_ms } => {
                let time = Shown(*time_ms);
                format!("a spike at {time} ms lies before the first step. Give times from {dt_ms} ms on.")
            }
            UnequalLists { length, other, wanted } => {
                format!("the list has {length} entries, and {other} has {wanted}. Give one for each of those.")
            }
            NotRows { length, name, neurons } => format!(
                "the list has {length} entries for the {neurons} neurons of “{name}”. Give a value for each neuron, or several such rows."
            ),
            TargetsDiffer { name, neurons, wanted } => format!(
                "“{name}” gives each neuron its own spikes, for {wanted} neurons, and these are {neurons}. Use another stimulus here."
            ),
            TooLong { length, limit } => format!("the list has {length} entries. Shorten it to {limit} or fewer."),
            LongText { bytes, limit } => format!("the text has {bytes} bytes. Shorten it to {limit} or fewer."),
            BrokenLink { length } => {
                format!("the {length} characters are not a whole packed project. Copy the link again, to its end.")
            }
            ControlWithoutTarget => "the control moves nothing. Add the path of a value to “paths”.".into(),
            NoSuchPlace { path } => {
                format!(
                    "“{path}” leads to no number that can be set. Write a path such as projections[0].weight or populations[0].params.I_e."
                )
            }
            TooManyNeurons { neurons, limit } => {
                format!("{} neurons are too many to number. Give at most {limit} in all.", Shown(*neurons))
            }
            TooMuchMemory { synapses, bytes, limit } => format!(
                "the network needs about {} for {synapses:.0} synapses, and {} are available. Make the populations smaller or the connections fewer.",
                size(*bytes),
                size(*limit)
            ),
        }
    }

    fn chinese(&self) -> String {
        use Mistake::*;
        match self {
            Syntax { line, column, reason } => {
                format!("第 {line} 行第 {column} 列不是有效的 JSON（{reason}）。请修正该处，或重新保存文件。")
            }
            WrongType { expected, found } => format!("这里应为{}，实为 {found}。请改为{0}。", expected.chinese()),
            MissingKey { key } => format!("缺少“{key}”。请补上。"),
            UnknownKey { key, known } => format!("不认识“{key}”。{}", suggest_zh(key, known)),
            WrongVersion { found, supported } => {
                format!(
                    "无法读取版本 {found}，本程序读取版本 {supported}。请写 \"version\": {supported}，或使用更新的程序。"
                )
            }
            NotFinite { value } => format!("{value} 不是有限的数。请填一个数。"),
            OutOfRange { value, lo, hi, unit } => {
                let range = range_zh(*lo, *hi, unit);
                format!("{}{} 超出范围。请取{range}的值。", Shown(*value), spaced(unit))
            }
            NotWhole { value } => {
                format!("{} 不是整数。请取整为 {}。", Shown(*value), Shown(libm::round(*value)))
            }
            EmptyName => "名称为空。请起一个名称。".into(),
            LongName { length, limit } => format!("名称有 {length} 个字符。请缩短到 {limit} 个以内。"),
            DuplicateName { name, first } => format!("名称“{name}”已被 {first} 使用。请另起一个。"),
            NoPopulation => "没有神经元群体。请至少添加一个。".into(),
            UnknownName { what, name, known } => {
                format!("没有名为“{name}”的{}。{}", what.chinese(), suggest_zh(name, known))
            }
            StimulusAsTarget { name } => format!("“{name}”是刺激，不能接收脉冲。请填一个群体。"),
            RuleForStimulus { rule, wanted } => {
                format!("规则 {rule} 不能用于刺激。请用 {wanted}：每个目标得到各自的脉冲。")
            }
            OptionNeeded { rule, option, wanted } => {
                format!("规则 {rule} 要求“{option}”为 {wanted}。请设 \"{option}\": {wanted}，或改用其他规则。")
            }
            TooFewPartners { key, wanted, limit } => {
                let (wanted, limit) = (Shown(*wanted), Shown(*limit));
                format!("{key} = {wanted} 多于可供选择的 {limit} 个。请不超过 {limit} ，或允许重复连接和自连接。")
            }
            UnequalSizes { rule, sources, targets } => {
                format!("{rule} 不能连接 {sources} 个与 {targets} 个神经元。请使两个群体大小相同，或改用其他规则。")
            }
            TwoPopulations { rule } => {
                format!("{rule} 连接同一群体内的神经元。请将源和目标设为同一群体。")
            }
            NoPositions => "该群体的神经元没有位置。请为它添加“positions”，或改用与距离无关的规则。".into(),
            TwoSurfaces => {
                "两个群体中只有一个的边缘相接，或两者的范围不同。请使两者的“extent”和“edge_wrap”相同。".into()
            }
            GridSize { columns, rows, size } => {
                format!("{columns} × {rows} 的网格不能正好容纳 {size} 个神经元。请修改“grid”或“size”。")
            }
            NotOrdered { below, below_value, above, above_value } => {
                let (low, high) = (Shown(*below_value), Shown(*above_value));
                format!("{below} = {low} 必须小于 {above} = {high}。请降低 {below} 或提高 {above}。")
            }
            ReversedRange { lo, hi } if lo == hi => {
                format!("范围的两端都是 {}。请填两个不同的数。", Shown(*lo))
            }
            ReversedRange { lo, hi } => {
                format!("范围从 {} 到 {} 是倒序的。请交换两个数。", Shown(*lo), Shown(*hi))
            }
            DelayBelowStep { delay_ms, dt_ms } => {
                format!("延迟 {} ms 短于步长。请至少取 dt_ms = {dt_ms} ms。", Shown(*delay_ms))
            }
            DelayTooLong { delay_ms, limit_ms } => {
                format!("延迟 {} ms 过长。请不超过 {limit_ms} ms，或加大 dt_ms。", Shown(*delay_ms))
            }
            DelaysOfPlastic { synapse } => {
                format!("{synapse} 的突触共用一个延迟。请填一个数，或为每个延迟建立一个投射。")
            }
            DistributionForStimulus => "刺激只能使用同一权重和同一延迟。请填一个数。".into(),
            DistributionOfCount => "取整数的参数由所有神经元共用。请填一个数。".into(),
            SynapseForStimulus { synapse } => {
                format!("刺激不能通过 {synapse} 发送脉冲。请先驱动 parrot 神经元，再由其连接。")
            }
            NoModulator { synapse } => format!("{synapse} 需要调制群体。请添加 \"modulator\"，填一个群体的名称。"),
            ModulatorNotTaken { synapse } => format!("{synapse} 没有调制群体。请删去。"),
            ReceptorOfCurrent { name } => format!("“{name}”发出的是电流，不经过受体。请删去“receptor”。"),
            TooManyEvents { rate_hz, limit_hz } => {
                format!("{rate_hz} Hz 超过每步能承载的脉冲数。请不超过 {limit_hz} Hz 并加大权重，或减小 dt_ms。")
            }
            TimesNotRising { before_ms, after_ms } => {
                format!("{} ms 排在 {} ms 之后。请按时间排序。", Shown(*after_ms), Shown(*before_ms))
            }
            TimeTooEarly { time_ms, dt_ms } => {
                format!("{} ms 的脉冲早于第一步。时间请从 {dt_ms} ms 开始。", Shown(*time_ms))
            }
            UnequalLists { length, other, wanted } => {
                format!("列表有 {length} 项，而 {other} 有 {wanted} 项。请一一对应。")
            }
            NotRows { length, name, neurons } => {
                format!("列表有 {length} 项，而“{name}”有 {neurons} 个神经元。请为每个神经元填一个值，或填若干整行。")
            }
            TargetsDiffer { name, neurons, wanted } => {
                format!("“{name}”为 {wanted} 个神经元各发脉冲，这里却有 {neurons} 个。请在此另用一个刺激。")
            }
            TooLong { length, limit } => format!("列表有 {length} 项。请缩短到 {limit} 项以内。"),
            LongText { bytes, limit } => format!("文本有 {bytes} 字节。请缩短到 {limit} 字节以内。"),
            BrokenLink { length } => format!("这 {length} 个字符不是完整的项目数据。请重新复制整个链接。"),
            ControlWithoutTarget => "该控件没有作用对象。请在“paths”中添加一个值的路径。".into(),
            NoSuchPlace { path } => {
                format!("“{path}”不指向可设置的数。请写如 projections[0].weight 或 populations[0].params.I_e 的路径。")
            }
            TooManyNeurons { neurons, limit } => {
                format!("{} 个神经元过多，无法编号。总数请不超过 {limit}。", Shown(*neurons))
            }
            TooMuchMemory { synapses, bytes, limit } => format!(
                "该网络有 {synapses:.0} 个突触，约需 {}，而可用内存为 {}。请缩小群体或减少连接。",
                size(*bytes),
                size(*limit)
            ),
        }
    }
}

impl Kind {
    fn english(self) -> &'static str {
        match self {
            Kind::Object => "an object { … }",
            Kind::List => "a list [ … ]",
            Kind::Number => "a number",
            Kind::Text => "a text in quotes",
            Kind::Boolean => "true or false",
            Kind::NumberOrDistribution => {
                "a number, {\"uniform\": [low, high]}, {\"normal\": [mean, std]} or {\"lognormal\": [median, sigma]}"
            }
            Kind::Edge => "[source, target], with a weight and a delay_ms behind if it has its own",
            Kind::Grid => "two numbers [columns, rows]",
            Kind::Extent => "two lengths [width, height]",
            Kind::Stretch => "two numbers of neurons [first, last]",
            Kind::Place => "two numbers [x, y]",
        }
    }

    fn chinese(self) -> &'static str {
        match self {
            Kind::Object => "对象 { … }",
            Kind::List => "列表 [ … ]",
            Kind::Number => "数",
            Kind::Text => "带引号的文本",
            Kind::Boolean => " true 或 false",
            Kind::NumberOrDistribution => {
                "数、{\"uniform\": [下限, 上限]}、{\"normal\": [均值, 标准差]} 或 {\"lognormal\": [中位数, sigma]}"
            }
            Kind::Edge => "[源, 目标]，其后可写自己的权重和 delay_ms",
            Kind::Grid => "两个数 [列, 行]",
            Kind::Extent => "两个长度 [宽, 高]",
            Kind::Stretch => "两个神经元编号 [首, 末]",
            Kind::Place => "两个数 [x, y]",
        }
    }
}

impl Named {
    fn english(self) -> &'static str {
        match self {
            Named::NeuronModel => "neuron model",
            Named::Stimulus => "stimulus model",
            Named::Rule => "connection rule",
            Named::Synapse => "synapse model",
            Named::Parameter => "parameter",
            Named::List => "list",
            Named::StateVariable => "state variable",
            Named::Source => "population or stimulus",
            Named::Population => "population",
            Named::Placement => "way to place neurons freely",
            Named::Receptor => "receptor",
            Named::Language => "language",
            Named::Theme => "theme",
            Named::Part => "part of the page that can be hidden",
            Named::Page => "page",
            Named::Network => "network in the gallery",
        }
    }

    fn chinese(self) -> &'static str {
        match self {
            Named::NeuronModel => "神经元模型",
            Named::Stimulus => "刺激模型",
            Named::Rule => "连接规则",
            Named::Synapse => "突触模型",
            Named::Parameter => "参数",
            Named::List => "列表",
            Named::StateVariable => "状态变量",
            Named::Source => "群体或刺激",
            Named::Population => "群体",
            Named::Placement => "自由放置方式",
            Named::Receptor => "受体",
            Named::Language => "语言",
            Named::Theme => "主题",
            Named::Part => "可隐藏的部分",
            Named::Page => "页面",
            Named::Network => "示例网络",
        }
    }
}

fn suggest_en(name: &str, known: &[String]) -> String {
    match nearest(name, known) {
        Some(near) => format!("Did you mean “{near}”?"),
        None if known.is_empty() => "Remove it.".into(),
        None => format!("Use one of: {}.", listed(known, ", ")),
    }
}

fn suggest_zh(name: &str, known: &[String]) -> String {
    match nearest(name, known) {
        Some(near) => format!("是否想写“{near}”？"),
        None if known.is_empty() => "请删去。".into(),
        None => format!("可用：{}。", listed(known, "、")),
    }
}

/// The first names, as many as a message can list.
fn listed(names: &[String], separator: &str) -> String {
    const MOST: usize = 20;
    let rest = if names.len() > MOST { format!("{separator}…") } else { String::new() };
    names[..names.len().min(MOST)].join(separator) + &rest
}

/// The known name that differs from `name` in at most a third of its letters, if one does.
fn nearest<'a>(name: &str, known: &'a [String]) -> Option<&'a String> {
    let distance = |other: &String| edit_distance(&name.to_lowercase(), &other.to_lowercase());
    let nearest = known.iter().map(|k| (distance(k), k)).min_by_key(|(d, _)| *d);
    nearest.filter(|(d, k)| d * 3 <= k.chars().count()).map(|(_, k)| k)
}

/// Levenshtein distance; names are short, so two rows of the table suffice.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(LONGEST_NAME).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(LONGEST_NAME).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Longest name of a population, stimulus or control, in characters: what a plot can still label.
pub const LONGEST_NAME: usize = 64;

/// Most mistakes that are told at once: after a hundred, the rest are found when those are mended.
pub const MOST_ERRORS: usize = 100;

/// A text of the user as a message shows it: itself, cut to what fits a line.
pub fn clipped(text: &str) -> String {
    if text.chars().count() <= LONGEST_NAME {
        text.into()
    } else {
        text.chars().take(LONGEST_NAME).chain(['…']).collect()
    }
}

/// A number as a message shows it: with an exponent where it would otherwise be a row of zeros.
struct Shown(f64);

impl core::fmt::Display for Shown {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        let Shown(x) = self;
        if *x == 0.0 || (1e-6..1e16).contains(&libm::fabs(*x)) { write!(f, "{x}") } else { write!(f, "{x:e}") }
    }
}

fn spaced(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(" {unit}") }
}

fn range_en(lo: f64, hi: f64, unit: &str) -> String {
    format!("from {lo} to {hi}{}", spaced(unit))
}

fn range_zh(lo: f64, hi: f64, unit: &str) -> String {
    format!(" {lo} 到 {hi}{}", spaced(unit))
}

/// A size in bytes for people, with decimal prefixes.
pub fn size(bytes: f64) -> String {
    let (value, unit) = match bytes {
        b if b >= 1e12 => (b / 1e12, "TB"),
        b if b >= 1e9 => (b / 1e9, "GB"),
        b if b >= 1e6 => (b / 1e6, "MB"),
        b => (b / 1e3, "kB"),
    };
    if value < 10.0 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}
