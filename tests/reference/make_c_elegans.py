#!/usr/bin/env python3
"""The nervous system of C. elegans as a network of the gallery.

    python3 -m pip download --no-deps cect==0.3.5 && unzip -j cect-0.3.5-*.whl '*/aconnectome_white_1986_whole.csv'
    python3 make_c_elegans.py aconnectome_white_1986_whole.csv > core/src/gallery/c-elegans.json

The table (MIT licence) is that of White, Southgate, Thomson & Brenner (1986), doi:10.1098/rstb.1986.0056: a line is two
neurons, the kind of their contact and the number of contacts. A contact becomes a synapse of its own; a gap junction is in
the table both ways, and becomes an excitatory synapse each way.
"""

import csv
import json
import sys
from collections import defaultdict


def numbered(name, last, width):
    return [f"{name}{i:0{width}}" for i in range(1, last + 1)]


def sides(*names):
    return [name + side for name in names for side in "LR"]


# The circuit of the touch reflex: Chalfie et al. (1985), doi:10.1523/JNEUROSCI.05-04-00956.1985.
GROUPS = {
    "tail touch": sides("PLM"),
    "head touch": [*sides("ALM"), "AVM"],
    "backward": sides("AVA", "AVD", "AVE"),
    "forward": sides("AVB", "PVC"),
    "A motor": numbered("DA", 9, 1) + numbered("VA", 12, 1),
    "B motor": numbered("DB", 7, 1) + numbered("VB", 11, 1),
    # McIntire, Jorgensen, Kaplan & Horvitz (1993), doi:10.1038/364337a0.
    "GABA": numbered("DD", 6, 1) + numbered("VD", 13, 1) + ["RMED", "RMEV", "RMEL", "RMER", "AVL", "DVB", "RIS"],
}
# Cells of the table that are not neurons: muscles and the six GLR cells. The 300 others are all neurons but CANL and CANR, which
# have no contacts.
NOT_NEURONS = {"LegacyBodyWallMuscles", "pm1", "pm4", "GLRL", "GLRR", "GLRDL", "GLRDR", "GLRVL", "GLRVR"}
COMMAND = ["backward", "forward"]
TOUCH = ["tail touch", "head touch"]

# Weights of a contact, pA, and the adaptation of NEURON: found by search, so that a touch of either end moves its own side.
EXCITES, GAP, INHIBITS = 20.0, 120.0, -200.0
NEURON = {
    "C_m": 100.0, "g_L": 5.0, "E_L": -70.0, "V_th": -55.0, "Delta_T": 1.0, "V_peak": -40.0, "V_reset": -70.0,
    "t_ref": 5.0, "tau_syn_ex": 5.0, "tau_syn_in": 5.0, "a": 0.0, "b": 40.0, "tau_w": 200.0, "I_e": 40.0,
}


def sign(source, target):
    """GABA inhibits. So do touch cells the command cells of the other way by chemical contacts (Wicks, Roehrig & Rankin 1996,
    doi:10.1523/JNEUROSCI.16-12-04017.1996), and command cells those of the other way, which is an assumption (Roberts et al.
    2016, doi:10.7554/eLife.12572)."""
    if source == "GABA" or (source in TOUCH and target in COMMAND):
        return INHIBITS
    return INHIBITS if source in COMMAND and target in COMMAND and source != target else EXCITES


def main(table):
    with open(table, newline="") as file:
        rows = [(row["pre"], row["post"], row["type"], int(row["synapses"])) for row in csv.DictReader(file, delimiter="\t")]
    names = sorted({name for row in rows for name in row[:2]} - NOT_NEURONS)
    rows = [row for row in rows if NOT_NEURONS.isdisjoint(row[:2])]
    grouped = {name for members in GROUPS.values() for name in members}
    groups = GROUPS | {"others": [name for name in names if name not in grouped]}
    place = {name: (group, i) for group, members in groups.items() for i, name in enumerate(members)}
    missing = sorted(grouped - set(names))
    assert not missing, f"the table has no {missing}"

    edges = defaultdict(list)
    for pre, post, kind, n in rows:
        (source, i), (target, j) = place[pre], place[post]
        weight = GAP if kind == "electrical" else sign(source, target)
        edges[source, target, weight] += [[i, j]] * n
    order = {group: i for i, group in enumerate(groups)}
    between = sorted(edges.items(), key=lambda item: (order[item[0][0]], order[item[0][1]], item[0][2]))
    spec = {
        "version": 1, "name": "C. elegans", "seed": 1, "dt_ms": 0.1,
        "populations": [
            {"name": group, "size": len(members), "model": "aeif_psc_exp", "params": NEURON,
             "init": {"V_m": {"uniform": [-70.0, -55.0]}}}
            for group, members in groups.items()
        ],
        "stimuli": [
            {"name": "touch the head", "model": "poisson_generator", "params": {"rate": 0.0}},
            {"name": "touch the tail", "model": "poisson_generator", "params": {"rate": 200.0}},
            {"name": "noise", "model": "poisson_generator", "params": {"rate": 20.0}},
        ],
        "projections": [
            {"source": source, "target": target, "rule": "edges", "edges": sorted(pairs), "weight": weight, "delay_ms": 1.0}
            for (source, target, weight), pairs in between
        ] + [
            {"source": "touch the head", "target": "head touch", "rule": "all_to_all", "weight": 400.0, "delay_ms": 0.1},
            {"source": "touch the tail", "target": "tail touch", "rule": "all_to_all", "weight": 400.0, "delay_ms": 0.1},
            {"source": "noise", "target": "others", "rule": "all_to_all", "weight": 60.0, "delay_ms": 0.1},
        ],
        "controls": [
            {"name": "head", "paths": ["stimuli[0].params.rate"], "min": 0, "max": 300},
            {"name": "tail", "paths": ["stimuli[1].params.rate"], "min": 0, "max": 300},
            {"name": "b", "paths": [f"populations[{i}].params.b" for i in range(len(groups))], "min": 0, "max": 150},
        ],
    }
    print(json.dumps(spec, separators=(",", ":")))


if __name__ == "__main__":
    main(*sys.argv[1:])
