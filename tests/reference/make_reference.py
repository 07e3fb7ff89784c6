"""Makes the reference data in this folder with NEST 3.10.0; no test needs NEST installed.

    python3 -m venv venv && . venv/bin/activate
    pip install nest-simulator==3.10.0 "numpy<2.3"
    python make_reference.py            # all files; or name some: make_reference.py izhikevich

iaf_psc_exp.json, iaf_cond_exp.json: one neuron under given input spikes, traced every 0.1 ms.
models/NAME.json: one neuron of each model that NEST has, under the three protocols of protocols.py, V_m every 0.5 ms;
make_brian2_reference.py and make_plain_reference.py make those of the others.

NEST's order within a step from t to t + dt, which the traces show: V_m moves under the synaptic state left at t; if it
is then >= V_th the neuron has spiked at t + dt, is set to V_reset and stays there for t_ref; the synaptic state decays;
last, the inputs whose spike time + delay equals t + dt are added. So an input changes V_m one step after it arrives.
A negative weight goes to the inhibitory synapse: in iaf_cond_exp it adds its absolute value to g_in.
"""

import sys

import nest
import numpy as np
from protocols import (
    DT_MS, EXC, INH, MODEL_INTERVAL_MS, MODEL_MS, TRACE_MS, input_times_ms, protocols, reference, write,
)

PSC = {"C_m": 200.0, "tau_m": 20.0, "E_L": -60.0, "V_th": -50.0, "t_ref": 5.0, "tau_syn_ex": 5.0, "tau_syn_in": 10.0}
COND = {"C_m": 200.0, "g_L": 10.0, "E_L": -60.0, "V_th": -50.0, "t_ref": 5.0, "E_ex": 0.0, "E_in": -80.0,
        "tau_syn_ex": 5.0, "tau_syn_in": 10.0}

# One neuron. The input seed of each model is one for which V_m keeps away from V_th by TRACE_MARGIN_MV at every step,
# on either side, so that an engine with f32 state must give the same spikes.
TRACE_MARGIN_MV = 0.005
TRACES = {
    "iaf_psc_exp": {"params": PSC | {"V_reset": -62.0, "I_e": 90.0}, "weights": (50.0, -60.0), "input_seed": 46},
    "iaf_cond_exp": {"params": COND | {"V_reset": -60.0, "I_e": 60.0}, "weights": (1.2, -2.5), "input_seed": 7},
}

# Neurons that fire by chance.
MIN_ISIS_FOR_CV = 5
SEEDS = range(1, 11)


# One neuron of each model: a constant current, input spikes, and a drive so strong that the neuron fires at its limit.
# I_e in pA (izhikevich: mV/ms); weights in pA, nS or mV, as the model takes them.
# `params` are other values than the defaults, `nest` are those that NEST names or starts otherwise, and `ours` the names
# that NEST does not have.
MULTI = [2.0, 8.0, 100.0, 150.0]
GIF = {"tau_stc": [20.0, 200.0], "q_stc": [10.0, 5.0], "tau_sfa": [20.0, 200.0], "q_sfa": [5.0, 2.0]}
CHANCE_NEURONS, CHANCE_MS = 100, 2000.0
MODELS = {
    "iaf_psc_delta": {"I_e": {"step": 450.0, "spikes": 250.0, "strong": 2000.0}, "weights": (1.5, -1.5)},
    "iaf_psc_exp": {"I_e": {"step": 450.0, "spikes": 250.0, "strong": 2000.0}, "weights": (250.0, -150.0)},
    # The array tau_syn has four elements, its receptor_type k is the receptor "k". Weights of either sign go to any.
    "iaf_psc_exp_multisynapse": {"I_e": {"step": 450.0, "spikes": 250.0, "strong": 2000.0},
                                 "weights": ((250.0, "1"), (-80.0, "2"), (4.0, "3"), (-6.0, "4")),
                                 "nest": {"tau_syn": MULTI}},
    "iaf_psc_alpha": {"I_e": {"step": 450.0, "spikes": 250.0, "strong": 2000.0}, "weights": (150.0, -100.0)},
    "iaf_cond_exp": {"I_e": {"step": 300.0, "spikes": 150.0, "strong": 1500.0}, "weights": (15.0, -5.0)},
    "iaf_cond_alpha": {"I_e": {"step": 300.0, "spikes": 150.0, "strong": 1500.0}, "weights": (8.0, -3.0)},
    "aeif_psc_exp": {"I_e": {"step": 800.0, "spikes": 550.0, "strong": 2500.0}, "weights": (1500.0, -150.0)},
    "aeif_cond_exp": {"I_e": {"step": 800.0, "spikes": 550.0, "strong": 2500.0}, "weights": (30.0, -5.0)},
    # With a threshold as sharp as this, chance decides nothing; `chance` are the parameters with which it does.
    "gif_psc_exp": {"I_e": {"step": 200.0, "spikes": 140.0, "strong": 1000.0}, "weights": (60.0, -40.0),
                    "params": {"Delta_V": 1e-3, "lambda_0": 1000.0}
                    | {f"{key}_{i}": value for key, values in GIF.items() for i, value in enumerate(values, 1)},
                    "ours": [f"{key}_{i}" for key in GIF for i in (1, 2)], "nest": GIF,
                    "chance": {"I_e": 200.0, "Delta_V": 4.0, "lambda_0": 50.0}},
    "izhikevich": {"I_e": {"step": 10.0, "spikes": 3.0, "strong": 40.0}, "weights": (2.0, -2.0)},
    "hh_psc_alpha": {"I_e": {"step": 1000.0, "spikes": 300.0, "strong": 4000.0}, "weights": (600.0, -200.0)},
    # NEST starts its gates as if V_T were 0; ours start at rest.
    "hh_cond_exp_traub": {"I_e": {"step": 200.0, "spikes": 50.0, "strong": 2000.0}, "weights": (1.5, -4.0),
                          "nest": {"Act_m": 0.02686333, "Inact_h": 0.9913058, "Act_n": 0.060434034}},
    "parrot_neuron": {"I_e": {"spikes": None}, "weights": (1.0, -1.0)},
}


