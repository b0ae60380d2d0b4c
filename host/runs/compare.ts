/** @file Comparison of runs: the result of each, and what they found in common. */
import type { ComparableRun, FinalMetrics, Result } from '../../contract/api.ts';
import {
  candidatesById,
  getDesign,
  getRun,
  listRuns,
  type ReadableWorkspace,
  samplesOf,
  sharedScaffolds,
  sharedSequences,
} from '../../db/index.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { evaluate, type Evaluation, type Measured } from '../../engine/soup/metrics.ts';
import { objectivesOf } from './setup.ts';

/** More than the number of samples of any merge. */
const ALL = 10_000_000;

/**
 * Figures of the fresh samples of a run's last merge; null before the first round.
 * Earlier candidates are not considered, so novelty is unknown.
 */
export function finalEvaluation(db: ReadableWorkspace, runId: number): Evaluation | null {
  const objectives = getRun(db, runId).objectives.length;
  const merged = samplesOf(db, runId, { source: 'merge' }, { limit: ALL });
  const last = merged.reduce((latest, { round }) => Math.max(latest, round ?? 0), 0);
  const samples = merged
    .filter(({ round }) => round === last)
    .map(({ candidateId }) => (candidateId === null ? unmeasured(objectives) : measured(db, candidateId)));
  return last === 0 || samples.length === 0
    ? null
    : evaluate(samples, objectives, new Set(), randomStream(0, Purpose.sample));
}

const unmeasured = (objectives: number): Measured => ({
  canonical: null,
  scaffold: null,
  raw: Array<null>(objectives).fill(null),
  scores: Array<null>(objectives).fill(null),
  total: null,
});

function measured(db: ReadableWorkspace, candidateId: number): Measured {
  const [{ sequence, scaffold, raw, scores, total }] = candidatesById(db, [candidateId]);
  return { canonical: sequence, scaffold, raw: [...raw], scores: [...scores], total };
}

export function finalMetricsOf(db: ReadableWorkspace, runId: number): FinalMetrics | null {
  const evaluation = finalEvaluation(db, runId);
  if (evaluation === null) return null;
  const {
    total,
    worst,
    hypervolume: { value: hypervolume },
    valid,
    unique,
    scaffolds,
    icvObjectives,
    icvSequences,
  } = evaluation;
  return { total, worst, hypervolume, valid, unique, scaffolds, icvObjectives, icvSequences };
}

/** Runs that have something to compare. @param summaries of all runs, newest first */
export function comparableRuns(db: ReadableWorkspace, summaries: Result<'run.list'>): ComparableRun[] {
  const byId = new Map(listRuns(db).map((run) => [run.id, run]));
  return summaries
    .filter(({ round }) => round > 0)
    .map((summary) => {
      const objectives = objectivesOf(byId.get(summary.id)!);
      return {
        summary,
        modality: getDesign(db, summary.designId).modality,
        goals: JSON.stringify(objectives.map(({ id, parameters, goal }) => [id, parameters, goal])),
        goalLabels: objectives.map(({ label }) => label),
      };
    });
}

/** Scaffolds of molecules, sequences of DNA. */
export function sharedBy(
  db: ReadableWorkspace,
  modality: 'molecule' | 'dna',
  runIds: readonly number[],
): Result<'comparison.get'>['shared'] {
  const shared = modality === 'molecule' ? sharedScaffolds(db, runIds) : sharedSequences(db, runIds);
  return shared.map(({ runIds: finders, count }) => ({ runIds: [...finders], count }));
}
