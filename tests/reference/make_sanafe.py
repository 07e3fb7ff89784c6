"""Makes sanafe.json with SANA-FE (Boyle et al. 2025, doi:10.1109/TCAD.2025.3537971): energy, packets, hops and the time of
each step of three networks on a mesh of cores.

    pip install sanafe==2.2.9
    python make_sanafe.py            # a second

Every neuron is an input that fires at given steps, and every synapse has the weight zero, so that both sides have the same
spikes. The constants are those of SANA-FE's Loihi; a tile has one core. Its timing model is the simple one.
"""

import json
import pathlib
import random
import tempfile

import sanafe

STEPS = 20
COSTS = {
    "east_west_hop_J": 3.0e-12,
    "north_south_hop_J": 4.2e-12,
    "message_in_J": 1.0e-12,
    "message_in_s": 16.0e-9,
    "access_J": 51.2e-12,
    "access_s": 6.0e-9,
    "update_J": 21.6e-12,
    "update_s": 3.7e-9,
    "spike_J": 69.3e-12,
    "spike_s": 30.0e-9,
    "message_out_J": 111.0e-12,
    "message_out_s": 5.1e-9,
    "synapse_J": 24.0e-12,
    "synapse_s": 3.1e-9,
    "barrier_s": 1.4e-6,
}
ARCHITECTURE = """
architecture:
  name: mesh
  attributes: {{topology: mesh, width: {width}, height: {height}, link_buffer_size: 16, sync_model: fixed, latency_sync: {barrier_s}}}
  tile:
    - name: tile[0..{last}]
      attributes:
        energy_north_hop: {north_south_hop_J}
        energy_south_hop: {north_south_hop_J}
        energy_east_hop: {east_west_hop_J}
        energy_west_hop: {east_west_hop_J}
        latency_north_hop: 6.5e-9
        latency_south_hop: 6.5e-9
        latency_east_hop: 4.1e-9
        latency_west_hop: 4.1e-9
      core:
        - name: core[0]
          attributes: {{buffer_position: soma, buffer_inside_unit: false, max_neurons_supported: 1024}}
          axon_in:
            - name: in
              attributes: {{energy_message_in: {message_in_J}, latency_message_in: {message_in_s}}}
          synapse:
            - name: synapse
              attributes: {{model: current_based, energy_process_spike: {synapse_J}, latency_process_spike: {synapse_s}}}
          dendrite:
            - name: dendrite
              attributes: {{model: accumulator, energy_update: 0.0, latency_update: 0.0}}
          soma:
            - name: soma[0..{most}]
              attributes:
                model: input
                energy_access_neuron: {access_J}
                latency_access_neuron: {access_s}
                energy_update_neuron: {update_J}
                latency_update_neuron: {update_s}
                energy_spike_out: {spike_J}
                latency_spike_out: {spike_s}
          axon_out:
            - name: out
              attributes: {{energy_message_out: {message_out_J}, latency_message_out: {message_out_s}}}
"""


def convolutional():
    """8·8·2 inputs, kernels of 3·3 to 6·6·4, then 10 outputs; numbered channel by channel, 24 to a core."""
    layers = [(8, 2), (6, 4), (1, 10)]
    firsts = [0, 128, 272]
    targets = [[] for _ in range(282)]
    for layer, (side, channels) in enumerate(layers[:-1]):
        side_out, channels_out = layers[layer + 1]
        reach = side - side_out + 1
        for c in range(channels):
            for y in range(side):
                for x in range(side):
                    source = firsts[layer] + (c * side + y) * side + x
                    for d in range(channels_out):
                        for ty in range(max(0, y - reach + 1), min(side_out - 1, y) + 1):
                            for tx in range(max(0, x - reach + 1), min(side_out - 1, x) + 1):
                                targets[source].append(firsts[layer + 1] + (d * side_out + ty) * side_out + tx)
    return targets, [neuron // 24 for neuron in range(282)], 4, 3


def random_network(dice, neurons, degree, width, height):
    """Every neuron has so many different targets, and is in any core."""
    targets = [sorted(dice.sample(range(neurons), degree)) for _ in range(neurons)]
    return targets, [dice.randrange(width * height) for _ in range(neurons)], width, height


def simulate(name, network, chance, dice):
    """Runs a network whose neurons fire in each step with the probability `chance`."""
    targets, cores, width, height = network
    most = max(cores.count(core) for core in set(cores)) - 1
    text = ARCHITECTURE.format(width=width, height=height, last=width * height - 1, most=most, **COSTS)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "mesh.yaml"
        path.write_text(text)
        architecture = sanafe.load_arch(str(path))
    net = sanafe.Network()
    group = net.create_neuron_group("all", len(targets), {}, default_synapse_hw_name="synapse", default_dendrite_hw_name="dendrite")
    fired = [[dice.random() < chance for _ in targets] for _ in range(STEPS)]
    used = [0] * (width * height)
    # SANA-FE numbers tiles column by column.
    tile_of = {core: (core % width) * height + core // width for core in range(width * height)}
    for neuron, core in enumerate(cores):
        soma = f"soma[{used[core]}]"
        used[core] += 1
        train = [fired[step][neuron] for step in range(STEPS)]
        group[neuron].set_attributes(soma_hw_name=soma, model_attributes={"spikes": train})
        group[neuron].map_to_core(architecture.tiles[tile_of[core]].cores[0])
    for neuron, own in enumerate(targets):
        for target in own:
            group[neuron].connect_to_neuron(group[target], {"weight": 0.0})
    chip = sanafe.SpikingChip(architecture)
    chip.load(net)
    result = chip.sim(STEPS, timing_model="simple", perf_trace=True, message_trace=True)
    trace = result["perf_trace"]
    assert trace["fired"] == [sum(step) for step in fired], "SANA-FE fired other spikes than it was given"
    # What takes time without a message is traced as one that goes nowhere.
    packets = [sum(1 for message in step if not message["placeholder"]) for step in result["message_trace"]]
    return {
        "name": name,
        "width": width,
        "height": height,
        "cores": cores,
        "targets": targets,
        "fired": [[neuron for neuron, fires in enumerate(step) if fires] for step in fired],
        "energy_J": trace["total_energy"],
        "hops": trace["hops"],
        "packets": packets,
        "step_s": trace["sim_time"],
    }


def main():
    dice = random.Random(1)
    networks = [
        simulate("random", random_network(dice, 60, 6, 3, 2), 0.2, dice),
        simulate("convolutional", convolutional(), 0.1, dice),
        simulate("recurrent", random_network(dice, 200, 12, 5, 4), 0.05, dice),
    ]
    reference = {"simulator": "SANA-FE 2.2.9", "costs": COSTS, "networks": networks}
    path = pathlib.Path(__file__).with_name("sanafe.json")
    path.write_text(json.dumps(reference, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
