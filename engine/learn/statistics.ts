/** @file Means with their intervals over scored sequences. Missing values are skipped. */
import type { RawScores } from '../objectives/types.ts';
import type { MeanScore } from './types.ts';

/** 97.5% quantile of the standard normal. */
const Z = 1.959964;

/** A mean with its 95% interval; nulls if there is no value. */
export interface MeanInterval {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Mean with its 95% interval (normal approximation; the mean alone for one value).
 * @returns nulls if there is no value
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length;
  const mean = n === 0 ? null : values.reduce((sum, v) => sum + v, 0) / n;
  const deviation = n < 2 ? null : Math.sqrt(values.reduce((sum, v) => sum + (v - mean!) ** 2, 0) / (n - 1));
  return intervalOf({ mean, deviation, count: n });
}

/** The same from counted values. @param deviation of the values (n - 1); null for fewer than two */
export function intervalOf({
  mean,
  deviation,
  count,
}: {
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly count: number;
}): MeanInterval {
  if (mean === null) return { mean, low: null, high: null };
  const half = Z * Math.sqrt((deviation ?? 0) ** 2 / count);
  return { mean, low: mean - half, high: mean + half };
}

/** One entry per objective. */
export function meanScores(
  sequences: readonly { readonly raw: RawScores; readonly scores: RawScores }[],
  objectives: number,
): MeanScore[] {
  return Array.from({ length: objectives }, (_, i) => ({
    ...meanInterval(present(sequences.map(({ scores }) => scores[i]))),
    raw: meanInterval(present(sequences.map(({ raw }) => raw[i]))).mean,
  }));
}

export function present(values: readonly (number | null)[]): number[] {
  return values.filter((v): v is number => v !== null);
}
