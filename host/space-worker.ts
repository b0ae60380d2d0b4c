/**
 * Entry of a thread that computes fingerprints and scaffolds of many candidates:
 * RDKit's of molecules, counts of k-mers of DNA. Answers one question after another.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { fingerprintBytes } from '../contract/space.ts';
import { MoleculeError, RdkitCrash } from '../engine/chem/errors.ts';
import { packedEcfp4 } from '../engine/chem/folded.ts';
import type { Molecule } from '../engine/chem/molecule.ts';
import type { Rdkit } from '../engine/chem/rdkit.ts';
import { scaffoldSmiles } from '../engine/chem/scaffold-smiles.ts';
import { strandlessCounts } from '../engine/dna/kmers.ts';
import { loadRdkitFromDisk } from './chemistry.ts';
import { failureData } from './failure.ts';
import type { ScaffoldNames, SpaceAnswer, SpaceQuestion, SpaceWorkerData } from './space-messages.ts';

const K = 4;
const { domain } = workerData as SpaceWorkerData;
let rdkit: Rdkit | null = null;

/** A crash of RDKit takes its memory with it: it is loaded anew for what comes after. @returns null for what cannot be read */
async function ofMolecule<T>(smiles: string, work: (molecule: Molecule, rdkit: Rdkit) => T): Promise<T | null> {
  const mine = (rdkit ??= await loadRdkitFromDisk());
  try {
    return mine.withMolecule(smiles, (molecule) => work(molecule, mine), () => null);
  } catch (error) {
    if (error instanceof MoleculeError) return null;
    if (!(error instanceof RdkitCrash)) throw error;
    rdkit = null;
    return null;
  }
}

function ofDna(sequence: string): Uint8Array {
  return new Uint8Array(strandlessCounts(sequence, K).buffer);
}

async function fingerprints(sequences: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const width = fingerprintBytes[domain === 'dna' ? 'counts' : 'bits'];
  const rows = new Uint8Array(width * sequences.length);
  for (const [i, sequence] of sequences.entries()) rows.set((domain === 'dna' ? ofDna(sequence) : await ofMolecule(sequence, packedEcfp4)) ?? [], i * width);
  return rows;
}

async function scaffolds(sequences: readonly string[]): Promise<(ScaffoldNames | null)[]> {
  const found: (ScaffoldNames | null)[] = [];
  for (const sequence of sequences) found.push(await ofMolecule(sequence, ({ graph }, rdkit) => ({ murcko: scaffoldSmiles(graph, 'murcko', rdkit) ?? '', generic: scaffoldSmiles(graph, 'generic', rdkit) })));
  return found;
}

async function answer({ type, sequences }: SpaceQuestion): Promise<SpaceAnswer> {
  try {
    return type === 'scaffolds' ? { type, scaffolds: await scaffolds(sequences) } : { type, rows: await fingerprints(sequences) };
  } catch (error) {
    return { type: 'failed', error: failureData(error) };
  }
}

let tail: Promise<unknown> = Promise.resolve();
parentPort?.on('message', (question: SpaceQuestion) => {
  tail = tail.then(async () => parentPort?.postMessage(await answer(question)));
});
