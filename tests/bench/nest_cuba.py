"""Times the CUBA network (Vogels & Abbott 2005; Brette et al. 2007, benchmark 2) in NEST, on one thread.

    pip install nest-simulator "numpy<2.3"
    python nest_cuba.py NEURONS MODEL_MS        # one JSON line on stdout; the loop alone is timed

80 % of the neurons are excitatory, and each neuron has 64 excitatory and 16 inhibitory inputs, so cost grows with size.
"""

import json
import os
import sys
import time

stdout = os.dup(1)  # kept for the JSON line; whatever else is printed, also by NEST's C++, goes to stderr
os.dup2(2, 1)

import nest

neurons, model_ms = int(sys.argv[1]), float(sys.argv[2])
n_exc = round(0.8 * neurons)
dt_ms = 0.1

nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.set(resolution=dt_ms, local_num_threads=1, rng_seed=1)
population = nest.Create("iaf_psc_exp", neurons, params={
    "C_m": 200.0, "tau_m": 20.0, "E_L": -60.0, "I_e": 110.0, "V_th": -50.0, "V_reset": -60.0, "t_ref": 5.0,
    "tau_syn_ex": 5.0, "tau_syn_in": 10.0,
})
population.V_m = nest.random.uniform(-60.0, -50.0)
exc, inh = population[:n_exc], population[n_exc:]
nest.Connect(exc, population, {"rule": "fixed_indegree", "indegree": 64}, {"weight": 16.2, "delay": 0.1})
nest.Connect(inh, population, {"rule": "fixed_indegree", "indegree": 16}, {"weight": -90.0, "delay": 0.1})

nest.Prepare()
nest.Run(dt_ms)  # the first step finishes the set-up, so it is not timed
spikes_before = nest.local_spike_counter
start_s = time.perf_counter()
nest.Run(model_ms)
loop_s = time.perf_counter() - start_s
spikes = nest.local_spike_counter - spikes_before
nest.Cleanup()

os.write(stdout, (json.dumps({
    "simulator": "NEST",
    "version": nest.__version__,
    "neurons": neurons,
    "synapses": nest.num_connections,
    "model_ms": model_ms,
    "loop_s": round(loop_s, 4),
    "rate_hz": round(spikes / neurons / (model_ms / 1000.0), 4),
}) + "\n").encode())
