//! The same spikes over two kinds of STDP: one counts every pair, the other only the nearest.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "nearest-neighbours",
    title: text("Which pairs count", "哪些脉冲算配对"),
    theme: Theme::Plasticity,
    hint: text("nearest pairs or all", "最近邻还是全部"),
    about: text(
        "Five hundred random trains of 20 Hz reach a slow neuron (5 Hz) and a fast one (40 Hz), which fire by chance and not \
         because of them. Each train has two synapses onto each: of one kind in which every pair of spikes counts, and of one in \
         which only the nearest do. Potentiation is stronger but briefer than depression. If every pair counts, depression \
         always wins. If only the nearest count, fast firing cuts the longer depression off and the synapses onto the fast neuron \
         grow, while those onto the slow one shrink: as Bienenstock, Cooper and Munro asked of a synapse. Look at the four \
         projections in the weights. Turn the rate `slow` up, and reset: above 16 Hz the nearest pairs strengthen.",
        "五百个 20 Hz 的随机脉冲序列到达一个慢神经元（5 Hz）和一个快神经元（40 Hz），后两者的发放出于偶然，与这些输入无关。\
         每个序列到每个神经元各有两个突触：一个计入所有脉冲对，另一个只计最近邻。增强比减弱更强，但持续更短。\
         若计入所有配对，减弱总是占优。若只计最近邻，快速发放便截断了较长的减弱，快神经元上的突触增强，慢神经元上的减弱：\
         这正是 Bienenstock、Cooper 与 Munro（BCM）对突触的要求。在权重视图中比较四个投射。把 slow 的频率调高并重置：超过 16 Hz，最近邻配对便使突触增强。",
    ),
    source: "Izhikevich & Desai (2003), doi:10.1162/089976603321891783; Morrison, Diesmann & Gerstner (2008), doi:10.1007/s00422-008-0233-1",
    json: include_str!("nearest-neighbours.json"),
    changes: &[],
};
