"""Writes alerts.tsv (set, name, SMARTS) from RDKit's filter catalogues.

    python pack.py RDKIT alerts.tsv

RDKIT is a checkout of RDKit's source; the patterns are in
Code/GraphMol/FilterCatalog/*.in. Hydrogens that a pattern writes as atoms become
hydrogen counts of their neighbours (mergeHs), as RDKit's catalogue does, since
molecules hold no hydrogen atoms.
"""
import os
import re
import sys

from rdkit import Chem

FILES = {"brenk": ["brenk.in"], "pains": ["pains_a.in", "pains_b.in", "pains_c.in"]}
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


def main(source, target):
    folder = os.path.join(source, "Code", "GraphMol", "FilterCatalog")
    rows = [(group, *entry) for group, files in FILES.items() for name in files for entry in entries(os.path.join(folder, name))]
    with open(target, "w") as file:
        for group, name, smarts in rows:
            file.write(f"{group}\t{name}\t{merged(smarts)}\n")
    print(len(rows), "alerts")


main(sys.argv[1], sys.argv[2])
