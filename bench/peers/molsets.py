"""Judges samples by MOSES's own code, against the splits and statistics that its package brings: python molsets.py SAMPLES

Polykovskiy et al., Front. Pharmacol. 11:565644 (2020); packages molsets 0.3.1 (metrics), fcd_torch 1.0.7 (FCD).
SAMPLES has a SMILES a line, valid or not, as `amalgam sample` writes them.
Needs: pip install rdkit torch pandas scipy tqdm matplotlib fcd_torch, and molsets without its dependencies (pip install --no-deps molsets).
Prints the metrics as JSON.
"""
import json
import sys
import types

import numpy
import pandas
import rdkit

# molsets 0.3.1 is from 2020: names that newer packages no longer have are given back. Of what computes
# one thing is changed: the cosine of two tables of counts is taken of floats, since newer packages multiply the whole numbers, which overflow.
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
from moses.metrics import metrics  # noqa: E402

cosine_of_counts = metrics.cos_distance
metrics.cos_distance = lambda u, v: cosine_of_counts(u.astype(float), v.astype(float))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    # An empty line is a sample too: one that was never finished.
    samples = open(sys.argv[1]).read().split("\n")[:-1]
    figures = metrics.get_all_metrics(samples, k=[1000, 10000], n_jobs=1, device="cpu", batch_size=512)
    print(json.dumps({"samples": len(samples), "rdkit": rdkit.__version__, **{name: float(value) for name, value in figures.items()}}, indent=1))
