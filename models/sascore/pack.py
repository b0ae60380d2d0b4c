"""Packs RDKit's SA score fragment table into fpscores.bin.gz.

    python pack.py fpscores.bin.gz

Reads Contrib/SA_Score/fpscores.pkl.gz of the installed RDKit. Format, before
gzip: "FAS1", uint32 n, uint32 u, u float32 scores by falling frequency, then n
ids as differences in ascending order and n indices into the scores, all as
LEB128 numbers. Little-endian.
"""
import gzip
import os
import pickle
import struct
import sys
from collections import Counter

from rdkit import RDConfig


def leb128(value):
    out = bytearray()
    while value > 127:
        out.append((value & 127) | 128)
        value >>= 7
    out.append(value)
    return out


def pack(score_of, target):
    """score_of: unfolded Morgan id -> contribution."""
    ids = sorted(score_of)
    scores = [score for score, _ in Counter(score_of.values()).most_common()]
    rank = {score: k for k, score in enumerate(scores)}
    data = bytearray(b"FAS1" + struct.pack("<II", len(ids), len(scores)))
    data += struct.pack(f"<{len(scores)}f", *scores)
    for before, fragment in zip([0] + ids, ids):
        data += leb128(fragment - before)
    for fragment in ids:
        data += leb128(rank[score_of[fragment]])
    with open(target, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(data)
    print(f"{len(ids)} fragments, {len(scores)} scores, {len(data)} bytes before compression")


def main(target):
    source = os.path.join(RDConfig.RDContribDir, "SA_Score", "fpscores.pkl.gz")
    with gzip.open(source) as file:
        rows = pickle.load(file)
    pack({fragment: float(row[0]) for row in rows for fragment in row[1:]}, target)


if __name__ == "__main__":
    main(sys.argv[1])
