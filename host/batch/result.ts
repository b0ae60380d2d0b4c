/** @file What a finished run of a batch came to, from its workspace. */
import { getRunWithCounts, type ReadableWorkspace, topCandidates } from '../../db/index.ts';
import { objectiveNames } from '../export/columns.ts';
import { pinsInWords } from '../models/pins.ts';
import { finalEvaluation } from '../runs/compare.ts';
import { modalityOf, objectivesOf } from '../runs/setup.ts';
import { roundsOf } from '../runs/summary.ts';
import type { RunResult } from './folder.ts';

export function resultOf(db: ReadableWorkspace, runId: number): RunResult {
  const run = getRunWithCounts(db, runId);
  const objectives = objectivesOf(run);
  const names = objectiveNames(objectives);
  const evaluation = finalEvaluation(db, runId);
  const [best] = topCandidates(db, runId, { by: 'total', limit: 1 }).candidates;
  return {
    modality: modalityOf(db, run),
    scored: run.scored,
    candidates: run.unique,
    valid: evaluation?.valid ?? null,
    unique: evaluation?.unique ?? null,
    total: evaluation?.total ?? null,
    goals: objectives.map(({ label }, i) => ({
      name: names[i],
      label,
      mean: evaluation?.objectives[i].mean ?? null,
      raw: evaluation?.objectives[i].raw ?? null,
    })),
    totals: roundsOf(db, runId).map(({ total }) => total),
    hypervolume: evaluation?.hypervolume.value ?? null,
    best: best === undefined ? null : { sequence: best.sequence, total: best.total },
    generator: { name: run.prior, key: run.priorKey },
    predictors: pinsInWords(run.predictors) ?? '',
  };
}
