//! The COBA network: integrate-and-fire neurons with conductance synapses, which keep themselves going.
//!
//! Nothing drives it from outside, so it falls silent at once unless it starts near its own steady state. The ranges of its
//! JSON started it for 60 seeds of 60; the normal draws of Brette et al. (2007), cut at 0 nS, 12 of 15.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "coba",
    title: text("COBA", "COBA 电导网络"),
    theme: Theme::Balance,
    hint: text("the same with conductances", "换成电导突触"),
    about: text(
        "The conductance form of the same network. A synapse opens a channel, and its current depends on the membrane: \
         inhibition holds the neurons tighter than in CUBA, and nothing drives them but each other, so the activity \
         keeps itself going. Pull the excitatory weight down and it dies out.",
        "同一网络的电导形式。突触打开通道，电流取决于膜电位：抑制比 CUBA 更强地约束神经元；除了彼此之外没有外部驱动，\
         活动自我维持。调低兴奋权重，活动就会熄灭。",
    ),
    source: "Vogels & Abbott (2005), doi:10.1523/JNEUROSCI.3508-05.2005; Brette et al. (2007), benchmark 1, doi:10.1007/s10827-007-0038-6",
    json: include_str!("coba.json"),
    changes: &[],
};
