"""Writes enzymes.tsv from the restriction enzymes that Biopython carries.

    python pack.py enzymes.tsv

Columns: name, recognition site (IUPAC codes; "|" between alternatives), first
cut of the top strand in bases after the site's first, first cut of the bottom
strand in bases after the site's last, the same of the second cuts, and 1 where a
supplier sells it. Cuts are empty where nobody knows them. Made with Biopython
1.88, which has REBASE's files of version 404 (2024).
"""
import sys

from Bio.Restriction import AllEnzymes


def row(enzyme):
    cuts = [enzyme.fst5, enzyme.fst3, enzyme.scd5, enzyme.scd3]
    return [str(enzyme), enzyme.site, *("" if cut is None else cut for cut in cuts), int(enzyme.is_comm())]


def main(target):
    rows = sorted((row(enzyme) for enzyme in AllEnzymes), key=lambda one: one[0].lower())
    with open(target, "w") as file:
        for one in rows:
            file.write("\t".join(map(str, one)) + "\n")
    print(len(rows), "enzymes")


main(sys.argv[1])
