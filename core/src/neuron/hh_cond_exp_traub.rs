//! The Hodgkin-Huxley neuron of Traub & Miles as in the COBAHH benchmark, integrated by splitting membrane and gates.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, neuron_body};
use crate::{
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "hh_cond_exp_traub",
    title: text("Hodgkin-Huxley (Traub & Miles)", "霍奇金-赫胥黎（Traub & Miles）"),
    doc: text(
        "A hippocampal cell's fast sodium and potassium channels with exponential synaptic conductances: the neuron of the \
         COBAHH benchmark. A spike is told at its crest, 30 mV above V_T. Conductances decay exactly; membrane and gates take \
         turns eight times a step, of second order and stable at any step.",
        "海马细胞的快速钠、钾通道与指数型突触电导：COBAHH 基准网络所用的神经元。膜电位高于 V_T 30 mV 且达到峰值时记为脉冲。\
         电导精确衰减；每步分八次交替推进膜电位与门控变量（二阶分裂法），任何步长都稳定。",
    ),
    method: Method::SPLITTING,
    // A spike takes a millisecond, whatever the parameters.
    largest_dt: |_| 0.1,
    accuracy: Accuracy { membrane: 10.0, steps: 1 },
    source: "Traub & Miles (1991), Neuronal Networks of the Hippocampus; Brette et al. (2007), doi:10.1007/s10827-007-0038-6; NEST 3.10, hh_cond_exp_traub",
    equations: &[
        "C_m dV_m/dt = −g_Na Act_m³ Inact_h (V_m − E_Na) − g_K Act_n⁴ (V_m − E_K) − g_L (V_m − E_L) − g_ex (V_m − E_ex) − g_in (V_m − E_in) + I_e",
        "dAct_m/dt = α_m (1 − Act_m) − β_m Act_m",
        "dInact_h/dt = α_h (1 − Inact_h) − β_h Inact_h",
        "dAct_n/dt = α_n (1 − Act_n) − β_n Act_n",
        "dg_ex/dt = −g_ex/tau_syn_ex",
        "dg_in/dt = −g_in/tau_syn_in",
    ],
    params: &[
        common::c_m(200.0),
        common::conductance("g_Na", 20_000.0, text("sodium conductance", "钠电导")),
        common::conductance("g_K", 6000.0, text("potassium conductance", "钾电导")),
        common::g_l(10.0),
        common::potential("E_Na", 50.0, text("sodium reversal potential", "钠反转电位")),
        common::potential("E_K", -90.0, text("potassium reversal potential", "钾反转电位")),
        common::e_l(-60.0),
        common::e_ex(0.0),
        common::e_in(-80.0),
        common::potential(
            "V_T",
            -63.0,
            text("shift of the rates: higher makes it harder to fire", "速率函数的平移：越高越难发放"),
        ),
        common::i_e(0.0),
        common::t_ref(2.0),
        common::tau_conductance_ex(5.0),
        common::tau_conductance_in(10.0),
    ],
    orders: &[("E_K", "E_Na")],
    // The gates begin where they rest at −60 mV.
    state: &[
        common::v_m(Start::AtParam("E_L")),
        common::gate("Act_m", 0.026_863_33, text("activation of sodium", "钠激活")),
        common::gate("Inact_h", 0.991_305_8, text("inactivation of sodium", "钠失活")),
        common::gate("Act_n", 0.060_434_034, text("activation of potassium", "钾激活")),
        common::G_EX,
        common::G_IN,
        common::passed("crest", text("whether the membrane has just passed a crest", "膜电位是否刚过峰值")),
        common::REFRACTORY,
    ],
    plane: None,
    weight_unit: Unit::Nanosiemens,
    receptors: common::CONDUCTANCES,
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// As in hh_psc_alpha. x/(exp(x) − 1) is 1/exprel(x).
neuron_body! {
    state(v, m, h, n, g_ex, g_in, crest, held),
    constants(
        dt_c, g_na, g_k, g_l, e_na, e_k, e_l, e_ex, e_in, v_t, i_e, half, half_ex, decay_ex, half_in, decay_in, n_ref
    ),
    input([w_ex, w_in], i_stim),
    functions {
        fn gate(x, opens, shuts) = (x - opens / (opens + shuts)) * exp(-(opens + shuts) * half) + opens / (opens + shuts);
        fn next_m(u, m) = gate(m, inverse(exprel((-u + real(13.0)) * real(0.25))) * real(1.28),
            inverse(exprel((u - real(40.0)) * real(0.2))) * real(1.4));
        fn next_h(u, h) = gate(h, exp((-u + real(17.0)) * real(0.055555556)) * real(0.128),
            inverse(exp((-u + real(40.0)) * real(0.2)) + real(1.0)) * real(4.0));
        fn next_n(u, n) = gate(n, inverse(exprel((-u + real(15.0)) * real(0.2))) * real(0.16),
            exp((-u + real(10.0)) * real(0.025)) * real(0.5));
    }
    repeat 8 {
        m = next_m(v - v_t, m);
        h = next_h(v - v_t, h);
        n = next_n(v - v_t, n);
        let na = m * m * m * h * g_na;
        let k = n * n * n * n * g_k;
        let ex = g_ex * half_ex;
        let inh = g_in * half_in;
        let all = na + k + g_l + ex + inh;
        let goal = (na * e_na + k * e_k + g_l * e_l + ex * e_ex + inh * e_in + (i_e + i_stim)) / all;
        let next = (v - goal) * exp(-all * dt_c) + goal;
        crest = select(real(0.0), real(1.0), gt(v, next));
        v = next;
        m = next_m(v - v_t, m);
        h = next_h(v - v_t, h);
        n = next_n(v - v_t, n);
        g_ex = g_ex * decay_ex;
        g_in = g_in * decay_in;
    }
    update {
        g_ex = g_ex + w_ex;
        g_in = g_in - w_in;
        crest = select(select(real(0.0), crest, ge(v, v_t + real(30.0))), real(0.0), gt(held, real(0.0)));
        held = max(held - real(1.0), real(0.0));
    }
    threshold { gt(crest, real(0.5)) }
    reset {
        held = n_ref;
    }
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, g_na, g_k, g_l, e_na, e_k, e_l, e_ex, e_in, v_t, i_e, t_ref, tau_ex, tau_in] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let part = dt / f64::from(BODY.repeat.0);
    let synapse = |tau: f64| [libm::exp(-0.5 * part / tau), libm::exp(-part / tau)];
    let membrane = [part / c_m, g_na, g_k, g_l, e_na, e_k, e_l, e_ex, e_in, v_t, i_e, 0.5 * part];
    let rest = [steps_from_ms(t_ref, dt) as f64];
    membrane.iter().chain(&synapse(tau_ex)).chain(&synapse(tau_in)).chain(&rest).map(|&x| x as f32).collect()
}
