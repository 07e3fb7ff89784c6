//! The neuron and synapse models as Brian2 has them written: equations with units, in the names of core's descriptors.
//!
//! Brian2 stamps a step with its beginning and NEST with its end. With synapses before thresholds, as in the programs
//! that are written here, a delay is one step shorter, and a refractory time takes one step more.

/// A neuron model in Brian2.
pub(super) struct Model {
    /// Its name in core.
    pub name: &'static str,
    /// The equations, where `I_e` is all injected current.
    pub equations: &'static str,
    /// The condition of a spike.
    pub threshold: &'static str,
    /// What a spike changes.
    pub reset: &'static str,
    /// How long a spike lasts, or while what holds there is no other.
    pub refractory: &'static str,
    /// How it is integrated; Brian2's exact method fails where two time constants are equal.
    pub method: &'static str,
    /// What each step begins with.
    pub first: &'static str,
    /// What a positive weight `{w}` does, and a negative one.
    pub hears: [&'static str; 2],
}

/// The membrane stands still for t_ref.
pub(super) const HELD: &str = "t_ref + dt";
/// A spike is a crossing upward.
const CROSSING: &str = "V_m >= V_th";
pub(super) const FREE: &str = "False";

const CURRENTS: [&str; 2] = ["I_syn_ex += {w}", "I_syn_in += {w}"];
const CURRENT_JUMPS: [&str; 2] = ["dI_syn_ex += {w}", "dI_syn_in += {w}"];
const CONDUCTANCES: [&str; 2] = ["g_ex += {w}", "g_in -= {w}"];
const CONDUCTANCE_JUMPS: [&str; 2] = ["dg_ex += {w}", "dg_in -= {w}"];
/// What arrives while the membrane is held is lost.
const HELD_MEMBRANE: [&str; 2] = ["V_m += {w}*int(not_refractory)"; 2];
const MEMBRANE: [&str; 2] = ["V_m += {w}"; 2];

/// An integrate-and-fire model.
const IAF: Model = Model {
    name: "",
    equations: "",
    threshold: "V_m >= V_th",
    reset: "V_m = V_reset",
    refractory: HELD,
    method: "exact",
    first: "",
    hears: CURRENTS,
};
/// One that fires on the upstroke.
const EXPONENTIAL: Model = Model { threshold: "V_m >= V_peak", method: "rk4", ..IAF };
/// One of NIR, without units.
const NIR: Model = Model {
    threshold: "v > v_threshold",
    reset: "v = v_reset",
    refractory: FREE,
    hears: ["v += r*{w}*ms/tau"; 2],
    ..IAF
};
/// One of NIR that never fires.
const NIR_SILENT: Model = Model { threshold: "False", reset: "", ..NIR };
/// One of Hodgkin and Huxley, which fires at the crest.
const HODGKIN_HUXLEY: Model = Model {
    threshold: "V_before >= 0*mV and V_m < V_before",
    reset: "",
    method: "exponential_euler",
    first: "V_before = V_m",
    ..IAF
};

pub(super) const MODELS: &[Model] = &[
    Model {
        name: "iaf_psc_delta",
        equations: "dV_m/dt = -(V_m - E_L)/tau_m + I_e/C_m : volt (unless refractory)",
        hears: HELD_MEMBRANE,
        ..IAF
    },
    Model {
        name: "iaf_psc_exp",
        equations: "\
dV_m/dt = -(V_m - E_L)/tau_m + (I_syn_ex + I_syn_in + I_e)/C_m : volt (unless refractory)
dI_syn_ex/dt = -I_syn_ex/tau_syn_ex : amp
dI_syn_in/dt = -I_syn_in/tau_syn_in : amp",
        method: "rk4",
        ..IAF
    },
    Model {
        name: "iaf_psc_alpha",
        equations: "\
dV_m/dt = -(V_m - E_L)/tau_m + (I_syn_ex + I_syn_in + I_e)/C_m : volt (unless refractory)
dI_syn_ex/dt = (exp(1)*dI_syn_ex - I_syn_ex)/tau_syn_ex : amp
dI_syn_in/dt = (exp(1)*dI_syn_in - I_syn_in)/tau_syn_in : amp
ddI_syn_ex/dt = -dI_syn_ex/tau_syn_ex : amp
ddI_syn_in/dt = -dI_syn_in/tau_syn_in : amp",
        hears: CURRENT_JUMPS,
        method: "rk4",
        ..IAF
    },
    Model {
        name: "iaf_cond_exp",
        equations: "\
dV_m/dt = (-g_L*(V_m - E_L) - g_ex*(V_m - E_ex) - g_in*(V_m - E_in) + I_e)/C_m : volt (unless refractory)
dg_ex/dt = -g_ex/tau_syn_ex : siemens
dg_in/dt = -g_in/tau_syn_in : siemens",
        method: "rk4",
        hears: CONDUCTANCES,
        ..IAF
    },
    Model {
        name: "iaf_cond_alpha",
        equations: "\
dV_m/dt = (-g_L*(V_m - E_L) - g_ex*(V_m - E_ex) - g_in*(V_m - E_in) + I_e)/C_m : volt (unless refractory)
dg_ex/dt = (exp(1)*dg_ex - g_ex)/tau_syn_ex : siemens
dg_in/dt = (exp(1)*dg_in - g_in)/tau_syn_in : siemens
ddg_ex/dt = -dg_ex/tau_syn_ex : siemens
ddg_in/dt = -dg_in/tau_syn_in : siemens",
        method: "rk4",
        hears: CONDUCTANCE_JUMPS,
        ..IAF
    },
    Model {
        name: "alif",
        equations: "\
dV_m/dt = (-V_m + R_m*I_e)/tau_m : volt
db/dt = -b/tau_a : 1",
        threshold: "V_m >= b_0 + beta*b",
        reset: "V_m -= b_0 + beta*b; b += ms/tau_a",
        hears: MEMBRANE,
        ..IAF
    },
    Model {
        name: "qif",
        equations: "\
dV_m/dt = (g_L*(V_m - E_L)*(V_m - V_th)/(V_th - E_L) + I_e)/C_m : volt (unless refractory)",
        hears: HELD_MEMBRANE,
        ..EXPONENTIAL
    },
    Model {
        name: "eif",
        equations: "\
dV_m/dt = (-g_L*(V_m - E_L) + g_L*Delta_T*exp((V_m - V_th)/Delta_T) + I_e)/C_m : volt (unless refractory)",
        hears: HELD_MEMBRANE,
        ..EXPONENTIAL
    },
    Model {
        name: "aeif_psc_exp",
        equations: "\
dV_m/dt = (-g_L*(V_m - E_L) + g_L*Delta_T*exp((clip(V_m, -1*volt, V_peak) - V_th)/Delta_T)
    + I_syn_ex + I_syn_in - w + I_e)/C_m : volt (unless refractory)
dw/dt = (a*(clip(V_m, -1*volt, V_peak) - E_L) - w)/tau_w : amp
dI_syn_ex/dt = -I_syn_ex/tau_syn_ex : amp
dI_syn_in/dt = -I_syn_in/tau_syn_in : amp",
        reset: "V_m = V_reset; w += b",
        ..EXPONENTIAL
    },
    Model {
        name: "aeif_cond_exp",
        equations: "\
dV_m/dt = (-g_L*(V_m - E_L) + g_L*Delta_T*exp((clip(V_m, -1*volt, V_peak) - V_th)/Delta_T)
    - g_ex*(V_m - E_ex) - g_in*(V_m - E_in) - w + I_e)/C_m : volt (unless refractory)
dw/dt = (a*(clip(V_m, -1*volt, V_peak) - E_L) - w)/tau_w : amp
dg_ex/dt = -g_ex/tau_syn_ex : siemens
dg_in/dt = -g_in/tau_syn_in : siemens",
        reset: "V_m = V_reset; w += b",
        hears: CONDUCTANCES,
        ..EXPONENTIAL
    },
    Model {
        name: "gif_psc_exp",
        equations: "\
dV_m/dt = (-g_L*(V_m - E_L) - stc_1 - stc_2 + I_syn_ex + I_syn_in + I_e)/C_m : volt (unless refractory)
dI_syn_ex/dt = -I_syn_ex/tau_syn_ex : amp
dI_syn_in/dt = -I_syn_in/tau_syn_in : amp
dstc_1/dt = -stc_1/tau_stc_1 : amp
dstc_2/dt = -stc_2/tau_stc_2 : amp
dsfa_1/dt = -sfa_1/tau_sfa_1 : volt
dsfa_2/dt = -sfa_2/tau_sfa_2 : volt",
        threshold: "rand() < 1 - exp(-lambda_0*exp((V_m - V_T_star - sfa_1 - sfa_2)/Delta_V)*dt)",
        reset: "V_m = V_reset; stc_1 += q_stc_1; stc_2 += q_stc_2; sfa_1 += q_sfa_1; sfa_2 += q_sfa_2",
        method: "rk4",
        ..IAF
    },
    Model {
        name: "izhikevich",
        equations: "\
dV_m/dt = (0.04*V_m**2/mV + 5*V_m + 140*mV - U_m + I_e*mV/pA)/ms : volt
dU_m/dt = a*(b*V_m - U_m)/ms : volt",
        reset: "V_m = c; U_m += d",
        refractory: FREE,
        method: "euler",
        hears: MEMBRANE,
        ..IAF
    },
    Model {
        name: "fitzhugh_nagumo",
        equations: "\
dv/dt = (v - v**3/3 - w + I_e)/ms : 1
dw/dt = (v + a - b*w)/tau : 1",
        threshold: "v >= v_th",
        reset: "",
        refractory: "v >= v_th",
        method: "rk4",
        hears: ["v += {w}"; 2],
        ..IAF
    },
    Model {
        name: "morris_lecar",
        equations: "\
dV_m/dt = (-g_Ca*m*(V_m - E_Ca) - g_K*w*(V_m - E_K) - g_L*(V_m - E_L) + I_e)/C_m : volt
dw/dt = phi*cosh((V_m - V_3)/(2*V_4))*((1 + tanh((V_m - V_3)/V_4))/2 - w)/ms : 1
m = (1 + tanh((V_m - V_1)/V_2))/2 : 1",
        reset: "",
        refractory: CROSSING,
        method: "rk4",
        hears: MEMBRANE,
        ..IAF
    },
    Model {
        name: "hh_psc_alpha",
        equations: "\
dV_m/dt = (-g_Na*Act_m**3*Inact_h*(V_m - E_Na) - g_K*Act_n**4*(V_m - E_K) - g_L*(V_m - E_L)
    + I_syn_ex + I_syn_in + I_e)/C_m : volt
