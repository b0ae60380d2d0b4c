"""The elements that the generator `enhancer` learns from, and those held out.

Usage: prepare.py DATA_FOLDER OUT_FOLDER

Reads lentimpra_hepg2_k562_wtc11.csv.gz (columns split, seq200) and
lentimpra_k562_unlabelled_10k.csv.gz (column seq200). An element and its reverse
complement are one element: it is held out where any of its measurements is in a
test split of the data's carriers.
"""
import csv
import gzip
import sys
from pathlib import Path

HELD_OUT = {"test", "legnet_test", "hashfrag"}
COMPLEMENT = str.maketrans("ACGT", "TGCA")


def element(sequence: str) -> str:
    return min(sequence, sequence[::-1].translate(COMPLEMENT))


def rows(path: Path):
    with gzip.open(path, "rt", newline="") as file:
        yield from csv.DictReader(file)


def write(path: Path, elements: list[str]) -> None:
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(("sequence\n" + "".join(f"{one}\n" for one in elements)).encode())
    print(f"{path}: {len(elements)} elements")


def main(data: Path, out: Path) -> None:
    measured = list(rows(data / "lentimpra_hepg2_k562_wtc11.csv.gz"))
    unmeasured = list(rows(data / "lentimpra_k562_unlabelled_10k.csv.gz"))
    held = {element(row["seq200"]) for row in measured if row["split"] in HELD_OUT}
    training = {element(row["seq200"]) for row in [*measured, *unmeasured]} - held
    write(out / "training.csv.gz", sorted(training))
    write(out / "heldout.csv.gz", sorted(held))


main(Path(sys.argv[1]), Path(sys.argv[2]))
