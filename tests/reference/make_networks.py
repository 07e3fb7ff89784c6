"""Makes the reference data of networks in this folder with NEST 3.10.0 and Brian2 2.9.0; no test needs them installed.

    python3 -m venv venv && . venv/bin/activate
    pip install nest-simulator==3.10.0 brian2==2.9.0 "numpy<2.3"     # Brian2 needs a C++ compiler too
    python make_networks.py             # all files, about an hour; or name some: make_networks.py cuba brunel-ai

Each network is read from the gallery's own JSON in core/src/gallery, changed as NETWORKS says, and simulated with several
seeds. NAME.json holds what was simulated ("network") and, for each seed, the statistics of `firing_statistics`.

NEST simulates all but COBAHH, for which it is slow: that one runs in Brian2's C++ standalone mode, which integrates it by
the exponential Euler method with steps of BRIAN2_DT_MS.
"""

import json
import re
import sys
import tempfile
from pathlib import Path

import nest
import numpy as np

from make_reference import reset_nest
from protocols import write

GALLERY = Path(__file__).parents[2] / "core" / "src" / "gallery"

SEEDS = 10
ISI_BIN_MS, ISI_BINS = 5.0, 100
MIN_ISIS_FOR_CV = 5
COUNT_BIN_MS, CORRELATED_NEURONS = 5.0, 200
BRIAN2_DT_MS = 0.02


def brunel(inhibition, drive, measure_ms=500.0):
    """Brunel (2000), Fig. 8: `inhibition` is g, the ratio of the weights; `drive` is nu_ext/nu_thr, where nu_thr is
    20 mV / (0.1 mV · 1000 · 20 ms) = 10 Hz for each of the 1000 synapses from outside."""
    weight = round(-0.1 * inhibition, 9)
    numbers = {"projections[2].weight": weight, "projections[3].weight": weight,
               "stimuli[0].params.rate": drive * 10.0 * 1000}
    return {"json": "brunel", "numbers": numbers, "discard_ms": 200.0, "measure_ms": measure_ms}


# Measured times are short, and COBAHH has fewer seeds, where the simulator is slow.
NETWORKS = {
    "cuba": {"discard_ms": 500.0, "measure_ms": 5000.0},
    "coba": {"discard_ms": 500.0, "measure_ms": 1500.0},
    "brunel-ai": brunel(5.0, 2.0),
    "brunel-fast": brunel(6.0, 4.0),
    "brunel-slow": brunel(4.5, 0.9),
    "brunel-sr": brunel(3.0, 2.0, measure_ms=200.0),
    "microcircuit": {"discard_ms": 500.0, "measure_ms": 1000.0},
    "cobahh": {"discard_ms": 300.0, "measure_ms": 700.0, "seeds": 6},
}


def main():
    for name in sys.argv[1:] or NETWORKS:
        write(name, reference(name))


def reference(name):
    """What is simulated, and the firing statistics of every seed."""
    entry = NETWORKS[name]
    network = json.loads((GALLERY / f"{entry.get('json', name)}.json").read_text(encoding="utf-8"))
    network.pop("controls", None)
    for path, value in entry.get("numbers", {}).items():
        set_number(network, path, value)
    times = {key: entry[key] for key in ("discard_ms", "measure_ms")}
    simulator, run = (f"NEST {nest.__version__}", run_nest) if name != "cobahh" else brian2_version_and_run()
    seeds = []
    for seed in range(1, entry.get("seeds", SEEDS) + 1):
        who, times_ms = run(network, seed, **times)
        assert times_ms.max(initial=0.0) > sum(times.values()) - 10.0, f"{name} fell silent (seed {seed})"
        seeds.append({"seed": seed} | firing_statistics(network, who, times_ms, **times))
        shown = {key: value for key, value in seeds[-1].items() if key != "isi_fraction"}
        print(f"  {name}: {shown}", file=sys.stderr, flush=True)
    return {
        "simulator": simulator, "network": network, **times, "isi_bin_ms": ISI_BIN_MS,
        "count_bin_ms": COUNT_BIN_MS, "correlated_neurons": CORRELATED_NEURONS, "seeds": seeds,
    }


def set_number(network, path, value):
    """Sets the number at a path such as projections[2].weight."""
    *way, last = re.findall(r"\w+", path)
    place = network
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value


