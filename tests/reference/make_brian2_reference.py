"""Makes models/NAME.json for the neuron models that NEST does not have, with Brian2 2.9.0; no test needs it installed.

    python3 -m venv venv && . venv/bin/activate
    pip install brian2==2.9.0 "numpy<2.3"
    python make_brian2_reference.py     # all files, some minutes; or name some: make_brian2_reference.py qif

A model whose spikes have their own times within a step is integrated with a step so short that its method does not matter.
`alif` is integrated exactly with the step of 0.1 ms instead, since a spike of it is where a step ends.

Brian2 stamps what happens in a step with its beginning, NEST and we with its end. Input spikes reach the membrane before it
is compared with its threshold, as in NEST.
"""

import sys

import brian2 as b2
import numpy as np
from brian2 import ms
from protocols import DT_MS, MODEL_INTERVAL_MS, MODEL_MS, protocols, reference, write

FINE_MS = 0.002
# Each spike is late by half a step, which adds up where a reset follows.
FINEST_MS = 0.0005

# Times in ms; numbers have no units, so that pF, nS, mV and pA go together as they are.
MODELS = {
    "alif": {
        "I_e": {"step": 25.0, "spikes": 9.0, "strong": 100.0}, "weights": (2.0, -2.0), "dt_ms": DT_MS, "method": "exact",
        "constants": {"tau_m": 20.0, "R_m": 1.0, "b_0": 10.0, "beta": 1800.0, "tau_a": 200.0},
        "equations": "dv/dt = (-v + R_m*I_e)/(tau_m*ms) : 1\ndb/dt = -b/(tau_a*ms) : 1",
        "threshold": "v >= b_0 + beta*b", "reset": "v -= b_0 + beta*b; b += 1/tau_a",
        # Brian2 lets a neuron fire in the step in which its refractory time ends, NEST in the next one.
        "refractory_ms": 5.0 + DT_MS, "start": {"v": 0.0},
    },
    "qif": {
        "I_e": {"step": 300.0, "spikes": 20.0, "strong": 2000.0}, "weights": (3.0, -2.0),
        "constants": {"C_m": 200.0, "g_L": 10.0, "E_L": -65.0, "V_th": -50.0, "V_peak": 20.0, "V_reset": -70.0},
        "equations": "dv/dt = (g_L*(v - E_L)*(v - V_th)/(V_th - E_L) + I_e)/(C_m*ms) : 1",
        "threshold": "v >= V_peak", "reset": "v = V_reset", "start": {"v": -65.0}, "dt_ms": FINEST_MS,
    },
    "eif": {
        "I_e": {"step": 200.0, "spikes": 40.0, "strong": 2000.0}, "weights": (1.5, -1.0),
        "constants": {"C_m": 200.0, "g_L": 20.0, "E_L": -65.0, "V_th": -59.9, "V_peak": -30.0, "V_reset": -68.0,
                      "Delta_T": 3.48},
        "equations": "dv/dt = (-g_L*(v - E_L) + g_L*Delta_T*exp((v - V_th)/Delta_T) + I_e)/(C_m*ms)"
                     " : 1 (unless refractory)",
        "threshold": "v >= V_peak", "reset": "v = V_reset", "refractory_ms": 1.7, "start": {"v": -65.0},
        "dt_ms": FINEST_MS,
    },
    "morris_lecar": {
        "I_e": {"step": 120.0, "spikes": 60.0, "strong": 200.0}, "weights": (4.0, -3.0),
        "constants": {"C_m": 20.0, "g_Ca": 4.4, "g_K": 8.0, "g_L": 2.0, "E_Ca": 120.0, "E_K": -84.0, "E_L": -60.0,
                      "V_1": -1.2, "V_2": 18.0, "V_3": 2.0, "V_4": 30.0, "phi": 0.04, "V_th": 10.0},
        "equations": """
            dv/dt = (-g_Ca*m*(v - E_Ca) - g_K*w*(v - E_K) - g_L*(v - E_L) + I_e)/(C_m*ms) : 1
            dw/dt = phi*cosh((v - V_3)/(2*V_4))*((1 + tanh((v - V_3)/V_4))/2 - w)/ms : 1
            m = (1 + tanh((v - V_1)/V_2))/2 : 1""",
        "threshold": "v >= V_th", "refractory": "v >= V_th", "start": {"v": -60.85538, "w": 0.014915025},
    },
    "fitzhugh_nagumo": {
        "I_e": {"step": 0.5, "spikes": 0.25, "strong": 1.2}, "weights": (0.05, -0.03),
        "constants": {"a": 0.7, "b": 0.8, "tau": 12.5, "v_th": 1.0},
        "equations": "dv/dt = (v - v**3/3 - w + I_e)/ms : 1\ndw/dt = (v + a - b*w)/(tau*ms) : 1",
        "threshold": "v >= v_th", "refractory": "v >= v_th", "start": {"v": -1.199408, "w": -0.62426004},
    },
}


def main():
    b2.BrianLogger.log_level_error()
    for name in sys.argv[1:] or MODELS:
        model = MODELS[name]
        measured = [protocol | measure(model, protocol) for protocol in protocols(model)]
        write(f"models/{name}", reference(f"Brian2 {b2.__version__}", name, measured))


def measure(model, protocol):
    """The membrane every interval and the times of the spikes."""
    b2.start_scope()
    dt_ms = model.get("dt_ms", FINE_MS)
    b2.defaultclock.dt = dt_ms * ms
    constants = model["constants"] | {"I_e": protocol["params"]["I_e"], "ms": ms}
    refractory = model.get("refractory", model.get("refractory_ms", 0.0) * ms)
    neuron = b2.NeuronGroup(
        1, model["equations"], method=model.get("method", "rk4"), threshold=model["threshold"],
        reset=model.get("reset", ""), refractory=refractory, namespace=constants,
    )
    for variable, value in model["start"].items():
        setattr(neuron, variable, value)
    network = b2.Network(neuron)
    network.schedule = ["start", "groups", "synapses", "thresholds", "resets", "end"]
    # What arrives while the membrane is held is lost.
    held = "(unless refractory)" in model["equations"]
    for source in protocol["inputs"]:
        arrivals = np.array(source["spike_times_ms"]) + source["delay_ms"] - dt_ms
        arrivals = arrivals[arrivals < MODEL_MS]
        generator = b2.SpikeGeneratorGroup(1, np.zeros(len(arrivals), int), arrivals * ms, when="start")
        weight = f"{source['weight']}" + ("*int(not_refractory_post)" if held else "")
        synapse = b2.Synapses(generator, neuron, on_pre=f"v_post += {weight}")
        synapse.connect()
        network.add(generator, synapse)
    spikes = b2.SpikeMonitor(neuron)
    trace = b2.StateMonitor(neuron, "v", record=True, dt=MODEL_INTERVAL_MS * ms, when="start")
    network.add(spikes, trace)
    network.run((MODEL_MS + MODEL_INTERVAL_MS) * ms)
    # A spike counts at the end of the step of 0.1 ms in which it is.
    ends = np.ceil((spikes.t / ms + dt_ms) / DT_MS - 1e-6) * DT_MS
    samples = round(MODEL_MS / MODEL_INTERVAL_MS)
    return {
        "V_m": [round(float(v), 5) for v in trace.v[0][1:samples + 1]],
        "spike_times_ms": [round(float(t), 1) for t in ends if t <= MODEL_MS],
    }


if __name__ == "__main__":
    main()
