"""Writes rings.tsv.gz: the ring systems of the molecules that `druglike` learnt from and of approved drugs, counted.

    python pack.py DRUGS rings.tsv.gz FILE...

DRUGS is models/approved-drugs/drugs.tsv. Each FILE holds one SMILES per line (.smi.gz) or in its column smiles or
SMILES (.csv.gz). Columns of the table: key, molecules that have the ring system, approved drugs that have it, SMILES of
one of its forms.

A ring system is a set of atoms joined by ring bonds; spiro rings are one system. Its key depends on the elements, on
aromaticity, on the orders of its bonds, and on the atoms that are double-bonded to it; charges and hydrogens do not
count. engine/chem/ring-systems.ts computes the same key.
"""
import gzip
import sys
from collections import Counter
from multiprocessing import Pool

from rdkit import Chem, RDLogger

ROUNDS = 8
MASK = 0xFFFFFFFF
AROMATIC = 12

RDLogger.DisableLog("rdApp.*")


def systems(molecule):
    """Sets of atoms that ring bonds join."""
    group = {}
    for bond in molecule.GetBonds():
        if not bond.IsInRing():
            continue
        a, b = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
        joined = group.get(a, {a}) | group.get(b, {b})
        for atom in joined:
            group[atom] = joined
    return {id(atoms): atoms for atoms in group.values()}.values()


def outside(molecule):
    """Pairs of atoms with a double bond that is in no ring, in both orders."""
    for bond in molecule.GetBonds():
        if bond.GetBondType() == Chem.BondType.DOUBLE and not bond.IsInRing():
            yield bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
            yield bond.GetEndAtomIdx(), bond.GetBeginAtomIdx()


def mix(seed, value):
    h = ((seed ^ value) * 0xCC9E2D51) & MASK
    h = ((h << 15) | (h >> 17)) & MASK
    return (h * 0x1B873593 + 0xE6546B64) & MASK


def key(molecule, system):
    """Colours of the atoms, refined by those of their neighbours, added up. Weisfeiler and Leman 1968."""
    colours = {}
    for a in system:
        atom = molecule.GetAtomWithIdx(a)
        double = sum(molecule.GetAtomWithIdx(other).GetAtomicNum() for one, other in outside(molecule) if one == a)
        colours[a] = mix(mix(atom.GetAtomicNum(), int(atom.GetIsAromatic())), double)
    for _ in range(ROUNDS):
        refined = {}
        for a in system:
            around = 0
            for bond in molecule.GetAtomWithIdx(a).GetBonds():
                other = bond.GetOtherAtomIdx(a)
                if other in system and bond.IsInRing():
                    kind = AROMATIC if bond.GetIsAromatic() else int(bond.GetBondTypeAsDouble())
                    around = (around + mix(colours[other], kind)) & MASK
            refined[a] = mix(colours[a], around)
        colours = refined
    return mix(len(system), sum(colours.values()) & MASK)


def fragment(molecule, system):
    atoms = system | {other for one, other in outside(molecule) if one in system}
    return Chem.MolFragmentToSmiles(molecule, sorted(atoms), isomericSmiles=False)


def molecules(path):
    with gzip.open(path, "rt") as file:
        header = None if path.endswith(".smi.gz") else file.readline().strip().split(",")
        column = 0 if header is None else [name.lower() for name in header].index("smiles")
        for line in file:
            yield line.strip().split("," if header else None)[column]


def count(texts):
    """Molecules with each ring system by its key, and a fragment of each. Most fragments come again and again."""
    counts, shown, keys = Counter(), {}, {}
    for text in texts:
        molecule = Chem.MolFromSmiles(text)
        if molecule is None:
            continue
        found = set()
        for system in systems(molecule):
            smiles = fragment(molecule, system)
            if smiles not in keys:
                keys[smiles] = key(molecule, system)
            found.add(keys[smiles])
            shown.setdefault(keys[smiles], smiles)
        counts.update(found)
    return counts, shown


def count_file(path):
    return count(molecules(path))


def main(drugs, out, *files):
    with open(drugs) as file:
        in_drugs, shown = count(line.split("\t")[1].strip() for line in file)
    counts = Counter()
    with Pool(2) as pool:
        for more, fragments in pool.imap(count_file, files):
            counts.update(more)
            shown = {**fragments, **shown}
            print(len(counts), file=sys.stderr)
    with gzip.GzipFile(out, "wb", mtime=0) as file:
        for k in sorted(shown, key=lambda k: (-counts[k], -in_drugs[k], k)):
            file.write(f"{k:08x}\t{counts[k]}\t{in_drugs[k]}\t{shown[k]}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
