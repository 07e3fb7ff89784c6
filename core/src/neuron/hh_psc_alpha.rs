//! The Hodgkin-Huxley neuron with alpha-shaped synaptic currents, integrated by splitting membrane and gates.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, neuron_body};
use crate::{
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "hh_psc_alpha",
    title: text("Hodgkin-Huxley", "霍奇金-赫胥黎神经元"),
    doc: text(
        "The squid's giant axon. Sodium opens and shuts, potassium follows, and the spike is their play; nothing is reset. \
         A spike is told at its crest above 0 mV. Synaptic currents are alpha functions and follow their exact solution; \
         membrane and gates take turns four times a step, of second order and stable at any step. At 0.1 ms a spike is exact to a step.",
        "枪乌贼巨轴突模型。钠通道开闭、钾通道跟随，脉冲由两者共同产生，没有人为复位；膜电位在 0 mV 以上达到峰值时记为脉冲。\
         突触电流为 α 函数并采用精确解，每步分四次交替推进膜电位与门控变量（二阶分裂法），任何步长都稳定；0.1 ms 时脉冲时刻误差不超过一步。",
    ),
    method: Method::SPLITTING,
    // A spike takes a millisecond, whatever the parameters.
    largest_dt: |_| 0.1,
    accuracy: Accuracy { membrane: 5.0, steps: 1 },
    source: "Hodgkin & Huxley (1952), doi:10.1113/jphysiol.1952.sp004764; NEST 3.10, hh_psc_alpha",
    equations: &[
        "C_m dV_m/dt = −g_Na Act_m³ Inact_h (V_m − E_Na) − g_K Act_n⁴ (V_m − E_K) − g_L (V_m − E_L) + I_syn_ex + I_syn_in + I_e",
        "dAct_m/dt = α_m (1 − Act_m) − β_m Act_m",
        "dInact_h/dt = α_h (1 − Inact_h) − β_h Inact_h",
        "dAct_n/dt = α_n (1 − Act_n) − β_n Act_n",
        "I_syn_ex(t) = w e t/tau_syn_ex exp(−t/tau_syn_ex)",
        "I_syn_in(t) = w e t/tau_syn_in exp(−t/tau_syn_in)",
    ],
    params: &[
        common::c_m(100.0),
        common::conductance("g_Na", 12_000.0, text("sodium conductance", "钠电导")),
        common::conductance("g_K", 3600.0, text("potassium conductance", "钾电导")),
        common::g_l(30.0),
        common::potential("E_Na", 50.0, text("sodium reversal potential", "钠反转电位")),
        common::potential("E_K", -77.0, text("potassium reversal potential", "钾反转电位")),
        common::e_l(-54.402),
        common::i_e(0.0),
        common::t_ref(2.0),
        common::tau_current_ex(0.2),
        common::tau_current_in(2.0),
    ],
    orders: &[("E_K", "E_Na")],
    // The gates begin where they rest at −65 mV.
    state: &[
        common::v_m(Start::At(-65.0)),
        common::gate("Act_m", 0.052_932_48, text("activation of sodium", "钠激活")),
        common::gate("Inact_h", 0.596_120_8, text("inactivation of sodium", "钠失活")),
        common::gate("Act_n", 0.317_676_9, text("activation of potassium", "钾激活")),
        common::I_SYN_EX,
        common::slope("dI_syn_ex", Unit::Picoampere),
        common::I_SYN_IN,
        common::slope("dI_syn_in", Unit::Picoampere),
        common::passed("crest", text("whether the membrane has just passed a crest", "膜电位是否刚过峰值")),
        common::REFRACTORY,
    ],
    plane: None,
    weight_unit: Unit::Picoampere,
    receptors: common::CURRENTS,
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// In each quarter of a step the gates move half of it, the membrane the whole of it with the gates where they are, and the
// gates the other half: each is linear by itself and solved exactly, so nothing can become unstable. Potentials in the
// rates are Hodgkin and Huxley's, shifted to a rest at −65 mV; x/(1 − exp(−x)) is 1/exprel(−x).
neuron_body! {
    state(v, m, h, n, i_ex, s_ex, i_in, s_in, crest, held),
    constants(
        dt_c, g_na, g_k, g_l, e_na, e_k, e_l, i_e, dt, half, half_ex, decay_ex, jump_ex, half_in, decay_in, jump_in, n_ref
    ),
    input([w_ex, w_in], i_stim),
    functions {
        fn gate(x, opens, shuts) = (x - opens / (opens + shuts)) * exp(-(opens + shuts) * half) + opens / (opens + shuts);
        fn next_m(v, m) = gate(m, inverse(exprel((v + real(40.0)) * real(-0.1))),
            exp((v + real(65.0)) * real(-0.055555556)) * real(4.0));
        fn next_h(v, h) = gate(h, exp((v + real(65.0)) * real(-0.05)) * real(0.07),
            inverse(exp((v + real(35.0)) * real(-0.1)) + real(1.0)));
        fn next_n(v, n) = gate(n, inverse(exprel((v + real(55.0)) * real(-0.1))) * real(0.1),
            exp((v + real(65.0)) * real(-0.0125)) * real(0.125));
    }
    repeat 4 {
        m = next_m(v, m);
        h = next_h(v, h);
        n = next_n(v, n);
        let na = m * m * m * h * g_na;
        let k = n * n * n * n * g_k;
        let all = na + k + g_l;
        let current = (i_ex + s_ex * half) * half_ex + (i_in + s_in * half) * half_in + (i_e + i_stim);
        let goal = (na * e_na + k * e_k + g_l * e_l + current) / all;
        let next = (v - goal) * exp(-all * dt_c) + goal;
        crest = select(real(0.0), real(1.0), gt(v, next));
        v = next;
        m = next_m(v, m);
        h = next_h(v, h);
        n = next_n(v, n);
        i_ex = (i_ex + s_ex * dt) * decay_ex;
        s_ex = s_ex * decay_ex;
        i_in = (i_in + s_in * dt) * decay_in;
        s_in = s_in * decay_in;
    }
    update {
        s_ex = s_ex + w_ex * jump_ex;
        s_in = s_in + w_in * jump_in;
        crest = select(select(real(0.0), crest, ge(v, real(0.0))), real(0.0), gt(held, real(0.0)));
        held = max(held - real(1.0), real(0.0));
    }
    threshold { gt(crest, real(0.5)) }
    reset {
        held = n_ref;
    }
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, g_na, g_k, g_l, e_na, e_k, e_l, i_e, t_ref, tau_ex, tau_in] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let part = dt / f64::from(BODY.repeat.0);
    let synapse = |tau: f64| common::alpha(tau, part);
    let membrane = [part / c_m, g_na, g_k, g_l, e_na, e_k, e_l, i_e, part, 0.5 * part];
    let rest = [steps_from_ms(t_ref, dt) as f64];
    membrane.iter().chain(&synapse(tau_ex)).chain(&synapse(tau_in)).chain(&rest).map(|&x| x as f32).collect()
}
