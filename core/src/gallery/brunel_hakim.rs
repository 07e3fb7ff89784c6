//! The network of Brunel and Hakim: inhibitory neurons alone, which swing together though each fires rarely.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "brunel-hakim",
    title: text("Brunel & Hakim", "Brunel-Hakim 网络"),
    theme: Theme::Regimes,
    hint: text("fast waves of rare spikes", "稀疏脉冲的快速波"),
    about: text(
        "5,000 inhibitory neurons and an input from outside. The population swings about 150 times a second, but a neuron \
         fires only four times a second: nobody keeps the beat, it is the delay of the inhibition that makes it. Turn the \
         delay to 4 ms and the waves become three times slower; to 0.1 ms and they fade. A stronger input makes them faster \
         and fuller.",
        "5000 个抑制性神经元加上外部输入。群体每秒振荡约 150 次，而单个神经元每秒只发放四次：没有谁在打拍子，节律来自抑制的延迟。\
         把延迟调到 4 ms，波动便慢到三分之一；调到 0.1 ms，波动消退。输入越强，波动越快、越满。",
    ),
    source: "Brunel & Hakim (1999), doi:10.1162/089976699300016179; the noise from outside is a train of Poisson spikes of the same mean and variance",
    json: include_str!("brunel-hakim.json"),
    changes: &[],
};
