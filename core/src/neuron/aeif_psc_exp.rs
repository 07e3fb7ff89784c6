//! The adaptive exponential neuron (AdEx) with exponential currents.

use alloc::vec::Vec;

use super::{Method, NeuronModel, Start, adex, common};
use crate::{text::text, units::Unit};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "aeif_psc_exp",
    title: text("AdEx, exponential currents", "AdEx，指数型突触电流"),
    doc: text(
        "Adaptive exponential integrate-and-fire neuron. Near V_th the membrane runs away exponentially, as a real spike \
         begins; an adaptation current follows the membrane and grows with every spike. Synaptic currents decay exactly, \
         membrane and adaptation follow a fourth-order Runge-Kutta step; the time of a spike within its step follows from \
         the shape of the upstroke. Steps above 0.1 ms blur it.",
        "自适应指数积分发放（AdEx）神经元。膜电位接近 V_th 时指数上冲，如同真实脉冲的起始；适应电流随膜电位变化，\
         并在每次发放后增加。突触电流精确衰减，膜电位与适应电流用四阶龙格-库塔法积分；脉冲在步内的时刻由上冲形状推算。\
         步长超过 0.1 ms 会变得模糊。",
    ),
    method: Method::RUNGE_KUTTA,
    largest_dt,
    accuracy: adex::ACCURACY,
    source: "Brette & Gerstner (2005), doi:10.1152/jn.00686.2005; NEST 3.10, aeif_psc_exp",
    equations: &[
        "C_m dV_m/dt = −g_L (V_m − E_L) + g_L Delta_T exp((V_m − V_th)/Delta_T) + I_syn_ex + I_syn_in − w + I_e",
        "tau_w dw/dt = a (V_m − E_L) − w",
        "dI_syn_ex/dt = −I_syn_ex/tau_syn_ex",
        "dI_syn_in/dt = −I_syn_in/tau_syn_in",
        "V_m ≥ V_peak → V_m = V_reset, w = w + b, t_ref",
    ],
    params: &[
        common::c_m(281.0),
        common::g_l(30.0),
        common::e_l(-70.6),
        common::drive(0.0, Unit::Picoampere, -500.0, 2000.0),
        adex::V_TH,
        adex::V_PEAK,
        common::v_reset(-60.0),
        common::t_ref(0.0),
        adex::DELTA_T,
        adex::A,
        adex::B,
        adex::TAU_W,
        common::tau_current_ex(0.2),
        common::tau_current_in(2.0),
    ],
    orders: &[("V_reset", "V_peak"), ("V_th", "V_peak")],
    state: &[
        common::v_m(Start::AtParam("E_L")),
        adex::W,
        common::I_SYN_EX,
        common::I_SYN_IN,
        common::SPIKED,
        common::REFRACTORY,
    ],
    plane: Some(adex::PLANE),
    weight_unit: Unit::Picoampere,
    receptors: common::CURRENTS,
    derive,
    update_scalar: adex::update_scalar,
    update_lanes: adex::update_lanes,
    body: adex::BODY,
};

fn largest_dt(params: &[f64]) -> f64 {
    let &[c_m, g_l, .., tau_ex, tau_in] = params else { unreachable!("largest_dt() gets a value for every parameter") };
    adex::largest_dt(c_m, g_l, tau_ex, tau_in)
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, g_l, e_l, i_e, v_th, v_peak, v_reset, t_ref, delta_t, a, b, tau_w, tau_ex, tau_in] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    let reversal = None;
    let params = adex::Params {
        c_m,
        g_l,
        e_l,
        i_e,
        v_th,
        v_peak,
        v_reset,
        t_ref,
        delta_t,
        a,
        b,
        tau_w,
        tau_ex,
        tau_in,
        reversal,
    };
    adex::derive(&params, dt)
}
