/**
 * @file The candidates of all runs of a batch in one file: molecules by their InChIKey, DNA by its sequence, each with
 * the runs that found it. Candidates go through a scratch file, so any number of them needs the same memory.
 */
import { existsSync } from 'node:fs';
import { ContractError } from '../../contract/api.ts';
import {
  candidateColumns,
  CandidateMerge,
  type CandidateRow,
  candidatesById,
  close,
  listRuns,
  type MergedCandidate,
  type ReadableWorkspace,
} from '../../db/index.ts';
import { MoleculeError } from '../../engine/chem/errors.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { InputError } from '../base/errors.ts';
import { OutputFile } from '../base/output-file.ts';
import { readWorkspace, translating } from '../base/workspace.ts';
import { type Cell, objectiveNames, sequenceColumn } from '../export/columns.ts';
import { csvLine } from '../export/csv.ts';
import { sdfRecord, structure } from '../export/sdf.ts';
import { constraintsOf, modalityOf, objectivesOf } from '../runs/setup.ts';
import type { BatchFolder, ListedRun } from './folder.ts';

export type MergeFormat = 'csv' | 'sdf';

export interface Merging {
  readonly folder: BatchFolder;
  readonly runs: readonly ListedRun[];
  readonly format: MergeFormat;
  readonly rdkit: Rdkit;
  /** Told after each run. @param done runs read */
  readonly progress: (done: number) => void;
  readonly signal?: AbortSignal;
}

export interface Merged {
  readonly file: string;
  /** Different structures, and how often runs found them. */
  readonly candidates: number;
  readonly found: number;
  /** Runs whose workspace cannot be read, each with the reason. */
  readonly leftOut: readonly string[];
}

/** Candidates read at once. */
const STRETCH = 1000;

/** What is kept of a candidate beside its sequence and total. */
interface Values {
  /** By the names of the goals. */
  readonly raw: Readonly<Record<string, number | null>>;
  readonly feasible: boolean;
}

