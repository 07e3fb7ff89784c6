"""CUBA: a network of 4000 neurons, for Brian2. Written by Spikeground.

    pip install brian2==2.9.0 "numpy<2.3"
    python network.py --ms 1000 --seed 1 --plot

Prints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON.
"""

import argparse
import json
import sys

import numpy as np
from brian2 import *

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--ms", type=float, default=1000.0, help="simulated time (%(default)s)")
parser.add_argument("--seed", type=int, default=1, help="seed of all randomness (%(default)s)")
parser.add_argument("--plot", action="store_true", help="show a raster, if matplotlib is installed")
args = parser.parse_args()

DT_MS = 0.1
rng = np.random.default_rng(args.seed)
sizes, neurons = {}, {}
positions, others = {}, []
defaultclock.dt = DT_MS * ms
seed(args.seed)


def project(source, target, pairs, weight, delay, hears, model, on_pre="", on_post="", namespace={}, start={}):
    """Synapses between pairs of neurons; a weight or a delay is one number, or one for each synapse.

    A spike of the source acts on the synapse at once and reaches the target after the delay; a spike of the target
    reaches the synapse after the delay, as in NEST.
    """
    synapses = Synapses(
        source, target, model, namespace=target.namespace | namespace,
        on_pre=({"learn": on_pre} if on_pre else {}) | {"deliver": hears},
        on_post={"learn_post": on_post} if on_post else None,
    )
    synapses.connect(i=pairs[0], j=pairs[1])
    synapses.weight = weight
    # As synapses come before thresholds, a spike reaches them a step late.
    delay = delay - DT_MS * ms
    synapses.deliver.delay = delay
    if on_post:
        synapses.learn_post.delay = delay
    for name, value in start.items():
        setattr(synapses, name, value)
    others.append(synapses)



def fixed_indegree(n_source, n_target, indegree, autapses=True, multapses=True):
    """Source and target of each synapse; every target draws its sources."""
    others = n_source - (not autapses)
    post = np.repeat(np.arange(n_target), indegree)
    if multapses:
        pre = rng.integers(others, size=len(post))
    else:
        draws = [rng.choice(others, indegree, replace=False) for _ in range(n_target)]
        pre = np.concatenate([np.zeros(0, int), *draws])
    return pre + (0 if autapses else pre >= post), post


IAF_PSC_EXP = dict(
    model="""
        dV_m/dt = -(V_m - E_L)/tau_m + (I_syn_ex + I_syn_in + I_e)/C_m : volt (unless refractory)
        dI_syn_ex/dt = -I_syn_ex/tau_syn_ex : amp
        dI_syn_in/dt = -I_syn_in/tau_syn_in : amp
    """,
    threshold="V_m >= V_th", reset="V_m = V_reset", method="rk4",
    refractory="t_ref + dt",
)

# Populations
sizes["E"] = 3200
neurons["E"] = NeuronGroup(3200, **IAF_PSC_EXP, namespace={
    "C_m": 200.0*pF, "tau_m": 20.0*ms, "E_L": -60.0*mV, "I_e": 110.0*pA, "V_th": -50.0*mV, "V_reset": -60.0*mV,
    "t_ref": 5.0*ms, "tau_syn_ex": 5.0*ms, "tau_syn_in": 10.0*ms,
})
neurons["E"].V_m = rng.uniform(-60.0, -50.0, 3200)*mV
sizes["I"] = 800
neurons["I"] = NeuronGroup(800, **IAF_PSC_EXP, namespace={
    "C_m": 200.0*pF, "tau_m": 20.0*ms, "E_L": -60.0*mV, "I_e": 110.0*pA, "V_th": -50.0*mV, "V_reset": -60.0*mV,
    "t_ref": 5.0*ms, "tau_syn_ex": 5.0*ms, "tau_syn_in": 10.0*ms,
})
neurons["I"].V_m = rng.uniform(-60.0, -50.0, 800)*mV

# Synapses and stimuli
pairs = fixed_indegree(sizes["E"], sizes["E"], 64)
project(neurons["E"], neurons["E"], pairs, 16.2*pA, 0.1*ms, "I_syn_ex += weight", "weight : amp")
pairs = fixed_indegree(sizes["E"], sizes["I"], 64)
project(neurons["E"], neurons["I"], pairs, 16.2*pA, 0.1*ms, "I_syn_ex += weight", "weight : amp")
pairs = fixed_indegree(sizes["I"], sizes["E"], 16)
project(neurons["I"], neurons["E"], pairs, -90.0*pA, 0.1*ms, "I_syn_in += weight", "weight : amp")
pairs = fixed_indegree(sizes["I"], sizes["I"], 16)
project(neurons["I"], neurons["I"], pairs, -90.0*pA, 0.1*ms, "I_syn_in += weight", "weight : amp")


# Run; what arrives in a step reaches the membrane before the threshold is tested, as in NEST.
monitors = {name: SpikeMonitor(group) for name, group in neurons.items()}
network = Network(*neurons.values(), *others, *monitors.values())
network.schedule = ["start", "groups", "synapses", "thresholds", "resets", "end"]
network.run(args.ms * ms)
spikes = {name: (np.array(monitor.i), np.array(monitor.t / ms) + DT_MS) for name, monitor in monitors.items()}


def mean_cv(who, times):
    """The mean CV of the inter-spike intervals of the neurons with at least 5 of them."""
    order = np.lexsort((times, who))
    trains = np.split(times[order], np.flatnonzero(np.diff(who[order])) + 1)
    intervals = [np.diff(train) for train in trains if len(train) > 5]
    return float(np.mean([isi.std() / isi.mean() for isi in intervals])) if intervals else None


if args.plot:
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        print("There is no raster without matplotlib: pip install matplotlib", file=sys.stderr)
    else:
        first = 0
        for name, (who, times) in spikes.items():
            plt.plot(times, first + who, ".", markersize=1, label=name)
            first += sizes[name]
        plt.xlabel("time (ms)")
        plt.ylabel("neuron")
        plt.legend(loc="upper right")
        plt.show()

print(json.dumps({
    name: {"rate_hz": len(times) / sizes[name] / args.ms * 1000.0, "mean_cv": mean_cv(who, times)}
    for name, (who, times) in spikes.items()
}))
