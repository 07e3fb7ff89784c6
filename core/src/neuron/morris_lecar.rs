//! Morris and Lecar's two-variable neuron with instantaneous synapses, integrated by the classical Runge-Kutta method.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Plane, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "morris_lecar",
    title: text("Morris-Lecar", "Morris-Lecar 神经元"),
    doc: text(
        "The barnacle's muscle fibre: calcium opens at once, potassium follows, and the two make spikes without a \
         reset. With these parameters firing begins at a rate above zero (Hopf onset). A spike is told where the \
         membrane crosses V_th upwards; one that arrives makes it jump by the weight. Both variables follow a \
         fourth-order Runge-Kutta step.",
        "藤壶肌纤维模型：钙通道即时开放，钾通道随后跟进，两者无需复位即可产生脉冲。在默认参数下，发放以非零频率开始（霍普夫分岔）。\
         膜电位向上穿过 V_th 时记为脉冲；脉冲到达时膜电位跃变一个权重。两个变量都用四阶龙格-库塔法积分。",
    ),
    method: Method::RUNGE_KUTTA,
    largest_dt,
    accuracy: Accuracy { membrane: 1e-2, steps: 0 },
    source: "Morris & Lecar (1981), doi:10.1016/S0006-3495(81)84782-0; parameters of Rinzel & Ermentrout (1998), Methods in Neuronal Modeling",
    equations: &[
        "C_m dV_m/dt = −g_Ca m (V_m − E_Ca) − g_K w (V_m − E_K) − g_L (V_m − E_L) + I_e",
        "dw/dt = phi cosh((V_m − V_3)/(2 V_4)) (w_∞ − w)",
        "m = (1 + tanh((V_m − V_1)/V_2))/2",
        "w_∞ = (1 + tanh((V_m − V_3)/V_4))/2",
        "V_m ≥ V_th → spike",
    ],
    params: &[
        common::c_m(20.0),
        common::conductance("g_Ca", 4.4, text("calcium conductance", "钙电导")),
        common::conductance("g_K", 8.0, text("potassium conductance", "钾电导")),
        common::g_l(2.0),
        common::potential("E_Ca", 120.0, text("calcium reversal potential", "钙反转电位")),
        common::potential("E_K", -84.0, text("potassium reversal potential", "钾反转电位")),
        common::e_l(-60.0),
        common::drive(0.0, Unit::Picoampere, 0.0, 300.0),
        common::potential("V_1", -1.2, text("where half of the calcium channels are open", "钙通道半开放电位")),
        width("V_2", 18.0, "how gradually calcium opens", "钙通道开放的缓急"),
        common::potential("V_3", 2.0, text("where half of the potassium channels are open", "钾通道半开放电位")),
        width("V_4", 30.0, "how gradually potassium opens", "钾通道开放的缓急"),
        Param {
            name: "phi",
            unit: Unit::One,
            default: 0.04,
            range: Range::NON_NEGATIVE,
            slider: linear(0.0, 0.5),
            doc: text("speed of potassium, per ms", "钾通道的速度（每毫秒）"),
        },
        Param {
            default: 10.0,
            doc: text("a membrane that crosses it upwards fires", "膜电位向上穿过此值即发放"),
            slider: linear(-20.0, 30.0),
            ..common::v_th(10.0)
        },
    ],
    orders: &[("E_K", "E_Ca")],
    // The rest under no current.
    state: &[
        common::v_m(Start::At(-60.855_38)),
        StateVar {
            name: "w",
            unit: Unit::One,
            start: Start::At(0.014_915_025),
            range: Range::between(0.0, 1.0),
            doc: text("open part of the potassium channels", "钾通道开放比例"),
        },
        common::CROSSED,
    ],
    plane: Some(PLANE),
    weight_unit: Unit::Millivolt,
    receptors: &[],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

const fn width(name: &'static str, default: f64, en: &'static str, zh: &'static str) -> Param {
    Param { name, unit: Unit::Millivolt, default, range: Range::POSITIVE, slider: linear(5.0, 60.0), doc: text(en, zh) }
}

const PLANE: Plane = Plane {
    variables: ["V_m", "w"],
    nullclines: [
        |p, v| {
            let m = 0.5 + 0.5 * libm::tanh((v - p("V_1")) / p("V_2"));
            let inward = p("I_e") - p("g_Ca") * m * (v - p("E_Ca")) - p("g_L") * (v - p("E_L"));
            inward / (p("g_K") * (v - p("E_K")))
        },
        |p, v| 0.5 + 0.5 * libm::tanh((v - p("V_3")) / p("V_4")),
    ],
    threshold: "V_th",
    window: |_| [(-75.0, 45.0), (-0.05, 0.6)],
};

// `dv` and `dw` are changes in a step; (1 + tanh x)/2 is 1/(1 + exp(−2 x)).
neuron_body! {
    state(v, w, crossed),
    constants(dt_c, g_ca, g_k, g_l, e_ca, e_k, e_l, i_e, v_1, steep_m, v_3, steep_w, pace, v_th, sixth),
    input([w_ex, w_in], i_stim),
    functions {
        fn open(x) = inverse(exp(-x) + real(1.0));
        fn cosh_of(x) = (exp(x) + exp(-x)) * real(0.5);
        fn dv(v, w, current) = ((e_ca - v) * g_ca * open((v - v_1) * steep_m)
            + (e_k - v) * g_k * w + (e_l - v) * g_l + current) * dt_c;
        fn dw(v, w) = (open((v - v_3) * steep_w) - w) * cosh_of((v - v_3) * steep_w * real(0.25)) * pace;
    }
    update {
        let current = i_e + i_stim;
        let k_1 = dv(v, w, current);
        let l_1 = dw(v, w);
        let v_2 = v + k_1 * real(0.5);
        let k_2 = dv(v_2, w + l_1 * real(0.5), current);
        let l_2 = dw(v_2, w + l_1 * real(0.5));
        let v_half = v + k_2 * real(0.5);
        let k_3 = dv(v_half, w + l_2 * real(0.5), current);
        let l_3 = dw(v_half, w + l_2 * real(0.5));
        let k_4 = dv(v + k_3, w + l_3, current);
        let l_4 = dw(v + k_3, w + l_3);
        let next = v + (k_1 + (k_2 + k_3) * real(2.0) + k_4) * sixth + (w_ex + w_in);
        w = w + (l_1 + (l_2 + l_3) * real(2.0) + l_4) * sixth;
        crossed = select(real(0.0), select(real(0.0), real(1.0), ge(next, v_th)), gt(v_th, v));
        v = next;
    }
    threshold { gt(crossed, real(0.5)) }
    reset {}
}

/// A part of the time constant that the membrane has with all channels open.
fn largest_dt(params: &[f64]) -> f64 {
    let &[c_m, g_ca, g_k, g_l, ..] = params else { unreachable!("largest_dt() gets a value for every parameter") };
    0.5 * c_m / (g_ca + g_k + g_l)
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[c_m, g_ca, g_k, g_l, e_ca, e_k, e_l, i_e, v_1, v_2, v_3, v_4, phi, v_th] = params else {
        unreachable!("derive() gets a value for every parameter")
    };
    [dt / c_m, g_ca, g_k, g_l, e_ca, e_k, e_l, i_e, v_1, 2.0 / v_2, v_3, 2.0 / v_4, phi * dt, v_th, 1.0 / 6.0]
        .iter()
        .map(|&x| x as f32)
        .collect()
}