/** @throws InputError where runs generate both molecules and DNA, or the format cannot hold DNA */
export async function mergeCandidates({ folder, runs, format, rdkit, progress, signal }: Merging): Promise<Merged> {
  const scratch = new CandidateMerge(folder.file('candidates.scratch'));
  const kinds = new Kinds(format);
  const leftOut: string[] = [];
  let found = 0;
  try {
    for (const [i, run] of runs.entries()) {
      signal?.throwIfAborted();
      const workspace = folder.workspace(run.id);
      const db = existsSync(workspace) ? opened(workspace, run, leftOut) : null;
      if (db !== null) found += readRun(db, { run, scratch, rdkit, kinds });
      progress(i + 1);
      // Lets signals in.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { ...(await write(folder, scratch, { format, rdkit, kinds })), found, leftOut };
  } finally {
    scratch.dispose();
  }
}

/** What the runs have in common: one modality, and the goals in the order of first sight. */
class Kinds {
  readonly goals: string[] = [];
  readonly #format: MergeFormat;
  #modality: 'molecule' | 'dna' | null = null;

  constructor(format: MergeFormat) {
    this.#format = format;
  }

  get modality(): 'molecule' | 'dna' {
    return this.#modality ?? 'molecule';
  }

  add(modality: 'molecule' | 'dna', goals: readonly string[]): void {
    if (this.#modality !== null && modality !== this.#modality)
      throw new InputError(
        'Some runs of the batch generate molecules and others DNA, so their candidates cannot be merged into one file.',
      );
    if (modality === 'dna' && this.#format === 'sdf')
      throw new InputError('The runs of the batch generate DNA, which SDF cannot contain. Use --format csv.');
    this.#modality = modality;
    for (const goal of goals) if (!this.goals.includes(goal)) this.goals.push(goal);
  }
}

interface Reading {
  readonly run: ListedRun;
  readonly scratch: CandidateMerge;
  readonly rdkit: Rdkit;
  readonly kinds: Kinds;
}

/** A damaged workspace is no reason to lose what the other runs have found. */
function opened(workspace: string, run: ListedRun, leftOut: string[]): ReadableWorkspace | null {
  try {
    return readWorkspace(workspace);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    leftOut.push(`${run.id} (${run.design}, seed ${run.seed}): ${error.message}`);
    return null;
  }
}

/** Closes the workspace. @returns the number of candidates read */
function readRun(db: ReadableWorkspace, { run, scratch, rdkit, kinds }: Reading): number {
  try {
    return translating(() => {
      const stored = listRuns(db).at(0);
      if (stored === undefined) return 0;
      const modality = modalityOf(db, stored);
      const goals = objectiveNames(objectivesOf(stored));
      kinds.add(modality, goals);
      const keyOf =
        modality === 'dna'
          ? ({ sequence }: CandidateRow) => sequence
          : ({ sequence }: CandidateRow) => inchiKey(sequence, rdkit);
      let count = 0;
      for (const rows of stretches(db, stored.id, constraintsOf(stored).length)) {
        scratch.add(rows.map((row) => ({ key: keyOf(row), run: run.id, ...kept(row, goals) })));
        count += rows.length;
      }
      return count;
    });
  } finally {
    close(db);
  }
}

function* stretches(db: ReadableWorkspace, runId: number, limits: number): Generator<CandidateRow[]> {
  for (let from = 0; ; from += STRETCH) {
    const { ids } = candidateColumns(db, runId, from, STRETCH, limits);
    if (ids.length === 0) return;
    yield candidatesById(db, [...ids]);
  }
}

function kept(
  { sequence, total, raw, feasible }: CandidateRow,
  goals: readonly string[],
): { sequence: string; total: number | null; values: string } {
  const values: Values = { raw: Object.fromEntries(goals.map((goal, i) => [goal, raw[i]])), feasible };
  return { sequence, total, values: JSON.stringify(values) };
}

/** The SMILES itself where InChI cannot describe the molecule. */
function inchiKey(smiles: string, rdkit: Rdkit): string {
  try {
    return rdkit.withMolecule(
      smiles,
      ({ inchi }) => (inchi === '' ? smiles : rdkit.inchiKey(inchi)),
      () => smiles,
    );
  } catch (error) {
    if (error instanceof MoleculeError) return smiles;
    throw error;
  }
}

type Writing = Pick<Merging, 'format' | 'rdkit'> & { readonly kinds: Kinds };

async function write(
  folder: BatchFolder,
  scratch: CandidateMerge,
  { format, rdkit, kinds }: Writing,
): Promise<Pick<Merged, 'file' | 'candidates'>> {
  const path = folder.file(`candidates.${format}`);
  const file = new OutputFile(path);
  const columns = columnsOf(kinds);
  let candidates = 0;
  if (format === 'csv') await file.write(csvLine(columns.map(({ name }) => name)));
  for (const one of scratch.merged()) {
    const values = JSON.parse(one.values) as Values;
    const cells = columns.map(({ name, cell }) => ({ name, value: cell(one, values) }));
    await file.write(
      format === 'csv'
        ? csvLine(cells.map(({ value }) => value))
        : sdfRecord(one.key, structure(one.sequence, rdkit), cells),
    );
    candidates++;
  }
  await file.close();
  return { file: path, candidates };
}

interface Column {
  readonly name: string;
  readonly cell: (candidate: MergedCandidate, values: Values) => Cell;
}

function columnsOf({ modality, goals }: Kinds): Column[] {
  const key: Column = { name: 'inchikey', cell: ({ key: own, sequence }) => (own === sequence ? null : own) };
  return [
    { name: sequenceColumn[modality], cell: ({ sequence }) => sequence },
    ...(modality === 'molecule' ? [key] : []),
    { name: 'total', cell: ({ total }) => total },
    ...goals.map((goal): Column => ({ name: goal, cell: (_, { raw }) => raw[goal] ?? null })),
    { name: 'within limits', cell: (_, { feasible }) => (feasible ? 'yes' : 'no') },
    { name: 'best run', cell: ({ bestRun }) => bestRun },
    { name: 'found by', cell: ({ runs }) => runs.length },
    { name: 'runs', cell: ({ runs }) => runs.join(' ') },
  ];
}
