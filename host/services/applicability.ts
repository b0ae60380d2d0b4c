/** Whether the predictors of a run's goals know the like of its candidates. */
import { candidateDetail, sequencesAt } from '../../db/index.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

/** What stands for a missing answer. */
const UNTOLD = 2;

export function applicabilityService({
  db,
  modalities,
}: Pick<HostContext, 'db' | 'modalities'>): Service<'space.domain' | 'candidate.domain'> {
  return {
    'space.domain': async ({ runId, numbers }) => {
      const { goals, rows } = await modalities.check(runId, sequencesAt(db, runId, numbers));
      return { goals: [...goals], inside: Buffer.from(rows.flat().map((value) => value ?? UNTOLD)).toString('base64') };
    },
    'candidate.domain': async ({ candidateId }) => {
      const { runId, sequence } = candidateDetail(db, candidateId);
      return { goals: await modalities.predictions(runId, sequence) };
    },
  };
}
