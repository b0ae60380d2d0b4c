/** Runs side by side. */
import { comparableRuns, finalMetricsOf, sharedBy } from '../compare.ts';
import type { HostContext } from '../context.ts';
import type { Service } from '../handlers.ts';
import { translating } from '../workspace.ts';
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
        return { runs: compared, shared: sharedBy(db, compared[0].detail.domain, runIds) };
      }),
  };
}
