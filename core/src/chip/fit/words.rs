//! What a refusal and a remedy say, in both languages.

use alloc::{format, string::String, vec::Vec};

use super::{Found, Limit, Refusal, Remedy};
use crate::{spec::NetworkSpec, text::Lang};

impl Limit {
    /// What runs out, in English and in Chinese, behind a number.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Limit::Neurons => ("neurons in all", "个神经元（总计）"),
            Limit::Synapses => ("synapses in all", "个突触（总计）"),
            Limit::Memory => ("bits of memory in all", "位存储（总计）"),
            Limit::NeuronMemory => ("bits of memory for one neuron and its synapses", "位存储（一个神经元及其突触）"),
            Limit::FanIn => ("synapses onto one neuron", "个突触汇入一个神经元"),
            Limit::FanOut => ("synapses from one neuron", "个突触由一个神经元发出"),
            Limit::AxonsIn => ("neurons that reach one neuron", "个神经元连到一个神经元"),
            Limit::AxonsOut => ("cores that one neuron reaches", "个核由一个神经元连到"),
            Limit::WeightBits => ("bits for the smallest weight beside the largest", "位权重（最小与最大权重并存）"),
            Limit::Delay => ("ticks of delay", "步延迟"),
            Limit::NeuronModel => ("neurons", "神经元"),
            Limit::Plasticity => ("learning", "学习规则"),
            Limit::Throughput => ("synaptic events a second", "次突触事件/秒"),
            Limit::CoreTime => ("seconds of work for a core in a step", "秒/步的单核工作量"),
        }
    }
}

impl core::fmt::Display for Found {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        match self {
            Found::Number(x) if *x != 0.0 && !(1e-3..1e9).contains(x) => write!(f, "{x:.3e}"),
            Found::Number(x) => write!(f, "{x}"),
            Found::Name(name) => write!(f, "{name}"),
        }
    }
}

impl Refusal {
    /// What does not fit, in `lang`, without the remedies.
    pub fn message(&self, lang: Lang) -> String {
        let Refusal { limit, population, found, offered, .. } = self;
        let (en, zh) = limit.words();
        let is_kind = matches!(limit, Limit::NeuronModel | Limit::Plasticity);
        match lang {
            Lang::En => {
                let place = if population.is_empty() { String::new() } else { format!("“{population}”: ") };
                if is_kind {
                    format!("{place}the chip has no {found}. It offers {en}: {offered}.")
                } else {
                    format!("{place}{found} {en}, and the chip has room for {offered}.")
                }
            }
            Lang::Zh => {
                let place = if population.is_empty() { String::new() } else { format!("“{population}”：") };
                if is_kind {
                    format!("{place}芯片不支持 {found}，可用的{zh}：{offered}。")
                } else {
                    format!("{place}{found} {zh}，芯片上限为 {offered}。")
                }
            }
        }
    }
}

impl Remedy {
    /// What it does to a network, in `lang`.
    pub fn message(&self, spec: &NetworkSpec, lang: Lang) -> String {
        let ends = |i: usize| spec.projections.get(i).map_or(String::new(), |p| format!("{} → {}", p.source, p.target));
        let name = |i: usize| spec.populations.get(i).map_or("", |p| p.name.as_str());
        let list = |shares: &[(usize, u64)]| -> String {
            let parts: Vec<String> = shares.iter().map(|(i, n)| format!("{}: {n}", ends(*i))).collect();
            parts.join(", ")
        };
        let all = |these: &[usize]| -> String { these.iter().map(|i| ends(*i)).collect::<Vec<_>>().join(", ") };
        let (en, zh) = match self {
            Remedy::Raise { at, to } => {
                let to = Found::Number(*to);
                (format!("Assume a chip with {at} = {to}."), format!("假设芯片的 {at} = {to}。"))
            }
            Remedy::Chips(n) => (format!("Use {n} chips."), format!("使用 {n} 颗芯片。")),
            Remedy::Offer { kind, .. } => {
                (format!("Assume a chip that offers {kind}."), format!("假设芯片支持 {kind}。"))
            }
            Remedy::Neurons(n) => {
                (format!("Make the network smaller: {n} neurons."), format!("缩小网络至 {n} 个神经元。"))
            }
            Remedy::InDegrees(shares) => (
                format!("Give each neuron fewer sources ({}).", list(shares)),
                format!("减少每个神经元的输入（{}）。", list(shares)),
            ),
            Remedy::OutDegrees(shares) => (
                format!("Give each neuron fewer targets ({}).", list(shares)),
                format!("减少每个神经元的输出（{}）。", list(shares)),
            ),
            Remedy::Weights(weights) => {
                let parts: Vec<String> = weights.iter().map(|(i, w)| format!("{}: {w}", ends(*i))).collect();
                let parts = parts.join(", ");
                (format!("Make the smallest weights larger ({parts})."), format!("加大最小的权重（{parts}）。"))
            }
            Remedy::Delay { projections, delay_ms } => (
                format!("Shorten {} to {delay_ms} ms.", all(projections)),
                format!("将 {} 的延迟缩短为 {delay_ms} ms。", all(projections)),
            ),
            Remedy::Model { population, model } => {
                (format!("Let “{}” be {model}.", name(*population)), format!("将“{}”改为 {model}。", name(*population)))
            }
            Remedy::Fixed(projections) => (
                format!("Keep the weights of {} fixed.", all(projections)),
                format!("固定 {} 的权重。", all(projections)),
            ),
        };
        match lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }
}
