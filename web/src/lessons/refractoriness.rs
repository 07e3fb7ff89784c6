//! A neuron pauses after each spike, and so cannot fire faster than that pause allows.

use spikeground_core::text::text;

use super::{Act, Gauge, Lesson, Step};

const RATE: Option<Gauge> =
    Some(Gauge { name: text("rate", "发放率"), unit: "Hz", decimals: 0, value: |seen| seen.rate_hz(0, 300.0) });

pub(super) static LESSON: Lesson = Lesson {
    id: "refractoriness",
    title: text("A pause after each spike", "发放之后的停顿"),
    goal: text("Why no neuron can fire as fast as one likes.", "为什么神经元不能想多快就多快。"),
    json: include_str!("refractoriness.json"),
    views: &["trace", "raster"],
    speed: 0.1,
    picked: 0,
    steps: &[
        Step {
            task: text(
                "This neuron fires steadily. Drive it as hard as you can: turn `I_e` all the way up.",
                "这个神经元稳定地发放。尽力驱动它：把 `I_e` 调到最大。",
            ),
            hint: text("Pull the slider to its right end, 3000 pA.", "把滑块拉到最右端，即 3000 pA。"),
            told: text(
                "Ten times the current, but only five times the rate, and it would hardly rise further. Look at the bottom \
                 of the line: after each spike the potential stays at the reset for `t_ref` = 2 ms. The neuron is \
                 *refractory*: it hears nothing.",
                "电流增至十倍，发放率只增至五倍左右，再加也几乎不涨。看曲线底部：每次发放后，膜电位在复位处停留 `t_ref` = 2 ms。\
                 此时神经元处于*不应期*，对输入毫无反应。",
            ),
            lit: &["I_e", "trace"],
            gauge: RATE,
            done: |seen| seen.control("I_e") >= 2900.0 && seen.rate_hz(0, 300.0).is_some_and(|hz| hz > 200.0),
            solution: &[Act::Set("I_e", 3000.0)],
        },
        Step {
            task: text(
                "Leave the current where it is, and make the pause five times as long: turn `t_ref` to 10 ms or more.",
                "电流不变，把停顿延长到五倍：将 `t_ref` 调到 10 ms 或更长。",
            ),
            hint: text("`t_ref` is the *refractory period*.", "`t_ref` 就是*不应期*的长度。"),
            told: text(
                "The floors in the line are longer, the climbs are as steep as before. With a pause of 10 ms there is no \
                 room for more than 100 spikes in a second: the rate stays below 1/`t_ref`, whatever the current.",
                "曲线的平底变长了，爬升却和先前一样陡。停顿 10 ms，一秒内就容不下 100 个以上的脉冲：\
                 无论电流多大，发放率总低于 1/`t_ref`。",
            ),
            lit: &["t_ref", "trace"],
            gauge: RATE,
            done: |seen| {
                let (i_e, t_ref) = (seen.control("I_e"), seen.control("t_ref"));
                i_e >= 2900.0 && t_ref >= 10.0 && seen.rate_hz(0, 300.0).is_some_and(|hz| hz < 100.0)
            },
            solution: &[Act::Set("t_ref", 10.0)],
        },
        Step {
            task: text(
                "Now think first: which pause makes this neuron, still at full current, fire at 45 to 55 Hz? Set it.",
                "先想一想：电流仍为最大，停顿多长才能使它以 45 到 55 Hz 发放？把它调出来。",
            ),
            hint: text(
                "50 Hz is a spike every 20 ms; the climb takes 1 ms of it.",
                "50 Hz 即每 20 ms 一个脉冲，其中爬升占 1 ms。",
            ),
            told: text(
                "The interval is the pause plus the climb, about 19 + 1 ms. In real neurons the channels that made the spike \
                 need a few ms to recover, and so few of them exceed some hundred Hz.",
                "脉冲间隔等于停顿加爬升，约 19 + 1 ms。真实神经元中，产生脉冲的离子通道需要几毫秒才能恢复，\
                 因此发放率很少超过几百 Hz。",
            ),
            lit: &["t_ref"],
            gauge: RATE,
            done: |seen| {
                seen.control("I_e") >= 2900.0 && seen.rate_hz(0, 300.0).is_some_and(|hz| (45.0..=55.0).contains(&hz))
            },
            solution: &[Act::Set("t_ref", 19.0)],
        },
        Step {
            task: text(
                "Does the pause matter to a neuron that is hardly driven? Leave `t_ref`, and turn `I_e` down until it fires \
                 at less than 20 Hz, but still fires.",
                "对几乎没有驱动的神经元，停顿还重要吗？保持 `t_ref`，调低 `I_e`，直到发放率低于 20 Hz，但仍在发放。",
            ),
            hint: text("Type 160 into the field of `I_e`.", "在 `I_e` 的输入框中键入 160。"),
            told: text(
                "Now almost all of the interval is climbing, and the pause is a small part of it. Refractoriness bounds \
                 fast neurons; slow ones are bounded by their input.",
                "现在间隔几乎全是爬升，停顿只占一小部分。不应期限制的是快的神经元；慢的神经元由输入决定快慢。",
            ),
            lit: &["I_e"],
            gauge: RATE,
            done: |seen| {
                let slow = |hz: f64| hz > 0.0 && hz < 20.0;
                seen.control("t_ref") >= 10.0 && seen.rate_hz(0, 300.0).is_some_and(slow)
            },
            solution: &[Act::Set("I_e", 160.0)],
        },
    ],
};
