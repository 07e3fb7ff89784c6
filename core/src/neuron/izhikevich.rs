//! Izhikevich's two-variable neuron, integrated by the forward Euler method, as its author and NEST do.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Order, Plane, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, linear},
    text::text,
    units::Unit,
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "izhikevich",
    title: text("Izhikevich", "Izhikevich 神经元"),
    doc: text(
        "Two variables that imitate most firing patterns of cortical neurons: the membrane potential and its recovery. A \
         spike that arrives makes the membrane potential jump by the weight. Integrated by the forward Euler method, of \
         first order; steps above 0.5 ms change the firing patterns, and 0.1 ms is close to the limit of short steps.",
        "两个变量即可模拟皮层神经元的大多数发放模式：膜电位及其恢复变量。脉冲到达时膜电位跃变一个权重。\
         采用一阶前向欧拉法；步长超过 0.5 ms 会改变发放模式，0.1 ms 已接近步长趋于零的极限。",
    ),
    method: Method {
        name: text("forward Euler, order 1, as NEST", "前向欧拉法（一阶），与 NEST 相同"),
        order: Order::Power(1),
    },
    // The author takes the membrane in two such steps a millisecond.
    largest_dt: |_| 0.5,
    // The upstroke multiplies what rounding leaves.
    accuracy: Accuracy { membrane: 1e-2, steps: 0 },
    source: "Izhikevich (2003), doi:10.1109/TNN.2003.820440; NEST 3.10, izhikevich",
    equations: &[
        "dV_m/dt = 0.04 V_m² + 5 V_m + 140 − U_m + I_e",
        "dU_m/dt = a (b V_m − U_m)",
        "V_m ≥ V_th → V_m = c, U_m = U_m + d",
    ],
    params: &[
        Param {
            name: "a",
            unit: Unit::One,
            default: 0.02,
            range: Range::ANY,
            slider: linear(0.0, 0.2),
            doc: text("speed of the recovery, per ms", "恢复变量的速度（每毫秒）"),
        },
        Param {
            name: "b",
            unit: Unit::One,
            default: 0.2,
            range: Range::ANY,
            slider: linear(-0.2, 0.4),
            doc: text("how strongly the recovery follows the membrane", "恢复变量对膜电位的敏感度"),
        },
        Param {
            name: "c",
            unit: Unit::Millivolt,
            default: -65.0,
            range: Range::ANY,
            slider: linear(-80.0, -40.0),
            doc: text("membrane potential after a spike", "发放后的复位电位"),
        },
        Param {
            name: "d",
            unit: Unit::Millivolt,
            default: 8.0,
            range: Range::ANY,
            slider: linear(-5.0, 10.0),
            doc: text("jump of the recovery at a spike", "发放时恢复变量的增量"),
        },
        Param {
            name: "V_th",
            unit: Unit::Millivolt,
            default: 30.0,
            range: Range::ANY,
            slider: linear(0.0, 60.0),
            doc: text("peak of a spike", "脉冲峰值"),
        },
        common::drive(0.0, Unit::Picoampere, -20.0, 50.0),
    ],
    orders: &[("c", "V_th")],
    state: &[
        common::v_m(Start::At(-65.0)),
        StateVar {
            name: "U_m",
            unit: Unit::Millivolt,
            start: Start::At(-13.0),
            range: Range::ANY,
            doc: text("recovery of the membrane", "膜恢复变量"),
        },
    ],
    plane: Some(PLANE),
    weight_unit: Unit::Millivolt,
    receptors: &[],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

const PLANE: Plane = Plane {
    variables: ["V_m", "U_m"],
    nullclines: [|p, v| 0.04 * v * v + 5.0 * v + 140.0 + p("I_e"), |p, v| p("b") * v],
    threshold: "V_th",
    window: |p| [(-85.0, p("V_th") + 5.0), (-20.0, 10.0)],
};

neuron_body! {
    state(v, u),
    constants(dt, dt_a, b, c, d, v_th, i_e),
    input([w_ex, w_in], i_stim),
    update {
        let slope = v * v * real(0.04) + v * real(5.0) + real(140.0) - u + (i_e + i_stim);
        let du = (v * b - u) * dt_a;
        v = v + slope * dt + (w_ex + w_in);
        u = u + du;
    }
    threshold { ge(v, v_th) }
    reset {
        v = c;
        u = u + d;
    }
}

fn derive(params: &[f64], dt: f64) -> Vec<f32> {
    let &[a, b, c, d, v_th, i_e] = params else { unreachable!("derive() gets a value for every parameter") };
    [dt, dt * a, b, c, d, v_th, i_e].iter().map(|&x| x as f32).collect()
}
