"""Varied ''' /: a network of 24 neurons, for NEST. Written by Spikeground.

    pip install nest-simulator==3.10.0 numpy
    python network.py --ms 1000 --seed 3 --plot

Prints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON.
"""

import argparse
import json
import sys

import nest
import numpy as np

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--ms", type=float, default=1000.0, help="simulated time (%(default)s)")
parser.add_argument("--seed", type=int, default=3, help="seed of all randomness (%(default)s)")
parser.add_argument("--plot", action="store_true", help="show a raster, if matplotlib is installed")
args = parser.parse_args()

DT_MS = 0.1
rng = np.random.default_rng(args.seed)
sizes, neurons = {}, {}

nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.set(resolution=DT_MS, rng_seed=max(args.seed, 1))



def connect_pairs(source, target, pairs, synapse):
    """Connects neurons by their numbers, with one weight and delay, or one for each pair."""
    ends = [np.array(population.tolist())[numbers] for population, numbers in zip((source, target), pairs)]
    each = {key: np.broadcast_to(synapse[key], len(ends[0])).astype(float) for key in ("weight", "delay")}
    nest.Connect(*ends, "one_to_one", synapse | each)



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


# Populations; units are mV, ms, pA, pF, nS, Hz.
sizes["a b"] = 12
neurons["a b"] = nest.Create("iaf_psc_exp", positions=nest.spatial.grid([4, 3], extent=[1.0, 0.75], edge_wrap=True), params={
    "C_m": 250.0, "tau_m": 10.0, "E_L": -70.0, "I_e": 400.0,
    "V_th": nest.math.redraw(nest.random.normal(-55.0, 1.0), -np.inf, -50.0), "V_reset": -70.0, "t_ref": 2.0,
    "tau_syn_ex": 2.0, "tau_syn_in": 2.0, "V_m": -70.0,
})
sizes["β"] = 12
neurons["β"] = nest.Create("aeif_cond_exp", positions=nest.spatial.free((rng.uniform([-0.5, -0.375], [0.5, 0.375], (12, 2))).tolist(), extent=[1.0, 0.75], edge_wrap=True), params={
    "C_m": 281.0, "g_L": 30.0, "E_L": -70.6, "E_ex": 0.0, "E_in": -85.0, "I_e": 0.0, "V_th": -50.4, "V_peak": 0.0,
    "V_reset": -60.0, "t_ref": 0.0, "Delta_T": 2.0, "a": 4.0, "b": 80.5, "tau_w": 144.0, "tau_syn_ex": 0.2,
    "tau_syn_in": 2.0, "V_m": -70.6, "w": nest.random.uniform(0.0, 20.0),
})

# Stimuli
stimuli = {}
stimuli["dc"] = nest.Create("dc_generator", params={"amplitude": 100.0, "start": 5.0})
stimuli["list"] = nest.Create("spike_generator", params={"spike_times": [1.0, 2.0, 2.0]})

# Synapses
nest.Connect(neurons["a b"], neurons["β"], {
    "rule": "pairwise_bernoulli",
    "p": 0.5 * nest.spatial_distributions.gaussian(nest.spatial.distance, mean=0.0, std=0.3),
}, {
    "weight": 2.0 * nest.random.lognormal(0.0, 0.5), "delay": nest.random.uniform(0.5, 1.5),
})
nest.Connect(neurons["a b"], neurons["a b"], {"rule": "fixed_indegree", "indegree": 3, "allow_autapses": False, "allow_multapses": False}, {
    "weight": -30.0, "delay": 1.0,
})
pairs = small_world(sizes["a b"], sizes["a b"], 4, 0.1)
connect_pairs(neurons["a b"], neurons["a b"], pairs, {"weight": 30.0, "delay": 1.0})
pairs = np.array([[0, 5], [3, 1]], int).reshape(-1, 2).T
connect_pairs(neurons["β"], neurons["a b"], pairs, {"weight": np.array([20.0, 0.7]), "delay": np.array([1.0, 1.5])})
nest.Connect(stimuli["dc"], neurons["a b"], {"rule": "all_to_all"}, {"weight": 1.5, "delay": 0.1})
nest.Connect(stimuli["list"], neurons["β"], {"rule": "all_to_all"}, {"weight": 10.0, "delay": 0.1})


# Run
recorders = {}
for name, population in neurons.items():
    recorders[name] = nest.Create("spike_recorder")
    nest.Connect(population, recorders[name])
nest.Simulate(args.ms)
spikes = {
    name: (recorder.events["senders"] - neurons[name][0].global_id, recorder.events["times"])
    for name, recorder in recorders.items()
}


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
