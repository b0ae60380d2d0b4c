/** @file How held-out predictions compare with measurements. */
import { WIDTH_90 } from '../../predictor/sequence/calibration.ts';

export interface HeldOut {
  readonly measured: number;
  readonly predicted: number;
  /** Standard error of the prediction; null if it has none. */
  readonly error: number | null;
}

export interface RegressionFigures {
  readonly count: number;
  /** Share of the variance that is explained: 0 for the mean, negative for worse. */
  readonly r2: number;
  readonly mae: number;
  readonly rmse: number;
  /** Rank correlation; null if one side does not vary. */
  readonly spearman: number | null;
  /** Share of the measurements within the 90% error bars; null without error bars. */
  readonly coverage: number | null;
}

export interface ClassFigures {
  readonly count: number;
  /** For the class whose probability is predicted. */
  readonly positives: number;
  /** Area under the ROC curve; null if one class is absent. */
  readonly rocAuc: number | null;
  /** Average precision; null if one class is absent. */
  readonly prAuc: number | null;
  /** Share of correct answers at probability 0.5. */
  readonly accuracy: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param center of the measurements that R2 compares with; by default their mean */
export function regressionFigures(
  rows: readonly HeldOut[],
  center = mean(rows.map(({ measured }) => measured)),
): RegressionFigures {
  const errors = rows.map(({ measured, predicted }) => predicted - measured);
  const squares = errors.reduce((sum, error) => sum + error ** 2, 0);
  const variance = rows.reduce((sum, { measured }) => sum + (measured - center) ** 2, 0);
  return {
    count: rows.length,
    r2: variance === 0 ? 0 : 1 - squares / variance,
    mae: mean(errors.map(Math.abs)),
    rmse: Math.sqrt(squares / rows.length),
    spearman: spearman(rows),
    coverage: coverage(rows),
  };
}

function coverage(rows: readonly HeldOut[]): number | null {
  const known = rows.filter(({ error }) => error !== null);
  return known.length === 0
    ? null
    : known.filter(({ measured, predicted, error }) => Math.abs(measured - predicted) <= WIDTH_90 * error!).length /
        known.length;
}

/** Ranks from 1. Equal values share their mean rank. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const found = new Array<number>(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) found[order[i]] = (start + 1 + end) / 2;
    start = end;
  }
  return found;
}

function spearman(rows: readonly HeldOut[]): number | null {
  const [a, b] = [ranks(rows.map(({ predicted }) => predicted)), ranks(rows.map(({ measured }) => measured))];
  const center = (rows.length + 1) / 2;
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + (value - center) * (y[i] - center), 0);
  const size = Math.sqrt(product(a, a) * product(b, b));
  return size === 0 ? null : product(a, b) / size;
}

/** @param rows measured as 1 or 0, predicted as the probability of 1 */
export function classFigures(rows: readonly HeldOut[]): ClassFigures {
  const positives = rows.filter(({ measured }) => measured === 1).length;
  const one = positives === 0 || positives === rows.length;
  return {
    count: rows.length,
    positives,
    rocAuc: one ? null : rocAuc(rows, positives),
    prAuc: one ? null : averagePrecision(rows, positives),
    accuracy: rows.filter(({ measured, predicted }) => predicted >= 0.5 === (measured === 1)).length / rows.length,
  };
}

/** The chance that a positive is ranked before a negative (Mann and Whitney). */
function rocAuc(rows: readonly HeldOut[], positives: number): number {
  const rank = ranks(rows.map(({ predicted }) => predicted));
  const sum = rows.reduce((total, { measured }, i) => total + (measured === 1 ? rank[i] : 0), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * (rows.length - positives));
}

/** Sum of precision times the step in recall, with equal predictions in one step, as in scikit-learn. */
function averagePrecision(rows: readonly HeldOut[], positives: number): number {
  const sorted = [...rows].sort((a, b) => b.predicted - a.predicted);
  let [total, hits] = [0, 0];
  for (let start = 0; start < sorted.length;) {
    let end = start;
    const before = hits;
    for (; end < sorted.length && sorted[end].predicted === sorted[start].predicted; end++)
      hits += sorted[end].measured;
    total += ((hits - before) / positives) * (hits / end);
    start = end;
  }
  return total;
}
