//! Izhikevich's twenty types of firing, one neuron each, side by side.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "izhikevich-types",
    title: text("Firing types", "二十种发放类型"),
    theme: Theme::Neurons,
    hint: text("one equation, twenty neurons", "一个方程，二十个神经元"),
    about: text(
        "Twenty neurons of one model that differ in four numbers, each with the current that brings out its character, every \
         500 ms for 5 s (then reset). Pick one and look at its membrane potential and its U_m: A to F answer a step of \
         current, G and H a ramp, K fires for two pulses 40 ms apart but not for 20 ms, L the other way round, M and N fire \
         when inhibition ends, P is switched on by one pulse and off by the next, S and T fire because they are inhibited.",
        "同一模型的二十个神经元，只有四个参数不同，各自接收能显示其个性的电流，每 500 ms 一次，共 5 秒（之后请重置）。点选一个，\
         看它的膜电位和 U_m：A 到 F 响应电流阶跃，G、H 响应斜坡；K 对相隔 40 ms 的两个脉冲发放，对 20 ms 的则不；L 恰好偏爱相隔很近的脉冲；\
         M、N 在抑制结束时发放；P 被一个脉冲打开、被下一个关闭；S、T 因受抑制而发放。",
    ),
    source: "Izhikevich (2004), doi:10.1109/TNN.2004.832719, with the parameters of its figure; G and L shifted by −11.25 mV, T with d = 0 and R with a constant current, so that the usual equation serves all; the pulse of Q is 1.2 ms, at which this step fires once as his does",
    json: include_str!("izhikevich-types.json"),
    changes: &[],
};
