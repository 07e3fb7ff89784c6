//! Leaky integrate-and-fire with alpha-shaped synaptic conductances, integrated by the classical Runge-Kutta method.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, neuron_body};
use crate::{
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "iaf_cond_alpha",
    title: text("LIF, alpha conductances", "LIF，α 型突触电导"),
    doc: text(
        "Leaky integrate-and-fire neuron. A spike that arrives opens a conductance that rises to the weight at one time \
         constant and then closes: an alpha function. Conductances follow their exact solution, the membrane a \
         fourth-order Runge-Kutta step; it is stable while dt·(g_L + g_ex + g_in)/C_m stays below 2.7.",
        "漏积分发放（LIF）神经元。脉冲到达后，突触电导在一个时间常数时升至权重，随后关闭（α 函数）。\
         电导采用精确解，膜电位用四阶龙格-库塔法积分；dt·(g_L + g_ex + g_in)/C_m 小于 2.7 时稳定。",
    ),
    method: Method::RUNGE_KUTTA,
    largest_dt,
    accuracy: Accuracy::SINGLE,
    source: "Meffin, Burkitt & Grayden (2004), doi:10.1023/B:JCNS.0000014108.03012.81; NEST 3.10, iaf_cond_alpha",
    equations: &[
        "C_m dV_m/dt = −g_L (V_m − E_L) − g_ex (V_m − E_ex) − g_in (V_m − E_in) + I_e",
        "g_ex(t) = w e t/tau_syn_ex exp(−t/tau_syn_ex)",
        "g_in(t) = w e t/tau_syn_in exp(−t/tau_syn_in)",
        "V_m ≥ V_th → V_m = V_reset, t_ref",
    ],
    params: &[
        common::c_m(250.0),
        common::g_l(16.6667),
        common::e_l(-70.0),
        common::e_ex(0.0),
        common::e_in(-85.0),
        common::i_e(0.0),
        common::v_th(-55.0),
        common::v_reset(-60.0),
        common::t_ref(2.0),
        common::tau_conductance_ex(0.2),
        common::tau_conductance_in(2.0),
    ],
    orders: &[("V_reset", "V_th")],
    state: &[
        common::v_m(Start::AtParam("E_L")),
        common::G_EX,
        common::slope("dg_ex", Unit::Nanosiemens),
        common::G_IN,
        common::slope("dg_in", Unit::Nanosiemens),
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

// With u = V_m − E_L, `change` is du/dt·dt under conductances, which are known exactly at the start, the middle and the end
// of the step.
neuron_body! {
    state(v, g_ex, s_ex, g_in, s_in, held),
    constants(
        e_l, drive_ex, drive_in, i_e, dt_c, leak, half, dt, half_ex, decay_ex, jump_ex, half_in, decay_in, jump_in, sixth,
        v_th, v_reset, n_ref
    ),
    input([w_ex, w_in], i_stim),
    functions {
        fn change(u, ex, inh, current) = (ex * (drive_ex - u) + inh * (drive_in - u) + current) * dt_c - u * leak;
    }
    update {
        let resting = gt(held, real(0.0));
        let u = v - e_l;
        let current = i_e + i_stim;
        let ex_1 = (g_ex + s_ex * half) * half_ex;
        let in_1 = (g_in + s_in * half) * half_in;
        let ex_2 = (g_ex + s_ex * dt) * decay_ex;
        let in_2 = (g_in + s_in * dt) * decay_in;
        let k_1 = change(u, g_ex, g_in, current);
        let k_2 = change(u + k_1 * real(0.5), ex_1, in_1, current);
        let k_3 = change(u + k_2 * real(0.5), ex_1, in_1, current);
        let k_4 = change(u + k_3, ex_2, in_2, current);
        v = select(v + (k_1 + (k_2 + k_3) * real(2.0) + k_4) * sixth, v, resting);
        held = max(held - real(1.0), real(0.0));
        g_ex = ex_2;
        s_ex = s_ex * decay_ex + w_ex * jump_ex;
        g_in = in_2;
        s_in = s_in * decay_in - w_in * jump_in;
    }
    threshold { ge(v, v_th) }
    reset {
        v = v_reset;
        held = n_ref;
    }
}

fn largest_dt(params: &[f64]) -> f64 {
    let &[c_m, g_l, .., tau_ex, tau_in] = params else { unreachable!("largest_dt() gets a value for every parameter") };
    common::smallest(&[0.1 * c_m / g_l, tau_ex, tau_in])
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, g_l, e_l, e_ex, e_in, i_e, v_th, v_reset, t_ref, tau_ex, tau_in] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let membrane = [e_l, e_ex - e_l, e_in - e_l, i_e, dt / c_m, g_l * dt / c_m, 0.5 * dt, dt];
    let spike = [1.0 / 6.0, v_th, v_reset, steps_from_ms(t_ref, dt) as f64];
    membrane
        .iter()
        .chain(&common::alpha(tau_ex, dt))
        .chain(&common::alpha(tau_in, dt))
        .chain(&spike)
        .map(|&x| x as f32)
        .collect()
}
