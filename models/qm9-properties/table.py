"""Makes the table that the predictor is trained on: SMILES and one column a quantity, with its unit in the header.

Usage: python table.py QM9.csv.gz TABLE.csv.gz
QM9 has the columns of README.md, energies in Hartree.
"""
import csv
import gzip
import sys

HARTREE = 27.211386  # eV
# Column of QM9, header of the table, factor, decimals.
QUANTITIES = [
    ("alpha", "alpha (Bohr^3)", 1, 2),
    ("gap", "gap (eV)", HARTREE, 4),
    ("u0_atom", "u0-atom (eV)", HARTREE, 5),
    ("mu", "mu (D)", 1, 4),
    ("homo", "homo (eV)", HARTREE, 4),
    ("lumo", "lumo (eV)", HARTREE, 4),
    ("cv", "cv (cal/mol/K)", 1, 3),
    ("zpve", "zpve (eV)", HARTREE, 5),
]


def main(source, target):
    with gzip.open(source, "rt") as rows, gzip.GzipFile(target, "wb", mtime=0) as out:
        out.write(("smiles," + ",".join(header for _, header, _, _ in QUANTITIES) + "\n").encode())
        for row in csv.DictReader(rows):
            values = [f"{float(row[name]) * factor:.{decimals}f}" for name, _, factor, decimals in QUANTITIES]
            out.write((",".join([row["smiles"], *values]) + "\n").encode())


main(*sys.argv[1:])
