//! A ring of neurons that keeps a place in mind as a bump of activity.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "bump",
    title: text("Working memory", "工作记忆"),
    theme: Theme::Choice,
    hint: text("a place kept in mind", "记住一个位置"),
    about: text(
        "The excitatory neurons stand on a ring, and each stands for a direction. They excite their neighbours through slow \
         NMDA-like receptors and inhibit all others through I. For a quarter of a second a cue excites those in the middle; \
         half a minute later they still fire, as a bump that drifts a little. Click a neuron beside the bump and jolt it a few \
         times: the memory moves towards it. With `cue` at 0 and after a reset, one jolt writes a memory where there was none. Lower `w_NMDA` to 0.5 or `w_GABA` to −25 and it is forgotten; raise `drive` to 2600 Hz and the ring \
         remembers what nobody showed it.",
        "兴奋性神经元排成一个环，各代表一个方向。它们通过类似 NMDA 的慢受体兴奋邻近的神经元，并通过 I 抑制其他所有神经元。\
         提示信号兴奋中间的神经元，只持续四分之一秒；半分钟后它们仍在发放，形成一个略有漂移的活动隆起。\
         点选隆起旁的一个神经元并刺激几次，记忆会向它移动；把 cue 设为 0 并重置后，一次刺激就能写下原本没有的记忆。\
         把 w_NMDA 降到 0.5，或把 w_GABA 调到 −25，记忆便会消失；把 drive 提高到 2600 Hz，环会“记起”从未出现过的方向。",
    ),
    source: "after Compte et al. (2000), doi:10.1093/cercor/10.9.910",
    json: include_str!("bump.json"),
    changes: &[],
};
