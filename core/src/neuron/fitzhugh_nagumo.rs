//! FitzHugh and Nagumo's two-variable neuron, without units, integrated by the classical Runge-Kutta method.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Plane, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, linear, log},
    text::{Text, text},
    units::Unit,
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "fitzhugh_nagumo",
    title: text("FitzHugh-Nagumo", "FitzHugh-Nagumo 神经元"),
    doc: text(
        "The simplest neuron that makes spikes without a reset: a fast variable with a cubic nullcline and a slow one \
         with a straight nullcline. It has no units, but its unit of time is a millisecond here. A spike is told where \
         v crosses v_th upwards; one that arrives makes v jump by the weight. Both variables follow a fourth-order \
         Runge-Kutta step.",
        "无需复位即可产生脉冲的最简神经元：快变量的零斜线为三次曲线，慢变量的零斜线为直线。模型无量纲，此处时间单位取 1 毫秒。\
         v 向上穿过 v_th 时记为脉冲；脉冲到达时 v 跃变一个权重。两个变量都用四阶龙格-库塔法积分。",
    ),
    method: Method::RUNGE_KUTTA,
    // The fast variable takes about one unit of time.
    largest_dt: |_| 0.5,
    accuracy: Accuracy { membrane: 1e-3, steps: 0 },
    source: "FitzHugh (1961), doi:10.1016/S0006-3495(61)86902-6; Nagumo et al. (1962), doi:10.1109/JRPROC.1962.288235",
    equations: &["dv/dt = v − v³/3 − w + I_e", "tau dw/dt = v + a − b w", "v ≥ v_th → spike"],
    params: &[
        number("a", 0.7, linear(-1.0, 2.0), text("where the slow nullcline crosses", "慢零斜线的位置")),
        number("b", 0.8, linear(0.0, 2.0), text("how steep the slow nullcline is", "慢零斜线的斜率倒数")),
        Param {
            name: "tau",
            unit: Unit::Millisecond,
            default: 12.5,
            range: Range::POSITIVE,
            slider: log(1.0, 100.0),
            doc: text("time constant of the slow variable", "慢变量的时间常数"),
        },
        common::drive(0.0, Unit::One, -0.5, 2.0),
        number("v_th", 1.0, linear(-1.0, 2.0), text("v that crosses it upwards is a spike", "v 向上穿过此值即为脉冲")),
    ],
    orders: &[],
    // The rest without input.
    state: &[
        variable("v", -1.199_408, text("fast variable, for the membrane", "快变量，代表膜电位")),
        variable("w", -0.624_260_04, text("slow variable, for the recovery", "慢变量，代表恢复")),
        common::CROSSED,
    ],
    plane: Some(PLANE),
    weight_unit: Unit::One,
    receptors: &[],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

const fn number(name: &'static str, default: f64, slider: crate::param::Slider, doc: Text) -> Param {
    Param { name, unit: Unit::One, default, range: Range::ANY, slider, doc }
}

const fn variable(name: &'static str, start: f32, doc: Text) -> StateVar {
    StateVar { name, unit: Unit::One, start: Start::At(start), range: Range::ANY, doc }
}

const PLANE: Plane = Plane {
    variables: ["v", "w"],
    nullclines: [|p, v| v - v * v * v / 3.0 + p("I_e"), |p, v| (v + p("a")) / p("b")],
    threshold: "v_th",
    window: |p| [(-2.5, 2.5), (-1.0 + p("I_e").min(0.0), 1.5 + p("I_e").max(0.0))],
};

// `dv` and `dw` are changes in a step.
neuron_body! {
    state(v, w, crossed),
    constants(dt, i_e, a, b, dt_tau, v_th, third, sixth),
    input([w_ex, w_in], i_stim),
    functions {
        fn dv(v, w, current) = (v - v * v * v * third - w + current) * dt;
        fn dw(v, w) = (v + a - w * b) * dt_tau;
    }
    update {
        let current = i_e + i_stim;
        let k_1 = dv(v, w, current);
        let l_1 = dw(v, w);
        let k_2 = dv(v + k_1 * real(0.5), w + l_1 * real(0.5), current);
        let l_2 = dw(v + k_1 * real(0.5), w + l_1 * real(0.5));
        let k_3 = dv(v + k_2 * real(0.5), w + l_2 * real(0.5), current);
        let l_3 = dw(v + k_2 * real(0.5), w + l_2 * real(0.5));
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

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[a, b, tau, i_e, v_th] = params else { unreachable!("derive() gets a value for every parameter") };
    [dt, i_e, a, b, dt / tau, v_th, 1.0 / 3.0, 1.0 / 6.0].iter().map(|&x| x as f32).collect()
}
