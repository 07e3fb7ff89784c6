//! Homeostatic plasticity of inhibition: a target that fires too much is inhibited more, until it has its rate.

use alloc::vec::Vec;

use super::{
    Kind, Plastic, SynapseModel, Traces,
    plastic::{Rule, learn},
    stdp_synapse::{TAU_PLUS, WMAX},
};
use crate::{
    param::{Param, Range, linear, log},
    text::text,
    units::Unit,
};

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "vogels_sprekeler_synapse",
    title: text("inhibitory plasticity", "抑制性可塑性"),
    doc: text(
        "Spikes of both sides near each other strengthen the synapse, whichever comes first; every spike of the source \
         weakens it a little. The target settles at the rate alpha / (2 tau).",
        "两侧脉冲彼此接近即增强突触，不论先后；源的每个脉冲都使之略微减弱。目标的发放率最终稳定在 alpha / (2 tau)。",
    ),
    source: "Vogels et al. (2011), doi:10.1126/science.1211095; NEST 3.10, vogels_sprekeler_synapse",
    equations: &["target fires → |w| = |w| + eta · x_source", "source fires → |w| = |w| + eta (x_target − alpha)"],
    params: &[
        Param {
            name: "eta",
            unit: Unit::One,
            default: 0.001,
            range: Range::NON_NEGATIVE,
            slider: log(1e-5, 10.0),
            doc: text("change by a pair, in the unit of the weight", "一对脉冲引起的变化，单位同权重"),
        },
        Param {
            name: "alpha",
            unit: Unit::One,
            default: 0.12,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 1.0),
            doc: text("depression: 2 · tau · the rate that the target shall have", "减弱项：2 · tau · 目标发放率"),
        },
        Param { name: "tau", doc: text("window of both orders", "两种次序共同的时间窗"), ..TAU_PLUS },
        WMAX,
    ],
    kind: Kind::Plastic(Plastic {
        traces: |params| Traces { pre: [params[2], 0.0], post: [params[2], 0.0] },
        nearest: false,
        bounds: |params| (params[3].min(0.0), params[3].max(0.0)),
        constants,
        modulation: None,
        learn: learn::<Homeostatic>,
    }),
};

fn constants(params: &[f64]) -> Vec<f32> {
    let &[eta, alpha, _, wmax] = params else { unreachable!("there are four parameters") };
    [eta, alpha * eta, wmax].map(|x| x as f32).to_vec()
}

#[derive(Clone, Copy)]
struct Homeostatic {
    eta: f32,
    down: f32,
    wmax: f32,
}

impl Homeostatic {
    fn more(self, weight: f32, trace: f32) -> f32 {
        (weight.abs() + self.eta * trace).min(self.wmax.abs())
    }
}

impl Rule for Homeostatic {
    fn new(constants: &[f32]) -> Homeostatic {
        let &[eta, down, wmax] = constants else { unreachable!("there are three constants") };
        Homeostatic { eta, down, wmax }
    }

    fn pre(self, weight: f32, traces: Traces<f32>) -> f32 {
        (self.more(weight, traces.post[0]) - self.down).max(0.0).copysign(self.wmax)
    }

    fn post(self, weight: f32, traces: Traces<f32>) -> f32 {
        self.more(weight, traces.pre[0]).copysign(self.wmax)
    }
}
