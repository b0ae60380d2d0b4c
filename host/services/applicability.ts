/** Applicability: whether the predictors of a run's goals can be trusted for its candidates. */
import { candidateDetail, sequencesAt } from '../../db/index.ts';
import { translatingAsync } from '../base/workspace.ts';
import { candidatesOf, intervalsOf, type Tell } from '../candidates/intervals.ts';
import { checkedWeights } from '../runs/check-weights.ts';
import type { HostContext, Service } from './context.ts';

/** The byte for "unknown". */
const UNKNOWN = 2;

export function applicabilityService({
  db,
  applicability,
}: Pick<HostContext, 'db' | 'applicability'>): Service<'applicability'> {
  return {
    'applicability.ofRun': async ({ runId, numbers }) => {
      const { goals, rows } = await applicability.check(runId, sequencesAt(db, runId, numbers));
      const inside = Buffer.from(rows.flat().map((value) => value ?? UNKNOWN));
      return { goals: [...goals], inside: inside.toString('base64') };
    },
    'applicability.intervals': ({ runId, ids, weights }) =>
      translatingAsync(async () => {
        const checked = checkedWeights(db, runId, weights);
        const candidates = candidatesOf(db, runId, ids, checked);
        const tell: Tell = (id, sequences) => applicability.predictionRows(id, sequences);
        return { intervals: await intervalsOf(db, runId, candidates, tell, checked) };
      }),
    'applicability.ofCandidate': async ({ candidateId }) => {
      const { runId, sequence } = candidateDetail(db, candidateId);
      return { goals: await applicability.predictions(runId, sequence) };
    },
  };
}
