/** The known molecules that a run refers to, and the one that a candidate resembles most. */
import type { Result } from '../../contract/api.ts';
import type { CandidateDetail, ReadableWorkspace, Run } from '../../db/index.ts';
import { placeOfLargest } from '../../engine/chem/reference-set.ts';
import { findObjective } from '../../engine/objectives/catalogue.ts';
import { inputOf } from '../../engine/objectives/parameters.ts';
import { InputError } from '../base/errors.ts';
import { approvedDrugs } from '../design/names/drugs.ts';
import { constraintsOf, modalityOf, objectivesOf } from '../runs/setup.ts';
import type { SpaceThreads } from './space-threads.ts';

type Nearest = Result<'candidate.nearest'>;

export interface RunReference {
  readonly smiles: string;
  /** The goal or limit, in words. */
  readonly of: string;
}

/** Distinct structures in the parameters of goals and limits, in order; only complete molecules. */
export function referencesOf(run: Run): RunReference[] {
  const found = new Map<string, RunReference>();
  for (const { id, label, parameters } of [...objectivesOf(run), ...constraintsOf(run)]) {
    for (const smiles of structuresOf(id, parameters))
      if (!smiles.includes('*') && !found.has(smiles)) found.set(smiles, { smiles, of: label });
  }
  return [...found.values()];
}

function structuresOf(id: string, parameters: Readonly<Record<string, unknown>>): string[] {
  const { shape } = findObjective(id).parameters;
  return Object.entries(parameters).flatMap(([name, value]) =>
    ['structure', 'structures'].includes(inputOf(shape[name]) ?? '') ? [value].flat().map(String) : [],
  );
}

/** The drug with exactly this SMILES in the table. References by name have the SMILES of the table. */
export const drugNameOf = (smiles: string): string | null =>
  approvedDrugs().find((drug) => drug.smiles === smiles)?.name ?? null;

/** @throws InputError if the candidate is DNA */
export async function nearestKnown(
  db: ReadableWorkspace,
  { id, sequence }: CandidateDetail,
  run: Run,
  threads: SpaceThreads,
): Promise<Nearest> {
  if (modalityOf(db, run) === 'dna') throw new InputError(`Candidate ${id} is DNA and can't be compared with drugs.`);
  const [drug, reference] = await Promise.all([
    nearestDrug(sequence, threads),
    nearestReference(sequence, referencesOf(run), threads),
  ]);
  return { drug, reference };
}

async function nearestDrug(smiles: string, threads: SpaceThreads): Promise<Nearest['drug']> {
  const [
    {
      drugs: [found],
    },
  ] = await threads.ask('drugs', 'molecule', [smiles]);
  if (found === null) throw new InputError(`“${smiles}” is not a molecule.`);
  const { name, smiles: known } = approvedDrugs()[found.drug];
  return { name, smiles: known, similarity: found.similarity };
}

async function nearestReference(
  smiles: string,
  references: readonly RunReference[],
  threads: SpaceThreads,
): Promise<Nearest['reference']> {
  const answers = await threads.ask(
    'similarities',
    'molecule',
    references.map((one) => one.smiles),
    smiles,
  );
  const similarities = answers.flatMap(({ similarities: part }) => [...part]);
  const best = placeOfLargest(similarities);
  return best < 0
    ? null
    : { name: drugNameOf(references[best].smiles), ...references[best], similarity: similarities[best] };
}
