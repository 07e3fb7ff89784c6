//! Leaky integrate-and-fire with alpha-shaped synaptic currents, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, neuron_body};
use crate::{
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "iaf_psc_alpha",
    title: text("LIF, alpha currents", "LIF，α 型突触电流"),
    doc: text(
        "Leaky integrate-and-fire neuron. A spike that arrives starts a current that rises to the weight at one time \
         constant and then falls: an alpha function. Between spikes the equations are linear and are integrated exactly, \
         so that any step is safe as long as spike times may be rounded to it.",
        "漏积分发放（LIF）神经元。脉冲到达后，突触电流在一个时间常数时升至权重，随后下降（α 函数）。\
         两次脉冲之间方程是线性的，采用精确积分，因此任何步长都稳定，只是脉冲时刻会取整到步长。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: "Rotter & Diesmann (1999), doi:10.1007/s004220050570; NEST 3.10, iaf_psc_alpha",
    equations: &[
        "dV_m/dt = −(V_m − E_L)/tau_m + (I_syn_ex + I_syn_in + I_e)/C_m",
        "I_syn_ex(t) = w e t/tau_syn_ex exp(−t/tau_syn_ex)",
        "I_syn_in(t) = w e t/tau_syn_in exp(−t/tau_syn_in)",
        "V_m ≥ V_th → V_m = V_reset, t_ref",
    ],
    params: &[
        common::c_m(250.0),
        common::tau_m(10.0),
        common::e_l(-70.0),
        common::i_e(0.0),
        common::v_th(-55.0),
        common::v_reset(-70.0),
        common::t_ref(2.0),
        common::tau_current_ex(2.0),
        common::tau_current_in(2.0),
    ],
    orders: &[("V_reset", "V_th")],
    state: &[
        common::v_m(Start::AtParam("E_L")),
        common::I_SYN_EX,
        common::slope("dI_syn_ex", Unit::Picoampere),
        common::I_SYN_IN,
        common::slope("dI_syn_in", Unit::Picoampere),
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

// `s_ex` and `s_in` are the slopes of the currents; `rise` is what a slope adds to its current in a step, `jump` what a
// spike adds to the slope.
neuron_body! {
    state(v, i_ex, s_ex, i_in, s_in, held),
    constants(
        decay_m, drift, gain_dc, gain_ex, slope_ex, decay_ex, rise_ex, jump_ex, gain_in, slope_in, decay_in, rise_in, jump_in,
        v_th, v_reset, n_ref
    ),
    input([w_ex, w_in], i_stim),
    update {
        let resting = gt(held, real(0.0));
        let synaptic = (i_ex * gain_ex + s_ex * slope_ex) + (i_in * gain_in + s_in * slope_in);
        v = select(v * decay_m + (synaptic + (drift + i_stim * gain_dc)), v, resting);
        held = max(held - real(1.0), real(0.0));
        i_ex = i_ex * decay_ex + s_ex * rise_ex;
        s_ex = s_ex * decay_ex + w_ex * jump_ex;
        i_in = i_in * decay_in + s_in * rise_in;
        s_in = s_in * decay_in + w_in * jump_in;
    }
    threshold { ge(v, v_th) }
    reset {
        v = v_reset;
        held = n_ref;
    }
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, tau_m, e_l, i_e, v_th, v_reset, t_ref, tau_ex, tau_in] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let synapse = |tau: f64| {
        let [_, decay, jump] = common::alpha(tau, dt);
        let gains = [common::gain(tau, tau_m, c_m, dt), common::gain_of_slope(tau, tau_m, c_m, dt)];
        [gains[0], gains[1], decay, dt * decay, jump]
    };
    let [ex, inh] = [synapse(tau_ex), synapse(tau_in)];
    let membrane = common::membrane(tau_m, c_m, e_l, i_e, dt);
    let spike = [v_th, v_reset, steps_from_ms(t_ref, dt) as f64];
    membrane.iter().chain(&ex).chain(&inh).chain(&spike).map(|&x| x as f32).collect()
}
