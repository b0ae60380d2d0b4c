"""`amalgam train-predictor` beside Chemprop 2 with its default settings, on the same scaffold splits.

Usage: python chemprop.py AMALGAM DATA_FOLDER [NAME...]
AMALGAM is bin/amalgam.mjs; the folder has admet/ and bioactivity/ as docs/results.md lists them.
Murcko scaffolds go whole to training (80%), validation and test (10% each), those with more
molecules than half a test set to training, the rest by chance (seed 0). Chemprop learns from
the first and chooses its epoch by the second; Amalgam holds out scaffolds of both by itself.
Prints a row a data set: root mean square error (less is better) or area under the ROC curve
(more is better) on the test molecules, and seconds of processor time.
"""
import csv
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict

from rdkit import Chem, RDLogger
from rdkit.Chem.Scaffolds import MurckoScaffold
from sklearn.metrics import roc_auc_score

RDLogger.DisableLog("rdApp.*")
CHEMPROP = [sys.executable, "-c", "from chemprop.cli.main import main; main()"]
ACE = ("bioactivity/moleculeace_30targets.csv.gz", "p_activity_M", "regression")
# File, column, kind, and which rows.
SETS = {
    "ESOL": ("admet/esol_delaney.csv.gz", "measured_logS_mol_per_L", "regression", None),
    "lipophilicity": ("admet/lipophilicity_astrazeneca.csv.gz", "logD_pH7.4", "regression", None),
    "BACE": ("admet/bace.csv.gz", "class", "classification", None),
    "BBBP": ("admet/bbbp_moleculenet.csv.gz", "p_np", "classification", None),
    "MoleculeACE CHEMBL1862": (*ACE, "CHEMBL1862_Ki"),
    "MoleculeACE CHEMBL204": (*ACE, "CHEMBL204_Ki"),
    "MoleculeACE CHEMBL234": (*ACE, "CHEMBL234_Ki"),
}


def read(folder, file, column, target):
    """Canonical SMILES with their value; of rows of one molecule the first."""
    rows = {}
    with gzip.open(os.path.join(folder, file), "rt") as lines:
        for row in csv.DictReader(lines):
            mol = Chem.MolFromSmiles(row["smiles"].strip()) if target in (None, row.get("target")) else None
            if mol is not None and mol.GetNumAtoms() > 0:
                rows.setdefault(Chem.MolToSmiles(mol), row[column])
    return list(rows.items())


def split(rows):
    groups = defaultdict(list)
    for i, (smiles, _) in enumerate(rows):
        groups[MurckoScaffold.MurckoScaffoldSmiles(smiles)].append(i)
    sets = sorted(groups.values(), key=lambda one: (-len(one), one))
    held = len(rows) // 10
    large = [one for one in sets if len(one) > held / 2]
    rest = [one for one in sets if len(one) <= held / 2]
    random.Random(0).shuffle(rest)
    names = [None] * len(rows)
    room = {"train": len(rows) - 2 * held, "val": held, "test": held}
    for one in large + rest:
        name = next((n for n in ("train", "val") if room[n] >= len(one)), "test") if one not in large else "train"
        room[name] -= len(one)
        for i in one:
            names[i] = name
    return names


def write(file, rows, names=None):
    with open(file, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["smiles", "y"] + (["split"] if names else []))
        for i, row in enumerate(rows):
            writer.writerow([*row, names[i]] if names else row)


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def judge(kind, wanted, said):
    if kind == "classification":
        return roc_auc_score(wanted, said)
    return (sum((a - b) ** 2 for a, b in zip(wanted, said)) / len(wanted)) ** 0.5


def by_chemprop(folder, rows, names, kind):
    write(f"{folder}/all.csv", rows, names)
    out = f"{folder}/chemprop"
    _, seconds = timed([*CHEMPROP, "train", "-i", f"{folder}/all.csv", "--smiles-columns", "smiles", "--target-columns", "y", "-t", kind, "--splits-column", "split", "-o", out, "--pytorch-seed", "0"])
    found = [os.path.join(at, "test_predictions.csv") for at, _, files in os.walk(out) if "test_predictions.csv" in files]
    with open(found[0]) as lines:
        said = {row["smiles"]: float(row["y"]) for row in csv.DictReader(lines)}
    return said, seconds


def by_amalgam(program, folder, rows, names, kind):
    write(f"{folder}/learn.csv", [row for row, name in zip(rows, names) if name != "test"])
    write(f"{folder}/test.csv", [row for row, name in zip(rows, names) if name == "test"])
    model = f"{folder}/model.safetensors"
    options = ["--task", kind, "--transform", "none"] if kind == "regression" else ["--task", kind, "--positive", "1"]
    _, seconds = timed(["node", program, "train-predictor", f"{folder}/learn.csv", "--column", "y", "--out", model, "--even-so", "--json", *options])
    out, more = timed(["node", program, "score", f"{folder}/test.csv", "--objective", f"predicted:model={model}"])
    scored = list(csv.reader(out.splitlines()))
    place = next(i for i, name in enumerate(scored[0]) if name.startswith("predicted"))
    smiles = scored[0].index("smiles") if "smiles" in scored[0] else 0
    return {row[smiles]: float(row[place]) for row in scored[1:] if row[place] != ""}, seconds + more


def main(program, data, *wanted):
    for name, (file, column, kind, target) in SETS.items():
        if wanted and name not in wanted:
            continue
        rows = read(data, file, column, target)
        names = split(rows)
        with tempfile.TemporaryDirectory() as folder:
            theirs, their_seconds = by_chemprop(folder, rows, names, kind)
            ours, our_seconds = by_amalgam(program, folder, rows, names, kind)
        test = [(smiles, float(value)) for (smiles, value), part in zip(rows, names) if part == "test" and smiles in theirs and smiles in ours]
        figures = [judge(kind, [value for _, value in test], [said[smiles] for smiles, _ in test]) for said in (ours, theirs)]
        print(json.dumps({"data": name, "molecules": len(rows), "test": len(test), "figure": "RMSE" if kind == "regression" else "ROC area", "amalgam": round(figures[0], 4), "chemprop": round(figures[1], 4), "amalgam_s": round(our_seconds), "chemprop_s": round(their_seconds)}), flush=True)


main(*sys.argv[1:])
