/**
 * Errors that mean something: the error of a prediction is made of the spread of
 * the members and of a residual (noise of the measurement, what no member
 * knows), which is fitted on held-out measurements so that 90% of them lie within
 * 1.645 errors, as they would for a normal distribution. The residual may rise with
 * the prediction, as the noise of a measured activity does.
 */

import type { Blend, PredictedTask } from './predictor.ts';

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

/**
 * Predictions further from the mean than this, in deviations, have the residual of those that lie there: too few were
 * measured beyond.
 */
const FURTHEST = 2;

/** @param standardised a prediction less the mean, in deviations */
const placeOf = (standardised: number): number => Math.min(FURTHEST, Math.max(-FURTHEST, standardised));

/** Factor of the residual at a prediction. @param standardised see placeOf */
const riseFactor = (rise: number, standardised: number): number => Math.exp(rise * placeOf(standardised));

/** Residual of a prediction, in the task's unit. */
export function residualAt(
  { residual, rise = 0, mean, deviation }: Pick<PredictedTask, 'residual' | 'rise' | 'mean' | 'deviation'>,
  predicted: number,
): number {
  return residual * riseFactor(rise, (predicted - mean) / deviation);
}

/** Share of the measurements within WIDTH_90 errors of the prediction. */
export function coverage(
  comparisons: readonly { readonly predicted: number; readonly error: number; readonly measured: number }[],
): number {
  return (
    comparisons.filter(({ predicted, error, measured }) => Math.abs(measured - predicted) <= WIDTH_90 * error).length /
    comparisons.length
  );
}

/**
 * The smallest residual with which 90% of the measurements are covered: each
 * needs a residual of its own, and the 90th percentile of those is taken.
 * @param comparisons held-out; at least one
 */
export function fitResidual(comparisons: readonly Comparison[]): number {
  const needed = comparisons.map(({ predicted, spread, measured }) =>
    Math.sqrt(Math.max(0, ((measured - predicted) / WIDTH_90) ** 2 - spread ** 2)),
  );
  return needed.sort((a, b) => a - b)[Math.ceil(comparisons.length * COVERED) - 1];
}

/** Steepest rise that is fitted, and read from files: the residual doubles within 0.7 deviations. */
export const STEEPEST = 1;
const HALVINGS = 40;

/**
 * The rise with which errors are most likely: normal ones whose logarithm of the
 * deviation is a line along the prediction.
 * @param comparisons held-out, in standardised units
 */
export function fitRise(comparisons: readonly Comparison[]): number {
  // Slope of the likelihood's convex negative: zero where the squares that the line leaves do not lean to either side.
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
 * Errors of a blend, all in standardised units. Its validation measurements are few
 * and chosen by, and may lie closer to their predictions than others do; how much
 * closer, the words tell, which were compared with them and with many more.
 * @param blend and words on the validation fold @param crossValidated words on the training fold, each by a fit that
 * has not seen it
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
 * Least squares of the measurements on the networks' and the words' values.
 * @param networks comparisons of the networks alone @param words of the words alone, of the same measurements in the
 * same order
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

/** Pearson's correlation of prediction and measurement; NaN where one of them does not vary. */
export function correlation(comparisons: readonly Comparison[]): number {
  const mean = (of: (one: Comparison) => number) =>
    comparisons.reduce((sum, one) => sum + of(one), 0) / comparisons.length;
  const [p, m] = [mean((one) => one.predicted), mean((one) => one.measured)];
  const covariance = mean((one) => (one.predicted - p) * (one.measured - m));
  return covariance / Math.sqrt(mean((one) => (one.predicted - p) ** 2) * mean((one) => (one.measured - m) ** 2));
}
