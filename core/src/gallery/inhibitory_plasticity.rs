//! A network that finds its own balance: inhibitory synapses learn until every neuron has its rate.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "inhibitory-plasticity",
    title: text("Inhibitory plasticity", "抑制性可塑性"),
    theme: Theme::Plasticity,
    hint: text("balance is learnt", "学会平衡"),
    about: text(
        "8,000 excitatory and 2,000 inhibitory neurons. The synapses from I to E begin at nothing, so that E fires like clockwork \
         at well above 100 Hz. Each of them grows with every pair of spikes nearby and shrinks with every spike of its source. \
         Within a second or two they stop the storm: look at the raster, where the stripes dissolve, and at the intervals, \
         which become as irregular as chance (CV near 1). The rate goes on falling, ever more slowly, to alpha/(2 tau), 3 Hz. \
         Turn `alpha` to ask for another rate, and `eta` for the speed; at 0 nothing is learnt.",
        "8,000 个兴奋性和 2,000 个抑制性神经元。I 到 E 的突触从零开始，于是 E 以远高于 100 Hz 的频率像钟表一样规则地发放。\
         每对邻近的脉冲使这些突触增强，源的每个脉冲使之减弱。一两秒之内，它们便平息了这场风暴：看栅格图中条纹消散，\
         看脉冲间隔变得与随机一样不规则（CV 接近 1）。发放率继续下降，越来越慢，趋向 alpha/(2 tau)，即 3 Hz。\
         调 alpha 设定另一发放率，调 eta 改变速度；为 0 时不学习。",
    ),
    source: "Vogels, Sprekeler, Zenke, Clopath & Gerstner (2011), doi:10.1126/science.1211095",
    json: include_str!("inhibitory-plasticity.json"),
    changes: &[],
};
