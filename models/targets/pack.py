"""Packs the three target models of the PMO benchmark into drd2, gsk3b and jnk3.bin.gz.

    python pack.py FOLDER

FOLDER has drd2, gsk3b and jnk3.safetensors: the scikit-learn models as plain
arrays. All numbers are little-endian; formats, before gzip:

Forest: "FOR1", uint32 trees, nodes and values; the distinct probabilities of
leaves as float64; then each node as uint16 in pre-order (left child next): the
feature that it asks for, or 2,048 and the index of its leaf's probability.

Support vectors: "SVM1", uint32 vectors and entries, float64 gamma, intercept,
probA and probB, a float64 coefficient a vector, the uint32 end of each vector's
entries, then all entries' features as uint16 and their counts as uint8.
"""
import gzip
import os
import struct
import sys
from fractions import Fraction

import numpy as np
from safetensors.numpy import load_file

FEATURES = 2048
GAMMA = 1 / 64
HERE = os.path.dirname(os.path.abspath(__file__))


def forest(t):
    leaf = t["left"] < 0
    # Leaves hold a few molecules each: small fractions, which float32 has rounded.
    exact = {p: float(Fraction(float(p)).limit_denominator(1000)) for p in np.unique(t["p1"][leaf])}
    values = sorted(exact.values())
    index = np.array([values.index(exact[p]) if is_leaf else 0 for p, is_leaf in zip(t["p1"], leaf)])
    for start, end in zip(t["tree_offset"][:-1], t["tree_offset"][1:]):
        inner = np.nonzero(~leaf[start:end])[0]
        assert (t["left"][start:end][inner] == inner + 1).all(), "not in pre-order"
    nodes = np.where(leaf, FEATURES + index, t["feature"]).astype("<u2")
    head = b"FOR1" + struct.pack("<III", len(t["tree_offset"]) - 1, len(nodes), len(values))
    return head + np.array(values, "<f8").tobytes() + nodes.tobytes()


def support_vectors(t):
    rows, features = np.nonzero(t["support"])
    ends = np.searchsorted(rows, np.arange(len(t["dual"])), side="right").astype("<u4")
    head = b"SVM1" + struct.pack("<II4d", len(t["dual"]), len(rows), GAMMA, t["intercept"][0], t["probA"][0], t["probB"][0])
    counts = t["support"][rows, features].astype("u1")
    return head + t["dual"].astype("<f8").tobytes() + ends.tobytes() + features.astype("<u2").tobytes() + counts.tobytes()


def main(folder):
    for name, pack in [("drd2", support_vectors), ("gsk3b", forest), ("jnk3", forest)]:
        data = pack(load_file(os.path.join(folder, f"{name}.safetensors")))
        path = os.path.join(HERE, f"{name}.bin.gz")
        with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
            file.write(data)
        print(name, len(data), "bytes,", os.path.getsize(path), "compressed")


main(sys.argv[1])
