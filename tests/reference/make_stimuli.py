"""Makes stimuli.json with NEST 3.10.0; no test needs NEST installed.

    python3 -m venv venv && . venv/bin/activate
    pip install nest-simulator==3.10.0 "numpy<2.3"
    python make_stimuli.py              # half a minute

traces: one iaf_psc_exp neuron with NEST's default parameters under each generator of a current that all targets share,
V_m every 0.5 ms. A current that is sent in step k with a delay of d steps moves V_m from step k + d + 1 on.
noise: mean and variance of V_m over many neurons that never fire, each under its own current of noise_generator, at
several times of which any two are as good as independent; for std_mod, at each phase of the oscillation.
"""

import json
from pathlib import Path

import nest
import numpy as np

DT_MS = 0.1
TRACE_MS, INTERVAL_MS = 200.0, 0.5
# A threshold that none of these reach, so that V_m is a linear function of the current.
SILENT = {"V_th": 1e6}

TRACES = [
    {"model": "dc_generator", "params": {"amplitude": 200.0, "start": 20.0, "stop": 150.0}, "weight": 1.5,
     "delay_ms": 1.5, "neuron": SILENT},
    {"model": "dc_generator", "params": {"amplitude": 300.0}, "weight": -0.5, "delay_ms": 0.1, "neuron": SILENT},
    {"model": "ac_generator", "params": {"amplitude": 150.0, "offset": 100.0, "frequency": 35.0, "phase": 40.0,
                                         "start": 12.3, "stop": 180.0},
     "weight": 1.0, "delay_ms": 0.7, "neuron": SILENT},
    {"model": "ac_generator", "params": {"amplitude": 600.0, "offset": 400.0, "frequency": 50.0}, "weight": 1.0,
     "delay_ms": 1.0, "neuron": {}},
    {"model": "step_current_generator", "params": {}, "weight": 1.0, "delay_ms": 0.1, "neuron": {},
     "lists": {"amplitude_times": [0.1, 50.1, 120.0], "amplitude_values": [450.0, -100.0, 500.0]}},
]

NEURONS, SAMPLES, APART_MS = 2000, 20, 100.0
NOISE = [{"mean": 100.0, "std": 200.0, "dt": dt} for dt in (0.1, 1.0, 5.0)]
SWINGING = {"std": 200.0, "std_mod": 150.0, "frequency": 20.0, "phase": 30.0, "dt": 1.0, "start": 7.0}
PHASES, CYCLE_MS = 10, 50.0


def main():
    reference = {
        "simulator": f"NEST {nest.__version__}", "dt_ms": DT_MS, "interval_ms": INTERVAL_MS,
        "traces": [trace(protocol) for protocol in TRACES],
        "neurons": NEURONS, "samples": SAMPLES, "apart_ms": APART_MS,
        "noise": [{"params": params, **statistics(params)} for params in NOISE],
        "phases": PHASES, "cycle_ms": CYCLE_MS, "swinging": {"params": SWINGING, **by_phase(SWINGING)},
    }
    path = Path(__file__).parent / "stimuli.json"
    path.write_text(to_json(reference), encoding="utf-8")


def trace(protocol):
    """V_m of one neuron, and its spikes."""
    reset_nest()
    neuron = nest.Create("iaf_psc_exp", params=protocol["neuron"])
    generator = nest.Create(protocol["model"], params=protocol["params"] | protocol.get("lists", {}))
    multimeter = nest.Create("multimeter", params={"interval": INTERVAL_MS, "record_from": ["V_m"]})
    recorder = nest.Create("spike_recorder")
    nest.Connect(generator, neuron, syn_spec={"weight": protocol["weight"], "delay": protocol["delay_ms"]})
    nest.Connect(multimeter, neuron)
    nest.Connect(neuron, recorder)
    nest.Simulate(TRACE_MS + 5.0)
    spikes = [round(t, 1) for t in recorder.events["times"].tolist() if t <= TRACE_MS]
    v_m = multimeter.events["V_m"][:round(TRACE_MS / INTERVAL_MS)]
    return {**protocol, "V_m_mV": [round(v, 5) for v in v_m.tolist()], "spike_times_ms": spikes}


def potentials(params, times_ms):
    """V_m of many neurons under noise of their own, a row for each of the times."""
    reset_nest()
    neurons = nest.Create("iaf_psc_exp", NEURONS, params=SILENT)
    nest.Connect(nest.Create("noise_generator", params=params), neurons, syn_spec={"delay": DT_MS})
    rows, now_ms = [], 0.0
    for time_ms in times_ms:
        nest.Simulate(time_ms - now_ms)
        now_ms = time_ms
        rows.append(np.array(neurons.V_m))
    return np.array(rows)


def statistics(params):
    v = potentials(params, [APART_MS * (i + 1) for i in range(SAMPLES)])
    return {"mean_mV": round(float(v.mean()), 5), "variance_mV2": round(float(v.var()), 5)}


def by_phase(params):
    """The variance of V_m at each phase of the oscillation, over every second cycle from the second on."""
    times = [CYCLE_MS * (2 * i + 1 + k / PHASES) for i in range(SAMPLES) for k in range(PHASES)]
    v = potentials(params, times).reshape(SAMPLES, PHASES, NEURONS)
    return {"variance_mV2": [round(float(x), 5) for x in v.var(axis=(0, 2))]}


def reset_nest():
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.set(resolution=DT_MS, rng_seed=1)


def to_json(reference):
    """One line for each top-level entry, and one for each element of a list of objects."""
    lines = []
    for key, value in reference.items():
        if isinstance(value, list):
            text = "[\n    " + ",\n    ".join(json.dumps(element) for element in value) + "\n  ]"
        else:
            text = json.dumps(value)
        lines.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    main()
