//! Plasticity of a memristor cell: the order of two spikes gives the sign of a change, and one pulse its size.

use alloc::vec::Vec;

use super::{
    Kind, Plastic, SynapseModel, Traces,
    plastic::{Rule, learn},
    stdp_synapse::{TAU_MINUS, TAU_PLUS, WMAX},
};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "stdp_sign_synapse",
    title: text("sign-based, as a memristor", "符号更新（忆阻器）"),
    doc: text(
        "Only the sign of a change is used, as in learning on memristor arrays, where a programming pulse moves a cell up or \
         down by one level: a spike whose partner on the other side is recent enough (its trace above theta) moves the \
         weight by Wmax/levels. NEST has no such model.",
        "只使用变化的符号，如忆阻器阵列的片上学习：一个编程脉冲使单元升或降一级。若另一侧的脉冲足够近（痕迹高于 theta），\
         则权重改变 Wmax/levels。NEST 中没有此模型。",
    ),
    source: "after the sign- and threshold-based update of Zhang et al. (2023), doi:10.1126/science.ade3483",
    equations: &[
        "target fires, x_source > theta → w = w + Wmax/levels",
        "source fires, x_target > theta → w = w − Wmax/levels",
    ],
    params: &[
        Param {
            name: "levels",
            unit: Unit::Count,
            default: 32.0,
            range: Range::between(1.0, 65_536.0),
            slider: linear(2.0, 256.0),
            doc: text("levels of a cell", "单元的级数"),
        },
        Param {
            name: "theta",
            unit: Unit::One,
            default: 0.5,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 1.0),
            doc: text("trace above which there is a pulse", "触发脉冲的痕迹阈值"),
        },
        TAU_PLUS,
        TAU_MINUS,
        Param { default: 100.0, ..WMAX },
    ],
    kind: Kind::Plastic(Plastic {
        traces: |params| Traces { pre: [params[2], 0.0], post: [params[3], 0.0] },
        nearest: true,
        bounds: |params| (params[4].min(0.0), params[4].max(0.0)),
        constants,
        modulation: None,
        learn: learn::<Pulses>,
    }),
};

fn constants(params: &[f64]) -> Vec<f32> {
    let &[levels, theta, _, _, wmax] = params else { unreachable!("there are five parameters") };
    [wmax / levels, theta, wmax].map(|x| x as f32).to_vec()
}

#[derive(Clone, Copy)]
struct Pulses {
    level: f32,
    theta: f32,
    wmax: f32,
}

impl Pulses {
    fn pulse(self, weight: f32, levels: f32, trace: f32) -> f32 {
        if trace > self.theta {
            (weight + levels * self.level).max(self.wmax.min(0.0)).min(self.wmax.max(0.0))
        } else {
            weight
        }
    }
}

impl Rule for Pulses {
    fn new(constants: &[f32]) -> Pulses {
        let &[level, theta, wmax] = constants else { unreachable!("there are three constants") };
        Pulses { level, theta, wmax }
    }

    fn pre(self, weight: f32, traces: Traces<f32>) -> f32 {
        self.pulse(weight, -1.0, traces.post[0])
    }

    fn post(self, weight: f32, traces: Traces<f32>) -> f32 {
        self.pulse(weight, 1.0, traces.pre[0])
    }
}
