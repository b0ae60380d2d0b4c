"""Writes alerts.tsv from RDKit's filter catalogues, NIBR's filters and MOSES's MCF.

    python pack.py RDKIT NIBR MCF alerts.tsv

RDKIT is a checkout of RDKit's source (Code/GraphMol/FilterCatalog/*.in). NIBR is
the table of its Contrib/NIBRSubstructureFilters, gzipped, with the columns name,
smarts, min_count and severity. MCF is MOSES's moses/dataset/data/mcf.csv.
Columns: set, name, SMARTS, fewest matches that count as a hit, severity (NIBR's
0, 1 or 2; empty elsewhere). Hydrogens that a pattern writes as atoms become
hydrogen counts of their neighbours (mergeHs), since molecules hold no hydrogen
atoms: RDKit's catalogues do so, and MOSES adds hydrogens to the molecule instead.
"""
import csv
import gzip
import os
import re
import sys

from rdkit import Chem

CATALOGUES = {
    "pains": ["pains_a", "pains_b", "pains_c"],
    "brenk": ["brenk"],
    "bms": ["chembl_bms"],
    "glaxo": ["chembl_glaxo"],
    "inpharmatica": ["chembl_inpharmatica"],
    "lint": ["chembl_lint"],
    "mlsmr": ["chembl_mlsmr"],
    "surechembl": ["chembl_surechembl"],
}
STRING = r'"((?:[^"\\]|\\.)*)"'
# {"name", "SMARTS" in one or more pieces, 0, ""}
ENTRY = re.compile(r"\{\s*" + STRING + r"\s*,\s*((?:" + STRING + r"\s*)+),\s*0\s*,")


def entries(path):
    with open(path) as file:
        for match in ENTRY.finditer(file.read()):
            yield match.group(1), "".join(re.findall(STRING, match.group(2))).replace("\\\\", "\\")


def merged(smarts):
    pattern = Chem.MolFromSmarts(smarts, mergeHs=True)
    return Chem.MolToSmarts(pattern) if "#1" in smarts or "[H]" in smarts else smarts


def catalogues(rdkit):
    folder = os.path.join(rdkit, "Code", "GraphMol", "FilterCatalog")
    for group, files in CATALOGUES.items():
        for name in files:
            for label, smarts in entries(os.path.join(folder, name + ".in")):
                yield group, label, merged(smarts), 1, ""


def nibr(path):
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            yield "nibr", row["name"], merged(row["smarts"]), max(1, int(row["min_count"])), row["severity"]


def mcf(path):
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            yield "mcf", row["names"], merged(row["smarts"]), 1, ""


def main(rdkit, nibr_file, mcf_file, target):
    rows = [*catalogues(rdkit), *nibr(nibr_file), *mcf(mcf_file)]
    counts, refused = {}, []
    with open(target, "w") as file:
        for row in rows:
            if Chem.MolFromSmarts(row[2]) is None:
                refused.append(row)
                continue
            counts[row[0]] = counts.get(row[0], 0) + 1
            file.write("\t".join(str(value).strip() for value in row) + "\n")
    print(counts, "refused:", refused)


main(*sys.argv[1:])
