"""One neuron: a network of 1 neurons, for NEST. Written by Spikeground.

    pip install nest-simulator==3.10.0 numpy
    python network.py --ms 1000 --seed 1 --plot

Prints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON.
"""

import argparse
import json
import sys

import nest
import numpy as np

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--ms", type=float, default=1000.0, help="simulated time (%(default)s)")
parser.add_argument("--seed", type=int, default=1, help="seed of all randomness (%(default)s)")
parser.add_argument("--plot", action="store_true", help="show a raster, if matplotlib is installed")
args = parser.parse_args()

DT_MS = 0.1
rng = np.random.default_rng(args.seed)
sizes, neurons = {}, {}

nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.set(resolution=DT_MS, rng_seed=max(args.seed, 1))


# Populations; units are mV, ms, pA, pF, nS, Hz.
sizes["N"] = 1
neurons["N"] = nest.Create("iaf_psc_exp", 1, params={
    "C_m": 200.0, "tau_m": 20.0, "E_L": -65.0, "I_e": 0.0, "V_th": -50.0, "V_reset": -65.0, "t_ref": 2.0,
    "tau_syn_ex": 3.0, "tau_syn_in": 6.0, "V_m": -65.0,
})

# Stimuli
stimuli = {}
stimuli["excitation"] = nest.Create("poisson_generator", params={"rate": 1500.0})
stimuli["inhibition"] = nest.Create("poisson_generator", params={"rate": 400.0})

# Synapses
nest.Connect(stimuli["excitation"], neurons["N"], {"rule": "all_to_all"}, {"weight": 50.0, "delay": 0.1})
nest.Connect(stimuli["inhibition"], neurons["N"], {"rule": "all_to_all"}, {"weight": -50.0, "delay": 0.1})


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
