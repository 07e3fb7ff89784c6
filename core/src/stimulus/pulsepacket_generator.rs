//! Packets of spikes spread normally around given times, the same for every target neuron.

use alloc::vec::Vec;

use super::{Entries, List, Sends, Source, StimulusModel, times};
use crate::{
    param::{Param, Range, linear},
    rng::normal,
    text::text,
    units::Unit,
};

pub(super) static MODEL: StimulusModel = StimulusModel {
    name: "pulsepacket_generator",
    title: text("pulse packets", "脉冲包"),
    doc: text(
        "Around each of the listed times it sends as many spikes as activity says, spread normally with the standard \
         deviation sdev. Every target gets the same spikes, as in NEST; use one generator a target where they should \
         differ.",
        "在列出的每个时刻附近发送 activity 个脉冲，按标准差 sdev 的正态分布散开。与 NEST 相同，所有目标得到同样的脉冲；\
         若要不同，请为各目标分别使用发生器。",
    ),
    sends: Sends::Spikes,
    params: &[
        Param {
            name: "activity",
            unit: Unit::Count,
            default: 0.0,
            range: Range::between(0.0, 10_000.0),
            slider: linear(0.0, 200.0),
            doc: text("spikes in a packet", "每个脉冲包的脉冲数"),
        },
        Param {
            name: "sdev",
            unit: Unit::Millisecond,
            default: 0.0,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 10.0),
            doc: text("standard deviation of the spike times in a packet", "脉冲包内脉冲时刻的标准差"),
        },
    ],
    lists: &[List {
        // With the largest activity ten million spikes.
        most: 1000,
        ..times("pulse_times", Entries::Times, text("centres of the packets", "各脉冲包的中心时刻"))
    }],
    source: |given| {
        let &[activity, sdev_ms] = given.params else { unreachable!("a value for every parameter") };
        let mut steps = Vec::new();
        for (packet, centre_ms) in given.lists[0].iter().enumerate() {
            let at = |i| centre_ms + sdev_ms * f64::from(normal(given.stream.words(packet as u32, i)[0]));
            let all = (0..activity as u32).map(at).filter(|&ms| ms > 0.0).map(|ms| given.duration(ms));
            steps.extend(all.filter_map(|step| u32::try_from(step).ok()));
        }
        steps.sort_unstable();
        Source::Listed(steps)
    },
};
