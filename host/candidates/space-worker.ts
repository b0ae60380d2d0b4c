/**
 * Entry of a thread that examines many candidates. For molecules it computes RDKit's fingerprints, scaffolds,
 * substructure matches, similarities (also to approved drugs) and 3D structures; for DNA it counts k-mers. It answers
 * one question after another.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { fingerprintBytes } from '../../contract/space.ts';
import { embed, type Embedding, registerConformerTables } from '../../engine/chem/conformer.ts';
import { MoleculeError, RdkitCrash } from '../../engine/chem/errors.ts';
import { packedEcfp4 } from '../../engine/chem/folded.ts';
import type { Molecule } from '../../engine/chem/molecule.ts';
import type { CountFingerprint } from '../../engine/chem/morgan.ts';
import type { Pattern } from '../../engine/chem/pattern.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { placeOfLargest, ReferenceSet } from '../../engine/chem/reference-set.ts';
import { scaffoldSmiles } from '../../engine/chem/scaffold-smiles.ts';
import { tanimotoBits } from '../../engine/chem/similarity.ts';
import { strandlessCounts } from '../../engine/dna/kmers.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { approvedDrugs } from '../design/names/drugs.ts';
import { threadPort } from '../workers/request-thread.ts';
import { answerQuestions } from '../workers/requests.ts';
import type { NearestDrug, ScaffoldNames, SpaceAnswer, SpaceQuestion, SpaceWorkerData } from './space-messages.ts';

const K = 4;
const { modality } = workerData as SpaceWorkerData;
let rdkit: Rdkit | null = null;

/**
 * A crash of RDKit makes its memory unusable, so RDKit is loaded again afterwards. @returns null for what cannot be
 * read
 */
async function ofMolecule<T>(smiles: string, work: (molecule: Molecule, rdkit: Rdkit) => T): Promise<T | null> {
  const mine = (rdkit ??= await loadRdkitFromDisk());
  try {
    return mine.withMolecule(
      smiles,
      (molecule) => work(molecule, mine),
      () => null,
    );
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
  const width = fingerprintBytes[modality === 'dna' ? 'counts' : 'bits'];
  const rows = new Uint8Array(width * sequences.length);
  for (const [i, sequence] of sequences.entries())
    rows.set((modality === 'dna' ? ofDna(sequence) : await ofMolecule(sequence, packedEcfp4)) ?? [], i * width);
  return rows;
}

async function scaffolds(sequences: readonly string[]): Promise<(ScaffoldNames | null)[]> {
  const found: (ScaffoldNames | null)[] = [];
  for (const sequence of sequences)
    found.push(
      await ofMolecule(sequence, ({ graph }, rdkit) => ({
        murcko: scaffoldSmiles(graph, 'murcko', rdkit) ?? '',
        generic: scaffoldSmiles(graph, 'generic', rdkit),
      })),
    );
  return found;
}

/** @throws StructureError for a pattern that does not parse */
async function matches(smarts: string, sequences: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const found = new Uint8Array(sequences.length);
  for (const [i, sequence] of sequences.entries()) {
    const has = await ofMolecule(sequence, (molecule, mine) => molecule.has(patternOf(smarts, mine)));
    found[i] = Number(has === true);
  }
  return found;
}

/** The last pattern, with the RDKit that parsed it. */
let lastPattern: { readonly smarts: string; readonly rdkit: Rdkit; readonly pattern: Pattern } | null = null;

function patternOf(smarts: string, rdkit: Rdkit): Pattern {
  if (lastPattern?.smarts !== smarts || lastPattern.rdkit !== rdkit) {
    if (lastPattern?.rdkit === rdkit) lastPattern.pattern.dispose();
    lastPattern = { smarts, rdkit, pattern: rdkit.pattern(smarts) };
  }
  return lastPattern.pattern;
}

async function similarities(reference: string, sequences: readonly string[]): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(sequences.length).fill(NaN);
  const wanted = await ofMolecule(reference, ecfp4);
  if (wanted === null) return values;
  for (const [i, sequence] of sequences.entries())
    values[i] = (await ofMolecule(sequence, (molecule) => tanimotoBits(ecfp4(molecule), wanted))) ?? NaN;
  return values;
}

/** Unfolded, as in the objective `similarity`. */
const ecfp4 = (molecule: Molecule): CountFingerprint => molecule.morgan(2);

let hasTables = false;

async function conformers(sequences: readonly string[]): Promise<(Embedding | null)[]> {
  if (!hasTables)
    registerConformerTables(
      readFileSync(join(dirname(createRequire(import.meta.url).resolve('openchemlib')), 'resources.json'), 'utf8'),
    );
  hasTables = true;
  const found: (Embedding | null)[] = [];
  for (const sequence of sequences) found.push(await ofMolecule(sequence, embed));
  return found;
}

/**
 * Fingerprints of all approved drugs, computed at the first question. One that cannot be read is empty and resembles
 * nothing.
 */
let drugFingerprints: Promise<ReferenceSet> | null = null;

async function readDrugs(): Promise<ReferenceSet> {
  const fingerprints: CountFingerprint[] = [];
  for (const { smiles } of approvedDrugs()) fingerprints.push((await ofMolecule(smiles, ecfp4)) ?? new Map());
  return new ReferenceSet(fingerprints, 'bits');
}

async function nearestDrugs(sequences: readonly string[]): Promise<(NearestDrug | null)[]> {
  const known = await (drugFingerprints ??= readDrugs());
  const found: (NearestDrug | null)[] = [];
  for (const sequence of sequences)
    found.push(await ofMolecule(sequence, (molecule) => nearestOf(known.similarities(ecfp4(molecule)))));
  return found;
}

function nearestOf(similarities: Float64Array): NearestDrug {
  const drug = placeOfLargest(similarities);
  return { drug, similarity: similarities[drug] };
}

async function answerTo({ type, sequences, structure }: SpaceQuestion): Promise<SpaceAnswer> {
  switch (type) {
    case 'scaffolds':
      return { type, scaffolds: await scaffolds(sequences) };
    case 'matches':
      return { type, matches: await matches(structure, sequences) };
    case 'similarities':
      return { type, similarities: await similarities(structure, sequences) };
    case 'drugs':
      return { type, drugs: await nearestDrugs(sequences) };
    case 'conformers':
      return { type, conformers: await conformers(sequences) };
    case 'fingerprints':
      return { type, rows: await fingerprints(sequences) };
  }
}

answerQuestions<SpaceQuestion, SpaceAnswer>(threadPort, () => Promise.resolve(answerTo));
