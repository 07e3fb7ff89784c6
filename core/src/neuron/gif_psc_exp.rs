//! The generalized integrate-and-fire neuron with exponential synaptic currents: its membrane is integrated exactly, its
//! spikes are drawn.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Order, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, linear, log},
    text::{Text, text},
    units::{Unit, steps_from_ms},
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "gif_psc_exp",
    title: text("GIF, exponential currents", "GIF，指数型突触电流"),
    doc: text(
        "Generalized integrate-and-fire neuron: it fires by chance, the likelier the further its membrane is above the \
         threshold. Each spike starts currents (stc) that pull at the membrane and moves the threshold (sfa); both fade \
         with two time constants each, and with q = 0 they are off. The membrane is integrated exactly; the chance is \
         that of the end of the step, so steps should be a tenth of the shortest time constant or less.",
        "广义积分发放（GIF）神经元：按概率发放脉冲，膜电位高出阈值越多，概率越大。每次发放都会引发作用于膜的电流（stc），\
         并移动阈值（sfa）；两者各有两个时间常数，q = 0 时关闭。膜电位采用精确积分；发放概率取步末的值，\
         因此步长不宜超过最短时间常数的十分之一。",
    ),
    method: Method {
        name: text("exact; chance and arrival of spikes of order 1", "精确积分；发放概率与脉冲到达为一阶"),
        order: Order::Power(1),
    },
    largest_dt,
    accuracy: Accuracy::SINGLE,
    source: "Mensi et al. (2012), doi:10.1152/jn.00408.2011; Pozzorini et al. (2015), doi:10.1371/journal.pcbi.1004275; NEST 3.10, gif_psc_exp",
    equations: &[
        "C_m dV_m/dt = −g_L (V_m − E_L) − stc_1 − stc_2 + I_syn_ex + I_syn_in + I_e",
        "λ = lambda_0 exp((V_m − V_T_star − sfa_1 − sfa_2)/Delta_V)",
        "dI_syn_ex/dt = −I_syn_ex/tau_syn_ex",
        "dI_syn_in/dt = −I_syn_in/tau_syn_in",
        "dstc_1/dt = −stc_1/tau_stc_1",
        "dstc_2/dt = −stc_2/tau_stc_2",
        "dsfa_1/dt = −sfa_1/tau_sfa_1",
        "dsfa_2/dt = −sfa_2/tau_sfa_2",
        "P(dt) = 1 − exp(−λ dt) → V_m = V_reset, stc + q_stc, sfa + q_sfa, t_ref",
    ],
    params: &[
        common::c_m(80.0),
        common::g_l(4.0),
        common::e_l(-70.0),
        common::i_e(0.0),
        common::v_reset(-55.0),
        common::t_ref(4.0),
        Param {
            name: "Delta_V",
            unit: Unit::Millivolt,
            default: 0.5,
            range: Range::POSITIVE,
            slider: log(0.05, 10.0),
            doc: text("softness of the threshold", "阈值的软硬程度"),
        },
        Param {
            name: "V_T_star",
            unit: Unit::Millivolt,
            default: -35.0,
            range: Range::ANY,
            slider: linear(-60.0, -20.0),
            doc: text("threshold of a neuron that has not fired", "未发放时的阈值"),
        },
        Param {
            name: "lambda_0",
            unit: Unit::Hertz,
            default: 1.0,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 100.0),
            doc: text("rate at the threshold", "阈值处的发放率"),
        },
        q("q_stc_1", Unit::Picoampere, text("first current that a spike starts", "每次发放引起的第一种电流")),
        tau("tau_stc_1", 20.0, text("time constant of the first current", "第一种电流的时间常数")),
        q("q_stc_2", Unit::Picoampere, text("second current that a spike starts", "每次发放引起的第二种电流")),
        tau("tau_stc_2", 200.0, text("time constant of the second current", "第二种电流的时间常数")),
        q("q_sfa_1", Unit::Millivolt, text("first move of the threshold by a spike", "每次发放引起的第一种阈值移动")),
        tau("tau_sfa_1", 20.0, text("time constant of the first move", "第一种阈值移动的时间常数")),
        q("q_sfa_2", Unit::Millivolt, text("second move of the threshold by a spike", "每次发放引起的第二种阈值移动")),
        tau("tau_sfa_2", 200.0, text("time constant of the second move", "第二种阈值移动的时间常数")),
        common::tau_current_ex(2.0),
        common::tau_current_in(2.0),
    ],
    orders: &[],
    state: &[
        common::v_m(Start::AtParam("E_L")),
        element("stc_1", Unit::Picoampere, text("first current that spikes have started", "由发放引起的第一种电流")),
        element("stc_2", Unit::Picoampere, text("second current that spikes have started", "由发放引起的第二种电流")),
        element("sfa_1", Unit::Millivolt, text("first move of the threshold", "第一种阈值移动")),
        element("sfa_2", Unit::Millivolt, text("second move of the threshold", "第二种阈值移动")),
        common::I_SYN_EX,
        common::I_SYN_IN,
        common::SPIKED,
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

const fn q(name: &'static str, unit: Unit, doc: Text) -> Param {
    Param { name, unit, default: 0.0, range: Range::ANY, slider: linear(-50.0, 50.0), doc }
}

const fn tau(name: &'static str, default: f64, doc: Text) -> Param {
    Param { name, unit: Unit::Millisecond, default, range: Range::POSITIVE, slider: log(1.0, 1000.0), doc }
}

const fn element(name: &'static str, unit: Unit, doc: Text) -> StateVar {
    StateVar { name, unit, start: Start::At(0.0), range: Range::ANY, doc }
}

// As in NEST's, a spike that arrives is felt in its own step, and the membrane is reset in the step after a spike.
// `x` is λ dt, kept below where single precision ends; 1 − exp(−x) is x exprel(−x).
neuron_body! {
    state(v, stc_1, stc_2, sfa_1, sfa_2, i_ex, i_in, spiked, held),
    constants(
        decay_m, drift, gain_dc, gain_ex, gain_in, decay_ex, decay_in, decay_stc_1, decay_stc_2, decay_sfa_1, decay_sfa_2,
        q_stc_1, q_stc_2, q_sfa_1, q_sfa_2, v_t, softness, lambda_dt, v_reset, n_ref
    ),
    input([w_ex, w_in], i_stim, luck),
    update {
        let resting = gt(held, real(0.0));
        i_ex = i_ex * decay_ex + w_ex;
        i_in = i_in * decay_in + w_in;
        let free = v * decay_m + (i_ex * gain_ex + i_in * gain_in + (drift + (i_stim - stc_1 - stc_2) * gain_dc));
        v = select(free, v_reset, resting);
        let x = min(exp((v - v_t - sfa_1 - sfa_2) * softness) * lambda_dt, real(80.0));
        spiked = select(select(real(0.0), real(1.0), gt(x * exprel(-x), luck)), real(0.0), resting);
        held = max(held - real(1.0), real(0.0));
        stc_1 = stc_1 * decay_stc_1;
        stc_2 = stc_2 * decay_stc_2;
        sfa_1 = sfa_1 * decay_sfa_1;
        sfa_2 = sfa_2 * decay_sfa_2;
    }
    threshold { gt(spiked, real(0.5)) }
    reset {
        stc_1 = stc_1 + q_stc_1;
        stc_2 = stc_2 + q_stc_2;
        sfa_1 = sfa_1 + q_sfa_1;
        sfa_2 = sfa_2 + q_sfa_2;
        held = n_ref;
    }
}

fn largest_dt(params: &[f64]) -> f64 {
    let &[c_m, g_l, .., tau_ex, tau_in] = params else { unreachable!("largest_dt() gets a value for every parameter") };
    0.1 * common::smallest(&[c_m / g_l, tau_ex, tau_in])
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[
        c_m,
        g_l,
        e_l,
        i_e,
        v_reset,
        t_ref,
        delta_v,
        v_t,
        lambda_0,
        q_stc_1,
        tau_stc_1,
        q_stc_2,
        tau_stc_2,
        q_sfa_1,
        tau_sfa_1,
        q_sfa_2,
        tau_sfa_2,
        tau_ex,
        tau_in,
    ] = params
    else {
        unreachable!("derive() gets a value for every parameter")
    };
    let tau_m = c_m / g_l;
    let decay = |tau: f64| libm::exp(-dt / tau);
    let decays = [tau_ex, tau_in, tau_stc_1, tau_stc_2, tau_sfa_1, tau_sfa_2].map(decay);
    let gains = [common::gain(tau_ex, tau_m, c_m, dt), common::gain(tau_in, tau_m, c_m, dt)];
    // lambda_0 is per second, dt in ms.
    let spikes = [q_stc_1, q_stc_2, q_sfa_1, q_sfa_2, v_t, 1.0 / delta_v, 1e-3 * lambda_0 * dt, v_reset];
    let membrane = common::membrane(tau_m, c_m, e_l, i_e, dt);
    let rest = [steps_from_ms(t_ref, dt) as f64];
    membrane.iter().chain(&gains).chain(&decays).chain(&spikes).chain(&rest).map(|&x| x as f32).collect()
}
