//! A synapse that is a memristor cell: one pulse, one level.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "memristor",
    title: text("Memristor levels", "忆阻器级数"),
    theme: Theme::Plasticity,
    hint: text("a weight in steps", "逐级变化的权重"),
    about: text(
        "For four seconds the source fires 5 ms before the target, forty times; for the next four it fires 5 ms after it. \
         Each pair is one programming pulse, which moves the cell by one of its 32 levels, however close the spikes are. The \
         jumps of the target's potential show the weight: it climbs a staircase, stays at the top after 32 pairs, and \
         climbs down again. Turn `levels` to see how coarse a cell may be; turn `theta` above 0.78 and 5 ms is too far.",
        "前四秒内源比目标早 5 ms 发放，共四十次；后四秒则迟 5 ms。每一对脉冲是一个编程脉冲，无论多近，都使单元移动 32 级中的一级。\
         从目标膜电位的跃变可看到权重：它沿阶梯上升，32 对之后停在顶端，再逐级下降。\
         调 levels 看单元可以多粗糙；把 theta 调到 0.78 以上，5 ms 便嫌太远。",
    ),
    source: "after the sign- and threshold-based update of Zhang et al. (2023), doi:10.1126/science.ade3483",
    json: include_str!("memristor.json"),
    changes: &[],
};
