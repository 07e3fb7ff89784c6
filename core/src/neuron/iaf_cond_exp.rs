//! Leaky integrate-and-fire with exponential synaptic conductances, integrated by the classical Runge-Kutta method.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, neuron_body};
use crate::{
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "iaf_cond_exp",
    title: text("LIF, exponential conductances", "LIF，指数型突触电导"),
    doc: text(
        "Leaky integrate-and-fire neuron. A spike that arrives opens a conductance by the weight; it closes exponentially, \
         and the current through it shrinks as the membrane nears its reversal potential. Conductances decay exactly, the \
         membrane follows a fourth-order Runge-Kutta step; it is stable while dt·(g_L + g_ex + g_in)/C_m stays below 2.7.",
        "漏积分发放（LIF）神经元。脉冲到达时突触电导增加一个权重，随后指数衰减；膜电位越接近反转电位，电流越小。\
         电导精确衰减，膜电位用四阶龙格-库塔法积分；dt·(g_L + g_ex + g_in)/C_m 小于 2.7 时稳定。",
    ),
    method: Method::RUNGE_KUTTA,
    largest_dt,
    accuracy: Accuracy::SINGLE,
    source: "Meffin, Burkitt & Grayden (2004), doi:10.1023/B:JCNS.0000014108.03012.81; NEST 3.10, iaf_cond_exp",
    equations: &[
        "C_m dV_m/dt = −g_L (V_m − E_L) − g_ex (V_m − E_ex) − g_in (V_m − E_in) + I_e",
        "dg_ex/dt = −g_ex/tau_syn_ex",
        "dg_in/dt = −g_in/tau_syn_in",
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
    state: &[common::v_m(Start::AtParam("E_L")), common::G_EX, common::G_IN, common::REFRACTORY],
    plane: None,
    weight_unit: Unit::Nanosiemens,
    receptors: common::CONDUCTANCES,
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// With u = V_m − E_L the membrane obeys du/dt·dt = b − a·u, where a and b follow the conductances. They are taken at the
// start, the middle and the end of the step, so that u is of fourth order.
neuron_body! {
    state(v, g_ex, g_in, held),
    constants(
        e_l, drive_ex, drive_in, i_e, dt_c, leak, half_ex, half_in, decay_ex, decay_in, sixth, v_th, v_reset, n_ref
    ),
    input([w_ex, w_in], i_stim),
    update {
        let resting = gt(held, real(0.0));
        let u = v - e_l;
        let current = (i_e + i_stim) * dt_c;
        let ex_0 = g_ex * dt_c;
        let in_0 = g_in * dt_c;
        let ex_1 = ex_0 * half_ex;
        let in_1 = in_0 * half_in;
        let ex_2 = ex_0 * decay_ex;
        let in_2 = in_0 * decay_in;
        let a_0 = leak + ex_0 + in_0;
        let a_1 = leak + ex_1 + in_1;
        let a_2 = leak + ex_2 + in_2;
        let b_0 = ex_0 * drive_ex + in_0 * drive_in + current;
        let b_1 = ex_1 * drive_ex + in_1 * drive_in + current;
        let b_2 = ex_2 * drive_ex + in_2 * drive_in + current;
        let k_1 = b_0 - a_0 * u;
        let k_2 = b_1 - a_1 * (u + k_1 * real(0.5));
        let k_3 = b_1 - a_1 * (u + k_2 * real(0.5));
        let k_4 = b_2 - a_2 * (u + k_3);
        v = select(v + (k_1 + (k_2 + k_3) * real(2.0) + k_4) * sixth, v, resting);
        held = max(held - real(1.0), real(0.0));
        g_ex = g_ex * decay_ex + w_ex;
        g_in = g_in * decay_in - w_in;
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
    [
        e_l,
        e_ex - e_l,
        e_in - e_l,
        i_e,
        dt / c_m,
        g_l * dt / c_m,
        libm::exp(-0.5 * dt / tau_ex),
        libm::exp(-0.5 * dt / tau_in),
        libm::exp(-dt / tau_ex),
        libm::exp(-dt / tau_in),
        1.0 / 6.0,
        v_th,
        v_reset,
        steps_from_ms(t_ref, dt) as f64,
    ]
    .iter()
    .map(|&x| x as f32)
    .collect()
}
