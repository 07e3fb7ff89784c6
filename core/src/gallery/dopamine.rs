//! A reward that comes a second late finds the synapse that earned it.

use super::{Entry, Theme};
use crate::text::text;

// The numbers are those of the author's program, whose noise is uniform within ±6.5 and drawn every ms; it is normal with
// the same variance here, and the reward comes after 1 s instead of 1 to 3 s.
//
// `pair` fires only for neuron 0 followed by neuron 1 within 10 ms: neuron 0 lifts it by 0.6 of its threshold, which decays
// to 0.4 in these 10 ms; neuron 1 lifts it by 0.6 for one step and takes that back. The way from neuron 0 is a step longer,
// so that both at once are no pair.
pub(super) static ENTRY: Entry = Entry {
    id: "dopamine",
    title: text("Reward by dopamine", "多巴胺奖励"),
    theme: Theme::Plasticity,
    hint: text("late reward, right synapse", "奖励虽迟，仍归对的突触"),
    about: text(
        "1,000 neurons under noise. Whenever neuron 1 of E happens to fire within 10 ms after neuron 0, `pair` notices it and \
         dopamine comes a second later, when hundreds of other neurons have fired. Every synapse remembers its own pairs for \
         about tau_c, and dopamine turns that memory into weight. Look at the synapse from neuron 0 to neuron 1, a projection \
         of its own (the second one from E to E): it begins at nothing and reaches the largest weight within ten minutes of \
         model time, while the mean weight falls. Turn `reward` to 0 and nothing singles it out; make `tau_c` short against \
         `delay` and the credit is lost.",
        "1,000 个神经元处于噪声中。每当 E 的 1 号神经元恰在 0 号之后 10 ms 内发放，pair 便察觉，一秒之后多巴胺到来，\
         而其间已有数百个别的神经元发放。每个突触以约 tau_c 的时间记住自己的脉冲配对，多巴胺把这记忆变成权重。\
         看 0 号到 1 号神经元的突触，它自成一个投射（E 到 E 的第二个）：从零开始，十分钟模型时间内达到最大权重，而平均权重下降。\
         把 reward 调到 0，它便无从脱颖而出；令 tau_c 远短于 delay，功劳便无从归属。",
    ),
    source: "Izhikevich (2007), doi:10.1093/cercor/bhl152",
    json: include_str!("dopamine.json"),
    changes: &[],
};
