"""Packs motif collections into files of JASPAR's format, gzipped.

    python pack.py DATA FOLDER

DATA has JASPAR2024_CORE_vertebrates_non-redundant_transfac.txt.gz,
JASPAR2022_CORE_all_non-redundant_meme.txt.gz and HOCOMOCO_H13CORE.meme.gz. Where
the source gives shares, the counts written are the share times the number of
sites, with three decimals at most. Of JASPAR 2022, the profiles are kept whose
identifier, version and all, is not among JASPAR 2024's vertebrates.
"""
import gzip
import os
import re
import sys

BASES = "ACGT"
VERTEBRATES = "JASPAR2024_CORE_vertebrates_non-redundant_transfac.txt.gz"
ALL_2022 = "JASPAR2022_CORE_all_non-redundant_meme.txt.gz"
HOCOMOCO = "HOCOMOCO_H13CORE.meme.gz"


def read(data, name):
    with gzip.open(os.path.join(data, name), "rt") as file:
        return file.read()


def transfac(text):
    for record in text.split("//\n"):
        if "AC " in record:
            fields = dict(re.findall(r"^(AC|ID) (\S+)$", record, re.M))
            rows = re.findall(r"^\d+\t([\d.]+)\t([\d.]+)\t([\d.]+)\t([\d.]+)\s*$", record, re.M)
            yield fields["AC"], fields["ID"], [[float(value) for value in row] for row in rows]


def meme(text):
    for record in text.split("\nMOTIF ")[1:]:
        names = record.split("\n", 1)[0].split()
        width, sites = re.search(r"w= *(\d+) nsites= *([\d.]+)", record).groups()
        rows = re.findall(r"^ *([\d.e-]+)\s+([\d.e-]+)\s+([\d.e-]+)\s+([\d.e-]+)\s*$", record, re.M)
        assert len(rows) == int(width), names
        yield names[0], names[-1], [[float(value) * float(sites) for value in row] for row in rows]


def write(folder, name, motifs):
    lines = []
    for identifier, factor, rows in motifs:
        lines.append(f">{identifier} {factor}")
        for base, column in zip(BASES, zip(*rows)):
            lines.append(f"{base} [ {' '.join(f'{value:.3f}'.rstrip('0').rstrip('.') for value in column)} ]")
    with open(os.path.join(folder, name), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(("\n".join(lines) + "\n").encode())
    print(name, len(motifs), "motifs,", os.path.getsize(os.path.join(folder, name)), "bytes")


def main(data, folder):
    vertebrates = list(transfac(read(data, VERTEBRATES)))
    known = {identifier for identifier, _, _ in vertebrates}
    others = [one for one in meme(read(data, ALL_2022)) if one[0] not in known]
    hocomoco = [(name, name.split(".")[0], rows) for name, _, rows in meme(read(data, HOCOMOCO))]
    write(folder, "jaspar2024-vertebrates.jaspar.gz", vertebrates)
    write(folder, "jaspar2022-further.jaspar.gz", others)
    write(folder, "hocomoco13-core.jaspar.gz", hocomoco)


main(sys.argv[1], sys.argv[2])
