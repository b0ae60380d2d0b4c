/**
 * @file Intervals of candidates' totals from the errors of their predicted values. They are not stored: the errors are
 * computed on demand, and the weights are those of the question.
 */
import type { Result } from '../../contract/api.ts';
import { type CandidateRow, getRun, type ReadableWorkspace, topCandidates } from '../../db/index.ts';
import { normaliseWeights } from '../../engine/objectives/aggregate.ts';
import { makeTransform } from '../../engine/objectives/transforms.ts';
import { totalInterval, type TotalRule } from '../../engine/objectives/uncertainty.ts';
import { objectivesOf } from '../runs/setup.ts';
import type { PredictionTold } from './applicability.ts';

type Interval = Result<'applicability.intervals'>['intervals'][number];
/** Errors and applicability of the predicted values, one row per sequence. */
export type Tell = (runId: number, sequences: readonly string[]) => Promise<readonly (readonly PredictionTold[])[]>;

/**
 * One per candidate that has any; none for runs without predictors that state an error or an applicability domain.
 * @param weights one per goal; the run's own by default
 */
export async function intervalsOf(
  db: ReadableWorkspace,
  runId: number,
  candidates: readonly CandidateRow[],
  tell: Tell,
  weights?: readonly number[],
): Promise<Interval[]> {
  const rule = ruleOf(db, runId, weights);
  const rows = await tell(
    runId,
    candidates.map(({ sequence }) => sequence),
  );
  return candidates.flatMap(({ id, raw }, i) => {
    if (rows[i].length === 0) return [];
    const errors = raw.map((_, goal) => rows[i].find((one) => one.goal === goal)?.error ?? null);
    const interval = totalInterval(rule, raw, errors);
    const outside = rows[i].flatMap(({ goal, inside }) => (inside === false ? [goal] : []));
    return [{ id, low: interval?.low ?? null, high: interval?.high ?? null, outside }];
  });
}

function ruleOf(db: ReadableWorkspace, runId: number, weights?: readonly number[]): TotalRule {
  const run = getRun(db, runId);
  const objectives = objectivesOf(run);
  return {
    kind: run.aggregate,
    transforms: objectives.map(({ goal }) => makeTransform(goal)),
    weights: normaliseWeights(weights ?? objectives.map(({ weight }) => weight)),
  };
}

/** Candidates by their ids, in no particular order. @throws as `topCandidates` */
export function candidatesOf(
  db: ReadableWorkspace,
  runId: number,
  ids: readonly number[],
  weights?: readonly number[],
): readonly CandidateRow[] {
  const limit = Math.max(1, ids.length);
  return topCandidates(db, runId, { by: 'total', ids, limit, includeInfeasible: true, ...(weights && { weights }) })
    .candidates;
}

/** Candidates whose errors are computed together. */
const BATCH = 200;

interface Ranked {
  readonly candidate: CandidateRow;
  readonly low: number;
}

/**
 * The candidates with the highest lower bounds of their totals, best first. A total without an interval counts as its
 * own lower bound. Since no lower bound exceeds its total, the search ends at the first total that is too low.
 * @param candidates in falling order of their totals
 */
export async function bestByLowerBound(
  db: ReadableWorkspace,
  runId: number,
  candidates: readonly CandidateRow[],
  limit: number,
  tell: Tell,
  weights?: readonly number[],
): Promise<CandidateRow[]> {
  let best: Ranked[] = [];
  for (let at = 0; at < candidates.length; at += BATCH) {
    const page = candidates.slice(at, at + BATCH);
    if (best.length === limit && (page[0].total ?? -Infinity) < best[limit - 1].low) break;
    const known = await intervalsOf(db, runId, page, tell, weights);
    const lows = new Map(known.map(({ id, low }) => [id, low]));
    const ranked = page.map((candidate) => ({
      candidate,
      low: lows.get(candidate.id) ?? candidate.total ?? -Infinity,
    }));
    best = [...best, ...ranked].sort((a, b) => b.low - a.low).slice(0, limit);
  }
  return best.map(({ candidate }) => candidate);
}
