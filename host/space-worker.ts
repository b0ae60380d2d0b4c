/**
 * Entry of a thread that computes fingerprints of many candidates: RDKit's of
 * molecules, counts of k-mers of DNA. Answers one question after another.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { fingerprintBytes } from '../contract/space.ts';
import { RdkitCrash } from '../engine/chem/errors.ts';
import { packedEcfp4 } from '../engine/chem/folded.ts';
import type { Rdkit } from '../engine/chem/rdkit.ts';
import { strandlessCounts } from '../engine/dna/kmers.ts';
import { loadRdkitFromDisk } from './chemistry.ts';
import { failureData } from './failure.ts';
import type { SpaceAnswer, SpaceQuestion, SpaceWorkerData } from './space-messages.ts';

const K = 4;
const { domain } = workerData as SpaceWorkerData;
let rdkit: Rdkit | null = null;

/** A crash of RDKit takes its memory with it: it is loaded anew for what comes after. @returns null for what cannot be read */
async function ofMolecule(smiles: string): Promise<Uint8Array | null> {
  rdkit ??= await loadRdkitFromDisk();
  try {
    return rdkit.withMolecule(smiles, packedEcfp4, () => null);
  } catch (error) {
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
  for (const [i, sequence] of sequences.entries()) rows.set((domain === 'dna' ? ofDna(sequence) : await ofMolecule(sequence)) ?? [], i * width);
  return rows;
}

async function answer({ sequences }: SpaceQuestion): Promise<SpaceAnswer> {
  try {
    return { type: 'fingerprints', rows: await fingerprints(sequences) };
  } catch (error) {
    return { type: 'failed', error: failureData(error) };
  }
}

let tail: Promise<unknown> = Promise.resolve();
parentPort?.on('message', (question: SpaceQuestion) => {
  tail = tail.then(async () => parentPort?.postMessage(await answer(question)));
});
