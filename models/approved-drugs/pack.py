"""Writes drugs.tsv (name in lower case, SMILES) from ADMET-AI's table of approved drugs.

    python pack.py approved_drugs.csv.gz drugs.tsv

Rows without a name or with a SMILES that RDKit refuses are left out and counted;
of two rows with one name the first stays.
"""
import csv
import gzip
import sys

from rdkit import Chem


def main(source, target):
    names, refused = {}, 0
    with gzip.open(source, "rt") as file:
        for row in csv.DictReader(file):
            name = row["name"].strip().lower()
            if not name or Chem.MolFromSmiles(row["smiles"]) is None:
                refused += 1
                continue
            names.setdefault(name, row["smiles"])
    with open(target, "w") as file:
        for name in sorted(names):
            file.write(f"{name}\t{names[name]}\n")
    print(f"{len(names)} names, {refused} rows left out")


main(*sys.argv[1:])
