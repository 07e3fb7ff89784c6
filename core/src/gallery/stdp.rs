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
