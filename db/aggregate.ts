/**
 * @file Total of transformed scores. arithmetic: sum(w s) / sum(w); geometric: exp(sum(w ln s) / sum(w)), 0 as soon as
 * one score is 0; product and worst: over all scores with a weight above 0, whatever its size. A weight of 0 excludes
 * its objective. A missing score with a weight above 0 makes the total missing. The engine computes the same for its
 * rewards. db may not import the engine; test/db/aggregate.test.ts checks that both agree.
 */
import type { Aggregate, Scores } from './records.ts';

/**
 * Scales weights so that they sum to 1.
 * @throws RangeError if they are not one finite, non-negative number per objective, or all 0
 */
export function normalisedWeights(weights: readonly number[], objectives: number): number[] {
  if (weights.length !== objectives) {
    throw new RangeError(`${weights.length} weights for ${objectives} objectives: give one per objective.`);
  }
  const bad = weights.findIndex((w) => !Number.isFinite(w) || w < 0);
  if (bad >= 0) throw new RangeError(`Weight ${bad + 1} is ${weights[bad]}: a weight is 0 or more.`);
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) throw new RangeError('All weights are 0. Give at least one goal a weight above 0.');
  return weights.map((w) => w / sum);
}

/** Adds a score with its weight to the total so far. */
const ADD: Readonly<Record<Aggregate, (sum: number, score: number, weight: number) => number>> = {
  arithmetic: (sum, score, weight) => sum + weight * score,
  geometric: (sum, score, weight) => sum + weight * Math.log(score),
  product: (product, score) => product * score,
  worst: (lowest, score) => Math.min(lowest, score),
};

/** The total of no scores, to which scores are added. */
const START: Readonly<Record<Aggregate, number>> = { arithmetic: 0, geometric: 0, product: 1, worst: 1 };

/**
 * The total as a fold over the objectives with a weight above 0. A missing score, given as NaN, makes it NaN.
 * @param score of the i-th objective
 * @param weights sum to 1
 */
export function foldScores(
  score: (objective: number) => number,
  weights: readonly number[],
  aggregate: Aggregate,
): number {
  let total = START[aggregate];
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > 0) total = ADD[aggregate](total, score(i), weights[i]);
  }
  return aggregate === 'geometric' ? Math.exp(total) : total;
}

/** @param weights sum to 1 */
export function totalOf(scores: Scores, weights: readonly number[], aggregate: Aggregate): number | null {
  const total = foldScores((i) => scores[i] ?? NaN, weights, aggregate);
  return Number.isNaN(total) ? null : total;
}
