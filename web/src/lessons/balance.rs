//! A thousand neurons: without inhibition they run away, with it they fire rarely and irregularly.

use spikeground_core::text::text;

use super::{Act, Gauge, Lesson, Step};

const RATE: Option<Gauge> = Some(Gauge {
    name: text("rate of E", "E 的发放率"),
    unit: "Hz",
    decimals: 1,
    value: |seen| seen.rate_hz(0, 500.0),
});

pub(super) static LESSON: Lesson = Lesson {
    id: "balance",
    title: text("Excitation and inhibition", "兴奋与抑制"),
    goal: text("What keeps a thousand neurons from shouting at once.", "是什么让一千个神经元不会同时高喊。"),
    json: include_str!("balance.json"),
    views: &["trace", "raster", "rate"],
    speed: 1.0,
    picked: 0,
    steps: &[
        Step {
            task: text(
                "A network of 800 neurons that excite (E) and 200 that inhibit (I), each with 80 random inputs. In the \
                 *raster* each neuron has a line and each spike a dot. Take the inhibition away: turn `w_I` to zero.",
                "一个由 800 个兴奋性（E）和 200 个抑制性（I）神经元组成的网络，每个神经元有 80 个随机输入。\
                 *栅格图*中每个神经元占一行，每个脉冲是一个点。去掉抑制：把 `w_I` 调到零。",
            ),
            hint: text("Pull the slider of `w_I` to its right end.", "把 `w_I` 的滑块拉到最右端。"),
            told: text(
                "A runaway: each spike calls for more than one other. Only the pause after each spike holds it at about \
                 100 Hz. Something like this happens in an epileptic seizure.",
                "失控了：每个脉冲引出不止一个新的脉冲，只有发放后的停顿把它限制在 100 Hz 左右。癫痫发作时就有类似的情形。",
            ),
            lit: &["w_I", "raster"],
            gauge: RATE,
            done: |seen| seen.rate_hz(0, 500.0).is_some_and(|hz| hz > 60.0),
            solution: &[Act::Set("w_I", 0.0)],
        },
        Step {
            task: text(
                "Bring the inhibition back until the E neurons fire at less than 6 Hz.",
                "恢复抑制，直到 E 神经元的发放率低于 6 Hz。",
            ),
            hint: text(
                "About −90 pA. Go slowly, and look at the raster on the way.",
                "约 −90 pA。慢慢调，注意途中的栅格图。",
            ),
            told: text(
                "Each inhibitory synapse is five times as strong as an excitatory one, because there are four times as few \
                 of them. On the way the whole network pulsed together; now everyone fires at their own times, a few times \
                 a second, as in a waking cortex.",
                "每个抑制性突触的强度是兴奋性突触的五倍多，因为数量只有四分之一。调节途中整个网络曾一齐搏动；\
                 现在各自在不同时刻发放，每秒几次，正如清醒的皮层。",
            ),
            lit: &["w_I"],
            gauge: RATE,
            done: |seen| seen.rate_hz(0, 500.0).is_some_and(|hz| hz > 0.5 && hz < 6.0),
            solution: &[Act::Set("w_I", -90.0)],
        },
        Step {
            task: text(
                "What does one of them feel? Click a neuron in the raster: its potential is shown above, and it gets a poke \
                 together with its neighbours.",
                "其中一个神经元感受到什么？在栅格图中点击一个神经元：上方会显示它的膜电位，它和邻居还会受到一次刺激。",
            ),
            hint: text("The key P pokes the neuron that is shown.", "按 P 键可刺激当前显示的神经元。"),
            told: text(
                "A hundred neurons fired at once, and soon nothing of it is left: inhibition followed. The potential trembles \
                 below the threshold, because excitation and inhibition nearly cancel; only when chance brings excitation \
                 ahead does the neuron fire. This is *balance*.",
                "上百个神经元一齐发放，但很快就没了痕迹：抑制随即跟上。膜电位在阈值之下颤动，因为兴奋与抑制几乎抵消；\
                 只有当兴奋偶然占先，神经元才发放。这就是*平衡*。",
            ),
            lit: &["raster", "trace"],
            gauge: None,
            done: |seen| seen.poked(100.0),
            solution: &[Act::Poke],
        },
        Step {
            task: text(
                "Now double the excitation: `w_E` above 30 pA. The network falls into step like a clock. Make it irregular \
                 again, by inhibition alone: its *CV* shall exceed 0.75.",
                "现在把兴奋加倍：`w_E` 高于 30 pA。网络会像钟一样齐步走。只靠抑制让它重新变得不规则：使 *CV* 超过 0.75。",
            ),
            hint: text(
                "The CV says how irregular the intervals between spikes are: 0 is a clock, 1 is pure chance. Try −200 pA.",
                "CV 表示脉冲间隔有多不规则：0 如时钟，1 为纯随机。试试 −200 pA。",
            ),
            told: text(
                "Twice the excitation and twice the inhibition: the mean cancels as before, but the fluctuations are \
                 larger, and so the spikes are more irregular. The network does not need fine tuning, only enough \
                 inhibition.",
                "兴奋加倍，抑制也加倍：均值仍然抵消，涨落却更大，脉冲因而更不规则。网络无需精细调节，只要抑制足够。",
            ),
            lit: &["w_E", "w_I"],
            gauge: Some(Gauge {
                name: text("CV", "变异系数 CV"),
                unit: "",
                decimals: 2,
                value: |seen| seen.cv(0, 2000.0),
            }),
            done: |seen| seen.control("w_E") >= 30.0 && seen.cv(0, 2000.0).is_some_and(|cv| cv > 0.75),
            solution: &[Act::Set("w_E", 32.0), Act::Set("w_I", -200.0)],
        },
    ],
};
