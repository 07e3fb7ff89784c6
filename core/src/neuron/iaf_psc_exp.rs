//! Leaky integrate-and-fire with exponential synaptic currents, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, neuron_body};
use crate::{
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "iaf_psc_exp",
    title: text("LIF, exponential currents", "LIF，指数型突触电流"),
    doc: text(
        "Leaky integrate-and-fire neuron. A spike that arrives makes its synaptic current jump by the weight; the current \
         then decays exponentially. Between spikes the equations are linear and are integrated exactly, so that any step \
         is safe as long as spike times may be rounded to it.",
        "漏积分发放（LIF）神经元。脉冲到达时突触电流跃变一个权重，随后指数衰减。两次脉冲之间方程是线性的，\
         采用精确积分，因此任何步长都稳定，只是脉冲时刻会取整到步长。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: "Rotter & Diesmann (1999), doi:10.1007/s004220050570; NEST 3.10, iaf_psc_exp",
    equations: &[
        "dV_m/dt = −(V_m − E_L)/tau_m + (I_syn_ex + I_syn_in + I_e)/C_m",
        "dI_syn_ex/dt = −I_syn_ex/tau_syn_ex",
        "dI_syn_in/dt = −I_syn_in/tau_syn_in",
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
    state: &[common::v_m(Start::AtParam("E_L")), common::I_SYN_EX, common::I_SYN_IN, common::REFRACTORY],
    plane: None,
    weight_unit: Unit::Picoampere,
    receptors: common::CURRENTS,
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// `drift` is what the membrane gains in a step from its leak and its constant current.
neuron_body! {
    state(v, i_ex, i_in, held),
    constants(decay_m, drift, gain_ex, gain_in, gain_dc, decay_ex, decay_in, v_th, v_reset, n_ref),
    input([w_ex, w_in], i_stim),
    update {
        let resting = gt(held, real(0.0));
        let free = v * decay_m + (i_ex * gain_ex + i_in * gain_in + (drift + i_stim * gain_dc));
        v = select(free, v, resting);
        held = max(held - real(1.0), real(0.0));
        i_ex = i_ex * decay_ex + w_ex;
        i_in = i_in * decay_in + w_in;
    }
    threshold { ge(v, v_th) }
    reset {
        v = v_reset;
        held = n_ref;
    }
}

/// The propagators of the exact solution over one step.
fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, tau_m, e_l, i_e, v_th, v_reset, t_ref, tau_ex, tau_in] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let decay = |tau: f64| libm::exp(-dt / tau);
    let [decay_m, drift, gain_dc] = common::membrane(tau_m, c_m, e_l, i_e, dt);
    [
        decay_m,
        drift,
        common::gain(tau_ex, tau_m, c_m, dt),
        common::gain(tau_in, tau_m, c_m, dt),
        gain_dc,
        decay(tau_ex),
        decay(tau_in),
        v_th,
        v_reset,
        steps_from_ms(t_ref, dt) as f64,
    ]
    .iter()
    .map(|&x| x as f32)
    .collect()
}
