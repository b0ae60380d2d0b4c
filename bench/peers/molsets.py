"""Judges samples by MOSES's own code: python molsets.py SAMPLES TRAIN TEST [TEST_SCAFFOLDS]

Polykovskiy et al., Front. Pharmacol. 11:565644 (2020); packages molsets 0.3.1 (metrics), fcd_torch 1.0.7 (FCD).
SAMPLES has a SMILES a line, valid or not; the others are MOSES's splits as CSV with a header, also .gz.
Needs: pip install rdkit torch pandas scipy tqdm fcd_torch, and molsets without its dependencies (pip install --no-deps molsets).
Prints the metrics as JSON.
"""
import gzip
import json
import sys
import types

import numpy
import pandas
import rdkit

# molsets 0.3.1 is from 2020: names that newer packages no longer have are given back; nothing that computes is changed.
six = types.ModuleType("rdkit.six")
six.iteritems = lambda d: iter(d.items())
sys.modules["rdkit.six"] = six
for name, kind in (("float", float), ("int", int), ("bool", bool)):
    if not hasattr(numpy, name):
        setattr(numpy, name, kind)
if not hasattr(pandas.DataFrame, "append"):
    pandas.DataFrame.append = lambda self, other, **kw: pandas.concat([self, other], **kw)

from rdkit import RDLogger  # noqa: E402

RDLogger.DisableLog("rdApp.*")
from moses.metrics.metrics import get_all_metrics  # noqa: E402


def read(path, header):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        # An empty line is a sample too: one that was never finished.
        smiles = [line.rstrip("\n").split(",")[0] for line in lines]
    return smiles[1:] if header else smiles


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    samples, train, test = read(sys.argv[1], False), read(sys.argv[2], True), read(sys.argv[3], True)
    scaffolds = read(sys.argv[4], True) if len(sys.argv) > 4 else None
    figures = get_all_metrics(samples, k=[1000, 10000], n_jobs=2, device="cpu", batch_size=512, test=test, test_scaffolds=scaffolds, train=train)
    print(json.dumps({"samples": len(samples), "rdkit": rdkit.__version__, **{name: float(value) for name, value in figures.items()}}, indent=1))
