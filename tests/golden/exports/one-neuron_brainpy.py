"""One neuron: a network of 1 neurons, for BrainPy. Written by Spikeground.

    pip install brainpy==2.8.2 numba "numpy<2.3"
    python network.py --ms 1000 --seed 1 --plot

Prints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON.
"""

import argparse
import json
import sys

import brainpy as bp
import brainpy.math as bm
import numpy as np

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--ms", type=float, default=1000.0, help="simulated time (%(default)s)")
parser.add_argument("--seed", type=int, default=1, help="seed of all randomness (%(default)s)")
parser.add_argument("--plot", action="store_true", help="show a raster, if matplotlib is installed")
args = parser.parse_args()

DT_MS = 0.1
rng = np.random.default_rng(args.seed)
sizes, neurons = {}, {}

bm.enable_x64()
bm.random.seed(args.seed)
positions, others = {}, []
# Units are mV, ms, pA, pF, nS.
mV = ms = pA = 1.0
volt = 1000.0


class Neurons(bp.DynamicalSystem):
    """Neurons of a model. In a step they move, hear what arrives, and fire, in this order, as in NEST."""

    def __init__(self, size, model, params, start):
        super().__init__()
        self.num, self.model = size, model
        self.params = {name: bm.asarray(value) for name, value in params.items()}
        self.x = {name: bm.Variable(bm.zeros(size) + start.get(name, 0.0)) for name in model["variables"]}
        self.currents = []
        # Steps of the refractory time that are left, and of the longest delay.
        self.rest, self.longest = bm.Variable(bm.zeros(size, int)), 0
        self.integral = bp.odeint(model["slope"], method=model["method"])

    def begin(self):
        """Makes room for what is sent."""
        self.sent = bm.Variable(bm.zeros((self.longest + 1, self.num), bool))

    def move(self, i):
        params = self.params
        if self.currents:
            params = params | {"I_e": params["I_e"] + sum(current(i) for current in self.currents)}
        now = [self.x[name].value for name in self.model["variables"]]
        then = self.integral(*now, i * DT_MS, **params, dt=DT_MS)
        for name, old, new in zip(self.model["variables"], now, then if len(now) > 1 else [then]):
            self.x[name].value = bm.where(self.rest.value > 0, old, new) if name in self.model["held"] else new

    def hear(self, variable, amount):
        is_lost = (self.rest.value > 0) & (variable in self.model["deaf"])
        self.x[variable].value += bm.where(is_lost, 0.0, amount)

    def fire(self, i):
        known = self.params | {name: x.value for name, x in self.x.items()}
        fires = self.model["threshold"](**known) & (self.rest.value <= 0)
        for name, value in self.model["reset"](**known).items():
            self.x[name].value = bm.where(fires, value, known[name])
        held = np.round(self.params["t_ref"] / DT_MS).astype(int) if self.model["held"] else 0
        self.rest.value = bm.where(fires, held, bm.maximum(self.rest.value - 1, 0))
        self.sent[i % len(self.sent)] = fires
        return fires


class Projection(bp.Projection):
    """Synapses between pairs of neurons, with one weight, or one for each, and one delay (ms)."""

    def __init__(self, source, target, pairs, weight, delay, variable):
        super().__init__()
        order = np.argsort(pairs[0], kind="stable")
        first = np.searchsorted(pairs[0][order], np.arange(source.num + 1))
        ends = bp.conn.CSRConn(pairs[1][order], first)(source.num, target.num)
        self.comm = bp.dnn.EventCSRLinear(ends, np.broadcast_to(weight, len(order))[order].astype(float))
        self.source, self.target, self.variable = source, target, variable
        self.steps = max(round(delay / DT_MS), 1)
        source.longest = max(source.longest, self.steps)

    def update(self, i):
        self.target.hear(self.variable, self.comm(self.source.sent[(i - self.steps) % len(self.source.sent)]))


def project(source, target, pairs, *how):
    if len(pairs[0]):
        others.append(Projection(source, target, np.asarray(pairs), *how))



class Poisson(bp.DynamicalSystem):
    """Poisson spikes of its own for every neuron, from `start` to `stop` (ms)."""

    def __init__(self, target, rate, weight, variable, start, stop):
        super().__init__()
        self.target, self.mean, self.weight, self.variable = target, rate * DT_MS / 1000.0, weight, variable
        self.start, self.stop = start / DT_MS, stop / DT_MS

    def update(self, i):
        is_on = (i >= self.start) & (i < self.stop)
        self.target.hear(self.variable, self.weight * is_on * bm.random.poisson(self.mean, self.target.num))



def iaf_psc_exp_slope(
    V_m, I_syn_ex, I_syn_in, t, C_m, tau_m, E_L, I_e, V_th, V_reset, t_ref, tau_syn_ex, tau_syn_in,
):
    V_m_slope = -(V_m - E_L)/tau_m + (I_syn_ex + I_syn_in + I_e)/C_m
    I_syn_ex_slope = -I_syn_ex/tau_syn_ex
    I_syn_in_slope = -I_syn_in/tau_syn_in
    return V_m_slope, I_syn_ex_slope, I_syn_in_slope


IAF_PSC_EXP = dict(
    slope=iaf_psc_exp_slope, method="rk4",
    variables=["V_m", "I_syn_ex", "I_syn_in"], held=["V_m"], deaf=[],
    threshold=lambda V_m, V_th, **_: V_m >= V_th,
    reset=lambda V_m, V_reset, **_: dict(V_m=V_reset),
)

# Populations
sizes["N"] = 1
params = dict(
    C_m=200.0, tau_m=20.0, E_L=-65.0, I_e=0.0, V_th=-50.0, V_reset=-65.0, t_ref=2.0, tau_syn_ex=3.0, tau_syn_in=6.0,
)
neurons["N"] = Neurons(1, IAF_PSC_EXP, params, dict(V_m=params["E_L"]))

# Synapses and stimuli
others.append(Poisson(neurons["N"], 1500.0, 50.0, "I_syn_ex", 0.1, np.inf))
others.append(Poisson(neurons["N"], 400.0, -50.0, "I_syn_in", 0.1, np.inf))


# Run
def step(i):
    for population in neurons.values():
        population.move(i)
    for other in others:
        other(i)
    return {name: population.fire(i) for name, population in neurons.items()}


for population in neurons.values():
    population.begin()
fired = bm.for_loop(step, np.arange(round(args.ms / DT_MS)))
spikes = {}
for name, trains in fired.items():
    when, who = np.nonzero(np.asarray(trains))
    spikes[name] = (who, (when + 1) * DT_MS)


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
