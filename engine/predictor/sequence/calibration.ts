/**
 * Errors that mean something: the error of a prediction is made of the spread of
 * the members and of a residual (noise of the measurement, what no member
 * knows), which is fitted on held-out measurements so that 90% of them lie within
 * 1.645 errors, as they would for a normal distribution.
 */

import type { Blend } from './predictor.ts';

/** Half the width of a normal distribution's middle 90%, in standard deviations. */
export const WIDTH_90 = 1.6448536269514722;
const COVERED = 0.9;

export interface Comparison {
  /** Mean of the members. */
  readonly predicted: number;
  /** Standard deviation over the members. */
  readonly spread: number;
  readonly measured: number;
}

/** Standard error of one prediction. */
export function errorOf(spread: number, residual: number): number {
  return Math.hypot(spread, residual);
}

/** Share of the measurements within WIDTH_90 errors of the prediction. */
export function coverage(comparisons: readonly Comparison[], residual: number): number {
  const inside = comparisons.filter(({ predicted, spread, measured }) => Math.abs(measured - predicted) <= WIDTH_90 * errorOf(spread, residual));
  return inside.length / comparisons.length;
}

/**
 * The smallest residual with which 90% of the measurements are covered: each
 * needs a residual of its own, and the 90th percentile of those is taken.
 * @param comparisons held-out; at least one
 */
export function fitResidual(comparisons: readonly Comparison[]): number {
  const needed = comparisons.map(({ predicted, spread, measured }) => Math.sqrt(Math.max(0, ((measured - predicted) / WIDTH_90) ** 2 - spread ** 2)));
  return needed.sort((a, b) => a - b)[Math.ceil(comparisons.length * COVERED) - 1];
}

/**
 * Least squares of the measurements on the networks' and the words' values.
 * @param networks comparisons of the networks alone @param words of the words alone, of the same measurements in the same order
 */
export function fitBlend(networks: readonly Comparison[], words: readonly Comparison[]): Blend {
  const n = networks.length;
  const mean = (of: (i: number) => number) => Array.from({ length: n }, (_, i) => of(i)).reduce((sum, value) => sum + value, 0) / n;
  const a = (i: number) => networks[i].predicted;
  const b = (i: number) => words[i].predicted;
  const y = (i: number) => networks[i].measured;
  const [ma, mb, my] = [mean(a), mean(b), mean(y)];
  const product = (p: (i: number) => number, mp: number, q: (i: number) => number, mq: number) => mean((i) => (p(i) - mp) * (q(i) - mq));
  const [aa, bb, ab, ay, by] = [product(a, ma, a, ma), product(b, mb, b, mb), product(a, ma, b, mb), product(a, ma, y, my), product(b, mb, y, my)];
  const determinant = aa * bb - ab * ab;
  const network = (ay * bb - by * ab) / determinant;
  const share = (by * aa - ay * ab) / determinant;
  return { network, words: share, offset: my - network * ma - share * mb };
}

/** Pearson's correlation of prediction and measurement; NaN where one of them does not vary. */
export function correlation(comparisons: readonly Comparison[]): number {
  const mean = (of: (one: Comparison) => number) => comparisons.reduce((sum, one) => sum + of(one), 0) / comparisons.length;
  const [p, m] = [mean((one) => one.predicted), mean((one) => one.measured)];
  const covariance = mean((one) => (one.predicted - p) * (one.measured - m));
  return covariance / Math.sqrt(mean((one) => (one.predicted - p) ** 2) * mean((one) => (one.measured - m) ** 2));
}
