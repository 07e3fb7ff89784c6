"""Varied ''' /: a network of 24 neurons, for BrainPy. Written by Spikeground.

    pip install brainpy==2.8.2 numba "numpy<2.3"
    python network.py --ms 1000 --seed 3 --plot

Prints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON.

Not as in Spikeground:

- projections[0].delay_ms: BrainPy has no way to give synapses of one projection delays of their own, on “β”. Write it there, or take it out.
- projections[3].delay_ms: BrainPy has no way to give synapses of one projection delays of their own, on “a b”. Write it there, or take it out.
- projections[4].source: BrainPy has no stimulus “dc_generator”. Write it there, or take it out.
"""

import argparse
import json
import sys

import brainpy as bp
import brainpy.math as bm
import numpy as np

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--ms", type=float, default=1000.0, help="simulated time (%(default)s)")
parser.add_argument("--seed", type=int, default=3, help="seed of all randomness (%(default)s)")
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



def within(lo, hi, draw, n):
    """n numbers; those outside the limits are drawn again."""
    numbers = draw(n)
    while (outside := (numbers < lo) | (numbers > hi)).any():
        numbers[outside] = draw(outside.sum())
    return numbers



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



class Generator(bp.DynamicalSystem):
    """Spikes that arrive at these times (ms)."""

    def __init__(self, target, times, weight, variable):
        super().__init__()
        self.target, self.weight, self.variable = target, weight, variable
        self.steps = np.round(np.array(times) / DT_MS).astype(int) - 1

    def update(self, i):
        self.target.hear(self.variable, self.weight * bm.sum(bm.asarray(self.steps) == i))



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


def aeif_cond_exp_slope(
    V_m, w, g_ex, g_in, t, C_m, g_L, E_L, E_ex, E_in, I_e, V_th, V_peak, V_reset, t_ref, Delta_T, a, b, tau_w,
    tau_syn_ex, tau_syn_in,
):
    V_m_slope = (-g_L*(V_m - E_L) + g_L*Delta_T*bm.exp((bm.clip(V_m, -1*volt, V_peak) - V_th)/Delta_T) - g_ex*(V_m - E_ex) - g_in*(V_m - E_in) - w + I_e)/C_m
    w_slope = (a*(bm.clip(V_m, -1*volt, V_peak) - E_L) - w)/tau_w
    g_ex_slope = -g_ex/tau_syn_ex
    g_in_slope = -g_in/tau_syn_in
    return V_m_slope, w_slope, g_ex_slope, g_in_slope


AEIF_COND_EXP = dict(
    slope=aeif_cond_exp_slope, method="rk4",
    variables=["V_m", "w", "g_ex", "g_in"], held=["V_m"], deaf=[],
    threshold=lambda V_m, V_peak, **_: V_m >= V_peak,
    reset=lambda V_m, w, V_reset, b, **_: dict(V_m=V_reset, w=w + (b)),
)

# Populations
sizes["a b"] = 12
positions["a b"] = np.stack(np.meshgrid((np.arange(4) + 0.5) / 4 - 0.5, 0.5 - (np.arange(3) + 0.5) / 3, indexing="ij"), -1).reshape(-1, 2) * [1.0, 0.75]
params = dict(
    C_m=250.0, tau_m=10.0, E_L=-70.0, I_e=400.0, V_th=within(-np.inf, -50.0, lambda n: rng.normal(-55.0, 1.0, n), 12),
    V_reset=-70.0, t_ref=2.0, tau_syn_ex=2.0, tau_syn_in=2.0,
)
neurons["a b"] = Neurons(12, IAF_PSC_EXP, params, dict(V_m=params["E_L"]))
sizes["β"] = 12
positions["β"] = rng.uniform([-0.5, -0.375], [0.5, 0.375], (12, 2))
params = dict(
    C_m=281.0, g_L=30.0, E_L=-70.6, E_ex=0.0, E_in=-85.0, I_e=0.0, V_th=-50.4, V_peak=0.0, V_reset=-60.0, t_ref=0.0,
    Delta_T=2.0, a=4.0, b=80.5, tau_w=144.0, tau_syn_ex=0.2, tau_syn_in=2.0,
)
neurons["β"] = Neurons(12, AEIF_COND_EXP, params, dict(V_m=params["E_L"], w=rng.uniform(0.0, 20.0, 12)))

# Synapses and stimuli
raise NotImplementedError("projections[0].delay_ms: BrainPy has no way to give synapses of one projection delays of their own, on “β”. Write it there, or take it out.")
pairs = fixed_indegree(sizes["a b"], sizes["a b"], 3, autapses=False, multapses=False)
project(neurons["a b"], neurons["a b"], pairs, -30.0, 1.0, "I_syn_in")
pairs = small_world(sizes["a b"], sizes["a b"], 4, 0.1)
project(neurons["a b"], neurons["a b"], pairs, 30.0, 1.0, "I_syn_ex")
raise NotImplementedError("projections[3].delay_ms: BrainPy has no way to give synapses of one projection delays of their own, on “a b”. Write it there, or take it out.")
raise NotImplementedError("projections[4].source: BrainPy has no stimulus “dc_generator”. Write it there, or take it out.")
others.append(Generator(neurons["β"], [1.1, 2.1, 2.1], 10.0, "g_ex"))


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
