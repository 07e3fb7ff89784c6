"""Makes synapses/NAME.json with NEST 3.10.0: the weight of one synapse of each model under given spikes on both sides.

    python make_synapses.py            # as make_reference.py; a few seconds

The source and the target fire at given times, some of them so that a spike of the target reaches the synapse, after the
dendritic delay, just when the source fires. Recorded is the weight that each spike of the source passes on. Weights are
so small that the target never fires by itself, where it is not forced to.

stdp_sign_synapse is not in NEST: it is computed here, from its definition alone.
"""

import math
import sys

import nest
import numpy as np

from make_reference import DT_MS, reset_nest, write

RUN_MS = 2000.0
DELAY_MS = 1.5
WMAX = 1e-3
STDP = {"lambda": 0.05, "alpha": 1.1, "tau_plus": 18.0, "Wmax": WMAX}
SYNAPSES = {
    "tsodyks2_synapse": [
        {"U": 0.45, "tau_rec": 130.0, "tau_fac": 0.0, "weight": 1e-3},
        {"U": 0.1, "tau_rec": 60.0, "tau_fac": 400.0, "weight": 1e-3},
    ],
    "tsodyks_synapse": [
        {"U": 0.45, "tau_rec": 130.0, "tau_fac": 0.0, "tau_psc": 3.0, "weight": 1e-3},
        {"U": 0.1, "tau_rec": 60.0, "tau_fac": 400.0, "tau_psc": 5.0, "weight": 1e-3},
    ],
    "stdp_synapse": [
        STDP | {"mu_plus": 0.0, "mu_minus": 0.0, "tau_minus": 27.0, "weight": 0.5 * WMAX},
        STDP | {"mu_plus": 1.0, "mu_minus": 1.0, "tau_minus": 20.0, "weight": 0.2 * WMAX},
        STDP | {"mu_plus": 0.4, "mu_minus": 0.4, "tau_minus": 35.0, "weight": 0.8 * WMAX},
        STDP | {"mu_plus": 0.0, "mu_minus": 0.0, "tau_minus": 20.0, "Wmax": -WMAX, "weight": -0.5 * WMAX},
    ],
    "stdp_nn_symm_synapse": [
        STDP | {"mu_plus": 0.0, "mu_minus": 0.0, "tau_minus": 27.0, "weight": 0.5 * WMAX},
        STDP | {"mu_plus": 0.4, "mu_minus": 1.0, "tau_minus": 20.0, "weight": 0.5 * WMAX},
    ],
    "stdp_triplet_synapse": [
        {"Aplus": 5e-6, "Aminus": 7e-6, "Aplus_triplet": 6.2e-6, "Aminus_triplet": 2.3e-6, "tau_plus": 16.8,
         "tau_plus_triplet": 101.0, "tau_minus": 33.7, "tau_minus_triplet": 125.0, "Wmax": WMAX, "weight": 0.5 * WMAX},
    ],
    "vogels_sprekeler_synapse": [
        {"eta": 2e-5, "alpha": 0.4, "tau": 20.0, "Wmax": WMAX, "weight": 0.3 * WMAX},
        {"eta": 2e-5, "alpha": 0.4, "tau": 20.0, "Wmax": -WMAX, "weight": -0.3 * WMAX},
    ],
    "stdp_dopamine_synapse": [
        # So weak that no weight reaches its bounds, where NEST clips at the spikes of one synapse, we between them too.
        {"A_plus": 4e-6, "A_minus": 5e-6, "tau_plus": 20.0, "tau_minus": 25.0, "tau_c": 300.0, "tau_n": 80.0,
         "b": 0.0, "Wmin": 0.0, "Wmax": WMAX, "weight": 0.5 * WMAX},
        {"A_plus": 1e-5, "A_minus": 0.5e-5, "tau_plus": 20.0, "tau_minus": 20.0, "tau_c": 20.0, "tau_n": 200.0,
         "b": 0.01, "Wmin": 0.0, "Wmax": WMAX, "weight": 0.5 * WMAX},
    ],
    "stdp_sign_synapse": [
        {"levels": 16, "theta": 0.5, "tau_plus": 20.0, "tau_minus": 30.0, "Wmax": WMAX, "weight": 0.5 * WMAX},
    ],
}
# What NEST keeps with the target neuron.
OF_TARGET = ("tau_minus", "tau_minus_triplet")


