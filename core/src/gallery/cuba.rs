//! The CUBA network: integrate-and-fire neurons with current synapses in balance.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "cuba",
    title: text("CUBA", "CUBA 平衡网络"),
    theme: Theme::Balance,
    hint: text("balanced and irregular", "平衡而不规则"),
    about: text(
        "4,000 neurons that excite and inhibit each other. Without inhibition they would fire as fast as they can; with \
         it, excitation and inhibition nearly cancel, and each neuron fires irregularly, about five times a second. \
         Weaken the inhibitory weight and watch the balance break; click the raster to jolt some neurons.",
        "4000 个神经元相互兴奋和抑制。没有抑制，它们会以最快速度发放；有了抑制，兴奋与抑制几乎抵消，\
         每个神经元每秒不规则地发放约五次。减弱抑制权重，看平衡如何被打破；点击栅格图，刺激一组神经元。",
    ),
    source: "Vogels & Abbott (2005), doi:10.1523/JNEUROSCI.3508-05.2005; Brette et al. (2007), benchmark 2, doi:10.1007/s10827-007-0038-6",
    json: include_str!("cuba.json"),
    changes: &[],
};
