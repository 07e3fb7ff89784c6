//! The first lesson: a neuron fires when its membrane potential reaches the threshold.

use spikeground_core::text::text;

use super::{Act, Gauge, Lesson, Step};

// A constant current of C_m (V_th − E_L) / tau_m = 150 pA takes the potential just to the threshold.
pub(super) static LESSON: Lesson = Lesson {
    id: "first-spike",
    title: text("The first spike", "第一个脉冲"),
    goal: text("What makes a neuron fire, and what its answer to a stimulus is.", "神经元为何发放，又怎样回应刺激。"),
    json: include_str!("first-spike.json"),
    views: &["trace", "raster"],
    speed: 0.1,
    picked: 0,
    steps: &[
        Step {
            task: text(
                "This is one *neuron*. The line is its *membrane potential*: the voltage between its inside and its outside. \
                 It rests at −65 mV, and nothing happens. Poke it: press the lightning above the spikes, or the key P.",
                "这是一个*神经元*。曲线是它的*膜电位*，即膜内外的电压差。它静息在 −65 mV，什么也没发生。\
                 刺激它一下：按脉冲栅格图上方的闪电按钮，或按 P 键。",
            ),
            hint: text(
                "The button stands beside the title of the spikes. A click into their plot does the same.",
                "按钮就在脉冲栅格图的标题旁。直接点击栅格图也可以。",
            ),
            told: text(
                "The poke was a current of 5 ms. It lifted the potential to the *threshold*, the dashed line at −50 mV, and \
                 the neuron fired a *spike*: a mark in the plot of spikes. All spikes are alike; what counts is when they come.",
                "这是一个持续 5 ms 的电流。它把膜电位抬到*阈值*（−50 mV 处的虚线），神经元便发放了一个*脉冲*，\
                 在栅格图上留下一道标记。脉冲个个相同，要紧的是它们何时到来。",
            ),
            lit: &["raster"],
            gauge: None,
            done: |seen| seen.poked(10.0) && seen.history.spikes(seen.began_ms, f64::INFINITY).next().is_some(),
            solution: &[Act::Poke],
        },
        Step {
            task: text(
                "Now a current that stays. Turn `I_e` up, but only so far that the neuron remains silent.",
                "现在给一个持续的电流。调高 `I_e`，但只到神经元仍然沉默为止。",
            ),
            hint: text("Anything between 50 and 150 pA will do.", "50 到 150 pA 之间都可以。"),
            told: text(
                "The potential rises, bends and stays: the higher it is, the more leaks out through the membrane, until as \
                 much leaks out as flows in. Hence the name of this model: a *leaky integrate-and-fire* neuron.",
                "膜电位上升、变缓、停住：电位越高，经膜漏出的电流越多，直到漏出与流入相等。\
                 这种模型因此叫作*漏积分发放*（LIF）神经元。",
            ),
            lit: &["I_e", "trace"],
            gauge: None,
            done: |seen| seen.control("I_e") >= 50.0 && seen.spikes(0, 300.0) == Some(0),
            solution: &[Act::Set("I_e", 120.0)],
        },
        Step {
            task: text(
                "Go on turning `I_e` up until the neuron fires by itself, again and again.",
                "继续调高 `I_e`，直到神经元自己一次又一次地发放。",
            ),
            hint: text("It begins a little above 150 pA.", "略高于 150 pA 时就会开始。"),
            told: text(
                "Now more flows in than leaks out, all the way to the threshold. After each spike the potential falls to its \
                 *reset* and climbs anew. The least current that does it, here 150 pA, is called the *rheobase*.",
                "现在直到阈值，流入的始终多于漏出的。每次发放后，膜电位回到*复位电位*，再重新爬升。\
                 能引起发放的最小电流称为*基强度*，这里是 150 pA。",
            ),
            lit: &["I_e"],
            gauge: None,
            done: |seen| seen.spikes(0, 300.0).is_some_and(|n| n >= 3),
            solution: &[Act::Set("I_e", 170.0)],
        },
        Step {
            task: text(
                "A neuron tells how strong a stimulus is by how often it fires: by its *rate*, in spikes per second (Hz). \
                 Make it fire at 40 to 50 Hz.",
                "神经元用发放的快慢表示刺激的强弱，即*发放率*：每秒的脉冲数（Hz）。让它以 40 到 50 Hz 发放。",
            ),
            hint: text("Try about 240 pA.", "试试约 240 pA。"),
            told: text(
                "More current, a steeper climb, more spikes. The curve of rate against current is the *f–I curve* of a \
                 neuron; it begins at the rheobase and bends as it rises. You have just walked along it.",
                "电流越大，爬升越陡，脉冲越多。发放率随电流变化的曲线叫作神经元的 *f–I 曲线*，从基强度处开始上升，逐渐弯曲。\
                 你刚刚沿着它走了一段。",
            ),
            lit: &["I_e", "raster"],
            gauge: Some(Gauge {
                name: text("rate", "发放率"),
                unit: "Hz",
                decimals: 0,
                value: |seen| seen.rate_hz(0, 300.0),
            }),
            done: |seen| seen.rate_hz(0, 300.0).is_some_and(|hz| (40.0..=50.0).contains(&hz)),
            solution: &[Act::Set("I_e", 236.0)],
        },
    ],
};
