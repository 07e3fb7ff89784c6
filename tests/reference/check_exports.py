"""Runs exported scripts unchanged and compares their rates with our own; writes exports.json, which core/tests/exports.rs judges.

    python3 -m venv venv && . venv/bin/activate
    pip install nest-simulator==3.10.0 brian2==2.9.0 PyNN==0.13.0 brainpy==2.8.2 "numpy<2.3"
    python check_exports.py             # everything, about half an hour; or name some: check_exports.py nest cuba coba

Each network is scaled to so many neurons and run for so long by `cargo xtask run`, with SEEDS seeds, and once by the script
that `cargo xtask export` writes for each target. The rate of each population must lie within STANDARD_DEVIATIONS of the
seeds' mean, or, where seeds hardly differ, within a spike of the whole population.
"""

import argparse
import importlib.metadata
import json
import math
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "exports.json"
SEEDS, STANDARD_DEVIATIONS = 10, 5.0

# Neurons, and simulated ms.
NETWORKS = {
    "cuba": (4000, 500.0),
    "coba": (4000, 500.0),
    "one-neuron": (1, 5000.0),
    "half-centre": (2, 3000.0),
    "polychrony": (5, 2000.0),
    "winner-takes-all": (500, 500.0),
    "microcircuit": (1500, 300.0),
    "brunel-ai": (1250, 200.0),
    "brunel-fast": (1250, 200.0),
    "brunel-slow": (1250, 300.0),
    "brunel-sr": (1250, 100.0),
    "brunel-hakim": (1250, 300.0),
    "synfire": (1000, 500.0),
    "izhikevich": (1000, 1000.0),
    "stdp": (1001, 1000.0),
    "inhibitory-plasticity": (2000, 300.0),
    "cobahh": (1000, 300.0),
    "waves": (1024, 500.0),
}
PACKAGES = {"nest": ["nest-simulator"], "brian2": ["brian2"], "pynn": ["PyNN", "nest-simulator"],
            "brainpy": ["brainpy", "jax"]}
# What a target does not have, and its script says.
LEFT_OUT = {("cobahh", "nest"): "starts from conductances, which NEST does not let anybody set"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="targets and networks")
    parser.add_argument("--run", default="cargo xtask run", help="our own run (%(default)s)")
    parser.add_argument("--export", default="cargo xtask export", help="our own export (%(default)s)")
    args = parser.parse_args()
    targets = [name for name in args.names if name in PACKAGES] or list(PACKAGES)
    networks = [name for name in args.names if name in NETWORKS] or list(NETWORKS)
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    failed = []
    for network in networks:
        ours = None
        for target in targets:
            if (network, target) in LEFT_OUT:
                continue
            script, remarks = export(args.export, network, target)
            if "raise NotImplementedError" in script:
                print(f"{network} {target}: {remarks.splitlines()[0]}", flush=True)
                continue
            ours = ours or own_rates(args.run, network)
            started = time.time()
            theirs = run_script(script, NETWORKS[network][1])
            entry, outside = compare(network, target, ours, theirs)
            entry["script"] = digest(script)
            results[f"{network} {target}"] = entry
            failed.extend(f"{network} {target} {name}" for name in outside)
            print(f"{network} {target}: {time.time() - started:.0f} s, outside: {outside}, {entry['populations']}", flush=True)
            write(results)
    if failed:
        sys.exit(f"outside: {', '.join(failed)}")


def call(command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        sys.exit(f"{shlex.join(map(str, command))}\n{done.stderr[-2000:]}")
    return done


def export(command, network, target):
    done = call([*shlex.split(command), network, "--to", target, "--neurons", str(NETWORKS[network][0])])
    return done.stdout, done.stderr


def own_rates(command, network):
    """The rates of each population, a number for each seed."""
    neurons, ms = NETWORKS[network]
    rates = {}
    for seed in range(1, SEEDS + 1):
        options = ["--neurons", str(neurons), "--ms", str(ms), "--seed", str(seed), "--json"]
        for population in json.loads(call([*shlex.split(command), network, *options]).stdout)["populations"]:
            rates.setdefault(population["name"], {"neurons": population["neurons"], "rates": []})
            rates[population["name"]]["rates"].append(population["rate_hz"])
    return rates


def run_script(script, ms):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.py"
        path.write_text(script, encoding="utf-8")
        return json.loads(call([sys.executable, path, "--ms", str(ms)]).stdout.splitlines()[-1])


def compare(network, target, ours, theirs):
    """The entry of a run, and the populations whose rates lie outside."""
    neurons, ms = NETWORKS[network]
    populations, outside = {}, []
    for name, own in ours.items():
        mean, std = statistics.mean(own["rates"]), statistics.stdev(own["rates"])
        # A mean of so many seeds and one other run; and a spike of the population.
        tolerance = max(STANDARD_DEVIATIONS * std * math.sqrt(1.0 + 1.0 / SEEDS), 1000.0 / ms / own["neurons"])
        rate = theirs[name]["rate_hz"]
        if abs(rate - mean) > tolerance:
            outside.append(name)
        populations[name] = {"theirs_hz": round(rate, 4), "ours_hz": round(mean, 4), "std_hz": round(std, 4)}
    versions = {package: importlib.metadata.version(package) for package in PACKAGES[target]}
    return {"neurons": neurons, "ms": ms, "seeds": SEEDS, "versions": versions, "populations": populations}, outside


def digest(text):
    """FNV-1a, 64 bits, as core/src/digest.rs."""
    value = 0xcbf29ce484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001b3 % 2**64
    return f"{value:016x}"


def write(results):
    """A line for each target of each network."""
    lines = [f"  {json.dumps(key)}: {json.dumps(results[key])}" for key in sorted(results)]
    RESULTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
