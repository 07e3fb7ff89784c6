//! STDP that waits for a reward: pairs of spikes make a synapse eligible, and dopamine turns that into a weight.

use alloc::vec::Vec;

use super::{
    Kind, Modulation, Plastic, SynapseModel, Traces,
    plastic::{Rule, learn},
    stdp_synapse::{TAU_MINUS, TAU_PLUS, WMAX},
};
use crate::{
    param::{Param, Range, linear, log},
    text::text,
    units::Unit,
};

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "stdp_dopamine_synapse",
    title: text("STDP with dopamine", "多巴胺调制 STDP"),
    doc: text(
        "Pairs of spikes change the eligibility c, which fades with tau_c; the weight moves at the speed c · (n − b), where n \
         is the concentration of dopamine: each spike of the modulator adds 1/tau_n to it, and it fades with tau_n.",
        "脉冲配对改变资格迹 c（以 tau_c 衰减）；权重以 c · (n − b) 的速度变化，n 为多巴胺浓度：调制群体的每个脉冲使其增加 1/tau_n，并以 tau_n 衰减。",
    ),
    source: "Izhikevich (2007), doi:10.1093/cercor/bhl152; Potjans, Morrison & Diesmann (2010), doi:10.3389/fncom.2010.00141; NEST 3.10, stdp_dopamine_synapse",
    equations: &[
        "dw/dt = c (n − b), dc/dt = −c/tau_c, dn/dt = −n/tau_n",
        "target fires → c = c + A_plus · Σ exp(−Δt / tau_plus)",
        "source fires → c = c − A_minus · Σ exp(−Δt / tau_minus)",
        "modulator fires → n = n + 1/tau_n",
    ],
    params: &[
        amplitude("A_plus", 1.0, text("eligibility by a pair, source first", "源先发放时的资格迹增量")),
        amplitude("A_minus", 1.5, text("eligibility by a pair, target first", "目标先发放时的资格迹减量")),
        TAU_PLUS,
        TAU_MINUS,
        Param {
            name: "tau_c",
            default: 1000.0,
            slider: log(10.0, 10_000.0),
            doc: text("time constant of the eligibility", "资格迹的时间常数"),
            ..TAU_PLUS
        },
        Param {
            name: "tau_n",
            default: 200.0,
            slider: log(10.0, 10_000.0),
            doc: text("time constant of the dopamine", "多巴胺的时间常数"),
            ..TAU_PLUS
        },
        Param {
            name: "b",
            unit: Unit::One,
            default: 0.0,
            range: Range::ANY,
            slider: linear(-0.1, 0.1),
            doc: text("concentration at which weights stay", "权重保持不变的浓度"),
        },
        Param { name: "Wmin", default: 0.0, doc: text("least weight", "最小权重"), ..WMAX },
        Param { default: 200.0, doc: text("largest weight", "最大权重"), ..WMAX },
    ],
    kind: Kind::Plastic(Plastic {
        traces: |params| Traces { pre: [params[2], 0.0], post: [params[3], 0.0] },
        nearest: false,
        bounds: |params| (params[7], params[8]),
        constants: |params| Vec::from([params[0] as f32, params[1] as f32]),
        modulation: Some(|params| Modulation { tau_c: params[4], tau_n: params[5], baseline: params[6] }),
        learn: learn::<Eligible>,
    }),
};

const fn amplitude(name: &'static str, default: f64, doc: crate::text::Text) -> Param {
    Param { name, unit: Unit::One, default, range: Range::ANY, slider: linear(0.0, 3.0), doc }
}

#[derive(Clone, Copy)]
struct Eligible {
    up: f32,
    down: f32,
}

impl Rule for Eligible {
    fn new(constants: &[f32]) -> Eligible {
        let &[up, down] = constants else { unreachable!("there are two constants") };
        Eligible { up, down }
    }

    fn pre(self, eligibility: f32, traces: Traces<f32>) -> f32 {
        eligibility - self.down * traces.post[0]
    }

    fn post(self, eligibility: f32, traces: Traces<f32>) -> f32 {
        eligibility + self.up * traces.pre[0]
    }
}
