//! Two groups that excite themselves and inhibit each other: one of them wins, and remembers it.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "winner-takes-all",
    title: text("Winner takes all", "赢者通吃"),
    theme: Theme::Choice,
    hint: text("a decision, and its memory", "决定与记忆"),
    about: text(
        "Groups A and B excite themselves through slow synapses and inhibit each other through I. Their inputs are equal, yet \
         after half a second one of them fires and the other is silent: chance decides, and another seed may decide otherwise. \
         Raise the input of the loser to 300 Hz: it takes over, and keeps the lead when you turn the rate back. That is a \
         memory.",
        "A、B 两组通过慢突触兴奋自身，并通过 I 相互抑制。两者输入相同，但半秒之后一组发放、另一组沉默：由偶然决定，\
         换一个随机种子结果可能不同。把输家的输入提高到 300 Hz，它便取而代之；再把频率调回，它仍保持领先——这就是记忆。",
    ),
    source: "after Wang (2002), doi:10.1016/S0896-6273(02)01092-9",
    json: include_str!("winner-takes-all.json"),
    changes: &[],
};
