"""
Makes the files of data/ and labs/ and what is right for each: expected.json, labs.json and neighbours.json.

Values are those of RDKit, Biopython and pandas in Python, never of Amalgam:
    pip install rdkit biopython pandas openpyxl
    python make.py
"""

import base64
import gzip
import io
import json
import math
import random
import struct
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pandas
from Bio import SeqIO
from Bio.SeqUtils import gc_fraction
from rdkit import Chem, RDLogger
from rdkit.Chem import AllChem, Descriptors

RDLogger.DisableLog("rdApp.*")
folder = Path(__file__).parent / "data"
folder.mkdir(exist_ok=True)
for old in folder.iterdir():
    old.unlink()
cases = {}


def weight(smiles):
    molecule = Chem.MolFromSmiles(smiles) if smiles else None
    return None if molecule is None or molecule.GetNumAtoms() == 0 else Descriptors.MolWt(molecule)


def write(name, content):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def molecules(name, content, rows, **more):
    """Rows are pairs of a name and a SMILES, '' for one that is no molecule."""
    write(name, content)
    cases[name] = {"modality": "molecule", "rows": [{"name": n, "smiles": s, "value": weight(s)} for n, s in rows], **more}


def sdf(name, content, **more):
    """As RDKit's supplier reads the text; what it refuses has no value."""
    supplier = Chem.SDMolSupplier()
    supplier.SetData(content.replace("\r\n", "\n").replace("\r", "\n"))
    rows = [("" if m is None else m.GetProp("_Name"), "" if m is None else Chem.MolToSmiles(m)) for m in supplier]
    molecules(name, content, rows, **more)


def dna(name, content, rows, **more):
    write(name, content)
    cases[name] = {
        "modality": "dna",
        "rows": [{"name": n, "sequence": s, "value": gc_fraction(s) if s and set(s) <= set("ACGT") else None} for n, s in rows],
        **more,
    }


def biopython(name, content, kind, **more):
    handle = io.BytesIO(content) if isinstance(content, bytes) else io.StringIO(content.replace("\r\n", "\n").replace("\r", "\n"))
    records = list(SeqIO.parse(handle, kind))
    dna(name, content, [(r.name, str(r.seq).upper().replace("U", "T")) for r in records], **more)


def refused(name, content, message, modality="molecule"):
    write(name, content)
    cases[name] = {"modality": modality, "message": message}


def block(smiles, title=""):
    molecule = Chem.MolFromSmiles(smiles)
    molecule.SetProp("_Name", title)
    AllChem.Compute2DCoords(molecule)
    return Chem.MolToMolBlock(molecule)