def run_nest(network, seed, discard_ms, measure_ms):
    """Runs a network in NEST; returns who spiked (0-based) and when (ms), within the measured time."""
    reset_nest(seed)
    assert network["dt_ms"] == nest.resolution
    nodes = {}
    for population in network["populations"]:
        neurons = nest.Create(population["model"], population["size"], params=population.get("params", {}))
        for key, start in population.get("init", {}).items():
            setattr(neurons, key, drawn(start))
        nodes[population["name"]] = neurons
    for stimulus in network.get("stimuli", []):
        nodes[stimulus["name"]] = nest.Create(stimulus["model"], params=stimulus["params"])
    for projection in network["projections"]:
        synapse = {"weight": drawn(projection["weight"]), "delay": drawn(projection["delay_ms"])}
        rule = {key: projection[key] for key in projection if key not in ("source", "target", "weight", "delay_ms")}
        nest.Connect(nodes[projection["source"]], nodes[projection["target"]], rule, synapse)
    recorder = nest.Create("spike_recorder", params={"start": discard_ms, "stop": discard_ms + measure_ms})
    for population in network["populations"]:
        nest.Connect(nodes[population["name"]], recorder)
    nest.Simulate(discard_ms + measure_ms + 1.0)  # the recorder reports what is older than its delay of 1 ms
    return recorder.events["senders"] - 1, recorder.events["times"]


def drawn(value):
    """A number as it is; NEST's distribution for what is written as one."""
    if not isinstance(value, dict):
        return value
    if "uniform" in value:
        return nest.random.uniform(*value["uniform"])
    normal = nest.random.normal(*value["normal"])
    if "min" not in value and "max" not in value:
        return normal
    return nest.math.redraw(normal, value.get("min", -np.inf), value.get("max", np.inf))


def brian2_version_and_run():
    """Brian2's name, and a function as `run_nest` for networks of hh_cond_exp_traub."""
    import brian2

    equations = """
        dv/dt = (g_L*(E_L - v) + g_ex*(E_ex - v) + g_in*(E_in - v) + I_e
                 - g_Na*m**3*h*(v - E_Na) - g_K*n**4*(v - E_K))/C_m : volt
        dm/dt = alpha_m*(1 - m) - beta_m*m : 1
        dh/dt = alpha_h*(1 - h) - beta_h*h : 1
        dn/dt = alpha_n*(1 - n) - beta_n*n : 1
        dg_ex/dt = -g_ex/tau_syn_ex : siemens
        dg_in/dt = -g_in/tau_syn_in : siemens
        alpha_m = 1.28/ms/exprel((13*mV - u)/(4*mV)) : Hz
        beta_m = 1.4/ms/exprel((u - 40*mV)/(5*mV)) : Hz
        alpha_h = 0.128/ms*exp((17*mV - u)/(18*mV)) : Hz
        beta_h = 4/ms/(1 + exp((40*mV - u)/(5*mV))) : Hz
        alpha_n = 0.16/ms/exprel((15*mV - u)/(5*mV)) : Hz
        beta_n = 0.5/ms*exp((10*mV - u)/(40*mV)) : Hz
        u = v - V_T : volt
        v_before : volt
    """
    units = {"C": brian2.pF, "g": brian2.nS, "E": brian2.mV, "V": brian2.mV, "I": brian2.pA, "t": brian2.ms}
    gates = {"m": 0.02686333, "h": 0.9913058, "n": 0.060434034}

    def run(network, seed, discard_ms, measure_ms):
        brian2.device.reinit()
        brian2.device.activate(build_on_run=False)
        brian2.seed(seed)
        brian2.defaultclock.dt = BRIAN2_DT_MS * brian2.ms
        rng = np.random.default_rng(seed)
        params = network["populations"][0]["params"]
        starts = network["populations"][0]["init"]
        # One group: the populations differ in what they send alone.
        assert all((p["params"], p["init"]) == (params, starts) for p in network["populations"])
        first, neurons = {}, 0
        for population in network["populations"]:
            first[population["name"]] = (neurons, population["size"])
            neurons += population["size"]
        group = brian2.NeuronGroup(
            neurons, equations, method="exponential_euler",
            # NEST's spike: at the crest, above V_T + 30 mV, and not within t_ref of the last; the membrane runs on.
            threshold="v_before >= V_T + 30*mV and v < v_before", refractory=params["t_ref"] * brian2.ms,
            namespace={key: value * units[key[0]] for key, value in params.items()},
        )
        group.run_regularly("v_before = v", when="start")
        for key, gate in gates.items():
            setattr(group, key, gate)
        for key, start in starts.items():
            low, high = start["uniform"]
            setattr(group, "v" if key == "V_m" else key, rng.uniform(low, high, neurons) * units[key[0]])
        synapses = []
        for projection in network["projections"]:
            (from_, size), (to, targets) = first[projection["source"]], first[projection["target"]]
            weight, indegree = projection["weight"], projection["indegree"]
            port = "g_ex" if weight > 0 else "g_in"
            synapse = brian2.Synapses(group, group, on_pre=f"{port}_post += {abs(weight)}*nS",
                                      delay=projection["delay_ms"] * brian2.ms)
            synapse.connect(i=from_ + rng.integers(size, size=targets * indegree),
                            j=np.repeat(to + np.arange(targets), indegree))
            synapses.append(synapse)
        monitor = brian2.SpikeMonitor(group)
        simulation = brian2.Network(group, synapses, monitor)
        simulation.run((discard_ms + measure_ms) * brian2.ms)
        with tempfile.TemporaryDirectory() as folder:
            brian2.device.build(directory=folder, compile=True, run=True)
            who, times_ms = np.array(monitor.i), np.array(monitor.t / brian2.ms)
        late = times_ms > discard_ms
        return who[late], times_ms[late]

    brian2.set_device("cpp_standalone", build_on_run=False)
    brian2.prefs.devices.cpp_standalone.openmp_threads = 0
    brian2.prefs.codegen.cpp.extra_compile_args_gcc = ["-O3", "-march=native", "-ffast-math", "-w"]
    return f"Brian2 {brian2.__version__}, C++ standalone, exponential_euler, dt {BRIAN2_DT_MS} ms", run


