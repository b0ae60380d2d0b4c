/**
 * @file Compares two blends reproduced with the same seed, goal by goal: means with intervals, and whether chance could
 * explain the difference.
 */
import type { MeanInterval, ResolvedObjective } from '../../../contract/api.ts';
import { shortName } from '../../lib/goals.ts';
import type { Blend } from '../../state/steer.svelte.ts';

export interface ComparedRow {
  readonly name: string;
  readonly means: readonly [MeanInterval, MeanInterval];
  /**
   * Index of the blend that is higher by more than chance explains; null if the intervals overlap or one is missing.
   */
  readonly higher: 0 | 1 | null;
}

/**
 * 95% intervals that do not overlap differ by more than chance. Slightly overlapping ones may differ too, so nothing is
 * claimed about them.
 */
export function higherOf([one, other]: readonly [MeanInterval, MeanInterval]): 0 | 1 | null {
  if (one.low === null || one.high === null || other.low === null || other.high === null) return null;
  if (one.low > other.high) return 0;
  return other.low > one.high ? 1 : null;
}

/** The total by the design's weights first, then one row per goal. */
export function comparedRows(
  goals: readonly ResolvedObjective[],
  [one, other]: readonly [Blend, Blend],
): ComparedRow[] {
  const row = (name: string, means: readonly [MeanInterval, MeanInterval]): ComparedRow => ({
    name,
    means,
    higher: higherOf(means),
  });
  return [
    row('Mean total, design weights', [one.designTotal, other.designTotal]),
    ...goals.map(({ label }, i) => row(shortName(label), [one.objectives[i], other.objectives[i]])),
  ];
}
