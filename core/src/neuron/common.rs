//! Parameters, state variables and propagators that several models share.

use super::{Receptor, Start, StateVar};
use crate::{
    param::{Param, Range, Slider, linear, log},
    text::{Text, text},
    units::Unit,
};

const fn param(name: &'static str, unit: Unit, default: f64, range: Range, slider: Slider, doc: Text) -> Param {
    Param { name, unit, default, range, slider, doc }
}

pub(super) const fn c_m(default: f64) -> Param {
    param("C_m", Unit::Picofarad, default, Range::POSITIVE, log(10.0, 1000.0), text("membrane capacitance", "膜电容"))
}

pub(super) const fn tau_m(default: f64) -> Param {
    param(
        "tau_m",
        Unit::Millisecond,
        default,
        Range::POSITIVE,
        log(1.0, 100.0),
        text("membrane time constant", "膜时间常数"),
    )
}

pub(super) const fn e_l(default: f64) -> Param {
    param("E_L", Unit::Millivolt, default, Range::ANY, linear(-90.0, -40.0), text("resting potential", "静息电位"))
}

pub(super) const fn i_e(default: f64) -> Param {
    let doc = text("constant input current: the drive", "恒定输入电流（驱动）");
    param("I_e", Unit::Picoampere, default, Range::ANY, linear(-500.0, 1000.0), doc)
}

/// The constant input of a model with other currents than most.
pub(super) const fn drive(default: f64, unit: Unit, least: f64, most: f64) -> Param {
    Param { unit, slider: linear(least, most), ..i_e(default) }
}

pub(super) const fn v_th(default: f64) -> Param {
    let doc = text("threshold: a neuron that reaches it fires", "阈值：达到即发放脉冲");
    param("V_th", Unit::Millivolt, default, Range::ANY, linear(-65.0, -35.0), doc)
}

pub(super) const fn v_reset(default: f64) -> Param {
    let doc = text("membrane potential after a spike", "发放后的复位电位");
    param("V_reset", Unit::Millivolt, default, Range::ANY, linear(-90.0, -50.0), doc)
}

pub(super) const fn t_ref(default: f64) -> Param {
    let doc = text("refractory time after a spike", "发放后的不应期");
    param("t_ref", Unit::Millisecond, default, Range::between(0.0, 1000.0), linear(0.0, 20.0), doc)
}

/// `of` is what decays: a current or a conductance.
const fn tau_syn(name: &'static str, default: f64, doc: Text) -> Param {
    param(name, Unit::Millisecond, default, Range::POSITIVE, log(0.2, 50.0), doc)
}

pub(super) const fn tau_current_ex(default: f64) -> Param {
    tau_syn("tau_syn_ex", default, text("time constant of the excitatory current", "兴奋性突触电流的时间常数"))
}

pub(super) const fn tau_current_in(default: f64) -> Param {
    tau_syn("tau_syn_in", default, text("time constant of the inhibitory current", "抑制性突触电流的时间常数"))
}

pub(super) const fn tau_conductance_ex(default: f64) -> Param {
    tau_syn("tau_syn_ex", default, text("time constant of the excitatory conductance", "兴奋性突触电导的时间常数"))
}

pub(super) const fn tau_conductance_in(default: f64) -> Param {
    tau_syn("tau_syn_in", default, text("time constant of the inhibitory conductance", "抑制性突触电导的时间常数"))
}

pub(super) const fn g_l(default: f64) -> Param {
    conductance("g_L", default, text("leak conductance", "漏电导"))
}

pub(super) const fn conductance(name: &'static str, default: f64, doc: Text) -> Param {
    let slider = log(default / 10.0, default * 10.0);
    param(name, Unit::Nanosiemens, default, Range::POSITIVE, slider, doc)
}

pub(super) const fn e_ex(default: f64) -> Param {
    let doc = text("excitatory reversal potential", "兴奋性反转电位");
    param("E_ex", Unit::Millivolt, default, Range::ANY, linear(-40.0, 40.0), doc)
}

pub(super) const fn e_in(default: f64) -> Param {
    let doc = text("inhibitory reversal potential", "抑制性反转电位");
    param("E_in", Unit::Millivolt, default, Range::ANY, linear(-100.0, -50.0), doc)
}

pub(super) const fn potential(name: &'static str, default: f64, doc: Text) -> Param {
    param(name, Unit::Millivolt, default, Range::ANY, linear(default - 40.0, default + 40.0), doc)
}