def main():
    names = sys.argv[1:] or [*MODELS, *TRACES]
    for name in names:
        if name in MODELS:
            write(f"models/{name}", model_protocols(name))
        if name in TRACES:
            write(name, trace(name))


def model_protocols(name):
    """One neuron of a model under each protocol, with NEST's default parameters unless MODELS has others."""
    model = MODELS[name]
    measured = []
    for protocol in protocols(model):
        reset_nest(seed=1)
        own = {key: value for key, value in protocol["params"].items() if key not in model.get("ours", {})}
        neuron = nest.Create(name, params=own | model.get("nest", {}))
        for source in protocol["inputs"]:
            generator = nest.Create("spike_generator", params={"spike_times": source["spike_times_ms"]})
            receptor = {"receptor_type": int(source["receptor"])} if "receptor" in source else {}
            synapse = {"weight": source["weight"], "delay": source["delay_ms"]} | receptor
            nest.Connect(generator, neuron, syn_spec=synapse)
        recorder = nest.Create("spike_recorder")
        nest.Connect(neuron, recorder)
        membrane = []
        if name != "parrot_neuron":  # it has none
            multimeter = nest.Create("multimeter", params={"interval": MODEL_INTERVAL_MS, "record_from": ["V_m"]})
            nest.Connect(multimeter, neuron)
        nest.Simulate(MODEL_MS + 5.0)
        if name != "parrot_neuron":
            samples = round(MODEL_MS / MODEL_INTERVAL_MS)
            membrane = [round(v, 5) for v in multimeter.events["V_m"][:samples].tolist()]
            assert round(float(multimeter.events["times"][0]), 1) == MODEL_INTERVAL_MS
        spikes = sorted({round(t, 1) for t in recorder.events["times"].tolist() if t <= MODEL_MS})
        measured.append(protocol | {"V_m": membrane, "spike_times_ms": spikes})
    result = reference(f"NEST {nest.__version__}", name, measured)
    if "chance" in model:
        result["seeds"] = [chance(name, model, seed) for seed in SEEDS]
    return result


def chance(name, model, seed):
    """Rate and mean CV of neurons that fire by chance."""
    reset_nest(seed)
    neurons = nest.Create(name, CHANCE_NEURONS, params=model["nest"] | model["chance"])
    recorder = nest.Create("spike_recorder")
    nest.Connect(neurons, recorder)
    nest.Simulate(CHANCE_MS)
    who, times_ms = recorder.events["senders"], recorder.events["times"]
    isis = [np.diff(np.sort(times_ms[who == one])) for one in np.unique(who)]
    cvs = [isi.std() / isi.mean() for isi in isis if len(isi) >= MIN_ISIS_FOR_CV]
    rate_hz = len(who) / CHANCE_NEURONS / CHANCE_MS * 1000.0
    return {"seed": seed, "params": model["chance"], "neurons": CHANCE_NEURONS, "duration_ms": CHANCE_MS,
            "rate_hz": round(rate_hz, 6), "mean_cv": round(float(np.mean(cvs)), 6)}


