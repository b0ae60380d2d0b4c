/**
 * @file Merge operators: what one set of weights comes from several experts that began from the same weights. All but
 * the linear merge work on the experts' task vectors, theta_i - rho (Ilharco et al. 2023, arXiv 2212.04089).
 */
import type { Weights } from '../generator/parameters.ts';
import { randomStream } from '../generator/random.ts';
import { ADAM_DEFAULTS } from '../learn/optimizers.ts';
import type { Moments } from '../learn/types.ts';
import { mergeLinear, moved } from './merge.ts';
import type { RunSettings } from './settings.ts';

/** Experts that are merged. */
export interface MergeInput {
  readonly experts: readonly Weights[];
  /** rho: where all experts began. */
  readonly start: Weights;
  /** Of each expert's optimizer, with running means of squared gradients; null if an expert has none. */
  readonly moments: readonly (Moments | null)[];
  /** Path of the random streams. */
  readonly stream: readonly number[];
}

/** Merges the experts with weights lambda, one per expert, that sum to 1. */
export type Merger = (lambda: readonly number[]) => Weights;

type MergeSettings = Pick<RunSettings, 'merge' | 'merge_keep'>;

/** @throws RangeError where a Fisher-weighted merge lacks an expert's moments */
export function mergerOf({ merge, merge_keep: keep }: MergeSettings, input: MergeInput): Merger {
  const { experts, start } = input;
  if (merge === 'linear') return (lambda) => mergeLinear(experts, lambda);
  if (merge === 'fisher') return (lambda) => mergeFisher(experts, input.moments, lambda);
  const tasks = taskVectors(experts, start);
  const from = (task: Weights) => task.map((value, at) => start[at] + value);
  if (merge === 'slerp') return (lambda) => from(slerpAll(tasks, lambda));
  if (merge === 'ties') {
    const trimmed = tasks.map((task) => trim(task, keep));
    return (lambda) => from(mergeTies(trimmed, lambda));
  }
  const dropped = tasks.map((task, i) => drop(task, keep, [...input.stream, i]));
  return (lambda) => from(mergeLinear(dropped, lambda));
}

function taskVectors(experts: readonly Weights[], start: Weights): Weights[] {
  return experts.map((expert) => expert.map((value, at) => value - start[at]));
}

/**
 * TIES, first step (Yadav et al. 2023, arXiv 2306.01708, section 4): only the share `keep` of the values that are
 * largest in magnitude stays. Values equal to the smallest of them stay too.
 */
export function trim(task: Weights, keep: number): Weights {
  const sizes = task.map(Math.abs).sort();
  const least = sizes[Math.min(sizes.length - 1, Math.round((1 - keep) * sizes.length))];
  return task.map((value) => (Math.abs(value) >= least ? value : 0));
}

/**
 * TIES, second and third step (section 4): the sign of each value is that of the weighted sum over the trimmed task
 * vectors, and the merged value is the weighted mean of those that have it.
 */
export function mergeTies(trimmed: readonly Weights[], lambda: readonly number[]): Weights {
  const elected = mergeLinear(trimmed, lambda);
  return elected.map((sum, at) => {
    let [agreeing, weight] = [0, 0];
    for (let i = 0; i < trimmed.length; i++) {
      if (trimmed[i][at] * sum <= 0) continue;
      agreeing += lambda[i] * trimmed[i][at];
      weight += lambda[i];
    }
    return weight === 0 ? 0 : agreeing / weight;
  });
}

/**
 * DARE (Yu et al. 2024, arXiv 2311.03099, eq. 2): each value is dropped with the chance 1 - keep, and the rest is
 * divided by `keep`, so that the expected value stays.
 */
export function drop(task: Weights, keep: number, stream: readonly number[]): Weights {
  const random = randomStream(...stream);
  return task.map((value) => (random.uniform() < keep ? value / keep : 0));
}

/**
 * Spherical interpolation of task vectors as in WARP (Ramé et al. 2024, arXiv 2406.16768, section 3.2):
 * sin((1 - t) omega) / sin(omega) a + sin(t omega) / sin(omega) b, with omega the angle between a and b. Unlike their
 * mean, it keeps their length. Parallel vectors are interpolated linearly.
 */
export function slerp(a: Weights, b: Weights, t: number): Weights {
  const [aa, bb] = [dot(a, a), dot(b, b)];
  const cosine = aa === 0 || bb === 0 ? 1 : Math.min(1, Math.max(-1, dot(a, b) / Math.sqrt(aa * bb)));
  const omega = Math.acos(cosine);
  const sine = Math.sin(omega);
  if (sine < 1e-6) return moved(a, b, t);
  const [left, right] = [Math.sin((1 - t) * omega) / sine, Math.sin(t * omega) / sine];
  return a.map((value, at) => left * value + right * b[at]);
}

/** One task vector after another joins, with its share among those so far. Those of weight 0 are left out. */
function slerpAll(tasks: readonly Weights[], lambda: readonly number[]): Weights {
  const members = tasks.flatMap((task, i) => (lambda[i] > 0 ? [{ task, weight: lambda[i] }] : []));
  let { task: merged, weight } = members[0];
  for (const next of members.slice(1)) {
    weight += next.weight;
    merged = slerp(merged, next.task, next.weight / weight);
  }
  return merged;
}

function dot(a: Weights, b: Weights): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

/** Keeps the weights of a parameter that no expert's gradient touched from being 0 / 0. */
const LEAST_FISHER = 1e-12;

/**
 * Fisher-weighted mean (Matena and Raffel 2022, arXiv 2111.09832, eq. 4): sum of lambda_i F_i theta_i over sum of
 * lambda_i F_i, value by value. Adam's running mean of squared gradients, corrected for its start, stands for the
 * diagonal of the Fisher information F.
 */
export function mergeFisher(
  experts: readonly Weights[],
  moments: readonly (Moments | null)[],
  lambda: readonly number[],
): Weights {
  const information = moments.map((one) => {
    if (one === null) throw new RangeError('A Fisher-weighted merge needs the optimizer moments of every expert.');
    const correction = 1 - ADAM_DEFAULTS.beta2 ** one.steps;
    return one.second.map((value) => value / correction + LEAST_FISHER);
  });
  return experts[0].map((_, at) => {
    let [sum, weight] = [0, 0];
    for (let i = 0; i < experts.length; i++) {
      const share = lambda[i] * information[i][at];
      sum += share * experts[i][at];
      weight += share;
    }
    return sum / weight;
  });
}