pub(super) const fn v_m(start: Start) -> StateVar {
    let doc = text("membrane potential", "膜电位");
    StateVar { name: "V_m", unit: Unit::Millivolt, start, range: Range::ANY, doc }
}

pub(super) const I_SYN_EX: StateVar = StateVar {
    name: "I_syn_ex",
    unit: Unit::Picoampere,
    start: Start::At(0.0),
    range: Range::ANY,
    doc: text("excitatory synaptic current", "兴奋性突触电流"),
};

pub(super) const I_SYN_IN: StateVar = StateVar {
    name: "I_syn_in",
    unit: Unit::Picoampere,
    start: Start::At(0.0),
    range: Range::ANY,
    doc: text("inhibitory synaptic current", "抑制性突触电流"),
};

pub(super) const G_EX: StateVar = StateVar {
    name: "g_ex",
    unit: Unit::Nanosiemens,
    start: Start::At(0.0),
    range: Range::NON_NEGATIVE,
    doc: text("excitatory synaptic conductance", "兴奋性突触电导"),
};

pub(super) const G_IN: StateVar = StateVar {
    name: "g_in",
    unit: Unit::Nanosiemens,
    start: Start::At(0.0),
    range: Range::NON_NEGATIVE,
    doc: text("inhibitory synaptic conductance", "抑制性突触电导"),
};

const fn receptors(excitatory: Range, inhibitory: Range) -> [Receptor; 2] {
    [
        Receptor { name: "ex", weights: excitatory, doc: text("excitatory", "兴奋性") },
        Receptor { name: "in", weights: inhibitory, doc: text("inhibitory", "抑制性") },
    ]
}

/// Two synaptic currents, which may flow either way.
pub(super) const CURRENTS: &[Receptor] = &receptors(Range::ANY, Range::ANY);

/// Two synaptic conductances, of which none is below zero: as in NEST, the inhibitory one is opened by negative weights.
pub(super) const CONDUCTANCES: &[Receptor] = &receptors(Range::NON_NEGATIVE, Range::between(-Range::LARGEST, 0.0));

/// What drives an alpha-shaped current or conductance up: `dI_syn_ex`, `dg_in` and so on, in `unit` per ms.
pub(super) const fn slope(name: &'static str, unit: Unit) -> StateVar {
    let doc = text("rise of the synaptic input, per ms", "突触输入的上升率（每毫秒）");
    StateVar { name, unit, start: Start::At(0.0), range: Range::ANY, doc }
}

/// The open part of an ion channel's gates.
pub(super) const fn gate(name: &'static str, start: f32, doc: Text) -> StateVar {
    StateVar { name, unit: Unit::One, start: Start::At(start), range: Range::between(0.0, 1.0), doc }
}

/// A variable that is one after a step in which something has happened, and zero otherwise.
pub(super) const fn passed(name: &'static str, doc: Text) -> StateVar {
    StateVar { name, unit: Unit::One, start: Start::At(0.0), range: Range::between(0.0, 1.0), doc }
}

/// For bodies whose spikes are crossings of a threshold, with nothing reset.
pub(super) const CROSSED: StateVar =
    passed("crossed", text("whether the membrane has just crossed the threshold", "膜电位是否刚穿过阈值"));

/// For bodies that decide on a spike before their step ends.
pub(super) const SPIKED: StateVar = passed("spiked", text("whether the last step was a spike", "上一步是否发放了脉冲"));

pub(super) const REFRACTORY: StateVar = StateVar {
    name: "refractory",
    unit: Unit::Step,
    start: Start::At(0.0),
    range: Range::between(0.0, 1e6),
    doc: text("steps of refractory time left", "剩余不应期步数"),
};

/// The largest step of what is exact at any step.
pub(super) fn any_step(_params: &[f64]) -> f64 {
    f64::INFINITY
}

/// The smallest of some times, ms.
pub(super) fn smallest(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::INFINITY, f64::min)
}

/// The exact step of a leaky membrane: its decay, the drift that its rest and its constant current give it, and what
/// 1 pA of injected current adds, in mV.
///
/// The drift goes with the decay as it is after rounding, so that the membrane rests exactly at E_L.
pub(super) fn membrane(tau_m: f64, c_m: f64, e_l: f64, i_e: f64, dt: f64) -> [f64; 3] {
    let decay = f64::from(libm::exp(-dt / tau_m) as f32);
    let gain_dc = tau_m / c_m * -libm::expm1(-dt / tau_m);
    [decay, e_l * (1.0 - decay) + i_e * gain_dc, gain_dc]
}