dAct_m/dt = alpha_m*(1 - Act_m) - beta_m*Act_m : 1
dInact_h/dt = alpha_h*(1 - Inact_h) - beta_h*Inact_h : 1
dAct_n/dt = alpha_n*(1 - Act_n) - beta_n*Act_n : 1
dI_syn_ex/dt = (exp(1)*dI_syn_ex - I_syn_ex)/tau_syn_ex : amp
dI_syn_in/dt = (exp(1)*dI_syn_in - I_syn_in)/tau_syn_in : amp
ddI_syn_ex/dt = -dI_syn_ex/tau_syn_ex : amp
ddI_syn_in/dt = -dI_syn_in/tau_syn_in : amp
alpha_m = 1/exprel(-(V_m + 40*mV)/(10*mV))/ms : Hz
beta_m = 4*exp(-(V_m + 65*mV)/(18*mV))/ms : Hz
alpha_h = 0.07*exp(-(V_m + 65*mV)/(20*mV))/ms : Hz
beta_h = 1/(1 + exp(-(V_m + 35*mV)/(10*mV)))/ms : Hz
alpha_n = 0.1/exprel(-(V_m + 55*mV)/(10*mV))/ms : Hz
beta_n = 0.125*exp(-(V_m + 65*mV)/(80*mV))/ms : Hz
V_before : volt",
        hears: CURRENT_JUMPS,
        ..HODGKIN_HUXLEY
    },
    Model {
        name: "hh_cond_exp_traub",
        equations: "\
dV_m/dt = (-g_Na*Act_m**3*Inact_h*(V_m - E_Na) - g_K*Act_n**4*(V_m - E_K) - g_L*(V_m - E_L)
    - g_ex*(V_m - E_ex) - g_in*(V_m - E_in) + I_e)/C_m : volt
