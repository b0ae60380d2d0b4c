/**
 * Calibrated errors. The error of a prediction combines the spread of the members with a residual: the noise of the
 * measurement and what no member knows. The residual is fitted on held-out measurements so that 90% of them lie within
 * 1.645 errors, as they would for a normal distribution. It may rise with the prediction, as the noise of a measured
 * activity does.
 */

import type { Blend, PredictedTask } from './predictor.ts';

/** Half the width of the middle 90% of a normal distribution, in standard deviations. */
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

/**
 * Predictions further from the mean than this, in standard deviations, have the residual at this distance, because too
 * few measurements lie beyond it.
 */
const FURTHEST = 2;

/** @param standardised the prediction minus the mean, in standard deviations */
const placeOf = (standardised: number): number => Math.min(FURTHEST, Math.max(-FURTHEST, standardised));

/** Factor of the residual at a prediction. @param standardised see placeOf */
const riseFactor = (rise: number, standardised: number): number => Math.exp(rise * placeOf(standardised));

/** Residual of a prediction, in the unit of the task. */
export function residualAt(
  { residual, rise = 0, mean, deviation }: Pick<PredictedTask, 'residual' | 'rise' | 'mean' | 'deviation'>,
  predicted: number,
): number {
  return residual * riseFactor(rise, (predicted - mean) / deviation);
}

/** Share of the measurements within WIDTH_90 errors of their predictions. */
export function coverage(
  comparisons: readonly { readonly predicted: number; readonly error: number; readonly measured: number }[],
): number {
  return (
    comparisons.filter(({ predicted, error, measured }) => Math.abs(measured - predicted) <= WIDTH_90 * error).length /
    comparisons.length
  );
}

/**
 * The smallest residual that covers 90% of the measurements. Each measurement needs a residual of its own; the result
 * is their 90th percentile.
 * @param comparisons held-out; at least one
 */
export function fitResidual(comparisons: readonly Comparison[]): number {
  const needed = comparisons.map(({ predicted, spread, measured }) =>
    Math.sqrt(Math.max(0, ((measured - predicted) / WIDTH_90) ** 2 - spread ** 2)),
  );
  return needed.sort((a, b) => a - b)[Math.ceil(comparisons.length * COVERED) - 1];
}

/** The steepest rise that is fitted and that files may have: the residual doubles within 0.7 standard deviations. */
export const STEEPEST = 1;
const HALVINGS = 40;

/**
 * The rise with the largest likelihood, for normal errors whose log standard deviation is linear in the prediction.
 * @param comparisons held-out, in standardised units
 */
export function fitRise(comparisons: readonly Comparison[]): number {
  // Slope of the negative log-likelihood, which is convex. It is zero if the scaled squared errors have no trend.
  const slope = (rise: number) => {
    let [squares, leaning, middle] = [0, 0, 0];
    for (const { predicted, measured } of comparisons) {
      const place = placeOf(predicted);
      const square = ((measured - predicted) / riseFactor(rise, predicted)) ** 2;
      squares += square;
      leaning += square * place;
      middle += place / comparisons.length;
    }
    return middle - leaning / squares;
  };
  let [low, high] = [-STEEPEST, STEEPEST];
  for (let i = 0; i < HALVINGS; i++) {
    const between = (low + high) / 2;
    if (slope(between) > 0) high = between;
    else low = between;
  }
  return (low + high) / 2;
}

/** How the errors of predictions are described; see errorModel. */
export interface ErrorModel {
  readonly residual: number;
  readonly rise: number;
}

/**
 * Errors of a blend of the networks and the words, all in standardised units. The validation measurements are few and
 * were used to choose the blend, so they may lie closer to their predictions than others do. The words were compared
 * both with them and with many more measurements, and so show how much closer.
 * @param blend errors of the blend and of the words on the validation fold
 * @param crossValidated the words on the training fold, each predicted by a fit without it
 */
export function errorModel(
  blend: readonly Comparison[],
  words: readonly Comparison[],
  crossValidated: readonly Comparison[],
): ErrorModel {
  const rise = fitRise(crossValidated);
  const residualOf = (comparisons: readonly Comparison[]) =>
    fitResidual(
      comparisons.map(({ predicted, spread, measured }) => {
        const factor = riseFactor(rise, predicted);
        return { predicted: predicted / factor, spread: spread / factor, measured: measured / factor };
      }),
    );
  const [own, theirs] = [residualOf(blend), residualOf(words)];
  return { residual: theirs === 0 ? own : own * (residualOf(crossValidated) / theirs), rise };
}

/**
 * Fits the measurements by least squares to the values of the networks and of the words.
 * @param networks comparisons of the networks alone
 * @param words comparisons of the words alone, for the same measurements in the same order
 */
export function fitBlend(networks: readonly Comparison[], words: readonly Comparison[]): Blend {
  const n = networks.length;
  const mean = (of: (i: number) => number) =>
    Array.from({ length: n }, (_, i) => of(i)).reduce((sum, value) => sum + value, 0) / n;
  const a = (i: number) => networks[i].predicted;
  const b = (i: number) => words[i].predicted;
  const y = (i: number) => networks[i].measured;
  const [ma, mb, my] = [mean(a), mean(b), mean(y)];
  const product = (p: (i: number) => number, mp: number, q: (i: number) => number, mq: number) =>
    mean((i) => (p(i) - mp) * (q(i) - mq));
  const [aa, bb, ab, ay, by] = [
    product(a, ma, a, ma),
    product(b, mb, b, mb),
    product(a, ma, b, mb),
    product(a, ma, y, my),
    product(b, mb, y, my),
  ];
  const determinant = aa * bb - ab * ab;
  const network = (ay * bb - by * ab) / determinant;
  const share = (by * aa - ay * ab) / determinant;
  return { network, words: share, offset: my - network * ma - share * mb };
}

/** Pearson's correlation of predictions and measurements; NaN if either does not vary. */
export function correlation(comparisons: readonly Comparison[]): number {
  const mean = (of: (one: Comparison) => number) =>
    comparisons.reduce((sum, one) => sum + of(one), 0) / comparisons.length;
  const [p, m] = [mean((one) => one.predicted), mean((one) => one.measured)];
  const covariance = mean((one) => (one.predicted - p) * (one.measured - m));
  return covariance / Math.sqrt(mean((one) => (one.predicted - p) ** 2) * mean((one) => (one.measured - m) ** 2));
}
