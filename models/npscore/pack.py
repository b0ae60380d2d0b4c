"""Packs RDKit's fragment table of natural-product-likeness into npscore.bin.gz.

    python pack.py npscore.bin.gz

Reads Contrib/NP_Score/publicnp.model.gz of the installed RDKit; the format is
that of the SA score (../sascore/pack.py).
"""
import gzip
import os
import pickle
import sys

from rdkit import RDConfig

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sascore"))
from pack import pack  # noqa: E402

with gzip.open(os.path.join(RDConfig.RDContribDir, "NP_Score", "publicnp.model.gz")) as file:
    pack(pickle.load(file), sys.argv[1])
