//! The same spikes over two synapses with short memories of different kinds.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "short-term",
    title: text("Short-term plasticity", "短时程可塑性"),
    theme: Theme::Plasticity,
    hint: text("depression and facilitation", "抑制与易化"),
    about: text(
        "One neuron sends eight spikes at 20 Hz and another one half a second later, every two seconds, to two neurons that do \
         not fire. Choose one of them and look at its potential. Over the depressing synapse every response is smaller than \
         the one before, because each spike uses up half of what is left to release, and it recovers with `tau_rec`. Over \
         the facilitating synapse responses begin small and grow, because each spike raises the probability of release, \
         which fades with `tau_fac`. Turn `U`: what releases much at once depresses, what releases little can facilitate.",
        "一个神经元每两秒以 20 Hz 发出八个脉冲，半秒后再发一个，传给两个不发放的神经元。选其中一个，看它的膜电位。\
         经抑制性短时程突触，每次响应都比前一次小，因为每个脉冲用掉剩余资源的一半，并以 tau_rec 恢复。\
         经易化突触，响应开始很小而逐渐增大，因为每个脉冲提高释放概率，该概率以 tau_fac 消退。\
         调 U：一次释放多的会抑制，释放少的才能易化。",
    ),
    source: "Tsodyks & Markram (1997), doi:10.1073/pnas.94.2.719; Tsodyks, Pawelzik & Markram (1998), doi:10.1162/089976698300017502",
    json: include_str!("short-term.json"),
    changes: &[],
};
