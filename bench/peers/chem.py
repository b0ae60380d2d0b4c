"""The peer of bench/chem.ts: the same scores by Python RDKit, in two processes side by side.

Usage: python chem.py < MOLECULES, the first half of the lines to warm up
Prints one JSON line: seconds, processor seconds of both processes, molecules.
"""
import json
import sys
import time
from multiprocessing import get_context

from rdkit import Chem, DataStructs, RDLogger, rdBase
from rdkit.Chem import QED, Crippen, rdFingerprintGenerator, rdMolDescriptors
from rdkit.Contrib.SA_Score import sascorer

RDLogger.DisableLog("rdApp.*")
PROCESSES = 2
CHUNK = 64
MORGAN = rdFingerprintGenerator.GetMorganGenerator(radius=2)
REFERENCE = MORGAN.GetFingerprint(Chem.MolFromSmiles("Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F"))


def score(smiles):
    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        return None
    similarity = DataStructs.TanimotoSimilarity(MORGAN.GetFingerprint(mol), REFERENCE)
    return QED.qed(mol), sascorer.calculateScore(mol), Crippen.MolLogP(mol), rdMolDescriptors.CalcTPSA(mol), similarity


def score_chunk(chunk):
    start = time.process_time()
    scored = [score(smiles) for smiles in chunk]
    return time.process_time() - start, scored


def main():
    molecules = sys.stdin.read().split()
    half = len(molecules) // 2
    chunks = lambda part: [part[i : i + CHUNK] for i in range(0, len(part), CHUNK)]
    with get_context("fork").Pool(PROCESSES) as pool:
        pool.map(score_chunk, chunks(molecules[:half]), 1)
        start = time.perf_counter()
        answers = pool.map(score_chunk, chunks(molecules[half:]), 1)
        seconds = time.perf_counter() - start
    scored = sum(one is not None for _, part in answers for one in part)
    print(json.dumps({"rdkit": rdBase.rdkitVersion, "seconds": seconds, "processor": sum(cpu for cpu, _ in answers), "scored": scored}))


main()
