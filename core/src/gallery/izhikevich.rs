//! Izhikevich's network of 1,000 neurons, no two of them alike, and the rhythms that it falls into.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "izhikevich",
    title: text("Izhikevich", "Izhikevich 网络"),
    theme: Theme::Regimes,
    hint: text("a thousand different neurons", "一千个互不相同的神经元"),
    about: text(
        "800 excitatory and 200 inhibitory neurons, all connected, all different: each draws its own parameters, each synapse \
         its weight, and noise stands for the thalamus. Watch the raster and the rate: broad waves come about nine times a \
         second, narrow ones about forty times, the alpha and gamma rhythms. Turn the noise of E to 6 and gamma rules; to 3.5 \
         and the rhythms are gone. With w_I near −0.15 all of E fires at once. In the paper one random number gives a neuron \
         both c and d, or both a and b; here they are drawn apart, each half of that number's range being a population.",
        "800 个兴奋性和 200 个抑制性神经元，全部相连，互不相同：每个神经元各自抽取参数，每个突触各自抽取权重，噪声代表丘脑输入。\
         看脉冲图和发放率：宽的波每秒约九次，窄的约四十次，即 alpha 与 gamma 节律。把 E 的噪声调到 6，gamma 占优；调到 3.5，节律消失。\
         w_I 在 −0.15 附近时，E 全体一齐发放。论文中同一个随机数决定神经元的 c 与 d，或 a 与 b；这里二者分别抽取，该数取值范围的每一半为一个群体。",
    ),
    source: "Izhikevich (2003), doi:10.1109/TNN.2003.820440; both variables in steps of 0.5 ms, a spike ends its step: 8 Hz in E and I, where his program, whose membrane runs on to the end of the millisecond, has 7.2 and 6.7 Hz",
    json: include_str!("izhikevich.json"),
    changes: &[],
};