/// What an alpha-shaped current or conductance needs: its decay over half a step and over a step, and the slope, per ms,
/// that a weight of one gives it, so that it peaks at one.
pub(super) fn alpha(tau: f64, dt: f64) -> [f64; 3] {
    [libm::exp(-0.5 * dt / tau), libm::exp(-dt / tau), core::f64::consts::E / tau]
}

/// What a synaptic current of 1 pA, decaying with `tau_s`, adds to the membrane over one step, in mV.
///
/// Equal time constants are the limit of the general form; it is taken where the two differ by less than 1e-7 of
/// themselves, before the difference of the exponentials loses its digits.
pub(super) fn gain(tau_s: f64, tau_m: f64, c_m: f64, dt: f64) -> f64 {
    if libm::fabs(tau_s - tau_m) < 1e-7 * tau_m {
        return dt / c_m * libm::exp(-dt / tau_m);
    }
    // The slower exponential stands before the brackets, so that what is inside cannot overflow.
    let lag = dt / tau_m - dt / tau_s;
    let slower = libm::exp(-dt / tau_m.max(tau_s));
    let inside = if lag < 0.0 { -libm::expm1(lag) } else { libm::expm1(-lag) };
    tau_s * tau_m / (c_m * (tau_m - tau_s)) * slower * inside
}

/// What a current that begins at zero and would rise by 1 pA per ms, but decays with `tau_s`, adds to the membrane over
/// one step, in mV: the integral of s·exp(-s/tau_s)·exp(-(dt - s)/tau_m)/C_m over the step.
///
/// Where the time constants are so near that the closed form would lose half its digits, its series is taken.
pub(super) fn gain_of_slope(tau_s: f64, tau_m: f64, c_m: f64, dt: f64) -> f64 {
    let a = 1.0 / tau_m - 1.0 / tau_s;
    let lag = a * dt;
    let integral = if libm::fabs(lag) < 1e-3 {
        dt * dt * (0.5 + lag * (1.0 / 3.0 + lag * (1.0 / 8.0 + lag / 30.0)))
    } else if lag > 500.0 {
        // exp(lag) may overflow: only its product with exp(-dt/tau_m) counts.
        return (dt / a - 1.0 / (a * a)) * libm::exp(-dt / tau_s) / c_m;
    } else {
        dt * libm::exp(lag) / a - libm::expm1(lag) / (a * a)
    };
    integral * libm::exp(-dt / tau_m) / c_m
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: [(f64, f64); 5] = [(5.0, 20.0), (20.0, 5.0), (10.0, 10.0), (10.0, 10.000_01), (0.2, 30.0)];
    const C_M: f64 = 200.0;
    const DT: f64 = 0.1;

    /// The mean over the step of `input` as the membrane feels it at its end.
    fn direct(tau_m: f64, input: impl Fn(f64) -> f64) -> f64 {
        let n = 100_000;
        let at = |i: i32| (f64::from(i) + 0.5) / f64::from(n) * DT;
        let sum: f64 = (0..n).map(at).map(|s| input(s) * libm::exp(-(DT - s) / tau_m)).sum();
        sum / f64::from(n) * DT / C_M
    }

    /// The propagators against direct sums of the convolution integral, also where the time constants meet.
    #[test]
    fn gains_are_the_convolution_of_current_and_membrane() {
        for (tau_s, tau_m) in PAIRS {
            let want = direct(tau_m, |s| libm::exp(-s / tau_s));
            let got = gain(tau_s, tau_m, C_M, DT);
            assert!((got / want - 1.0).abs() < 1e-8, "{tau_s} {tau_m}: {got} {want}");
            let want = direct(tau_m, |s| s * libm::exp(-s / tau_s));
            let got = gain_of_slope(tau_s, tau_m, C_M, DT);
            assert!((got / want - 1.0).abs() < 1e-8, "{tau_s} {tau_m}: {got} {want}");
        }
    }

    /// Where one time constant is far below the step, what is left is the steady state of the faster process.
    #[test]
    fn gains_hold_for_time_constants_far_below_the_step() {
        let (slow, fast) = (5.0, 1e-5);
        let want = slow * fast / (C_M * (slow - fast)) * libm::exp(-DT / slow);
        for got in [gain(slow, fast, C_M, DT), gain(fast, slow, C_M, DT)] {
            assert!((got / want - 1.0).abs() < 1e-12, "{got} {want}");
        }
        for got in [gain_of_slope(slow, fast, C_M, DT), gain_of_slope(fast, slow, C_M, DT)] {
            assert!(got.is_finite() && got >= 0.0, "{got}");
        }
    }
}
