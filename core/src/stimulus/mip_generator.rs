//! Correlated Poisson spike trains: a mother train of which each target gets its own random choice of spikes.

use alloc::vec::Vec;

use super::{Counts, START, STOP, Sends, Source, StimulusModel, rate};
use crate::{
    param::{Param, Range, linear},
    rng::CountTable,
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "mip_generator",
    title: text("correlated Poisson spikes", "相关泊松脉冲"),
    doc: text(
        "A mother process makes one random spike train, of which every spike is copied to each target with probability \
         p_copy. So each target gets a Poisson train of the rate p_copy · rate, and any two of them have the correlation \
         p_copy (Kuhn, Aertsen & Rotter 2003, the multiple interaction process).",
        "由一个母过程产生随机脉冲序列，每个脉冲以概率 p_copy 复制到各目标。于是每个目标得到频率为 p_copy · rate 的\
         泊松序列，任意两个之间的相关系数为 p_copy（Kuhn、Aertsen 与 Rotter 2003，多重交互过程）。",
    ),
    sends: Sends::Spikes,
    params: &[
        rate(text("spikes per second of the mother train", "母序列每秒的脉冲数")),
        Param {
            name: "p_copy",
            unit: Unit::One,
            default: 1.0,
            range: Range::between(0.0, 1.0),
            slider: linear(0.0, 1.0),
            doc: text("probability with which a spike is copied to a target", "脉冲复制到某个目标的概率"),
        },
        START,
        STOP,
    ],
    lists: &[],
    source: |given| {
        let mother = CountTable::poisson(given.mean(given.params[0]));
        let copies: Vec<_> = (1..=mother.largest()).map(|n| CountTable::binomial(n, given.params[1])).collect();
        Source::Random(Counts::Copied { mother, stream: given.stream, copies })
    },
};
