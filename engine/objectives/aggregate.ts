/**
 * Transformed scores and weights -> one total in [0, 1].
 *
 * The rule for missing scores: a total is missing where any score with a weight
 * above 0 is missing. Renormalising the weights over the scores that are present
 * would reward molecules on which the hardest objective fails. An expert whose
 * own score is missing learns nothing from that sequence; reward 0 is for what
 * is invalid (learn/judge.ts).
 */

export const aggregates = ['arithmetic', 'geometric'] as const;
export type Aggregate = (typeof aggregates)[number];

/** Weights that sum to 1. @throws Error where a weight is negative or not finite, or all are 0 */
export function normaliseWeights(weights: readonly number[]): number[] {
  const bad = weights.find((weight) => !Number.isFinite(weight) || weight < 0);
  if (bad !== undefined) throw new Error(`A weight must be 0 or above, not ${bad}`);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) throw new Error('At least one weight must be above 0');
  return weights.map((weight) => weight / total);
}

/**
 * @param scores transformed scores in [0, 1], null where missing
 * @param weights as normaliseWeights gives them, one a score
 * @returns weighted mean of the chosen kind; null where a weighted score is missing
 */
export function aggregate(kind: Aggregate, scores: readonly (number | null)[], weights: readonly number[]): number | null {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    const score = scores[i];
    if (score === null) return null;
    sum += weights[i] * (kind === 'arithmetic' ? score : Math.log(score));
  }
  return kind === 'arithmetic' ? sum : Math.exp(sum);
}
