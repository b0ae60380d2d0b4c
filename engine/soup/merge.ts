/**
 * Merging: weighted sums of experts' flat weights, and what a merge does to the
 * optimizer's moments.
 */
import type { Weights } from '../generator/parameters.ts';
import type { Moments } from '../learn/types.ts';
import { normaliseWeights } from '../objectives/aggregate.ts';
import type { RunSettings } from './settings.ts';

/**
 * rho = sum of lambda_i theta_i, summed in double precision.
 * @throws RangeError where lengths or numbers differ
 */
export function mergeLinear(experts: readonly Weights[], lambda: readonly number[]): Weights {
  if (experts.length === 0 || experts.length !== lambda.length)
    throw new RangeError(
      `A merge needs a weight for each expert; there are ${experts.length} experts and ${lambda.length} weights.`,
    );
  const length = experts[0].length;
  for (const expert of experts)
    if (expert.length !== length)
      throw new RangeError(`Experts of ${length} and ${expert.length} parameters cannot be merged.`);
  const merged = new Float32Array(length);
  for (let at = 0; at < length; at++) {
    let sum = 0;
    for (let i = 0; i < experts.length; i++) sum += lambda[i] * experts[i][at];
    merged[at] = sum;
  }
  return merged;
}

/**
 * How far the merge goes from where the experts began: FedExP's server step (Jhunjhunwala et al. 2023, arXiv
 * 2301.09604, eq. 4), eta = sum of lambda_i |theta_i - rho|^2 / (2 |mean - rho|^2), here
 * from 1 to the number of experts. Experts that agree give 1; N orthogonal steps of one length give N / 2.
 */
export function extrapolation(
  experts: readonly Weights[],
  lambda: readonly number[],
  start: Weights,
  mean: Weights,
): number {
  const apart = experts.reduce((sum, expert, i) => sum + lambda[i] * squaredDistance(expert, start), 0);
  const moved = squaredDistance(mean, start);
  return moved === 0 ? 1 : Math.min(experts.length, Math.max(1, apart / (2 * moved)));
}

function squaredDistance(a: Weights, b: Weights): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] - b[at]) ** 2;
  return sum;
}

/** start + factor (towards - start) */
export function moved(start: Weights, towards: Weights, factor: number): Weights {
  return factor === 1 ? towards : towards.map((value, at) => start[at] + factor * (value - start[at]));
}

/** The members' weights renormalised, in the members' order. */
export function renormalised(weights: readonly number[], members: readonly number[]): number[] {
  return normaliseWeights(members.map((i) => weights[i]));
}

/** lambda of the members as one number an objective, 0 for the others. */
export function spreadWeights(lambda: readonly number[], members: readonly number[], objectives: number): number[] {
  const all = new Array<number>(objectives).fill(0);
  members.forEach((i, k) => (all[i] = lambda[k]));
  return all;
}

/**
 * Adam's moments averaged like the weights. Both moments are linear in what was
 * seen of the gradients, so the average is what mixed batches would have left.
 * The experts of a round have done the same number of steps.
 */
export function averageMoments(moments: readonly Moments[], lambda: readonly number[]): Moments {
  return {
    first: mergeLinear(
      moments.map(({ first }) => first),
      lambda,
    ),
    second: mergeLinear(
      moments.map(({ second }) => second),
      lambda,
    ),
    steps: Math.max(...moments.map(({ steps }) => steps)),
  };
}

/** The optimizer memory with which an expert starts a round, by the run's rule. */
export function startingMoments(
  rule: RunSettings['moments'],
  own: Moments | null,
  merged: Moments | null,
): Moments | null {
  if (rule === 'reset') return null;
  return rule === 'keep' ? own : merged;
}

/**
 * The reach at which steering begins. Experts of the iterative method have had m
 * small steps since their last merge and are near each other; those of soups have
 * gone their own way from the start (docs/results.md, "Steering").
 */
export function usualReach(method: RunSettings['method']): number {
  return method === 'iterative' ? 4 : 1;
}

/**
 * The experts merged with other weights, for steering, and the way from the run's
 * merge to there gone `reach` times: rho + reach (sum of lambda_i theta_i - rho).
 * Beyond 1 that extrapolates along the experts' differences, as task vectors are
 * scaled (Ilharco et al. 2023, arXiv 2212.04089). An expert that was never drawn
 * counts as the merge, which is where it would start from.
 * @param merged rho
 * @param reach 0 is the merge, 1 the experts as they are
 * @throws Error as `normaliseWeights`; RangeError where there are no experts
 */
export function blend(
  experts: readonly (Weights | null)[],
  merged: Weights,
  weights: readonly number[],
  reach: number,
): Weights {
  if (experts.every((expert) => expert === null))
    throw new RangeError(
      'This run has no experts to steer between: none has been trained yet, or its method trains one generator on the total.',
    );
  if (weights.length !== experts.length)
    throw new RangeError(`Steering takes ${experts.length} weights, one for each goal; ${weights.length} were given.`);
  if (!(reach >= 0 && Number.isFinite(reach)))
    throw new RangeError(`The reach of a blend is a number from 0, not ${reach}.`);
  const mixed = mergeLinear(
    experts.map((expert) => expert ?? merged),
    normaliseWeights(weights),
  );
  return moved(merged, mixed, reach);
}
