//! One neuron whose thousand inputs compete for the time of its spikes.

use super::{Entry, Theme};
use crate::text::text;

// Song, Miller and Abbott give conductances as parts of the leak; it is 10 nS here. Their 200 inhibitory trains of 10 Hz,
// which do not learn, come as one of 2,000 Hz.
pub(super) static ENTRY: Entry = Entry {
    id: "stdp",
    title: text("STDP", "STDP"),
    theme: Theme::Plasticity,
    hint: text("1,000 synapses compete", "一千个突触的竞争"),
    about: text(
        "A thousand random trains of 20 Hz excite one neuron over synapses with additive STDP. At first it fires above 100 Hz, \
         whoever spoke last; then the synapses that happen to speak just before it fires win and the others lose. Look at the \
         weights: after a few minutes of model time most are near zero or near the largest, with few between, and the neuron \
         fires at about 10 Hz, now because its inputs fluctuate. Turn `rate` up: fewer synapses win, and the rate of the \
         neuron hardly changes. Turn `mu` to 1 for the multiplicative rule: all weights gather in the middle. `lambda` is \
         the speed.",
        "一千个 20 Hz 的随机脉冲序列经带加性 STDP 的突触兴奋一个神经元。起初它以 100 Hz 以上发放；随后，恰在它发放之前到达的突触胜出，\
         其余落败。看权重：几分钟模型时间后，大多数接近零或接近最大值，中间很少；神经元此时由输入的涨落驱动，发放率约 10 Hz。\
         调高 rate：胜出的突触变少，而神经元的发放率几乎不变。把 mu 调到 1 即为乘性规则：所有权重聚在中间。lambda 为学习速度。",
    ),
    source: "Song, Miller & Abbott (2000), doi:10.1038/78829",
    json: include_str!("stdp.json"),
    changes: &[],
};

/// The same network with the rule of Rubin, Lee and Sompolinsky.
pub(super) static MULTIPLICATIVE: Entry = Entry {
    id: "stdp-multiplicative",
    title: text("Multiplicative STDP", "乘性 STDP"),
    theme: Theme::Plasticity,
    hint: text("nobody wins", "没有赢家"),
    about: text(
        "The network of a thousand trains again, but now a strong synapse grows less and shrinks more than a weak one \
         (`mu` = 1 instead of 0). There is one weight at which both are the same, 1/(1 + alpha) of the largest, and within half \
         a minute all weights have gathered around it: nobody wins. Turn `alpha` to move it. Turn `mu` down: near 0 they \
         part into winners and losers, as in the additive rule.",
        "仍是那一千个脉冲序列的网络，但现在强突触增强得少、减弱得多（mu = 1 而非 0）。增强与减弱在某一权重处相等，\
         即最大值的 1/(1 + alpha)；半分钟内所有权重都聚到它周围：没有赢家。调 alpha 可移动它。调低 mu：接近 0 时权重又分为胜者与败者，\
         如同加性规则。",
    ),
    source: "Rubin, Lee & Sompolinsky (2001), doi:10.1103/PhysRevLett.86.364; network of Song, Miller & Abbott (2000), doi:10.1038/78829",
    json: include_str!("stdp.json"),
    changes: &[("projections[2].synapse_params.mu_plus", 1.0), ("projections[2].synapse_params.mu_minus", 1.0)],
};
