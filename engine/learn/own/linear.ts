/**
 * What a trained network is compared with: ridge regression on Morgan counts of
 * radius 2, as many chemists would begin with, and the mean alone.
 */
import type { CountFingerprint } from '../../chem/morgan.ts';
import { conjugateGradients, dot } from '../conjugate-gradients.ts';

/** Penalties that are tried; one group of the training molecules chooses. */
const PENALTIES = [1, 4, 16, 64, 256];

export interface LinearModel {
  predict(counts: CountFingerprint): number;
}

/**
 * @param counts Morgan counts of each training molecule @param values what was measured
 * @param groups of molecules that belong together; the first is held out while the penalty is chosen
 */
export function fitLinear(counts: readonly CountFingerprint[], values: readonly number[], groups: readonly number[]): LinearModel {
  const [chosen] = [...groups].sort((a, b) => a - b);
  const inner = groups.map((group) => group === chosen);
  const of = <T>(list: readonly T[], held: boolean) => list.filter((_, i) => inner[i] === held);
  if (!inner.includes(false)) return ridge(counts, values, PENALTIES[2]);
  const [fitted, held, wanted] = [of(counts, false), of(counts, true), of(values, true)];
  const errors = PENALTIES.map((penalty) => {
    const model = ridge(fitted, of(values, false), penalty);
    return held.reduce((sum, one, i) => sum + (model.predict(one) - wanted[i]) ** 2, 0);
  });
  return ridge(counts, values, PENALTIES[errors.indexOf(Math.min(...errors))]);
}

/** Centred columns and values, so that the bias is not penalised. */
function ridge(counts: readonly CountFingerprint[], values: readonly number[], penalty: number): LinearModel {
  const columns = new Map<number, number>();
  for (const one of counts) for (const id of one.keys()) if (!columns.has(id)) columns.set(id, columns.size);
  const rows = counts.map((one) => [...one].map(([id, count]) => [columns.get(id)!, count] as const));
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const times = (weights: Float64Array) => rows.map((row) => row.reduce((sum, [column, count]) => sum + weights[column] * count, 0));
  const transposed = (residuals: readonly number[]) => {
    const sums = new Float64Array(columns.size);
    rows.forEach((row, i) => row.forEach(([column, count]) => (sums[column] += residuals[i] * count)));
    return sums;
  };
  const means = transposed(new Array<number>(rows.length).fill(1 / rows.length));
  const apply = (weights: Float64Array) => {
    const offset = dot(means, weights);
    const fitted = times(weights).map((value) => value - offset);
    const total = fitted.reduce((sum, value) => sum + value, 0);
    return transposed(fitted).map((value, i) => value - means[i] * total + penalty * weights[i]);
  };
  const weights = conjugateGradients(apply, transposed(values.map((value) => value - middle)));
  const bias = middle - dot(means, weights);
  return { predict: (one) => [...one].reduce((sum, [id, count]) => sum + (weights[columns.get(id) ?? -1] ?? 0) * count, bias) };
}
