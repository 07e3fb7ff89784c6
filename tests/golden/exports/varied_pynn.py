"""Varied ''' /: a network of 24 neurons, for PyNN. Written by Spikeground.

    pip install PyNN==0.13.0 nest-simulator==3.10.0 numpy
    python network.py --ms 1000 --seed 3 --plot

Prints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON.
"""

import argparse
import json
import sys

import numpy as np
import pyNN.nest as sim  # or another backend
from pyNN.random import NumpyRNG, RandomDistribution

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--ms", type=float, default=1000.0, help="simulated time (%(default)s)")
parser.add_argument("--seed", type=int, default=3, help="seed of all randomness (%(default)s)")
parser.add_argument("--plot", action="store_true", help="show a raster, if matplotlib is installed")
args = parser.parse_args()

DT_MS = 0.1
rng = np.random.default_rng(args.seed)
sizes, neurons = {}, {}
positions = {}
sim.setup(timestep=DT_MS, min_delay=DT_MS, spike_precision="on_grid", rng_seed=max(args.seed, 1))
random = NumpyRNG(seed=args.seed)



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



def connect_pairs(source, target, pairs, weight, delay, receptor_type):
    """Connects cells by their numbers, with one weight and delay, or one for each pair."""
    rows = np.broadcast_arrays(*pairs, weight, delay)
    connector = sim.FromListConnector(np.array(rows, float).T, column_names=["weight", "delay"])
    sim.Projection(source, target, connector, sim.StaticSynapse(), receptor_type=receptor_type)



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



def generator(times, target, weight, delay, receptor_type):
    """Spikes at these times (ms) for every cell; those of one time come from different sources."""
    times = np.maximum(np.sort(times), 2 * DT_MS)
    source = np.arange(len(times)) - np.searchsorted(times, times)
    trains = [times[source == number] for number in range(source.max(initial=-1) + 1)]
    if trains:
        sources = sim.Population(len(trains), sim.SpikeSourceArray(spike_times=trains))
        pairs = np.indices((len(trains), target.size)).reshape(2, -1)
        connect_pairs(sources, target, pairs, weight, delay, receptor_type)


# Populations; units are mV, ms, nA, nF, uS; with pyNN.nest, conductances and adaptation start in nS and pA.
sizes["a b"] = 12
positions["a b"] = np.stack(np.meshgrid((np.arange(4) + 0.5) / 4 - 0.5, 0.5 - (np.arange(3) + 0.5) / 3, indexing="ij"), -1).reshape(-1, 2) * [1.0, 0.75]
neurons["a b"] = sim.Population(12, sim.IF_curr_exp(
    cm=0.25, tau_m=10.0, v_rest=-70.0, v_reset=-70.0,
    v_thresh=within(-np.inf, -50.0, lambda n: rng.normal(-55.0, 1.0, n), 12), tau_refrac=2.0, i_offset=0.4,
    tau_syn_E=2.0, tau_syn_I=2.0,
))
neurons["a b"].initialize(v=-70.0)
sizes["β"] = 12
positions["β"] = rng.uniform([-0.5, -0.375], [0.5, 0.375], (12, 2))
neurons["β"] = sim.Population(12, sim.EIF_cond_exp_isfa_ista(
    cm=0.281, v_rest=-70.6, v_reset=-60.0, v_thresh=-50.4, tau_refrac=0.0, i_offset=0.0, tau_syn_E=0.2, tau_syn_I=2.0,
    e_rev_E=0.0, e_rev_I=-85.0, v_spike=0.0, delta_T=2.0, a=4.0, b=0.0805, tau_w=144.0, tau_m=9.366666666666667,
))
neurons["β"].initialize(v=-70.6, w=rng.uniform(0.0, 20.0, 12))

# Synapses and stimuli
pairs = spatial(positions["a b"], positions["β"], lambda d: 0.5 * np.exp(-d**2 / (2.0 * 0.3**2)), np.array([1.0, 0.75]))
connect_pairs(neurons["a b"], neurons["β"], pairs, 2.0*rng.lognormal(0.0, 0.5, len(pairs[0])) / 1000.0, rng.uniform(0.5, 1.5, len(pairs[0])), "excitatory")
sim.Projection(
    neurons["a b"], neurons["a b"],
    sim.FixedNumberPreConnector(n=3, allow_self_connections=False, with_replacement=False, rng=random),
    sim.StaticSynapse(weight=-0.03, delay=1.0), receptor_type="inhibitory",
)
pairs = small_world(sizes["a b"], sizes["a b"], 4, 0.1)
connect_pairs(neurons["a b"], neurons["a b"], pairs, 30.0 / 1000.0, 1.0, "excitatory")
pairs = np.array([[0, 5], [3, 1]], int).reshape(-1, 2).T
connect_pairs(neurons["β"], neurons["a b"], pairs, np.array([20.0, 0.7]) / 1000.0, np.array([1.0, 1.5]), "excitatory")
sim.DCSource(amplitude=0.15, start=5.1).inject_into(neurons["a b"])
generator([1.0, 2.0, 2.0], neurons["β"], 0.01, 0.1, "excitatory")


# Run
for population in neurons.values():
    population.record("spikes")
sim.run(args.ms)
spikes = {}
for name, population in neurons.items():
    trains = [np.array(train) for train in population.get_data("spikes").segments[0].spiketrains]
    spikes[name] = (np.repeat(np.arange(len(trains)), [len(train) for train in trains]), np.concatenate(trains))


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
