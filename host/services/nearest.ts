/** The known molecule that a candidate is most like. */
import type { Result } from '../../contract/api.ts';
import { candidateDetail, getRun } from '../../db/index.ts';
import { placeOfLargest } from '../../engine/chem/reference-set.ts';
import { InputError } from '../base/errors.ts';
import { translating } from '../base/workspace.ts';
import { drugNameOf, referencesOf, type RunReference } from '../candidates/nearest-known.ts';
import type { SpaceThreads } from '../candidates/space-threads.ts';
import { approvedDrugs } from '../design/names/drugs.ts';
import { modalityOf } from '../runs/setup.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Nearest = Result<'candidate.nearest'>;

export function nearestService({ db, threads }: Pick<HostContext, 'db' | 'threads'>): Service<'candidate.nearest'> {
  return {
    'candidate.nearest': async ({ candidateId }) => {
      const { runId, sequence } = translating(() => candidateDetail(db, candidateId));
      const run = translating(() => getRun(db, runId));
      if (modalityOf(db, run) === 'dna')
        throw new InputError(`Candidate ${candidateId} is DNA, which has no drugs to compare with.`);
      const [drug, reference] = await Promise.all([
        nearestDrug(sequence, threads),
        nearestReference(sequence, referencesOf(run), threads),
      ]);
      return { drug, reference };
    },
  };
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
