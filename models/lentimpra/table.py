"""Makes the table that the predictor is trained on: one row an element and orientation, one column a cell type.

Usage: python table.py LENTIMPRA.csv.gz TABLE.csv.gz
LENTIMPRA has the columns cell, seq200 and log2_rna_dna (see README.md).
"""
import csv
import gzip
import sys

CELLS = ["HepG2", "K562", "WTC11"]


def main(source, target):
    rows = {}
    with gzip.open(source, "rt") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["seq200"], {}).setdefault(row["cell"], []).append(float(row["log2_rna_dna"]))
    with gzip.GzipFile(target, "wb", mtime=0) as file:
        file.write(("sequence," + ",".join(CELLS) + "\n").encode())
        for sequence, values in rows.items():
            means = [f"{sum(values[cell]) / len(values[cell]):.4f}" if cell in values else "" for cell in CELLS]
            file.write((",".join([sequence, *means]) + "\n").encode())


main(*sys.argv[1:])
