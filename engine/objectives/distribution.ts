/** @file Scores of a generator's prior samples: quantiles, a histogram, and goals that fit them. */
import type { Goal, GoalKind } from './types.ts';

/**
 * Quantile by linear interpolation between order statistics (Hyndman and Fan
 * 1996, definition 7: that of R and NumPy).
 * @param sorted ascending, at least one
 * @param p in [0, 1]
 */
export function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** Counts in bins of equal width. */
export interface Histogram {
  /** Lower edge of the first bin and upper edge of the last bin. */
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/**
 * Quantiles of the values beyond which values count in the outermost bins, so that one outlier does not squeeze the
 * rest.
 */
const TAILS = 0.005;

/** @param sorted ascending, at least one value @param bins at least 1 */
export function histogram(sorted: readonly number[], bins: number): Histogram {
  const [low, high] = [quantile(sorted, TAILS), quantile(sorted, 1 - TAILS)];
  const counts = Array.from({ length: bins }, () => 0);
  const width = high - low;
  for (const value of sorted) {
    const bin = width === 0 ? 0 : Math.floor(((value - low) / width) * bins);
    counts[Math.max(0, Math.min(bins - 1, bin))]++;
  }
  return { low, high, counts };
}

/** Fewest values that goals are fitted to: quantiles of fewer values are unreliable. */
const FEWEST = 50;

/** Smallest spread, as a share of the typical width, that makes a goal. Counts that are mostly 0 have less. */
const LEAST_SPREAD = 0.05;

/** Numbers of a goal that fit a distribution. */
export interface Fitted {
  readonly higher: { readonly from: number; readonly to: number };
  readonly lower: { readonly from: number; readonly to: number };
  readonly tolerance: number;
}

/** The part of an objective that fitting reads. */
export interface Fittable {
  readonly defaultGoal: Goal;
  readonly typical: readonly [number, number];
}

/**
 * Fits the numbers of a goal. For `higher`, the poor end is the median, which half of the samples reach without
 * training, and the good end is the 95th percentile, or the objective's own good end if that is better. `lower` mirrors
 * this with the 5th percentile. A tolerance is half the distance between the quartiles. A spread below a twentieth of
 * the objective's typical width is not fitted; the objective's defaults apply instead.
 * @param values of valid samples, in any order
 */
export function fitGoals({ defaultGoal, typical }: Fittable, values: readonly number[]): Partial<Fitted> {
  if (values.length < FEWEST) return {};
  const sorted = [...values].sort((a, b) => a - b);
  const width = typical[1] - typical[0];
  const [q05, q25, q50, q75, q95] = [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => neat(quantile(sorted, p), width));
  const wide = (spread: number) => spread >= LEAST_SPREAD * width;
  const top = Math.max(q95, goodEnd(defaultGoal, 'higher') ?? q95);
  const bottom = Math.min(q05, goodEnd(defaultGoal, 'lower') ?? q05);
  return {
    ...(wide(top - q50) && { higher: { from: q50, to: top } }),
    ...(wide(q50 - bottom) && { lower: { from: bottom, to: q50 } }),
    ...(wide((q75 - q25) / 2) && { tolerance: neat((q75 - q25) / 2, width) }),
  };
}

function goodEnd(goal: Goal, kind: GoalKind): number | undefined {
  if (goal.kind !== kind) return undefined;
  if (goal.kind === 'higher') return goal.to;
  return goal.kind === 'lower' ? goal.from : undefined;
}

/** Rounds to a hundredth of the typical width or finer, so that forms and files do not show 0.7312654. */
function neat(value: number, width: number): number {
  const digits = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(width))));
  return Number(value.toFixed(digits));
}
