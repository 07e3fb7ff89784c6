"""Energies of dense spiking layers by the programs that published the estimates: writes energy.json.

    python make_energy.py FOLDER   # FOLDER holds the unpacked wheels of VERSIONS, from `pip download --no-deps`

The programs count on layers of TensorFlow or PyTorch; what they compute energy with is plain arithmetic, and that is what runs
here: the functions of the packages themselves, with stand-ins for what they import. The terms of Loihi and SANA-FE are summed
in this file from their published tables, event by event, on a network small enough to count by hand.
"""
import ast
import importlib.util
import json
import sys
import types
from pathlib import Path
from unittest.mock import MagicMock

import numpy as np

VERSIONS = {"keras_spiking": "0.3.0", "syops": "0.0.5", "qualia_plugin_snn": "2.6.0", "neurobench": "2.3.0"}
HERE, FOLDER = Path(__file__).parent, Path(sys.argv[1])
# Inputs, outputs, steps, and spikes of all inputs and of all outputs.
LAYERS = [[(784, 128, 100, 5210, 1234), (128, 10, 100, 1234, 87)], [(64, 512, 25, 777, 2048)], [(10, 10, 1, 0, 0)]]


def load(name, file, **stand_ins):
    """The module in `file`, with stand-ins for what it imports beside Python and numpy."""
    path = next(path for path in FOLDER.rglob(Path(file).name) if str(path).endswith(file))
    before = dict(sys.modules)
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, (ast.Import, ast.ImportFrom))]
    imported = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    for full in imported + [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]:
        if full.split(".")[0] not in {*sys.stdlib_module_names, "numpy"}:
            parts = full.split(".")
            for i in range(1, len(parts) + 1):
                sys.modules.setdefault(".".join(parts[:i]), MagicMock())
    sys.modules.update(stand_ins)
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules.clear()
    sys.modules.update(before)
    return module


def keras_spiking(layers):
    energy = load("model_energy", "keras_spiking/model_energy.py").ModelEnergy
    found = {}
    for device in energy.devices:
        model = types.SimpleNamespace(devices=energy.devices, example_data=[], layer_stats={}, layer_rates={})
        parts = []
        for i, (n_in, n_out, steps, spikes_in, _) in enumerate(layers):
            dt = 1e-3
            model.layer_stats[i] = {"connections": n_in * n_out, "neurons": n_out}
            model.layer_rates[i] = spikes_in / n_in / (steps * dt)
            parts.append(energy.layer_energy(model, i, device, timesteps_per_inference=steps, dt=dt))
        found[device] = [float(sum(part)) for part in zip(*parts)]
    return found


class Tensor(np.ndarray):
    """What of a tensor syops looks at."""

    def numel(self):
        return self.size

    def unique(self):
        return np.unique(np.asarray(self))


def spikes(count, steps, n):
    """So many ones among zeros."""
    flat = np.zeros(steps * n)
    flat[:count] = 1.0
    return flat.reshape(steps, n).view(Tensor)


def syops(layers):
    ops = load("syops_ops", "syops/ops.py")
    total = np.zeros(4)
    for n_in, n_out, steps, spikes_in, spikes_out in layers:
        linear = types.SimpleNamespace(__syops__=np.zeros(4), bias=None)
        out = spikes(spikes_out, steps, n_out)
        ops.linear_syops_counter_hook(linear, (spikes(spikes_in, steps, n_in),), out)
        neuron = types.SimpleNamespace(__syops__=np.zeros(4))
        ops.LIF_syops_counter_hook(neuron, (out,), out)
        total += linear.__syops__ + neuron.__syops__
    _, acs, macs, _ = total
    # The README of syops-counter: an addition costs 0.9 pJ, a multiplication with an addition 4.6 pJ.
    return {"ACs": float(acs), "MACs": float(macs), "joules": float(acs * 0.9e-12 + macs * 4.6e-12)}