def trace(model):
    """One neuron under given input spikes: V_m after every step, and the spikes."""
    params, weights = TRACES[model]["params"], TRACES[model]["weights"]
    rng = np.random.default_rng(TRACES[model]["input_seed"])
    inputs = [
        {"weight": weight, "delay_ms": kind["delay_ms"], "spike_times_ms": input_times_ms(rng, kind["rate_hz"])}
        for weight, kind in zip(weights, (EXC, INH))
    ]

    reset_nest(seed=1)
    neuron = nest.Create(model, params=params | {"V_m": params["E_L"]})
    for source in inputs:
        generator = nest.Create("spike_generator", params={"spike_times": source["spike_times_ms"]})
        nest.Connect(generator, neuron, syn_spec={"weight": source["weight"], "delay": source["delay_ms"]})
    synapse = ["I_syn_ex", "I_syn_in"] if model == "iaf_psc_exp" else ["g_ex", "g_in"]
    multimeter = nest.Create("multimeter", params={"interval": DT_MS, "record_from": ["V_m", *synapse]})
    recorder = nest.Create("spike_recorder")
    nest.Connect(multimeter, neuron)
    nest.Connect(neuron, recorder)
    nest.Simulate(TRACE_MS + 5.0)  # the devices report what is older than their delay of 1 ms

    n_steps = round(TRACE_MS / DT_MS)
    events = multimeter.events
    v, ex, in_ = (events[key][:n_steps] for key in ("V_m", *synapse))
    spikes = [round(t, 1) for t in recorder.events["times"].tolist() if t <= TRACE_MS]
    return {
        "simulator": f"NEST {nest.__version__}",
        "model": model,
        "dt_ms": DT_MS,
        "params": params,
        "V_m_0": params["E_L"],
        "inputs": inputs,
        "threshold_margin_mV": threshold_margin_mv(model, params, v, ex, in_, spikes),
        "v_first_ms": round(float(events["times"][0]), 1),
        "V_m_mV": [round(x, 6) for x in v.tolist()],
        "spike_times_ms": spikes,
    }


def threshold_margin_mv(model, params, v, ex, in_, spikes):
    """The least |V_m - V_th| over all steps, where a step that spikes counts with V_m as it was before the reset.

    NEST does not show that V_m, so each step is integrated again from the recorded state before it (RK4, one step of
    dt), and checked against the record wherever the neuron neither spiked nor was refractory.
    """
    def dv_dt(v, t):
        ex_t, in_t = ex[:-1] * np.exp(-t / params["tau_syn_ex"]), in_[:-1] * np.exp(-t / params["tau_syn_in"])
        if model == "iaf_psc_exp":
            return (params["E_L"] - v) / params["tau_m"] + (ex_t + in_t + params["I_e"]) / params["C_m"]
        current = params["g_L"] * (params["E_L"] - v) + ex_t * (params["E_ex"] - v) + in_t * (params["E_in"] - v)
        return (current + params["I_e"]) / params["C_m"]

    k1 = dv_dt(v[:-1], 0.0)
    k2 = dv_dt(v[:-1] + k1 * DT_MS / 2, DT_MS / 2)
    k3 = dv_dt(v[:-1] + k2 * DT_MS / 2, DT_MS / 2)
    k4 = dv_dt(v[:-1] + k3 * DT_MS, DT_MS)
    stepped = v[:-1] + (k1 + 2 * k2 + 2 * k3 + k4) * DT_MS / 6

    free = np.ones(len(stepped), dtype=bool)
    for spike in spikes:
        step = round(spike / DT_MS) - 2  # stepped[0] ends at 2 dt
        free[step:step + 1 + round(params["t_ref"] / DT_MS)] = False
    assert np.abs(stepped - v[1:])[free].max() < 1e-6, "the integration does not follow NEST"

    margin = float(np.abs(stepped - params["V_th"]).min())
    assert margin > TRACE_MARGIN_MV, f"V_m comes within {margin} mV of V_th: choose another input seed"
    return round(margin, 6)


def reset_nest(seed):
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.set(resolution=DT_MS, local_num_threads=1, rng_seed=seed)


if __name__ == "__main__":
    main()