def firing_statistics(network, who, times_ms, discard_ms, measure_ms):
    """Statistics of a run. For each population: its rate, and the mean over pairs of its first CORRELATED_NEURONS neurons
    of the correlation of their spike counts in bins of COUNT_BIN_MS, where neurons whose count never changes are left out.
    Over all neurons: the mean CV of the intervals of each neuron with enough of them, and the share of intervals in each
    bin [0, 5), [5, 10) ... [495, 500) ms, and from 500 ms.
    """
    dt_ms = network["dt_ms"]
    order = np.lexsort((times_ms, who))
    who, steps = who[order], np.round(times_ms[order] / dt_ms).astype(int)
    same = who[1:] == who[:-1]
    owner, isi_steps = who[1:][same], np.diff(steps)[same]
    per_neuron = np.split(isi_steps, np.flatnonzero(np.diff(owner)) + 1)
    cvs = [isis.std() / isis.mean() for isis in per_neuron if len(isis) >= MIN_ISIS_FOR_CV]
    bins = np.minimum(isi_steps // round(ISI_BIN_MS / dt_ms), ISI_BINS)
    fractions = np.bincount(bins, minlength=ISI_BINS + 1) / len(isi_steps)

    rates, correlations, first = [], [], 0
    for population in network["populations"]:
        mine = (who >= first) & (who < first + population["size"])
        rates.append(np.count_nonzero(mine) / population["size"] / (measure_ms / 1000.0))
        correlations.append(mean_correlation(who[mine] - first, steps[mine], population["size"],
                                             round(discard_ms / dt_ms), round(COUNT_BIN_MS / dt_ms),
                                             round(measure_ms / COUNT_BIN_MS)))
        first += population["size"]
    return {
        "rates_hz": np.round(rates, 6).tolist(),
        "mean_cv": round(float(np.mean(cvs)), 6),
        "correlations": np.round(correlations, 6).tolist(),
        "isi_fraction": np.round(fractions, 6).tolist(),
    }


def mean_correlation(who, steps, size, discarded_steps, bin_steps, n_bins):
    """The mean correlation of spike counts over pairs of neurons. The first bin begins after step `discarded_steps`."""
    n = min(size, CORRELATED_NEURONS)
    chosen = who < n
    bins = (steps[chosen] - discarded_steps - 1) // bin_steps
    counts = np.zeros((n, n_bins))
    np.add.at(counts, (who[chosen], bins), 1)
    z = counts - counts.mean(axis=1, keepdims=True)
    z = z[z.any(axis=1)]
    z /= np.sqrt((z * z).sum(axis=1, keepdims=True))
    # The sum over all pairs is the square of the sum, less each neuron with itself.
    k = len(z)
    return float((z.sum(axis=0) @ z.sum(axis=0) - k) / (k * (k - 1)))


if __name__ == "__main__":
    main()