dAct_m/dt = alpha_m*(1 - Act_m) - beta_m*Act_m : 1
dInact_h/dt = alpha_h*(1 - Inact_h) - beta_h*Inact_h : 1
dAct_n/dt = alpha_n*(1 - Act_n) - beta_n*Act_n : 1
dg_ex/dt = -g_ex/tau_syn_ex : siemens
dg_in/dt = -g_in/tau_syn_in : siemens
alpha_m = 1.28/ms/exprel((13*mV - V_rel)/(4*mV)) : Hz
beta_m = 1.4/ms/exprel((V_rel - 40*mV)/(5*mV)) : Hz
alpha_h = 0.128/ms*exp((17*mV - V_rel)/(18*mV)) : Hz
beta_h = 4/ms/(1 + exp((40*mV - V_rel)/(5*mV))) : Hz
alpha_n = 0.16/ms/exprel((15*mV - V_rel)/(5*mV)) : Hz
beta_n = 0.5/ms*exp((10*mV - V_rel)/(40*mV)) : Hz
V_rel = V_m - V_T : volt
V_before : volt",
        threshold: "V_before >= V_T + 30*mV and V_m < V_before",
        hears: CONDUCTANCES,
        ..HODGKIN_HUXLEY
    },
    Model { name: "nir_lif", equations: "dv/dt = (v_leak - v + r*I_e)/tau : 1", ..NIR },
    Model {
        name: "nir_cubalif",
        equations: "\
dv/dt = (v_leak - v + r*(I + I_e))/tau_mem : 1
dI/dt = -I/tau_syn : 1",
        hears: ["I += w_in*{w}*ms/tau_syn"; 2],
        ..NIR
    },
    Model { name: "nir_if", equations: "dv/dt = r*I_e/ms : 1", hears: ["v += r*{w}"; 2], ..NIR },
    Model { name: "nir_li", equations: "dv/dt = (v_leak - v + r*I_e)/tau : 1", ..NIR_SILENT },
    Model {
        name: "nir_cubali",
        equations: "\
dv/dt = (v_leak - v + r*(I + I_e))/tau_mem : 1
dI/dt = -I/tau_syn : 1",
        hears: ["I += w_in*{w}*ms/tau_syn"; 2],
        ..NIR_SILENT
    },
    Model { name: "nir_i", equations: "dv/dt = r*I_e/ms : 1", hears: ["v += r*{w}"; 2], ..NIR_SILENT },
    Model {
        name: "nir_threshold",
        equations: "v : 1",
        threshold: "v > threshold",
        reset: "",
        first: "v = 0",
        hears: ["v += {w}"; 2],
        ..NIR
    },
    Model {
        name: "parrot_neuron",
        equations: "heard : 1",
        threshold: "heard > 0",
        reset: "",
        refractory: FREE,
        first: "heard = 0",
        hears: ["heard += abs({w})"; 2],
        ..IAF
    },
];