def lemaire(layers):
    class PostProcessing:
        def __class_getitem__(cls, _):
            return cls

    post = types.ModuleType("post")
    post.PostProcessing = PostProcessing
    typing = types.ModuleType("typing_of_qualia")
    typing.TYPE_CHECKING, typing.ModelConfigDict = False, dict
    stand_ins = {"qualia_core.postprocessing.PostProcessing": post, "qualia_core.typing": typing}
    module = load("metric", "qualia_plugin_snn/postprocessing/EnergyEstimationMetric.py", **stand_ins)
    metric = module.EnergyEstimationMetric(32)
    ram = lambda words: metric._e_ram(words, 32)
    sums, dense = np.zeros(3), 0.0
    for n_in, n_out, steps, spikes_in, spikes_out in layers:
        layer = types.SimpleNamespace(input_shape=[(1, n_in)], output_shape=[(1, n_out)], use_bias=False,
                                      kernel=types.SimpleNamespace(size=n_in * n_out))
        rate_in, rate_out = spikes_in / n_in, spikes_out / n_out
        sums[0] += metric._e_ops_fc_snn(layer, rate_in, rate_out, steps, True)
        sums[1] += (metric._e_wrpot_fc_snn(layer, rate_in, steps, ram) + metric._e_rdpot_fc_snn(layer, rate_in, steps, ram)
                    + metric._e_rdweights_fc_snn(layer, rate_in, ram) + metric._e_rdin_snn(layer, rate_in, ram)
                    + metric._e_wrout_snn(layer, rate_out, ram))
        # Equation 17.2 takes the spikes of all inputs; the program passes those of one.
        sums[2] += metric._e_addr_fc_snn(layer, rate_in) * n_in
        dense += (metric._e_ops_fc_fnn(layer) + metric._e_rdin_fc_fnn(layer, ram) + metric._e_rdweights_fc_fnn(layer, ram)
                  + metric._e_wrout_fc_fnn(layer, ram) + metric._e_addr_fc_fnn(layer))
    return {"operations": sums[0] * 1e-12, "memory": sums[1] * 1e-12, "addresses": sums[2] * 1e-12, "dense": dense * 1e-12}


def neurobench(layers):
    torch = MagicMock()
    torch.count_nonzero = lambda x: np.asarray(np.count_nonzero(x))
    torch.numel = np.size
    base = types.ModuleType("workload_metric")
    base.WorkloadMetric = type("WorkloadMetric", (), {"__init__": lambda self, **_: None})
    stand_ins = {"torch": torch, "neurobench.metrics.abstract.workload_metric": base}
    sparsity = load("sparsity", "neurobench/metrics/workload/activation_sparsity.py", **stand_ins).ActivationSparsity()
    hooks = [types.SimpleNamespace(activation_outputs=list(spikes(out, steps, n))) for _, n, steps, _, out in layers]
    value = sparsity(types.SimpleNamespace(activation_hooks=hooks), None, None)
    # A layer of ones counts what single_layer_MACs does: an operation for each input that is not zero and each output.
    acs = sum(int(spikes(s, steps, n).sum()) * n_out for n, n_out, steps, s, _ in layers)
    return {"ActivationSparsity": value, "Effective_ACs": acs, "Dense": sum(a * b * t for a, b, t, _, _ in layers)}


def by_hand():
    """Two cores of two neurons; each of the first reaches both of the second, one hop east and one north; three steps."""
    loihi = {"synop": 23.6, "active": 81.0, "inactive": 52.0, "tile": 1.7, "x": 3.0, "y": 4.0}
    sanafe = {"synapse": 33.6, "access": 51.2, "update": 21.6, "spike": 69.3, "axon_out": 111.0, "x": 3.0, "y": 4.2}
    fired = [[0], [0, 1], []]
    joules = {"loihi": 0.0, "sanafe": 0.0}
    counts = {"steps": 3, "spikes": 0, "events": 0, "packets": 0}
    for step in fired:
        for neuron in range(4):
            joules["loihi"] += loihi["active" if neuron in step else "inactive"]
            joules["sanafe"] += sanafe["access"] + sanafe["update"]
        for _ in step:
            counts["spikes"] += 1
            counts["packets"] += 1
            joules["loihi"] += loihi["tile"] + loihi["x"] + loihi["y"]
            joules["sanafe"] += sanafe["spike"] + sanafe["axon_out"] + sanafe["x"] + sanafe["y"]
            for _ in range(2):
                counts["events"] += 1
                joules["loihi"] += loihi["synop"]
                joules["sanafe"] += sanafe["synapse"]
    return {"counts": counts, **{name: value * 1e-12 for name, value in joules.items()}}


networks = [
    {"layers": layers, "keras_spiking": keras_spiking(layers), "syops": syops(layers), "lemaire": lemaire(layers), "neurobench": neurobench(layers)}
    for layers in LAYERS
]
(HERE / "energy.json").write_text(json.dumps({"versions": VERSIONS, "networks": networks, "by_hand": by_hand()}, indent=1) + "\n")
