//! The leaky integrate-and-fire neuron of Intel's Loihi, in whole numbers.

use alloc::vec::Vec;

use super::{Accuracy, Method, NeuronModel, Order, Start, StateVar, common, neuron_body};
use crate::{
    param::{Param, Range, linear},
    text::{Text, text},
    units::Unit,
};

pub(super) static MODEL: NeuronModel = NeuronModel {
    name: "loihi_lif",
    title: text("Loihi, integer LIF", "Loihi，整数 LIF"),
    doc: text(
        "The neuron of Intel's digital chip Loihi, in whole numbers of 24 bits with their sign: every step current and \
         membrane lose du and dv of 4096 parts, rounded towards zero. A spike that arrives adds 64 times its weight to \
         the current, which moves the membrane in the same step. Its time is the step, so that another step is another \
         neuron. What does not fit 24 bits stays at their end.",
        "Intel 数字芯片 Loihi 的神经元，以带符号的 24 位整数运算：每一步电流与膜电位分别损失 4096 分之 du 与 dv，向零取整。\
         脉冲到达时电流增加权重的 64 倍，并在同一步作用于膜电位。它以步为时间单位，因此换一个步长就是另一个神经元。超出 24 位的值停在两端。",
    ),
    method: Method {
        name: text("integer arithmetic, a step is a step", "整数运算，一步即一步"),
        order: Order::Discrete,
    },
    largest_dt: common::any_step,
    accuracy: Accuracy { membrane: 0.0, steps: 0 },
    source: "Davies et al. (2018), doi:10.1109/MM.2018.112130359",
    equations: &["u = u (4096 − du)/4096 + 64 w", "v = v (4096 − dv)/4096 + u + bias", "v > 64 vth → v = 0"],
    params: &[
        whole(
            "du",
            410,
            [0, 4096],
            [0, 4096],
            text("what the current loses in a step, of 4096", "电流每步的损失（以 4096 为整体）"),
        ),
        whole(
            "dv",
            128,
            [0, 4096],
            [0, 4096],
            text("what the membrane loses in a step, of 4096", "膜电位每步的损失（以 4096 为整体）"),
        ),
        whole("vth", 100, [0, 131_071], [1, 1000], text("threshold, in units of 64", "阈值，以 64 为单位")),
        whole("bias", 0, [-524_160, 524_160], [-100, 2000], text("constant input", "恒定输入")),
    ],
    orders: &[],
    state: &[number("v", text("membrane", "膜电位")), number("u", text("synaptic current", "突触电流"))],
    plane: None,
    weight_unit: Unit::One,
    receptors: &[],
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

const fn whole(name: &'static str, default: i32, range: [i32; 2], slider: [i32; 2], doc: Text) -> Param {
    Param {
        name,
        unit: Unit::Count,
        default: default as f64,
        range: Range::between(range[0] as f64, range[1] as f64),
        slider: linear(slider[0] as f64, slider[1] as f64),
        doc,
    }
}

const fn number(name: &'static str, doc: Text) -> StateVar {
    StateVar { name, unit: Unit::One, start: Start::At(0.0), range: Range::between(-8_388_607.0, 8_388_607.0), doc }
}

// All numbers are whole and below 2^24, where single precision is exact. `whole` rounds down, and `part` is a·keep/4096
// rounded down, made of the upper and the lower twelve bits of a, since the product as a whole would have too many.
neuron_body! {
    state(v, u),
    constants(keep_u, keep_v, v_th, bias),
    input([w_ex, w_in], i_stim),
    functions {
        fn whole(x) = round(x) - select(real(0.0), real(1.0), gt(round(x), x));
        fn upper(a) = whole(a * real(0.00024414063));
        fn part(a, keep) = upper(a) * keep + whole((a - upper(a) * real(4096.0)) * keep * real(0.00024414063));
        fn decayed(x, keep) = select(part(x, keep), -part(-x, keep), gt(real(0.0), x));
        fn within(x, most) = max(min(x, most), -most);
    }
    update {
        let arriving = round(within(w_ex + w_in, real(131072.0))) * real(64.0);
        u = within(decayed(u, keep_u) + arriving, real(8388607.0));
        v = within(decayed(v, keep_v) + u + (bias + round(within(i_stim, real(524160.0)))), real(8388607.0));
    }
    threshold { gt(v, v_th) }
    reset {
        v = real(0.0);
    }
}

fn derive(params: &[f64], _dt: f64) -> Vec<f32> {
    let &[du, dv, vth, bias] = params else { unreachable!("derive() gets a value for every parameter") };
    [4096.0 - du, 4096.0 - dv, 64.0 * vth, bias].iter().map(|&x| x as f32).collect()
}
