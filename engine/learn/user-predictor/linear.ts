/**
 * @file Ridge regression on folded Morgan counts of radius 2, a common baseline. Networks are compared and combined
 * with it.
 */
import { foldedCounts } from '../../chem/folded.ts';
import type { CountFingerprint } from '../../chem/morgan.ts';
import { LINEAR_PLACES, type LinearModel, linearValue } from '../../predictor/user/linear.ts';
import { conjugateGradients, dot } from '../conjugate-gradients.ts';

/** Penalties that are tried. One group of the training molecules selects one. */
const PENALTIES = [1, 4, 16, 64, 256];

/**
 * @param counts Morgan counts of each training molecule @param values measured values
 * @param groups of molecules that belong together; the first is held out to select the penalty
 */
export function fitLinear(
  counts: readonly CountFingerprint[],
  values: readonly number[],
  groups: readonly number[],
): LinearModel {
  const [chosen] = [...groups].sort((a, b) => a - b);
  const inner = groups.map((group) => group === chosen);
  const of = <T>(list: readonly T[], held: boolean) => list.filter((_, i) => inner[i] === held);
  if (!inner.includes(false)) return ridge(counts, values, PENALTIES[2]);
  const [fitted, held, wanted] = [of(counts, false), of(counts, true), of(values, true)];
  const errors = PENALTIES.map((penalty) => {
    const model = ridge(fitted, of(values, false), penalty);
    return held.reduce((sum, one, i) => sum + (linearValue(model, one) - wanted[i]) ** 2, 0);
  });
  return ridge(counts, values, PENALTIES[errors.indexOf(Math.min(...errors))]);
}

/** Centred columns and values, so that the bias is not penalised. */
export function ridge(counts: readonly CountFingerprint[], values: readonly number[], penalty: number): LinearModel {
  const rows = counts.map((one) => [...foldedCounts(one, LINEAR_PLACES)]);
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const times = (weights: Float64Array) =>
    rows.map((row) => row.reduce((sum, [column, count]) => sum + weights[column] * count, 0));
  const transposed = (residuals: readonly number[]) => {
    const sums = new Float64Array(LINEAR_PLACES);
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
  return { weights: Float32Array.from(weights), bias: middle - dot(means, weights) };
}
