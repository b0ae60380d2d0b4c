/** @file What candidates of a run can be ranked by: one objective, or a weighted total with the given weights. */
import { foldScores } from './aggregate.ts';
import { blockCandidates, scoreBlocks } from './columns.ts';
import type { ReadableWorkspace } from './handle.ts';
import type { Aggregate } from './records.ts';
import type { Ranking } from './select.ts';

/** @throws RangeError if the run has no such objective */
export function objectiveRanking(
  db: ReadableWorkspace,
  runId: number,
  count: number,
  objective: number,
  objectives: number,
): Ranking {
  if (!Number.isInteger(objective) || objective < 0 || objective >= objectives) {
    throw new RangeError(`Run ${runId} has objectives 0 to ${objectives - 1}; there is no objective ${objective}.`);
  }
  const blocks = scoreBlocks(db, runId, objective, count);
  return {
    boundBlock: (block, bounds) => {
      bounds.set(blocks[block]);
      return blocks[block].length;
    },
    at: (number) => valueAt(blocks, number),
  };
}

/**
 * The weighted arithmetic mean is an upper bound of every other total (scores are 0 to 1) and several times faster, so
 * the others are computed only for candidates that could be among the best.
 * @param weights sum to 1
 */
export function totalRanking(
  db: ReadableWorkspace,
  runId: number,
  count: number,
  weights: readonly number[],
  aggregate: Aggregate,
): Ranking {
  const columns = weights.flatMap((weight, objective) =>
    weight > 0 ? [{ weight, blocks: scoreBlocks(db, runId, objective, count) }] : [],
  );
  const counted = columns.map(({ weight }) => weight);
  return {
    boundBlock: (block, bounds) => {
      bounds.fill(0);
      for (const { weight, blocks } of columns) addWeighted(bounds, blocks[block], weight);
      return columns[0].blocks[block].length;
    },
    at: (number) => foldScores((i) => valueAt(columns[i].blocks, number), counted, aggregate),
  };
}

function addWeighted(sums: Float64Array, values: Float32Array, weight: number): void {
  for (let i = 0; i < values.length; i++) sums[i] += weight * values[i];
}

function valueAt(blocks: readonly Float32Array[], number: number): number {
  return blocks[Math.floor(number / blockCandidates)][number % blockCandidates];
}
