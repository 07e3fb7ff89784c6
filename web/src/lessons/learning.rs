//! Sixty synapses learn by the time between two spikes: spike-timing-dependent plasticity.

use spikeground_core::text::text;

use super::{Act, Gauge, Lesson, Seen, Step};

/// The projection that learns.
const LEARNS: usize = 2;
/// A weight below this part of the largest is weak,
const WEAK: f64 = 0.25;
/// and one above this part is strong.
const STRONG: f64 = 0.75;

fn weak(seen: &Seen) -> f64 {
    seen.share(LEARNS, 0.0, WEAK)
}

fn strong(seen: &Seen) -> f64 {
    seen.share(LEARNS, STRONG, 1.0)
}

const STRONG_SYNAPSES: Option<Gauge> = Some(Gauge {
    name: text("strong synapses", "强突触"),
    unit: "%",
    decimals: 0,
    value: |seen| Some(100.0 * strong(seen)),
});

pub(super) static LESSON: Lesson = Lesson {
    id: "learning",
    title: text("Learning by timing", "凭时间学习"),
    goal: text(
        "Who fires together does not just wire together: the order decides.",
        "一起发放并不够：先后次序决定连接的强弱。",
    ),
    json: include_str!("learning.json"),
    views: &["raster", "weights"],
    speed: 2.0,
    picked: 61,
    steps: &[
        Step {
            task: text(
                "Ten times a second a clock makes 60 neurons A fire, some early and some late, and neuron B in their midst. \
                 Each A has a synapse onto B; below you see their weights. Turn `lambda` up, the *learning rate*, and watch \
                 them.",
                "时钟每秒十次让 60 个神经元 A 发放，有早有晚，神经元 B 居于其中。每个 A 有一个突触通向 B，下方是这些突触的权重。\
                 调高*学习率* `lambda`，看它们怎样变化。",
            ),
            hint: text("A value of 0.05 does it within some seconds.", "取 0.05，几秒之内就能看到。"),
            told: text(
                "Two heaps: the synapses of those A that fire before B grow, those of the later ones shrink. This is \
                 *spike-timing-dependent plasticity* (STDP), as Bi and Poo measured it in 1998. What could have caused the \
                 spike is rewarded.",
                "分成了两堆：先于 B 发放的 A，突触增强；晚于 B 的，突触减弱。这就是*脉冲时间依赖可塑性*（STDP），\
                 毕国强与蒲慕明在 1998 年测得了它。可能引起脉冲的输入得到奖励。",
            ),
            lit: &["lambda", "weights"],
            gauge: STRONG_SYNAPSES,
            done: |seen| weak(seen) > 0.25 && strong(seen) > 0.25,
            solution: &[Act::Set("lambda", 0.05)],
        },
        Step {
            task: text(
                "Now let B come too early for nearly everyone: shorten the `delay of B`, until almost all synapses are weak.",
                "让 B 早于几乎所有的 A：缩短 `delay of B`（B 的延迟），直到几乎所有突触都变弱。",
            ),
            hint: text(
                "Turn it to 1 ms and wait. `lambda` must be above zero.",
                "调到 1 ms，然后等待。`lambda` 必须大于零。",
            ),
            told: text(
                "A spike that comes after B’s could not have helped it: its synapse is *depressed*, pairing by pairing, \
                 down to nothing. Only the A that are earlier still keep their weight.",
                "在 B 之后到来的脉冲不可能帮助它发放：突触一次次配对后被*减弱*，直到归零。只有更早的那几个 A 保住了权重。",
            ),
            lit: &["delay of B", "weights"],
            gauge: STRONG_SYNAPSES,
            done: |seen| weak(seen) > 0.8,
            solution: &[Act::Set("delay of B", 1.0)],
        },
        Step {
            task: text(
                "And the other way round: make at least 70 % of them strong.",
                "反过来：让至少 70 % 的突触变强。",
            ),
            hint: text(
                "B shall fire last: a long delay. It takes a while.",
                "让 B 最后发放：延迟要长。这需要一点时间。",
            ),
            told: text(
                "All A now predict B, and all their synapses are *potentiated*. Those that precede it by least grow \
                 fastest: the effect of a pair fades with the time between the two, within some 20 ms.",
                "现在所有 A 都预示着 B，突触全都被*增强*。领先最少的长得最快：一对脉冲的作用随时间差衰减，约在 20 ms 之内。",
            ),
            lit: &["delay of B", "weights"],
            gauge: STRONG_SYNAPSES,
            done: |seen| strong(seen) >= 0.7,
            solution: &[Act::Set("delay of B", 45.0)],
        },
        Step {
            task: text(
                "Keep what is learnt: stop learning (`lambda` to zero), then let B come early again. The weights shall stay.",
                "保住学到的东西：停止学习（`lambda` 调到零），再让 B 提早发放。权重应当不变。",
            ),
            hint: text(
                "First `lambda` to 0, then `delay of B` below 10 ms.",
                "先把 `lambda` 调到 0，再把 `delay of B` 调到 10 ms 以下。",
            ),
            told: text(
                "The weights remember what the spikes have long forgotten. A network that learns for ever forgets for ever; \
                 when to learn is told, in brains, by substances such as *dopamine*.",
                "脉冲早已忘却的，权重还记得。永远学习的网络也永远在遗忘；在大脑中，何时学习由*多巴胺*之类的物质来告知。",
            ),
            lit: &["lambda", "delay of B"],
            gauge: STRONG_SYNAPSES,
            done: |seen| {
                let stopped = seen.control("lambda") == 0.0 && seen.control("delay of B") < 10.0;
                stopped && seen.is_calm(2000.0) && strong(seen) >= 0.6
            },
            solution: &[Act::Set("lambda", 0.0), Act::Set("delay of B", 5.0)],
        },
    ],
};
