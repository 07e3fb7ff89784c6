//! Synapses that tire turn a quiet network into one that fires as a whole, rests, and fires again.

use super::{Entry, Theme};
use crate::text::text;

// The paper draws U and the time constants for each synapse; here those of a projection share them. The currents and the
// weights between excitatory neurons are such that one or two bursts come a second.
pub(super) static ENTRY: Entry = Entry {
    id: "population-bursts",
    title: text("Population bursts", "群体爆发"),
    theme: Theme::Plasticity,
    hint: text("synapses tire and recover", "突触疲劳又恢复"),
    about: text(
        "400 excitatory and 100 inhibitory neurons, about half of them just excited enough to fire by themselves. The synapses \
         between excitatory neurons have resources, of which each spike uses up half and which recover with `tau_rec`. While \
         they are full, a few spikes more than usual are enough to set off all neurons within some 20 ms; then nothing is left \
         to release, and the network is quiet until they have recovered. Look at the rate. Turn `tau_rec` down: the bursts \
         follow each other faster, and at 1 ms, when nothing tires, the storm never ends. Turn `w_EE` to a third: no bursts.",
        "400 个兴奋性和 100 个抑制性神经元，其中约一半受到的电流刚好足以自行发放。兴奋性神经元之间的突触带有资源，\
         每个脉冲用掉一半，并以 tau_rec 恢复。资源充足时，比平常稍多的几个脉冲便足以在约 20 ms 内触发所有神经元；\
         随后无可释放，网络安静下来，直到资源恢复。看发放率。调低 tau_rec：爆发更为频繁；到 1 ms 时突触不再疲劳，风暴不止。\
         把 w_EE 调到三分之一：不再爆发。",
    ),
    source: "after Tsodyks, Uziel & Markram (2000), doi:10.1523/JNEUROSCI.20-01-j0003.2000",
    json: include_str!("population-bursts.json"),
    changes: &[],
};