def book(*sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


A, B, C = ("ethanol", "CCO"), ("ethylamine", "CCN"), ("phenol", "Oc1ccccc1")
ABC = [A, B, C]
plain = "".join(f"{s} {n}\n" for n, s in ABC)
comma = "id,smiles,logD\n" + "".join(f"{n},{s},{i}.5\n" for i, (n, s) in enumerate(ABC))

# Lists of molecules.
molecules("plain.smi", plain, ABC)
molecules("crlf.smi", plain.replace("\n", "\r\n"), ABC)
molecules("cr.smi", plain.replace("\n", "\r"), ABC)
molecules("bom.smi", "\ufeff" + plain, ABC)
molecules("utf16.smi", plain.encode("utf-16"), ABC)
molecules("utf16be.smi", plain.encode("utf-16-be"), ABC)
molecules("west.smi", "CCO éthanol\nCCN amine\n".encode("cp1252"), [("éthanol", "CCO"), ("amine", "CCN")])
molecules("no-end.smi", plain.rstrip("\n"), ABC)
molecules("tabs.smi", plain.replace(" ", "\t"), ABC)
molecules("header.smi", "SMILES Name\n" + plain, ABC)
molecules("hash-header.smi", "#SMILES\tName\n" + plain.replace(" ", "\t"), ABC)
molecules("comments.smi", "# of a colleague\n" + plain + "# end\n", ABC)
molecules("blank-lines.smi", "CCO a\n\nCCN b\n", [("a", "CCO"), ("", ""), ("b", "CCN")])
molecules("names.smi", "CCO ethyl alcohol\nCCN ethyl amine\n", [("ethyl alcohol", "CCO"), ("ethyl amine", "CCN")])
molecules("id-first.smi", "".join(f"CMPD-{i} {s}\n" for i, (_, s) in enumerate(ABC)), [(f"CMPD-{i}", s) for i, (_, s) in enumerate(ABC)])
molecules("id-first-tab.txt", "".join(f"X{i:03}\t{s}\n" for i, (_, s) in enumerate(ABC)), [(f"X{i:03}", s) for i, (_, s) in enumerate(ABC)])
molecules("cx.smi", "CCC |$;;R1$| named\nCCO\n", [("named", "CCC"), ("", "CCO")])
molecules("inchi.smi", "".join(f"{Chem.MolToInchi(Chem.MolFromSmiles(s))} {n}\n" for n, s in ABC), ABC)
molecules("inchi-stereo.txt", "".join(Chem.MolToInchi(Chem.MolFromSmiles(s)) + "\n" for s in ["C[C@H](N)C(=O)O", "C/C=C/C", "[O-][N+](=O)c1ccccc1"]), [("", s) for s in ["C[C@H](N)C(=O)O", "C/C=C/C", "[O-][N+](=O)c1ccccc1"]])
molecules("packed.smi.gz", gzip.compress(plain.encode(), mtime=0), ABC)
molecules("packed-without-name.smi", gzip.compress(plain.encode(), mtime=0), ABC)
molecules("no-ending", plain, ABC)
molecules("bad-lines.smi", "CCO\nC1CC\nCC[Xx]\nCCN\n", [("", "CCO"), ("", ""), ("", ""), ("", "CCN")])
molecules("wildcard.smi", "C* w\n", [("w", "C*")])
molecules("salt.smi", "CC(=O)[O-].[Na+] acetate\n", [("acetate", "CC(=O)[O-].[Na+]")])

# Tables of molecules.
molecules("comma.csv", comma, ABC)
molecules("semicolon.csv", comma.replace(",", ";").replace(".", ","), ABC)
molecules("tab.csv", comma.replace(",", "\t"), ABC)
molecules("tab.tsv", comma.replace(",", "\t"), ABC)
molecules("bar.txt", comma.replace(",", "|"), ABC)
molecules("comma.txt", comma, ABC)
molecules("space.txt", "smiles logD\nCCO 0.5\nCCN 0.7\n", [("", "CCO"), ("", "CCN")])
molecules("sep.csv", "sep=;\n" + comma.replace(",", ";"), ABC)
molecules("comments.csv", "# exported by LIMS\n# 2026\n" + comma, ABC)
molecules("title.csv", "Project X\n\n" + comma, ABC)
molecules("bom.csv", "\ufeff" + comma, ABC)
molecules("cr.csv", comma.replace("\n", "\r"), ABC)
molecules("utf16.csv", comma.encode("utf-16"), ABC)
molecules("canonical.csv", comma.replace("smiles", "Canonical SMILES"), ABC)
molecules("upper.csv", comma.replace("smiles", "SMILES"), ABC)
molecules("quoted.csv", 'name,smiles\n"a, b","CCO"\n"say ""x""",CCN\n', [("a, b", "CCO"), ('say "x"', "CCN")])
molecules("lines-in-cell.csv", 'name,smiles\n"two\nlines",CCO\nb,CCN\n', [("two\nlines", "CCO"), ("b", "CCN")])
molecules("cx.csv", "smiles,id\nCCC |$;;R1$|,a\nCCN,b\n", [("a", "CCC"), ("b", "CCN")])
molecules("empty-cells.csv", "id,smiles\na,CCO\nb,\n", [("a", "CCO"), ("b", "")])
molecules("trailing.csv", "smiles,id\nCCO,a,,\nCCN,b,,\n", [("a", "CCO"), ("b", "CCN")])
molecules("headless.csv", "CCO,1.5\nCCN,2.5\n", [("1.5", "CCO"), ("2.5", "CCN")])
molecules("by-content.csv", "what,y\nCCOCC,1\nCCNCC,2\n", [("", "CCOCC"), ("", "CCNCC")])
molecules("blocks.csv", "id,molblock\n" + "".join(f'{n},"{block(s)}"\n' for n, s in ABC), ABC)
molecules("inchi.csv", "id,InChI\n" + "".join(f'{n},"{Chem.MolToInchi(Chem.MolFromSmiles(s))}"\n' for n, s in ABC), ABC)
molecules("packed.csv.gz", gzip.compress(comma.encode(), mtime=0), ABC)
molecules("table.xlsx", book(("Data", [["id", "SMILES", "y"], *[[n, s, i] for i, (n, s) in enumerate(ABC)]])), ABC)
molecules("title.xlsx", book(("Data", [["Assay of May"], [], ["id", "SMILES"], *[[n, s] for n, s in ABC]])), ABC)
molecules("two-sheets.xlsx", book(("Data", [["id", "SMILES"], *[[n, s] for n, s in ABC]]), ("Notes", [["none"]])), ABC)

# SDF and molfiles.
three = "".join(f"{block(s, n)}>  <field>\nCl\n\n$$$$\n" for n, s in ABC)
sdf("three.sdf", three)
sdf("crlf.sdf", three.replace("\n", "\r\n"))
sdf("cr.sdf", three.replace("\n", "\r"))
sdf("titles-like-smiles.sdf", "".join(f"{block(s, t)}$$$$\n" for s, t in [("CCO", "CCCl"), ("CCN", "c1ccccc1")]))
sdf("one.mol", block("CCO", "caffeine"))
sdf("wrong-name.txt", three)
sdf("no-last-end.sdf", three[: three.rindex("$$$$")])
sdf("v3000.sdf", Chem.MolToV3KMolBlock(Chem.MolFromSmiles("CCO")) + "$$$$\n")
sdf("abbreviation.sdf", block("CCO").replace(" O  ", " OMe", 1) + "$$$$\n" + block("CCN", "good") + "$$$$\n")
sdf("unknown-atom.mol", block("CCO").replace(" O  ", " Xx ", 1))
sdf("five-bonds.sdf", block("C[N+](C)(C)C", "x").replace("M  CHG  1   2   1\n", "") + "$$$$\n" + block("CCO", "good") + "$$$$\n")
write("query.mol", block("CCO", "q").replace(" O  ", " Q  ", 1))
cases["query.mol"] = {"modality": "molecule", "rows": [{"name": "q", "smiles": "", "value": None}], "reason": "query structure"}

# DNA.
fasta = ">one first\nGAATTCGG\nATCC\n>two\nACGTACGT\n"
biopython("two.fa", fasta, "fasta")
biopython("crlf.fa", fasta.replace("\n", "\r\n"), "fasta")
biopython("cr.fa", fasta.replace("\n", "\r"), "fasta")
biopython("fasta-in.txt", fasta, "fasta")
biopython("lower.fa", fasta.replace("GAATTC", "gaattc"), "fasta")
biopython("rna.fa", ">r\nGAAUUC\n", "fasta")
biopython("n.fa", ">x\nACGTNNACGT\n>y\nGAATTC\n", "fasta")
biopython("packed.fa.gz", fasta, "fasta")
write("packed.fa.gz", gzip.compress(fasta.encode(), mtime=0))
genbank = """LOCUS       PROM1                     20 bp    DNA     linear   SYN 01-JAN-2020
DEFINITION  A promoter.
ACCESSION   PROM1
FEATURES             Location/Qualifiers
     source          1..20
                     /organism="none"
ORIGIN
        1 gaattcggat ccatgcatgc
//
"""
biopython("one.gb", genbank, "genbank")
biopython("two.gb", genbank + genbank.replace("PROM1", "PROM2").replace("gaattc", "gaagtc"), "genbank")
biopython("genbank.txt", genbank.replace("\n", "\r\n"), "genbank")
embl = """ID   X56734; SV 1; linear; mRNA; STD; PLN; 20 BP.
XX
AC   X56734;
XX
DE   A promoter.
XX
FH   Key             Location/Qualifiers
FT   source          1..20
FT                   /organism="none"
XX
SQ   Sequence 20 BP; 5 A; 5 C; 5 G; 5 T; 0 other;
     gaattcggat ccatgcatgc                                                    20
//
"""
biopython("one.embl", embl, "embl")


def snapgene(sequence):
    packet = lambda kind, content: struct.pack(">BI", kind, len(content)) + content
    notes = b"<Notes><CustomMapLabel>pTest</CustomMapLabel></Notes>"
    return packet(9, b"SnapGene" + struct.pack(">HHH", 1, 15, 18)) + packet(0, b"\x00" + sequence.encode()) + packet(6, notes)


dna("plasmid.dna", snapgene("GAATTCGGATCCATGC"), [("pTest", str(SeqIO.read(io.BytesIO(snapgene("GAATTCGGATCCATGC")), "snapgene").seq))])
dna("blocks.txt", "GAATTCGGAT CCATGCATGC\n", [("", "GAATTCGGATCCATGCATGC")])
dna("numbered.txt", "  1 gaattcggat ccatgcatgc\n 21 ggatcc\n", [("", "GAATTCGGATCCATGCATGCGGATCC")])
dna("names.txt", "GAATTCGG\tfirst\nACGTACGT\tsecond\n", [("first", "GAATTCGG"), ("second", "ACGTACGT")])
dna("id-first.txt", "seq1\tGAATTCGG\nseq2\tACGTACGT\n", [("seq1", "GAATTCGG"), ("seq2", "ACGTACGT")])
dna("table.csv", "name,Sequence\na,GAATTCGG\nb,ACGTACGT\n", [("a", "GAATTCGG"), ("b", "ACGTACGT")])
dna("insert.csv", "plasmid,insert sequence\np1,GAATTCGG\np2,ACGTACGT\n", [("p1", "GAATTCGG"), ("p2", "ACGTACGT")])
dna("semicolon-dna.csv", "name;seq\na;GAATTCGG\n", [("a", "GAATTCGG")])
dna("table-dna.xlsx", book(("Oligos", [["Name", "Sequence"], ["a", "GAATTCGG"], ["b", "ACGT ACGT"]])), [("a", "GAATTCGG"), ("b", "ACGTACGT")])

# Refused.
refused("paper.pdf", "%PDF-1.7\n", "is a PDF document")
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as made:
    made.writestr(zipfile.ZipInfo("a.smi"), "CCO\n")
refused("archive.zip", archive.getvalue(), "is a zip archive")
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as made:
    made.writestr(zipfile.ZipInfo("word/document.xml"), "<w/>")
refused("letter.docx", archive.getvalue(), "is a Word document")
refused("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel or Word file")
refused("protein.pdb", "HEADER    HYDROLASE\nATOM      1  N   ALA A   1      11.104   6.134  -6.504\n", "is a PDB file")
refused("ligand.mol2", "@<TRIPOS>MOLECULE\nx\n", "is a MOL2 file")
refused("water.xyz", "3\nwater\nO 0.000 0.000 0.000\nH 0.757 0.586 0.000\nH -0.757 0.586 0.000\n", "is an XYZ file")
refused("drawing.cdxml", '<?xml version="1.0"?>\n<!DOCTYPE CDXML SYSTEM "x">\n<CDXML/>\n', "is a ChemDraw file")
refused("reads.fastq", "@read1\nACGT\n+\nIIII\n", "is FASTQ", "dna")
refused("list.json", '[{"smiles": "CCO"}]\n', "is JSON")
refused("model.pkl", b"\x80\x04\x95", "never read")
refused("reaction.rxn", "$RXN\n\n", "is a reaction file")
refused("picture.png", b"\x89PNG\r\n\x1a\n", "is a picture")
refused("dna.fasta", fasta, "is FASTA, which contains DNA")
refused("molecules.sdf", three, "is SDF, which contains molecules", "dna")
refused("no-column.csv", "a,b\n1,2\n", "there is no column of SMILES")
refused("decimal-comma.csv", "smiles,logD\nCCO,0,5\n", "decimal-comma.csv:2: .*decimal comma")
refused("open-quote.csv", 'smiles,name\nCCO,a\n"CCN,b\nCCC,c\nCCCC,d\n', "line 3 has a quote")
refused("formula.xlsx", book(("Data", [["id", "SMILES", "y"], ["a", "CCO", "=1+1"]])), 'sheet "Data", cell C2: the formula has no stored value')
refused("read-me.xlsx", book(("Read me", [["All about it"]]), ("Data", [["id", "SMILES"], ["a", "CCO"]])), '--sheet "Data"')
refused("cut.smi.gz", gzip.compress(("CCO\n" * 5000).encode(), mtime=0)[:40], "unexpected end of file")
refused("cut.dna", snapgene("GAATTC")[:-30], "cut off", "dna")
refused("binary.smi", bytes([1, 0, 2, 0, 3]), "is not a text file")
refused("mixed-encodings.smi", "CCO é\n".encode() + b"C" * 70_000 + "\nCCN é\n".encode("cp1252"), "Save it again as UTF-8")

# Two columns of structures, and what only looks like SMILES.
molecules("two-structures.csv", "id,salt_smiles,parent_smiles\na,CCN.Cl,CCN\nb,CCO,CCO\n", [("a", "CCN.Cl"), ("b", "CCO")], note='"parent_smiles" may hold structures too')
dna("two-sequences.csv", "name,forward sequence,reverse sequence\na,GAATTCGG,CCGAATTC\n", [("a", "GAATTCGG")], note='"reverse sequence" may hold sequences too')
refused("selfies.txt", "[C][C][O]\n[C][C][N]\n", "is SELFIES")
(folder.parent / "expected.json").write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")

# Tables of measurements as labs write them. The values that must be learnt are computed here from the numbers.
labs = folder.parent / "labs"
labs.mkdir(exist_ok=True)
for old in labs.iterdir():
    old.unlink()
tables = {}
measured = {
    "CCO": 5.0, "CCN": 50.0, "CCC": 500.0, "CCCl": 1234.5, "Oc1ccccc1": 12.5, "c1ccccc1": 7.5,
    "CC(C)=O": 80000.0, "CCOCC": 3.0, "CC#N": 25000.0, "CCS": 410.0, "CCBr": 88.0, "C1CCCCC1": 9999.0,
}  # fmt: skip
canon = {smiles: Chem.MolToSmiles(Chem.MolFromSmiles(smiles)) for smiles in measured}
nanomolar = {canon[s]: -math.log10(v * 1e-9) for s, v in measured.items()}


def lab(name, content, column, values, options=None, **more):
    """Values by canonical SMILES, on the scale that must be learnt."""
    (labs / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    tables[name] = {"column": column, "options": options or {}, "values": values, **more}


def lab_refused(name, content, column, message, options=None):
    (labs / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    tables[name] = {"column": column, "options": options or {}, "message": message}


def rows_of(line, numbers=measured):
    return "".join(line(i, smiles, value) for i, (smiles, value) in enumerate(numbers.items()))


without_first = {s: v for s, v in nanomolar.items() if s != "CCO"}
lab("zero.csv", "smiles,IC50 (nM)\n" + rows_of(lambda i, s, v: f"{s},{0 if i == 0 else v}\n"), "IC50", without_first, bad=[[2, "0 has no logarithm"]])
lab("ki-unit.csv", "smiles,Ki,assay,Ki unit\n" + rows_of(lambda i, s, v: f"{s},{v / 1000 if i % 2 else v},A,{'uM' if i % 2 else 'nM'}\n"), "Ki", nanomolar, note='"Ki unit" is read together with "Ki". Cells in ')
lab(
    "relation.csv",
    "smiles,Relation,Assay,Value,Units\n" + rows_of(lambda i, s, v: f"{s},{'>' if i == 6 else '='},A,{v},nM\n"),
    "Value", nanomolar, bounds={canon["CC(C)=O"]: "below"}, note='"Relation" is read together with "Value"',
)  # fmt: skip
narrow = lambda v: f"{v:,.1f}".replace(",", "\u202f").replace(".", ",")
lab("narrow-space.csv", "smiles;IC50 (nM)\n" + rows_of(lambda i, s, v: f"{s};{narrow(v)}\n"), "IC50", nanomolar)
lab("no-break-space.csv", "smiles;IC50 (nM)\n" + rows_of(lambda i, s, v: f"{s};{narrow(v)}\n").replace("\u202f", "\u00a0"), "IC50", nanomolar)
lab("semicolon.csv", "smiles;IC50\n" + rows_of(lambda i, s, v: f"{s};{v}\n"), "IC50", nanomolar, {"unit": "nM"})
lab("tabs.csv", "smiles\tIC50\n" + rows_of(lambda i, s, v: f"{s}\t{v}\n"), "IC50", nanomolar, {"unit": "nM"})
lab("micro.csv", ("smiles,IC50 (\u00b5M)\n" + rows_of(lambda i, s, v: f"{s},{v / 1000}\n")).encode("cp1252"), "IC50", nanomolar)
lab("in-cell.csv", "smiles,IC50\n" + rows_of(lambda i, s, v: f"{s},{v / 1000} uM\n"), "IC50", nanomolar)
lab("spaces.txt", "smiles IC50\n" + rows_of(lambda i, s, v: f"{s} {v}\n"), "IC50", nanomolar, {"unit": "nM"})
lab("lims.csv", "# exported by LIMS\n# May\nid,smiles,IC50 (nM)\n" + rows_of(lambda i, s, v: f"M{i},{s},{v}\n"), "IC50", nanomolar)
percent = {canon[s]: float(10 * i) for i, s in enumerate(measured)}
lab("inhibition.csv", "smiles,inhibition at 10 uM (%)\n" + rows_of(lambda i, s, v: f"{s},{10 * i}\n"), "inhibition", percent)
active = {canon[s]: int(v < 100) for s, v in measured.items()}
lab("active.csv", "smiles,activity\n" + rows_of(lambda i, s, v: f"{s},{['Active', 'active'][i % 2] if v < 100 else ['inactive', 'Inactive'][i % 2]}\n"), "activity", active)
lab("one.csv", "smiles,activity\n" + rows_of(lambda i, s, v: f"{s},{['1', '1.0'][i % 2] if v < 100 else ['0', '0.0'][i % 2]}\n"), "activity", active)
data = [[s, v] for s, v in measured.items()]
lab("second-sheet.xlsx", book(("Read me", [["All about it"]]), ("Data", [["SMILES", "IC50 (nM)"], *data])), "IC50", nanomolar, sheet="Data")
lab_refused("read-me.xlsx", book(("Read me", [["All about it"]]), ("Data", [["SMILES", "IC50 (nM)"], *data])), "IC50", '--sheet "Data"')
lab_refused("two-rows.xlsx", book(("Data", [["SMILES", "IC50"], ["", "nM"], *data])), "IC50", 'two-rows\\.xlsx:2: .*second line of the header.*"IC50 \\(nM\\)"')
lab_refused("formulas.xlsx", book(("Data", [["SMILES", "IC50"], *[[s, f"={v}+0"] for s, v in data]])), "IC50", "cell B2: the formula has no stored value.*Excel")
lab_refused("decimal-comma.csv", "smiles,logD\nCCO,0,5\nCCN,1,5\n", "logD", "decimal-comma\\.csv:2: the row has 3 cells.*decimal comma")
lab_refused("no-such-column.csv", "smiles,inhibition at 10 uM (%)\nCCO,5\nCCN,6\n", "inhibitors", 'no column "inhibitors"\\. Valid: smiles, inhibition at 10 uM')
(folder.parent / "labs.json").write_text(json.dumps(tables, indent=1, ensure_ascii=False) + "\n")

# Neighbours: what pandas reads of damaged tables without a word.
random.seed(7)
neighbours = []
for name, separator in [("comma.csv", ","), ("semicolon.csv", ";"), ("tab.tsv", "\t"), ("quoted.csv", ","), ("empty-cells.csv", ","), ("upper.csv", ",")]:
    text = (folder / name).read_bytes().decode()
    for _ in range(12):
        lines = text.split("\n")
        how = random.randrange(4)
        at = random.randrange(1, len(text) - 1)
        if how == 0:
            changed = text[:at] + text[at + 1 :]
        elif how == 1:
            line = random.randrange(1, len(lines) - 1)
            changed = "\n".join(lines[: line + 1] + lines[line:])
        elif how == 2:
            changed = text[:at] + random.choice([separator, '"', " ", "\n"]) + text[at:]
        else:
            changed = text[:at]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                table = pandas.read_csv(io.StringIO(changed), sep=separator, dtype=str, keep_default_na=False, index_col=False)
                column = next((c for c in table.columns if c.lower() == "smiles"), None)
                read = None if column is None else [s.strip() for s in table[column]]
            except (pandas.errors.ParserError, pandas.errors.EmptyDataError, pandas.errors.ParserWarning):
                read = None
        neighbours.append({"of": name, "content": base64.b64encode(changed.encode()).decode(), "pandas": read})
(folder.parent / "neighbours.json").write_text(json.dumps(neighbours, indent=1) + "\n")
print(len(cases), "files,", len(tables), "tables,", sum(one["pandas"] is not None for one in neighbours), "of", len(neighbours), "neighbours")
