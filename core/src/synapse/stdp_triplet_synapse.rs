//! STDP that also counts triplets of spikes, and so grows with the rate as in experiments.

use alloc::vec::Vec;

use super::{
    Kind, Plastic, SynapseModel, Traces,
    plastic::{Rule, learn},
    stdp_synapse::{TAU_MINUS, TAU_PLUS, WMAX},
};
use crate::{
    param::{Param, Range, linear, log},
    text::text,
    units::Unit,
};

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "stdp_triplet_synapse",
    title: text("STDP, triplets", "三脉冲 STDP"),
    doc: text(
        "Two traces on either side: pairs are weighed by Aplus and Aminus, and the slower traces of the side that fires add \
         triplets. The defaults are the fit of the full model to visual cortex; NEST's defaults.",
        "两侧各有两条痕迹：配对由 Aplus、Aminus 加权，发放一侧的慢痕迹再计入三脉冲。默认值为对视皮层数据的完整模型拟合，与 NEST 相同。",
    ),
    source: "Pfister & Gerstner (2006), doi:10.1523/JNEUROSCI.1425-06.2006; NEST 3.10, stdp_triplet_synapse",
    equations: &[
        "target fires → w = w + r₁ (Aplus + Aplus_triplet · o₂)",
        "source fires → w = w − o₁ (Aminus + Aminus_triplet · r₂)",
    ],
    params: &[
        amplitude("Aplus", 5e-10, text("potentiation by a pair", "配对增强幅度")),
        amplitude("Aminus", 7e-3, text("depression by a pair", "配对减弱幅度")),
        amplitude("Aplus_triplet", 6.2e-3, text("potentiation by a triplet", "三脉冲增强幅度")),
        amplitude("Aminus_triplet", 2.3e-4, text("depression by a triplet", "三脉冲减弱幅度")),
        Param { default: 16.8, ..TAU_PLUS },
        Param {
            name: "tau_plus_triplet",
            default: 101.0,
            slider: log(10.0, 1000.0),
            doc: text("slower trace of the source", "源侧慢痕迹的时间常数"),
            ..TAU_PLUS
        },
        TAU_MINUS,
        Param {
            name: "tau_minus_triplet",
            default: 110.0,
            slider: log(10.0, 1000.0),
            doc: text(
                "slower trace of the target (NEST: a parameter of the target)",
                "目标侧慢痕迹的时间常数（NEST 中为目标神经元的参数）",
            ),
            ..TAU_PLUS
        },
        Param { default: 100.0, ..WMAX },
    ],
    kind: Kind::Plastic(Plastic {
        traces: |params| Traces { pre: [params[4], params[5]], post: [params[6], params[7]] },
        nearest: false,
        bounds: |params| (params[8].min(0.0), params[8].max(0.0)),
        constants,
        modulation: None,
        learn: learn::<Triplet>,
    }),
};

const fn amplitude(name: &'static str, default: f64, doc: crate::text::Text) -> Param {
    Param { name, unit: Unit::One, default, range: Range::NON_NEGATIVE, slider: linear(0.0, 0.1), doc }
}

fn constants(params: &[f64]) -> Vec<f32> {
    let &[pair_up, pair_down, triplet_up, triplet_down, .., wmax] = params else { unreachable!("there are nine") };
    [pair_up, pair_down, triplet_up, triplet_down, wmax].map(|x| x as f32).to_vec()
}

#[derive(Clone, Copy)]
struct Triplet {
    pair_up: f32,
    pair_down: f32,
    triplet_up: f32,
    triplet_down: f32,
    wmax: f32,
}

impl Rule for Triplet {
    fn new(constants: &[f32]) -> Triplet {
        let &[pair_up, pair_down, triplet_up, triplet_down, wmax] = constants else { unreachable!("there are five") };
        Triplet { pair_up, pair_down, triplet_up, triplet_down, wmax }
    }

    fn pre(self, weight: f32, traces: Traces<f32>) -> f32 {
        let less = traces.post[0] * (self.pair_down + self.triplet_down * traces.pre[1]);
        (weight.abs() - less).max(0.0).copysign(self.wmax)
    }

    fn post(self, weight: f32, traces: Traces<f32>) -> f32 {
        let more = traces.pre[0] * (self.pair_up + self.triplet_up * traces.post[1]);
        (weight.abs() + more).min(self.wmax.abs()).copysign(self.wmax)
    }
}
