//! The cortical microcircuit of Potjans and Diesmann, at a tenth of its size.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "microcircuit",
    title: text("Cortical microcircuit", "皮层微环路"),
    theme: Theme::Cortex,
    hint: text("four layers of cortex", "皮层的四层"),
    about: text(
        "What lies below a square millimetre of sensory cortex: layers 2/3, 4, 5 and 6, each with excitatory (E) and \
         inhibitory (I) neurons, connected as anatomy and physiology found them; here with a tenth of the neurons and of the \
         inputs of each, stronger weights and a constant current in place of the rest. Compare the rates: layers 2/3 and 6 \
         are nearly silent, layer 5 is busy, inhibitory neurons fire more than excitatory ones, and nobody has told them so. \
         Weaken w_I and watch the layers fall into step.",
        "一平方毫米感觉皮层之下的结构：2/3、4、5、6 层，每层有兴奋性（E）和抑制性（I）神经元，按解剖学和生理学的发现相连；\
         这里神经元数和各自的输入数都取十分之一，以更强的权重和恒定电流补偿其余。比较各层的发放率：2/3 层和 6 层几乎沉默，\
         5 层活跃，抑制性神经元比兴奋性的发放更多——而这并非事先规定。减弱 w_I，看各层如何趋于同步。",
    ),
    source: "Potjans & Diesmann (2014), doi:10.1093/cercor/bhs358; scaled as van Albada, Helias & Diesmann (2015), doi:10.1371/journal.pcbi.1004490",
    json: include_str!("microcircuit.json"),
    changes: &[],
};
