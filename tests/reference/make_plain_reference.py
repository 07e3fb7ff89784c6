"""Makes models/NAME.json for the primitives of NIR and for Loihi's neuron, in plain Python; numpy draws the input spikes.

    python make_plain_reference.py      # all files, within seconds; or name some: make_plain_reference.py loihi_lif

NIR's equations are linear between spikes and are solved in double precision with substeps so short that their method, of
second order, does not matter. Loihi's neuron is made of whole numbers, which Python has without an end: see the arithmetic
of Davies et al. (2018), doi:10.1109/MM.2018.112130359, and of Intel's Lava, whose LIF is equal to the chip to the bit.
"""

import math
import sys
from collections import Counter

from protocols import DT_MS, MODEL_INTERVAL_MS, MODEL_MS, protocols, reference, write

SUBSTEPS = 200
LEAKY = {"tau": 20.0, "r": 1.0, "v_leak": 0.0}
CUBA = {"tau_syn": 5.0, "tau_mem": 20.0, "r": 1.0, "v_leak": 0.0, "w_in": 1.0}
SPIKE = {"v_threshold": 1.0, "v_reset": 0.0}
MODELS = {
    "nir_lif": {"I_e": {"step": 1.5, "spikes": 0.8, "strong": 10.0}, "weights": (3.0, -2.0), "values": LEAKY | SPIKE},
    "nir_li": {"I_e": {"step": 1.5, "spikes": 0.8, "strong": 10.0}, "weights": (3.0, -2.0), "values": LEAKY},
    "nir_cubalif": {"I_e": {"step": 1.5, "spikes": 0.8, "strong": 10.0}, "weights": (3.0, -2.0), "values": CUBA | SPIKE},
    "nir_cubali": {"I_e": {"step": 1.5, "spikes": 0.8, "strong": 10.0}, "weights": (3.0, -2.0), "values": CUBA},
    "nir_if": {"I_e": {"step": 0.07, "spikes": 0.03, "strong": 0.6}, "weights": (0.15, -0.1),
               "values": {"r": 1.0} | SPIKE},
    "nir_i": {"I_e": {"step": 0.07, "spikes": 0.03, "strong": 0.6}, "weights": (0.15, -0.1), "values": {"r": 1.0}},
    "nir_threshold": {"I_e": {"spikes": None}, "weights": (1.5, -1.0), "values": {"threshold": 1.0}},
    "loihi_lif": {"bias": {"step": 300, "spikes": 100, "strong": 5000}, "weights": (5, -3),
                  "values": {"du": 410, "dv": 128, "vth": 100}},
}


def main():
    for name in sys.argv[1:] or MODELS:
        model = MODELS[name]
        one = loihi if name == "loihi_lif" else threshold if name == "nir_threshold" else nir
        measured = []
        for protocol in protocols(model):
            membrane, steps = one(model["values"] | protocol["params"], arrivals(protocol))
            every = round(MODEL_INTERVAL_MS / DT_MS)
            measured.append(protocol | {
                "V_m": [round(v, 6) for v in membrane[every - 1::every]],
                "spike_times_ms": [round(step * DT_MS, 1) for step in steps],
            })
        by = "Loihi's arithmetic in Python" if name == "loihi_lif" else "NIR's equations in Python"
        write(f"models/{name}", reference(by, name, measured))


def arrivals(protocol):
    """The sum of the weights that arrive in each step."""
    sums = Counter()
    for source in protocol["inputs"]:
        for time in source["spike_times_ms"]:
            sums[round((time + source["delay_ms"]) / DT_MS)] += source["weight"]
    return sums


def steps():
    return range(1, round(MODEL_MS / DT_MS) + 1)


def nir(p, arriving):
    """LIF, CubaLIF, IF, LI, CubaLI and I: what a model lacks of the equations of CubaLIF is left out of them."""
    tau, r, rest = p.get("tau", p.get("tau_mem")), p["r"], p.get("v_leak", 0.0)
    tau_syn, h = p.get("tau_syn"), DT_MS / SUBSTEPS
    v, i, membrane, spikes = rest, 0.0, [], []

    def slope(v, i):
        return ((rest - v) + r * (i + p["I_e"])) / tau if tau else r * (i + p["I_e"])

    for step in steps():
        for _ in range(SUBSTEPS):
            middle = v + slope(v, i) * h / 2
            if tau_syn:
                v += slope(middle, i * math.exp(-h / 2 / tau_syn)) * h
                i *= math.exp(-h / tau_syn)
            else:
                v += slope(middle, i) * h
        # The integral over a spike is its weight.
        if tau_syn:
            i += p["w_in"] * arriving[step] / tau_syn
        else:
            v += r * arriving[step] / (tau or 1.0)
        if "v_threshold" in p and v > p["v_threshold"]:
            v = p["v_reset"]
            spikes.append(step)
        membrane.append(v)
    return membrane, spikes


def threshold(p, arriving):
    return [arriving[step] for step in steps()], [step for step in steps() if arriving[step] > p["threshold"]]


def loihi(p, arriving):
    def decayed(x, loss):
        kept = abs(x) * (4096 - loss) >> 12
        return kept if x >= 0 else -kept

    u, v, membrane, spikes = 0, 0, [], []
    for step in steps():
        u = decayed(u, p["du"]) + (arriving[step] << 6)
        v = decayed(v, p["dv"]) + u + p["bias"]
        assert max(abs(u), abs(v)) < 2**23
        if v > p["vth"] << 6:
            v = 0
            spikes.append(step)
        membrane.append(v)
    return membrane, spikes


if __name__ == "__main__":
    main()
