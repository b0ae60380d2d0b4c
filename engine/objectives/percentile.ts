/** Where a raw value stands among others, such as those of approved drugs. */

/**
 * Share of the values that are lower, in percent; of equal ones half counts.
 * SciPy: stats.percentileofscore(values, value, kind='mean').
 * @param sorted ascending; at least one
 */
export function percentileRank(sorted: readonly number[], value: number): number {
  const below = firstAtLeast(sorted, (one) => one >= value);
  const upTo = firstAtLeast(sorted, (one) => one > value);
  return (50 * (below + upTo)) / sorted.length;
}

/** Index of the first value that reaches it, by bisection; the length where none does. */
function firstAtLeast(sorted: readonly number[], reaches: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reaches(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
