//! A synfire chain: volleys of spikes that run from layer to layer, or fade.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "synfire",
    title: text("Synfire chain", "同步发放链"),
    theme: Theme::Timing,
    hint: text("volleys survive or fade", "齐射传下去，或消失"),
    about: text(
        "Ten layers of 100 neurons, each layer connected to the next one, all in background noise. Every 200 ms a volley \
         reaches the first layer, of 80 and of 45 spikes by turns, spread over a few milliseconds. The strong one gets \
         sharper from layer to layer and runs through as a slanted line; the weak one fades into the noise. Turn `weight` down \
         until both fade, or up until both survive.",
        "十层、每层 100 个神经元，逐层相连，全部处于背景噪声中。每 200 ms 有一次齐射到达第一层，80 个和 45 个脉冲轮流，\
         散布在几毫秒内。强的一次逐层变得更尖锐，在栅格图上划出一条斜线；弱的一次没入噪声。调低 weight 直到两者都消失，\
         或调高直到两者都能通过。",
    ),
    source: "Diesmann, Gewaltig & Aertsen (1999), doi:10.1038/990101",
    json: include_str!("synfire.json"),
    changes: &[],
};
