//! Two neurons that listen to the same three, and answer to different orders because of the delays.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "polychrony",
    title: text("Polychrony", "多时性"),
    theme: Theme::Timing,
    hint: text("delays that tell an order", "用延迟辨别次序"),
    about: text(
        "Neurons b, c and d send to a and to e, with different delays. When d, c, b fire 4 ms apart in this order, their \
         spikes reach a at the same moment, and a fires; in the order b, c, d they meet at e; when all three fire at once, \
         they meet nowhere. The three patterns take turns, every 100 ms for 6 s (then reset). Turn the delay from b to a by \
         3 ms and a has forgotten its pattern; pull the weight up and order matters no longer.",
        "神经元 b、c、d 以不同的延迟投射到 a 和 e。当 d、c、b 依次相隔 4 ms 发放时，它们的脉冲同时到达 a，a 便发放；\
         次序为 b、c、d 时，脉冲在 e 处相遇；三者同时发放时，则无处相遇。三种模式轮流出现，每 100 ms 一次，共 6 秒（之后请重置）。\
         把 b 到 a 的延迟改动 3 ms，a 就认不出它的模式；调高权重，次序便不再重要。",
    ),
    source: "Izhikevich (2006), Fig. 1, doi:10.1162/089976606775093882",
    json: include_str!("polychrony.json"),
    changes: &[],
};
