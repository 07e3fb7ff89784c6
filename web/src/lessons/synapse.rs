//! Two neurons and a synapse: excitation, summation, inhibition.

use spikeground_core::text::text;

use super::{Act, Gauge, Lesson, Step};

const RATE_OF_B: Option<Gauge> = Some(Gauge {
    name: text("rate of B", "B 的发放率"),
    unit: "Hz",
    decimals: 0,
    value: |seen| seen.rate_hz(1, 500.0),
});

pub(super) static LESSON: Lesson = Lesson {
    id: "synapse",
    title: text("A synapse", "突触"),
    goal: text("How one neuron moves another, up or down.", "一个神经元怎样推动另一个，向上或向下。"),
    json: include_str!("synapse.json"),
    views: &["trace", "raster"],
    speed: 0.2,
    picked: 1,
    steps: &[
        Step {
            task: text(
                "Two neurons: A fires by itself, B rests, and the line is the potential of B. A *synapse* leads from A to B, \
                 but its *weight* `w` is zero. Turn `w` up a little: each spike of A shall make a bump in B, and B \
                 shall not fire.",
                "两个神经元：A 自己发放，B 静息，曲线是 B 的膜电位。从 A 到 B 有一个*突触*，但*权重* `w` 为零。\
                 稍稍调高 `w`：让 A 的每个脉冲在 B 中激起一个小波，但 B 不发放。",
            ),
            hint: text("300 pA makes a good bump.", "300 pA 的小波就很清楚。"),
            told: text(
                "Each bump is an *excitatory postsynaptic potential*. It begins 1 ms after the spike of A, which is the \
                 *delay* of the synapse, and has faded after some 50 ms.",
                "每个小波是一个*兴奋性突触后电位*（EPSP）。它在 A 发放 1 ms 之后开始，这就是突触的*延迟*；约 50 ms 后消退。",
            ),
            lit: &["w", "trace"],
            gauge: None,
            done: |seen| {
                let heard = seen.spikes(0, 500.0).is_some_and(|n| n >= 3);
                seen.control("w") >= 50.0 && heard && seen.spikes(1, 500.0) == Some(0)
            },
            solution: &[Act::Set("w", 300.0)],
        },
        Step {
            task: text(
                "One bump is too small. Leave `w` below 500 pA, and make B fire all the same: by A alone.",
                "一个小波太小。保持 `w` 低于 500 pA，只靠 A，仍然让 B 发放。",
            ),
            hint: text("Turn `I_A` up, so that A fires faster.", "调高 `I_A`，让 A 发放得更快。"),
            told: text(
                "Bumps that come before the last one has faded add up: *summation*. A neuron of the cortex hears \
                 thousands of synapses, each far too weak alone; it fires when many speak at about the same time.",
                "前一个小波尚未消退，后一个就叠加上去，这叫*总和*。皮层神经元接收成千上万个突触，每个单独都太弱；\
                 许多突触差不多同时活动，它才会发放。",
            ),
            lit: &["I_A"],
            gauge: RATE_OF_B,
            done: |seen| {
                let by_a = seen.control("w") <= 500.0 && seen.control("I_B") < 50.0;
                by_a && seen.spikes(1, 500.0).is_some_and(|n| n >= 2)
            },
            solution: &[Act::Set("I_A", 700.0)],
        },
        Step {
            task: text(
                "Next comes the other kind of synapse. Prepare B for it: set `w` to zero and turn `I_B` up until B fires by \
                 itself.",
                "接下来是另一类突触。先为 B 做好准备：把 `w` 设为零，调高 `I_B`，直到 B 自己发放。",
            ),
            hint: text(
                "Type 0 into the field of `w`, and 200 into that of `I_B`.",
                "在 `w` 处键入 0，在 `I_B` 处键入 200。",
            ),
            told: text(
                "B goes at its own pace now. A fires too, but without a weight nothing of it arrives.",
                "B 现在按自己的节奏发放。A 也在发放，但权重为零，什么也传不过来。",
            ),
            lit: &["w", "I_B"],
            gauge: RATE_OF_B,
            done: |seen| seen.control("w").abs() < 20.0 && seen.spikes(1, 500.0).is_some_and(|n| n >= 3),
            solution: &[Act::Set("w", 0.0), Act::Set("I_B", 200.0)],
        },
        Step {
            task: text(
                "Now turn `w` below zero until B is silent, though its own current goes on.",
                "现在把 `w` 调到零以下，直到 B 沉默，尽管它自己的电流还在。",
            ),
            hint: text(
                "The faster A fires, the less it takes. Try −300 pA.",
                "A 发放得越快，所需的越小。试试 −300 pA。",
            ),
            told: text(
                "*Inhibition*: each spike of A pulls B away from its threshold. In the cortex about one neuron in five \
                 inhibits, and each either excites or inhibits all its targets: *Dale’s principle*.",
                "这就是*抑制*：A 的每个脉冲都把 B 从阈值拉开。皮层中约五分之一的神经元起抑制作用；\
                 一个神经元对它的所有目标要么都兴奋，要么都抑制，这叫*戴尔原则*。",
            ),
            lit: &["w", "trace"],
            gauge: RATE_OF_B,
            done: |seen| {
                let driven = seen.control("I_B") >= 160.0 && seen.spikes(0, 500.0).is_some_and(|n| n >= 3);
                driven && seen.control("w") < 0.0 && seen.spikes(1, 500.0) == Some(0)
            },
            solution: &[Act::Set("w", -300.0)],
        },
    ],
};
