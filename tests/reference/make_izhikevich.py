"""Rates of Izhikevich's network of 1,000 neurons (2003, doi:10.1109/TNN.2003.820440), in plain numpy, over ten seeds.

    python make_izhikevich.py > izhikevich.json

`published` is his program net.m: the membrane in two half steps a millisecond, the recovery in one, and a spike found at
the end of the millisecond, up to which the membrane runs on above its peak and drives the recovery. `consistent` takes
both variables in steps of half a millisecond and ends each spike in its step, as NEST's izhikevich with
consistent_integration and as the engine does. Everything else is the same.
"""

import json

import numpy as np

N_E, N_I = 800, 200
DISCARD_MS, MEASURE_MS = 1000, 10_000


def run(seed, consistent):
    g = np.random.default_rng(seed)
    r_e, r_i = g.random(N_E), g.random(N_I)
    a = np.r_[0.02 * np.ones(N_E), 0.02 + 0.08 * r_i]
    b = np.r_[0.2 * np.ones(N_E), 0.25 - 0.05 * r_i]
    c = np.r_[-65 + 15 * r_e**2, -65 * np.ones(N_I)]
    d = np.r_[8 - 6 * r_e**2, 2 * np.ones(N_I)]
    # Row by row the weights of a source, so that those of the sources that fire are summed fast.
    weights = np.vstack([0.5 * g.random((N_E, N_E + N_I)), -g.random((N_I, N_E + N_I))])
    v = -65.0 * np.ones(N_E + N_I)
    u = b * v
    spikes = np.zeros(N_E + N_I)
    for t_ms in range(DISCARD_MS + MEASURE_MS):
        current = np.r_[5 * g.standard_normal(N_E), 2 * g.standard_normal(N_I)]
        for half in range(2):
            if consistent or half == 0:
                fired = np.flatnonzero(v >= 30)
                v[fired] = c[fired]
                u[fired] += d[fired]
                sums = weights[fired].sum(axis=0)
                if t_ms >= DISCARD_MS:
                    spikes[fired] += 1
            if consistent:
                # A weight makes the membrane jump.
                slope = 0.04 * v * v + 5 * v + 140 - u + current
                v, u = v + 0.5 * slope + sums, u + 0.5 * a * (b * v - u)
            else:
                # A weight is a current for a millisecond.
                v = v + 0.5 * (0.04 * v * v + 5 * v + 140 - u + current + sums)
        if not consistent:
            u = u + a * (b * v - u)
    rates = spikes / (MEASURE_MS / 1000)
    return {"seed": seed, "rate_e_hz": rates[:N_E].mean(), "rate_i_hz": rates[N_E:].mean()}


def seeds(consistent):
    return [run(seed, consistent) for seed in range(1, 11)]


print(
    json.dumps(
        {
            "source": "make_izhikevich.py",
            "discard_ms": DISCARD_MS,
            "measure_ms": MEASURE_MS,
            "seeds": seeds(True),
            "published": seeds(False),
        },
        indent=1,
    )
)
