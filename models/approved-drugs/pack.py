"""Writes drugs.tsv (name in lower case, SMILES, ATC codes) and atc.tsv (code, name) from
ADMET-AI's table of approved drugs.

    python pack.py approved_drugs.csv.gz FOLDER

Rows without a name or with a SMILES that RDKit refuses are left out and counted;
of two rows with one name the first stays. ATC codes are those of the fourth level
(five characters), separated by semicolons. The table names the classes of a drug
without saying which name is whose, so atc.tsv is read off drugs with one code
alone; classes that no such drug has are left out and counted.
"""
import csv
import gzip
import os
import sys

from rdkit import Chem

# Characters of a code at each level.
LEVELS = [1, 3, 4, 5]


def main(source, folder):
    drugs, classes, codes, refused = {}, {}, set(), 0
    with gzip.open(source, "rt") as file:
        for row in csv.DictReader(file):
            name = row["name"].strip().lower()
            if not name or Chem.MolFromSmiles(row["smiles"]) is None:
                refused += 1
                continue
            drugs.setdefault(name, (row["smiles"], row["atc"]))
            of_row = [code for code in row["atc"].split(";") if code]
            codes.update(code[:length] for code in of_row for length in LEVELS)
            if len(of_row) == 1:
                for level, length in enumerate(LEVELS, 1):
                    classes.setdefault(of_row[0][:length], row[f"atc_name_{level}"].strip())
    with open(os.path.join(folder, "drugs.tsv"), "w") as file:
        for name in sorted(drugs):
            file.write("\t".join([name, *drugs[name]]).rstrip() + "\n")
    with open(os.path.join(folder, "atc.tsv"), "w") as file:
        for code in sorted(classes):
            file.write(f"{code}\t{classes[code][:1].upper()}{classes[code][1:].lower()}\n")
    print(f"{len(drugs)} drugs, {refused} rows left out; {len(classes)} classes, {len(codes - set(classes))} without a name")


main(*sys.argv[1:])
