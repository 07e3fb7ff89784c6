"""What the scripts of this folder share: the three protocols that every neuron model is put under, and the files."""

import json
import sys
from pathlib import Path

import numpy as np

DT_MS = 0.1
MODEL_MS = 200.0
MODEL_INTERVAL_MS = 0.5
TRACE_MS = 500.0
EXC = {"rate_hz": 800.0, "delay_ms": 1.0}
INH = {"rate_hz": 300.0, "delay_ms": 1.5}


def protocols(model):
    """The protocols of a model: a constant input in each, and input spikes with its `weights` in the one called spikes.

    A weight goes to the receptor of its sign, or is a pair of the weight and the name of a receptor."""
    constant = "bias" if "bias" in model else "I_e"
    for name, current in model[constant].items():
        drive = {} if current is None else {constant: current}
        rng = np.random.default_rng(1)
        inputs = []
        for weight, kind in zip(model["weights"], (EXC, INH, EXC, INH)):
            weight, *receptor = weight if isinstance(weight, tuple) else (weight,)
            times = [t for t in input_times_ms(rng, kind["rate_hz"]) if t < MODEL_MS and name == "spikes"]
            named = {"receptor": receptor[0]} if receptor else {}
            inputs.append({"weight": weight} | named | {"delay_ms": kind["delay_ms"], "spike_times_ms": times})
        yield {"name": name, "params": model.get("params", {}) | drive, "inputs": inputs}


def input_times_ms(rng, rate_hz):
    """Distinct multiples of dt inside the traced time, in order, as many as the rate gives."""
    count = round(rate_hz * TRACE_MS / 1000.0)
    steps = rng.choice(np.arange(1, round(TRACE_MS / DT_MS)), size=count, replace=False)
    return [round(step * DT_MS, 1) for step in np.sort(steps).tolist()]


def reference(simulator, model, measured):
    """The content of a model's file."""
    for protocol in measured:
        print(f"  {model} {protocol['name']}: {len(protocol['spike_times_ms'])} spikes", file=sys.stderr)
    return {
        "simulator": simulator, "model": model, "dt_ms": DT_MS, "interval_ms": MODEL_INTERVAL_MS, "protocols": measured,
    }


def write(name, reference):
    path = Path(__file__).parent / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(to_json(reference), encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size} bytes", file=sys.stderr)


def to_json(reference):
    """One line for each top-level entry, and one for each element of a list of objects."""
    lines = []
    for key, value in reference.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            text = "[\n    " + ",\n    ".join(json.dumps(element) for element in value) + "\n  ]"
        else:
            text = json.dumps(value)
        lines.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
