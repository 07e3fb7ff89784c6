"""Varied ''' /: a network of 24 neurons, for Brian2. Written by Spikeground.

    pip install brian2==2.9.0 "numpy<2.3"
    python network.py --ms 1000 --seed 3 --plot

Prints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON.
"""

import argparse
import json
import sys

import numpy as np
from brian2 import *

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--ms", type=float, default=1000.0, help="simulated time (%(default)s)")
parser.add_argument("--seed", type=int, default=3, help="seed of all randomness (%(default)s)")
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



def within(lo, hi, draw, n):
    """n numbers; those outside the limits are drawn again."""
    numbers = draw(n)
    while (outside := (numbers < lo) | (numbers > hi)).any():
        numbers[outside] = draw(outside.sum())
    return numbers



def spatial(source, target, probability, wrap=None, autapses=True):
    """Source and target of each synapse; the probability depends on the distance in mm. Edges meet at `wrap`."""
    pre, post = [], []
    for j, place in enumerate(target):
        way = np.abs(source - place)
        distance = np.hypot(*(way if wrap is None else np.minimum(way, np.abs(wrap - way))).T)
        chosen = np.flatnonzero(rng.random(len(source)) < probability(distance))
        chosen = chosen if autapses else chosen[chosen != j]
        pre.append(chosen)
        post.append(np.full(len(chosen), j))
    return np.concatenate(pre), np.concatenate(post)



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



def small_world(n_source, n_target, k, p, autapses=True, multapses=True):
    """Source and target of each synapse: the k nearest on a ring, or with probability p somebody beyond them."""
    step = np.arange(k) // 2 + 1
    near = np.where(np.arange(k) % 2, step, -step)
    pre = []
    for target in range(n_target):
        kept = near[rng.random(k) > p]
        beyond = k // 2 + 1 + rng.choice(n_source - 1 - k, k - len(kept), replace=False)
        pre.append((target + np.concatenate([kept, beyond])) % n_source)
    return np.concatenate(pre), np.repeat(np.arange(n_target), k)



def generator(times):
    """Sends spikes at these times (ms); those of one step come from different cells."""
    step = np.round(np.sort(times) / DT_MS).astype(int) - 1
    cell = np.arange(len(step)) - np.searchsorted(step, step)
    others.append(SpikeGeneratorGroup(cell.max(initial=0) + 1, cell, step * DT_MS * ms))
    return others[-1]


IAF_PSC_EXP_DRIVEN = dict(
    model="""
        dV_m/dt = -(V_m - E_L)/tau_m + (I_syn_ex + I_syn_in + (I_e + I_stim))/C_m : volt (unless refractory)
        dI_syn_ex/dt = -I_syn_ex/tau_syn_ex : amp
        dI_syn_in/dt = -I_syn_in/tau_syn_in : amp
    """,
    threshold="V_m >= V_th", reset="V_m = V_reset", method="rk4",
    refractory="t_ref + dt",
)

AEIF_COND_EXP = dict(
    model="""
        dV_m/dt = (-g_L*(V_m - E_L) + g_L*Delta_T*exp((clip(V_m, -1*volt, V_peak) - V_th)/Delta_T)
            - g_ex*(V_m - E_ex) - g_in*(V_m - E_in) - w + I_e)/C_m : volt (unless refractory)
        dw/dt = (a*(clip(V_m, -1*volt, V_peak) - E_L) - w)/tau_w : amp
        dg_ex/dt = -g_ex/tau_syn_ex : siemens
        dg_in/dt = -g_in/tau_syn_in : siemens
    """,
    threshold="V_m >= V_peak", reset="V_m = V_reset; w += b", method="rk4",
    refractory="t_ref + dt",
)

# Populations
sizes["a b"] = 12
positions["a b"] = np.stack(np.meshgrid((np.arange(4) + 0.5) / 4 - 0.5, 0.5 - (np.arange(3) + 0.5) / 3, indexing="ij"), -1).reshape(-1, 2) * [1.0, 0.75]
neurons["a b"] = NeuronGroup(12, **(IAF_PSC_EXP_DRIVEN | {"model": IAF_PSC_EXP_DRIVEN["model"] + "\nV_th : volt (constant)\nI_stim : amp"}), namespace={
    "C_m": 250.0*pF, "tau_m": 10.0*ms, "E_L": -70.0*mV, "I_e": 400.0*pA, "V_reset": -70.0*mV, "t_ref": 2.0*ms,
    "tau_syn_ex": 2.0*ms, "tau_syn_in": 2.0*ms,
})
neurons["a b"].V_th = within(-np.inf, -50.0, lambda n: rng.normal(-55.0, 1.0, n), 12)*mV
neurons["a b"].V_m = "E_L"
neurons["a b"].run_regularly("I_stim = 1.5*100.0*pA*int(t >= 5.1*ms)", when="start")
sizes["β"] = 12
positions["β"] = rng.uniform([-0.5, -0.375], [0.5, 0.375], (12, 2))
neurons["β"] = NeuronGroup(12, **AEIF_COND_EXP, namespace={
    "C_m": 281.0*pF, "g_L": 30.0*nS, "E_L": -70.6*mV, "E_ex": 0.0*mV, "E_in": -85.0*mV, "I_e": 0.0*pA,
    "V_th": -50.4*mV, "V_peak": 0.0*mV, "V_reset": -60.0*mV, "t_ref": 0.0*ms, "Delta_T": 2.0*mV, "a": 4.0*nS,
    "b": 80.5*pA, "tau_w": 144.0*ms, "tau_syn_ex": 0.2*ms, "tau_syn_in": 2.0*ms,
})
neurons["β"].V_m = "E_L"
neurons["β"].w = rng.uniform(0.0, 20.0, 12)*pA

# Synapses and stimuli
pairs = spatial(positions["a b"], positions["β"], lambda d: 0.5 * np.exp(-d**2 / (2.0 * 0.3**2)), np.array([1.0, 0.75]))
project(neurons["a b"], neurons["β"], pairs, 2.0*rng.lognormal(0.0, 0.5, len(pairs[0]))*nS, rng.uniform(0.5, 1.5, len(pairs[0]))*ms, "g_ex += weight", "weight : siemens")
pairs = fixed_indegree(sizes["a b"], sizes["a b"], 3, autapses=False, multapses=False)
project(neurons["a b"], neurons["a b"], pairs, -30.0*pA, 1.0*ms, "I_syn_in += weight", "weight : amp")
pairs = small_world(sizes["a b"], sizes["a b"], 4, 0.1)
project(neurons["a b"], neurons["a b"], pairs, 30.0*pA, 1.0*ms, "I_syn_ex += weight", "weight : amp")
pairs = np.array([[0, 5], [3, 1]], int).reshape(-1, 2).T
project(neurons["β"], neurons["a b"], pairs, np.array([20.0, 0.7])*pA, np.array([1.0, 1.5])*ms, "I_syn_ex += weight", "weight : amp")
source = generator([1.0, 2.0, 2.0])
pairs = np.indices((len(source), len(neurons["β"]))).reshape(2, -1)
project(source, neurons["β"], pairs, 10.0*nS, 0.1*ms, "g_ex += weight", "weight : siemens")


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
