/**
 * @file Combines transformed scores and weights into one total in [0, 1].
 *
 *   arithmetic  sum of w s
 *   geometric   exp(sum of w ln s): 0 as soon as one score is 0
 *   product     s1 s2 ...: every goal must be met; many goals give small totals
 *   worst       the lowest score: only the worst goal counts
 *
 * A weight of 0 excludes its goal in all four. In the product and the worst score, the size of a weight above 0 makes
 * no difference to the total; it still decides how experts are merged.
 *
 * All four treat missing scores alike: a total is missing if any score with a weight above 0 is missing. Renormalising
 * the weights over the available scores would reward molecules on which the hardest objective fails. An expert whose
 * own score is missing learns nothing from that sequence. A reward of 0 is for invalid sequences (learn/judge.ts).
 */

export const aggregates = ['arithmetic', 'geometric', 'product', 'worst'] as const;
export type Aggregate = (typeof aggregates)[number];

/** What is wrong with weights of which none is above 0, for the user. */
export const ALL_WEIGHTS_ZERO = 'All weights are 0. Give at least one goal a weight above 0.';

/** Scales weights so that they sum to 1. @throws Error if a weight is negative or not finite, or if all are 0 */
export function normaliseWeights(weights: readonly number[]): number[] {
  const bad = weights.find((weight) => !Number.isFinite(weight) || weight < 0);
  if (bad !== undefined) throw new Error(`A weight must be 0 or above, not ${bad}`);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) throw new Error(ALL_WEIGHTS_ZERO);
  return weights.map((weight) => weight / total);
}

type Combine = (scores: readonly number[], weights: readonly number[]) => number;

const weightedSum: Combine = (values, weights) => values.reduce((sum, value, i) => sum + weights[i] * value, 0);

const COMBINE: Readonly<Record<Aggregate, Combine>> = {
  arithmetic: weightedSum,
  geometric: (scores, weights) => Math.exp(weightedSum(scores.map(Math.log), weights)),
  product: (scores) => scores.reduce((product, score) => product * score, 1),
  worst: (scores) => Math.min(...scores),
};

/**
 * Combines the scores of one sequence.
 * @param scores transformed scores in [0, 1]; null if missing
 * @param weights from normaliseWeights, one per score
 * @returns the total of the chosen kind; null if a weighted score is missing
 */
export function aggregate(
  kind: Aggregate,
  scores: readonly (number | null)[],
  weights: readonly number[],
): number | null {
  const counted = weights.flatMap((weight, i) => (weight > 0 ? [i] : []));
  const present = counted.flatMap((i) => scores[i] ?? []);
  return present.length < counted.length
    ? null
    : COMBINE[kind](
        present,
        counted.map((i) => weights[i]),
      );
}
