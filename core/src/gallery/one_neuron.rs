//! One integrate-and-fire neuron under random spikes.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "one-neuron",
    title: text("One neuron", "单个神经元"),
    theme: Theme::Neurons,
    hint: text("noise in, spikes out", "噪声输入，脉冲输出"),
    about: text(
        "One leaky integrate-and-fire neuron under random excitatory and inhibitory spikes. Its membrane potential \
         drifts up and down; whenever it reaches the threshold, the neuron fires and starts again from the reset. Turn \
         the excitatory rate and see how the spikes thin out or crowd.",
        "一个漏积分发放神经元，接收随机的兴奋和抑制脉冲。膜电位起伏不定，一到阈值就发放脉冲并复位。\
         调节兴奋输入的频率，看脉冲变稀或变密。",
    ),
    source: "Stein (1965), doi:10.1016/S0006-3495(65)86709-1",
    json: include_str!("one-neuron.json"),
    changes: &[],
};
