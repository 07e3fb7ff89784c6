//! A few neurons of each model under the same kind of random spikes.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "zoo",
    title: text("Model zoo", "模型动物园"),
    theme: Theme::Neurons,
    hint: text("eight models, one noise", "八种模型，同一噪声"),
    about: text(
        "Twenty neurons of each model, all under the same kind of random spikes. Click one and compare: the three current \
         models differ only in how an input spreads in time, conductances quieten the membrane, AdEx tires, Izhikevich's \
         neuron rebounds, and Hodgkin and Huxley's spike is no reset but the play of its channels. Turn the rate up until \
         each fires at its limit.",
        "每种模型二十个神经元，接收同类随机脉冲。点选比较：三种电流型模型只在输入的时间展开上不同，电导使膜电位更平静，\
         AdEx 会疲劳，Izhikevich 神经元会反弹，而霍奇金-赫胥黎的脉冲不是复位，而是离子通道的作用。\
         提高输入频率，直到各自达到发放极限。",
    ),
    source: "the sources of the models, under their parameters",
    json: include_str!("zoo.json"),
    changes: &[],
};
