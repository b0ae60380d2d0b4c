/** @file The rank of a raw value among others, such as the values of approved drugs. */

/**
 * Percentage of the values that are lower; equal values count half. SciPy: stats.percentileofscore(values, value,
 * kind='mean').
 * @param sorted ascending; at least one value
 */
export function percentileRank(sorted: readonly number[], value: number): number {
  const below = firstAtLeast(sorted, (one) => one >= value);
  const upTo = firstAtLeast(sorted, (one) => one > value);
  return (50 * (below + upTo)) / sorted.length;
}

/** Index of the first value that is at least as large, by bisection; the length if there is none. */
function firstAtLeast(sorted: readonly number[], reaches: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reaches(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
