/** Runs side by side. */
import { translating } from '../base/workspace.ts';
import { comparableRuns, finalMetricsOf, sharedBy } from '../runs/compare.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';
import { runDetail } from './runs.ts';

export function compareService(context: HostContext): Service<'compare.list' | 'compare.get'> {
  const { db, runs } = context;
  return {
    'compare.list': () => translating(() => comparableRuns(db, runs.list())),
    'compare.get': ({ runIds }) =>
      translating(() => {
        const compared = runIds.map((runId) => ({
          detail: runDetail(context, runId),
          final: finalMetricsOf(db, runId),
        }));
        return { runs: compared, shared: sharedBy(db, compared[0].detail.modality, runIds) };
      }),
  };
}
