/** Comparisons of runs side by side. */
import { translating } from '../base/workspace.ts';
import { comparableRuns, finalMetricsOf, sharedBy } from '../runs/compare.ts';
import type { HostContext, Service } from './context.ts';
import { runDetail } from './run.ts';

export function comparisonService(context: Pick<HostContext, 'db' | 'runs'>): Service<'comparison'> {
  const { db, runs } = context;
  return {
    'comparison.runs': () => translating(() => comparableRuns(db, runs.list())),
    'comparison.get': ({ runIds }) =>
      translating(() => {
        const compared = runIds.map((runId) => ({
          detail: runDetail(context, runId),
          final: finalMetricsOf(db, runId),
        }));
        return { runs: compared, shared: sharedBy(db, compared[0].detail.modality, runIds) };
      }),
  };
}
