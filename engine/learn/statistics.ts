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

/** 97.5% quantiles of Student's t for 1, 2, ... degrees of freedom (NIST/SEMATECH e-Handbook, table 1.3.6.7.2). */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201];

/** A mean over seeds. */
export interface SeedMean {
  readonly mean: number;
  /** Half the width of the 95% interval of the mean (Student's t); null for one seed. */
  readonly half: number | null;
}

/** @returns null if no value is known */
export function seedMean(values: readonly (number | null)[]): SeedMean | null {
  const known = present(values);
  const n = known.length;
  if (n === 0) return null;
  const mean = known.reduce((sum, v) => sum + v, 0) / n;
  if (n === 1) return { mean, half: null };
  const variance = known.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1);
  return { mean, half: T[Math.min(n - 2, T.length - 1)] * Math.sqrt(variance / n) };
}
