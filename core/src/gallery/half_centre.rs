//! A half-centre: two neurons that inhibit each other and take turns.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "half-centre",
    title: text("Half-centre", "半中心振荡器"),
    theme: Theme::Timing,
    hint: text("two neurons take turns", "两个神经元轮流"),
    about: text(
        "Two neurons that inhibit each other: the oldest explanation of how a spinal cord walks. The one that fires silences \
         the other, but it tires; when it falls behind, the other one is free and takes over. Make tau_w so \
         short that nobody tires enough to let go, and one fires for ever. Give both more current (I_e) and a turn has more \
         spikes. Without inhibition (w = 0) both just fire.",
        "两个相互抑制的神经元：这是对脊髓如何产生步行节律的最早解释。发放的一个使另一个沉默，但它会疲劳；一旦落后，\
         另一个便解除抑制、接手发放。把 tau_w 调得很短，谁也不会疲劳到放手，一个便永远发放下去。加大两者的电流（I_e），每轮的脉冲更多。去掉抑制（w = 0），两者各自发放。",
    ),
    source: "Brown (1911), doi:10.1098/rspb.1911.0077; the neurons: Brette & Gerstner (2005), doi:10.1152/jn.00686.2005",
    json: include_str!("half-centre.json"),
    changes: &[],
};
