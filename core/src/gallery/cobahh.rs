//! The COBAHH network: COBA with neurons of Hodgkin and Huxley's kind.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "cobahh",
    title: text("COBAHH", "COBAHH 网络"),
    theme: Theme::Balance,
    hint: text("the same with ion channels", "换成离子通道"),
    about: text(
        "COBA again, but each of its 4,000 neurons has sodium and potassium channels, so that a spike is made by the membrane \
         and not by a rule. It keeps itself going at about 30 Hz, in bursts. Pick a neuron and look at the spikes in its \
         membrane potential; raise V_T, which makes the channels open later, and the bursts thin out; halve w_E and all falls \
         silent. Channels cost time: this network runs many times slower than COBA.",
        "仍是 COBA，但 4000 个神经元都有钠、钾离子通道，脉冲由膜本身产生，而不是由规则给出。网络以约 30 Hz 成簇地自我维持。\
         点选一个神经元，看膜电位中的脉冲；提高 V_T（通道更晚打开），放电便变稀；把 w_E 减半，网络归于沉寂。离子通道很费计算：这个网络比 COBA 慢许多倍。",
    ),
    source: "Brette et al. (2007), benchmark 3, doi:10.1007/s10827-007-0038-6",
    json: include_str!("cobahh.json"),
    changes: &[],
};
