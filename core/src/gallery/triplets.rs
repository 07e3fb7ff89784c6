//! Pairs of spikes at five rates: what the triplet rule makes of them, and what the pair rule does.

use super::{Entry, Theme};
use crate::text::text;

// The parameters are the fit of the full model with all pairs to visual cortex. Where their pairs come every ten seconds they
// come every second here, which is as good as alone for traces of at most 125 ms.
pub(super) static ENTRY: Entry = Entry {
    id: "triplets",
    title: text("Triplets of spikes", "三脉冲"),
    theme: Theme::Plasticity,
    hint: text("faster pairing strengthens", "配对越快，突触越强"),
    about: text(
        "Sixty pairs of spikes, 10 ms apart, at 1, 10, 20, 40 and 50 Hz: in the first five synapses the source fires first, in \
         the other five the target. In visual cortex the pairs of the first kind do nothing when they are rare and \
         strengthen the more the faster they come; those of the second kind weaken, but from 40 Hz on they strengthen too. \
         Both kinds of synapses join the same neurons here. Look at the weights after a minute of model time: the triplet rule does \
         as cortex does; the pair rule does the contrary, because fast pairs are also pairs of the other order. Set \
         `Aplus_triplet` to 0 and reset: nothing strengthens any more.",
        "六十对相隔 10 ms 的脉冲，分别以 1、10、20、40、50 Hz 重复：前五个突触由源先发放，后五个由目标先发放。\
         在视皮层，前一类配对很稀时不起作用，越快则增强越多；后一类使突触减弱，但从 40 Hz 起也转为增强。\
         这里两种规则的突触连接同一些神经元。一分钟模型时间后看权重：三脉冲规则与皮层一致；配对规则恰好相反，\
         因为快速的配对同时也是次序相反的配对。把 Aplus_triplet 设为 0 并重置：再没有突触增强。",
    ),
    source: "Pfister & Gerstner (2006), doi:10.1523/JNEUROSCI.1425-06.2006, after Sjöström, Turrigiano & Nelson (2001), doi:10.1016/S0896-6273(01)00542-6",
    json: include_str!("triplets.json"),
    changes: &[],
};