/// A synapse model in Brian2.
pub(super) struct Synapse {
    /// Its name in core.
    pub name: &'static str,
    /// Variables and equations beside `weight`.
    pub equations: &'static str,
    /// What a spike of the source does at once, and one of the target after the delay, as a delay is dendritic.
    pub on: [&'static str; 2],
    /// The part of the weight that is passed on.
    pub passes: &'static str,
}

pub(super) const SYNAPSES: &[Synapse] = &[
    Synapse { name: "static_synapse", equations: "", on: ["", ""], passes: "weight" },
    Synapse {
        name: "tsodyks2_synapse",
        equations: "x : 1\nu : 1\nlast : second\npassed : 1",
        on: [
            "x = 1 + (x - x*u - 1)*exp(-(t - last)/tau_rec)*int(last >= 0*ms)\n\
             u = U + u*(1 - U)*exp(-(t - last)/(tau_fac + 1e-9*ms))*int(last >= 0*ms)\n\
             passed = x*u\nlast = t",
            "",
        ],
        passes: "weight*passed",
    },
    Synapse {
        name: "stdp_synapse",
        equations: "dx/dt = -x/tau_plus : 1 (event-driven)\ndy/dt = -y/tau_minus : 1 (event-driven)\npart : 1",
        on: [
            "part = weight/Wmax\npart = clip(part - alpha*lambda_*part**mu_minus*y, 0, 1)\nweight = part*Wmax\nx += 1",
            "part = weight/Wmax\npart = clip(part + lambda_*(1 - part)**mu_plus*x, 0, 1)\nweight = part*Wmax\ny += 1",
        ],
        passes: "weight",
    },
    Synapse {
        name: "vogels_sprekeler_synapse",
        equations: "dx/dt = -x/tau : 1 (event-driven)\ndy/dt = -y/tau : 1 (event-driven)\npart : 1",
        on: [
            "part = weight/Wmax\npart = clip(part + (y - alpha)*eta/abs(Wmax), 0, 1)\nweight = part*Wmax\nx += 1",
            "part = weight/Wmax\npart = clip(part + x*eta/abs(Wmax), 0, 1)\nweight = part*Wmax\ny += 1",
        ],
        passes: "weight",
    },
];
