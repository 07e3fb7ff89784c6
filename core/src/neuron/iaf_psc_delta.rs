//! Leaky integrate-and-fire with instantaneous synapses, integrated exactly.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Start, common, neuron_body};
use crate::{
    text::text,
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "iaf_psc_delta",
    title: text("LIF, delta synapses", "LIF，δ 型突触"),
    doc: text(
        "Leaky integrate-and-fire neuron. A spike that arrives makes the membrane potential jump by the weight; one that \
         arrives in the refractory time is lost. Between spikes the equation is linear and is integrated exactly, so that \
         any step is safe as long as spike times may be rounded to it.",
        "漏积分发放（LIF）神经元。脉冲到达时膜电位跃变一个权重；不应期内到达的脉冲被忽略。两次脉冲之间方程是线性的，\
         采用精确积分，因此任何步长都稳定，只是脉冲时刻会取整到步长。",
    ),
    method: Method::EXACT,
    largest_dt: common::any_step,
    accuracy: Accuracy::SINGLE,
    source: "Tuckwell (1988), Introduction to Theoretical Neurobiology 1; NEST 3.10, iaf_psc_delta",
    equations: &["dV_m/dt = −(V_m − E_L)/tau_m + I_e/C_m", "V_m ≥ V_th → V_m = V_reset, t_ref"],
    params: &[
        common::c_m(250.0),
        common::tau_m(10.0),
        common::e_l(-70.0),
        common::i_e(0.0),
        common::v_th(-55.0),
        common::v_reset(-70.0),
        common::t_ref(2.0),
    ],
    orders: &[("V_reset", "V_th")],
    state: &[common::v_m(Start::AtParam("E_L")), common::REFRACTORY],
    plane: None,
    weight_unit: Unit::Millivolt,
    receptors: &[],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// `drift` is what the membrane gains in a step from its leak and its constant current.
neuron_body! {
    state(v, held),
    constants(decay_m, drift, gain_dc, v_th, v_reset, n_ref),
    input([w_ex, w_in], i_stim),
    update {
        let resting = gt(held, real(0.0));
        let free = v * decay_m + (drift + i_stim * gain_dc) + (w_ex + w_in);
        v = select(free, v, resting);
        held = max(held - real(1.0), real(0.0));
    }
    threshold { ge(v, v_th) }
    reset {
        v = v_reset;
        held = n_ref;
    }
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, tau_m, e_l, i_e, v_th, v_reset, t_ref] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let [decay_m, drift, gain_dc] = common::membrane(tau_m, c_m, e_l, i_e, dt);
    [decay_m, drift, gain_dc, v_th, v_reset, steps_from_ms(t_ref, dt) as f64].iter().map(|&x| x as f32).collect()
}
