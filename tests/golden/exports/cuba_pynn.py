"""CUBA: a network of 4000 neurons, for PyNN. Written by Spikeground.

    pip install PyNN==0.13.0 nest-simulator==3.10.0 numpy
    python network.py --ms 1000 --seed 1 --plot

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
parser.add_argument("--seed", type=int, default=1, help="seed of all randomness (%(default)s)")
parser.add_argument("--plot", action="store_true", help="show a raster, if matplotlib is installed")
args = parser.parse_args()

DT_MS = 0.1
rng = np.random.default_rng(args.seed)
sizes, neurons = {}, {}
positions = {}
sim.setup(timestep=DT_MS, min_delay=DT_MS, spike_precision="on_grid", rng_seed=max(args.seed, 1))
random = NumpyRNG(seed=args.seed)


# Populations; units are mV, ms, nA, nF, uS; with pyNN.nest, conductances and adaptation start in nS and pA.
sizes["E"] = 3200
neurons["E"] = sim.Population(3200, sim.IF_curr_exp(
    cm=0.2, tau_m=20.0, v_rest=-60.0, v_reset=-60.0, v_thresh=-50.0, tau_refrac=5.0, i_offset=0.11, tau_syn_E=5.0,
    tau_syn_I=10.0,
))
neurons["E"].initialize(v=rng.uniform(-60.0, -50.0, 3200))
sizes["I"] = 800
neurons["I"] = sim.Population(800, sim.IF_curr_exp(
    cm=0.2, tau_m=20.0, v_rest=-60.0, v_reset=-60.0, v_thresh=-50.0, tau_refrac=5.0, i_offset=0.11, tau_syn_E=5.0,
    tau_syn_I=10.0,
))
neurons["I"].initialize(v=rng.uniform(-60.0, -50.0, 800))

# Synapses and stimuli
sim.Projection(
    neurons["E"], neurons["E"],
    sim.FixedNumberPreConnector(n=64, allow_self_connections=True, with_replacement=True, rng=random),
    sim.StaticSynapse(weight=0.0162, delay=0.1), receptor_type="excitatory",
)
sim.Projection(
    neurons["E"], neurons["I"],
    sim.FixedNumberPreConnector(n=64, allow_self_connections=True, with_replacement=True, rng=random),
    sim.StaticSynapse(weight=0.0162, delay=0.1), receptor_type="excitatory",
)
sim.Projection(
    neurons["I"], neurons["E"],
    sim.FixedNumberPreConnector(n=16, allow_self_connections=True, with_replacement=True, rng=random),
    sim.StaticSynapse(weight=-0.09, delay=0.1), receptor_type="inhibitory",
)
sim.Projection(
    neurons["I"], neurons["I"],
    sim.FixedNumberPreConnector(n=16, allow_self_connections=True, with_replacement=True, rng=random),
    sim.StaticSynapse(weight=-0.09, delay=0.1), receptor_type="inhibitory",
)


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