def main():
    for name in sys.argv[1:] or SYNAPSES:
        protocols = [protocol(name, params) for params in SYNAPSES[name]]
        simulator = "its definition" if name == "stdp_sign_synapse" else f"NEST {nest.__version__}"
        write(f"synapses/{name}", {"simulator": simulator, "synapse": name, "dt_ms": DT_MS, "delay_ms": DELAY_MS,
                                   "protocols": protocols})


def protocol(name, params):
    rng = np.random.default_rng(5)
    pre, post, dopamine = times_ms(rng, 60), times_ms(rng, 60), times_ms(rng, 25)
    # The first spike of the source comes first, since NEST's nearest-neighbour rule counts t = 0 as a spike. Some spikes
    # of the target reach the synapse just when the source fires.
    post = [t for t in post if t > pre[0] and min(abs(t + DELAY_MS - p) for p in pre) > 2.0]
    post = sorted(post + [round(p - DELAY_MS, 1) for p in pre[3::9]])
    post = [t for t, before in zip(post, [-9.0, *post]) if t - before > 1.0]
    run = by_definition if name == "stdp_sign_synapse" else in_nest
    weights = run(name, params, pre, post, dopamine)
    assert len(weights) == len(pre)
    return {"params": {key: value for key, value in params.items() if key != "weight"}, "weight": params["weight"],
            "pre_ms": pre, "post_ms": post, "modulator_ms": dopamine if name == "stdp_dopamine_synapse" else [],
            "weights": [float(f"{w:.9g}") for w in weights]}


def times_ms(rng, count):
    steps = np.sort(rng.choice(np.arange(100, round(RUN_MS / DT_MS)), size=count, replace=False))
    kept = [step for step, before in zip(steps, [-1000, *steps]) if step - before > 15]
    return [round(float(step * DT_MS), 1) for step in kept]


def in_nest(name, params, pre, post, dopamine):
    reset_nest(seed=1)
    # Parrots repeat what reaches their port 0 a millisecond later, and ignore what reaches their port 1.
    neurons = []
    for times in (pre, post, dopamine):
        generator = nest.Create("spike_generator", params={"spike_times": [t - 1.0 for t in times]})
        neurons.append(nest.Create("parrot_neuron"))
        nest.Connect(generator, neurons[-1], syn_spec={"delay": 1.0})
    source, target, modulator = neurons
    recorder = nest.Create("weight_recorder")
    if any(key in params for key in OF_TARGET):
        target.set({key: params[key] for key in OF_TARGET if key in params})
    own = {key: value for key, value in params.items() if key not in OF_TARGET}
    if name == "tsodyks2_synapse":
        own["u"] = own["U"]  # where it would be after a long silence; NEST starts at 0.5 whatever U
    common = {"weight_recorder": recorder}
    if name == "stdp_dopamine_synapse":
        transmitter = nest.Create("volume_transmitter")
        nest.Connect(modulator, transmitter, syn_spec={"delay": DELAY_MS})
        common |= {"volume_transmitter": transmitter}
        common |= {key: own.pop(key) for key in list(own) if key != "weight"}
    nest.CopyModel(name, "recorded", common)
    nest.Connect(source, target, syn_spec=own | {"synapse_model": "recorded", "delay": DELAY_MS, "receptor_type": 1})
    nest.Simulate(RUN_MS + 5.0)
    assert np.allclose(recorder.events["times"], pre)
    return recorder.events["weights"].tolist()


def by_definition(_, params, pre, post, __):
    """A spike whose partner on the other side is near enough moves the weight by a level; pairs with the nearest only."""
    level, weight, weights = params["Wmax"] / params["levels"], params["weight"], []
    arrivals = [round(t + DELAY_MS, 1) for t in post]
    last = {"pre": -math.inf, "post": -math.inf}
    for t in sorted({*pre, *arrivals}):
        before = dict(last)
        if t in arrivals:
            weight += level * (math.exp((before["pre"] - t) / params["tau_plus"]) > params["theta"])
            weight, last["post"] = min(weight, params["Wmax"]), t
        if t in pre:
            weight -= level * (math.exp((before["post"] - t) / params["tau_minus"]) > params["theta"])
            weight, last["pre"] = max(weight, 0.0), t
            weights.append(weight)
    return weights


if __name__ == "__main__":
    main()
