/**
 * What a generator's own samples score before any training: quantiles, a
 * histogram, and the ends of goals that fit them.
 */
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
  /** Lower edge of the first bin and upper edge of the last. */
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** Shares of the values beyond which a histogram adds to its outermost bins: one outlier must not squeeze the rest. */
const TAILS = 0.005;

/** @param sorted ascending, at least one @param bins at least 1 */
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

/** Values below which nothing is fitted: quantiles of fewer say little. */
const FEWEST = 50;

/** Share of the typical width below which a spread is too small to be a goal, as of counts that are mostly 0. */
const LEAST_SPREAD = 0.05;

/** Numbers of goals that fit a distribution. */
export interface Fitted {
  readonly higher: { readonly from: number; readonly to: number };
  readonly lower: { readonly from: number; readonly to: number };
  readonly tolerance: number;
}

/** What fitting reads of an objective. */
export interface Fittable {
  readonly defaultGoal: Goal;
  readonly typical: readonly [number, number];
}

/**
 * The rule, for `higher`: poor is the median, which half of the samples reach
 * without training; good is the 95th percentile, or the objective's own good end
 * where that is better still. `lower` mirrors it with the 5th percentile. A
 * tolerance is half the distance between the quartiles. What is left with less
 * than a twentieth of the objective's typical width is not fitted: there the
 * objective's own defaults hold.
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

/** Rounds to a hundredth of the typical width or finer, so that forms and files don't open with 0.7312654. */
function neat(value: number, width: number): number {
  const digits = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(width))));
  return Number(value.toFixed(digits));
}
