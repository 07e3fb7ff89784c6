//! Pair-based spike-timing-dependent plasticity (STDP) in which every spike of one side pairs with every one of the other.

use alloc::vec::Vec;

use super::{
    Kind, Plastic, SynapseModel, Traces,
    plastic::{Rule, learn},
};
use crate::{
    param::{Param, Range, linear, log},
    text::text,
    units::Unit,
};

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "stdp_synapse",
    title: text("STDP", "STDP"),
    doc: text(
        "A spike of the target soon after one of the source strengthens the synapse; the other order weakens it. mu_plus = \
         mu_minus = 0 is the additive rule, 1 the multiplicative one, anything between the power law of Gütig et al.",
        "源先发放、目标随后发放会增强突触，次序相反则减弱。mu_plus = mu_minus = 0 为加性规则，1 为乘性规则，其间为 Gütig 等人的幂律。",
    ),
    source: "Gütig et al. (2003), doi:10.1523/JNEUROSCI.23-09-03697.2003; Song, Miller & Abbott (2000), doi:10.1038/78829; NEST 3.10, stdp_synapse",
    equations: &[
        "target fires → w = w + lambda Wmax (1 − w/Wmax)^mu_plus · Σ exp(−Δt / tau_plus)",
        "source fires → w = w − alpha lambda Wmax (w/Wmax)^mu_minus · Σ exp(−Δt / tau_minus)",
    ],
    params: &PARAMS,
    kind: Kind::Plastic(plastic(false)),
};

/// The rule with all pairs, or with nearest neighbours only.
pub(super) const fn plastic(nearest: bool) -> Plastic {
    Plastic {
        traces: |params| Traces { pre: [params[4], 0.0], post: [params[5], 0.0] },
        nearest,
        bounds: |params| (params[6].min(0.0), params[6].max(0.0)),
        constants,
        modulation: None,
        learn: learn::<PowerLaw>,
    }
}

/// Parameters of the pair rules.
pub(super) const PARAMS: [Param; 7] = [
    Param {
        name: "lambda",
        unit: Unit::One,
        default: 0.01,
        range: Range::between(0.0, 1.0),
        slider: log(1e-5, 0.1),
        doc: text("largest change by one pair, as a part of Wmax", "一对脉冲引起的最大变化，占 Wmax 的比例"),
    },
    Param {
        name: "alpha",
        unit: Unit::One,
        default: 1.0,
        range: Range::NON_NEGATIVE,
        slider: linear(0.0, 3.0),
        doc: text("how much stronger depression is than potentiation", "减弱相对增强的倍数"),
    },
    Param {
        name: "mu_plus",
        unit: Unit::One,
        default: 1.0,
        range: Range::between(0.0, 10.0),
        slider: linear(0.0, 1.0),
        doc: text("how potentiation depends on the weight", "增强对权重的依赖指数"),
    },
    Param {
        name: "mu_minus",
        unit: Unit::One,
        default: 1.0,
        range: Range::between(0.0, 10.0),
        slider: linear(0.0, 1.0),
        doc: text("how depression depends on the weight", "减弱对权重的依赖指数"),
    },
    TAU_PLUS,
    TAU_MINUS,
    Param { default: 100.0, ..WMAX },
];

/// Window of potentiation.
pub(super) const TAU_PLUS: Param = Param {
    name: "tau_plus",
    unit: Unit::Millisecond,
    default: 20.0,
    range: Range::POSITIVE,
    slider: log(1.0, 200.0),
    doc: text("window of potentiation", "增强的时间窗"),
};

/// Window of depression; NEST keeps it with the target neuron.
pub(super) const TAU_MINUS: Param = Param {
    name: "tau_minus",
    doc: text("window of depression (NEST: a parameter of the target)", "减弱的时间窗（NEST 中为目标神经元的参数）"),
    ..TAU_PLUS
};

/// Largest weight; a negative one for inhibitory synapses, as in NEST.
pub(super) const WMAX: Param = Param {
    name: "Wmax",
    unit: Unit::One,
    default: 1.0,
    range: Range::ANY,
    slider: linear(-1000.0, 1000.0),
    doc: text("largest weight; negative for inhibition", "最大权重；抑制性突触取负值"),
};

fn constants(params: &[f64]) -> Vec<f32> {
    let &[lambda, alpha, mu_plus, mu_minus, _, _, wmax] = params else { unreachable!("there are seven parameters") };
    [lambda, alpha * lambda, mu_plus, mu_minus, wmax].map(|x| x as f32).to_vec()
}

/// Changes that depend on the weight by powers.
#[derive(Clone, Copy)]
struct PowerLaw {
    up: f32,
    down: f32,
    mu_plus: f32,
    mu_minus: f32,
    wmax: f32,
}

/// A power whose common exponents need no logarithm.
fn power(x: f32, exponent: f32) -> f32 {
    if exponent == 0.0 {
        1.0
    } else if exponent == 1.0 {
        x
    } else {
        libm::powf(x, exponent)
    }
}

impl Rule for PowerLaw {
    fn new(constants: &[f32]) -> PowerLaw {
        let &[up, down, mu_plus, mu_minus, wmax] = constants else { unreachable!("there are five constants") };
        PowerLaw { up, down, mu_plus, mu_minus, wmax }
    }

    fn pre(self, weight: f32, traces: Traces<f32>) -> f32 {
        let part = weight / self.wmax;
        (part - self.down * power(part, self.mu_minus) * traces.post[0]).max(0.0) * self.wmax
    }

    fn post(self, weight: f32, traces: Traces<f32>) -> f32 {
        let part = weight / self.wmax;
        (part + self.up * power((1.0 - part).max(0.0), self.mu_plus) * traces.pre[0]).min(1.0) * self.wmax
    }
}
