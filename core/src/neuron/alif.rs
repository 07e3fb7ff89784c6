//! Leaky integrate-and-fire with an adaptive threshold, integrated exactly: the neuron of LSNNs.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, linear, log},
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "alif",
    title: text("LIF, adaptive threshold (LSNN)", "LIF，自适应阈值（LSNN）"),
    doc: text(
        "Leaky integrate-and-fire neuron whose threshold rises with every spike and sinks back slowly: a memory for \
         hundreds of milliseconds, which lets networks of them learn tasks in time (LSNN). A spike that arrives makes \
         the membrane jump by the weight; its own spike takes the threshold off it. For the refractory time it goes on \
         without firing. Integrated exactly: any step is safe as long as spike times may be rounded to it.",
        "漏积分发放神经元，阈值随每次发放升高并缓慢回落：数百毫秒的记忆，使网络能够学习时序任务（LSNN）。脉冲到达时膜电位跃变一个权重；\
         自身发放时膜电位减去阈值。不应期内膜电位照常变化但不发放。采用精确积分，因此任何步长都稳定，只是脉冲时刻会取整到步长。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    // What a strong drive takes off the membrane is not rounded away by a reset to one place.
    accuracy: Accuracy { membrane: 5e-3, steps: 0 },
    source: "Bellec et al. (2018), doi:10.48550/arXiv.1803.09574",
    equations: &[
        "tau_m dV_m/dt = −V_m + R_m I_e",
        "tau_a db/dt = −b",
        "V_m ≥ b_0 + beta b → V_m = V_m − b_0 − beta b, b = b + 1/tau_a, t_ref",
    ],
    params: &[
        common::tau_m(20.0),
        Param {
            name: "R_m",
            unit: Unit::Gigaohm,
            default: 1.0,
            range: Range::POSITIVE,
            slider: log(0.1, 10.0),
            doc: text("membrane resistance", "膜电阻"),
        },
        common::drive(0.0, Unit::Picoampere, -10.0, 50.0),
        Param {
            name: "b_0",
            unit: Unit::Millivolt,
            default: 10.0,
            range: Range::ANY,
            slider: linear(1.0, 40.0),
            doc: text("threshold of a neuron that has not fired", "未发放时的阈值"),
        },
        Param {
            name: "beta",
            unit: Unit::Millivolt,
            default: 1800.0,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 5000.0),
            doc: text("how far the threshold would rise at a spike every ms", "每毫秒发放一次时阈值的升高量"),
        },
        Param {
            name: "tau_a",
            unit: Unit::Millisecond,
            default: 200.0,
            range: Range::POSITIVE,
            slider: log(20.0, 2000.0),
            doc: text("time constant of the threshold", "阈值的时间常数"),
        },
        common::t_ref(5.0),
    ],
    orders: &[],
    state: &[
        common::v_m(Start::At(0.0)),
        StateVar {
            name: "b",
            unit: Unit::One,
            start: Start::At(0.0),
            range: Range::NON_NEGATIVE,
            doc: text("recent spikes per ms, fading with tau_a", "近期每毫秒的脉冲数，按 tau_a 衰减"),
        },
        common::REFRACTORY,
    ],
    plane: None,
    weight_unit: Unit::Millivolt,
    receptors: &[],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// The threshold that counts is out of reach as long as the neuron is held, whose count begins one higher than the steps of
// the refractory time, since it is looked at after a step of it has passed.
neuron_body! {
    state(v, b, held),
    constants(decay_m, drift, gain_dc, b_0, beta, decay_a, jump, n_held),
    input([w_ex, w_in], i_stim),
    functions {
        fn above(v, b) = v - (b_0 + b * beta);
    }
    update {
        v = v * decay_m + (drift + i_stim * gain_dc) + (w_ex + w_in);
        b = b * decay_a;
        held = max(held - real(1.0), real(0.0));
    }
    threshold { ge(select(above(v, b), real(-1.0), gt(held, real(0.5))), real(0.0)) }
    reset {
        v = v - (b_0 + b * beta);
        b = b + jump;
        held = n_held;
    }
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[tau_m, r_m, i_e, b_0, beta, tau_a, t_ref] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    // 1 pA through 1 GΩ is 1 mV.
    let [decay_m, drift, gain_dc] = common::membrane(tau_m, tau_m / r_m, 0.0, i_e, dt);
    let held = steps_from_ms(t_ref, dt) as f64 + 1.0;
    [decay_m, drift, gain_dc, b_0, beta, libm::exp(-dt / tau_a), 1.0 / tau_a, held].iter().map(|&x| x as f32).collect()
}
