/**
 * Weighted total of transformed scores. Arithmetic: sum(w s) / sum(w);
 * geometric: exp(sum(w ln s) / sum(w)), 0 as soon as one score is 0. A weight of
 * 0 leaves its objective out; a missing score under a weight makes the total
 * missing.
 */
import type { Aggregate, Scores } from './records.ts';

/**
 * Weights that sum to 1.
 * @throws RangeError where they are not one finite, non-negative number an objective, or all 0
 */
export function normalisedWeights(weights: readonly number[], objectives: number): number[] {
  if (weights.length !== objectives) {
    throw new RangeError(`${weights.length} weights for ${objectives} objectives: give one an objective.`);
  }
  const bad = weights.findIndex((w) => !Number.isFinite(w) || w < 0);
  if (bad >= 0) throw new RangeError(`Weight ${bad + 1} is ${weights[bad]}: a weight is 0 or more.`);
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) throw new RangeError('The weights sum to 0: give at least one objective a weight above 0.');
  return weights.map((w) => w / sum);
}

/** @param weights sum to 1 */
export function totalOf(scores: Scores, weights: readonly number[], aggregate: Aggregate): number | null {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const score = scores[i];
    if (weights[i] === 0) continue;
    if (score === null) return null;
    sum += weights[i] * (aggregate === 'arithmetic' ? score : Math.log(score));
  }
  return aggregate === 'arithmetic' ? sum : Math.exp(sum);
}
