"""Times the CUBA network (Vogels & Abbott 2005; Brette et al. 2007, benchmark 2) in Brian2, on one thread.

    pip install brian2 "numpy<2.3"              # and a C++ compiler
    python brian2_cuba.py NEURONS MODEL_MS      # one JSON line on stdout; the loop alone is timed

C++ standalone mode with the fastest usual flags, in Brian2's default precision (f64). 80 % of the neurons are
excitatory, and each neuron has 64 excitatory and 16 inhibitory inputs, so cost grows with size.
"""

import json
import os
import sys
import tempfile

stdout = os.dup(1)  # kept for the JSON line; whatever else is printed, also by the compiler, goes to stderr
os.dup2(2, 1)

import brian2
import numpy as np
from brian2 import ms, mV, pA, pF

neurons, model_ms = int(sys.argv[1]), float(sys.argv[2])
n_exc = round(0.8 * neurons)

brian2.set_device("cpp_standalone", build_on_run=False)
brian2.prefs.codegen.cpp.extra_compile_args_gcc = ["-O3", "-march=native", "-ffast-math", "-w"]
brian2.prefs.devices.cpp_standalone.openmp_threads = 0
brian2.defaultclock.dt = 0.1 * ms
brian2.seed(1)

population = brian2.NeuronGroup(
    neurons,
    """dv/dt = (E_L - v) / tau_m + (i_ex + i_in + I_e) / C_m : volt (unless refractory)
    di_ex/dt = -i_ex / tau_syn_ex : amp
    di_in/dt = -i_in / tau_syn_in : amp""",
    threshold="v >= V_th",
    reset="v = V_reset",
    refractory=5 * ms,
    method="exact",
    namespace={
        "C_m": 200 * pF, "tau_m": 20 * ms, "E_L": -60 * mV, "I_e": 110 * pA, "V_th": -50 * mV, "V_reset": -60 * mV,
        "tau_syn_ex": 5 * ms, "tau_syn_in": 10 * ms,
    },
)
population.v = "-60 * mV + 10 * mV * rand()"

rng = np.random.default_rng(1)


def connect(on_pre, first_source, last_source, indegree):
    """Gives every neuron `indegree` inputs drawn from first_source..last_source."""
    synapses = brian2.Synapses(population, population, on_pre=on_pre, delay=0.1 * ms)
    sources = rng.integers(first_source, last_source, neurons * indegree)
    synapses.connect(i=sources, j=np.repeat(np.arange(neurons), indegree))
    return synapses


exc = connect("i_ex_post += 16.2 * pA", 0, n_exc, 64)
inh = connect("i_in_post -= 90 * pA", n_exc, neurons, 16)
spikes = brian2.SpikeMonitor(population, record=False)
brian2.run(model_ms * ms)

with tempfile.TemporaryDirectory() as directory:
    brian2.device.build(directory=directory, with_output=False)
    os.write(stdout, (json.dumps({
        "simulator": "Brian2",
        "version": brian2.__version__,
        "neurons": neurons,
        "synapses": neurons * (64 + 16),
        "model_ms": model_ms,
        "loop_s": round(brian2.device._last_run_time, 4),
        "rate_hz": round(float(spikes.num_spikes / neurons / (model_ms / 1000.0)), 4),
    }) + "\n").encode())
