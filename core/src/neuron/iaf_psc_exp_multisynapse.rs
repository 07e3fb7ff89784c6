//! Leaky integrate-and-fire with four exponential synaptic currents, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Receptor, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, log},
    text::{Text, text},
    units::{Unit, steps_from_ms},
};

// NEST's array tau_syn, with four elements; its receptor_type k is the receptor "k".
pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "iaf_psc_exp_multisynapse",
    title: text("LIF, four receptors", "LIF，四种受体"),
    doc: text(
        "Leaky integrate-and-fire neuron with four synaptic currents, each with a time constant of its own, such as those of \
         AMPA, GABA and NMDA. A projection names the receptor at which its spikes arrive, \"1\" to \"4\"; a weight of either \
         sign may go to any. Otherwise it is iaf_psc_exp, integrated exactly.",
        "带四种突触电流的漏积分发放（LIF）神经元，每种电流有各自的时间常数，可分别代表 AMPA、GABA、NMDA 等。投射用 \"1\" 至 \"4\" \
         指明脉冲到达的受体，任一受体都可接收正或负的权重。其余与 iaf_psc_exp 相同，采用精确积分。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: "Rotter & Diesmann (1999), doi:10.1007/s004220050570; NEST 3.10, iaf_psc_exp_multisynapse",
    equations: &[
        "dV_m/dt = −(V_m − E_L)/tau_m + (I_syn_1 + I_syn_2 + I_syn_3 + I_syn_4 + I_e)/C_m",
        "dI_syn_k/dt = −I_syn_k/tau_syn_k",
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
        tau_syn("tau_syn_1", 2.0, text("time constant of receptor 1, such as AMPA's", "受体 1（如 AMPA）的时间常数")),
        tau_syn("tau_syn_2", 8.0, text("time constant of receptor 2, such as GABA's", "受体 2（如 GABA）的时间常数")),
        tau_syn("tau_syn_3", 100.0, text("time constant of receptor 3, such as NMDA's", "受体 3（如 NMDA）的时间常数")),
        tau_syn(
            "tau_syn_4",
            150.0,
            text("time constant of receptor 4, such as GABA_B's", "受体 4（如 GABA_B）的时间常数"),
        ),
    ],
    orders: &[("V_reset", "V_th")],
    state: &[
        common::v_m(Start::AtParam("E_L")),
        current("I_syn_1", text("synaptic current of receptor 1", "受体 1 的突触电流")),
        current("I_syn_2", text("synaptic current of receptor 2", "受体 2 的突触电流")),
        current("I_syn_3", text("synaptic current of receptor 3", "受体 3 的突触电流")),
        current("I_syn_4", text("synaptic current of receptor 4", "受体 4 的突触电流")),
        common::REFRACTORY,
    ],
    plane: None,
    weight_unit: Unit::Picoampere,
    receptors: &[
        receptor("1", text("receptor 1, with tau_syn_1", "受体 1，时间常数 tau_syn_1")),
        receptor("2", text("receptor 2, with tau_syn_2", "受体 2，时间常数 tau_syn_2")),
        receptor("3", text("receptor 3, with tau_syn_3", "受体 3，时间常数 tau_syn_3")),
        receptor("4", text("receptor 4, with tau_syn_4", "受体 4，时间常数 tau_syn_4")),
    ],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

const fn tau_syn(name: &'static str, default: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Millisecond, default, range: Range::POSITIVE, slider: log(0.2, 500.0), doc }
}

const fn current(name: &'static str, doc: Text) -> StateVar {
    StateVar { name, unit: Unit::Picoampere, start: Start::At(0.0), range: Range::ANY, doc }
}

const fn receptor(name: &'static str, doc: Text) -> Receptor {
    Receptor { name, weights: Range::ANY, doc }
}

// `drift` is what the membrane gains in a step from its leak and its constant current.
neuron_body! {
    state(v, i_1, i_2, i_3, i_4, held),
    constants(
        decay_m, drift, gain_dc, gain_1, gain_2, gain_3, gain_4, decay_1, decay_2, decay_3, decay_4, v_th, v_reset, n_ref
    ),
    input([w_1, w_2, w_3, w_4], i_stim),
    update {
        let resting = gt(held, real(0.0));
        let synaptic = (i_1 * gain_1 + i_2 * gain_2) + (i_3 * gain_3 + i_4 * gain_4);
        let free = v * decay_m + (synaptic + (drift + i_stim * gain_dc));
        v = select(free, v, resting);
        held = max(held - real(1.0), real(0.0));
        i_1 = i_1 * decay_1 + w_1;
        i_2 = i_2 * decay_2 + w_2;
        i_3 = i_3 * decay_3 + w_3;
        i_4 = i_4 * decay_4 + w_4;
    }
    threshold { ge(v, v_th) }
    reset {
        v = v_reset;
        held = n_ref;
    }
}

/// The propagators of the exact solution over one step.
fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, tau_m, e_l, i_e, v_th, v_reset, t_ref, ref taus @ ..] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let membrane = common::membrane(tau_m, c_m, e_l, i_e, dt);
    let gains = taus.iter().map(|&tau| common::gain(tau, tau_m, c_m, dt));
    let decays = taus.iter().map(|&tau| libm::exp(-dt / tau));
    let spike = [v_th, v_reset, steps_from_ms(t_ref, dt) as f64];
    membrane.into_iter().chain(gains).chain(decays).chain(spike).map(|x| x as f32).collect()
}
