/** Means with their intervals over scored sequences; missing values are left out. */
import type { RawScores } from '../objectives/types.ts';
import type { MeanScore } from './types.ts';

/** 97.5% quantile of the standard normal. */
const Z = 1.959964;

/**
 * Mean with its 95% interval (normal approximation; the mean alone for one value).
 * @returns nulls where there is no value
 */
export function meanInterval(values: readonly number[]): { mean: number | null; low: number | null; high: number | null } {
  const n = values.length;
  if (n === 0) return { mean: null, low: null, high: null };
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const variance = n < 2 ? 0 : values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1);
  const half = Z * Math.sqrt(variance / n);
  return { mean, low: mean - half, high: mean + half };
}

/** One entry an objective. */
export function meanScores(sequences: readonly { readonly raw: RawScores; readonly scores: RawScores }[], objectives: number): MeanScore[] {
  return Array.from({ length: objectives }, (_, i) => ({
    ...meanInterval(present(sequences.map(({ scores }) => scores[i]))),
    raw: meanInterval(present(sequences.map(({ raw }) => raw[i]))).mean,
  }));
}

export function present(values: readonly (number | null)[]): number[] {
  return values.filter((v): v is number => v !== null);
}
