//! Leaky integrate-and-fire with exponential synaptic currents, integrated exactly.

use alloc::vec::Vec;

use super::{NeuronModel, Start, StateVar, neuron_body};
use crate::{
    param::{Param, Range, linear, log},
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
    source: "Rotter & Diesmann (1999), doi:10.1007/s004220050570; NEST 3.10, iaf_psc_exp",
    equations: &[
        "dV_m/dt = −(V_m − E_L)/tau_m + (I_syn_ex + I_syn_in + I_e)/C_m",
        "dI_syn_ex/dt = −I_syn_ex/tau_syn_ex",
        "dI_syn_in/dt = −I_syn_in/tau_syn_in",
        "V_m ≥ V_th → V_m = V_reset, t_ref",
    ],
    params: &[
        Param {
            name: "C_m",
            unit: Unit::Picofarad,
            default: 250.0,
            range: Range::POSITIVE,
            slider: log(10.0, 1000.0),
            doc: text("membrane capacitance", "膜电容"),
        },
        Param {
            name: "tau_m",
            unit: Unit::Millisecond,
            default: 10.0,
            range: Range::POSITIVE,
            slider: log(1.0, 100.0),
            doc: text("membrane time constant", "膜时间常数"),
        },
        Param {
            name: "E_L",
            unit: Unit::Millivolt,
            default: -70.0,
            range: Range::ANY,
            slider: linear(-90.0, -40.0),
            doc: text("resting potential", "静息电位"),
        },
        Param {
            name: "I_e",
            unit: Unit::Picoampere,
            default: 0.0,
            range: Range::ANY,
            slider: linear(-500.0, 1000.0),
            doc: text("constant input current: the drive", "恒定输入电流（驱动）"),
        },
        Param {
            name: "V_th",
            unit: Unit::Millivolt,
            default: -55.0,
            range: Range::ANY,
            slider: linear(-65.0, -35.0),
            doc: text("threshold: a neuron that reaches it fires", "阈值：达到即发放脉冲"),
        },
        Param {
            name: "V_reset",
            unit: Unit::Millivolt,
            default: -70.0,
            range: Range::ANY,
            slider: linear(-90.0, -50.0),
            doc: text("membrane potential after a spike", "发放后的复位电位"),
        },
        Param {
            name: "t_ref",
            unit: Unit::Millisecond,
            default: 2.0,
            range: Range::between(0.0, 1000.0),
            slider: linear(0.0, 20.0),
            doc: text("refractory time after a spike", "发放后的不应期"),
        },
        Param {
            name: "tau_syn_ex",
            unit: Unit::Millisecond,
            default: 2.0,
            range: Range::POSITIVE,
            slider: log(0.2, 50.0),
            doc: text("decay time of the excitatory current", "兴奋性突触电流的衰减时间"),
        },
        Param {
            name: "tau_syn_in",
            unit: Unit::Millisecond,
            default: 2.0,
            range: Range::POSITIVE,
            slider: log(0.2, 50.0),
            doc: text("decay time of the inhibitory current", "抑制性突触电流的衰减时间"),
        },
    ],
    orders: &[("V_reset", "V_th")],
    state: &[
        StateVar {
            name: "V_m",
            unit: Unit::Millivolt,
            start: Start::AtParam("E_L"),
            range: Range::ANY,
            doc: text("membrane potential", "膜电位"),
        },
        StateVar {
            name: "I_syn_ex",
            unit: Unit::Picoampere,
            start: Start::At(0.0),
            range: Range::ANY,
            doc: text("excitatory synaptic current", "兴奋性突触电流"),
        },
        StateVar {
            name: "I_syn_in",
            unit: Unit::Picoampere,
            start: Start::At(0.0),
            range: Range::ANY,
            doc: text("inhibitory synaptic current", "抑制性突触电流"),
        },
        StateVar {
            name: "refractory",
            unit: Unit::Step,
            start: Start::At(0.0),
            range: Range::between(0.0, 1e6),
            doc: text("steps of refractory time left", "剩余不应期步数"),
        },
    ],
    weight_unit: Unit::Picoampere,
    derive,
    update_scalar,
    update_lanes,
    body: BODY,
};

// `floor` is what the membrane gains in a step from its leak and its constant current.
neuron_body! {
    state(v, i_ex, i_in, held),
    constants(decay_m, floor, gain_ex, gain_in, gain_dc, decay_ex, decay_in, v_th, v_reset, n_ref),
    input(w_ex, w_in, i_stim),
    update {
        let resting = gt(held, real(0.0));
        let free = v * decay_m + (i_ex * gain_ex + i_in * gain_in + (floor + i_stim * gain_dc));
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
    // The floor goes with the decay as it is after rounding, so that the membrane rests exactly at E_L.
    let decay_m = f64::from(decay(tau_m) as f32);
    let gain_dc = tau_m / c_m * -libm::expm1(-dt / tau_m);
    [
        decay_m,
        e_l * (1.0 - decay_m) + i_e * gain_dc,
        gain(tau_ex, tau_m, c_m, dt),
        gain(tau_in, tau_m, c_m, dt),
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

/// What a synaptic current of 1 pA, decaying with `tau_s`, adds to the membrane over one step, in mV.
///
/// Equal time constants are the limit of the general form; it is taken where the two differ by less than 1e-7 of
/// themselves, before the difference of the exponentials loses its digits.
fn gain(tau_s: f64, tau_m: f64, c_m: f64, dt: f64) -> f64 {
    if libm::fabs(tau_s - tau_m) < 1e-7 * tau_m {
        return dt / c_m * libm::exp(-dt / tau_m);
    }
    // The slower exponential stands before the brackets, so that what is inside cannot overflow.
    let lag = dt / tau_m - dt / tau_s;
    let slower = libm::exp(-dt / tau_m.max(tau_s));
    let inside = if lag < 0.0 { -libm::expm1(lag) } else { libm::expm1(-lag) };
    tau_s * tau_m / (c_m * (tau_m - tau_s)) * slower * inside
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The propagator against a direct sum of the convolution integral, also where the time constants meet.
    #[test]
    fn gain_is_the_convolution_of_current_and_membrane() {
        for (tau_s, tau_m) in [(5.0, 20.0), (20.0, 5.0), (10.0, 10.0), (10.0, 10.000_01), (0.2, 30.0)] {
            let (c_m, dt, n) = (200.0, 0.1, 100_000);
            let mean: f64 = (0..n)
                .map(|i| (f64::from(i) + 0.5) / f64::from(n) * dt)
                .map(|s| libm::exp(-s / tau_s) * libm::exp(-(dt - s) / tau_m))
                .sum::<f64>()
                / f64::from(n);
            let want = mean * dt / c_m;
            let got = gain(tau_s, tau_m, c_m, dt);
            assert!((got / want - 1.0).abs() < 1e-8, "{tau_s} {tau_m}: {got} {want}");
        }
    }

    /// Where one time constant is far below the step, what is left is the steady state of the faster process.
    #[test]
    fn gain_holds_for_time_constants_far_below_the_step() {
        let (c_m, dt, slow, fast) = (200.0, 0.1, 5.0, 1e-5);
        let want = slow * fast / (c_m * (slow - fast)) * libm::exp(-dt / slow);
        for got in [gain(slow, fast, c_m, dt), gain(fast, slow, c_m, dt)] {
            assert!((got / want - 1.0).abs() < 1e-12, "{got} {want}");
        }
    }
}
