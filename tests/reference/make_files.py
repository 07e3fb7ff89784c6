"""Makes the recordings in files/ with numpy and scipy, all of the same numbers, for core/tests/formats.rs.

    pip install numpy==2.2.6 scipy==1.17.1
    python make_files.py
"""

from pathlib import Path

import numpy as np
from scipy.io import savemat

BINS, CHANNELS = 12, 3
counts = (np.arange(BINS * CHANNELS).reshape(BINS, CHANNELS) * 7) % 11
velocity = np.stack([np.arange(BINS) / 4 - 1, -np.arange(BINS) / 8], axis=1)
segment = np.arange(BINS) // 3
split = np.array(["train", "train", "test", "train"])
classes = np.array(["up", "down", "up", "down"])

out = Path(__file__).parent / "files"
out.mkdir(exist_ok=True)
np.savez_compressed(out / "values.npz", spikes=counts.astype("u1"), target=velocity, bin_ms=20, segment=segment, split=split)
np.savez(out / "classes.npz", signal=np.asfortranarray(counts, dtype="f4"), target=classes, bin_ms=1000 / 256, segment=segment.astype("i2"), split=np.array([0, 0, 1, 0]), extra=np.zeros(3))
mat = dict(spikes=counts.astype("u1"), target=velocity, bin_ms=20, segment=segment, split=np.array([0, 0, 1, 0]))
savemat(out / "values.mat", mat, do_compression=True)
signal = dict(signal=counts.astype("f8"), target=classes, bin_ms=1000 / 256, segment=segment, split=split)
savemat(out / "classes.mat", signal | {"notes": {"rig": "A"}, "cells": np.array([1, "two"], dtype=object)})
