//! Brunel's network of excitatory and inhibitory neurons in four of its regimes, which differ in two numbers.

use super::{Entry, Theme};
use crate::text::text;

const SOURCE: &str = "Brunel (2000), Fig. 8, doi:10.1023/A:1008925309027";
const JSON: &str = include_str!("brunel.json");

/// Synchronous regular: g = 3, ν_ext = 2 ν_thr.
pub(super) static SR: Entry = Entry {
    id: "brunel-sr",
    title: text("Brunel: in step", "Brunel：齐步"),
    theme: Theme::Regimes,
    hint: text("synchronous, regular", "同步而规则"),
    about: text(
        "12,500 neurons, each with 1,000 excitatory and 250 inhibitory inputs. An inhibitory synapse is here three times as \
         strong as an excitatory one, which is not enough: excitation wins, and all neurons fire together, as fast as their \
         refractory time and the delay allow. Pull w_I below four times w_E and the lockstep breaks up. The other three \
         networks of this family differ in w_I and the rate of the input alone.",
        "12500 个神经元，每个接收 1000 个兴奋性和 250 个抑制性输入。这里抑制性突触的强度仅为兴奋性的三倍，不足以抗衡：\
         兴奋占优，所有神经元以不应期和延迟允许的最高速度一齐发放。把 w_I 调到 w_E 的四倍以上，齐步便会瓦解。\
         这一族的另外三个网络只在 w_I 和输入频率上不同。",
    ),
    source: SOURCE,
    json: JSON,
    changes: &[("projections[2].weight", -0.3), ("projections[3].weight", -0.3)],
};

/// Synchronous irregular with fast oscillations: g = 6, ν_ext = 4 ν_thr.
pub(super) static FAST: Entry = Entry {
    id: "brunel-fast",
    title: text("Brunel: fast rhythm", "Brunel：快节律"),
    theme: Theme::Regimes,
    hint: text("synchronous, irregular", "同步而不规则"),
    about: text(
        "Inhibition dominates (g = 6) and the input from outside is strong. The population swings about 190 times a second, \
         yet each neuron fires only 60 times and at random cycles: look at the rate, then pick one neuron in the raster. The \
         period follows the delay: turn it and watch the rhythm slow down.",
        "抑制占优（g = 6），外部输入很强。群体每秒振荡约 190 次，而每个神经元只发放约 60 次，且在哪些周期发放是随机的：\
         先看群体发放率，再在栅格图中点选一个神经元。振荡周期取决于延迟：调节延迟，看节律变慢。",
    ),
    source: SOURCE,
    json: JSON,
    changes: &[("projections[2].weight", -0.6), ("projections[3].weight", -0.6), ("stimuli[0].params.rate", 40_000.0)],
};

/// Asynchronous irregular: g = 5, ν_ext = 2 ν_thr.
pub(super) static AI: Entry = Entry {
    id: "brunel-ai",
    title: text("Brunel: asynchronous", "Brunel：异步"),
    theme: Theme::Regimes,
    hint: text("asynchronous, irregular", "异步而不规则"),
    about: text(
        "The state that resembles the waking cortex: inhibition dominates (g = 5), the input is moderate, the rate of the \
         population is nearly constant and each neuron fires irregularly at about 38 Hz. Turn w_I and the rate of the input \
         to reach the other regimes: weaker inhibition locks the neurons together, a stronger input makes them swing fast, \
         one that is just too weak makes them swing slowly.",
        "与清醒皮层相似的状态：抑制占优（g = 5），输入适中，群体发放率几乎恒定，每个神经元以约 38 Hz 不规则地发放。\
         调节 w_I 和输入频率可到达其他状态：抑制减弱，神经元便齐步发放；输入增强，出现快速振荡；输入稍嫌不足，出现缓慢振荡。",
    ),
    source: SOURCE,
    json: JSON,
    changes: &[],
};

/// Synchronous irregular with slow oscillations: g = 4.5, ν_ext = 0.9 ν_thr.
pub(super) static SLOW: Entry = Entry {
    id: "brunel-slow",
    title: text("Brunel: slow rhythm", "Brunel：慢节律"),
    theme: Theme::Regimes,
    hint: text("synchronous, irregular, sparse", "同步、不规则、稀疏"),
    about: text(
        "The input alone is just too weak to make a neuron fire (0.9 of what is needed), and fluctuations do the rest. The \
         population swings some 24 times a second, and a neuron takes part in one cycle out of four, at 5.5 Hz. Raise the \
         rate of the input a little above 10 kHz and the slow waves drown.",
        "仅靠外部输入恰好不足以使神经元发放（只有所需的 0.9 倍），其余由涨落完成。群体每秒振荡约 24 次，\
         每个神经元约四个周期参与一次，频率约 5.5 Hz。把输入频率调到略高于 10 kHz，慢波便被淹没。",
    ),
    source: SOURCE,
    json: JSON,
    changes: &[("projections[2].weight", -0.45), ("projections[3].weight", -0.45), ("stimuli[0].params.rate", 9_000.0)],
};
