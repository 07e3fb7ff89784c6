//! A sheet of neurons that excite their neighbours and tire: waves run over it.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "waves",
    title: text("Waves over a sheet", "平面上的行波"),
    theme: Theme::Anatomy,
    hint: text("neighbours pass it on", "由邻居传播"),
    about: text(
        "4,096 neurons on a square of 2 mm. Each excites only neighbours within a tenth of a millimetre or so; a spike \
         raises its own threshold, which takes a while to come down. Noise lights a spot, the spot becomes a ring, and \
         where two rings meet both go out, because behind each front the neurons are tired. Spikes \
         travel more slowly than in cortex, so that the eye can follow. Click the sheet to start a wave \
         yourself. Less adaptation lets waves follow each other sooner; with a smaller weight they fade.",
        "4096 个神经元排在边长 2 mm 的正方形上，每个只兴奋约十分之一毫米内的邻居；发放一次会抬高自身阈值，之后缓慢回落。\
         噪声点亮一处，亮点扩成圆环；两环相遇便双双熄灭，因为波前之后的神经元尚未恢复。脉冲传得比皮层中慢，以便肉眼跟随。点击平面即可亲自激起一个波。\
         减弱适应，波会更快地接连而来；调低权重，波会逐渐消失。",
    ),
    source: "Ermentrout & Kleinfeld (2001), doi:10.1016/S0896-6273(01)00178-7",
    json: include_str!("waves.json"),
    changes: &[],
};
